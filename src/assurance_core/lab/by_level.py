"""What one statement at one level leaves possible: vetoes, and how often a good word hides it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from attrs import frozen

from assurance_core.engine.graph import Leaf
from assurance_core.lab.single_steps import chain_above
from assurance_core.lab.space import Counts, Space, SpaceNode, outer_weights
from assurance_core.model.scale import Level


def counts_by_level(space: Space) -> Mapping[str, tuple[Counts, ...]]:
    """Return how many profiles give each outcome with a leaf at each of its levels.

    Returns:
        For each leaf and each of its levels, worst first, counts by state of the target.
    """
    known: dict[str, tuple[Counts, ...]] = {}
    found = {}
    for leaf in space.leaves:
        chain = chain_above(space, leaf.id)
        rows = [
            tuple(count * (one == level) for one in range(len(leaf.scale)))
            for level, count in enumerate(space.leaf_counts(leaf))
        ]
        for child, reader in pairwise(chain):
            if child not in known:
                known[child] = _by_input(space, space.nodes[reader], child)
            rows = [_through(row, known[child]) for row in rows]
        found[leaf.id] = tuple(rows)
    return found


def _by_input(space: Space, node: SpaceNode, child: str) -> tuple[Counts, ...]:
    """For each state of an input: how many profiles of the other inputs give each state."""
    axis = node.inputs.index(child)
    weights = outer_weights([space.counts[key] for key in node.inputs if key != child])
    rows = []
    for state in range(node.states.shape[axis]):
        part = node.states.take(state, axis)
        if weights is None:
            rows.append(tuple(np.bincount(part.ravel(), minlength=node.size).tolist()))
        else:
            rows.append(tuple(int(weights[part == one].sum()) for one in range(node.size)))
    return tuple(rows)


def _through(row: Counts, matrix: tuple[Counts, ...]) -> Counts:
    return tuple(
        sum(count * one for count, one in zip(row, column, strict=True))
        for column in zip(*matrix, strict=True)
    )


@frozen(eq=False)
class Veto:
    """A statement that at some level rules outcomes out, whatever the other statements say.

    Attributes:
        leaf: the statement.
        level: where it stands.
        excluded: states that can be reached otherwise and cannot be reached now.
        forced: the only state that is left, or None where there are several.
    """

    leaf: Leaf
    level: Level
    excluded: tuple[int, ...]
    forced: int | None


def vetoes(space: Space, counts: Mapping[str, tuple[Counts, ...]]) -> tuple[Veto, ...]:
    """Return every statement and level that forces or forbids an outcome."""
    reached = [state for state, count in enumerate(space.counts[space.target]) if count]
    found = []
    for leaf in space.leaves:
        for level, row in zip(leaf.scale.levels, counts[leaf.id], strict=True):
            excluded = tuple(state for state in reached if not row[state])
            if sum(row) and excluded:
                left = [state for state in reached if row[state]]
                forced = left[0] if len(left) == 1 else None
                found.append(Veto(leaf, level, excluded, forced))
    return tuple(found)


@frozen(eq=False)
class Hidden:
    """Of the profiles that are good or better, those with one statement low.

    Attributes:
        leaf: the statement.
        lowest: how many have it at its lowest level.
        below_good: how many have it below its standard; None where its scale has none.
        good: how many profiles are good or better.
    """

    leaf: Leaf
    lowest: int
    below_good: int | None
    good: int


def hidden(space: Space, counts: Mapping[str, tuple[Counts, ...]]) -> tuple[Hidden, ...]:
    """Return, for each statement, how often it is low among all good or better profiles.

    Returns:
        Nothing where the outcome's scale has no standard, or no profile meets it.
    """
    scale = space.root.scale
    if not scale.good_from:
        return ()
    first = scale.level(scale.good_from).position - 1
    good = sum(space.counts[space.target][first : len(scale)])
    found = []
    for leaf in space.leaves if good else ():
        if leaf.kind == "judged":
            continue
        by_level = [sum(row[first : len(scale)]) for row in counts[leaf.id]]
        standard = leaf.scale.good_from
        below = sum(by_level[: leaf.scale.level(standard).position - 1]) if standard else None
        found.append(Hidden(leaf, by_level[0], below, good))
    return tuple(found)
