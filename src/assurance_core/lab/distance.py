"""How many steps of single statements lie between profiles and outcomes, over the whole space.

A step moves one statement by one level. The *robustness radius* of a profile is the fewest steps to
another outcome (metric M6). What an assessor judges is not moved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress, pairwise
from math import prod
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.lab.diagram import NEVER, Costs, Folded, state_costs
from assurance_core.lab.placed import judged_choices, judged_words, states_of
from assurance_core.lab.space import Space

Steps = NDArray[np.int32]

OUT_OF_REACH = np.int32(1 << 20)
SAMPLE = 10_000
SEED = 20240910


@frozen(eq=False)
class Margins:
    """How far profiles are from another outcome.

    Attributes:
        version: id of the framework version.
        judged: the judged levels at which it was worked out, in words; empty where none is judged.
        profiles: how many there are, a Python integer.
        counted: how many of them were looked at: all, or a sample.
        seed: of the sample; None where all were looked at.
        by_radius: how many of those counted have each radius, smallest first; None for those from
            which no steps lead to another outcome.
    """

    version: str
    judged: str
    profiles: int
    counted: int
    seed: int | None
    by_radius: tuple[tuple[int | None, int], ...]

    @property
    def mean(self) -> float | None:
        """The mean radius of those from which another outcome can be reached."""
        return mean_radius([one for one in self.by_radius if one[0] is not None])

    @property
    def on_the_edge(self) -> int:
        """How many are one step from another outcome."""
        return dict(self.by_radius).get(1, 0)


def mean_radius(by_radius: list[tuple[int | None, int]]) -> float | None:
    """Return the mean of radii that are given with how often they occur.

    Example:
        >>> mean_radius([(1, 3), (3, 1)])
        1.5
    """
    counted = sum(count for _, count in by_radius)
    total = sum((radius or 0) * count for radius, count in by_radius)
    return total / counted if counted else None


def steps_to(space: Space, states: NDArray[np.bool_]) -> Steps:
    """Return the fewest steps from every profile to a set of outcomes.

    One sweep up and one down along each axis: the least sum of steps falls into the least along
    each axis in turn.

    Args:
        space: one that is a single tensor.
        states: for each state, whether it belongs to the set.

    Returns:
        Like the space's tensor; `OUT_OF_REACH` where no steps lead there.
    """
    most = sum(len(leaf.scale) - 1 for leaf in space.leaves)
    narrow = np.min_scalar_type(-most - 2).type
    beyond = narrow(most + 1)
    shape = space.root.states.shape
    moves = [leaf.kind != "judged" for leaf in space.leaves]
    half = len(shape) // 2
    found = np.where(states[space.root.states], narrow(0), beyond)
    # The axes of either half are swept while they are in front: numpy then works on long rows.
    found = _swept(found, shape[:half], moves[:half])
    found = _swept(found.reshape(prod(shape[:half]), -1).T, shape[half:], moves[half:])
    steps = np.ascontiguousarray(found.reshape(prod(shape[half:]), -1).T).reshape(shape)
    return np.where(steps > most, OUT_OF_REACH, steps)


def _swept(found: NDArray[Any], shape: tuple[int, ...], moves: Sequence[bool]) -> NDArray[Any]:
    """Return the fewest steps after sweeps along each of the first axes that moves."""
    swept = np.ascontiguousarray(found).reshape(*shape, -1)
    for axis in compress(range(len(shape)), moves):
        # A view, so that each sweep writes into the tensor.
        along = np.moveaxis(swept, axis, 0)
        ways = list(pairwise(range(len(along))))
        for near, far in [*ways, *((far, near) for near, far in reversed(ways))]:
            np.minimum(along[far], along[near] + 1, out=along[far])
    return swept


def radii(space: Space) -> Steps:
    """Return the robustness radius of every profile.

    Args:
        space: one that is a single tensor.

    Returns:
        Like the space's tensor; `OUT_OF_REACH` where no other outcome can be reached.
    """
    states = space.root.states
    found = np.full(states.shape, OUT_OF_REACH, dtype=np.int32)
    for state in range(space.root.size):
        here = states == state
        if here.any():
            found = np.where(here, steps_to(space, np.arange(space.root.size) != state), found)
    return found


def step_costs(space: Space, levels: NDArray[np.int64]) -> dict[str, Costs]:
    """Return what it costs to bring each leaf of some bodies to each level: its steps.

    Args:
        space: the space.
        levels: by body and leaf, counted from 0.
    """
    found = {}
    for axis, leaf in enumerate(space.leaves):
        steps = np.abs(levels[:, axis, None] - np.arange(len(leaf.scale)))
        found[leaf.id] = np.where(steps > 0, NEVER, 0) if leaf.kind == "judged" else steps
    return found


def steps_to_states(folds: Folded, levels: NDArray[np.int64]) -> Costs:
    """Return the fewest steps from some bodies to each state; exact in a space of any size.

    Args:
        folds: the space.
        levels: by body and leaf, counted from 0.

    Returns:
        By body and state; `NEVER` where no steps lead there.
    """
    found = np.empty((len(levels), folds.space.root.size), dtype=np.int64)
    for rows in folds.batches(len(levels)):
        costs = state_costs(folds, step_costs(folds.space, levels[rows]))
        found[rows] = costs[folds.space.target]
    return found


def margins(folds: Folded) -> tuple[Margins, ...]:
    """Return how far profiles are from another outcome, for each judged level apart.

    All of them where the space is one tensor; else a seeded sample, and the result says so.
    """
    space = folds.space
    if space.flat:
        return tuple(_all_margins(space))
    return tuple(_sampled(folds, one) for one in judged_choices(space))


def _all_margins(space: Space) -> list[Margins]:
    found = radii(space)
    made = []
    for judged in judged_choices(space):
        index = tuple(judged.get(leaf.id, slice(None)) for leaf in space.leaves)
        part = found[index].ravel()
        made.append(_counted(space, judged_words(space, judged), part.size, part, None))
    return made


def _sampled(folds: Folded, judged: Mapping[str, int]) -> Margins:
    space = folds.space
    random = np.random.default_rng(SEED)
    size = 1
    levels = np.empty((SAMPLE, len(space.leaves)), dtype=np.int64)
    for axis, leaf in enumerate(space.leaves):
        if leaf.id in judged:
            levels[:, axis] = judged[leaf.id]
        else:
            levels[:, axis] = random.integers(0, len(leaf.scale), SAMPLE)
            size *= len(leaf.scale)
    costs = steps_to_states(folds, levels)
    costs[np.arange(SAMPLE), states_of(space, levels)] = NEVER
    part = np.minimum(costs.min(axis=1), OUT_OF_REACH)
    return _counted(space, judged_words(space, judged), size, part, SEED)


def _counted(
    space: Space, judged: str, size: int, found: NDArray[np.integer], seed: int | None
) -> Margins:
    # Counted in one go: those out of reach are one more than the most steps.
    most = int(found[found < OUT_OF_REACH].max(initial=0))
    by_steps = np.bincount(np.minimum(found, most + 1), minlength=most + 2).tolist()
    by_radius: list[tuple[int | None, int]] = [
        (steps, count) for steps, count in enumerate(by_steps[:-1]) if count
    ]
    by_radius += [(None, by_steps[-1])] if by_steps[-1] else []
    return Margins(
        version=(space.rule.source_version or space.rule.version).id,
        judged=judged,
        profiles=size,
        counted=int(found.size),
        seed=seed,
        by_radius=tuple(by_radius),
    )
