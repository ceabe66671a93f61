"""What a table says of each assessment: from one row, or from the rows of a long table.

A record keeps the place of each of its cells, so that whoever reads it need not know which form the
table has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import define, field, frozen

from assurance_core.model.errors import Fault, nearest
from assurance_core.tables.grid import BadCell, Grid, GridRow
from assurance_core.tables.header import FIXED, LEVEL, STATEMENT, Header

_APART = ("body", "date", "published", "version", "status")
"""What tells the assessments of a long table apart."""


NOT_SHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ufffd]"
)
"""Control characters but tabs and line ends, text without width or turned round, lost letters.

The pattern holds them as they are, so that every engine of patterns reads it alike.
"""


@frozen
class Found:
    """A cell's text, with the place of its row and what its column is called."""

    text: str
    row: str
    column: str

    @property
    def place(self) -> str:
        """Where it stands, for errors."""
        return f"{self.row}, {self.column}"


@define
class Record:
    """What a table says of one assessment.

    Attributes:
        row: of its first row: the number that errors refer to.
        place: of its first row.
        cells: those with text, by column: a fixed name, a statement's id, `judged.JUDGEMENT`.
        faults: of its cells, before anything is read of them.
        shifted: a cell of its row may have been lost, or be one too many.
    """

    row: int
    place: str
    cells: dict[str, Found] = field(factory=dict)
    faults: list[Fault] = field(factory=list)
    shifted: bool = False


def records(header: Header) -> Iterator[Record]:
    """Return what a table says, assessment by assessment."""
    return _long(header) if header.long else map(_Rows(header).record, header.grid.rows)


class _Rows:
    """Makes a record of a row."""

    def __init__(self, header: Header) -> None:
        self._grid: Grid = header.grid
        self._places = header.places
        self._columns = {key: self._grid.column(place) for key, place in header.places.items()}
        self._named = set(header.places.values())

    def record(self, row: GridRow) -> Record:
        """Return what one row says, with the faults of its form."""
        body = row.cells.get(self._places["body"], "")
        place = f"{self._grid.name} row {row.number}"
        if body and not isinstance(body, BadCell) and not unreadable(body):
            place += f" ({body})"
        made = Record(row.number, place)
        if self._is_head(row):
            expected, remedy = "a row of scores", "remove the row"
            made.faults.append(
                Fault("bad-table", made.place, "the headings again", expected, remedy)
            )
            return made
        self._check_width(row, made)
        self._check_outside(row, made)
        made.shifted = bool(made.faults) and row.width is not None
        for key, column in self._places.items():
            cell = row.cells.get(column, "")
            if isinstance(cell, BadCell):
                where = f"{place}, {self._columns[key]}"
                made.faults.append(
                    Fault("bad-table", where, cell.found, cell.expected, cell.remedy)
                )
            elif unreadable(cell):
                found = f"a sign that is not shown (U+{ord(unreadable(cell)):04X})"
                where = f"{place}, {self._columns[key]}"
                expected, remedy = "text that can be read", "write the text anew"
                made.faults.append(Fault("bad-table", where, found, expected, remedy))
            elif cell or key == "body":
                made.cells[key] = Found(cell, place, self._columns[key])
        return made

    def _is_head(self, row: GridRow) -> bool:
        """Say whether a row repeats the headings, as where two tables were joined."""
        return all(row.cells.get(place, "") == self._grid.head[place] for place in self._named)

    def _check_width(self, row: GridRow, made: Record) -> None:
        """Note headings without a cell, as RFC 4180 has it."""
        if row.width is None:
            return
        lacking = sorted(place for place in self._named if place >= row.width)
        if lacking:
            cells = "1 cell" if row.width == 1 else f"{row.width} cells"
            names = ", ".join(self._grid.head[place] for place in lacking)
            made.faults.append(
                Fault(
                    "bad-table",
                    made.place,
                    f"{cells}: none for {names}",
                    f"a cell for each of the {len(self._grid.head)} columns",
                    "add a comma for each empty cell at the end of the row, or look for one that "
                    "was lost",
                )
            )

    def _check_outside(self, row: GridRow, made: Record) -> None:
        """Note text without a heading."""
        texts = [
            cell.found if isinstance(cell, BadCell) else f"'{cell}'"
            for place, cell in row.cells.items()
            if cell and place not in self._named
        ]
        if texts:
            quotes = "put text with commas in quotes" if row.width else "clear the cell"
            made.faults.append(
                Fault(
                    "bad-table",
                    made.place,
                    f"{texts[0]} in a column without a heading",
                    f"text under the {len(self._named)} headings alone",
                    f"{quotes}, or give the column a heading",
                )
            )


def unreadable(text: str) -> str:
    """Return the first sign of a text that no reader sees, or that stands for a lost letter."""
    found = NOT_SHOWN.search(text)
    return found.group() if found else ""


def _long(header: Header) -> Iterator[Record]:
    """Return a record for each body, date, version and status, in order of their first rows."""
    rows = _Rows(header)
    found: dict[tuple[str, ...], Record] = {}
    for row in header.grid.rows:
        one = rows.record(row)
        key = tuple(one.cells[column].text if column in one.cells else "" for column in _APART)
        if not key[0]:
            key = (*key, str(row.number))  # Rows without a name have nothing in common.
        whole = found.setdefault(key, Record(one.row, one.place))
        whole.faults += one.faults
        whole.shifted |= one.shifted
        for column in FIXED:
            if column in one.cells:
                _join(whole, column, one.cells[column], header.grid)
        _score(whole, one, header)
    return iter(found.values())


def _join(whole: Record, column: str, cell: Found, grid: Grid) -> None:
    """Take over what every row of an assessment says alike."""
    first = whole.cells.setdefault(column, cell)
    if first.text != cell.text:
        whole.faults.append(
            Fault(
                "bad-table",
                cell.place,
                f"'{cell.text}', where {_row_alone(first, grid)} has '{first.text}'",
                "the same in every row of an assessment",
                "mend one of the two, or give the rows different dates",
            )
        )


def _score(whole: Record, row: Record, header: Header) -> None:
    """Take over the one score of a row."""
    named, level = row.cells.get(STATEMENT), row.cells.get(LEVEL)
    if named is None:
        if level is not None:
            expected, remedy = "the statement that was scored", "write its id or name"
            place = f"{row.place}, {header.column(STATEMENT)}"
            whole.faults.append(Fault("missing", place, "nothing", expected, remedy))
        return
    key = header.statement(named.text)
    if not key:
        remedy = nearest(named.text, list(dict.fromkeys(header.keys.values())))
        whole.faults.append(
            Fault("unknown-id", named.place, f"'{named.text}'", "a statement's id or name", remedy)
        )
        return
    cell = level or Found("", row.place, header.column(LEVEL))
    earlier = whole.cells.get(key)
    if earlier is not None:
        whole.faults.append(
            Fault(
                "duplicate",
                named.place,
                f"'{named.text}' again, as in {_row_alone(earlier, header.grid)}",
                "one row for each statement of an assessment",
                "remove one of the two",
            )
        )
        return
    whole.cells[key] = cell


def _row_alone(cell: Found, grid: Grid) -> str:
    """Return a cell's row without the table's name."""
    return cell.row.removeprefix(grid.name).strip()
