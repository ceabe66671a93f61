"""A plugin's own step, plain Python on one profile, behaves like any other rule."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from attrs import evolve

from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.design import Step
from assurance_core.model.errors import AssuranceError
from assurance_core.model.scale import Level
from assurance_core.rules.python_step import RateOne, python_step
from tests.rules.conftest import Make

Levels = Mapping[str, Level | None]


def _most_common(settings: Any, inputs: Levels, running: Level | None) -> str:
    """Return the level that most inputs have, the lower of two."""
    found = [level.position for level in inputs.values() if level]
    best = max(sorted(set(found)), key=found.count)
    return str(max(best, settings["at_least"], running.position if running else 0))


@pytest.fixture
def with_step(make: Make) -> Callable[..., CompiledDesign]:
    """Compile a design whose last step is a plugin's."""

    def made(rate_one: RateOne, *first: dict[str, Any], **keys: Any) -> CompiledDesign:
        design = make({"minimum": {}}, scale="score", **keys).design
        kind = python_step("most_common", rate_one, "Take the most common level", {})
        own = Step("most_common", {"at_least": 1}, "rule-book", "most_common")
        steps = (*(Step(*one.popitem(), "rule-book", "first") for one in first), own)
        judgement = evolve(design.judgements["overall"], steps=steps)
        return compile_design(
            evolve(design, judgements={"overall": judgement}, step_kinds={kind.name: kind})
        )

    return made


def test_it_is_tabulated_and_traced(with_step: Callable[..., CompiledDesign]) -> None:
    """Looked up, gathered and traced, it says what the function says."""
    rule = with_step(_most_common)
    assert rule.space["overall"] is not None
    for scores, expected in (((1, 3, 3), "3"), ((4, 4, 2), "4"), ((1, 2, 3), "1")):
        outcome = rule.explain([*scores, "poor"])
        assert expected == getattr(outcome.headline, "level", "")
        assert ["Take the most common level"] == [line.rule for line in outcome.trace]
        columns = {leaf.id: [one] for leaf, one in zip(rule.leaves, (*scores, 1), strict=True)}
        positions = rule.rate_columns(columns).headline
        assert positions is not None
        assert [int(expected)] == positions.tolist()


def test_it_may_stand_behind_a_level(with_step: Callable[..., CompiledDesign]) -> None:
    """It is given the running level."""
    rule = with_step(_most_common, {"maximum": {}})
    assert "4" == getattr(rule.rate((1, 1, 4, "poor")).headline, "level", "")


def test_a_level_that_is_none_is_refused(with_step: Callable[..., CompiledDesign]) -> None:
    """The function has to return the id of a level."""
    with pytest.raises(AssuranceError) as caught:
        with_step(lambda _settings, _inputs, _running: "five")
    assert (
        "error[bad-level]: demo/design: overall.most_common.\n"
        "  found:    'five'\n"
        "  expected: a level of demo/score: 1, 2, 3, 4\n"
        "  do:       use one of: 1, 2, 3, 4"
    ).replace("common.\n", "common\n") == str(caught.value)


def test_a_function_that_fails_is_the_plugins_fault(
    with_step: Callable[..., CompiledDesign],
) -> None:
    """Whatever it raises becomes an error that names the step, the cause and the profile."""

    def broken(_settings: Any, inputs: Levels, _running: Level | None) -> str:
        raise KeyError("care")

    with pytest.raises(AssuranceError) as caught:
        with_step(broken)
    assert (
        "error[plugin]: demo/design: overall.most_common\n"
        "  found:    KeyError: 'care', for 1, 1, 1\n"
        "  expected: a level for every profile\n"
        "  do:       mend the plugin that gives this step"
    ) == str(caught.value)
