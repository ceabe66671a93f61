"""A sheet or a table of an Excel workbook as a grid.

openpyxl reads it: of the readers tried it alone tells a formula without a value, and an error such
as #N/A, from an empty cell, which would say that a score is not known to us.
"""

from __future__ import annotations

import io
import re
import warnings
from datetime import datetime
from decimal import Decimal
from typing import Any

from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.tables.grid import BadCell, Grid, GridRow, check_rows
from assurance_core.tables.sheet_range import SheetRange, find_range
from assurance_core.tables.typed import cell_text, is_whole_number
from assurance_core.tables.xlsx_check import check_workbook, unreadable

_FORMULA, _ERROR, _EMPTY_TEXT = "f", "e", "str"
"""openpyxl's words for what is in a cell; the last for a formula that gave a text."""
_NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
"""Parts of a number format that are not about the number: texts, colours, languages."""


def xlsx_grid(content: bytes, name: str, sheet: str = "") -> Grid:
    """Return a sheet of a workbook.

    Args:
        content: of the file.
        name: the file's name, for errors.
        sheet: the name of a sheet or of a table on one; the first sheet that is not hidden unless
            given. Where a sheet has one table, the headings are that table's.

    Raises:
        AssuranceError: `missing`, without the extra `excel`; `bad-syntax` or `too-large` for what
            cannot be opened; `unknown-id` or `no-choice` for the sheet; `bad-table` without
            headings.
    """
    check_workbook(content, name)
    found = find_range(_open(content, name), name, sheet)
    values = None
    if any(cell.data_type == _FORMULA for _, _, cell in found.cells()):
        values = _open(content, name, with_values=True)[found.sheet.title]
    return _Reader(found).grid(values)


def _open(content: bytes, name: str, with_values: bool = False) -> Any:
    """Return the workbook, with formulas as they stand, or with their values when it was saved."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise AssuranceError(
            Fault(
                "missing",
                name,
                "no openpyxl in this Python",
                "the extra `excel`",
                "install it with: pip install 'assurance-core[excel]', or save the sheet as CSV",
            )
        ) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Of parts that say nothing of cells.
            book = load_workbook(io.BytesIO(content), data_only=with_values)
    except Exception as error:  # openpyxl lets through whatever its parts raise.
        raise unreadable(name, f"a damaged workbook ({type(error).__name__})") from None
    if not book.worksheets:
        raise unreadable(name, "a workbook without a sheet of cells")
    return book


class _Reader:
    """Makes a grid of a part of a sheet, and counts what was taken for something else."""

    def __init__(self, found: SheetRange) -> None:
        self._found = found
        self._whole = self._formulas = self._months = 0

    def grid(self, values: Any) -> Grid:
        """Return the grid.

        Args:
            values: the sheet with the values of its formulas, if it has any.
        """
        found = self._found
        rows: dict[int, dict[int, str | BadCell]] = {}
        for row, column, cell in found.cells():
            text = self._text(cell, values)
            if text:
                rows.setdefault(row, {})[column - 1] = text
        head = rows.pop(found.head_row, {})
        if not head:
            raise AssuranceError(
                Fault(
                    "bad-table",
                    f"{found.name} row {found.head_row}",
                    "no header in the first row",
                    "a header row",
                    "name the columns in the first row, or make the table a real one of Excel's",
                )
            )
        check_rows(len(rows), found.name)
        return Grid(
            found.name,
            tuple(_heading(head.get(place, "")) for place in range(found.last)),
            tuple(GridRow(number, cells) for number, cells in rows.items()),
            found.head_row,
            faults=tuple(self._merged()),
            notices=(*found.notices, *self._notices()),
        )

    def _text(self, cell: Any, values: Any) -> str | BadCell:
        if cell.data_type == _FORMULA:
            cell = values.cell(cell.row, cell.column)
            if cell.value is None and cell.data_type == _EMPTY_TEXT:
                return ""
            if cell.value is None:
                return BadCell(
                    "a formula without a value",
                    "a value",
                    "write the value in place of the formula, or open the file in a spreadsheet"
                    " program and save it again",
                )
            self._formulas += 1
        value, shape = cell.value, _shape(cell)
        if cell.data_type == _ERROR:
            remedy = "mend it; a score that is not known is left empty"
            return BadCell(f"the error {value}", "a value", remedy)
        if isinstance(value, datetime):
            return self._date(value, shape)
        if isinstance(value, int | float) and not isinstance(value, bool) and _shows(shape, "%"):
            return _percentage(value)
        self._whole += is_whole_number(value)
        return cell_text(value)

    def _date(self, value: datetime, shape: str) -> str | BadCell:
        """Return a date as precisely as the sheet shows it: Excel makes 2025-03 a first of March.

        A month and a year that were typed in become a day that nobody stated.
        """
        if value.day == 1 and not _shows(shape, "d") and _shows(shape, "y"):
            self._months += 1
            return f"{value:%Y-%m}" if _shows(shape, "m") else f"{value:%Y}"
        return cell_text(value)

    def _merged(self) -> list[Fault]:
        """Return a fault for each merged range: only its first cell has a value."""
        found = self._found
        return [
            Fault(
                "bad-table",
                f"{found.name} cells {one.coord}",
                "merged cells",
                "a cell for each row and column",
                "unmerge them, and write the value in each that it is meant for",
            )
            for one in sorted(found.sheet.merged_cells.ranges, key=lambda one: one.coord)
            if one.max_row >= found.head_row
            and one.max_col >= found.first
            and one.min_col <= found.last
        ]

    def _notices(self) -> list[str]:
        name = self._found.name
        notices = []
        if self._whole:
            notices.append(f"{name}: numbers were taken as whole numbers, in {_cells(self._whole)}")
        if self._formulas:
            notices.append(
                f"{name}: formulas were taken by their values when the file was saved, in"
                f" {_cells(self._formulas)}"
            )
        if self._months:
            notices.append(f"{name}: dates were taken without the day, in {_cells(self._months)}")
        return notices


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count:,} cells"


def _heading(cell: str | BadCell) -> str:
    return cell if isinstance(cell, str) else cell.found


def _shape(cell: Any) -> str:
    """Return the number format of a cell; none where the workbook's list of them lacks it."""
    try:
        return str(cell.number_format)
    except IndexError:
        return ""


def _shows(shape: str, sign: str) -> bool:
    """Say whether a number format shows a part, such as `d` for the day.

    Example:
        >>> [_shows(one, "d") for one in ("mmm-yy", "dd/mm/yyyy", '"dated" yyyy', "[Red]yyyy")]
        [False, True, False, False]
    """
    return sign in _NOT_SHOWN.sub("", shape).lower()


def _percentage(value: float) -> str:
    """Return a number as it is shown where its cell shows per cent: 0.78 as 78%.

    Example:
        >>> _percentage(0.57), _percentage(0.575)
        ('57%', '57.5%')
    """
    return f"{(Decimal(repr(value)) * 100).normalize():f}%"
