"""Bootstrap intervals: how far a figure moves if other bodies had been in the data.

Bodies are drawn anew with replacement, and all assessments of a body come with it. A draw is a row
of weights, how often each assessment was drawn, so that a metric is a function of weights. The
samples are small and are not random samples: an interval says how much a figure rests on single
bodies, and nothing on the bodies that are not in the data.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from assurance_core.lab.metrics.figure import Figure
from assurance_core.lab.metrics.study import Rows

Weights = NDArray[np.float64]
"""A row for each draw, a column for each assessment."""

Statistic = Callable[[Weights], NDArray[np.float64]]

DRAWS = 1_000
COVERAGE = 0.95
_LEAST_DEFINED = 0.9


def weights_of(rows: Rows, seed: int, draws: int = DRAWS) -> Weights:
    """Return how often each row is drawn in each draw of bodies."""
    return weights_by_name([one.body.name for one in rows.assessments], seed, draws)


def weights_by_name(names: Sequence[str], seed: int, draws: int = DRAWS) -> Weights:
    """Return how often each assessment is drawn; `names` are of their bodies."""
    bodies = sorted(set(names))
    if not bodies:
        return np.zeros((draws, 0))
    random = np.random.default_rng(seed)
    counts = random.multinomial(len(bodies), [1 / len(bodies)] * len(bodies), size=draws)
    places = {name: place for place, name in enumerate(bodies)}
    return counts[:, [places[name] for name in names]].astype(np.float64)


def with_interval(figure: Figure, statistic: Statistic, weights: Weights) -> Figure:
    """Return a figure with its interval, where nearly every draw has a value.

    Args:
        figure: an observed figure.
        statistic: gives its value for each draw; not a number where it has none.
        weights: the draws.
    """
    if figure.value is None or not weights.size:
        return figure
    values = statistic(weights)
    values = values[~np.isnan(values)]
    if len(values) < _LEAST_DEFINED * len(weights):
        return figure
    tail = (1 - COVERAGE) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return evolve(figure, low=float(low), high=float(high))


def ratio(above: NDArray[Any], below: NDArray[Any]) -> Statistic:
    """Return the statistic of a share: the weight of some rows over that of others."""

    def statistic(weights: Weights) -> NDArray[np.float64]:
        # Of nothing, it is no number.
        with np.errstate(invalid="ignore"):
            return weights @ above.astype(np.float64) / (weights @ below.astype(np.float64))

    return statistic


def pair_ratio(above: NDArray[np.bool_], below: NDArray[np.bool_]) -> Statistic:
    """Return the statistic of a share of pairs; a row is never paired with itself.

    Args:
        above: which pairs count, as a symmetric matrix with an empty diagonal.
        below: of which pairs.
    """
    top, bottom = above.astype(np.float64), below.astype(np.float64)

    def statistic(weights: Weights) -> NDArray[np.float64]:
        count = ((weights @ top) * weights).sum(axis=1)
        with np.errstate(invalid="ignore"):
            return np.asarray(count / ((weights @ bottom) * weights).sum(axis=1))

    return statistic
