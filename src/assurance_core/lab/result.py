"""What one design says of one assessment, complete or partly known."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from assurance_core.engine.explain import explain_profile
from assurance_core.engine.narrative import with_narrative
from assurance_core.engine.possible import (
    certain_consequences,
    certain_outcome,
    possible_outcomes,
)
from assurance_core.engine.profile import NOT_KNOWN_WORDS, Profile, profile_of_assessment
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.assessment import Assessment, Finding
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.outcome import (
    Area,
    ConsequenceOutcome,
    Headline,
    JudgementOutcome,
    NoHeadline,
    Outcome,
    PossibleOutcomes,
    StepTrace,
)
from assurance_core.model.scale import Level


@frozen(eq=False, repr=False)
class Result:
    """What one design says of one assessment.

    Attributes:
        outcome: where everything that the design reads or shows is known, else None.
        possible: the headlines that fit what is known.
        settled: where not everything is known: the part of the outcome that no unknown score
            could change.
        unknown: where not everything is known: ids of what the design uses and is not.
        known: where not everything is known: names and levels of what is.
        notes: whether the design was in force on the date.
    """

    outcome: Outcome | None
    possible: PossibleOutcomes
    settled: Outcome | None = None
    unknown: tuple[str, ...] = ()
    known: tuple[tuple[str, Level], ...] = ()
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Return the outcome, or the headlines that there can be."""
        return f"Result({self.outcome or self.possible})"

    @property
    def headline(self) -> Headline | NoHeadline | None:
        """The headline, if it is certain."""
        return self.possible.certain


def result_of(
    rule: CompiledDesign,
    assessment: Assessment,
    published_by: CompiledDesign | None = None,
    explain: bool = False,
) -> Result:
    """Return what a design says of an assessment.

    Args:
        rule: the compiled design.
        assessment: complete or partly known.
        published_by: the design that its published outcome follows; it narrows what is possible.
        explain: record the trace.

    Raises:
        AssuranceError: `missing-score`, where the design cannot do without an absent score.
    """
    profile = profile_of_assessment(rule, assessment, allow_unknown=True)
    evaluate = explain_profile if explain else CompiledDesign.rate_profile
    findings = assessment.findings
    notes = not_in_force(rule.design, assessment)
    if not profile.unknown:
        outcome = with_narrative(rule, evaluate(rule, profile), profile, findings)
        return Result(outcome, certain_outcome(rule, outcome.headline), notes=notes)
    possible = possible_outcomes(rule, assessment, published_by)
    unknown = _unknown_and_used(rule, profile, findings)
    if not unknown:
        outcome = evaluate(rule, profile)
        outcome = with_narrative(rule, outcome, profile, findings)
        return Result(outcome, possible, notes=notes)
    # Any level will do for an unknown score: whatever it could change is taken out again.
    positions = list(profile.positions)
    for place in profile.unknown:
        positions[place] = 1
    filled = evolve(profile, positions=tuple(positions))
    certain = certain_consequences(rule, assessment, published_by)
    settled = _settled(rule, profile, frozenset(unknown), evaluate(rule, filled), certain)
    settled = with_narrative(rule, settled, profile, findings)
    known = tuple(
        (leaf.name, leaf.scale.at(position))
        for leaf, position in zip(rule.leaves, profile.positions, strict=True)
        if position
    )
    return Result(None, possible, settled, unknown, known, notes)


def cannot_rate(error: AssuranceError) -> Result:
    """Return the result of an assessment that a design cannot rate: why it cannot tell."""
    reason = "; ".join(dict.fromkeys(_reason(fault) for fault in error.faults))
    return Result(None, PossibleOutcomes((), reason=reason))


def _reason(fault: Fault) -> str:
    design, _, what = fault.place.rpartition(": ")
    if fault.code == "no-choice" and what == "version":
        wanted = fault.found.split(",")[0].strip("'")
        return f"{design} reads version {fault.expected.removeprefix('one of ')}, not {wanted}"
    return f"{fault.place}: {fault.found}"


def not_in_force(design: RatingDesign, assessment: Assessment) -> tuple[str, ...]:
    """Return a note where a design was not in force on an assessment's date."""
    date = assessment.date
    if design.in_force is None or date is None:
        return ()
    answer = design.in_force.covers(date)
    if answer:
        return ()
    was = "was not" if answer is False else "may not have been"
    return (f"{design.id} {was} in force on {date}: it is in force {design.in_force}",)


def _unknown_and_used(
    rule: CompiledDesign, profile: Profile, findings: Sequence[Finding]
) -> tuple[str, ...]:
    """Return the unknown scores that the design reads, shows or tells in words."""
    used = rule.leaves_read | {area.node for area in rule.published.areas}
    if rule.design.publishes.narrative and not findings:
        used |= {leaf.id for leaf in rule.leaves if leaf.kind == "statement"}
    return tuple(
        rule.leaves[place].id for place in profile.unknown if rule.leaves[place].id in used
    )


def _settled(
    rule: CompiledDesign,
    profile: Profile,
    unknown: frozenset[str],
    outcome: Outcome,
    certain: Sequence[str],
) -> Outcome:
    """Return an outcome without everything that an unknown score could change.

    Args:
        rule: the compiled design.
        profile: what is known.
        unknown: ids of the leaves that are not.
        outcome: with some level in the place of each unknown one.
        certain: ids of the consequences that follow whatever the unknown scores are.
    """
    open_keys = set(unknown)
    open_judgements = set()
    for one in rule.judgements:
        if not open_keys.isdisjoint(one.keys):
            open_judgements.add(one.node.judgement.id)
            if one.node.judgement.id not in profile.overrides:
                open_keys.add(one.node.key)
    open_consequences = {
        one.node.judgement.id for one in rule.consequences if not open_keys.isdisjoint(one.keys)
    }
    follows = {one.id for one in outcome.consequences}
    headline = outcome.headline
    if rule.published.headline in open_judgements - profile.overrides.keys():
        headline = NoHeadline("not every score is known to us")
    return evolve(
        outcome,
        headline=headline,
        score=None if rule.published.score in open_judgements else outcome.score,
        areas=tuple(
            Area(area.id, area.name, None, NOT_KNOWN_WORDS) if read.node in open_keys else area
            for area, read in zip(outcome.areas, rule.published.areas, strict=True)
        ),
        judgements=tuple(
            _by_override(one) if one.id in open_judgements else one
            for one in outcome.judgements
            if one.id not in open_judgements or one.override_reason
        ),
        consequences=tuple(
            ConsequenceOutcome(one.node.judgement.id, one.node.judgement.name, one.steps[0].source)
            for one in rule.consequences
            if one.node.judgement.id in certain
            or one.node.judgement.id in follows - open_consequences
        ),
        trace=tuple(_settled_steps(outcome.trace, open_judgements, open_consequences)),
    )


def _by_override(one: JudgementOutcome) -> JudgementOutcome:
    """Return a judgement whose level is replaced, without what the rules would have said."""
    return JudgementOutcome(one.id, one.name, one.level, override_reason=one.override_reason)


def _settled_steps(
    trace: Sequence[StepTrace], open_judgements: set[str], open_consequences: set[str]
) -> list[StepTrace]:
    steps = []
    for step in trace:
        if step.kind == "override" and step.judgement in open_judgements:
            steps.append(evolve(step, before=None, applied=True))
        elif step.judgement not in (
            open_consequences if step.kind == "consequence" else open_judgements
        ):
            steps.append(step)
    return steps
