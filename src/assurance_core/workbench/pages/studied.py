"""What pages about one design or one body share."""

from __future__ import annotations

from collections.abc import Callable

from assurance_core.model.assessment import Assessment
from assurance_core.model.dates import PartialDate
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.scale import fold
from assurance_core.workbench.asked import Asked
from assurance_core.workbench.site import Data, Site, Variant


def variant_asked(asked: Asked, design_id: str) -> Variant:
    """Return a design with the edits of an address; raise `missing` where none is named."""
    if not design_id:
        raise AssuranceError(
            Fault(
                "missing", "design", "no design", "the id of a design", "choose one under Designs"
            )
        )
    return Variant(design_id, asked.all("set"), asked.all("remove"), asked.all("cap"))


def framework_data(site: Site, framework_id: str) -> str:
    """Return the id of the first installed data of a framework; empty where there are none."""
    installed = sorted(site.registry.datasets.items())
    return next((key for key, one in installed if one.framework == framework_id), "")


def usual_data(site: Site) -> str:
    """Return the id of the installed data that most designs read: there is most to compare.

    Of several with as many, the first by id; empty where there are no data.
    """
    ids = sorted(site.registry.datasets)
    return max(ids, key=lambda one: len(site.readable(site.data(one))), default="")


def reads(site: Site, design_id: str, data: Data) -> bool:
    """Say whether a design, or the design of a patch, can read some data."""
    patch = site.registry.patches.get(design_id)
    return (patch.applies_to if patch else design_id) in {one.id for one in site.readable(data)}


UNDATED = "undated"


def date_values(data: Data) -> Callable[[Assessment], str]:
    """Return what addresses say of dates: that there is none only where the body has others."""
    dated = {one.body.name for one in data.assessments if one.date}

    def value(assessment: Assessment) -> str:
        if assessment.date:
            return assessment.date.text
        return UNDATED if assessment.body.name in dated else ""

    return value


def find_body(data: Data, body: str, date: str) -> Assessment:
    """Return one body's assessment: of a date, else its newest formal one.

    Raises:
        AssuranceError: `missing` where none is named, `unknown-id` where none fits.
    """
    names = sorted({one.body.name for one in data.assessments})
    if not body:
        raise AssuranceError(
            Fault("missing", "body", "no name", f"a body in {data.name}", nearest("", names))
        )
    wanted = fold(body)
    found = [
        one for one in data.assessments if wanted in (fold(one.body.name), fold(one.body.code))
    ]
    if not found:
        raise AssuranceError(
            Fault("unknown-id", "body", f"'{body}'", f"a body in {data.name}", nearest(body, names))
        )
    if date:
        day = None if date == UNDATED else PartialDate.parse(date, "date")
        dates = [str(one.date or UNDATED) for one in found]
        found = [one for one in found if one.date == day]
        if not found:
            remedy = f"use one of: {', '.join(dates)}"
            raise AssuranceError(
                Fault("unknown-id", "date", f"'{date}'", f"a date of {body}", remedy)
            )
    formal = [one for one in found if one.status == "formal"] or found
    return max(formal, key=lambda one: one.date.first.isoformat() if one.date else "")


def usual_design(readable: tuple[RatingDesign, ...], data: Data) -> str:
    """Return the design in force, else the newest that was, else any.

    Raises:
        AssuranceError: `no-choice`, where no design reads the data.
    """
    if not readable:
        raise AssuranceError(
            Fault(
                "no-choice",
                "designs",
                f"no design for {data.framework.name}",
                "a design that reads these data",
                "install a plugin that brings one",
            )
        )
    own = [one for one in readable if one.framework.id == data.framework.id] or list(readable)
    for status in ("in_force", "superseded"):
        dated = [one for one in own if one.status == status and one.publishes.headline]
        if dated:
            return dated[-1].id
    return own[0].id
