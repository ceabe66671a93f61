"""Who sits next to a threshold: profiles one step of one statement away."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

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
    here = _headline(rule, profile)
    up: list[Step] = []
    down: list[Step] = []
    if here is None:
        return Neighbours((), ())
    for leaf, to, moved in _moves(rule, profile):
        there = _headline(rule, moved)
        if there is not None and there.position != here.position:
            (up if there.position > here.position else down).append(Step(leaf, to, there))
    return Neighbours(tuple(up), tuple(down))


def _moves(rule: CompiledDesign, profile: Profile) -> Iterator[tuple[Leaf, Level, Profile]]:
    for place, leaf in enumerate(rule.leaves):
        position = profile.positions[place]
        if leaf.kind == "judged" or position == 0:
            continue
        for moved in (position - 1, position + 1):
            if 1 <= moved <= len(leaf.scale):
                positions = (*profile.positions[:place], moved, *profile.positions[place + 1 :])
                yield leaf, leaf.scale.at(moved), Profile(positions)


def _headline(rule: CompiledDesign, profile: Profile) -> Headline | None:
    headline = rule.rate_profile(profile).headline
    return headline if isinstance(headline, Headline) else None
