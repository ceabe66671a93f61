"""Draw profiles of a design, and assessments with scores that are absent or not known."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from assurance_core.model.assessment import NOT_KNOWN, Absence, Assessment, Body, Cell, Score
from assurance_core.model.design import RatingDesign
from assurance_core.model.scale import Scale


def leaves_of(design: RatingDesign) -> dict[str, Scale]:
    """Return what a design's profile is made of: statements, then judged levels."""
    leaves = {one.id: one.scale for one in design.framework.versions[-1].statements}
    for one in design.judgements.values():
        if any((step.kind, step.settings) == ("start", "judged") for step in one.steps):
            scale = design.framework.scale(one.scale)
            assert scale is not None
            leaves[f"judged.{one.id}"] = scale
    return leaves


@st.composite
def profiles(draw: st.DrawFn, design: RatingDesign) -> dict[str, str]:
    """Draw a complete profile: a level id for each leaf."""
    return {leaf: draw(st.sampled_from(scale.ids)) for leaf, scale in leaves_of(design).items()}


def assessment_of(design: RatingDesign, profile: Mapping[str, str | None]) -> Assessment:
    """Return a profile as an assessment; None is absent for a stated reason."""
    cells: dict[str, Cell] = {
        leaf: Score(level) if level else Absence("not_assessed", "no visit")
        for leaf, level in profile.items()
        if "." not in leaf
    }
    judged = {
        leaf.partition(".")[2]: level
        for leaf, level in profile.items()
        if leaf.startswith("judged.") and level
    }
    return Assessment(design.framework.id, Body("Somewhere"), cells, judged=judged)


ABSENCES = st.builds(
    Absence,
    st.sampled_from(("not_assessed", "not_applicable", "withheld")),
    st.sampled_from(("no visit", "does not apply", "under review")),
)


@st.composite
def assessments(
    draw: st.DrawFn, design: RatingDesign, absent: bool = False, unknown: bool = False
) -> Assessment:
    """Draw an assessment that a design can be given.

    Args:
        draw: Hypothesis's.
        design: what its statements and judged levels are taken from.
        absent: some scores are absent for a stated reason.
        unknown: some scores are not known to us.
    """
    profile = draw(profiles(design))
    kinds = ["score", "score", *(["absent"] * absent), *(["unknown"] * unknown)]
    cells: dict[str, Cell] = {}
    judged = {}
    for leaf, level in profile.items():
        kind = draw(st.sampled_from(kinds))
        if leaf.startswith("judged."):
            if kind != "unknown":
                judged[leaf.partition(".")[2]] = level
        elif kind == "absent":
            cells[leaf] = draw(ABSENCES)
        else:
            cells[leaf] = Score(level) if kind == "score" else NOT_KNOWN
    return Assessment(design.framework.id, Body("Somewhere"), cells, judged=judged)
