"""Cliffs: how many profiles one step of one statement takes to another outcome.

An assessor's own level, where a design has one, is no statement: it stays where it is.

Counted by their complement. A profile is *stable* within a set of outcomes if no step leaves the
set. For a judgement that reads others this needs to be known of each input for each set of its
states, and no more: the groups of profiles never have to be formed.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assurance_core.engine.graph import Leaf
from assurance_core.lab.space import Space, SpaceNode, outer_weights
from assurance_core.rules.values import LARGEST

Stable = NDArray[Any]
"""By state and by set of states (a bit each): profiles in that state that no step takes outside."""


def next_to_a_threshold(space: Space) -> int:
    """Return how many profiles of the whole space one step takes to another outcome."""
    if space.flat:
        moving = [axis for axis, leaf in enumerate(space.leaves) if leaf.kind != "judged"]
        near = near_states(space.root.states, moving)
        outer = outer_weights([space.leaf_counts(leaf) for leaf in space.leaves])
        return int(near.sum() if outer is None else outer[near].sum())
    stable: dict[str, Stable] = {leaf.id: _leaf_stable(space, leaf) for leaf in space.leaves}
    for node in space.nodes.values():
        inputs = [stable[key] for key in node.inputs]
        fits = prod(sum(space.counts[key]) for key in node.inputs) < LARGEST
        last = node.key == space.target
        stable[node.key] = _node_stable(node, inputs, fits, last)
    root = stable[space.target]
    kept = sum(int(root[state, 1 << state]) for state in range(space.root.size))
    return space.size - kept


def near_states(states: NDArray[Any], axes: Iterable[int] | None = None) -> NDArray[np.bool_]:
    """Return which entries of a tensor have a neighbour along some axis that differs.

    Args:
        states: the tensor.
        axes: along which a step may go; all unless given.
    """
    near = np.zeros(states.shape, dtype=bool)
    for axis in range(states.ndim) if axes is None else axes:
        moved = np.diff(states, axis=axis) != 0
        low: list[slice] = [slice(None)] * states.ndim
        high: list[slice] = [slice(None)] * states.ndim
        low[axis], high[axis] = slice(None, -1), slice(1, None)
        near[tuple(low)] |= moved
        near[tuple(high)] |= moved
    return near


def _leaf_stable(space: Space, leaf: Leaf) -> Stable:
    """A statement may move one level up or down; the set must hold both where they exist."""
    levels = len(leaf.scale)
    stable = np.zeros((levels, 1 << levels), dtype=np.int64)
    reach = 0 if leaf.kind == "judged" else 1
    for level, count in enumerate(space.leaf_counts(leaf)):
        near = range(max(level - reach, 0), min(level + reach + 1, levels))
        around = sum(1 << one for one in near)
        for allowed in range(1 << levels):
            stable[level, allowed] = count * (around & ~allowed == 0)
    return stable


def _node_stable(node: SpaceNode, inputs: list[Stable], fits: bool, last: bool) -> Stable:
    """Return the stable counts of a node.

    Args:
        node: the node.
        inputs: the stable counts of its inputs.
        fits: every count fits into 64 bits.
        last: only sets of a single state are asked for.
    """
    dtype: Any = np.int64 if fits else object
    stable = np.zeros((node.size, 1 << node.size), dtype=dtype)
    sizes = range(1, 2 if last else node.size + 1)
    for chosen in (one for size in sizes for one in combinations(range(node.size), size)):
        allowed = sum(1 << state for state in chosen)
        inside = np.isin(node.states, chosen)
        product: NDArray[Any] = inside.astype(dtype)
        for axis, counts in enumerate(inputs):
            # Bit t of `sets` says that this input may be in state t without leaving the set.
            powers = (1 << np.arange(node.states.shape[axis])).reshape(
                [-1 if one == axis else 1 for one in range(node.states.ndim)]
            )
            sets = (inside * powers).sum(axis=axis, keepdims=True)
            own = np.arange(node.states.shape[axis]).reshape(powers.shape)
            product = product * counts.astype(dtype)[own, sets]
        for state in chosen:
            stable[state, allowed] = product[node.states == state].sum()
    return stable
