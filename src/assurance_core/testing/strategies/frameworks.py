"""Draw scales and frameworks: a few statements on a scale of numbers and one of words."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from assurance_core.documents.frameworks import read_framework
from assurance_core.documents.reader import read_document_text
from assurance_core.model.framework import Framework
from assurance_core.model.scale import Scale

Tree = dict[str, Any]
"""A document as plain values."""

SOURCES = {"rule-book": {"title": "The rule book", "status": "official"}}
WORDS = ("poor", "weak", "fair", "good", "fine")
STATEMENTS = ("access", "care", "safety", "leadership")


@st.composite
def scale_trees(draw: st.DrawFn, numbered: bool | None = None, most: int = 4) -> Tree:
    """Draw a scale of a document: numbers or words, with points of their own or without."""
    size = draw(st.integers(2, most))
    if draw(st.booleans()) if numbered is None else numbered:
        ids = [str(number) for number in range(1, size + 1)]
    else:
        ids = list(WORDS[:size])
    levels: list[Tree] = [{"id": one, "name": one.capitalize()} for one in ids]
    if draw(st.booleans()):
        points = draw(st.lists(st.integers(-2, 12), min_size=size, max_size=size, unique=True))
        points = sorted(points) if max(points) > 0 else [*sorted(points)[:-1], 3]
        for level, one in zip(levels, points, strict=True):
            level["points"] = one
    return {"name": "Scale", "source": "rule-book", "levels": levels}


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    """Draw a scale."""
    return draw(frameworks()).scales["grade"]


@st.composite
def framework_trees(draw: st.DrawFn, most_statements: int = 4) -> Tree:
    """Draw a framework of a document: a few statements on two scales, themes or groups."""
    names = STATEMENTS[: draw(st.integers(1, most_statements))]
    on = {name: draw(st.sampled_from(("score", "score", "grade"))) for name in names}
    version: Tree = {"id": "v1", "name": "First", "in_force": {}, "source": "rule-book"}
    if draw(st.booleans()):
        cut = draw(st.integers(1, len(names)))
        parts = [part for part in (names[:cut], names[cut:]) if part]
        version["themes"] = [
            {"id": f"theme_{number}", "name": f"Theme {number}", "statements": list(part)}
            for number, part in enumerate(parts)
        ]
    else:
        version["statements"] = list(names)
        version["groups"] = {"chosen": list(names[: draw(st.integers(1, len(names)))])}
    return {
        "format": "assurance/framework/1",
        "id": "demo",
        "name": "Demo",
        "regulator": "Nobody",
        "bodies": "body",
        "sources": SOURCES,
        "scales": {
            "score": draw(scale_trees(numbered=True)),
            "grade": draw(scale_trees(numbered=False)),
        },
        "statements": {
            name: {"name": f"{name.capitalize()} of people", "scale": on[name]} for name in names
        },
        "versions": [version],
    }


def framework_of(tree: Tree) -> Framework:
    """Read a framework's document."""
    return read_framework(read_document_text(json.dumps(tree), "framework.json"))


def frameworks(most_statements: int = 4) -> st.SearchStrategy[Framework]:
    """Draw a framework."""
    return framework_trees(most_statements).map(framework_of)
