"""How often each limiter bites, over all profiles."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assurance_core.lab.space import Counts, Space, SpaceNode, outer_weights


def binding_counts(space: Space) -> Mapping[str, int]:
    """Return, for each limiter, the number of profiles in which it changes a level.

    A limiter of a judgement that is repeated counts where it bites in at least one of them.
    """
    paths = dict.fromkeys(path for node in space.nodes.values() for path in node.limiters)
    return {path: _profiles(space, path) for path in paths}


def spared_count(space: Space) -> int:
    """Return the number of profiles in which no limiter of any judgement changes a level.

    Carried from the leaves to the outcome: for each state, the profiles that come to it so.
    """
    spared: dict[str, Counts] = {leaf.id: space.leaf_counts(leaf) for leaf in space.leaves}
    for node in space.nodes.values():
        where = node.bits == 0
        weights = outer_weights([spared[key] for key in node.inputs])
        here = [where & (node.states == state) for state in range(node.size)]
        spared[node.key] = tuple(
            int(one.sum() if weights is None else weights[one].sum()) for one in here
        )
    return sum(spared[space.target])


def bites_at(space: Space, levels: NDArray[Any]) -> Mapping[str, NDArray[np.bool_]]:
    """Return, for each limiter, at which of some profiles it changes a level.

    Args:
        space: the space.
        levels: by profile and leaf, counted from 0.
    """
    states: dict[str, NDArray[Any]] = {
        leaf.id: levels[:, place] for place, leaf in enumerate(space.leaves)
    }
    found: dict[str, NDArray[np.bool_]] = {}
    for node in space.nodes.values():
        index = tuple(states[key] for key in node.inputs)
        states[node.key] = node.states[index]
        for place, path in enumerate(node.limiters):
            bitten = (node.bits[index] >> place & 1).astype(bool)
            found[path] = found[path] | bitten if path in found else bitten
    return found


def _profiles(space: Space, path: str) -> int:
    """Count by the complement: repeated judgements vary independently of each other."""
    spared, rest = 1, space.size
    for node in space.nodes.values():
        if path in node.limiters:
            every = prod(sum(space.counts[key]) for key in node.inputs)
            spared *= every - _bitten(space, node, path)
            rest //= every
    return space.size - spared * rest


def _bitten(space: Space, node: SpaceNode, path: str) -> int:
    places = [place for place, one in enumerate(node.limiters) if one == path]
    mask = sum(1 << place for place in places)
    where = node.bits & np.int64(mask) != 0
    weights = outer_weights([space.counts[key] for key in node.inputs])
    return int(where.sum() if weights is None else weights[where].sum())
