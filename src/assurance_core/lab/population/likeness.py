"""How like the published rows a drawn population is: levels, rank correlations, outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.engine.bulk import rate_positions
from assurance_core.engine.compile import compile_design
from assurance_core.engine.graph import Leaf
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.population.fit import Population
from assurance_core.lab.population.latent import Levels, rank_correlations
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError

MOST_MEASURED = 1_000_000
"""Rows that are looked at: more would show no more."""


@frozen
class Shares:
    """How often each of several things occurs.

    Attributes:
        names: of the things.
        observed: rows of the data that have each.
        drawn: rows of the population that have each.
    """

    names: tuple[str, ...]
    observed: tuple[int, ...]
    drawn: tuple[int, ...]

    def observed_share(self, place: int) -> float:
        """Return a thing's share of the data's rows."""
        return self.observed[place] / sum(self.observed)

    def drawn_share(self, place: int) -> float:
        """Return a thing's share of the population's rows."""
        return self.drawn[place] / sum(self.drawn)

    @property
    def largest(self) -> float:
        """The largest difference between the two shares of one thing."""
        places = range(len(self.names))
        return max(abs(self.drawn_share(one) - self.observed_share(one)) for one in places)


@frozen
class Pair:
    """Two statements, with Spearman's rank correlation of their levels.

    None where one of the two has the same level in every row.
    """

    first: Leaf
    second: Leaf
    observed: float | None
    drawn: float | None

    @property
    def difference(self) -> float:
        """How far the two correlations lie apart; 0 where one of them is undefined."""
        if self.observed is None or self.drawn is None:
            return 0.0
        return abs(self.drawn - self.observed)


@frozen(eq=False)
class Likeness:
    """A population beside the rows it was fitted on.

    Attributes:
        measured: how many of its rows were looked at, from the first.
        levels: the shares of the levels, for each leaf.
        pairs: the rank correlations, for every two leaves.
        outcomes: the shares of the outcomes, for each design.
    """

    measured: int
    levels: tuple[tuple[Leaf, Shares], ...]
    pairs: tuple[Pair, ...]
    outcomes: tuple[tuple[RatingDesign, Shares], ...]


class Measured:
    """Collects the first rows of a population while they pass by.

    Example:
        >>> import numpy as np
        >>> measured = Measured(most=3)
        >>> blocks = [np.array([[1], [2]]), np.array([[3], [4]])]
        >>> [len(block) for block in measured.watch(blocks)], measured.rows.tolist()
        ([2, 2], [[1], [2], [3]])
    """

    def __init__(self, most: int = MOST_MEASURED) -> None:
        self._most = most
        self._kept: list[NDArray[np.int16]] = []

    def watch(self, blocks: Iterable[NDArray[np.int16]]) -> Iterable[NDArray[np.int16]]:
        """Hand blocks on, and keep what is still wanted of them."""
        wanted = self._most
        for block in blocks:
            if wanted > 0:
                self._kept.append(block[:wanted])
                wanted -= len(block)
            yield block

    @property
    def rows(self) -> NDArray[np.int16]:
        """What was kept."""
        return np.concatenate(self._kept)


def likeness(
    population: Population, drawn: NDArray[np.int16], designs: Sequence[RatingDesign] = ()
) -> Likeness:
    """Set drawn rows beside those that a population was fitted on.

    Args:
        population: what they were drawn from.
        drawn: at least one row.
        designs: whose outcomes to count; a design that reads what was not drawn is left out.
    """
    many = [len(one) for one in population.counts]
    observed = rank_correlations(population.fitted, many)
    found = rank_correlations(drawn.astype(np.int64), many)
    leaves = population.leaves
    levels = []
    for place, leaf in enumerate(leaves):
        counts = np.bincount(drawn[:, place], minlength=len(leaf.scale) + 1)[1:]
        names = tuple(level.name for level in leaf.scale.levels)
        levels.append((leaf, Shares(names, population.counts[place], tuple(counts.tolist()))))
    pairs = tuple(
        Pair(leaves[i], leaves[j], observed[i][j], found[i][j])
        for i, j in combinations(range(len(leaves)), 2)
    )
    outcomes = []
    for design in designs:
        shares = _outcomes(population, drawn, design)
        if shares is not None:
            outcomes.append((design, shares))
    return Likeness(len(drawn), tuple(levels), pairs, tuple(outcomes))


def _outcomes(
    population: Population, drawn: NDArray[np.int16], design: RatingDesign
) -> Shares | None:
    """Return how often each headline occurs; None for a design that cannot rate such rows."""
    if design.framework.id != population.framework.id or not design.publishes.headline:
        return None
    try:
        rule = compile_design(design, population.version.id)
    except AssuranceError:
        return None
    places = {leaf.id: place for place, leaf in enumerate(population.leaves)}
    if not all(leaf.id in places for leaf in rule.leaves):
        return None
    observed = _headlines(rule, places, population.fitted)
    found = _headlines(rule, places, drawn)
    scale = rule.headline_scale
    assert scale is not None
    positions = [
        *range(1, len(scale) + 1),
        *sorted({int(one) for one in np.union1d(observed, found) if one < 1}, reverse=True),
    ]
    names = tuple(
        scale.at(one).name if one > 0 else f"no headline: {rule.reasons[-1 - one]}"
        for one in positions
    )
    return Shares(
        names, *(tuple(int((s == p).sum()) for p in positions) for s in (observed, found))
    )


def _headlines(
    rule: CompiledDesign, places: dict[str, int], rows: Levels | NDArray[np.int16]
) -> NDArray[np.int64]:
    columns = {leaf.id: rows[:, places[leaf.id]].astype(np.int64) for leaf in rule.leaves}
    headline = rule.published.headline
    assert headline
    found: NDArray[np.int64] = rate_positions(rule, columns).judgements[headline].positions
    return found
