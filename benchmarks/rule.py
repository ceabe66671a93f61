"""The rule that every peer applies, its data, and the reference: plain Python, exact.

The single word of `cqc-la/single-word`: nine scores from 1 to 4, their sum as a percentage of 36,
rounded up; from 39, 63 and 88 the next word. W1 adds a cap: no better than requires improvement
(2) when any score is 1.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import product
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

STATEMENTS = 9
LEVELS = 4
BANDS = (39, 63, 88)
MOST = STATEMENTS * LEVELS
SEED = 2026
BODIES = 153
CHANCE = 0.2
"""For W4: the chance that a score moves one step, half of it either way."""

Bytes = NDArray[np.uint8]


def score_of(profile: tuple[int, ...]) -> int:
    """Return the percentage, rounded up."""
    return ceil(Fraction(100 * sum(profile), MOST))


def rating_of(profile: tuple[int, ...]) -> int:
    """Return the word's position, from 1 to 4, without the cap."""
    return 1 + sum(score_of(profile) >= bound for bound in BANDS)


def capped(profile: tuple[int, ...]) -> bool:
    """Say whether the cap changes the word."""
    return 1 in profile and rating_of(profile) > 2


@cache
def whole_space() -> tuple[Bytes, Bytes, NDArray[np.bool_]]:
    """Return score, rating with the cap, and whether it bit, for every profile; the last score
    moves fastest.
    """
    profiles = list(product(range(1, LEVELS + 1), repeat=STATEMENTS))
    scores = np.array([score_of(one) for one in profiles], dtype=np.uint8)
    bit = np.array([capped(one) for one in profiles])
    ratings = np.array([rating_of(one) for one in profiles], dtype=np.uint8)
    return scores, np.where(bit, np.uint8(2), ratings), bit


def random_columns(rows: int) -> list[Bytes]:
    """Return nine columns of scores; the same on every call."""
    numbers = np.random.default_rng(SEED)
    return [numbers.integers(1, LEVELS + 1, rows, dtype=np.uint8) for _ in range(STATEMENTS)]


def places(columns: list[Bytes]) -> NDArray[np.int64]:
    """Return where each row stands in the whole space."""
    place = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        place = place * LEVELS + (column - 1)
    return place


def different(columns: list[Bytes], found: tuple[Any, Any, Any]) -> str:
    """Return where score, rating and cap differ from the reference, row by row; or nothing."""
    at = places(columns)
    for name, mine, reference in zip(
        ("score", "rating", "capped"), found, whole_space(), strict=True
    ):
        expected = reference[at]
        column = np.asarray(mine)
        if column.shape != expected.shape:
            return f"{name}: {column.shape} instead of {expected.shape}"
        wrong = np.flatnonzero(column != expected)
        if wrong.size:
            row = int(wrong[0])
            return f"{name}, row {row}: {column[row]} instead of {expected[row]}"
    return ""


def bad_columns(columns: list[Bytes]) -> tuple[list[Bytes], int]:
    """Return a copy with a 5 in one row, and that row."""
    row = len(columns[0]) * 2 // 3
    changed = [column.copy() for column in columns]
    changed[4][row] = 5
    return changed, row
