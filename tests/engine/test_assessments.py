"""Absences, overrides, judged levels, carried-forward scores and consequences."""

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from assurance_core.engine.compile import compile_design
from assurance_core.engine.possible import possible_outcomes
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.assessment import (
    NOT_KNOWN,
    Absence,
    AbsenceKind,
    Assessment,
    Body,
    Cell,
    Override,
    Score,
)
from assurance_core.model.dates import PartialDate
from assurance_core.model.errors import AssuranceError
from assurance_core.model.framework import Framework
from assurance_core.model.outcome import NoHeadline, Outcome
from assurance_core.testing import strategies
from tests.rules.conftest import FRAMEWORK

RuleOf = Callable[[str], CompiledDesign]
MEAN = [{"weighted_mean": {}}, {"band": {"poor": 0, "fair": 2, "good": 3}}]


@pytest.fixture(scope="module")
def framework() -> Framework:
    """The small framework of the rules' examples."""
    return strategies.framework_of(FRAMEWORK)


@pytest.fixture(scope="module")
def make(framework: Framework) -> Callable[..., CompiledDesign]:
    """Compile a design of judgements given as mappings of a document."""

    def made(publishes: dict[str, Any] | None = None, **judgements: Any) -> CompiledDesign:
        consequences = judgements.pop("consequences", [])
        tree = {
            "format": "assurance/design/1",
            "id": "demo/design",
            "name": "Design",
            "summary": "For a test.",
            "framework": "demo",
            "status": "what_if",
            "judgements": {
                name: {
                    **one,
                    "scale": one.get("scale", "demo/grade"),
                    "steps": [{**step, "source": "rule-book"} for step in one["steps"]],
                }
                for name, one in judgements.items()
            },
            "consequences": consequences,
            "publishes": publishes or {"headline": "overall", "areas": "all"},
        }
        return compile_design(strategies.design_of(tree, framework))

    return made


def _mean(**keys: Any) -> dict[str, Any]:
    return {"inputs": ["access", "care", "safety"], "steps": MEAN, **keys}


def _assessed(*cells: Cell | int, **keys: Any) -> Assessment:
    names = ("access", "care", "safety", "leadership")
    given = [Score(str(cell)) if isinstance(cell, int) else cell for cell in cells]
    given = [*given, *[Score("1")] * (3 - len(given)), Score("fair")]
    return Assessment("demo", Body("Somewhere"), dict(zip(names, given, strict=True)), **keys)


def _level(outcome: Outcome) -> str:
    return str(getattr(outcome.headline, "level", outcome.headline))


KINDS: list[AbsenceKind] = ["not_assessed", "not_applicable", "withheld"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_stated_absence_is_an_error_by_default(
    kind: AbsenceKind, make: Callable[..., CompiledDesign]
) -> None:
    """The error lists every score that is missing, with the reason that was given."""
    rule = make(overall=_mean())
    words = kind.replace("_", " ")
    with pytest.raises(AssuranceError) as caught:
        rule.rate_assessment(_assessed(3, Absence(kind, "flooded"), Absence(kind, "closed")))
    assert "\n".join(
        f"error[missing-score]: Somewhere.{name}\n"
        f"  found:    {words}: {reason}\n"
        "  expected: a score: demo/design cannot do without\n"
        "  do:       give the score, or use a design that says what to do without it"
        for name, reason in (("care", "flooded"), ("safety", "closed"))
    ) == str(caught.value)


@pytest.mark.parametrize("kind", KINDS)
def test_a_stated_absence_may_leave_no_outcome(
    kind: AbsenceKind, make: Callable[..., CompiledDesign]
) -> None:
    """`no_outcome`: no headline, with the reason; the card says why the line is empty."""
    rule = make(overall=_mean(missing="no_outcome"))
    outcome = rule.explain(_assessed(3, Absence(kind, "flooded"), 2))
    assert NoHeadline("Overall: not every input was assessed") == outcome.headline
    assert outcome.score is None
    words = f"{kind.replace('_', ' ')}: flooded"
    assert ["", words, "", ""] == [area.absent for area in outcome.areas]
    policy, *steps = outcome.trace
    assert ("overall.missing", "No outcome unless every input has a level") == (
        policy.path,
        policy.rule,
    )
    assert "absent: Care; no outcome: Overall: not every input was assessed" == policy.detail
    assert ["", words, ""] == [read.absent for read in policy.reads]
    assert "assumed" == policy.source.status
    assert {(None, None, False)} == {(one.before, one.after, one.applied) for one in steps}


@pytest.mark.parametrize("kind", KINDS)
def test_a_stated_absence_may_be_left_out(
    kind: AbsenceKind, make: Callable[..., CompiledDesign]
) -> None:
    """`omit`: the aggregate is over what is there, down to so many."""
    rule = make(overall=_mean(missing="omit", omit_down_to=2))
    away = Absence(kind, "flooded")
    assert "good" == _level(rule.rate_assessment(_assessed(4, away, 2)))
    assert "fair" == _level(rule.rate_assessment(_assessed(4, 1, 2)))
    few = rule.rate_assessment(_assessed(4, away, away))
    assert NoHeadline("Overall: fewer than 2 inputs assessed") == few.headline


@pytest.mark.parametrize("missing", ["error", "no_outcome", "omit"])
def test_an_unknown_score_is_no_absence(missing: str, make: Callable[..., CompiledDesign]) -> None:
    """Whatever a design does with absences, a score not known to us is not left out."""
    rule = make(overall=_mean(missing=missing))
    with pytest.raises(AssuranceError) as caught:
        rule.rate_assessment(_assessed(4, NOT_KNOWN, 2))
    remedy = (
        "use a design that says what to do without it"
        if missing == "error"
        else "say why there is none: not_assessed, not_applicable, …"
    )
    assert (
        "error[missing-score]: Somewhere.care\n"
        "  found:    no score\n"
        "  expected: a score: demo/design cannot do without\n"
        f"  do:       give the score, or {remedy}"
    ) == str(caught.value)
    found = possible_outcomes(rule, _assessed(4, NOT_KNOWN, 2))
    assert (["fair", "good"], (2, 2)) == (
        [getattr(one, "level", "") for one in found.headlines],
        found.counts,
    )


def test_a_stated_absence_stays_one_while_an_unknown_score_is_tried(
    make: Callable[..., CompiledDesign],
) -> None:
    """The judgement reads every statement: what is not known is tried, what is absent is not."""
    overall = {"inputs": "all", "scale": "demo/score", "steps": [{"start": "access"}]}
    rule = make(overall={**overall, "missing": "no_outcome"})
    absent = Absence("not_assessed", "no visit")
    found = possible_outcomes(rule, _assessed(NOT_KNOWN, absent, 2))
    assert (1, (4,)) == (len(found.headlines), found.counts)
    assert isinstance(found.headlines[0], NoHeadline)


def test_nothing_made_up_shows_where_a_reason_replaces_the_outcome(
    make: Callable[..., CompiledDesign],
) -> None:
    """No limiter bit, nothing is advised and no number is shown of a profile that has a hole."""
    when = {"any": "care", "is": 1}
    steps = [
        *MEAN,
        {"floor": {"at": "good", "when": when}},
        {"advise": {"at": "poor", "when": when}},
    ]
    rule = make(overall={**_mean(missing="no_outcome"), "steps": steps})
    outcome = rule.rate_assessment(_assessed(2, Absence("withheld", "under review"), 2))
    (judged,) = outcome.judgements
    assert (None, None, (), ()) == (judged.level, judged.score, judged.bit, judged.advised)


def test_an_omitted_start_leaves_no_outcome(make: Callable[..., CompiledDesign]) -> None:
    """Where the one input that a judgement starts with is left out, it says so."""
    when = {"any": "access", "is": 1}
    steps = [{"start": "care"}, {"cap": {"at": "2", "when": when}}]
    rule = make(overall={**_mean(missing="omit"), "steps": steps, "scale": "demo/score"})
    outcome = rule.explain(_assessed(1, Absence("withheld", "under review"), 2))
    expected = NoHeadline("Overall: the input it starts with was not assessed")
    assert expected == outcome.headline
    columns = {leaf.id: [one] for leaf, one in zip(rule.leaves, (1, 0, 2, 2), strict=True)}
    positions = rule.rate_columns(columns).headline
    assert positions is not None
    assert [0] == positions.tolist()


def test_a_score_that_is_no_level_is_refused(make: Callable[..., CompiledDesign]) -> None:
    """An assessment made in a program is checked like one that was read."""
    with pytest.raises(AssuranceError) as caught:
        make(overall=_mean()).rate_assessment(_assessed(Score("9"), 2, 3))
    assert (
        "error[bad-score]: Somewhere.access\n"
        "  found:    '9'\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       give a level of this statement's scale"
    ) == str(caught.value)


def test_a_score_carried_forward_counts_like_any(make: Callable[..., CompiledDesign]) -> None:
    """Its own date and its being carried forward change no rating."""
    rule = make(overall=_mean())
    old = Score("4", PartialDate.parse("2024-05"), carried_forward=True)
    assert rule.rate((4, 2, 3, "fair")) == rule.rate_assessment(_assessed(old, 2, 3))


@pytest.fixture(scope="module")
def two(make: Callable[..., CompiledDesign]) -> CompiledDesign:
    """A judgement that another one reads, and a consequence of that one."""
    return make(
        part=_mean(),
        overall={
            "inputs": ["part", "leadership"],
            "steps": [{"minimum": {}}],
        },
        consequences=[
            {
                "id": "letter",
                "when": {"any": "overall", "is": "poor"},
                "then": "gets a letter",
                "source": "rule-book",
            }
        ],
    )


def test_an_override_replaces_the_level_and_is_read_above(two: CompiledDesign) -> None:
    """Trace and outcome show both levels and the reason; the judgement above reads the new one."""
    plain = _assessed(4, 4, 4)
    assert ("fair", ()) == (
        _level(two.rate_assessment(plain)),
        two.rate_assessment(plain).consequences,
    )
    override = {"part": Override("poor", "one serious incident")}
    outcome = two.explain(evolve(plain, overrides=override))
    part, overall = outcome.judgements
    assert part.level is not None
    assert part.overridden is not None
    assert ("poor", "good", "one serious incident") == (
        part.level.id,
        part.overridden.id,
        part.override_reason,
    )
    assert ("poor", ["letter"]) == (_level(outcome), [one.id for one in outcome.consequences])
    line = next(one for one in outcome.trace if one.kind == "override")
    assert ("part.override", "one serious incident", True) == (line.path, line.detail, line.applied)
    assert (part.overridden, part.level) == (line.before, line.after)
    assert two.rate_assessment(evolve(plain, overrides=override)).judgements == outcome.judgements
    assert overall.overridden is None


def test_an_override_counts_in_what_is_possible(two: CompiledDesign) -> None:
    """With a level replaced below, what is not known there no longer matters above."""
    override = {"part": Override("poor", "one serious incident")}
    found = possible_outcomes(two, _assessed(4, NOT_KNOWN, 4, overrides=override))
    assert ["poor"] == [getattr(one, "level", "") for one in found.headlines]


def test_every_fault_of_an_override_is_told(two: CompiledDesign) -> None:
    """The judgement has to exist, the level to be its scale's, and a reason to be given."""
    overrides = {"parts": Override("poor", "why"), "part": Override("excellent", " ")}
    with pytest.raises(AssuranceError) as caught:
        two.rate_assessment(_assessed(4, 4, 4, overrides=overrides))
    assert (
        "error[unknown-id]: Somewhere: overrides.parts\n"
        "  found:    'parts'\n"
        "  expected: a judgement of demo/design\n"
        "  do:       did you mean 'part'?\n"
        "error[bad-level]: Somewhere: overrides.part.level\n"
        "  found:    'excellent'\n"
        "  expected: one of poor, fair, good\n"
        "  do:       use one of: poor, fair, good\n"
        "error[missing]: Somewhere: overrides.part.reason\n"
        "  found:    no reason\n"
        "  expected: the reason for the professional judgement\n"
        "  do:       say why the rules' level was replaced"
    ) == str(caught.value)


def test_a_consequence_says_when_it_was_considered(single_word: CompiledDesign) -> None:
    """Whether it follows or not, its condition is in the trace; only what follows is told."""
    for scores, follows in (((1, *[3] * 8), True), ((2, *[3] * 8), False)):
        outcome = single_word.explain(scores)
        line = outcome.trace[-1]
        assert ("consequences.section_50_notice", "consequence") == (line.path, line.kind)
        assert follows == bool(outcome.consequences)
        assert "unconfirmed" == line.source.status
        names = "Assessing needs" if follows else ""
        expected = (
            f"the condition holds: {names}"
            if follows
            else ("considered; the condition does not hold")
        )
        assert expected == line.detail


def test_a_consequence_of_what_is_not_names_nothing(make: Callable[..., CompiledDesign]) -> None:
    letter = {
        "id": "letter",
        "when": {"none": "care", "is": "4"},
        "then": "gets a letter",
        "source": "rule-book",
    }
    rule = make(overall=_mean(), consequences=[letter])
    outcome = rule.explain(_assessed(4, 2, 4))
    assert ["letter"] == [one.id for one in outcome.consequences]
    assert "the condition holds" == outcome.trace[-1].detail


def test_an_absent_input_meets_no_consequence(make: Callable[..., CompiledDesign]) -> None:
    """A consequence of a score does not follow from its absence."""
    letter = {
        "id": "letter",
        "when": {"any": "care", "at_most": 2},
        "then": "gets a letter",
        "source": "rule-book",
    }
    rule = make(overall=_mean(missing="omit"), consequences=[letter])
    away = _assessed(4, Absence("not_applicable", "no such service"), 2)
    assert () == rule.rate_assessment(away).consequences
    assert 1 == len(rule.rate_assessment(_assessed(4, 1, 2)).consequences)
