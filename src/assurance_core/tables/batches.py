"""A stream of Arrow batches as a table: the same header, cells and faults as a table read whole.

What decides an outcome stands in few different cells, so each batch is coded column by column. A
row is read like any other, by the one reader of tables, where one of its kind is met first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from attrs import define, evolve, frozen
from numpy.typing import NDArray

from assurance_core.model.assessment import Assessment
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.framework import Framework
from assurance_core.tables.arrow_table import arrow_notices, index_columns
from assurance_core.tables.coded import Cell, CodedColumn, cells_at_fault, coded_column, one_cell
from assurance_core.tables.grid import Grid, GridRow
from assurance_core.tables.header import FIXED, Header, read_header
from assurance_core.tables.records import records
from assurance_core.tables.rows import RecordReader, Reference

BLOCK = 1 << 18
"""Rows that are rated at once: enough that a batch costs little, few enough to stay small."""
NAMES = ("body", "code")
"""Columns that may be different in every row: they are carried over, and decide nothing."""
_NOT_READ = ("evidence", "source", "note", "consequences")
"""Further columns that decide nothing, and may be different in every row."""
NO_NAME = "no name"


@frozen(eq=False)
class BatchForm:
    """What the columns of a stream hold.

    Attributes:
        header: as of a table read whole; a table without names gets a column for them.
        framework: whose statements the columns are.
        places: of the columns that are read, in the stream.
        named: the stream has the names of bodies.
        notices: which headings and numbers were read as something else.
    """

    header: Header
    framework: Framework
    places: tuple[int, ...]
    named: bool
    notices: tuple[str, ...]

    @property
    def scored(self) -> tuple[str, ...]:
        """Keys of the columns that hold scores and judged levels."""
        return tuple(key for key in self.header.places if key not in FIXED)

    @property
    def about(self) -> tuple[str, ...]:
        """Keys of the other columns that say something of an assessment."""
        left_out = (*NAMES, *_NOT_READ)
        return tuple(key for key in self.header.places if key in FIXED and key not in left_out)


def batch_form(schema: Any, framework: Framework, name: str) -> BatchForm:
    """Return what the columns of a stream hold.

    Args:
        schema: of Arrow.
        framework: whose statements the columns are.
        name: what errors call the table.

    Raises:
        AssuranceError: with every fault of the header; `bad-table` for a long table.
    """
    left_out = index_columns(schema)
    places = tuple(place for place in range(len(schema)) if place not in left_out)
    head = tuple(schema.names[place].strip() for place in places)
    named = any(one.casefold() == "body" for one in head)
    grid = Grid(name, head if named else (*head, "body"), (), head_row=None, lettered=False)
    header = read_header(grid, framework)
    if header.long:
        raise AssuranceError(
            Fault(
                "bad-table",
                grid.head_place,
                "a row for each score",
                "a row for each assessment: those of one may lie far apart in a stream",
                "make a column of each statement, or rate the table without an engine",
            )
        )
    notices = (*arrow_notices(schema, left_out, name), *header.notices)
    return BatchForm(header, framework, places, named, notices)


@define(eq=False)
class Batch:
    """One batch of a stream.

    Attributes:
        form: what its columns hold.
        arrow: the batch.
        first: the number of its first row in the stream.
        scored, about: the columns by key.
    """

    form: BatchForm
    arrow: Any
    first: int
    scored: Mapping[str, CodedColumn]
    about: Mapping[str, CodedColumn]

    @classmethod
    def of(cls, form: BatchForm, arrow: Any, first: int) -> Batch:
        """Return a batch with its columns coded."""

        def coded(keys: tuple[str, ...]) -> dict[str, CodedColumn]:
            places = [form.places[form.header.places[key]] for key in keys]
            columns = map(coded_column, map(arrow.column, places))
            return dict(zip(keys, columns, strict=True))

        return cls(form, arrow, first, coded(form.scored), coded(form.about))

    def names(self, key: str, rows: NDArray[Any] | None = None) -> Any:
        """Return the column `body` or `code` as texts without blanks around them.

        Args:
            key: which of the two.
            rows: those wanted, in order; all unless given.
        """
        import pyarrow
        from pyarrow import compute, types

        text = pyarrow.string()
        column = self._column(key)
        if column is None:
            return pyarrow.nulls(self.arrow.num_rows if rows is None else len(rows), text)
        if rows is not None and len(rows) < len(column):
            column = column.take(pyarrow.array(rows))
        if types.is_dictionary(column.type):
            column = column.dictionary_decode()
        if not (types.is_string(column.type) or types.is_large_string(column.type)):
            coded = coded_column(column)
            texts = [cell if isinstance(cell, str) else "" for cell in coded.cells]
            column = pyarrow.array(texts, text).take(pyarrow.array(coded.codes))
        trimmed = compute.utf8_trim_whitespace(column.cast(text))
        return compute.if_else(compute.equal(trimmed, ""), pyarrow.scalar(None, text), trimmed)

    def _column(self, key: str) -> Any:
        """Return a column of the batch, or None where it has no such."""
        place = self.form.header.places.get(key, len(self.form.places))
        if place >= len(self.form.places):
            return None
        return self.arrow.column(self.form.places[place])

    def suspect(self) -> NDArray[np.bool_]:
        """Return which rows have no name, a cell without a heading, or one that cannot be read.

        Cells that are coded are looked at one by one, and not here.
        """
        bad = np.zeros(self.arrow.num_rows, dtype=np.bool_)
        for place, heading in zip(self.form.places, self.form.header.grid.head, strict=False):
            if not heading:
                bad |= self.arrow.column(place).is_valid().to_numpy(zero_copy_only=False)
        if self.form.named:
            bad |= self.names("body").is_null().to_numpy(zero_copy_only=False)
        for key in (*NAMES, *_NOT_READ):
            column = self._column(key)
            if column is not None:
                bad |= cells_at_fault(column)
        return bad

    def read(self, row: int) -> Reading:
        """Return what one row says."""
        cells: dict[int, Cell] = {}
        for place, column in enumerate(self.form.places):
            cell = one_cell(self.arrow.column(column), row)
            if cell:
                cells[place] = cell
        if not self.form.named and cells:
            cells[self.form.header.places["body"]] = NO_NAME
        return read_row(self.form, GridRow(self.first + row, cells))

    def read_about(self, row: int) -> Reading:
        """Return what one row says besides names and scores."""
        places = self.form.header.places
        found = {places[key]: column.cell(row) for key, column in self.about.items()}
        cells = {places["body"]: NO_NAME, **{key: cell for key, cell in found.items() if cell}}
        return read_row(self.form, GridRow(self.first + row, cells))


@frozen(eq=False)
class Reading:
    """What a row says: an assessment, or faults; neither, for a row without a cell."""

    assessment: Assessment | None
    faults: tuple[Fault, ...]


def read_row(form: BatchForm, row: GridRow) -> Reading:
    """Read one row on its own."""
    if not row.cells:
        return Reading(None, ())
    reader = RecordReader(form.framework, Reference())
    for record in records(evolve(form.header, grid=evolve(form.header.grid, rows=(row,)))):
        reader.read(record)
    return Reading(reader.assessments[0] if reader.assessments else None, tuple(reader.faults))


def read_alone(framework: Framework, version: str, key: str, cell: Cell) -> Assessment | None:
    """Return the assessment of which one cell alone is known; None where the cell is at fault.

    Args:
        framework: whose assessment it is.
        version: of the framework.
        key: of the cell's column: a statement's id, or `judged.JUDGEMENT`.
        cell: what stands in it.
    """
    places = {"body": 0, "version": 1, key: 2}
    grid = Grid("", tuple(places), ())
    form = BatchForm(Header(grid, places, False, {}), framework, (), True, ())
    cells = {0: NO_NAME, 1: version, 2: cell}
    return read_row(form, GridRow(1, cells)).assessment


def blocks(stream: Any) -> Iterator[Any]:
    """Return the batches of a stream, none with more than `BLOCK` rows, and none empty."""
    for batch in stream:
        for start in range(0, batch.num_rows, BLOCK):
            yield batch.slice(start, BLOCK)
