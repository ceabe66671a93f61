"""Who sits next to a threshold: profiles one step of one statement away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from attrs import frozen

from assurance_core.engine.bulk import rate_positions
from assurance_core.engine.graph import Leaf
from assurance_core.engine.profile import Profile, profile_of_assessment
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.assessment import Assessment
from assurance_core.model.outcome import Headline
from assurance_core.model.scale import Level


@frozen
class Step:
    """One statement moved by one level, and the headline that gives.

    Attributes:
        leaf: the statement.
        to: its level after the step.
        headline: the headline after the step.
    """

    leaf: Leaf
    to: Level
    headline: Headline


@frozen
class Neighbours:
    """The single steps that change a body's headline."""

    up: tuple[Step, ...]
    down: tuple[Step, ...]


def neighbours(rule: CompiledDesign, assessment: Assessment) -> Neighbours:
    """Return the single steps of one statement that change the headline.

    Args:
        rule: a design with a headline.
        assessment: with every score that the design reads; judged levels are left as they are.

    Raises:
        AssuranceError: `missing-score`.
    """
    profile = profile_of_assessment(rule, assessment)
    scale = rule.headline_scale
    up: list[Step] = []
    down: list[Step] = []
    if scale is None:
        return Neighbours((), ())
    moves = list(_moves(rule, profile))
    here, *there = _headlines(rule, [profile.positions, *(moved for _, _, moved in moves)])
    for (leaf, to, _), position in zip(moves, there, strict=True):
        if here > 0 and position > 0 and position != here:
            level = scale.at(position)
            headline = Headline(level.id, level.name, level.position, scale.id)
            (up if position > here else down).append(Step(leaf, to, headline))
    return Neighbours(tuple(up), tuple(down))


def _moves(rule: CompiledDesign, profile: Profile) -> Iterator[tuple[Leaf, Level, tuple[int, ...]]]:
    for place, leaf in enumerate(rule.leaves):
        position = profile.positions[place]
        if leaf.kind == "judged" or position == 0:
            continue
        for moved in (position - 1, position + 1):
            if 1 <= moved <= len(leaf.scale):
                positions = (*profile.positions[:place], moved, *profile.positions[place + 1 :])
                yield leaf, leaf.scale.at(moved), positions


def _headlines(rule: CompiledDesign, profiles: Sequence[tuple[int, ...]]) -> list[int]:
    """Return the position of the headline's level for each profile; below 1 where there is none."""
    columns = np.array(profiles, dtype=np.int64).T
    leaves = (leaf.id for leaf in rule.leaves)
    rated = rate_positions(rule, dict(zip(leaves, columns, strict=True)))
    found: list[int] = rated.judgements[str(rule.published.headline)].positions.tolist()
    return found
