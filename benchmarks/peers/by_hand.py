"""What a programmer would write for this one rule: tuned numpy, and plain Python."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.harness import Job
from benchmarks.rule import BANDS, LEVELS, MOST, STATEMENTS, Bytes
from benchmarks.w1_bulk import bulk_job
from benchmarks.w2_explain import one_job
from benchmarks.w3_space import space_job
from benchmarks.w4_noise import Chances, bodies, drawn_job, exact_job, kernel

_BLOCK = 1 << 19
_SUMS = [next(s for s in range(MOST + 1) if -(-100 * s // MOST) >= bound) for bound in BANDS]


def in_blocks(rows: int, work: Callable[[slice], None]) -> None:
    """Call a function for blocks of rows, on every core."""
    blocks = [slice(start, min(start + _BLOCK, rows)) for start in range(0, rows, _BLOCK)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(work, blocks))


def rate(columns: list[Bytes]) -> tuple[Bytes, Bytes, NDArray[np.bool_]]:
    """Score, rating and cap of each row: bytes throughout, the sum, lowest and highest at once."""
    rows = len(columns[0])
    score, rating = np.empty(rows, np.uint8), np.empty(rows, np.uint8)
    capped = np.empty(rows, np.bool_)

    def work(block: slice) -> None:
        first, *others = (column[block] for column in columns)
        total, low, high = first.copy(), first.copy(), first.copy()
        for column in others:
            np.add(total, column, out=total)
            np.minimum(low, column, out=low)
            np.maximum(high, column, out=high)
        if low.min() < 1 or high.max() > LEVELS:
            bad = np.flatnonzero((low < 1) | (high > LEVELS))
            raise ValueError(f"row {block.start + int(bad[0])} holds no level")
        percent = total.astype(np.uint16)
        np.multiply(percent, np.uint16(100), out=percent)
        np.add(percent, np.uint16(MOST - 1), out=percent)
        np.floor_divide(percent, np.uint16(MOST), out=percent)
        score[block] = percent
        words, bit = rating[block], capped[block]
        np.greater_equal(total, np.uint8(_SUMS[0]), out=words.view(np.bool_))
        for bound in _SUMS[1:]:
            np.greater_equal(total, np.uint8(bound), out=bit)
            np.add(words, bit.view(np.uint8), out=words)
        np.add(words, np.uint8(1), out=words)
        np.logical_and(words > 2, low == 1, out=bit)
        np.minimum(words, np.uint8(4) - bit.view(np.uint8) * np.uint8(2), out=words)

    in_blocks(rows, work)
    return score, rating, capped


def bulk(size: int) -> Job:
    """W1 in numpy."""
    return bulk_job(size, lambda columns: columns, rate)


def rate_one(size: int) -> Job:
    """W2 in plain Python, without a trace."""

    def one(profile: tuple[int, ...]) -> tuple[int, int]:
        if min(profile) < 1 or max(profile) > LEVELS or len(profile) != STATEMENTS:
            raise ValueError("no profile")
        score = -(-100 * sum(profile) // MOST)
        return score, 1 + (score >= BANDS[0]) + (score >= BANDS[1]) + (score >= BANDS[2])

    return one_job(size, one)


def tensor() -> Bytes:
    """Return the word of every profile, one axis a statement."""
    total = np.zeros((), dtype=np.uint8)
    for _ in range(STATEMENTS):
        total = np.add.outer(total, np.arange(1, LEVELS + 1, dtype=np.uint8))
    words = np.ones(total.shape, np.uint8)
    for bound in _SUMS:
        words += total >= bound
    return words


def steps(words: NDArray[Any]) -> tuple[bool, int]:
    """Say whether a tensor of words is monotone, and how many profiles have another word next."""
    near = np.zeros(words.shape, np.bool_)
    monotone = True
    for axis in range(words.ndim):
        lower = words.take(range(LEVELS - 1), axis)
        upper = words.take(range(1, LEVELS), axis)
        monotone = monotone and not bool((upper < lower).any())
        differs = np.moveaxis(upper != lower, axis, 0)
        along = np.moveaxis(near, axis, 0)
        along[:-1] |= differs
        along[1:] |= differs
    return monotone, int(near.sum())


def space(size: int) -> Job:
    """W3 in numpy."""
    return space_job(lambda: steps(tensor()))


def chances(size: int) -> Job:
    """W4 by convolution, which a programmer can do as this rule depends on the sum alone."""
    table = kernel()
    scores = bodies()

    def found() -> Chances:
        total = np.ones((len(scores), 1))
        for column in scores.T:
            moved = table[column - 1]
            wider = np.zeros((len(scores), total.shape[1] + LEVELS - 1))
            for level in range(LEVELS):
                wider[:, level : level + total.shape[1]] += total * moved[:, level : level + 1]
            total = wider
        bounds = [0, *(one - STATEMENTS for one in _SUMS)]
        return np.asarray(np.add.reduceat(total, bounds, axis=1))

    return exact_job(found)


def draws(size: int) -> Job:
    """W4 by drawing."""

    def words(columns: list[Bytes]) -> Bytes:
        total = columns[0].copy()
        for column in columns[1:]:
            np.add(total, column, out=total)
        found = np.ones(len(total), np.uint8)
        for bound in _SUMS:
            np.add(found, (total >= bound).view(np.uint8), out=found)
        return found

    return drawn_job(size, words)
