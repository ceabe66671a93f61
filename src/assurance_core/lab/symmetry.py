"""Symmetry: which statements can change places without changing any outcome.

Changing places is an equivalence: if A and B can, and B and C can, then A and C can. So each
statement is held against one of each group. In a tree, states of a judgement that nothing above it
tells apart count as the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import combinations

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from assurance_core.engine.graph import Leaf
from assurance_core.lab.single_steps import (
    Transitions,
    carried,
    chain_above,
    levels_of,
    profile_for,
    profile_of_move,
    reachable_at,
)
from assurance_core.lab.space import Space, SpaceNode
from assurance_core.model.scale import Level

Labels = Mapping[str, NDArray[np.int64]]
Carry = Callable[[str, tuple[int, int], str], Transitions]
"""What a move of a leaf does to something above it: leaf, levels before and after, key."""


@frozen(eq=False)
class Exchange:
    """A profile whose outcome changes when two statements change places.

    Attributes:
        levels: by leaf, before.
        first, second: the two statements.
        before, after: words of the outcome's states.
    """

    levels: Mapping[str, Level]
    first: str
    second: str
    before: str
    after: str


@frozen(eq=False)
class Symmetry:
    """Which statements can change places.

    Attributes:
        groups: statements that can, in the design's order; those that cannot stand alone.
        witness: of two groups on one scale that cannot; None where there are none.
    """

    groups: tuple[tuple[Leaf, ...], ...]
    witness: Exchange | None

    @property
    def holds(self) -> bool:
        """Whether any two statements can change places."""
        return len(self.groups) <= 1


@frozen(eq=False)
class _Found:
    """Where a change of places shows: states below a node, before and after."""

    key: str
    before: int
    after: int
    profile: dict[str, int] = field(factory=dict)


def symmetry(space: Space) -> Symmetry:
    """Return which statements can change places; an assessor's own level is none of them."""
    labels = _labels(space)
    carry = _remembered(space)
    groups: list[list[Leaf]] = []
    witness: Exchange | None = None
    for leaf in space.leaves:
        if leaf.kind == "judged":
            continue
        own = space.reader(leaf.id).key
        alike = [one for one in groups if one[0].scale.id == leaf.scale.id]
        # Those of the same judgement first: they are quicker to hold against each other.
        alike.sort(key=lambda one: all(space.reader(member.id).key != own for member in one))
        for group in alike:
            near = [member for member in group if space.reader(member.id).key == own]
            other = near[0] if near else group[0]
            found = _difference(space, labels, carry, other.id, leaf.id)
            if found is None:
                group.append(leaf)
                break
            witness = witness or _exchange(space, labels, other.id, leaf.id, found)
        else:
            groups.append([leaf])
    return Symmetry(tuple(tuple(group) for group in groups), witness)


def _labels(space: Space) -> Labels:
    """For each node, its states with those that nothing above tells apart under one label."""
    labels = {space.target: np.arange(space.root.size)}
    for node in reversed(tuple(space.nodes.values())):
        seen = labels[node.key][node.states]
        for axis, key in enumerate(node.inputs):
            if key not in space.nodes:
                continue
            reach = _reach(space, node, {axis})
            slices: dict[bytes, int] = {}
            labels[key] = np.array(
                [
                    slices.setdefault(np.where(reach, seen.take(s, axis), -1).tobytes(), s)
                    for s in range(space.nodes[key].size)
                ]
            )
    return labels


def _reach(space: Space, node: SpaceNode, left_out: set[int]) -> NDArray[np.bool_]:
    """Return which combinations of input states can be reached, without some axes."""
    kept = [key for axis, key in enumerate(node.inputs) if axis not in left_out]
    reach: NDArray[np.bool_] = np.ones((), dtype=bool)
    for axis, key in enumerate(kept):
        form = [1] * len(kept)
        form[axis] = -1
        reach = reach & np.array([count > 0 for count in space.counts[key]]).reshape(form)
    return reach


def _remembered(space: Space) -> Carry:
    """Return `carried` for one move, worked out once: a leaf is held against many others."""
    return cache(lambda leaf_id, move, key: carried(space, leaf_id, {move: 1}, key))


def _difference(
    space: Space, labels: Labels, carry: Carry, first: str, second: str
) -> _Found | None:
    """Return where it shows that two leaves change places; None where it never does."""
    chains = chain_above(space, first), chain_above(space, second)
    meet = next(key for key in chains[0] if key in chains[1])
    node = space.nodes[meet]
    below = [chain[chain.index(meet) - 1] for chain in chains]
    axes = [node.inputs.index(key) for key in below]
    seen = labels[meet][node.states]
    if below == [first, second]:
        where = (seen != np.swapaxes(seen, axes[0], axes[1])) & _reach(space, node, set())
        states = reachable_at(space, node.inputs, where)
        if states is None:
            return None
        index = tuple(states.values())
        swapped = list(index)
        swapped[axes[0]], swapped[axes[1]] = swapped[axes[1]], swapped[axes[0]]
        profile: dict[str, int] = {}
        for key, state in states.items():
            profile.update(profile_for(space, key, state))
        before, after = int(node.states[index]), int(node.states[tuple(swapped)])
        return _Found(meet, before, after, profile)
    others = [key for key in node.inputs if key not in below]
    reach = _reach(space, node, set(axes))
    tensor = np.moveaxis(seen, axes, (0, 1))
    plain = np.moveaxis(node.states, axes, (0, 1))
    for move, (low, high), (left, right) in _moves(space, carry, first, second, below):
        states = reachable_at(space, others, (tensor[low, left] != tensor[high, right]) & reach)
        if states is None:
            continue
        index = tuple(states.values())
        profile = {}
        back = (move[1], move[0])
        for key, leaf_id, step, wanted in (
            (below[0], first, move, (low, high)),
            (below[1], second, back, (left, right)),
        ):
            part = profile_of_move(space, key, leaf_id, step, wanted)
            assert part is not None
            profile.update(part)
        for key, state in states.items():
            profile.update(profile_for(space, key, state))
        before, after = (int(plain[one][index]) for one in ((low, left), (high, right)))
        return _Found(meet, before, after, profile)
    return None


def _moves(
    space: Space, carry: Carry, first: str, second: str, below: list[str]
) -> Iterator[tuple[tuple[int, int], tuple[int, int], tuple[int, int]]]:
    """Every two levels that change places, with what that does to each of the two inputs."""
    size = len(space.leaves[space.place(first)].scale)
    for low, high in combinations(range(size), 2):
        rising = carry(first, (low, high), below[0])
        falling = carry(second, (high, low), below[1])
        for one in rising:
            for other in falling:
                yield (low, high), one, other


def _exchange(space: Space, labels: Labels, first: str, second: str, found: _Found) -> Exchange:
    """Carry a difference up to the outcome, choosing the other inputs so that it shows there."""
    key, before, after, profile = found.key, found.before, found.after, dict(found.profile)
    while key != space.target:
        node = space.reader(key)
        axis = node.inputs.index(key)
        others = [one for one in node.inputs if one != key]
        seen = labels[node.key][node.states]
        left, right = seen.take(before, axis), seen.take(after, axis)
        states = reachable_at(space, others, left != right)
        assert states is not None
        for one, state in states.items():
            profile.update(profile_for(space, one, state))
        index = tuple(states.values())
        tensor = np.moveaxis(node.states, axis, 0)
        before, after = int(tensor[(before, *index)]), int(tensor[(after, *index)])
        key = node.key
    names = space.names()
    return Exchange(levels_of(space, profile), first, second, names[before], names[after])
