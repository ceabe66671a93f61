"""A workbook to fill in: a sheet with headings and lists of levels, and one that says how.

The lists are offered, not enforced: why there is no score is written into the same cell. Cells of
text have the format of text, so that a spreadsheet makes no day of 2026-01.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from assurance_core.report.sheet_layout import for_print, height
from assurance_core.report.xlsx import write_book

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_ROWS = 500
"""Rows that are ready to be filled in; more can be added."""
_ADVICE = (
    "Choose a level from the list, or leave the cell empty. If there is no score, write not"
    " assessed: and the reason. Keep what you wrote?"
)


@frozen
class TemplateColumn:
    """One column to fill in.

    Attributes:
        heading: as it is read again.
        meaning: in a sentence.
        choices: what is offered; empty for any text.
    """

    heading: str
    meaning: str
    choices: tuple[str | int, ...] = ()


def template_book(
    title: str, instructions: Sequence[str], columns: Sequence[TemplateColumn]
) -> bytes:
    """Return a workbook with the sheets Scores, Instructions and Levels.

    Args:
        title: what is to be filled in.
        instructions: a line each.
        columns: in order.

    Raises:
        AssuranceError: `missing`, without the extra `excel`.
    """

    def fill(book: Workbook) -> None:
        lists = list(dict.fromkeys(one.choices for one in columns if one.choices))
        _scores(book, columns, lists)
        _instructions(book, title, instructions, columns)
        _levels(book, lists)

    return write_book(title, fill)


def _scores(
    book: Workbook, columns: Sequence[TemplateColumn], lists: Sequence[tuple[str | int, ...]]
) -> None:
    page = book.add_worksheet("Scores")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    text = book.add_format({"num_format": "@"})
    widths = [30, *(max(12, min(len(column.heading) + 3, 42)) for column in columns[1:])]
    for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
        page.set_column(place, place, width, None if column.choices else text)
        page.write_string(0, place, column.heading, head)
        if column.choices:
            page.data_validation(1, place, _ROWS, place, _choice(column, lists))
    page.freeze_panes(1, 1)
    for_print(page, widths, 0)


def _choice(column: TemplateColumn, lists: Sequence[tuple[str | int, ...]]) -> dict[str, Any]:
    from xlsxwriter.utility import xl_range_abs

    place = lists.index(column.choices)
    cells = xl_range_abs(1, place, len(column.choices), place)
    return {
        "validate": "list",
        "source": f"=Levels!{cells}",
        "error_type": "warning",
        "error_title": "No level of the list",
        "error_message": _ADVICE,
    }


def _instructions(
    book: Workbook, title: str, lines: Sequence[str], columns: Sequence[TemplateColumn]
) -> None:
    page = book.add_worksheet("Instructions")
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    widths = (44, 70, 50)
    top = book.add_format({"valign": "top"})
    for place, width in enumerate(widths):
        page.set_column(place, place, width, wrapped if place else top)
    page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    for row, line in enumerate(lines, 2):
        page.write_string(row, 0, line)
    row = len(lines) + 3
    for place, word in enumerate(("Column", "What it holds", "Levels, worst first")):
        page.write_string(row, place, word, bold)
    for number, column in enumerate(columns, row + 1):
        texts = (column.heading, column.meaning, ", ".join(map(str, column.choices)))
        for place, text in enumerate(texts):
            page.write_string(number, place, text)
        page.set_row(number, height(texts, widths))
    for_print(page, widths)


def _levels(book: Workbook, lists: Sequence[tuple[str | int, ...]]) -> None:
    page = book.add_worksheet("Levels")
    for place, choices in enumerate(lists):
        page.set_column(place, place, 30)
        page.write_string(0, place, f"List {place + 1}", book.add_format({"bold": True}))
        for row, choice in enumerate(choices, 1):
            page.write(row, place, choice)
