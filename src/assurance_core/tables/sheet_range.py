"""Which part of a workbook is the table: a sheet, or a real table on one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import evolve, frozen

from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.tables.grid import column_letter


@frozen(eq=False)
class SheetRange:
    """The columns of a sheet that hold the table, from the row of its headings on.

    Rows go on to the end of the sheet: what was written below a real table, in a program that does
    not make it longer by itself, is not lost.

    Attributes:
        sheet: openpyxl's worksheet.
        name: what errors call the table.
        head_row: the row of the headings, from 1.
        first, last: its columns, from 1.
        totals: a row of totals, which is not read.
        notices: which part was chosen, where there were others.
    """

    sheet: Any
    name: str
    head_row: int
    first: int
    last: int
    totals: int | None = None
    notices: tuple[str, ...] = ()

    def holds(self, row: int, column: int) -> bool:
        """Say whether a cell is part of the table."""
        inside = row >= self.head_row and self.first <= column <= self.last
        return inside and row != self.totals

    def cells(self, sheet: Any = None) -> Iterator[tuple[int, int, Any]]:
        """Return row, column and cell of the table's cells that are there, row by row.

        A sheet may hold one cell in its last corner: openpyxl's own walk would make all those
        between.

        Args:
            sheet: another reading of the same sheet.
        """
        held = (self.sheet if sheet is None else sheet)._cells
        for row, column in sorted(held):
            if self.holds(row, column):
                yield row, column, held[row, column]


def find_range(book: Any, file: str, named: str) -> SheetRange:
    """Return the table of a workbook.

    Args:
        book: openpyxl's workbook.
        file: the file's name.
        named: the name of a sheet, or of a table on one; empty for the first visible sheet.

    Raises:
        AssuranceError: `unknown-id` for a name that is neither; `no-choice` where a sheet has
            several tables.
    """
    sheets = book.worksheets
    if not named:
        visible = [one for one in sheets if one.sheet_state == "visible"] or sheets
        chosen = _of_sheet(visible[0], file)
        if len(visible) > 1:
            title = visible[0].title
            notice = f'{file}: its first sheet, "{title}", was read; --sheet names another'
            return evolve(chosen, notices=(notice, *chosen.notices))
        return chosen
    wanted = named.casefold()
    for sheet in sheets:
        if sheet.title.casefold() == wanted:
            return _of_sheet(sheet, file)
    for sheet in sheets:
        for table in sheet.tables.values():
            if table.displayName.casefold() == wanted:
                return _of_table(sheet, table, file)
    titles = [sheet.title for sheet in sheets]
    known = [*titles, *(name for sheet in sheets for name in _table_names(sheet))]
    raise AssuranceError(
        Fault(
            "unknown-id",
            f"{file}: --sheet",
            f"'{named}'",
            "the name of a sheet or table of the workbook",
            nearest(named, known),
        )
    )


def _of_sheet(sheet: Any, file: str) -> SheetRange:
    tables = list(sheet.tables.values())
    if len(tables) == 1:
        return _of_table(sheet, tables[0], file)
    name = f'{file} sheet "{sheet.title}"'
    if tables:
        names = _table_names(sheet)
        raise AssuranceError(
            Fault(
                "no-choice",
                name,
                f"{len(names)} tables",
                "one table",
                f"name it with --sheet, one of: {', '.join(names)}",
            )
        )
    held: Sequence[tuple[int, int]] = [key for key, one in sheet._cells.items() if _full(one)]
    return SheetRange(sheet, name, 1, 1, max((column for _, column in held), default=1))


def _of_table(sheet: Any, table: Any, file: str) -> SheetRange:
    from openpyxl.utils.cell import range_boundaries

    first, head, last, bottom = range_boundaries(table.ref)
    name = f'{file} sheet "{sheet.title}"'
    if table.headerRowCount == 0:
        raise AssuranceError(
            Fault(
                "bad-table",
                f"{name}, table {table.displayName}",
                "a table without headings",
                "a header row",
                "switch the table's header row on, and name the columns there",
            )
        )
    beside = sorted(
        {
            column
            for (row, column), cell in sheet._cells.items()
            if row >= head and not first <= column <= last and _full(cell)
        }
    )
    notices = []
    if beside:
        letters = ", ".join(column_letter(column - 1) for column in beside[:5])
        more = "" if len(beside) <= 5 else f" and {len(beside) - 5} more"
        notices.append(f"{name}: columns outside its table were not read: {letters}{more}")
    totals = bottom if table.totalsRowCount else None
    return SheetRange(sheet, name, head, first, last, totals, tuple(notices))


def _full(cell: Any) -> bool:
    return cell.value is not None and str(cell.value).strip() != ""


def _table_names(sheet: Any) -> list[str]:
    return [table.displayName for table in sheet.tables.values()]
