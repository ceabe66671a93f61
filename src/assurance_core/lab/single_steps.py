"""What one step of one statement does to the outcome, over the whole space.

For each leaf, every pair of neighbouring levels is tried at every profile of the others. The result
is counted as *transitions*: how often a step up takes the outcome from one state to another. In a
composed space the transitions of a judgement's input are carried up through what reads it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.lab.space import Space, SpaceNode, outer_weights
from assurance_core.model.scale import Level

Transitions = dict[tuple[int, int], int]


@frozen(eq=False)
class Witness:
    """A profile that proves something, and the step that shows it.

    Attributes:
        levels: by leaf.
        leaf: the leaf that moves; empty where nothing does.
        to: the level it moves to.
        before, after: words of the outcome's states.
    """

    levels: Mapping[str, Level]
    leaf: str = ""
    to: Level | None = None
    before: str = ""
    after: str = ""


def all_transitions(space: Space) -> Mapping[str, Transitions]:
    """Return how many steps up of each leaf take the outcome from one state to another.

    Args:
        space: the space.

    Returns:
        For each leaf, counts by (state before, state after), over all profiles of the other leaves
        and all pairs of neighbouring levels; they sum to (m - 1) times the profiles of the others.
    """
    carriers: dict[str, _Carrier] = {}
    found = {}
    for leaf in space.leaves:
        key, moves = leaf.id, _leaf_moves(len(leaf.scale))
        while key != space.target:
            node = space.reader(key)
            if key not in carriers:
                carriers[key] = _Carrier(space, node, key)
            moves = carriers[key].carry(moves)
            key = node.key
        found[leaf.id] = moves
    return found


def _leaf_moves(levels: int) -> Transitions:
    return {(level, level + 1): 1 for level in range(levels - 1)}


class _Carrier:
    """Carries moves of one input of a node to moves of the node; each move is worked out once."""

    def __init__(self, space: Space, node: SpaceNode, key: str) -> None:
        self.node = node
        self.axis = node.inputs.index(key)
        others = [space.counts[one] for one in node.inputs if one != key]
        self.weights = outer_weights(others)
        self._known: dict[tuple[int, int], Transitions] = {}

    def carry(self, moves: Transitions) -> Transitions:
        found: Transitions = {}
        for move, count in moves.items():
            if move not in self._known:
                self._known[move] = self._pairs(*move)
            for pair, weight in self._known[move].items():
                found[pair] = found.get(pair, 0) + weight * count
        return found

    def _pairs(self, low: int, high: int) -> Transitions:
        left, right = (self.node.states.take(at, self.axis) for at in (low, high))
        codes = left.astype(np.int64) * self.node.size + right
        if self.weights is None:
            counted = np.bincount(codes.ravel(), minlength=self.node.size**2)
            return {
                divmod(int(code), self.node.size): int(counted[code])
                for code in np.flatnonzero(counted)
            }
        pairs = {
            divmod(int(code), self.node.size): int(self.weights[codes == code].sum())
            for code in np.unique(codes)
        }
        return {pair: count for pair, count in pairs.items() if count}


@frozen
class Influence:
    """How often one step of a leaf changes the outcome: its Banzhaf index, as whole numbers.

    Attributes:
        changed: one-step pairs along the leaf whose outcomes differ.
        pairs: all one-step pairs along it: (m - 1) times the profiles of the others.
    """

    changed: int
    pairs: int


def influences(moves: Mapping[str, Transitions]) -> Mapping[str, Influence]:
    """Return the influence of every leaf, from `all_transitions`."""
    return {
        leaf: Influence(sum(n for (a, b), n in found.items() if a != b), sum(found.values()))
        for leaf, found in moves.items()
    }


def falling_step(space: Space, moves: Mapping[str, Transitions]) -> Witness | None:
    """Return a profile at which a better score gives a worse level, or None: then it is monotone.

    States without a level cannot be ordered; a step into or out of them is passed over.
    """
    levels = len(space.root.scale)
    for leaf in space.leaves:
        for before, after in sorted(moves[leaf.id]):
            if after < before < levels:
                return witness_of_step(space, leaf.id, before, after)
    return None


def witness_of_step(space: Space, leaf_id: str, before: int, after: int) -> Witness:
    """Return a profile at which a step up of a leaf takes the outcome from one state to another.

    Raises:
        LookupError: there is none.
    """
    leaf = space.leaves[space.place(leaf_id)]
    for low, high in _leaf_moves(len(leaf.scale)):
        profile = profile_of_move(space, space.target, leaf_id, (low, high), (before, after))
        if profile is not None:
            return Witness(
                levels=levels_of(space, profile),
                leaf=leaf_id,
                to=leaf.scale.at(high + 1),
                before=space.names()[before],
                after=space.names()[after],
            )
    raise LookupError(f"no step of {leaf_id} gives {(before, after)}")


def profile_of_move(
    space: Space, key: str, leaf_id: str, move: tuple[int, int], wanted: tuple[int, int]
) -> dict[str, int] | None:
    """Return states of the leaves below a leaf or node at which a move of one of them shows.

    Args:
        space: the space.
        key: the leaf or node that is watched.
        leaf_id: the leaf that moves, below it.
        move: its level before and after, counted from 0.
        wanted: the state of what is watched, before and after.

    Returns:
        The profile before the move; None where the move never has that effect.
    """
    if key == leaf_id:
        return {leaf_id: move[0]} if move == wanted else None
    node = space.nodes[key]
    child = next(one for one in node.inputs if one in chain_above(space, leaf_id, key))
    axis = node.inputs.index(child)
    others = [one for one in node.inputs if one != child]
    for low, high in carried(space, leaf_id, {move: 1}, child):
        left, right = node.states.take(low, axis), node.states.take(high, axis)
        states = reachable_at(space, others, (left == wanted[0]) & (right == wanted[1]))
        if states is not None:
            profile = profile_of_move(space, child, leaf_id, move, (low, high))
            assert profile is not None
            for one, state in states.items():
                profile.update(profile_for(space, one, state))
            return profile
    return None


def reachable_at(space: Space, keys: Sequence[str], where: NDArray[Any]) -> dict[str, int] | None:
    """Return the first combination of reachable states in a mask with an axis for each key."""
    for flat in np.flatnonzero(where):
        index = np.unravel_index(flat, where.shape)
        states = {key: int(one) for key, one in zip(keys, index, strict=True)}
        if all(space.counts[key][state] for key, state in states.items()):
            return states
    return None


def chain_above(space: Space, leaf_id: str, key: str = "") -> tuple[str, ...]:
    """Return a leaf and the nodes above it, up to a node or the target."""
    chain = [leaf_id]
    while chain[-1] not in (key, space.target):
        chain.append(space.reader(chain[-1]).key)
    return tuple(chain)


def carried(space: Space, leaf_id: str, moves: Transitions, key: str) -> Transitions:
    """Return the transitions at a leaf or node that moves of a leaf below it cause."""
    chain = chain_above(space, leaf_id, key)
    for child, reader in pairwise(chain):
        moves = _Carrier(space, space.nodes[reader], child).carry(moves)
    return moves


def profile_for(space: Space, key: str, state: int) -> dict[str, int]:
    """Return states of the leaves below a leaf or node that put it in a state.

    Raises:
        LookupError: the state cannot be reached.
    """
    if key not in space.nodes:
        return {key: state}
    node = space.nodes[key]
    states = reachable_at(space, node.inputs, node.states == state)
    if states is None:
        raise LookupError(f"{key} is never in state {state}")
    profile: dict[str, int] = {}
    for one, at in states.items():
        profile.update(profile_for(space, one, at))
    return profile


def levels_of(space: Space, profile: Mapping[str, int]) -> dict[str, Level]:
    """Return a profile's levels in the order of the leaves."""
    return {leaf.id: leaf.scale.at(profile[leaf.id] + 1) for leaf in space.leaves}
