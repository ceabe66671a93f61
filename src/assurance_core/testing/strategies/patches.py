"""Draw edits of a design, and patches made of them."""

from __future__ import annotations

from hypothesis import strategies as st

from assurance_core.model.design import RatingDesign
from assurance_core.model.patch import Edit, Patch


@st.composite
def edits(draw: st.DrawFn, design: RatingDesign) -> Edit:
    """Draw an edit that changes a design's document: a new step at the end of a judgement."""
    name = draw(st.sampled_from(sorted(design.judgements)))
    judgement = design.judgements[name]
    scale = design.framework.scale(judgement.scale)
    assert scale is not None
    when = {"any": "result", "at_least": scale.ids[0]}
    step = {"cap": {"at": draw(st.sampled_from(scale.ids)), "when": when}, "id": "what_if_cap"}
    return Edit("insert", f"{name}.{judgement.steps[-1].id}", step, "after")


def patches(design: RatingDesign) -> st.SearchStrategy[Patch]:
    """Draw a patch that changes a design's document."""
    return edits(design).map(
        lambda one: Patch((one,), id="demo/patch", name="Patch", applies_to=design.id)
    )
