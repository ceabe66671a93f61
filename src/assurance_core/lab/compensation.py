"""Compensation: how many low scores a profile at each outcome can hold.

The most low scores below a node that is in a state is a maximum over the combinations of its inputs
that give the state, of the sum of what each input can hold: the same walk for one tensor and for a
tree, and the choices on the way give the profile that proves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import add

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.engine.graph import Leaf
from assurance_core.lab.single_steps import levels_of
from assurance_core.lab.space import Space, SpaceNode
from assurance_core.model.scale import Level
from assurance_core.rules.values import together

_NEVER = -(1 << 14)
Best = NDArray[np.int16]


@frozen(eq=False)
class Deepest:
    """The most low scores that a profile with some outcome can hold, and one that holds them."""

    count: int
    levels: Mapping[str, Level]


@frozen(eq=False)
class Compensation:
    """What one outcome can hide.

    Attributes:
        state: the outcome.
        lowest: statements at their lowest level.
        below_good: statements below their standard; None where no scale has one.
    """

    state: int
    lowest: Deepest
    below_good: Deepest | None


def compensation(space: Space) -> tuple[Compensation, ...]:
    """Return, for each outcome that can be reached, the most low scores it can hold."""
    statements = [leaf for leaf in space.leaves if leaf.kind != "judged"]
    lowest = deepest(space, {leaf.id: _up_to(leaf, 1) for leaf in statements})
    below: Mapping[int, Deepest] = {}
    if any(leaf.scale.good_from for leaf in statements):
        below = deepest(space, {leaf.id: _below_good(leaf) for leaf in statements})
    return tuple(Compensation(state, one, below.get(state)) for state, one in lowest.items())


def _up_to(leaf: Leaf, position: int) -> tuple[int, ...]:
    return tuple(int(one <= position) for one in range(1, len(leaf.scale) + 1))


def _below_good(leaf: Leaf) -> tuple[int, ...]:
    standard = leaf.scale.good_from
    return _up_to(leaf, leaf.scale.level(standard).position - 1 if standard else 0)


def deepest(space: Space, marks: Mapping[str, tuple[int, ...]]) -> Mapping[int, Deepest]:
    """Return, for each outcome that can be reached, the highest sum of marks and its profile.

    Args:
        space: the space.
        marks: by leaf, what each of its levels counts; a leaf that is not there counts nothing.
    """
    best: dict[str, Best] = {
        leaf.id: np.array(
            [
                mark if count else _NEVER
                for mark, count in zip(
                    marks.get(leaf.id, (0,) * len(leaf.scale)),
                    space.leaf_counts(leaf),
                    strict=True,
                )
            ],
            dtype=np.int16,
        )
        for leaf in space.leaves
    }
    chosen: dict[tuple[str, int], tuple[int, ...]] = {}
    for node in space.nodes.values():
        best[node.key] = _node_best(node, [best[key] for key in node.inputs], chosen)
    return {
        state: Deepest(int(count), levels_of(space, _profile(space, chosen, space.target, state)))
        for state, count in enumerate(best[space.target])
        if count >= 0
    }


def _node_best(
    node: SpaceNode, inputs: list[Best], chosen: dict[tuple[str, int], tuple[int, ...]]
) -> Best:
    parts = []
    for axis, one in enumerate(inputs):
        form = [1] * len(inputs)
        form[axis] = len(one)
        parts.append(one.reshape(form))
    join = add if all((one >= 0).all() for one in inputs) else _added
    total = np.broadcast_to(together(join, parts), node.states.shape)
    best = np.full(node.size, _NEVER, dtype=np.int16)
    for state in range(node.size):
        flat = np.where(node.states == state, total, np.int16(_NEVER)).ravel()
        place = int(flat.argmax())
        if flat[place] >= 0:
            best[state] = flat[place]
            index = np.unravel_index(place, node.states.shape)
            chosen[node.key, state] = tuple(int(one) for one in index)
    return best


def _added(one: Best, other: Best) -> Best:
    """Return sums; what cannot be reached stays below zero, however much is added to it."""
    total: Best = np.maximum(one + other, np.int16(_NEVER))
    return total


def _profile(
    space: Space, chosen: Mapping[tuple[str, int], tuple[int, ...]], key: str, state: int
) -> dict[str, int]:
    if key not in space.nodes:
        return {key: state}
    profile: dict[str, int] = {}
    for one, at in zip(space.nodes[key].inputs, chosen[key, state], strict=True):
        profile.update(_profile(space, chosen, one, at))
    return profile
