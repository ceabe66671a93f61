"""The cells of a table as text, whatever file they come from, with the words for their places.

CSV, workbooks, Parquet and data frames all become a grid; one reader takes it from there, so that a
check and its message exist once. A place is named as the reader of the file sees it: spreadsheets
have row numbers and column letters, other tables rows and column names.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from assurance_core.model.errors import AssuranceError, Fault

MAX_ROWS = 100_000
MOST_COLUMNS = 1_000


@frozen
class BadCell:
    """A cell that holds nothing that can be read: what was found instead, and what to do."""

    found: str
    expected: str
    remedy: str


@frozen
class GridRow:
    """One row.

    Attributes:
        number: as the table's own program counts.
        cells: by place of their column, from 0; empty ones may be left out.
        width: how many cells the row has; None where a row cannot lack any.
    """

    number: int
    cells: Mapping[int, str | BadCell]
    width: int | None = None


@frozen
class Grid:
    """A table.

    Attributes:
        name: what errors and notices call it, such as `scores.xlsx sheet "Scores"`.
        head: the headings, by place of their column.
        rows: below the headings.
        head_row: number of the row of the headings; None where they are the columns' names.
        lettered: columns have letters.
        faults: of the table as a whole.
        notices: what was mended or taken for something else while reading.
    """

    name: str
    head: tuple[str, ...]
    rows: tuple[GridRow, ...]
    head_row: int | None = 1
    lettered: bool = True
    faults: tuple[Fault, ...] = ()
    notices: tuple[str, ...] = field(default=())

    @property
    def head_place(self) -> str:
        """Where the headings stand."""
        return self.name if self.head_row is None else f"{self.name} row {self.head_row}"

    def column(self, place: int) -> str:
        """Return a column as errors call it: `column H "safeguarding"`."""
        heading = f'"{self.head[place]}"'
        return f"column {column_letter(place)} {heading}" if self.lettered else f"column {heading}"


def column_letter(place: int) -> str:
    """Return a column as spreadsheets name it.

    Example:
        >>> column_letter(0), column_letter(27)
        ('A', 'AB')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def check_rows(rows: int, name: str) -> None:
    """Raise `too-large` for more rows than a table may have."""
    if rows > MAX_ROWS:
        raise AssuranceError(
            Fault(
                "too-large",
                name,
                f"{rows:,} rows",
                f"at most {MAX_ROWS:,} rows",
                "split the table, or rate it in a stream: assurance rate --engine",
            )
        )


def check_columns(columns: int, name: str) -> None:
    """Raise `too-large` for more columns than a table may have."""
    if columns > MOST_COLUMNS:
        raise AssuranceError(
            Fault(
                "too-large",
                name,
                f"{columns:,} columns",
                f"at most {MOST_COLUMNS:,} columns",
                "check that this is the right table, or split it",
            )
        )
