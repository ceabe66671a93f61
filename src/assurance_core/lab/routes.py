"""The smallest sets of changes that take a profile to an outcome: all, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice

import numpy as np
from attrs import define, frozen

from assurance_core.engine.graph import Leaf
from assurance_core.lab.diagram import NEVER, Costs, Diagram, Folded, Points, point_costs
from assurance_core.lab.distance import step_costs
from assurance_core.lab.placed import state_of
from assurance_core.model.scale import Level

Sets = tuple[int, ...]


@frozen
class Change:
    """One statement that moves.

    Attributes:
        leaf: the statement.
        before, after: its level as it is and as it would have to be.
    """

    leaf: Leaf
    before: Level
    after: Level

    @property
    def steps(self) -> int:
        """How many levels it moves."""
        return abs(self.after.position - self.before.position)


@frozen(eq=False)
class ChangeSet:
    """A smallest set of changes, in the order of the statements, and the outcome it leads to."""

    changes: tuple[Change, ...]
    outcome: str


@frozen(eq=False)
class Routes:
    """All that the smallest sets of changes have in common, and some of them.

    Attributes:
        steps: how many steps each of them takes; None where no changes of statements lead there.
        count: how many such sets there are.
        sets: the first of them: what comes first in the framework's order changes first.
        within: for each statement that some of them change, how many do.
    """

    steps: int | None
    count: int
    sets: tuple[ChangeSet, ...]
    within: tuple[tuple[Leaf, int], ...]


def routes(folds: Folded, levels: tuple[int, ...], states: Sets, most: int) -> Routes:
    """Return the smallest sets of changes that take a profile to one of some states.

    Args:
        folds: the space.
        levels: of the leaves, counted from 0.
        states: any of these will do.
        most: how many sets to list; all are counted.
    """
    finder = _Finder.of(folds, levels)
    steps = finder.least(states)
    if steps is None:
        return Routes(None, 0, (), ())
    count = finder.count(states)
    profiles = islice(finder.profiles(states), most)
    return Routes(
        steps=steps,
        count=count,
        sets=tuple(_change_set(folds, levels, profile) for profile in profiles),
        within=tuple(_within(finder, states, steps, count)) if most else (),
    )


def _within(finder: _Finder, states: Sets, steps: int, count: int) -> Iterator[tuple[Leaf, int]]:
    """Count the sets that change a leaf: all of them, less those that are left if it must stay."""
    for leaf in finder.folds.space.leaves:
        fixed = finder.with_fixed(leaf.id)
        left = fixed.count(states) if fixed.least(states) == steps else 0
        if left < count:
            yield leaf, count - left


def _change_set(folds: Folded, levels: tuple[int, ...], profile: Mapping[str, int]) -> ChangeSet:
    space = folds.space
    changes = tuple(
        Change(leaf, leaf.scale.at(level + 1), leaf.scale.at(profile[leaf.id] + 1))
        for leaf, level in zip(space.leaves, levels, strict=True)
        if profile[leaf.id] != level
    )
    there = state_of(space, [profile[leaf.id] for leaf in space.leaves])
    return ChangeSet(changes, space.names()[there])


@define(frozen=True, slots=False, eq=False)
class _Finder:
    """One profile in a space, with the costs of every leaf and node from there.

    Attributes:
        folds: the space.
        leaves: for each leaf, what it costs to bring it to each level.
    """

    folds: Folded
    leaves: Mapping[str, Costs]

    @classmethod
    def of(cls, folds: Folded, levels: tuple[int, ...]) -> _Finder:
        return cls(folds, step_costs(folds.space, np.array([levels], dtype=np.int64)))

    def with_fixed(self, leaf_id: str) -> _Finder:
        """Return the same with a leaf that must stay as it is."""
        costs = self.leaves[leaf_id]
        return _Finder(self.folds, {**self.leaves, leaf_id: np.where(costs > 0, NEVER, 0)})

    @cached_property
    def _costs(self) -> tuple[Mapping[str, Costs], Mapping[str, list[Costs]]]:
        """By leaf and node: the cost of each state; by node and axis: from each point."""
        found = dict(self.leaves)
        points = {}
        for key, diagram in self.folds.diagrams.items():
            points[key] = point_costs(diagram, [found[one] for one in diagram.node.inputs])
            found[key] = points[key][0][0]
        return found, points

    def least(self, states: Sets) -> int | None:
        """Return the fewest steps to one of some states of the judgement that is studied."""
        costs = self._costs[0][self.folds.space.target][0]
        least = min((int(costs[state]) for state in states), default=NEVER)
        return least if least < NEVER else None

    def count(self, states: Sets) -> int:
        """Return how many profiles with one of some states lie nearest."""
        return _Counter(self).of(self.folds.space.target, states)

    def moves(self, key: str, states: Sets) -> list[list[list[tuple[int, int, int]]]]:
        """Return, for each axis and point of a node, the levels that stay on a smallest way.

        Each comes with its cost and the point that follows; larger moves come first.
        """
        diagram, points = self.folds.diagrams[key], self._costs[1][key]
        inputs = [self._costs[0][one][0] for one in diagram.node.inputs]
        best = [layer[:, 0, list(states)].min(axis=1) for layer in points]
        return [
            _kept(layer, inputs[axis], best[axis], best[axis + 1])
            for axis, layer in enumerate(diagram.layers)
        ]

    def profiles(self, states: Sets) -> Iterator[Mapping[str, int]]:
        """Go through the nearest profiles with one of some states, in a fixed order."""
        return self._below(self.folds.space.target, states)

    def _below(self, key: str, states: Sets) -> Iterator[Mapping[str, int]]:
        """Go through the cheapest ways to bring a leaf or node to one of some states."""
        if key not in self.folds.diagrams:
            (level,) = states
            yield {key: level}
            return
        moves = self.moves(key, states)
        inputs = self.folds.diagrams[key].node.inputs
        yield from self._walk(inputs, moves, 0, 0)

    def _walk(
        self,
        inputs: tuple[str, ...],
        moves: list[list[list[tuple[int, int, int]]]],
        axis: int,
        point: int,
    ) -> Iterator[Mapping[str, int]]:
        if axis == len(inputs):
            yield {}
            return
        for _, level, following in moves[axis][point]:
            for here in self._below(inputs[axis], (level,)):
                for rest in self._walk(inputs, moves, axis + 1, following):
                    yield {**here, **rest}


def _kept(
    layer: Points, costs: Costs, best: Costs, following: Costs
) -> list[list[tuple[int, int, int]]]:
    kept: list[list[tuple[int, int, int]]] = []
    totals = costs[None, :] + following[layer]
    fits = (totals == best[:, None]) & (best < NEVER)[:, None]
    for point, row in enumerate(layer.tolist()):
        found = [
            (int(costs[level]), level, row[level]) for level in np.flatnonzero(fits[point]).tolist()
        ]
        kept.append(sorted(found, key=lambda one: (-one[0], -one[1])))
    return kept


class _Counter:
    """Counts cheapest ways with Python integers; each node and set of states once."""

    def __init__(self, finder: _Finder) -> None:
        self._finder = finder
        self._known: dict[tuple[str, Sets], int] = {}

    def of(self, key: str, states: Sets) -> int:
        """Return how many profiles of the leaves below bring a node to one of some states."""
        if key not in self._finder.folds.diagrams:
            return 1
        known = self._known.get((key, states))
        if known is None:
            diagram = self._finder.folds.diagrams[key]
            known = self._known[key, states] = self._count(diagram, key, states)
        return known

    def _count(self, diagram: Diagram, key: str, states: Sets) -> int:
        moves = self._finder.moves(key, states)
        counts = [int(state in states) for state in range(diagram.node.size)]
        for axis in reversed(range(len(moves))):
            below = diagram.node.inputs[axis]
            counts = [
                sum(
                    self.of(below, (level,)) * counts[following]
                    for _, level, following in row
                    if counts[following]
                )
                for row in moves[axis]
            ]
        return counts[0]
