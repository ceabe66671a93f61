"""A design that takes part in a comparison, compiled for each framework version it meets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import field, frozen

from assurance_core.engine.choose import assessment_version
from assurance_core.engine.compile import compile_design
from assurance_core.engine.possible import possible_outcomes
from assurance_core.engine.profile import profile_of_assessment
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.assessment import Assessment
from assurance_core.model.crosswalk import Crosswalk
from assurance_core.model.dates import PartialDate
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.model.framework import Framework
from assurance_core.model.outcome import Headline, NoHeadline, Outcome, PossibleOutcomes


@frozen(eq=False)
class Contender:
    """A design, and how it reads assessments of another framework.

    Attributes:
        design: the design.
        crosswalk: from the assessments' framework, where that is another one.
        source: that other framework.
    """

    design: RatingDesign
    crosswalk: Crosswalk | None = None
    source: Framework | None = None

    @property
    def framework(self) -> Framework:
        """The framework whose assessments it reads."""
        return self.source or self.design.framework


@frozen(eq=False)
class Compiled:
    """Compiles a contender once for each framework version; a look-up afterwards.

    Attributes:
        contender: the contender.
        rule: the compiled design for an assessment.
    """

    contender: Contender
    rule: Callable[[Assessment], CompiledDesign]


@frozen(eq=False)
class Result:
    """What one design says of one assessment.

    Attributes:
        outcome: where everything the design reads is known.
        possible: the headlines that fit what is known.
        notes: what a reader must know.
    """

    outcome: Outcome | None
    possible: PossibleOutcomes
    notes: tuple[str, ...] = field(default=())

    @property
    def headline(self) -> Headline | NoHeadline | None:
        """The headline, if it is certain."""
        return self.possible.certain


def compiled(contender: Contender, as_of: PartialDate | None = None) -> Compiled:
    """Return a contender whose compiled designs are kept for as long as the value is."""
    kept: dict[str, CompiledDesign] = {}

    def rule(assessment: Assessment) -> CompiledDesign:
        version = assessment_version(contender.framework, assessment, as_of)
        if version.id not in kept:
            if contender.crosswalk:
                kept[version.id] = compile_design(
                    contender.design, crosswalk=contender.crosswalk, source_version=version
                )
            else:
                kept[version.id] = compile_design(contender.design, version.id)
        return kept[version.id]

    return Compiled(contender, rule)


def result_of(one: Compiled, assessment: Assessment, references: Mapping[str, Compiled]) -> Result:
    """Return what a design says of an assessment; what cannot be told has its reason.

    Args:
        one: the compiled contender.
        assessment: complete or partly known.
        references: the designs that published outcomes follow, by id.
    """
    try:
        rule = one.rule(assessment)
        profile = profile_of_assessment(rule, assessment, allow_unknown=True)
        by = references.get(assessment.published.by)
        reference = by.rule(assessment) if by else None
        possible = possible_outcomes(rule, assessment, reference)
    except AssuranceError as error:
        reason = "; ".join(f"{fault.place}: {fault.found}" for fault in error.faults)
        return Result(None, PossibleOutcomes((), reason=reason))
    read = {
        key
        for judgement in rule.judgements
        for key in [*(s.node for s in judgement.node.sources), judgement.node.judged]
    }
    is_open = any(rule.leaves[place].id in read for place in profile.unknown)
    outcome = None if is_open else rule.rate_profile(profile)
    return Result(outcome, possible, not_in_force(one.contender.design, assessment))


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


def contenders_of(designs: Sequence[RatingDesign | Contender]) -> tuple[Contender, ...]:
    """Return designs as contenders, in the same order."""
    return tuple(one if isinstance(one, Contender) else Contender(one) for one in designs)
