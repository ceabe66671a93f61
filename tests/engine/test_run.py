"""Steps are handed what they say they read, and nothing else."""

from collections.abc import Mapping
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from attrs import evolve

from assurance_core.engine import table
from assurance_core.engine.compile import compile_design
from assurance_core.model.assessment import Absence, Assessment, Body, NotKnown, Score
from assurance_core.model.design import RatingDesign, Step
from assurance_core.model.errors import AssuranceError
from assurance_core.model.outcome import NoHeadline
from assurance_core.rules.kind import BoundStep, StepKind
from assurance_core.rules.scope import Scope
from assurance_core.rules.values import Columns, Levels, LevelType, Running, ValueType
from tests.lab.documents import Tree, design, framework, scale


def _of_three_statements() -> RatingDesign:
    of = framework(dict.fromkeys("abc", "score"), {"score": scale("Score", ["1", "2", "3"], "2")})
    steps: list[Tree] = [{"minimum": {}}]
    return design(of, {"overall": {"scale": "demo/score", "inputs": "all", "steps": steps}})


def _reading(names: tuple[str, ...], seen: list[Mapping[str, Any]]) -> RatingDesign:
    """Return a design with a step of a plugin that notes what it is handed."""

    def apply(_running: Running, columns: Columns) -> Levels:
        seen.append(dict(columns))
        return Levels(sum(columns.values(), np.zeros((), dtype=np.int64)) * 0 + 2)

    def bind(_settings: Any, scope: Scope, _before: ValueType) -> BoundStep:
        return BoundStep(LevelType(scope.scale), names, "Take a note", apply)

    made = _of_three_statements()
    step = Step("note", {}, "rule-book", "note")
    judgement = evolve(made.judgements["overall"], steps=(step,))
    return evolve(
        made, judgements={"overall": judgement}, step_kinds={"note": StepKind("note", bind)}
    )


@pytest.mark.parametrize("names", [(), ("b",), ("c", "a"), ("a", "b", "c")])
def test_a_step_is_handed_the_inputs_that_it_declares(names: tuple[str, ...]) -> None:
    """On a space, on columns with an absence, on one profile, and in a trace."""
    seen: list[Mapping[str, Any]] = []
    rule = compile_design(_reading(names, seen))
    rule.rate((1, 2, 3))
    rule.rate_columns({"a": [1, 2], "b": [2, 2], "c": [3, 1]})
    rule.explain((3, 2, 1))
    assert {frozenset(names)} == {frozenset(one) for one in seen}
    expected = {key: {"a": 3, "b": 2, "c": 1}[key] for key in names}
    assert expected == {key: int(value) for key, value in seen[-1].items()}


def test_what_falls_through_under_a_reason_is_no_fault() -> None:
    """In a space too large for a table: the steps run on stand-ins, and what they say is left."""
    of = framework(dict.fromkeys("ab", "score"), {"score": scale("Score", ["1", "2", "3"], "2")})
    rows = [
        {"when": {"input": "a", "same_as": "b"}, "then": "1"},
        {"when": {"any": "a", "at_least": "2"}, "then": "2"},
    ]
    steps: list[Tree] = [{"table": {"rows": rows}}]
    overall: Tree = {"scale": "demo/score", "inputs": "all", "steps": steps}
    made = design(of, {"overall": {**overall, "missing": "no_outcome"}})
    with patch.object(table, "MOST_PROFILES", 0):
        rule = compile_design(made)
    absent: dict[str, Score | Absence | NotKnown] = {
        "a": Absence("withheld", "under review"),
        "b": Score("2"),
    }
    outcome = rule.rate_assessment(Assessment("demo", Body("Somewhere"), absent))
    assert NoHeadline("Overall: not every input was assessed") == outcome.headline
    with pytest.raises(AssuranceError) as caught:
        rule.rate((1, 2))
    assert (
        "error[gap]: overall.table\n"
        "  found:    a profile that falls through: 1, 2\n"
        "  expected: an outcome for every combination of its inputs' levels\n"
        "  do:       add a row for it, or otherwise:"
    ) == str(caught.value)


def test_the_table_of_a_judgement_is_as_narrow_as_its_classes_allow() -> None:
    """A byte for up to 256 outcomes, two for more."""

    def classes(*weights: int) -> tuple[int, Any]:
        names = [f"s{number}" for number in range(len(weights))]
        scores = scale("Score", ["1", "2", "3", "4"], "2")
        steps: list[Tree] = [
            {"sum": {"weights": dict(zip(names, weights, strict=True))}},
            {"band": {"1": 0, "2": sum(weights) + 1}},
        ]
        made = design(
            framework(dict.fromkeys(names, "score"), {"score": scores}),
            {"overall": {"scale": "demo/score", "inputs": "all", "steps": steps}},
        )
        made_table = compile_design(made).space["overall"]
        assert made_table is not None
        return len(made_table.columns), made_table.classes.dtype

    assert (13, np.uint8) == classes(1, 1, 1, 1)
    assert (256, np.uint8) == classes(1, 4, 16, 64)
    assert (259, np.uint16) == classes(1, 4, 16, 64, 1)


def test_an_area_without_a_level_says_why() -> None:
    """Each reason its own, the first among them."""
    of = framework(dict.fromkeys("ab", "score"), {"score": scale("Score", ["1", "2", "3"], "2")})
    rows = [
        {"when": {"any": "a", "is": "1"}, "unknown": "not published"},
        {"when": {"any": "a", "is": "2"}, "unknown": "not decided"},
    ]
    steps: list[Tree] = [{"table": {"rows": rows, "otherwise": "3"}}]
    part: Tree = {"scale": "demo/score", "inputs": ["a"], "steps": steps}
    overall: Tree = {"scale": "demo/score", "inputs": ["b"], "steps": [{"start": "b"}]}
    publishes = {"headline": "overall", "areas": ["part", "b"]}
    rule = compile_design(design(of, {"part": part, "overall": overall}, publishes))
    for score, level, absent in ((1, "", "not published"), (2, "", "not decided"), (3, "3", "")):
        for outcome in (rule.rate((score, 2)), rule.explain((score, 2))):
            shown, other = outcome.areas
            assert (level, absent) == (shown.level.id if shown.level else "", shown.absent)
            assert other.level is not None


def test_numbers_between_levels_are_none() -> None:
    """A scale of 1, 3 and 5: an even number is no level, wherever it stands."""
    of = framework({"a": "score"}, {"score": scale("Score", ["1", "3", "5"], "3")})
    overall: Tree = {"scale": "demo/score", "inputs": "all", "steps": [{"start": "a"}]}
    rule = compile_design(design(of, {"overall": overall}))
    found = rule.rate_columns({"a": [5, 1, 3]}).headline
    assert found is not None
    assert [3, 1, 2] == found.tolist()
    with pytest.raises(AssuranceError) as caught:
        rule.rate_columns({"a": [5, 1, 4, 2]})
    assert (
        "error[bad-score]: columns.a, row 2\n"
        "  found:    4\n"
        "  expected: from 1 to 5\n"
        "  do:       mend the row; rows are counted from 0"
    ) == str(caught.value)
