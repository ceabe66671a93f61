"""What one design says of one assessment; above all where not everything is known (law 14)."""

from collections.abc import Callable
from itertools import product

import pytest
from attrs import evolve

from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.result import result_of
from assurance_core.model.assessment import (
    NOT_KNOWN,
    Assessment,
    Body,
    Cell,
    Finding,
    Published,
    Score,
)
from assurance_core.model.outcome import ConsequenceOutcome, Headline, NoHeadline

RuleOf = Callable[[str], CompiledDesign]


def _assessment(rule: CompiledDesign, scores: str) -> Assessment:
    ids = (rule.source_version or rule.version).statement_ids()
    cells: dict[str, Cell] = {
        one: NOT_KNOWN if sign == "." else Score(sign)
        for one, sign in zip(ids, scores, strict=True)
    }
    return Assessment(rule.design.framework.id, Body("Somewhere"), cells, rule.version.id)


@pytest.mark.parametrize("explain", [False, True])
@pytest.mark.parametrize(
    "design",
    ["single-word", "word-and-areas", "themes", "with-limiters", "report-card", "narrative"],
)
def test_what_is_settled_holds_for_every_completion(
    rule_of: RuleOf, design: str, explain: bool
) -> None:
    """Areas, judgements, score, consequences and steps that are told are those of all of them."""
    rule = rule_of(f"cqc-la/{design}")
    partly = _assessment(rule, "3.4332.12")
    settled = result_of(rule, partly, explain=explain).settled
    assert settled is not None
    always: set[ConsequenceOutcome] | None = None
    for filling in product("1234", repeat=2):
        left = iter(filling)
        signs = [next(left) if sign == "." else sign for sign in "3.4332.12"]
        outcome = result_of(rule, _assessment(rule, "".join(signs)), explain=explain).outcome
        assert outcome is not None
        for told, whole in zip(settled.areas, outcome.areas, strict=True):
            assert told.level is None or told == whole
        assert set(settled.judgements) <= set(outcome.judgements)
        assert set(settled.trace) <= set(outcome.trace)
        assert settled.score in (None, outcome.score)
        always = set(outcome.consequences) if always is None else always & set(outcome.consequences)
    assert always == set(settled.consequences)


def test_settled_themes_are_told(rule_of: RuleOf) -> None:
    """Two of the four themes have both their scores."""
    result = result_of(rule_of("cqc-la/themes"), _assessment(rule_of("cqc-la/themes"), "3.4332.12"))
    assert result.outcome is None
    assert result.settled is not None
    assert ["providing_support", "leadership"] == [one.id for one in result.settled.judgements]
    assert ("supporting_healthier_lives", "safeguarding") == result.unknown


def test_a_word_that_depends_on_an_unknown_score_is_not_invented(rule_of: RuleOf) -> None:
    """No score, no judgement, no consequence, no step."""
    rule = rule_of("cqc-la/single-word")
    settled = result_of(rule, _assessment(rule, "4444.4444"), explain=True).settled
    assert settled is not None
    assert NoHeadline("not every score is known to us") == settled.headline
    assert (None, (), (), ()) == (
        settled.score, settled.judgements, settled.consequences, settled.trace,
    )  # fmt: skip


def test_a_narrative_tells_what_is_known(rule_of: RuleOf) -> None:
    """Unknown statements are neither strengths nor weaknesses; findings need no score at all."""
    rule = rule_of("cqc-la/narrative")
    one = _assessment(rule, "3.......1")
    settled = result_of(rule, one).settled
    assert settled is not None
    assert (1, 1) == (len(settled.strengths), len(settled.improvements))
    found = Finding("strength", "Nobody waits.")
    outcome = result_of(rule, evolve(one, findings=(found,))).outcome
    assert outcome is not None
    assert ((found,), ()) == (outcome.strengths, outcome.improvements)


def test_consequences_of_a_certain_word_are_told(rule_of: RuleOf) -> None:
    """One score is open; the published grade leaves one word, and what follows from that."""
    rule = rule_of("ofsted-ilacs/2023")
    ids = rule.version.statement_ids()
    cells: dict[str, Cell] = {one: Score("good") for one in ids[1:]}
    given = Assessment(
        "ofsted-ilacs",
        Body("Somewhere"),
        {ids[0]: NOT_KNOWN, **cells},
        rule.version.id,
        judged={"overall": "inadequate"},
    )
    result = result_of(rule, given)
    assert isinstance(result.headline, Headline)
    assert result.settled is not None
    assert [
        "normally monitoring visits, an inspection again, and measures by the Secretary of State"
    ] == [one.text for one in result.settled.consequences]


def test_a_published_word_narrows_what_follows(rule_of: RuleOf) -> None:
    """Open, nothing follows for sure; as the published grade was good, a short inspection does."""
    rule = rule_of("ofsted-ilacs/2023")
    ids = rule.version.statement_ids()
    cells: dict[str, Cell] = {one: Score("good") for one in ids}
    given = Assessment("ofsted-ilacs", Body("Somewhere"), cells, rule.version.id)
    published = evolve(given, published=Published("good"))
    told = [result_of(rule, one, rule).settled for one in (given, published)]
    assert [0, 1] == [len(one.consequences) for one in told if one]
