"""One assessment under one design, with all that a report of it needs."""

from __future__ import annotations

from attrs import evolve, frozen

from assurance_core.engine.explain import explain_profile
from assurance_core.engine.narrative import with_narrative
from assurance_core.engine.possible import possible_outcomes
from assurance_core.engine.profile import (
    Profile,
    profile_of_assessment,
)
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.contender import not_in_force
from assurance_core.model.assessment import Assessment
from assurance_core.model.outcome import Outcome, PossibleOutcomes


@frozen(eq=False)
class Rated:
    """A design's answer on one assessment.

    Attributes:
        rule: the compiled design.
        assessment: what was rated.
        outcome: with or without its trace; None where scores are not known to us.
        possible: the headlines that fit what is known.
    """

    rule: CompiledDesign
    assessment: Assessment
    outcome: Outcome | None
    possible: PossibleOutcomes


def rate_for_report(
    rule: CompiledDesign,
    assessment: Assessment,
    published_by: CompiledDesign | None = None,
    explain: bool = False,
) -> Rated:
    """Rate one assessment, complete or partly known.

    Args:
        rule: the compiled design.
        assessment: what to rate.
        published_by: the design that its published outcome follows.
        explain: record the trace.

    Raises:
        AssuranceError: `missing-score`, where the design cannot do without an absent score.
    """
    profile = profile_of_assessment(rule, assessment, allow_unknown=True)
    possible = possible_outcomes(rule, assessment, published_by)
    if _open(rule, profile):
        return Rated(rule, assessment, None, possible)
    outcome = explain_profile(rule, profile) if explain else rule.rate_profile(profile)
    outcome = with_narrative(rule, outcome, profile, assessment.findings)
    notes = (*rule.design.lineage, *not_in_force(rule.design, assessment), *_unconfirmed(rule))
    return Rated(rule, assessment, evolve(outcome, notes=notes), possible)


def _open(rule: CompiledDesign, profile: Profile) -> bool:
    read = {
        key
        for one in rule.judgements
        for key in [*(source.node for source in one.node.sources), one.node.judged]
    }
    return any(rule.leaves[place].id in read for place in profile.unknown)


def _unconfirmed(rule: CompiledDesign) -> tuple[str, ...]:
    """Return a note for every source that is not official or secondary."""
    sources = {
        step.source
        for one in rule.judgements
        for step in one.steps
        if step.source.status in ("unconfirmed", "derived", "assumed", "proposed")
    }
    return tuple(
        f"{one.status} source: {one.title}" for one in sorted(sources, key=lambda one: one.title)
    )
