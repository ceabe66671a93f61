"""DuckDB reads and writes, on every core and with a limit to its memory; the batches pass by."""

from __future__ import annotations

import re
from pathlib import Path

from assurance_core.tables.engines.rater import MakeRater, Watched, not_finished, not_opened
from assurance_core.tables.extras import import_extra

MEMORY = "512MB"
"""What DuckDB may hold; beyond it, it uses the disk."""
_CSV = """, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', skip = 0"""
"""How CSV is written: where DuckDB finds it out, it passes over rows that do not fit."""


def rate_file(make: MakeRater, source: Path, target: Path) -> tuple[str, ...]:
    """Rate a file into another: see `assurance_core.tables.engines.arrow.rate_file`."""
    duckdb = import_extra("duckdb", "duckdb", source.name)
    import pyarrow

    # Two connections: one is read while the other writes.
    settings = {"memory_limit": MEMORY}
    with duckdb.connect(config=settings) as read, duckdb.connect(config=settings) as write:
        reader = "read_csv" if source.suffix.lower() == ".csv" else "read_parquet"
        options = _CSV if reader == "read_csv" else ""
        try:
            relation = read.sql(f"SELECT * FROM {reader}({_pattern(source)}{options})")
            stream = pyarrow.RecordBatchReader.from_stream(relation)
        except duckdb.Error as error:
            raise not_opened(source.name, error) from None
        rater = make(stream.schema, name=source.name)
        outcomes = Watched(rater.rate_coded(stream))
        write.register(
            "outcomes", pyarrow.RecordBatchReader.from_batches(rater.coded_schema, outcomes)
        )
        try:
            write.execute(f"COPY (SELECT * FROM outcomes) TO {_text(target)} (FORMAT parquet)")
        except duckdb.Error as error:
            raise outcomes.error or not_finished(source.name, error) from None
    return rater.notices


def _pattern(file: Path) -> str:
    """Return the pattern that fits a file's name alone, as a text of SQL."""
    return _text(Path(re.sub(r"[\[*?]", r"[\g<0>]", str(file))))


def _text(file: Path) -> str:
    """Return a file's name as a text of SQL."""
    return "'" + str(file).replace("'", "''") + "'"
