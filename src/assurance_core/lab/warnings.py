"""What whoever edits a design has to know of it: the part of an audit that warns.

An audit also says what is usual and how much each statement decides. That costs more than half of
its time, and no edit of a rule has to wait for it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from attrs import frozen

from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.audit import published_judgements
from assurance_core.lab.compensation import Compensation, compensation
from assurance_core.lab.dead_steps import DeadStep, dead_steps
from assurance_core.lab.near_gaps import NearGap, near_gaps, printed_otherwise
from assurance_core.lab.single_steps import (
    Witness,
    all_transitions,
    falling_step,
    levels_of,
    profile_for,
)
from assurance_core.lab.space import Space, space_of
from assurance_core.model.errors import AssuranceError
from assurance_core.model.scale import Level


@frozen(eq=False)
class JudgementWarnings:
    """What one judgement allows and a reader might not expect.

    Attributes:
        id, name: of the judgement.
        space: its space.
        falling: a profile at which a better score gives a worse level; None where it is monotone.
        unreachable: the levels that no profile gives.
        without: by state in which there is no level, a profile that gives it.
        dead: steps and rows that change nothing.
        gaps: values between printed ranges.
        printed_otherwise: how bands differ from their ranges as printed; see `near_gaps`.
        compensation: for each outcome that can be reached, the low scores it can hold.
    """

    id: str
    name: str
    space: Space
    falling: Witness | None
    unreachable: tuple[Level, ...]
    without: Mapping[int, Mapping[str, Level]]
    dead: tuple[DeadStep, ...]
    gaps: tuple[NearGap, ...]
    printed_otherwise: tuple[str, ...]
    compensation: tuple[Compensation, ...]


@frozen
class TooLarge:
    """A judgement of which nothing can be proved, and why."""

    id: str
    name: str
    why: str


@frozen(eq=False, repr=False)
class Warnings:
    """What a design allows and a reader might not expect.

    Attributes:
        rule: the design, compiled.
        judgements: the headline, or each published judgement where there is no headline.
        not_audited: judgements whose space is too large and does not fall apart.
    """

    rule: CompiledDesign
    judgements: tuple[JudgementWarnings, ...]
    not_audited: tuple[TooLarge, ...]

    def __repr__(self) -> str:
        """Return its name: the whole value would fill the screen."""
        return f"Warnings({self.rule.design.id!r})"


def warnings_of(rule: CompiledDesign) -> Warnings:
    """Prove what a design allows that its readers should be warned of.

    Args:
        rule: the design, compiled.
    """
    names = {one.node.judgement.id: one.node.judgement.name for one in rule.judgements if one.own}
    found, left_out = [], []
    for one in published_judgements(rule):
        try:
            found.append(_of_space(space_of(rule, one)))
        except AssuranceError as error:
            if {fault.code for fault in error.faults} != {"too-large"}:
                raise
            left_out.append(TooLarge(one, names[one], error.faults[0].found))
    return Warnings(rule, tuple(found), tuple(left_out))


def _of_space(space: Space) -> JudgementWarnings:
    node = next(one.node for one in space.rule.judgements if one.node.key == space.target)
    counts = space.counts[space.target]
    levels = space.root.scale.levels
    return JudgementWarnings(
        id=node.judgement.id,
        name=node.judgement.name,
        space=space,
        falling=None if _rises(space) else falling_step(space, all_transitions(space)),
        unreachable=tuple(one for one, count in zip(levels, counts, strict=False) if not count),
        without={
            state: levels_of(space, profile_for(space, space.target, state))
            for state, count in enumerate(counts)
            if count and state >= len(levels)
        },
        dead=dead_steps(space),
        gaps=near_gaps(space),
        printed_otherwise=printed_otherwise(space),
        compensation=compensation(space),
    )


def _rises(space: Space) -> bool:
    """Say whether every judgement rises with each of its inputs: then no outcome can fall.

    The reverse need not be so, and states without a level have no order: then all steps are looked
    at one by one.
    """
    for node in space.nodes.values():
        if (node.states >= len(node.scale)).any():
            return False
        for axis in range(node.states.ndim):
            if (np.diff(node.states, axis=axis) < 0).any():
                return False
    return True
