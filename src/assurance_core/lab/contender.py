"""A design that takes part in a comparison, compiled for each framework version it meets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from attrs import evolve, field, frozen

from assurance_core.engine.choose import assessment_version
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.diagram import Folds
from assurance_core.model.assessment import Assessment, Body
from assurance_core.model.crosswalk import Crosswalk
from assurance_core.model.dates import PartialDate
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.model.framework import Framework, FrameworkVersion
from assurance_core.model.scale import Scale


@frozen(eq=False)
class Contender:
    """A design, and how it reads assessments of another framework.

    Attributes:
        design: the design.
        crosswalk: from the assessments' framework, where that is another one.
        source: that other framework.
        label: what reports call it; the design's name unless given.
    """

    design: RatingDesign
    crosswalk: Crosswalk | None = None
    source: Framework | None = None
    label: str = ""

    @property
    def name(self) -> str:
        """What reports call it."""
        return self.label or self.design.name

    @property
    def framework(self) -> Framework:
        """The framework whose assessments it reads."""
        return self.source or self.design.framework

    @property
    def headline_scale(self) -> Scale | None:
        """The scale of its headline, or None where it has none."""
        headline = self.design.publishes.headline
        if headline is None:
            return None
        return self.design.framework.scale(self.design.judgements[headline].scale)


@frozen(eq=False)
class Compiled:
    """Compiles a contender once for each framework version; a look-up afterwards.

    Attributes:
        contender: the contender.
        rule: the compiled design for an assessment.
        folds: their spaces, as far as something was asked of them.
    """

    contender: Contender
    rule: Callable[[Assessment], CompiledDesign]
    folds: Folds = field(factory=Folds, init=False)

    def every_rule(self) -> tuple[CompiledDesign, ...]:
        """Return the compiled design for each framework version for which it compiles."""
        rules = []
        for version in self.contender.framework.versions:
            with suppress(AssuranceError):
                rules.append(
                    self.rule(Assessment(self.contender.framework.id, Body(""), version=version.id))
                )
        return tuple(rules)

    @property
    def crosses(self) -> bool:
        """It reads assessments of another framework, by a crosswalk."""
        return self.contender.crosswalk is not None


PublishedRule = Callable[[Assessment], CompiledDesign | None]


def compiled(
    contender: Contender, as_of: PartialDate | None = None, check: bool = False
) -> Compiled:
    """Return a contender whose compiled designs are kept for as long as the value is.

    Args:
        contender: the contender.
        as_of: chooses the framework version instead of each assessment's date.
        check: compile for the newest version at once, so that a design that does not compile is an
            error of its own, and not a reason why one assessment after the other cannot be rated.

    Raises:
        AssuranceError: with `check`, where the design does not compile.
    """
    kept: dict[str, CompiledDesign] = {}

    def of_version(version: FrameworkVersion) -> CompiledDesign:
        if version.id not in kept:
            if contender.crosswalk:
                kept[version.id] = compile_design(
                    contender.design, crosswalk=contender.crosswalk, source_version=version
                )
            else:
                kept[version.id] = compile_design(contender.design, version.id)
        return kept[version.id]

    def rule(assessment: Assessment) -> CompiledDesign:
        return of_version(assessment_version(contender.framework, assessment, as_of))

    if check and contender.crosswalk:
        of_version(contender.framework.versions[-1])
    elif check:
        of_version(contender.design.readable_versions()[-1])
    return Compiled(contender, rule)


def published_rule(designs: Iterable[RatingDesign | Compiled]) -> PublishedRule:
    """Return a look-up of the rule under which an assessment's outcome was published.

    An assessment names a design, or a series in which its date chooses. The look-up gives None
    where that design is not among these, or the date does not decide.

    Args:
        designs: compiled when they are first needed.
    """
    known = [one if isinstance(one, Compiled) else compiled(Contender(one)) for one in designs]

    def look_up(assessment: Assessment) -> CompiledDesign | None:
        if not assessment.published.by:
            return None
        found = [one for one in known if _published_under(one.contender.design, assessment)]
        if len(found) != 1:
            return None
        try:
            return found[0].rule(assessment)
        except AssuranceError:
            return None

    return look_up


def _published_under(design: RatingDesign, assessment: Assessment) -> bool:
    by = assessment.published.by
    return design.id == by or dated_in(design, by, assessment)


def dated_in(design: RatingDesign, series: str, assessment: Assessment) -> bool:
    """Say whether a design is the one of a series that was in force on an assessment's date."""
    return (
        design.series == series
        and design.status in ("in_force", "superseded")
        and assessment.date is not None
        and design.in_force is not None
        and design.in_force.covers(assessment.date) is True
    )


def as_compiled(
    design: RatingDesign | Contender | Compiled, as_of: PartialDate | None = None
) -> Compiled:
    """Return a design compiled, if it is not yet; raise where it does not compile."""
    if isinstance(design, Compiled):
        return design
    contender = design if isinstance(design, Contender) else Contender(design)
    return compiled(contender, as_of, check=True)


def contender_of(design: Contender | Compiled) -> Contender:
    """Return the contender itself."""
    return design.contender if isinstance(design, Compiled) else design


def design_of(design: RatingDesign | Compiled) -> RatingDesign:
    """Return the design itself."""
    return design.contender.design if isinstance(design, Compiled) else design


def contenders_of(designs: Sequence[RatingDesign | Contender]) -> tuple[Contender, ...]:
    """Return designs as contenders, in the same order; see `labelled`."""
    return labelled([one if isinstance(one, Contender) else Contender(one) for one in designs])


def labelled(made: Sequence[Contender]) -> tuple[Contender, ...]:
    """Return contenders whose labels say by which crosswalk, where there is more than one."""
    if len({one.crosswalk.id for one in made if one.crosswalk}) < 2:
        return tuple(made)
    return tuple(
        evolve(one, label=f"{one.design.name}, by {one.crosswalk.id}")
        if one.crosswalk and not one.label
        else one
        for one in made
    )
