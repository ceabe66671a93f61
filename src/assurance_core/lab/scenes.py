"""Run the steps of a space's judgements over everything that can reach them, and watch.

A small space is run over all its profiles, each judgement on what the ones below it give. In a
tree each judgement is run over the states that its inputs can be in. Large spaces are run block by
block. Of profiles that no step tells apart one is run, and stands for the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.engine.alike import Kinds, kinds, told_apart
from assurance_core.engine.bound import BoundJudgement, NamedStep
from assurance_core.engine.run import StepRun, run_steps
from assurance_core.lab.single_steps import profile_for
from assurance_core.lab.space import Space, outer_weights
from assurance_core.rules.values import Columns, IntColumn, Running

_BLOCK = 1 << 20


@frozen(eq=False)
class Block:
    """A part of what reaches some judgements.

    Attributes:
        space: the space.
        keys: of the leaves and nodes that vary, one an axis.
        states: of each, the states it is in along its axis.
        kinds: which of the combinations no step of the judgements tells apart.
        columns: positions by key, as steps read them: an entry for each kind.
        judgements: that are run, in order.
        times: how many profiles of the other leaves go with each of the block's.
    """

    space: Space
    keys: tuple[str, ...]
    states: tuple[tuple[int, ...], ...]
    kinds: Kinds
    columns: Mapping[str, IntColumn]
    judgements: tuple[BoundJudgement, ...]
    times: int

    def count(self, where: NDArray[np.bool_]) -> int:
        """Return how many profiles stand behind the kinds of a mask."""
        weights = outer_weights(
            [
                tuple(self.space.counts[key][state] for state in states)
                for key, states in zip(self.keys, self.states, strict=True)
            ]
        )
        every = self.kinds.spread(self._full(where))
        return int(every.sum() if weights is None else weights.ravel()[every].sum()) * self.times

    def profile(self, where: NDArray[Any]) -> dict[str, int]:
        """Return states of the leaves that give the first kind of a mask."""
        place = self.kinds.first[int(self._full(where).argmax())]
        profile: dict[str, int] = {}
        index = np.unravel_index(place, self.kinds.shape)
        for key, states, at in zip(self.keys, self.states, index, strict=True):
            profile.update(profile_for(self.space, key, states[int(at)]))
        return profile

    def _full(self, where: NDArray[Any]) -> NDArray[Any]:
        return np.broadcast_to(where, self.kinds.first.shape)


@frozen(eq=False)
class Moment:
    """One step of one judgement, on a whole block.

    Attributes:
        judgement: whose step it is.
        step: the step.
        before, after: the running value.
        seen: what the step may read.
        there: where every input has a level; elsewhere steps run on stand-ins.
    """

    judgement: BoundJudgement
    step: NamedStep
    before: Running
    after: Running
    seen: Columns
    there: NDArray[np.bool_]


Watch = Callable[[Moment], None]


def judgements_of(space: Space) -> tuple[BoundJudgement, ...]:
    """Return the judgements behind a space, each behind what it reads."""
    by_key = {one.node.key: one for one in space.rule.judgements}
    needed = {space.target}
    for one in reversed(space.rule.judgements):
        if one.node.key in needed:
            needed |= {key for key in one.keys if key in by_key}
    return tuple(one for one in space.rule.judgements if one.node.key in needed)


def blocks(space: Space) -> Iterator[Block]:
    """Go through everything that reaches the judgements of a space."""
    every = judgements_of(space)
    if space.flat:
        keys = tuple(leaf.id for leaf in space.leaves)
        yield from _blocks(space, keys, every)
        return
    for one in every:
        yield from _blocks(space, space.nodes[one.node.key].inputs, (one,))


def _blocks(
    space: Space, keys: tuple[str, ...], judgements: tuple[BoundJudgement, ...]
) -> Iterator[Block]:
    states = [tuple(s for s, count in enumerate(space.counts[key]) if count) for key in keys]
    behind = prod(sum(space.counts[key]) for key in keys)
    outer = 0
    while prod(len(one) for one in states[outer:]) > _BLOCK:
        outer += 1
    for index in np.ndindex(tuple(len(one) for one in states[:outer])):
        held = [(states[axis][place],) for axis, place in enumerate(index)] + states[outer:]
        columns: dict[str, IntColumn] = {}
        for axis, (key, own) in enumerate(zip(keys, held, strict=True)):
            form = [1] * len(keys)
            form[axis] = len(own)
            columns[key] = np.array([_position(space, key, s) for s in own]).reshape(form)
        shape = tuple(len(one) for one in held)
        alike = _alike(judgements, columns, shape)
        picked = dict(zip(columns, alike.pick(columns.values()), strict=True))
        times = space.size // behind
        yield Block(space, keys, tuple(held), alike, picked, judgements, times)


def _alike(
    judgements: Sequence[BoundJudgement], columns: Mapping[str, IntColumn], shape: tuple[int, ...]
) -> Kinds:
    """Return what no step of some judgements tells apart, each behind what it reads."""
    found = dict(columns)
    told: list[Any] = []
    for one in judgements:
        given = one.given(found)
        told += told_apart(one, given)
        if one is not judgements[-1]:
            found[one.node.key] = run_steps(one, given).positions
    return kinds(told, shape)


def _position(space: Space, key: str, state: int) -> int:
    """Return what steps read of a state: a position, or the code of a reason."""
    node = space.nodes.get(key)
    if node is None or state < len(node.scale):
        return state + 1
    return -1 - space.rule.reasons.index(node.reasons[state - len(node.scale)])


def run_block(block: Block, watch: Watch | None = None) -> Mapping[str, IntColumn]:
    """Run the judgements of a block.

    Args:
        block: the block.
        watch: called after each step.

    Returns:
        Positions, or codes of reasons, of everything that was given or run.
    """
    columns = dict(block.columns)
    for one in block.judgements:
        columns[one.node.key] = run_watched(one, columns, watch)
    return columns


def run_watched(
    one: BoundJudgement, columns: Mapping[str, IntColumn], watch: Watch | None
) -> IntColumn:
    """Run one judgement on columns, as the engine does, and return its positions."""
    if watch is None:
        return run_steps(one, one.given(columns)).positions
    there: NDArray[np.bool_] = np.ones((), dtype=bool)
    for key in one.keys:
        if columns[key].min() < 1:
            there = there & (columns[key] > 0)

    def record(step_run: StepRun) -> None:
        watch(Moment(one, *step_run, there))

    return run_steps(one, one.given(columns), record).positions
