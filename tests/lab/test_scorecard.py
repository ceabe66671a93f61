"""The scorecard reproduces the debate notes."""

from bisect import bisect
from collections.abc import Iterator
from fractions import Fraction
from math import ceil

import numpy as np
import pytest

from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.contender import Contender
from assurance_core.lab.metrics.composite import reference_of, words_of_readers
from assurance_core.lab.metrics.figure import Figure
from assurance_core.lab.metrics.study import prepare
from assurance_core.lab.scorecard import Scorecard, scorecard
from assurance_core.lab.space import space_of
from assurance_core.model.assessment import Assessment
from assurance_core.model.design import RatingDesign
from assurance_core.plugins import Registry
from assurance_core.tables.datasets import read_dataset_table
from tests.lab.four_rules import RULES, councils, four_rules

__all__ = ["councils", "four_rules"]


@pytest.fixture(scope="module")
def card(four_rules: dict[str, RatingDesign], councils: tuple[Assessment, ...]) -> Scorecard:
    return scorecard([four_rules[name] for name in RULES], councils, bodies_total=153)


@pytest.fixture(scope="module")
def cards_shown(registry: Registry, councils: tuple[Assessment, ...]) -> Scorecard:
    names = ("word-and-areas", "report-card", "score-only", "narrative")
    return scorecard([registry.design(f"cqc-la/{one}") for one in names], councils)


def _figures(
    card: Scorecard, metric: str, measure: str = "", every: bool = False
) -> Iterator[Figure]:
    for one in card.designs:
        found = one.metric(metric).measure(measure)
        yield found.every if every else found.observed


def _values(card: Scorecard, metric: str, measure: str = "", every: bool = False) -> list[float]:
    return [one.value or 0.0 for one in _figures(card, metric, measure, every)]


def _counts(
    card: Scorecard, metric: str, measure: str = "", every: bool = False
) -> list[tuple[int | None, int | None]]:
    return [(one.count, one.of) for one in _figures(card, metric, measure, every)]


# The vectors of the debate notes: plain word, any 1 caps, provider limiters, lower median.


@pytest.mark.parametrize(
    ("metric", "measure", "every", "expected"),
    [
        ("M1", "", False, [0.4152, 0.4152, 0.4152, 0.4152]),
        ("M1", "", True, [0.0279, 0.0173, 0.0171, 0.0400]),
        ("M2", "depth", False, [2.1739, 2.1739, 2.1739, 2.1739]),
        ("M6", "", False, [2.7073, 1.9756, 1.9756, 2.6341]),
        ("M7", "", False, [0.0889, 0.1248, 0.1254, 0.0672]),
        ("M7", "same_wrong", False, [0.1292, 0.1459, 0.1459, 0.0869]),
        ("M7", "kappa", False, [0.7571, 0.6730, 0.6721, 0.8047]),
        ("M3", "", True, [4, 0, 0, 4]),
        ("M3", "outstanding.lowest", True, [1, 0, 0, 4]),
    ],
)
def test_values_of_the_debate_notes(
    card: Scorecard, metric: str, measure: str, every: bool, expected: list[float]
) -> None:
    assert pytest.approx(expected, abs=5e-5) == _values(card, metric, measure, every)


@pytest.mark.parametrize(
    ("metric", "measure", "every", "expected"),
    [
        ("M2", "", False, [(16, 23)] * 4),
        ("M5", "", False, [(10, 41), (19, 41), (19, 41), (11, 41)]),
        ("M9", "", False, [(468, 820)] * 4),
        ("M9", "contradiction", False, [(101, 820)] * 4),
        ("M11", "", False, [(2, 4)] * 4),
        ("M15", "", False, [(41, 41)] * 4),
        ("M15", "split", False, [(0, 36)] * 4),
    ],
)
def test_counts_of_the_debate_notes(
    card: Scorecard, metric: str, measure: str, every: bool, expected: list[tuple[int, int]]
) -> None:
    assert expected == _counts(card, metric, measure, every)


def test_the_notes_557_pairs_take_equal_scores_in(card: Scorecard) -> None:
    """Eight pairs of councils have the same nine scores: neither of them dominates the other."""
    assert [(549, 820)] * 4 == _counts(card, "M9", "card")
    assert [(557, 820)] * 4 == _counts(card, "M9", "card_or_equal")


def test_cliffs_over_all_profiles(card: Scorecard) -> None:
    assert [63_936, 76_146] == [count for count, _ in _counts(card, "M5", every=True)][:2]


def test_the_four_rate_all_councils_alike_and_differ_elsewhere(card: Scorecard) -> None:
    """Why observed bodies and all profiles stand side by side."""
    assert 3 == len(card.agreements)
    for pair in card.agreements:
        same = pair.metric.measure()
        assert ((2, 0, 0, 0), (0, 16, 0, 0), (0, 0, 22, 0), (0, 0, 0, 1)) == pair.observed
        assert (41, 41) == (same.observed.count, same.observed.of)
        assert same.every.value is not None
        assert 0.5 < same.every.value < 0.8


def test_the_plain_words_share_of_profiles(card: Scorecard) -> None:
    assert [706, 130_366, 130_366, 706] == [sum(row) for row in card.agreements[0].every]


def test_auxiliary_figures_of_the_plain_word(card: Scorecard) -> None:
    plain = card.designs[0]
    influence = [row.every.value for row in plain.metric("A1").rows]
    assert [pytest.approx(0.1246, abs=5e-5)] * 9 == influence
    weak = plain.metric("A2")
    assert pytest.approx(0.160, abs=5e-4) == weak.measure().every.value
    assert pytest.approx(0.379, abs=5e-4) == weak.measure("below").every.value


def test_every_figure_says_what_it_was_computed_on(card: Scorecard) -> None:
    """A figure has a value and a basis, or a reason why there is none."""
    metrics = [metric for one in card.designs for metric in one.metrics]
    metrics += [pair.metric for pair in card.agreements]
    for metric in metrics:
        for one in (*metric.measures, *metric.rows):
            for figure in (one.observed, one.every):
                assert (figure.value is None) == bool(figure.reason), f"{metric.id} {one.name}"
                if figure.value is not None:
                    assert figure.basis.kind != "none"
                if figure.low is not None and figure.high is not None:
                    assert figure.basis.kind == "observed"
                    assert figure.low <= figure.high


def test_observed_figures_carry_a_bootstrap_interval(card: Scorecard) -> None:
    for metric in ("M1", "M2", "M4", "M5", "M6", "M7", "M9", "M11", "M13", "M15"):
        figure = card.designs[0].metric(metric).measure().observed
        assert figure.low is not None, metric
        assert figure.high is not None
        assert figure.value is not None
        assert figure.low <= figure.value <= figure.high


def test_the_same_seed_gives_the_same_figures(
    four_rules: dict[str, RatingDesign], councils: tuple[Assessment, ...]
) -> None:
    design = four_rules["plain word"]
    first, again = (scorecard([design], councils, seed=7).designs[0].metrics for _ in range(2))
    assert first == again


# Cards without a word.


@pytest.mark.parametrize("metric", ["M2", "M3", "M4", "M5", "M6", "M7", "M9", "M11"])
def test_metrics_of_the_word_do_not_apply_without_one(cards_shown: Scorecard, metric: str) -> None:
    word, *cards = cards_shown.designs
    assert word.metric(metric).applicable
    assert ["it has no headline"] * 3 == [one.metric(metric).reason for one in cards]


def test_what_a_card_tells_and_how_much_there_is_to_read(cards_shown: Scorecard) -> None:
    _, card, score, story = cards_shown.designs
    assert 1.0 == card.metric("M1").measure("shown").every.value
    assert card.metric("M1").measure().every.reason
    assert [9, 1, 0] == [one.metric("M10").measure().every.value for one in (card, score, story)]
    assert 18.0 == pytest.approx(card.metric("M10").measure("shown").every.value)


def test_readers_who_add_a_card_up(cards_shown: Scorecard) -> None:
    """A body with the same score throughout gets the same word whatever the weights."""
    metric = cards_shown.designs[1].metric("M8")
    low, mean, high = (metric.measure(key).observed.value for key in ("low", "", "high"))
    assert low is not None
    assert mean is not None
    assert high is not None
    assert 0 <= low <= mean <= high <= 1
    assert 41 == len(metric.rows)
    assert min(row.observed.value or 0.0 for row in metric.rows) == 0
    assert "does not show every score" in cards_shown.designs[2].metric("M8").reason


def test_a_readers_word_is_the_weighted_percentage_rounded_and_banded(
    single_word: CompiledDesign, councils: tuple[Assessment, ...]
) -> None:
    """With the rule's own thresholds, worked out in fractions for one reader and body at a time."""
    study = prepare(Contender(single_word.design), councils, single_word, seed=1)
    reference = reference_of([study])
    assert reference is not None
    weights = np.random.default_rng(5).integers(1, 1000, size=(40, 9))
    naive = [
        [
            bisect([39, 63, 88], ceil(Fraction(int(100 * (row @ reader)), int(4 * sum(reader)))))
            for row in study.observed.scores
        ]
        for reader in weights
    ]
    assert naive == words_of_readers(reference, study.observed, weights).tolist()


# Inspections of children's services: the grade is judged.


@pytest.fixture(scope="module")
def inspections(registry: Registry) -> Scorecard:
    framework = registry.framework("ofsted-ilacs")
    data = registry.dataset("ofsted-ilacs")
    table = read_dataset_table(data, framework)
    designs = [registry.design("ofsted-ilacs/reconstruction")]
    return scorecard(designs, table.assessments, bodies_total=data.bodies_total)


def test_rule_and_judgement(inspections: Scorecard) -> None:
    metric = inspections.designs[0].metric("M14")
    gap, ceiling = metric.measure().observed, metric.measure("ceiling").observed
    assert (271 - 263, 271) == (gap.count, gap.of)
    assert (266, 271) == (ceiling.count, ceiling.of)
    assert (4, 49) == (metric.measure("split").observed.count, metric.measure("split").observed.of)
    assert "judged" in inspections.designs[0].metric("M15").reason


def test_bodies_not_assessments_are_drawn(inspections: Scorecard) -> None:
    basis = inspections.designs[0].metric("M14").measure().observed.basis
    assert basis.bodies < basis.size == 271


def test_a_sample_is_near_the_exact_share(four_rules: dict[str, RatingDesign]) -> None:
    """The same formulas serve drawn profiles: with the plain word they come near the exact ones."""
    from assurance_core.lab.metrics.study import draw

    rule = compile_design(four_rules["plain word"])
    drawn = draw(rule, rule.leaves, 9, seed=1)
    good = (drawn.states >= 2).mean()
    assert abs(good - 0.5) < 0.01
    assert space_of(rule).size == drawn.basis.space


def test_an_unknown_version_is_named(four_rules: dict[str, RatingDesign]) -> None:
    from assurance_core.model.errors import AssuranceError

    with pytest.raises(AssuranceError, match="unknown-id"):
        scorecard([four_rules["plain word"]], (), version="2032")
