"""What is said where too little is known, and by whose rule what was published narrows."""

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from assurance_core.engine import possible
from assurance_core.engine.compile import compile_design
from assurance_core.engine.possible import certain_consequences, possible_outcomes
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.assessment import NOT_KNOWN, Absence, Assessment, Body, Published, Score
from assurance_core.model.outcome import Headline
from tests.lab.documents import Tree, design, framework, scale

Make = Callable[..., CompiledDesign]


@pytest.fixture
def make() -> Make:
    """Compile a design on three statements of three levels, with a consequence."""

    def made(kind: str = "minimum", **judgement: Any) -> CompiledDesign:
        scores = {"score": scale("Score", ["1", "2", "3"], "2")}
        overall: Tree = {"scale": "demo/score", "inputs": "all", "steps": [{kind: {}}], **judgement}
        follows = {
            "id": "letter",
            "when": {"any": "a", "at_most": "1"},
            "then": "gets a letter",
            "source": "rule-book",
        }
        of = framework(dict.fromkeys("abc", "score"), scores)
        return compile_design(design(of, {"overall": overall}, consequences=[follows]))

    return made


def assessed(*scores: int | None, word: str | None = None, **more: Any) -> Assessment:
    cells = [Score(str(one)) if one else NOT_KNOWN for one in scores]
    return Assessment(
        "demo",
        Body("Somewhere"),
        {**dict(zip("abc", cells, strict=True)), **more},
        published=Published(headline=word, by="demo/design"),
    )


@pytest.mark.parametrize(("most", "told"), [(8, False), (9, True)])
def test_more_combinations_than_are_tried_leave_it_open(
    make: Make, monkeypatch: pytest.MonkeyPatch, most: int, told: bool
) -> None:
    """Two open scores of three levels are nine combinations."""
    monkeypatch.setattr(possible, "MOST_COMBINATIONS", most)
    rule, body = make(), assessed(1, None, None)
    found = possible_outcomes(rule, body)
    if told:
        assert (("1",), (9,)) == (tuple(_word(one) for one in found.headlines), found.counts)
        assert ("letter",) == certain_consequences(rule, body)
    else:
        assert ((), "too little is known: 2 scores are open") == (found.headlines, found.reason)
        assert () == certain_consequences(rule, body)
    assert 3 == found.all_headlines


def _word(one: object) -> str:
    assert isinstance(one, Headline)
    return one.level


def test_a_published_word_leaves_as_many_profiles_as_give_it(make: Make) -> None:
    """Each with the outcome that another design gives it; unread scores count as well."""
    lowest, highest = make(), make("maximum")
    body = assessed(None, None, 2, word="2")
    found = possible_outcomes(highest, body, published_by=lowest)
    # The lowest of a, b and 2 is 2: both are 2 or 3.
    assert (["2", "3"], (1, 3)) == ([_word(one) for one in found.headlines], found.counts)
    assert () == certain_consequences(highest, body, published_by=lowest)
    first = make(inputs=["a"])
    assert (2, 2) == possible_outcomes(first, body, published_by=lowest).counts
    assert (1, 1, 1) == possible_outcomes(first, body).counts
    known = make(inputs=["c"])
    assert (1,) == possible_outcomes(known, body, published_by=lowest).counts
    worst = assessed(None, 3, 3, word="1")
    assert ("letter",) == certain_consequences(highest, worst, published_by=lowest)
    assert () == certain_consequences(highest, worst)


def test_a_word_that_no_profile_gives_is_said(make: Make) -> None:
    rule, body = make(), assessed(None, 1, 2, word="3")
    found = possible_outcomes(rule, body, published_by=rule)
    assert ((), "the published outcome fits no profile") == (found.headlines, found.reason)
    assert () == certain_consequences(rule, body, published_by=rule)


def test_a_rule_that_cannot_do_without_what_is_absent_narrows_nothing(make: Make) -> None:
    """It could not have given the published word."""
    strict, lenient = make(), make(missing="omit", omit_down_to=1)
    body = assessed(None, 2, 2, word="1", c=Absence("withheld", "under review"))
    found = possible_outcomes(lenient, body, published_by=strict)
    assert (["1", "2"], (1, 2)) == ([_word(one) for one in found.headlines], found.counts)
    narrowed = possible_outcomes(lenient, body, published_by=lenient)
    assert (["1"], (1,)) == ([_word(one) for one in narrowed.headlines], narrowed.counts)


def test_a_published_word_of_another_scale_narrows_nothing(make: Make) -> None:
    """Neither does a number, where the rule has none."""
    rule, body = make(), assessed(None, 2, 2, word="good")
    assert (1, 2) == possible_outcomes(rule, body, published_by=rule).counts
    numbered = evolve(body, published=Published(score=50, by="demo/design"))
    assert (1, 2) == possible_outcomes(rule, numbered, published_by=rule).counts
