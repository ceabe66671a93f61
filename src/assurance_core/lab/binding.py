"""How often each limiter bites, over all profiles."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

import numpy as np

from assurance_core.lab.space import Space, SpaceNode, outer_weights


def binding_counts(space: Space) -> Mapping[str, int]:
    """Return, for each limiter, the number of profiles in which it changes a level.

    A limiter of a judgement that is repeated counts where it bites in at least one of them.
    """
    paths = dict.fromkeys(path for node in space.nodes.values() for path in node.limiters)
    return {path: _profiles(space, path) for path in paths}


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
