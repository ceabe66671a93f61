"""Draw designs over a framework: as documents, and as read."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from assurance_core.documents.designs import read_design
from assurance_core.documents.reader import read_document_text
from assurance_core.model.design import RatingDesign
from assurance_core.model.framework import Framework
from assurance_core.model.scale import Scale
from assurance_core.testing.strategies.frameworks import Tree, frameworks
from assurance_core.testing.strategies.steps import Inputs, conditions, steps


@st.composite
def judgement_trees(draw: st.DrawFn, inputs: Inputs, scale: Scale) -> Tree:
    """Draw a judgement of a document over some of these inputs."""
    names = draw(st.lists(st.sampled_from(sorted(inputs)), min_size=1, unique=True))
    if draw(st.booleans()):
        names = [name for name in names if inputs[name].id == inputs[names[0]].id]
    tree: Tree = {"scale": scale.id, "inputs": names}
    missing = draw(st.sampled_from(("error", "no_outcome", "omit")))
    if missing != "error":
        tree["missing"] = missing
    if missing == "omit":
        tree["omit_down_to"] = draw(st.integers(1, len(names)))
    chosen = {name: inputs[name] for name in names}
    tree["steps"] = draw(steps(chosen, scale, missing == "omit"))
    return tree


@st.composite
def design_trees(draw: st.DrawFn, framework: Framework) -> Tree:
    """Draw a design of a document: one or two judgements, with or without a headline."""
    inputs = {one.id: one.scale for one in framework.versions[-1].statements}
    grades = [framework.scales["grade"], framework.scales["score"]]
    judgements: dict[str, Tree] = {}
    for name in ("part", "overall")[draw(st.integers(0, 1)) :]:
        scale = draw(st.sampled_from(grades))
        judgements[name] = draw(judgement_trees(inputs, scale))
        inputs = {**inputs, name: scale}
    tree: Tree = {
        "format": "assurance/design/1",
        "id": "demo/design",
        "name": "Design",
        "summary": "Drawn for a test.",
        "framework": framework.id,
        "status": "what_if",
        "judgements": judgements,
        "publishes": {"headline": "overall", "areas": draw(st.sampled_from(("all", "none")))},
    }
    if draw(st.integers(0, 3)) == 0:
        tree["publishes"] = {"no_headline": "only a card", "score": "overall", "areas": "all"}
    if draw(st.booleans()):
        when = draw(conditions(inputs))
        follows = {"id": "letter", "when": when, "then": "gets a letter", "source": "rule-book"}
        tree["consequences"] = [follows]
    return tree


def design_of(tree: Tree, framework: Framework) -> RatingDesign:
    """Read a design's document."""
    return read_design(
        read_document_text(json.dumps(tree, default=float), "design.json"), framework
    )


@st.composite
def designs(draw: st.DrawFn, most_statements: int = 3) -> RatingDesign:
    """Draw a design over a framework of its own. Most compile; `gap` is possible."""
    framework = draw(frameworks(most_statements))
    return design_of(draw(design_trees(framework)), framework)
