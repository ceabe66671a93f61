"""Shapley-Shubik for statements of many levels: which statement settles the outcome?

The statements of a uniformly random profile are revealed one by one, in random order. At some point
what is revealed leaves one outcome only: the statement revealed last has settled it. A statement's
share is the probability that it is the one.

Whether a set of revealed statements settles the outcome can only turn from no to yes as the set
grows. So the shares are the Shapley values of a game: the worth of a set is the probability that it
settles the outcome, counted on the tensor with one more entry on each axis, *unknown*.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from math import factorial, prod
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.lab.space import Space

MOST_ENTRIES = 1 << 28
MOST_SUBSETS = 1 << 16
MOST_KNOWN = 1 << 23
DRAWS = 20_000
SEED = 20_240_501
_MOST_STATES = 12
_AT_ONCE = 1 << 22


@frozen(eq=False)
class SettlingShares:
    """The share of each leaf.

    Attributes:
        shares: by leaf; exact ratios, or shares of the draws. They sum to 1, or are all 0 where
            there is one outcome only.
        draws: how many random profiles and orders were drawn; 0 where the shares are exact.
        seed: of the draws.
    """

    shares: Mapping[str, Fraction]
    draws: int = 0
    seed: int = 0


def settling_shares(space: Space) -> SettlingShares | None:
    """Return how often each leaf settles the outcome: exact, or drawn for a large space.

    Returns:
        None where an inner judgement has too many states to draw.
    """
    entries = prod(len(leaf.scale) + 1 for leaf in space.leaves)
    if space.flat and entries <= MOST_ENTRIES and 1 << len(space.leaves) <= MOST_SUBSETS:
        return SettlingShares(_exact(space))
    if any(node.size > _MOST_STATES for node in space.nodes.values()):
        return None
    if any(prod(_sizes(space, key)) > MOST_KNOWN for key in space.nodes):
        return None
    return _drawn(space, DRAWS, SEED)


def _exact(space: Space) -> Mapping[str, Fraction]:
    """The Shapley values, in whole numbers over one denominator."""
    levels = [len(leaf.scale) for leaf in space.leaves]
    size, players = prod(levels), len(levels)
    states = space.root.states.astype(np.int8)
    settled = _settled_counts(states, states)
    # A set's probability times the number of all profiles is a whole number.
    worth: NDArray[Any] = np.array(settled.ravel().tolist(), dtype=object)
    for axis, count in enumerate(levels):
        unknown = (np.arange(1 << players) >> (players - 1 - axis)) & 1 == 1
        worth[unknown] *= count
    worth = worth.reshape((2,) * players)
    revealed = reduce(np.add.outer, [np.array([1, 0])] * players, np.zeros((), dtype=np.int64))
    shares = {}
    for axis, leaf in enumerate(space.leaves):
        gain = np.asarray(worth.take(0, axis) - worth.take(1, axis), dtype=object)
        before = revealed.take(1, axis)
        weighted = sum(
            factorial(k) * factorial(players - 1 - k) * int(gain[before == k].sum())
            for k in range(players)
        )
        shares[leaf.id] = Fraction(weighted, factorial(players) * size)
    return shares


def _settled_counts(low: NDArray[np.int8], high: NDArray[np.int8]) -> NDArray[np.int64]:
    """Count, for each set of revealed axes, the partial profiles that leave one state.

    Args:
        low, high: the lowest and highest state that each profile can still come to.

    Returns:
        A tensor with two entries an axis: revealed, unknown.
    """
    if prod(size + 1 for size in low.shape) > _AT_ONCE:
        parts = [_settled_counts(one, other) for one, other in zip(low, high, strict=True)]
        unknown = _settled_counts(low.min(axis=0), high.max(axis=0))
        return np.stack([np.sum(parts, axis=0), unknown])
    for axis in range(low.ndim):
        low = np.concatenate([low, low.min(axis=axis, keepdims=True)], axis=axis)
        high = np.concatenate([high, high.max(axis=axis, keepdims=True)], axis=axis)
    counts: NDArray[np.int64] = (low == high).astype(np.int32)
    for axis in range(counts.ndim):
        known = counts.take(range(counts.shape[axis] - 1), axis).sum(axis=axis, keepdims=True)
        counts = np.concatenate([known, counts.take([-1], axis)], axis=axis)
    return counts


def _sizes(space: Space, key: str) -> list[int]:
    """How many things can be known of each input: levels and *unknown*, or sets of states."""
    leaves = {leaf.id: len(leaf.scale) + 1 for leaf in space.leaves}
    return [
        leaves[one] if one in leaves else 1 << space.nodes[one].size
        for one in space.nodes[key].inputs
    ]


def _drawn(space: Space, draws: int, seed: int) -> SettlingShares:
    """Draw profiles and orders; find by bisection the step at which the outcome is settled."""
    random = np.random.default_rng(seed)
    tables = {key: _possible(space, key) for key in space.nodes}
    players = len(space.leaves)
    profile = np.stack([random.integers(len(leaf.scale), size=draws) for leaf in space.leaves])
    order = np.argsort(random.random((players, draws)), axis=0)
    when = np.argsort(order, axis=0)
    low, high = np.zeros(draws, dtype=np.int64), np.full(draws, players)
    constant = _is_settled(space, tables, profile, when, low)
    while (low < high).any():
        middle = (low + high) // 2
        settled = _is_settled(space, tables, profile, when, middle)
        high = np.where(settled, middle, high)
        low = np.where(settled, low, np.minimum(middle + 1, high))
    last = order[np.maximum(low - 1, 0), np.arange(draws)]
    counts = np.bincount(last[~constant], minlength=players)
    shares = {
        leaf.id: Fraction(int(count), draws)
        for leaf, count in zip(space.leaves, counts, strict=True)
    }
    return SettlingShares(shares, draws, seed)


def _is_settled(
    space: Space,
    tables: Mapping[str, NDArray[np.int64]],
    profile: NDArray[np.int64],
    when: NDArray[np.int64],
    revealed: NDArray[np.int64],
) -> NDArray[np.bool_]:
    known: dict[str, NDArray[np.int64]] = {
        leaf.id: np.where(when[place] < revealed, profile[place], len(leaf.scale))
        for place, leaf in enumerate(space.leaves)
    }
    for node in space.nodes.values():
        known[node.key] = tables[node.key][tuple(known[key] for key in node.inputs)]
    left = known[space.target]
    settled: NDArray[np.bool_] = left & (left - 1) == 0
    return settled


def _possible(space: Space, key: str) -> NDArray[np.int64]:
    """For all that can be known of a node's inputs, the states it may be in: a bit for each."""
    node = space.nodes[key]
    possible = np.int64(1) << node.states.astype(np.int64)
    for axis, one in enumerate(node.inputs):
        if one not in space.nodes:
            together = np.bitwise_or.reduce(possible, axis=axis, keepdims=True)
            possible = np.concatenate([possible, together], axis=axis)
            continue
        # The states of an inner judgement that are possible are a set: one entry for each set.
        sets: list[NDArray[np.int64]] = [np.zeros_like(possible.take(0, axis))]
        for number in range(1, 1 << space.nodes[one].size):
            first = number.bit_length() - 1
            sets.append(sets[number ^ (1 << first)] | possible.take(first, axis))
        possible = np.stack(sets, axis=axis)
    return possible
