"""Parquet and CSV through pyarrow: a block is read and rated while the one before is written."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from assurance_core.tables.batches import BLOCK
from assurance_core.tables.engines.rater import MakeRater, Rater, not_finished, not_opened
from assurance_core.tables.extras import import_extra

_SCHEMA = "ARROW:schema"
"""Where Parquet keeps the Arrow schema of what was written."""
_PAGE = 1 << 16
"""Rows that are encoded at once."""


def rate_file(make: MakeRater, source: Path, target: Path) -> tuple[str, ...]:
    """Rate a file into another.

    Args:
        make: makes the rater.
        source: Parquet or CSV.
        target: Parquet, to be written.

    Returns:
        What was read as something else.

    Raises:
        AssuranceError: `missing`, without the extra `arrow`; the faults of the table.
    """
    arrow = import_extra("pyarrow", "arrow", source.name)
    try:
        stream = open_file(source)
    except (arrow.ArrowException, OSError) as error:
        raise not_opened(source.name, error) from None
    with stream:
        rater = make(stream.schema, name=source.name)
        try:
            write_outcomes(rater, rater.rate_coded(stream), target)
        except arrow.ArrowException as error:
            raise not_finished(source.name, error) from None
    return rater.notices


def open_file(source: Path) -> Any:
    """Return a file as a stream of record batches that is closed by `with`."""
    import pyarrow

    if source.suffix.lower() == ".csv":
        from pyarrow import csv

        names = csv.open_csv(source).schema.names
        # Texts, as a cell of CSV has no type; each that is met again is held once.
        text = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
        types = dict.fromkeys(names, text)
        options = csv.ConvertOptions(column_types=types, strings_can_be_null=True, null_values=[""])
        return csv.open_csv(source, convert_options=options)
    from pyarrow import parquet

    file = parquet.ParquetFile(source)
    return pyarrow.RecordBatchReader.from_batches(
        file.schema_arrow, file.iter_batches(batch_size=BLOCK)
    )


def write_outcomes(rater: Rater, batches: Iterator[Any], target: Path) -> None:
    """Write outcomes to Parquet.

    Texts are handed over as dictionaries, which is several times as quick, and described in the
    file as the plain texts that they are.

    Args:
        rater: for the schema.
        batches: with texts as dictionaries.
        target: the file.
    """
    described = base64.b64encode(rater.schema.serialize().to_pybytes()).decode()
    about = {key.decode(): value.decode() for key, value in rater.schema.metadata.items()}
    with open_writer(target, rater.coded_schema) as writer, ThreadPoolExecutor(1) as other:
        writer.add_key_value_metadata({**about, _SCHEMA: described})
        coming = other.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = other.submit(next, batches, None)
            writer.write_batch(batch)


def open_writer(target: Path, schema: Any) -> Any:
    """Return a writer of Parquet that is closed by `with`.

    Which texts stand in a block is not noted: nearly all of them do, and it takes a third of the
    time.
    """
    from pyarrow import parquet, types

    noted = [one.name for one in schema if not types.is_dictionary(one.type)]
    return parquet.ParquetWriter(
        target, schema, store_schema=False, write_statistics=noted, write_batch_size=_PAGE
    )
