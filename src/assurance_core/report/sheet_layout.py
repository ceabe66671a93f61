"""How a sheet looks: rows as high as their text, and pages that can be printed.

Excel makes rows as high as wrapped text needs when it opens a workbook; LibreOffice does not. So
heights are set, by how many letters fit into a column.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LINE = 15
"""Height of a line of text, in points."""
_HIGHEST = 409
_FITS_A_PAGE = 220
"""Letters across, in columns together, that are still legible on one page."""
_A4 = 9
_LETTERS = 1.1
"""How many letters of a text take the room of one digit, by which columns are measured."""


def height(texts: Sequence[str], widths: Sequence[float]) -> int:
    """Return how high a row has to be, in points.

    Args:
        texts: of its cells.
        widths: of their columns, in letters.

    Example:
        >>> height(["short", "a text of thirty letters or so"], [10, 16]), height(["a", ""], [8, 8])
        (30, 15)
    """
    lines = max(
        (_lines(text, width) for text, width in zip(texts, widths, strict=True) if text), default=1
    )
    return min(lines * LINE, _HIGHEST)


def _lines(text: str, width: float) -> int:
    """Return into how many lines a text is broken, word by word."""
    lines, width = 0, width * _LETTERS
    for part in text.split("\n"):
        lines, room = lines + 1, width
        for word in part.split(" "):
            if len(word) > room and room < width:
                lines, room = lines + 1, width
            lines += int(max(len(word) - 1, 0) // width)
            room -= len(word) % width + 1
    return lines


def for_print(page: Worksheet, widths: Sequence[float], head: int | None = None) -> None:
    """Lay a sheet out for paper: across, the headings on every page, at most a page wide.

    A sheet that would be too small to read then goes over several, each with the first column.

    Args:
        page: the sheet.
        widths: of its columns, in letters.
        head: the row of its headings, from 0.
    """
    page.set_landscape()
    page.set_paper(_A4)
    page.set_footer("&L&A&RPage &P of &N")
    if head is not None:
        page.repeat_rows(head)
    if sum(widths) <= _FITS_A_PAGE:
        page.fit_to_pages(1, 0)
    else:
        page.repeat_columns(0)
