"""What is known of the council rule and its variants, as numbers over all 262,144 profiles."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from assurance_core.engine.rule import CompiledDesign
from assurance_core.engine.table import Table

RuleOf = Callable[[str], CompiledDesign]


def _space(rule: CompiledDesign) -> Table:
    table = rule.space["overall"]
    assert table is not None
    return table


def _levels(rule: CompiledDesign) -> NDArray[np.int64]:
    table = _space(rule)
    return table.positions[table.classes]


def _scores(rule: CompiledDesign) -> list[Fraction]:
    table = _space(rule)
    exact = [Fraction(int(row[1]), int(row[2])) for row in table.columns]
    return [exact[one] for one in table.classes.tolist()]


def test_profiles_of_each_rating(single_word: CompiledDesign) -> None:
    """The one word is symmetric: 706 profiles at either end, 130,366 next to them."""
    assert [706, 130_366, 130_366, 706] == np.bincount(_levels(single_word))[1:].tolist()


def test_most_lowest_scores_that_a_rating_can_hide(single_word: CompiledDesign) -> None:
    """A good can hold four 1s, an outstanding one."""
    levels = _levels(single_word)
    profiles = np.indices((4,) * 9, dtype=np.int8).reshape(9, -1) + 1
    ones = (profiles == 1).sum(axis=0)
    assert (4, 1) == (int(ones[levels == 3].max()), int(ones[levels == 4].max()))


@pytest.mark.parametrize(
    ("patch", "against", "changed"),
    [
        ("cqc-la/outstanding-from-80", "cqc-la/single-word", 8_754),
        ("cqc-la/press-80-and-62", "cqc-la/single-word", 39_030),
        ("cqc-la/commissioning-twice", "cqc-la/single-word", 28_058),
        ("cqc-la/safeguarding-twice", "cqc-la/single-word", 28_058),
        ("cqc-la/safeguarding-cap", "cqc-la/single-word", 49_716),
        ("cqc-la/limiters-by-range", "cqc-la/with-limiters", 81),
        ("cqc-la/half-up", "cqc-la/single-word", 0),
        ("cqc-la/evidence-categories", "cqc-la/single-word", 0),
    ],
)
def test_profiles_whose_rating_changes(
    patch: str, against: str, changed: int, rule_of: RuleOf
) -> None:
    """How many of all profiles are rated otherwise after the edit."""
    differ = _levels(rule_of(patch)) != _levels(rule_of(against))
    assert changed == int(differ.sum())


def test_outstanding_from_80_moves_only_to_outstanding(rule_of: RuleOf) -> None:
    """All 8,754 go from good to outstanding."""
    before = _levels(rule_of("cqc-la/single-word"))
    after = _levels(rule_of("cqc-la/outstanding-from-80"))
    moved = before != after
    assert ({3}, {4}) == (set(before[moved].tolist()), set(after[moved].tolist()))


def test_half_up_changes_what_is_shown_and_nothing_else(rule_of: RuleOf) -> None:
    """118,020 profiles show another percentage; the exact one is the same for all."""
    before, after = _scores(rule_of("cqc-la/single-word")), _scores(rule_of("cqc-la/half-up"))
    assert 118_020 == sum(one != other for one, other in zip(before, after, strict=True))


@pytest.mark.parametrize(
    ("scores", "word", "score"),
    [
        ((3, 3, 4, 3, 4, 4, 3, 4, 4), "outstanding", 89),
        ((3, 3, 3, 3, 4, 3, 3, 3, 3), "good", 78),
        ((2, 2, 3, 3, 3, 3, 3, 3, 3), "good", 70),
        ((3, 2, 3, 2, 3, 2, 3, 2, 3), "good", 64),
        ((2, 2, 2, 3, 3, 2, 2, 3, 3), "requires_improvement", 62),
        ((1, 2, 2, 1, 2, 1, 1, 2, 2), "requires_improvement", 39),
        ((1, 1, 1, 2, 2, 2, 1, 1, 1), "inadequate", 34),
    ],
)
def test_words_and_scores(
    scores: tuple[int, ...], word: str, score: int, single_word: CompiledDesign
) -> None:
    """The profiles that the first issue names, with their words and percentages."""
    outcome = single_word.rate(scores)
    assert outcome.score is not None
    assert (word, Fraction(score)) == (
        getattr(outcome.headline, "level", None),
        outcome.score.value,
    )


def test_a_score_is_kept_exactly_beside_what_is_shown(single_word: CompiledDesign) -> None:
    """Camden: 800/9 per cent is shown as 89 of 100."""
    score = single_word.rate((3, 3, 4, 3, 4, 4, 3, 4, 4)).score
    assert score is not None
    assert (Fraction(89), Fraction(800, 9), Fraction(100)) == (score.value, score.exact, score.of)


@pytest.mark.parametrize(
    ("categories", "exact", "shown", "level"),
    [
        ((3, 2, 3, 3), Fraction(275, 4), 69, "3"),
        ((3, 2, 2, 3), Fraction(125, 2), 63, "3"),
        ((4, 3, 4, 3), Fraction(175, 2), 88, "4"),
        ((1, 1, 2, 2), Fraction(75, 2), 38, "1"),
    ],
)
def test_a_statements_score_from_its_evidence(
    categories: tuple[int, ...], exact: Fraction, shown: int, level: str, rule_of: RuleOf
) -> None:
    """68.75 is shown as 69; rounding up decides 62.5 and 87.5, and changes nothing at 37.5."""
    rule = rule_of("cqc-la/evidence-categories")
    names = rule.version.evidence_categories
    evidence = {
        statement.id: dict(zip(names, categories, strict=True))
        for statement in rule.version.statements
    }
    first = rule.rate(evidence=evidence).judgements[0]
    assert first.score is not None
    assert first.level is not None
    assert (exact, Fraction(shown), level) == (first.score.exact, first.score.value, first.level.id)
