"""DuckDB: one SQL statement over a table of bytes."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np

from benchmarks.harness import Job
from benchmarks.rule import BANDS, LEVELS, MOST, STATEMENTS
from benchmarks.w1_bulk import bulk_job

NAMES = [f"s{number}" for number in range(STATEMENTS)]
_LISTED = ", ".join(NAMES)
_SUM = " + ".join(f"{name}::USMALLINT" for name in NAMES)
_QUERY = f"""
WITH summed AS (
    SELECT {_SUM} AS total, least({_LISTED}) AS low, greatest({_LISTED}) AS high FROM scores
), rated AS (
    SELECT (total * 100 + {MOST - 1}) // {MOST} AS score, low, high FROM summed
), named AS (
    SELECT score, low, low >= 1 AND high <= {LEVELS} AS good,
        1 + (score >= {BANDS[0]})::INT + (score >= {BANDS[1]})::INT + (score >= {BANDS[2]})::INT
            AS word
    FROM rated
)
SELECT score::UTINYINT AS score, good,
    (CASE WHEN low = 1 THEN least(word, 2) ELSE word END)::UTINYINT AS rating,
    low = 1 AND word > 2 AS capped
FROM named
"""


def _prepare(columns: Any) -> Any:
    connection = duckdb.connect()
    given = dict(zip(NAMES, columns, strict=True))
    connection.register("given", given)
    connection.execute(f"CREATE TABLE scores AS SELECT {_LISTED} FROM given")
    connection.unregister("given")
    return connection


def _rate(connection: Any) -> tuple[Any, Any, Any]:
    found = connection.execute(_QUERY).fetchnumpy()
    good = np.asarray(found["good"])
    if not good.all():
        raise ValueError(f"row {int(np.argmin(good))} holds no level")
    return found["score"], found["rating"], found["capped"]


def bulk(size: int) -> Job:
    """W1."""
    return bulk_job(size, _prepare, _rate)
