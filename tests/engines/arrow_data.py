"""A small table of councils, and tables as Parquet files."""

from __future__ import annotations

import io
from typing import Any

import pyarrow
from pyarrow import parquet

from assurance_core import load_plugins

COUNCILS = load_plugins(["cqc_la"]).framework("cqc-la")
DATA: dict[str, list[Any]] = {
    "body": ["Hull", "York"],
    "date": ["2025-03", None],
    "safeguarding": [3, None],
    "assessing_needs": [2.0, 4.0],
}


def in_parquet(data: Any, **options: Any) -> bytes:
    """Return a Parquet file."""
    stream = io.BytesIO()
    table = data if isinstance(data, pyarrow.Table) else pyarrow.table(data)
    parquet.write_table(table, stream, **options)
    return stream.getvalue()
