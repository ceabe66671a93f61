"""Order statistics, start, map, limiters and tables: from levels to a level."""

from typing import Any

import pytest

from assurance_core.model.assessment import Absence, Assessment, Body, Score
from assurance_core.model.outcome import NoHeadline, Outcome, StepTrace
from assurance_core.model.scale import Level, Scale
from assurance_core.rules import limiters
from assurance_core.rules.scope import Input, Scope
from assurance_core.rules.values import LevelType
from tests.rules.conftest import Make

TO_GRADE = {"map": {"1": "poor", "2": "fair", "3": "fair", "4": "good"}}


def _level(outcome: Outcome) -> str:
    return str(getattr(outcome.headline, "level", None))


def _line(outcome: Outcome, path: str) -> StepTrace:
    return next(line for line in outcome.trace if line.path == path)


@pytest.mark.parametrize(
    ("kind", "odd", "even"),
    [
        ("minimum", "1", "1"),
        ("maximum", "4", "4"),
        ("lower_median", "3", "2"),
        ("upper_median", "3", "3"),
    ],
)
def test_order_of_the_inputs(kind: str, odd: str, even: str, make: Make) -> None:
    """Of 1, 3, 4 and of 1, 2, 3, 4 (one input of which is another judgement)."""
    assert odd == _level(make({kind: {}}, scale="score").rate((1, 3, 4, "good")))
    part = {
        "scale": "demo/score",
        "inputs": ["leadership"],
        "steps": [
            {"start": "leadership", "source": "rule-book"},
            {"map": {"poor": 1, "fair": 2, "good": 4}, "source": "rule-book"},
        ],
    }
    rule = make(
        {kind: {}},
        scale="score",
        inputs=["access", "care", "safety", "part"],
        others={"part": part},
    )
    assert even == _level(rule.rate((1, 3, 4, "fair")))


def test_start_takes_one_input(make: Make) -> None:
    """The running level is that input's, on its scale, until it is mapped."""
    rule = make({"start": "care"}, TO_GRADE)
    assert ["poor", "fair", "good"] == [_level(rule.rate((1, one, 1, "poor"))) for one in (1, 3, 4)]


def test_a_judged_level_is_one_more_axis(make: Make) -> None:
    """The assessor's level starts; a cap limits it."""
    when = {"any": "all", "is": 1}
    rule = make({"start": "judged"}, {"cap": {"at": "fair", "when": when}})
    assert ["access", "care", "safety", "leadership", "judged.overall"] == [
        leaf.id for leaf in rule.leaves
    ]
    assert "good" == _level(rule.rate((2, 2, 2, "poor"), judged={"overall": "good"}))
    assert "fair" == _level(rule.rate((1, 2, 2, "poor"), judged={"overall": "good"}))
    assert (4, 4, 4, 3) == rule.space["overall"].shape  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ({"cap": {"at": "2", "when": {"any": "care", "is": 1}}}, ["1", "2", "2", "2"]),
        ({"floor": {"at": "3", "when": {"any": "care", "is": 1}}}, ["3", "3", "3", "4"]),
        ({"adjust": {"by": 1, "when": {"any": "care", "is": 1}}}, ["2", "3", "4", "4"]),
        ({"adjust": {"by": -2, "when": {"any": "care", "is": 1}}}, ["1", "1", "1", "2"]),
        ({"advise": {"at": "1", "when": {"any": "care", "is": 1}}}, ["1", "2", "3", "4"]),
    ],
)
def test_limiters(step: dict[str, Any], expected: list[str], make: Make) -> None:
    """Each level as limited where the condition holds; as it was where it does not."""
    rule = make({"start": "access"}, step, scale="score")
    found = [_level(rule.rate((one, 1, 1, "poor"))) for one in (1, 2, 3, 4)]
    assert (expected, ["1", "2", "3", "4"]) == (
        found,
        [_level(rule.rate((one, 2, 1, "poor"))) for one in (1, 2, 3, 4)],
    )


def test_steps_stack_and_say_which_bit(make: Make) -> None:
    """Limiters act in order on the running level; the outcome names those that changed it."""
    when = {"any": "care", "at_most": 2}
    moved = make({"start": "access"}, {"adjust": {"by": -1, "when": when}}, scale="score")
    assert ("overall.adjust",) == moved.rate((4, 2, 4, "poor")).judgements[0].bit
    assert () == moved.rate((1, 2, 4, "poor")).judgements[0].bit
    rule = make(
        {"start": "access"},
        {"cap": {"at": "3", "when": when}, "id": "first"},
        {"cap": {"at": "2", "when": {"and": [{"any": "result", "is": 3}, when]}}, "id": "second"},
        {"cap": {"at": "4", "when": when}, "id": "third"},
        scale="score",
    )
    outcome = rule.explain((4, 2, 4, "poor"))
    assert ("overall.first", "overall.second") == outcome.judgements[0].bit
    assert "the condition holds: Care; the level is not changed by it" == (
        _line(outcome, "overall.third").detail
    )
    free = rule.explain((4, 3, 4, "poor"))
    line = _line(free, "overall.first")
    assert (False, "considered; the condition does not hold") == (line.applied, line.detail)


def test_advice_is_in_the_outcome_and_in_the_trace(make: Make) -> None:
    """A likely level is told, with its condition, and changes nothing."""
    rule = make(
        {"start": "access"},
        {"advise": {"at": "1", "when": {"any": "care", "is": 1}}},
        scale="score",
    )
    outcome = rule.explain((4, 1, 4, "poor"))
    line = _line(outcome, "overall.advise")
    assert ("4", ("1",), True) == (_level(outcome), outcome.judgements[0].advised, line.applied)
    assert "Likely 1 if Care is at 1 (changes nothing)" == line.rule


def test_the_first_row_that_holds_decides(make: Make) -> None:
    """Rows are tried in order; the rest goes to otherwise."""
    rows = [
        {"when": {"all": "all", "at_least": 3}, "then": "good"},
        {"when": {"any": "all", "is": 1}, "then": "poor"},
        {"when": {"any": "care", "is": 2}, "unknown": "not published for care at 2"},
    ]
    rule = make({"table": {"rows": rows, "otherwise": "fair"}})
    assert "good" == _level(rule.rate((3, 4, 3, "poor")))
    assert "poor" == _level(rule.rate((1, 2, 3, "poor")))
    assert "fair" == _level(rule.rate((2, 3, 3, "poor")))
    outcome = rule.explain((2, 2, 3, "poor"))
    assert NoHeadline("not published for care at 2") == outcome.headline
    assert "row 3 is the first that holds: Care is at 2" == outcome.trace[0].detail


def test_an_unknown_row_is_passed_on(make: Make) -> None:
    """A judgement that reads one without an outcome has none either, for the same reason."""
    rows = [{"when": {"any": "care", "is": 2}, "unknown": "not published for care at 2"}]
    part = {
        "scale": "demo/score",
        "inputs": ["care"],
        "steps": [{"table": {"rows": rows, "otherwise": 3}, "source": "rule-book"}],
    }
    rule = make({"minimum": {}}, scale="score", inputs=["access", "part"], others={"part": part})
    outcome = rule.explain((4, 2, 4, "poor"))
    assert NoHeadline("not published for care at 2") == outcome.headline
    assert ["not published for care at 2"] * 2 == [one.reason for one in outcome.judgements]
    line = _line(outcome, "overall.minimum")
    assert "no outcome: not published for care at 2" == line.detail
    assert (None, None, False) == (line.before, line.after, line.applied)
    assert ["", "no outcome: not published for care at 2"] == [one.absent for one in line.reads]
    assert "3" == _level(rule.rate((4, 3, 4, "poor")))


def _assessment(**cells: int | None) -> Assessment:
    scores = {
        name: Absence("not_applicable", "no such service") if level is None else Score(str(level))
        for name, level in cells.items()
    }
    return Assessment("demo", Body("Somewhere"), {**scores, "leadership": Score("good")})


def test_an_absent_input_meets_no_condition_and_the_trace_says_so(make: Make) -> None:
    """With care away, neither a low nor a high care is there; `none` therefore holds."""
    rule = make(
        {"start": "access"},
        {"cap": {"at": "2", "when": {"any": "care", "at_most": 4}}, "id": "low"},
        {"cap": {"at": "3", "when": {"none": "care", "at_least": 1}}, "id": "gone"},
        scale="score",
        missing="omit",
    )
    outcome = rule.explain(_assessment(access=4, care=None, safety=1))
    assert "3" == _level(outcome)
    assert (
        "considered; the condition does not hold; absent, so meeting no condition: Care"
        == _line(outcome, "overall.low").detail
    )
    assert "the condition holds; absent, so meeting no condition: Care" == (
        _line(outcome, "overall.gone").detail
    )
    line = _line(outcome, "overall.missing")
    assert ("Leave out what was not assessed, down to 1", "absent: Care") == (
        line.rule,
        line.detail,
    )
    assert ["", "not applicable: no such service", ""] == [one.absent for one in line.reads]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"any": "all", "is": 4}, True),
        ({"any": "people", "is": 4}, False),
        ({"all": "all", "at_least": 2}, True),
        ({"all": "all", "at_least": 3}, False),
        ({"none": "all", "at_most": 1}, True),
        ({"none": "safety", "is": 4}, False),
        ({"count": "all", "at_most": 3, "no_more_than": 1}, False),
        ({"count": "all", "at_most": 3, "no_fewer_than": 2}, True),
        ({"input": "care", "above": "access"}, True),
        ({"input": "care", "below": "access"}, False),
        ({"input": "care", "same_as": "care"}, True),
        ({"any": "result", "is": 2}, True),
        ({"and": [{"any": "care", "is": 3}, {"any": "access", "is": 3}]}, False),
        ({"or": [{"any": "care", "is": 3}, {"any": "access", "is": 3}]}, True),
        ({"not": {"any": "care", "is": 3}}, False),
    ],
)
def test_conditions(condition: dict[str, Any], holds: bool, make: Make) -> None:
    """Each form on access 2, care 3, safety 4."""
    rule = make({"start": "access"}, {"floor": {"at": "4", "when": condition}}, scale="score")
    assert ("4" if holds else "2") == _level(rule.rate((2, 3, 4, "poor")))


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"any": "all", "is": 4}, "any of the 3 inputs is at 4"),
        ({"none": "care", "at_most": 2}, "not Care is at or below 2"),
        (
            {"count": "people", "at_least": 3, "no_fewer_than": 1},
            "no fewer than 1 of the 2 inputs in people is at or above 3",
        ),
        ({"input": "care", "above": "access"}, "Care is better than Access"),
        (
            {"or": [{"any": "care", "is": 1}, {"not": {"any": "result", "is": 2}}]},
            "(Care is at 1) or (not (the result so far is at 2))",
        ),
    ],
)
def test_conditions_in_words(condition: dict[str, Any], words: str, make: Make) -> None:
    """A rule is told as a sentence."""
    rule = make({"start": "access"}, {"floor": {"at": "4", "when": condition}}, scale="score")
    assert f"No worse than 4 if {words}" == rule.judgements[0].steps[1].step.words


@pytest.mark.parametrize(
    ("relation", "words"),
    [
        ("at_most", "No better than 5 (Five) if Access is 10 (Ten) or worse"),
        ("at_least", "No better than 5 (Five) if Access is 10 (Ten) or better"),
        ("is", "No better than 5 (Five) if Access is at 10 (Ten)"),
    ],
)
def test_where_a_lower_number_is_better_a_condition_says_so(relation: str, words: str) -> None:
    """`At or below 10` would be read as 10, 5 and 0; it is 10 and 20."""
    scale = Scale(
        "demo/faults",
        "Faults",
        tuple(
            Level(place, number, name, int(number))
            for place, (number, name) in enumerate(
                [("20", "Twenty"), ("10", "Ten"), ("5", "Five"), ("0", "None")], 1
            )
        ),
    )
    (cap,) = (one for one in limiters.KINDS if one.name == "cap")
    inputs = (Input("access", "Access", scale),)
    scope = Scope("place", scale, inputs, {}, omits=False, judged="", add_reason=lambda _: -1)
    settings = {"at": "5", "when": {"any": "access", relation: "10"}}
    assert words == cap.bind(settings, scope, LevelType(scale)).words
