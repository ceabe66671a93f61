"""Designs whose judgements share no input, and spaces of small designs in both forms."""

from unittest.mock import patch

from hypothesis import strategies as st

from assurance_core.lab import space
from assurance_core.lab.space import Space, space_of
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.testing import strategies
from tests.lab.enumerated import Enumerated
from tests.support import codes, compiled


@st.composite
def tree_designs(draw: st.DrawFn) -> RatingDesign:
    """Draw a design in which `overall` reads `part` and none of what `part` reads."""
    framework = draw(strategies.frameworks(4))
    statements = {one.id: one.scale for one in framework.versions[-1].statements}
    cut = draw(st.integers(1, len(statements)))
    below = dict(list(statements.items())[:cut])
    grades = [framework.scales["grade"], framework.scales["score"]]
    scale = draw(st.sampled_from(grades))
    above = {"part": scale, **dict(list(statements.items())[cut:])}
    overall = draw(strategies.judgement_trees(above, draw(st.sampled_from(grades))))
    tree = {
        "format": "assurance/design/1",
        "id": "demo/tree",
        "name": "Tree",
        "summary": "Drawn for a test.",
        "framework": framework.id,
        "status": "what_if",
        "judgements": {
            "part": draw(strategies.judgement_trees(below, scale)),
            "overall": overall,
        },
        "publishes": {"headline": "overall", "areas": "none"},
    }
    return strategies.design_of(tree, framework)


def forms(design: RatingDesign) -> list[Space]:
    """Return the space of a design in each form it has: one tensor, and a tree of tensors."""
    rule = compiled(design)
    found = [space_of(rule, "overall")]
    with patch.object(space, "MOST_PROFILES", 0):
        try:
            found.append(space_of(rule, "overall"))
        except AssuranceError as error:
            if codes(error) != {"too-large"}:
                raise
    return found


anything = st.one_of(strategies.designs(), tree_designs())


def enumerated(found: Space, judgement: str = "overall") -> Enumerated:
    """Return the second laboratory's view of a space."""
    needed = {found.target}
    for one in reversed(found.rule.judgements):
        if one.node.key in needed:
            needed |= set(one.keys)
    parts = {one.node.judgement.id for one in found.rule.judgements if one.node.key in needed}
    return Enumerated(found.rule, judgement, found.leaves, found.root.reasons, parts)
