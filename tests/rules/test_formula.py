"""Formulas: what a step does with one, and with whole numbers, is the same."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.rules import formula, matching
from assurance_core.rules.formula import Formula, NoFormulaError, column
from assurance_core.rules.possible_values import Span, ends, values_of
from assurance_core.rules.rounding import round_ratio
from assurance_core.rules.values import (
    all_there,
    anywhere,
    choose,
    everywhere,
    greater,
    invert,
    lesser,
    look_up,
    whole,
)

LOW = frozenset(range(-4, 5))
WIDE = Span(-1000, 1000)
SIGNS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def _divided(above: int, below: int) -> int:
    assert 0 == above % below
    return above // below


MEANINGS: Mapping[str, Callable[..., Any]] = {
    **SIGNS,
    "=": operator.eq,
    "<>": operator.ne,
    "%": operator.mod,
    "and": lambda *truths: all(truths),
    "or": lambda *truths: any(truths),
    "not": operator.not_,
    "negative": operator.neg,
    "choose": lambda where, then, otherwise: then if where else otherwise,
    "constant": lambda whole: whole,
    "quotient": _divided,
}


def value(what: Any, given: Mapping[str, int]) -> Any:
    """Return what a formula comes to: a reading of its own of what the operators mean."""
    if not isinstance(what, Formula):
        return what
    if what.operator == "column":
        return given[what.operands[0]]
    return MEANINGS[what.operator](*(value(one, given) for one in what.operands))


@st.composite
def _pairs(draw: st.DrawFn) -> tuple[Any, int]:
    """Draw a number as a formula of the columns x and y, and as the number it comes to."""
    given = {"x": draw(st.sampled_from(sorted(LOW))), "y": draw(st.integers(-1000, 1000))}
    known: list[tuple[Any, Any]] = [
        (column("x", LOW), given["x"]),
        (column("y", WIDE), given["y"]),
        (draw(st.shared(st.integers(-3, 3), key="whole")),) * 2,
    ]
    for _ in range(draw(st.integers(1, 6))):
        (one, this), (other, that) = draw(st.sampled_from(known)), draw(st.sampled_from(known))
        do = draw(st.sampled_from([*SIGNS, "negative", "choose", "lesser", "greater", "round"]))
        if do in SIGNS:
            known.append((SIGNS[do](one, other), SIGNS[do](this, that)))
        elif do == "negative":
            known.append((-whole(one) if _truth(one) else -one, -int(this)))
        elif do == "choose":
            known.append((choose(one < other, one, other), choose(this < that, this, that)))
        elif do == "lesser":
            known.append((lesser(_number(one), 2), lesser(int(this), 2)))
        elif do == "greater":
            known.append((greater(_number(one), -2), greater(int(this), -2)))
        else:
            toward = draw(st.sampled_from(["up", "down", "half_up", "half_even"]))
            below = draw(st.integers(1, 7))
            known.append(
                (round_ratio(_number(one), below, toward), round_ratio(int(this), below, toward))  # type: ignore[arg-type]
            )
    made, wanted = known[-1]
    return (made, given), wanted


def _truth(what: Any) -> bool:
    return isinstance(what, Formula) and what.truth


def _number(what: Any) -> Any:
    return formula.number(what)


@given(_pairs())
def test_a_formula_comes_to_what_whole_numbers_come_to(pair: tuple[Any, Any]) -> None:
    """Negative numbers, remainders and rounding among them; and it lies where it says it can."""
    (made, given), wanted = pair
    assert wanted == value(made, given)
    if isinstance(made, Formula):
        lowest, highest = ends(made.values)
        assert lowest <= wanted <= highest
        assert isinstance(made.values, Span) or wanted in made.values


def test_what_always_holds_is_a_plain_truth() -> None:
    """So that steps go on as they do with one profile."""
    score = column("score", frozenset({1, 2, 3, 4}))
    assert (True, False, True, False) == (score > 0, score == 0, score != -1, score >= 5)
    assert (True, False) == (everywhere(score > 0), anywhere(score > 3))
    assert (True, False) == (all_there([score]), all_there([score, score - 1]))
    assert score is choose(score > 0, score, 0)


def test_what_may_be_absent_is_known_where_it_is_chosen() -> None:
    """Behind a test, only what passes it is left."""
    score = column("score", frozenset({0, 1, 2}))
    assert frozenset({1, 2}) == choose(score > 0, score, 1).values
    assert frozenset({0, 5}) == choose(score > 0, 5, score).values


def test_truths_are_joined_and_turned_round() -> None:
    x, y = column("x", LOW), column("y", LOW)
    assert "<=" == invert(x > y).operator
    both = (x > y) & (x > 1)
    assert ("and", 3) == ((both & (y > 1)).operator, len((both & (y > 1)).operands))
    assert both is invert(invert(both))
    assert (False, True) == (both & False, both | True)
    assert both is (both & True)


def test_a_look_up_holds_what_can_be_asked_for() -> None:
    """Where each place stands for itself, there is nothing to look up."""
    level = column("level", frozenset({1, 2}))
    assert {1: 10, 2: 20} == look_up(np.array([0, 10, 20, 30]), level).operands[1]
    assert level is look_up(np.array([0, 1, 2, 4]), level)


@pytest.mark.parametrize("ask", [bool, int, list, np.asarray, lambda one: np.zeros(9)[one]])
def test_a_formula_has_no_value_yet(ask: Callable[[Any], Any]) -> None:
    """Who asks for one is told so, rather than given something else."""
    with pytest.raises(NoFormulaError):
        ask(column("x", LOW))


@pytest.mark.parametrize("head", ["any", "all", "none"])
def test_a_condition_of_which_a_part_is_known(head: str) -> None:
    """The first input always meets it, the second may."""
    columns: Any = {"sure": column("sure", frozenset({1, 2})), "score": column("score", LOW)}
    tests = matching.Tests("at_most", (("sure", 2), ("score", 2)))
    found = matching.any_all_none(tests, head, None, columns)
    for score in LOW:
        wanted = matching.any_all_none(tests, head, None, {"sure": 1, "score": score})  # type: ignore[dict-item]
        assert wanted == value(found, {"sure": 1, "score": score})


@pytest.mark.parametrize("whole_number", [-3, 0, 5])
def test_a_formula_is_taken_from_a_whole_number(whole_number: int) -> None:
    x = column("x", LOW)
    made = whole_number - x
    assert [whole_number - one for one in LOW] == [value(made, {"x": one}) for one in LOW]


def test_ratios_of_one_denominator_are_added_as_they_are() -> None:
    """The denominator is not squared."""
    y = column("y", WIDE)
    third: Any = round_ratio(y, 3, "down")  # type: ignore[arg-type]
    made = third + third
    assert [2 * (one // 3) for one in (-7, 0, 8)] == [value(made, {"y": n}) for n in (-7, 0, 8)]
    assert 3 == made.operands[1]


def test_what_is_left_of_a_division_is_below_what_it_is_divided_by() -> None:
    assert Span(0, 6) == values_of("%", WIDE, frozenset({7}))
    assert frozenset({0, 1, 2}) == values_of("%", LOW, frozenset({3}))
