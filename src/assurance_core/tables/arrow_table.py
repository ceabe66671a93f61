"""Parquet files and data frames as a grid, through Arrow.

Rows are counted as they come, and reading stops at the limit: a column of Parquet can be a thousand
times its size when unpacked. Texts stay in their dictionary until each was seen to be short enough.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.tables.extras import import_extra
from assurance_core.tables.grid import (
    MAX_ROWS,
    BadCell,
    Grid,
    GridRow,
    check_columns,
    check_rows,
)
from assurance_core.tables.typed import cell_text, listed

if TYPE_CHECKING:
    from assurance_core.tables.files import ArrowStream

_MOST_TEXT = 100_000_000
"""Bytes of text in all the cells of a table."""
_CONVERT = "convert the column"
_INDEX = re.compile(r"__index_level_\d+__")
"""What pandas calls the index of a data frame that has no name."""


def arrow_grid(table: ArrowStream, name: str) -> Grid:
    """Return a data frame.

    Args:
        table: anything with the Arrow PyCapsule interface.
        name: what errors call it.

    Raises:
        AssuranceError: `missing`, without the extra `arrow`; `wrong-type` for what is no such
            table; `too-large` for too many rows, columns or texts.
    """
    arrow, stream = open_stream(table, name)
    try:
        with stream:
            return _grid(stream.schema, iter(stream), name)
    except (arrow.ArrowException, TypeError) as error:
        raise unreadable(name, error, "a table that Arrow can read") from None


def open_stream(table: ArrowStream, name: str) -> tuple[Any, Any]:
    """Return pyarrow, and a data frame as a stream of record batches.

    Raises:
        AssuranceError: `missing`, `wrong-type` or `bad-syntax`: see `arrow_grid`.
    """
    arrow = import_arrow(name)
    if not hasattr(table, "__arrow_c_stream__"):
        raise AssuranceError(
            Fault(
                "wrong-type",
                name,
                f"a value of the type {type(table).__name__}",
                "a table with the Arrow PyCapsule interface (__arrow_c_stream__)",
                "give a data frame of pandas, Polars, DuckDB or pyarrow; a file is read by"
                " read_table_file",
            )
        )
    try:
        return arrow, arrow.RecordBatchReader.from_stream(table)
    except (arrow.ArrowException, TypeError) as error:
        raise unreadable(name, error, "a table that Arrow can read") from None


def parquet_grid(content: bytes, name: str) -> Grid:
    """Return a Parquet file.

    Args:
        content: of the file.
        name: the file's name, for errors.

    Raises:
        AssuranceError: `missing`, without the extra `arrow`; `bad-syntax` for what is no Parquet;
            `too-large` for too many rows, columns or texts.
    """
    arrow = import_arrow(name)
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(io.BytesIO(content)) as file:
            schema = file.schema_arrow
            check_rows(file.metadata.num_rows, name)
            check_columns(len(schema), name)
            texts = [one.name for one in schema if arrow.types.is_string(one.type)]
        # A text that stands in every row is held once.
        with parquet.ParquetFile(io.BytesIO(content), read_dictionary=texts) as file:
            return _grid(file.schema_arrow, file.iter_batches(batch_size=10_000), name)
    except (arrow.ArrowException, OSError, OverflowError, UnicodeDecodeError) as error:
        raise unreadable(name, error, "a Parquet file") from None


def import_arrow(name: str) -> Any:
    """Return pyarrow; raise `missing` without the extra `arrow`."""
    return import_extra("pyarrow", "arrow", name, "write the table as CSV")


def unreadable(name: str, error: Exception, expected: str) -> AssuranceError:
    """Return the error for a table that another package cannot read."""
    words = str(error).strip().splitlines()
    found = words[0] if words else type(error).__name__
    remedy = "check that the file is whole, and write it again"
    return AssuranceError(Fault("bad-syntax", name, found, expected, remedy))


def _grid(schema: Any, batches: Iterator[Any], name: str) -> Grid:
    check_columns(len(schema), name)
    left_out = index_columns(schema)
    kept = [number for number in range(len(schema)) if number not in left_out]
    rows: list[GridRow] = []
    texts = 0
    for batch in batches:
        if len(rows) + batch.num_rows > MAX_ROWS:
            check_rows(len(rows) + batch.num_rows, name)
        texts += sum(_size_of_texts(batch.column(number)) for number in kept)
        if texts > _MOST_TEXT:
            raise _too_large(
                name, f"more than {_MOST_TEXT:,} bytes of text", f"{_MOST_TEXT:,} bytes"
            )
        columns = [_texts(batch.column(number)) for number in kept]
        for cells in zip(*columns, strict=True):
            filled = {place: cell for place, cell in enumerate(cells) if cell}
            rows.append(GridRow(len(rows) + 1, filled))
    return Grid(
        name,
        tuple(schema.names[number].strip() for number in kept),
        tuple(row for row in rows if row.cells),
        head_row=None,
        lettered=False,
        notices=arrow_notices(schema, left_out, name),
    )


def index_columns(schema: Any) -> list[int]:
    """Return the places of what pandas calls the index of a data frame."""
    return [number for number, one in enumerate(schema.names) if _INDEX.fullmatch(one)]


def _texts(column: Any) -> list[str | BadCell]:
    from pyarrow import types

    if types.is_nested(column.type):
        bad = not_taken_apart(column.type)
        return [bad if valid else "" for valid in column.is_valid().to_pylist()]
    try:
        return [cell_text(value) for value in column.to_pylist()]
    except UnicodeDecodeError:
        return [_text_of(value) for value in column]


def _text_of(value: Any) -> str | BadCell:
    """Return one cell of a column in which some text is none."""
    try:
        return cell_text(value.as_py())
    except UnicodeDecodeError:
        return BadCell("bytes that are no text in UTF-8", "text in UTF-8", _CONVERT)


def not_taken_apart(kind: Any) -> BadCell:
    """Return what is said of a nested cell: a short column of lists can stand for any number."""
    return BadCell(f"a value of the type {kind}", "text, a number or a date", _CONVERT)


def _size_of_texts(column: Any) -> int:
    """Return how many bytes the texts of a column would take, were each held on its own."""
    import pyarrow
    from pyarrow import compute

    kind = column.type
    values = column.dictionary if pyarrow.types.is_dictionary(kind) else column
    if not (
        pyarrow.types.is_string(values.type)
        or pyarrow.types.is_large_string(values.type)
        or pyarrow.types.is_binary(values.type)
    ):
        return 0
    lengths = compute.binary_length(values)
    if pyarrow.types.is_dictionary(kind):
        lengths = compute.take(lengths, column.indices)
    return compute.sum(lengths).as_py() or 0


def _too_large(name: str, found: str, most: str) -> AssuranceError:
    remedy = "check that this is the right table, or split it"
    return AssuranceError(Fault("too-large", name, found, f"at most {most}", remedy))


def arrow_notices(schema: Any, left_out: Sequence[int], name: str) -> tuple[str, ...]:
    """Return what was left out of an Arrow table, or taken for something else."""
    from pyarrow import types

    notices = []
    if left_out:
        notices.append(f"{name}: the index of the data frame was left out")
    floats = [
        one.name for one in schema if types.is_floating(one.type) or types.is_decimal(one.type)
    ]
    if floats:
        notices.append(
            f"{name}: whole numbers were taken from columns of decimals: {listed(floats)}"
        )
    return tuple(notices)
