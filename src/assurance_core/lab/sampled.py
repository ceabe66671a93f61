"""What a sample shows of a judgement whose space is too large and does not fall apart.

Nothing is proved by it, but for what is found: a profile at which a better score lowers the outcome
is one, however it was come by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.engine.bulk import rate_positions
from assurance_core.engine.graph import Leaf
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.single_steps import Witness
from assurance_core.model.scale import Scale

SAMPLE = 10_000
SEED = 20240910

Positions = NDArray[np.int64]


@frozen(eq=False)
class Sampled:
    """What profiles drawn at random show.

    Attributes:
        drawn: how many were drawn, each profile equally likely.
        seed: with which they were drawn.
        profiles: how many there are.
        outcomes: words of the outcomes that were met, worst first, each with how many it got.
        near: how many one step of one statement takes to another outcome.
        falling: a profile at which a better score gives a worse level; None where none was met.
    """

    drawn: int
    seed: int
    profiles: int
    outcomes: tuple[tuple[str, int], ...]
    near: int
    falling: Witness | None


def sample(rule: CompiledDesign, judgement: str, size: int = SAMPLE, seed: int = SEED) -> Sampled:
    """Draw profiles, and look at each and at its neighbours.

    Args:
        rule: a compiled design.
        judgement: id of one of its judgements.
        size: how many profiles to draw.
        seed: of the draws.
    """
    read = _read(rule, judgement)
    random = np.random.default_rng(seed)
    columns: dict[str, Positions] = {
        leaf.id: random.integers(1, len(leaf.scale) + 1, size=size)
        if leaf.id in read
        else np.ones(size, dtype=np.int64)
        for leaf in rule.leaves
    }
    own = _rated(rule, judgement, columns)
    near = np.zeros(size, dtype=bool)
    falling: Witness | None = None
    for leaf in rule.leaves:
        if leaf.id not in read or leaf.kind == "judged":
            continue
        for step in (1, -1):
            moved = columns[leaf.id] + step
            inside = np.flatnonzero((moved >= 1) & (moved <= len(leaf.scale)))
            there = {key: column[inside] for key, column in columns.items()}
            there[leaf.id] = moved[inside]
            found = _rated(rule, judgement, there)
            near[inside] |= found != own[inside]
            worse = (found > 0) & (own[inside] > 0) & (step * (found - own[inside]) < 0)
            if falling is None and worse.any():
                at = int(inside[int(worse.argmax())])
                falling = _witness(rule, judgement, columns, at, leaf, step)
    positions, counts = np.unique(own, return_counts=True)
    # Levels from the worst, and reasons behind them in the order of their codes.
    order = sorted(range(len(positions)), key=lambda one: (positions[one] < 1, abs(positions[one])))
    return Sampled(
        drawn=size,
        seed=seed,
        profiles=prod(len(leaf.scale) for leaf in rule.leaves if leaf.id in read),
        outcomes=tuple(
            (_word(rule, judgement, int(positions[one])), int(counts[one])) for one in order
        ),
        near=int(near.sum()),
        falling=falling,
    )


def _read(rule: CompiledDesign, judgement: str) -> set[str]:
    """Return the keys of everything that a judgement reads, itself or through others."""
    found: set[str] = set()
    for one in reversed(rule.judgements):
        if (one.own and one.node.judgement.id == judgement) or one.node.key in found:
            found.update(one.keys)
    return found


def _rated(rule: CompiledDesign, judgement: str, columns: Mapping[str, Positions]) -> Positions:
    found: Positions = rate_positions(rule, columns).judgements[judgement].positions
    return found


def _scale(rule: CompiledDesign, judgement: str) -> Scale:
    own = (one for one in rule.judgements if one.own)
    return next(one.node.scale for one in own if one.node.judgement.id == judgement)


def _word(rule: CompiledDesign, judgement: str, position: int) -> str:
    if position < 1:
        return rule.reasons[-1 - position]
    return _scale(rule, judgement).at(position).name


def _witness(
    rule: CompiledDesign,
    judgement: str,
    columns: Mapping[str, Positions],
    at: int,
    leaf: Leaf,
    step: int,
) -> Witness:
    """Return the pair of profiles as a step up."""
    read = _read(rule, judgement)
    levels = {one.id: int(columns[one.id][at]) for one in rule.leaves if one.id in read}
    lower = {**levels, leaf.id: min(levels[leaf.id], levels[leaf.id] + step)}
    upper = {**lower, leaf.id: lower[leaf.id] + 1}
    words = [_word_of(rule, judgement, one) for one in (lower, upper)]
    leaves: Sequence[Leaf] = [one for one in rule.leaves if one.id in read]
    return Witness(
        levels={one.id: one.scale.at(lower[one.id]) for one in leaves},
        leaf=leaf.id,
        to=leaf.scale.at(upper[leaf.id]),
        before=words[0],
        after=words[1],
    )


def _word_of(rule: CompiledDesign, judgement: str, levels: Mapping[str, int]) -> str:
    columns = {leaf.id: np.array([levels.get(leaf.id, 1)], dtype=np.int64) for leaf in rule.leaves}
    return _word(rule, judgement, int(_rated(rule, judgement, columns)[0]))
