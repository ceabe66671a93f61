"""A report as a workbook: a cover, the notes, and each table on a sheet of its own.

The same report gives the same bytes. No cell is a formula, whatever a body is called; no cells are
merged; every table is a real one with its headings frozen, so that it can be filtered and read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from attrs import frozen

from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.report.document import Figure, Items, Paragraph, Report, Table
from assurance_core.report.sheet_layout import LINE, for_print, height

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_CREATED = datetime(2000, 1, 1)
_NUMBER = re.compile(r"-?\d{1,3}(,\d{3})+|-?\d{1,15}(\.\d+)?")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31
_LONGEST_CELL = 32_767
_MOST_ROWS = 1_048_576
_WIDEST = 60
_COVER = (34, 90)
_NOTES = (34, 110)
"""How wide the columns of these sheets are, in letters."""
_HEAD = 2
"""The row of a table's headings, from 0: above it stand a caption and an empty row."""


@frozen(eq=False)
class Sheet:
    """A table with the name of its sheet and the section it comes from."""

    name: str
    heading: str
    table: Table


def to_xlsx(report: Report) -> bytes:
    """Return a report as an Excel workbook.

    Raises:
        AssuranceError: `missing`, without the extra `excel`; `too-large`, for too many rows.
    """
    sheets = _sheets(report)
    return write_book(report.title, lambda book: _Writer(book).write(report, sheets))


def write_book(title: str, fill: Callable[[Workbook], None]) -> bytes:
    """Return a workbook: the same bytes each time, and no text that is taken for anything else.

    Args:
        title: of the file.
        fill: writes the sheets.

    Raises:
        AssuranceError: `missing`, without the extra `excel`.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise AssuranceError(
            Fault(
                "missing",
                "xlsx",
                "no xlsxwriter in this Python",
                "the extra `excel`",
                "install it with: pip install 'assurance-core[excel]'",
            )
        ) from None
    data = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with Workbook(data, options) as book:
        book.set_properties({"title": title, "created": _CREATED})
        fill(book)
    return data.getvalue()


def _sheets(report: Report) -> list[Sheet]:
    taken = {"cover", "notes", "history"}
    sheets = []
    for section in report.sections:
        for block in section.blocks:
            table = block.table if isinstance(block, Figure) else block
            if isinstance(table, Table):
                if len(table.rows) + _HEAD + 1 > _MOST_ROWS:
                    raise AssuranceError(
                        Fault(
                            "too-large",
                            section.heading,
                            f"{len(table.rows):,} rows",
                            f"at most {_MOST_ROWS - _HEAD - 1:,} on a sheet",
                            "write another format",
                        )
                    )
                sheets.append(Sheet(_sheet_name(section.heading, taken), section.heading, table))
    return sheets


def _sheet_name(heading: str, taken: set[str]) -> str:
    """Return a name that Excel takes, not used before; Excel sees no difference of case.

    Example:
        >>> taken = {"cover"}
        >>> [_sheet_name(text, taken) for text in ("Cover", "a/b: [c]?", "'quoted'")]
        ['Cover 2', 'a b c', 'quoted']
    """
    base = " ".join(_NOT_IN_A_NAME.sub(" ", heading).split()).strip("' ") or "Table"
    for number in count(1):
        end = f" {number}" if number > 1 else ""
        name = base[: _LONGEST_NAME - len(end)].strip("' ") + end
        if name.casefold() not in taken:
            break
    taken.add(name.casefold())
    return name


class _Writer:
    """Writes one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._plain = book.add_format({"text_wrap": True, "valign": "top"})
        self._title = book.add_format({"bold": True, "font_size": 16})
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._caption = book.add_format({"bold": True})
        self._link = book.add_format({"underline": 1, "font_color": "#1A4E8A"})
        right = {"valign": "top", "align": "right", "indent": 1}
        self._right = book.add_format({**right, "text_wrap": True})
        self._bold_right = book.add_format({**right, "text_wrap": True, "bold": True})
        self._whole = book.add_format({**right, "num_format": "#,##0"})
        self._decimal = book.add_format({**right, "num_format": "#,##0.00"})

    def write(self, report: Report, sheets: Sequence[Sheet]) -> None:
        notes = _notes(report)
        self._cover(report, sheets, bool(notes))
        if notes:
            self._notes(notes)
        for number, sheet in enumerate(sheets, 1):
            self._table(sheet, number)

    def _cover(self, report: Report, sheets: Sequence[Sheet], with_notes: bool) -> None:
        page = self._book.add_worksheet("Cover")
        page.hide_gridlines(2)
        for place, width in enumerate(_COVER):
            page.set_column(place, place, width)
        _text(page, 0, 0, report.title, self._title)
        row = 2
        for line in report.lead:
            self._line(page, row, ("", line), _COVER)
            row += 1
        row += 1
        _text(page, row, 0, "Sheet", self._bold)
        _text(page, row, 1, "What it holds", self._bold)
        listed = [("Notes", "What the report says in words")] if with_notes else []
        listed += [(one.name, _caption(one)) for one in sheets]
        for name, about in listed:
            row += 1
            target = name.replace("'", "''")
            self._line(page, row, ("", about), _COVER)
            page.write_url(row, 0, f"internal:'{target}'!A1", self._link, name)
        if report.footer:
            self._line(page, row + 2, ("", report.footer), _COVER)
        for_print(page, _COVER)

    def _notes(self, notes: Sequence[tuple[str, str]]) -> None:
        page = self._book.add_worksheet("Notes")
        columns = [{"header": "Section"}, {"header": "Text"}]
        for place, width in enumerate(_NOTES):
            page.set_column(place, place, width, self._plain)
        page.add_table(0, 0, len(notes), 1, _options(columns, "Notes"))
        for row, note in enumerate(notes, 1):
            self._line(page, row, note, _NOTES)
        page.freeze_panes(1, 0)
        for_print(page, _NOTES, 0)

    def _line(
        self, page: Worksheet, row: int, texts: Sequence[str], widths: Sequence[float]
    ) -> None:
        """Write texts beside each other, in a row that is high enough."""
        for place, text in enumerate(texts):
            if text:
                _text(page, row, place, text, self._plain)
        page.set_row(row, height(texts, widths))

    def _table(self, sheet: Sheet, number: int) -> None:
        page, table = self._book.add_worksheet(sheet.name), sheet.table
        _text(page, 0, 0, _caption(sheet), self._caption)
        headings = _unique([column.heading for column in table.columns])
        last = max(len(table.rows), 1)
        widths = _widths(table)
        for place, width in enumerate(widths):
            page.set_column(place, place, width)
        shapes = {"left": (self._bold, self._plain), "right": (self._bold_right, self._right)}
        columns = [
            {"header": one, "header_format": shapes[column.align][0]}
            for one, column in zip(headings, table.columns, strict=True)
        ]
        options = _options(columns, f"Table{number}")
        page.add_table(_HEAD, 0, _HEAD + last, len(headings) - 1, options)
        page.set_row(_HEAD, height(headings, widths))
        for number_of_row, row in enumerate(table.rows, _HEAD + 1):
            for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
                number_in_it = _number(cell) if column.align == "right" else None
                if number_in_it is None:
                    _text(page, number_of_row, place, cell, shapes[column.align][1])
                else:
                    shape = self._whole if isinstance(number_in_it, int) else self._decimal
                    page.write_number(number_of_row, place, number_in_it, shape)
            high = height(row, widths)
            if high > LINE:
                page.set_row(number_of_row, high)
        page.freeze_panes(_HEAD + 1, 1)
        for_print(page, widths, _HEAD)


def _widths(table: Table) -> list[int]:
    """Return how wide each column is: as its longest text, within reason."""
    found = []
    for place, column in enumerate(table.columns):
        longest = max([len(row[place]) for row in table.rows], default=0)
        words = max([len(word) for word in column.heading.split()], default=0)
        found.append(min(max(longest, words, 8) + 2, _WIDEST))
    return found


def _options(columns: Sequence[dict[str, Any]], name: str) -> dict[str, Any]:
    return {"columns": columns, "name": name, "style": "Table Style Light 1"}


def _caption(sheet: Sheet) -> str:
    return sheet.table.caption or sheet.heading


def _text(page: Worksheet, row: int, column: int, text: str, shape: Format) -> None:
    """Write text as text; a cell holds no more than Excel lets it."""
    cut = text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"
    page.write_string(row, column, cut, shape)


def _number(cell: str) -> int | float | None:
    """Return the number that a cell of a column of numbers shows, or None.

    Example:
        >>> [_number(cell) for cell in ("130,366", "66.67", "not known", "1e5", "")]
        [130366, 66.67, None, None, None]
    """
    if not _NUMBER.fullmatch(cell):
        return None
    plain = cell.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def _unique(headings: Sequence[str]) -> list[str]:
    """Return headings that a table takes: none empty, none twice, whatever their case."""
    taken: set[str] = set()
    found = []
    for heading in headings:
        base = heading[:250] or "Column"
        names = (base if number == 1 else f"{base} {number}" for number in count(1))
        name = next(one for one in names if one.casefold() not in taken)
        taken.add(name.casefold())
        found.append(name)
    return found


def _notes(report: Report) -> list[tuple[str, str]]:
    notes = []
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                notes.append((section.heading, block.text))
            elif isinstance(block, Items):
                notes += [(section.heading, "\n".join(item)) for item in block.items]
            elif isinstance(block, Figure) and block.description:
                notes.append((section.heading, f"{block.title}. {block.description}"))
    return notes
