"""rule-engine: an expression for each result, on one row at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import rule_engine

from benchmarks.harness import Job
from benchmarks.rule import BANDS, LEVELS, MOST, STATEMENTS
from benchmarks.w1_bulk import bulk_job
from benchmarks.w2_explain import one_job

_NAMES = [f"s{number}" for number in range(STATEMENTS)]
_TOTAL = " + ".join(_NAMES)
_MOST_ROWS = 20_000

_SCORE = rule_engine.Rule(f"(100 * ({_TOTAL}) + {MOST - 1}) // {MOST}")
_WORD = rule_engine.Rule(
    f"score >= {BANDS[2]} ? 4 : (score >= {BANDS[1]} ? 3 : (score >= {BANDS[0]} ? 2 : 1))"
)
_GOOD = rule_engine.Rule(" and ".join(f"{name} >= 1 and {name} <= {LEVELS}" for name in _NAMES))
_CAPPED = rule_engine.Rule(f"word > 2 and ({' or '.join(f'{name} == 1' for name in _NAMES)})")


def _rate_row(row: dict[str, Any]) -> None:
    row["score"] = int(_SCORE.evaluate(row))
    row["word"] = int(_WORD.evaluate(row))


def bulk(size: int) -> Job:
    """W1, on fewer rows."""

    def rate(rows: Any) -> tuple[Any, Any, Any]:
        found = []
        for number, given in enumerate(rows):
            row = dict(given)
            if not _GOOD.evaluate(row):
                raise ValueError(f"row {number} holds no level")
            _rate_row(row)
            bit = bool(_CAPPED.evaluate(row))
            found.append((row["score"], 2 if bit else row["word"], bit))
        score, rating, capped = (np.array(column) for column in zip(*found, strict=True))
        return score, rating, capped

    def prepare(columns: Any) -> Any:
        rows = zip(*(column.tolist() for column in columns), strict=True)
        return [dict(zip(_NAMES, row, strict=True)) for row in rows]

    return bulk_job(min(size, _MOST_ROWS), prepare, rate)


def rate_one(size: int) -> Job:
    """W2: score and word; there is no trace to ask for."""

    def one(profile: tuple[int, ...]) -> tuple[int, int]:
        row: dict[str, Any] = dict(zip(_NAMES, profile, strict=True))
        _rate_row(row)
        return row["score"], row["word"]

    return one_job(size, one, slower=10)
