"""Which framework version a design is compiled for. No clock: a date comes from the caller."""

from __future__ import annotations

from assurance_core.model.assessment import Assessment
from assurance_core.model.dates import PartialDate
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.framework import Framework, FrameworkVersion


def choose_version(design: RatingDesign, version: str = "") -> FrameworkVersion:
    """Return the named version, or the newest that the design reads.

    Raises:
        AssuranceError: `unknown-id` or `no-choice`, where the design does not read that version.
    """
    readable = design.readable_versions()
    if not version:
        return readable[-1]
    for one in readable:
        if one.id == version:
            return one
    named_version(design.framework, version, f"{design.id}: version")
    raise AssuranceError(
        Fault(
            "no-choice",
            f"{design.id}: version",
            f"'{version}', which the design does not read",
            f"one of {', '.join(one.id for one in readable)}",
            "choose another design, or another version",
        )
    )


def named_version(framework: Framework, version: str, place: str) -> FrameworkVersion:
    """Return the version with this id; raise `unknown-id` with the nearest one."""
    found = framework.version(version)
    if found is None:
        known = [one.id for one in framework.versions]
        raise AssuranceError(
            Fault(
                "unknown-id",
                place,
                f"'{version}'",
                f"a version of {framework.id}",
                nearest(version, known),
            )
        )
    return found


def assessment_version(
    framework: Framework, assessment: Assessment, as_of: PartialDate | None = None
) -> FrameworkVersion:
    """Return the framework version of an assessment: named, by date, or the newest.

    Raises:
        AssuranceError: `no-choice`, where the date does not decide.
    """
    if assessment.version:
        return named_version(framework, assessment.version, f"{assessment.body.name}: version")
    date = as_of or assessment.date
    if date is None:
        return framework.versions[-1]
    return version_on(framework, date, f"{assessment.body.name}: date")


def version_on(framework: Framework, date: PartialDate, place: str) -> FrameworkVersion:
    """Return the version in force on a date; raise `no-choice` where that cannot be told."""
    found = framework.versions_on(date)
    if found:
        return found[-1]
    listed = "; ".join(f"{one.id} {one.in_force}" for one in framework.versions)
    why = " ".join(one.in_force.why for one in framework.versions if one.in_force.why)
    cannot = "could fall in or out of a version" if found is None else "is in no version"
    raise AssuranceError(
        Fault(
            "no-choice",
            place,
            f"{date}, which {cannot} of {framework.id}",
            f"a date in one of: {listed}",
            f"name the version{f' ({why})' if why else ''}",
        )
    )
