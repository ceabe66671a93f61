"""Four council rules that rate the 41 complete councils alike, and a space like a provider's."""

from typing import Any
from unittest.mock import patch

import pytest

from assurance_core.documents.patches import what_if
from assurance_core.engine.compile import compile_design
from assurance_core.lab.coverage import choose_assessments
from assurance_core.lab.space import Space, space_of
from assurance_core.model.assessment import Assessment
from assurance_core.model.design import RatingDesign
from assurance_core.model.patch import Edit
from assurance_core.plugins import Registry
from assurance_core.tables.datasets import read_dataset_table
from assurance_core.testing.strategies import design_of
from tests.lab.documents import Tree, design, framework, provider, scale

RULES = ("plain word", "any 1 caps", "provider limiters", "lower median")
CAP = {"cap": {"at": "requires_improvement", "when": {"any": "all", "at_most": "1"}}}
SCORES = {"1": "inadequate", "2": "requires_improvement", "3": "good", "4": "outstanding"}


@pytest.fixture(scope="session")
def four_rules(registry: Registry) -> dict[str, RatingDesign]:
    """The rules of the debate notes, by name."""
    word = registry.design("cqc-la/single-word")
    tree: dict[str, Any] = {
        "format": "assurance/design/1",
        "id": "test/lower-median",
        "name": "Lower median",
        "summary": "The fifth lowest of the nine scores.",
        "framework": "cqc-la",
        "status": "what_if",
        "sources": {"test": {"title": "A test", "status": "assumed"}},
        "judgements": {
            "overall": {
                "scale": "cqc-la/rating",
                "inputs": "all",
                "steps": [
                    {"lower_median": {}, "source": "test"},
                    {"map": SCORES, "source": "test"},
                ],
            }
        },
        "publishes": {"headline": "overall", "areas": "none"},
    }
    return {
        "plain word": word,
        "any 1 caps": what_if(word, [Edit("insert", "overall.band", CAP, "after")]),
        "provider limiters": registry.design("cqc-la/with-limiters"),
        "lower median": design_of(tree, word.framework),
    }


@pytest.fixture(scope="session")
def councils(registry: Registry) -> tuple[Assessment, ...]:
    """The formal assessments of councils, complete or not."""
    framework = registry.framework("cqc-la")
    table = read_dataset_table(registry.dataset("cqc-la"), framework)
    return choose_assessments(table.assessments)


def provider_like(themes: int, each: int) -> tuple[Space, Space]:
    """Return a small space of themes with statements as a tree, and the same as one tensor."""
    names = [[f"s{theme}_{n}" for n in range(each)] for theme in range(themes)]
    of = framework(
        {one: "score" for theme in names for one in theme},
        {"score": scale("Score", ["1", "2", "3", "4"], "3")},
        {f"theme_{n}": theme for n, theme in enumerate(names)},
    )
    cap = {"cap": {"at": "2", "when": {"any": "all", "at_most": "1"}}}
    steps: list[Tree] = [
        {"percent_of_maximum": {}},
        {"round": {"to": 1, "toward": "up"}},
        {"band": {"1": 25, "2": 39, "3": 63, "4": 88}},
        cap,
    ]
    judgements: Tree = {
        f"question_{n}": {"scale": "demo/score", "inputs": [f"theme_{n}"], "steps": steps}
        for n in range(themes)
    }
    judgements["overall"] = {
        "scale": "demo/score",
        "inputs": list(judgements),
        "steps": [{"lower_median": {}}, cap],
    }
    rule = compile_design(design(of, judgements))
    # As if it were too large for one tensor.
    with patch("assurance_core.lab.space.MOST_PROFILES", 1):
        tree = space_of(rule)
    return tree, space_of(rule)


def provider_space() -> Space:
    """Return the space of 34 statements in five key questions."""
    return space_of(compile_design(provider()))
