"""Rows of a population, in blocks: the same for a seed, wherever and in how many blocks.

Only the raw stream of a documented bit generator is random, which NumPy promises not to change
(its methods for distributions may); from there on everything is a whole number. A row always takes
the same number of bits, so a larger draw begins with the smaller one of the same seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assurance_core.lab.population.fit import Population
from assurance_core.lab.population.latent import root, thresholds

BLOCK = 50_000
"""Rows that are drawn at once."""
_BITS = 16
_IN_A_WORD = 64 // _BITS
_UNIT = 10_000
"""What stands for 1 in numbers that are normally distributed, and in the root."""
_NEVER = 1 << 62


def draw_population(population: Population, size: int, seed: int) -> Iterator[NDArray[np.int16]]:
    """Draw rows, block by block: `fit_population` has an example.

    Args:
        population: what they are drawn from.
        size: how many rows.
        seed: a whole number from 0; the same seed gives the same rows.

    Returns:
        A stream of blocks, each of positions of levels, from 1 for the worst: a row for each body,
        a column for each of `population.leaves`.
    """
    random = np.random.Philox(seed)
    columns = len(population.leaves)
    words = -(-columns // _IN_A_WORD)
    weights, between = _weights(population), _thresholds(population)
    for start in range(0, size, BLOCK):
        rows = min(BLOCK, size - start)
        normal = _normal(random.random_raw(rows * words).reshape(rows, words), columns)
        block = np.ones((rows, columns), dtype=np.int16)
        for place in range(columns):
            # One by one: a product of matrices would pass through floats.
            number = weights[place][0] * normal[0]
            for weight, one in zip(weights[place][1 : place + 1], normal[1:], strict=False):
                number += weight * one
            for threshold in between[place]:
                block[:, place] += number > threshold
        yield block


def _normal(raw: NDArray[np.uint64], columns: int) -> list[NDArray[np.int64]]:
    """Return numbers that are normally distributed, a column each, from raw words."""
    table = _quantiles()
    found = []
    for place in range(columns):
        word, part = divmod(place, _IN_A_WORD)
        bits = raw[:, word] >> np.uint64(_BITS * part) & np.uint64((1 << _BITS) - 1)
        found.append(table[bits])
    return found


@cache
def _quantiles() -> NDArray[np.int64]:
    """Return the middles of 65,536 equal parts of the normal distribution."""
    parts = 1 << _BITS
    inverse = NormalDist().inv_cdf
    upper = [round(_UNIT * inverse((one + 0.5) / parts)) for one in range(parts // 2, parts)]
    found: NDArray[Any] = np.array([*(-one for one in reversed(upper)), *upper], dtype=np.int64)
    found.setflags(write=False)
    return found


def _weights(population: Population) -> list[list[int]]:
    lower = root(population.correlations)
    assert lower is not None
    return [[round(_UNIT * one) for one in row] for row in lower]


def _thresholds(population: Population) -> list[list[int]]:
    return [
        [
            round(_UNIT * _UNIT * one) if np.isfinite(one) else _NEVER * (1 if one > 0 else -1)
            for one in thresholds(counts)
        ]
        for counts in population.counts
    ]
