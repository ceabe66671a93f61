"""Polars: expressions over columns of bytes, in one lazy query."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

import polars as pl

from benchmarks.harness import Job
from benchmarks.peers.by_hand import _SUMS, steps
from benchmarks.rule import LEVELS, MOST, STATEMENTS
from benchmarks.w1_bulk import bulk_job
from benchmarks.w3_space import space_job
from benchmarks.w4_noise import drawn_job

NAMES = [f"s{number}" for number in range(STATEMENTS)]
COLUMNS = [pl.col(name) for name in NAMES]


def _frame(columns: Any) -> pl.DataFrame:
    return pl.DataFrame(dict(zip(NAMES, columns, strict=True)))


def _word(total: pl.Expr) -> pl.Expr:
    return reduce(add, [(total >= bound).cast(pl.UInt8) for bound in _SUMS]) + pl.lit(1, pl.UInt8)


def _rate(frame: pl.DataFrame) -> tuple[Any, Any, Any]:
    total, low, high = pl.col("total"), pl.col("low"), pl.col("high")
    found = (
        frame.lazy()
        .select(
            total=reduce(add, COLUMNS),
            low=pl.min_horizontal(COLUMNS),
            high=pl.max_horizontal(COLUMNS),
        )
        .with_columns(word=_word(total), good=(low >= 1) & (high <= LEVELS))
        .with_columns(capped=(low == 1) & (pl.col("word") > 2))
        .select(
            "good",
            "capped",
            score=((total.cast(pl.UInt16) * 100 + (MOST - 1)) // MOST).cast(pl.UInt8),
            rating=pl.when("capped").then(pl.lit(2, pl.UInt8)).otherwise("word"),
        )
        .collect(engine="streaming")
    )
    good = found["good"]
    if not good.all():
        raise ValueError(f"row {good.arg_min()} holds no level")
    return found["score"].to_numpy(), found["rating"].to_numpy(), found["capped"].to_numpy()


def bulk(size: int) -> Job:
    """W1."""
    return bulk_job(size, _frame, _rate)


def space(size: int) -> Job:
    """W3: the words by Polars, the steps by numpy."""
    levels = pl.DataFrame({"level": pl.Series(range(1, LEVELS + 1), dtype=pl.UInt8)}).lazy()

    def answer() -> tuple[bool, int]:
        whole = levels.select(s0="level")
        for name in NAMES[1:]:
            whole = whole.join(levels.select(pl.col("level").alias(name)), how="cross")
        words = whole.select(_word(reduce(add, COLUMNS))).collect().to_series().to_numpy()
        return steps(words.reshape((LEVELS,) * STATEMENTS))

    return space_job(answer)


def draws(size: int) -> Job:
    """W4: the draws rated by Polars."""
    word = _word(reduce(add, COLUMNS))
    return drawn_job(size, lambda columns: _frame(columns).select(word).to_series().to_numpy())
