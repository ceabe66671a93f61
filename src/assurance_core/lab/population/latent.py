"""From levels that were published to numbers that can be drawn: a Gaussian copula.

Behind each level stands a number that nobody sees. It is normally distributed, and where it falls
between thresholds decides the level; the thresholds give every level its published share. Numbers
behind two statements correlate so that the levels' rank correlation is the published one.

Source: H. Joe, Dependence Modeling with Copulas (2014), for the copula; R. L. Plackett, A reduction
formula for normal multivariate integrals, Biometrika 41 (1954), for the covariance of two levels.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, exp, pi, sin, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Levels = NDArray[np.int64]
"""Positions of levels, from 1: a row for each assessment, a column for each statement."""

THOUSAND = 1_000
_MOST = 990
"""The strongest latent correlation, in thousandths."""
_NODES = 32


def centred_ranks(column: NDArray[np.int64], levels: int) -> list[int]:
    """Return for each level twice the middle of its ranks, less twice their mean.

    Ties share a rank; doubled, all are whole numbers and their sum over the column is 0.

    Example:
        >>> centred_ranks(np.array([1, 2, 2, 3]), 3)
        [-3, 0, 3]
    """
    counts = np.bincount(column, minlength=levels + 1)[1:].tolist()
    ranks, below = [], 0
    for count in counts:
        ranks.append(2 * below + count - len(column))
        below += count
    return ranks


def rank_covariances(found: Levels, levels: Sequence[int]) -> list[list[int]]:
    """Return the sums of products of centred ranks, for every two columns.

    Args:
        found: at most two million rows.
        levels: how many levels each column may have.
    """
    columns = [
        np.array([0, *centred_ranks(column, many)])[column]
        for column, many in zip(found.T, levels, strict=True)
    ]
    return [[int(one @ other) for other in columns] for one in columns]


def rank_correlations(found: Levels, levels: Sequence[int]) -> list[list[float | None]]:
    """Return Spearman's rank correlation of every two columns; None where a column never changes.

    Example:
        >>> rank_correlations(np.array([[1, 1, 2], [2, 3, 2], [3, 2, 2]]), [3, 3, 3])
        [[1.0, 0.5, None], [0.5, 1.0, None], [None, None, None]]
    """
    return from_covariances(rank_covariances(found, levels))


def from_covariances(sums: Sequence[Sequence[int]]) -> list[list[float | None]]:
    """Return correlations; None where a column never changes."""
    own = [sums[place][place] for place in range(len(sums))]
    return [
        [
            sums[i][j] / sqrt(own[i] * own[j]) if own[i] and own[j] else None
            for j in range(len(sums))
        ]
        for i in range(len(sums))
    ]


def thresholds(counts: Sequence[int]) -> list[float]:
    """Return the numbers between the levels; infinite where no row lies on one side.

    Example:
        >>> thresholds([1, 2, 1, 0])
        [-0.6744897501960817, 0.6744897501960817, inf]
    """
    found, below = [], 0
    for count in counts[:-1]:
        below += count
        if below == 0:
            found.append(-np.inf)
        elif below == sum(counts):
            found.append(np.inf)
        else:
            found.append(NormalDist().inv_cdf(below / sum(counts)))
    return found


def latent_correlation(
    covariance: float, ranks: Sequence[Sequence[int]], between: Sequence[Sequence[float]]
) -> int:
    """Return the correlation of the numbers behind two columns, in thousandths.

    Args:
        covariance: of the centred ranks of the two columns.
        ranks: the centred rank of each level of either.
        between: the thresholds of either.
    """
    steps = [
        (first, second, above * other)
        for first, above in zip(between[0], np.diff(ranks[0]).tolist(), strict=True)
        for second, other in zip(between[1], np.diff(ranks[1]).tolist(), strict=True)
        if np.isfinite(first) and np.isfinite(second)
    ]
    low, high = -_MOST, _MOST
    while low < high:
        middle = (low + high) // 2
        if _covariance(middle / THOUSAND, steps) < covariance:
            low = middle + 1
        else:
            high = middle
    return low


def _covariance(correlation: float, steps: Sequence[tuple[float, float, int]]) -> float:
    """Return the covariance of ranks that a latent correlation gives.

    By Plackett's identity it is the density of two correlated normal numbers at each two
    thresholds, integrated over the correlation from 0; the correlation goes by its arc sine, in
    which the density is smooth.
    """
    end = np.arcsin(correlation)
    total = 0.0
    for node in range(_NODES):
        angle = end * (node + 0.5) / _NODES
        sine, twice = sin(angle), 2 * cos(angle) ** 2
        for first, second, weight in steps:
            total += weight * exp(-(first**2 - 2 * sine * first * second + second**2) / twice)
    return float(total * end / _NODES / (2 * pi))


def shrinkage(correlations: Sequence[float], rows: int) -> int:
    """Return how far correlations are to be moved to their mean, in per cent.

    As far as their differences are what so few rows would show if there were none: the sum of
    their sampling variances over that of their squared differences from the mean.

    Source: J. Schäfer and K. Strimmer, A shrinkage approach to large-scale covariance matrix
    estimation, Statistical Applications in Genetics and Molecular Biology 4 (2005).

    Example:
        >>> shrinkage([0.2, 0.8], 1_001), shrinkage([0.2, 0.8], 11), shrinkage([0.5, 0.5], 11)
        (1, 58, 100)
    """
    mean = sum(correlations) / max(len(correlations), 1)
    apart = sum((one - mean) ** 2 for one in correlations)
    chance = sum((1 - one**2) ** 2 for one in correlations) / (rows - 1)
    return 100 if chance >= apart else round(100 * chance / apart)


def root(correlations: Sequence[Sequence[int]]) -> list[list[float]] | None:
    """Return the lower triangle whose square is a matrix in thousandths; None if there is none.

    The Cholesky root, in plain Python: each operation rounds alike everywhere.

    Example:
        >>> root([[1000, 600], [600, 1000]]), root([[1000, 990], [990, 900]])
        ([[1.0, 0.0], [0.6, 0.8]], None)
    """
    size = len(correlations)
    found = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = correlations[i][j] / THOUSAND
            for k in range(j):
                rest -= found[i][k] * found[j][k]
            if i > j:
                found[i][j] = rest / found[j][j]
            elif rest <= 0:
                return None
            else:
                found[i][i] = sqrt(rest)
    return found
