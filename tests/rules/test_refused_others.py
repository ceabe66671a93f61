"""What no document of the small framework can say: other scales, no inputs, steps of plugins."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from assurance_core.engine.compile import compile_design
from assurance_core.model.design import Step
from assurance_core.model.errors import AssuranceError
from assurance_core.model.scale import Level, Scale
from assurance_core.rules import rounding
from assurance_core.rules.kind import BoundStep, StepKind
from assurance_core.rules.python_step import python_step
from assurance_core.rules.scope import Scope
from assurance_core.rules.values import LevelType, NumberType, ValueType
from assurance_core.testing import strategies
from tests.rules.conftest import FRAMEWORK, Make, design_tree, refusal


def _text(place: str, found: str, expected: str, remedy: str, code: str = "bad-step") -> str:
    return refusal(code, place, found, expected, remedy)


def test_a_percentage_needs_points_above_0() -> None:
    """The most points possible would be none, or a debt."""
    debts = [{"id": str(n), "name": str(n), "points": n - 5} for n in (1, 2, 3, 4)]
    scales: dict[str, Any] = {**FRAMEWORK["scales"]}  # type: ignore[dict-item]
    scales["score"] = {**scales["score"], "levels": debts}
    framework = strategies.framework_of({**FRAMEWORK, "scales": scales})
    steps = [
        {"percent_of_maximum": {}, "source": "rule-book"},
        {"band": {"poor": 0}, "source": "rule-book"},
    ]
    tree = design_tree({"overall": {"scale": "demo/grade", "inputs": ["care"], "steps": steps}})
    with pytest.raises(AssuranceError) as caught:
        compile_design(strategies.design_of(tree, framework))
    assert _text(
        "overall.percent_of_maximum",
        "a scale whose highest points are not above 0",
        "positive points",
        "use sum",
    ) == str(caught.value)


def test_an_aggregate_needs_inputs(refused: Callable[..., str]) -> None:
    expected = _text(
        "overall.minimum",
        "no inputs",
        "at least one input",
        "name inputs, or use start or table",
    )
    assert expected == refused({"minimum": {}}, inputs=[])


def test_a_condition_needs_inputs_to_hold_of(refused: Callable[..., str]) -> None:
    """A level that is judged needs none, but there is nothing that could cap it."""
    cap = {"cap": {"at": "poor", "when": {"any": "all", "is": "poor"}}}
    expected = _text("overall.cap.when", "'all', which is empty", "some inputs", "name inputs")
    assert expected == refused({"start": "judged"}, cap, inputs=[])


def _with_own_step(make: Make, kind: StepKind, *first: Step) -> str:
    """Return the error of a design whose last step is of a kind that a plugin gives."""
    design = make({"minimum": {}}, scale="score").design
    own = Step(kind.name, {}, "rule-book", kind.name)
    judgement = evolve(design.judgements["overall"], steps=(*first, own))
    with pytest.raises(AssuranceError) as caught:
        compile_design(
            evolve(design, judgements={"overall": judgement}, step_kinds={kind.name: kind})
        )
    return str(caught.value)


def test_plain_python_does_not_stand_behind_a_number(make: Make) -> None:
    kind = python_step("best_of_two", lambda _s, _inputs, _running: "1", "Best", {})
    mean = Step("weighted_mean", {}, "rule-book", "weighted_mean")
    expected = _text(
        "overall.best_of_two",
        "the running value is a number",
        "a level",
        "put this step behind a band, a table, a median or start",
    )
    assert expected == _with_own_step(make, kind, mean)


def test_a_limiter_of_a_plugin_has_something_to_limit(make: Make) -> None:
    """Whatever it says of itself, it does not come first."""

    def bind(_settings: Any, scope: Scope, _before: ValueType) -> BoundStep:
        return BoundStep(
            LevelType(scope.scale), (), "Limit", lambda running, _: running, limiter=True
        )

    expected = _text(
        "overall.limit",
        "the running value is nothing yet",
        "a level",
        "put limit behind a band, a table, a median or start",
    )
    assert expected == _with_own_step(make, StepKind("limit", bind))


def test_plain_python_passes_an_absence_and_an_unknown_outcome_on(make: Make) -> None:
    """It is not asked about a running level that is not there."""
    asked: list[Level | None] = []

    def rate_one(_settings: Any, _inputs: Any, running: Level | None) -> str:
        asked.append(running)
        return "4"

    kind = python_step("at_best", rate_one, "The best", {})
    design = make({"minimum": {}}, scale="score").design
    rows = [{"when": {"any": "care", "is": "1"}, "unknown": "not published"}]
    table = Step("table", {"rows": rows, "otherwise": "2"}, "rule-book", "table")
    own = Step("at_best", {}, "rule-book", "at_best")
    judgement = evolve(design.judgements["overall"], steps=(table, own))
    rule = compile_design(
        evolve(design, judgements={"overall": judgement}, step_kinds={kind.name: kind})
    )
    assert "not published" == getattr(rule.rate((1, 1, 1, "poor")).headline, "reason", "")
    assert "4" == getattr(rule.rate((1, 2, 1, "poor")).headline, "level", "")
    assert {"2"} == {level.id if level else "" for level in asked}


@pytest.mark.parametrize(("highest", "refused"), [((1 << 60) - 2, False), ((1 << 60) - 1, True)])
def test_numbers_that_rounding_could_carry_out_of_64_bits_are_refused(
    highest: int, refused: bool
) -> None:
    """Rounding doubles a number twice on its way."""
    scope = Scope("x", Scale.of("grade", ["poor", "good"]), (), {}, False, "", lambda _: 0)
    before = NumberType(Fraction(0), Fraction(highest), 1, None)
    (kind,) = rounding.KINDS
    settings = {"to": 1, "toward": "up"}
    if not refused:
        assert NumberType(Fraction(0), Fraction(highest), 1, None) == (
            kind.bind(settings, scope, before).gives
        )
        return
    with pytest.raises(AssuranceError) as caught:
        kind.bind(settings, scope, before)
    assert (
        "error[too-large]: x\n"
        "  found:    numbers up to 1152921504606846975\n"
        "  expected: numbers that stay exact in 64 bits\n"
        "  do:       use smaller weights, points or bounds, with fewer decimals"
    ) == str(caught.value)
