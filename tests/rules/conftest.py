"""A small framework for examples: three statements on four scores, one on words, two themes."""

from collections.abc import Callable
from typing import Any

import pytest

from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.model.framework import Framework
from assurance_core.testing import strategies

Make = Callable[..., CompiledDesign]

FRAMEWORK = {
    "format": "assurance/framework/1",
    "id": "demo",
    "name": "Demo",
    "regulator": "Nobody",
    "bodies": "body",
    "sources": strategies.SOURCES,
    "scales": {
        "score": {
            "name": "Score",
            "source": "rule-book",
            "levels": [{"id": str(one), "name": str(one)} for one in (1, 2, 3, 4)],
        },
        "grade": {
            "name": "Grade",
            "source": "rule-book",
            "levels": [{"id": one, "name": one.capitalize()} for one in ("poor", "fair", "good")],
        },
    },
    "statements": {
        "access": {"name": "Access", "scale": "score"},
        "care": {"name": "Care", "scale": "score"},
        "safety": {"name": "Safety", "scale": "score"},
        "leadership": {"name": "Leadership", "scale": "grade"},
    },
    "versions": [
        {
            "id": "v1",
            "name": "First",
            "in_force": {},
            "source": "rule-book",
            "themes": [
                {"id": "people", "name": "People", "statements": ["access", "care"]},
                {"id": "place", "name": "Place", "statements": ["safety", "leadership"]},
            ],
        }
    ],
}


@pytest.fixture(scope="session")
def framework() -> Framework:
    """The small framework."""
    return strategies.framework_of(FRAMEWORK)


@pytest.fixture(scope="session")
def make(framework: Framework) -> Make:
    """Compile a design of one judgement, `overall`, from its steps."""

    def made(*steps: dict[str, Any], scale: str = "grade", **keys: Any) -> CompiledDesign:
        inputs = keys.pop("inputs", ["access", "care", "safety"])
        others = keys.pop("others", {})
        judgement = {
            "scale": f"demo/{scale}",
            "inputs": inputs,
            "steps": [{**one, "source": "rule-book"} for one in steps],
            **keys,
        }
        tree = design_tree({**others, "overall": judgement})
        return compile_design(strategies.design_of(tree, framework))

    return made


@pytest.fixture(scope="session")
def refused(make: Make) -> Callable[..., str]:
    """Return the full text of the error with which a design does not compile."""

    def text(*steps: dict[str, Any], **keys: Any) -> str:
        with pytest.raises(AssuranceError) as caught:
            make(*steps, **keys)
        return str(caught.value)

    return text


def refusal(code: str, place: str, found: str, expected: str, remedy: str) -> str:
    """Return the whole text of the error with which a step does not compile."""
    return (
        f"error[{code}]: demo/design: {place}\n"
        f"  found:    {found}\n"
        f"  expected: {expected}\n"
        f"  do:       {remedy}"
    )


def design_tree(judgements: dict[str, Any]) -> dict[str, Any]:
    """Return the document of a design of the small framework, with `overall` as its headline."""
    return {
        "format": "assurance/design/1",
        "id": "demo/design",
        "name": "Design",
        "summary": "For a test.",
        "framework": "demo",
        "status": "what_if",
        "judgements": judgements,
        "publishes": {"headline": "overall", "areas": "none"},
    }
