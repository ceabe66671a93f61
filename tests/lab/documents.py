"""Designs built from documents for the laboratory's tests."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from assurance_core.documents.designs import read_design
from assurance_core.documents.frameworks import read_framework
from assurance_core.documents.reader import read_document_text
from assurance_core.model.design import RatingDesign
from assurance_core.model.framework import Framework

Tree = dict[str, Any]
SOURCES = {"rule-book": {"title": "The rule book", "status": "official"}}


def scale(name: str, ids: list[str], good_from: str) -> Tree:
    """Return a scale of a document."""
    levels = [{"id": one, "name": one.replace("_", " ").capitalize()} for one in ids]
    return {"name": name, "source": "rule-book", "good_from": good_from, "levels": levels}


def framework(statements: Mapping[str, str], scales: Tree, themes: Tree | None = None) -> Framework:
    """Return a framework: statements with their scales, in themes where they are named."""
    version: Tree = {"id": "v1", "name": "First", "in_force": {}, "source": "rule-book"}
    if themes:
        version["themes"] = [
            {"id": one, "name": one.replace("_", " ").capitalize(), "statements": members}
            for one, members in themes.items()
        ]
    else:
        version["statements"] = list(statements)
    tree = {
        "format": "assurance/framework/1",
        "id": "demo",
        "name": "Demo",
        "regulator": "Nobody",
        "bodies": "body",
        "sources": SOURCES,
        "scales": scales,
        "statements": {
            one: {"name": one.replace("_", " ").capitalize(), "scale": on}
            for one, on in statements.items()
        },
        "versions": [version],
    }
    return read_framework(read_document_text(json.dumps(tree), "framework.json"))


def design(
    of: Framework, judgements: Tree, publishes: Tree | None = None, **more: Any
) -> RatingDesign:
    """Return a design; every step has the same source."""
    for judgement in judgements.values():
        judgement["steps"] = [{**step, "source": "rule-book"} for step in judgement["steps"]]
    tree = {
        "format": "assurance/design/1",
        "id": "demo/design",
        "name": "Design",
        "summary": "Built for a test.",
        "framework": of.id,
        "status": "what_if",
        "judgements": judgements,
        "publishes": publishes or {"headline": "overall", "areas": "none"},
        **more,
    }
    return read_design(read_document_text(json.dumps(tree), "design.json"), of)


GRADES = ["inadequate", "requires_improvement", "good", "outstanding"]
SIZES = {"safe": 8, "effective": 6, "caring": 5, "responsive": 7, "well_led": 8}


def voting(weights: Sequence[int], quota: int) -> RatingDesign:
    """Return a weighted vote: yes from a quota on."""
    names = [f"voter_{number}" for number in range(len(weights))]
    answer = scale("Answer", ["no", "yes"], "yes")
    for points, level in enumerate(answer["levels"]):
        level["points"] = points
    steps = [
        {"sum": {"weights": dict(zip(names, weights, strict=True))}},
        {"band": {"no": 0, "yes": quota}},
    ]
    overall: Tree = {"scale": "demo/answer", "inputs": "all", "steps": steps}
    of = framework(dict.fromkeys(names, "answer"), {"answer": answer})
    return design(of, {"overall": overall})


def provider(upside_down: bool = False) -> RatingDesign:
    """Return a design of 34 statements in five key questions, with limiters and a table.

    The rules are those that are reported for providers of care: a percentage with two limiters for
    each key question, and principles for the overall rating.

    Args:
        upside_down: a good overall becomes outstanding where one key question is inadequate.
    """
    themes = {kq: [f"{kq}_{n}" for n in range(1, size + 1)] for kq, size in SIZES.items()}
    statements = {one: "score" for members in themes.values() for one in members}
    scales = {
        "score": scale("Score", ["1", "2", "3", "4"], "3"),
        "rating": scale("Rating", GRADES, "good"),
    }
    low, middle, good, top = GRADES
    key_question: Tree = {
        "scale": "demo/rating",
        "for_each": "themes",
        "inputs": "each",
        "steps": [
            {"percent_of_maximum": {}},
            {"round": {"to": 1, "toward": "up"}},
            {"band": {low: 25, middle: 39, good: 63, top: 88}},
            {
                "cap": {
                    "at": good,
                    "when": {"and": [{"any": "result", "is": top}, {"any": "all", "at_most": "2"}]},
                },
                "id": "outstanding_limiter",
            },
            {
                "cap": {
                    "at": middle,
                    "when": {
                        "and": [{"any": "result", "is": good}, {"any": "all", "at_most": "1"}]
                    },
                },
                "id": "good_limiter",
            },
        ],
    }
    rows: list[Tree] = [
        {"when": {"count": "all", "is": low, "no_fewer_than": 2}, "then": low},
        {"when": {"any": "all", "is": low}, "then": middle},
        {"when": {"count": "all", "is": middle, "no_fewer_than": 2}, "then": middle},
        {
            "when": {
                "and": [
                    {"count": "all", "is": top, "no_fewer_than": 2},
                    {"none": "all", "at_most": middle},
                ]
            },
            "then": top,
        },
    ]
    if upside_down:
        rows[1]["then"] = top
    overall: Tree = {
        "scale": "demo/rating",
        "inputs": ["key_question"],
        "steps": [{"table": {"rows": rows, "otherwise": good}}],
    }
    return design(
        framework(statements, scales, themes), {"key_question": key_question, "overall": overall}
    )


def small_tree() -> RatingDesign:
    """Return two statements that make a part, and the part and a third that make the outcome."""
    scales = {"score": scale("Score", ["1", "2", "3"], "2")}
    part: Tree = {"scale": "demo/score", "inputs": ["a", "b"], "steps": [{"minimum": {}}]}
    steps = [{"maximum": {}}, {"cap": {"at": "2", "when": {"any": "c", "is": "1"}}}]
    overall: Tree = {"scale": "demo/score", "inputs": ["part", "c"], "steps": steps}
    of = framework(dict.fromkeys(("a", "b", "c"), "score"), scales)
    return design(of, {"part": part, "overall": overall})
