"""Formulas against published examples."""

import numpy as np
import pytest

from assurance_core.lab.metrics.agreement import Weighting, cohen_kappa, reversals
from assurance_core.lab.metrics.bootstrap import (
    pair_ratio,
    ratio,
    weights_by_name,
    with_interval,
)
from assurance_core.lab.metrics.distance import steps_to_another
from assurance_core.lab.metrics.figure import Basis, Figure, no_figure
from assurance_core.lab.metrics.information import discrimination, entropy
from assurance_core.lab.metrics.reliability import chance_corrected
from assurance_core.lab.metrics.staleness import staleness
from assurance_core.model.assessment import Assessment, Body, Score
from assurance_core.model.dates import PartialDate

FIRST, SECOND = [1, 1, 2, 2, 3, 3, 1, 3], [1, 3, 2, 1, 3, 2, 1, 3]


@pytest.mark.parametrize(
    ("weighting", "expected"), [("unweighted", 0.4286), ("linear", 0.4667), ("quadratic", 0.5)]
)
def test_cohens_kappa(weighting: Weighting, expected: float) -> None:
    table = np.zeros((3, 3))
    for one, other in zip(FIRST, SECOND, strict=True):
        table[one - 1, other - 1] += 1
    assert pytest.approx(expected, abs=5e-5) == float(cohen_kappa(table, weighting))


def test_reversals_are_pairs_in_opposite_order() -> None:
    table = [[0] * 3 for _ in range(3)]
    for one, other in zip(FIRST, SECOND, strict=True):
        table[one - 1][other - 1] += 1
    bodies = list(zip(FIRST, SECOND, strict=True))
    naive = sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for n, a in enumerate(bodies) for b in bodies[:n])
    assert naive == reversals(table)


def test_entropy_of_acute_trusts_stars() -> None:
    assert pytest.approx(1.828, abs=5e-4) == float(entropy(np.array([52, 60, 30, 14])))


def test_fergusons_delta_of_an_even_spread() -> None:
    assert 1.0 == discrimination([3] * 10)


@pytest.mark.parametrize(("pass_rate", "expected"), [(0.5, 0.84), (0.9, 0.56)])
def test_kappa_falls_with_the_pass_rate(pass_rate: float, expected: float) -> None:
    by_chance = pass_rate**2 + (1 - pass_rate) ** 2
    found = chance_corrected(np.array([0.92]), np.array([by_chance]))
    assert pytest.approx(expected, abs=0.005) == found[0]


def test_what_rests_on_nothing_says_so() -> None:
    none = no_figure("nothing is scored")
    assert (None, "nothing is scored") == (none.value, none.reason)
    assert ("none", 0, 0) == (none.basis.kind, none.basis.size, none.basis.bodies)


def test_nothing_is_left_to_correct_where_chance_agrees_all_but_always() -> None:
    """Rounding must not make a large number of it."""
    agreed, by_chance = np.array([1.0, 1 - 1e-14, 0.5]), np.array([1.0, 1 - 2e-14, 0.5])
    found = chance_corrected(agreed, by_chance)
    assert [True, True, False] == np.isnan(found).tolist()
    assert 0.0 == found[2]


def test_a_constant_design_has_no_other_word() -> None:
    assert not steps_to_another(np.zeros((3, 3), dtype=np.int16), 2).any()


def test_a_body_comes_with_all_its_assessments() -> None:
    weights = weights_by_name(["york", "hull", "york"], seed=3, draws=200)
    assert (weights[:, 0] == weights[:, 2]).all()
    assert {2.0} == set((weights[:, 0] + weights[:, 1]).tolist())


def test_weights_of_one_give_the_figure_itself() -> None:
    mask = np.array([True, False, True, True])
    ones = np.ones((1, 4))
    assert 0.75 == ratio(mask, np.ones(4, dtype=bool))(ones)[0]
    above = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=bool)
    among = ~np.eye(3, dtype=bool)
    assert pytest.approx(1 / 3) == pair_ratio(above, among)(np.ones((1, 3)))[0]


@pytest.mark.parametrize(("undefined", "given"), [(0, True), (10, True), (11, False)])
def test_an_interval_holds_95_of_100_draws_where_nine_in_ten_have_a_value(
    undefined: int, given: bool
) -> None:
    values = np.arange(100, dtype=np.float64)
    values[100 - undefined :] = np.nan
    figure = Figure(50.0, Basis("observed", 4, 4))
    found = with_interval(figure, lambda _: values, np.ones((100, 4)))
    last = 99 - undefined
    expected = (0.025 * last, 0.975 * last) if given else (None, None)
    assert expected == pytest.approx((found.low, found.high))


def _dated(name: str, date: str, carried: bool = False) -> Assessment:
    scores = {"a": Score("1", carried_forward=carried), "b": Score("2")}
    return Assessment("demo", Body(name), scores, date=PartialDate.parse(date))


def test_staleness_keeps_the_precision_of_dates() -> None:
    """York's latest is known to the year: its age lies between one and two years."""
    data = [_dated("York", "2019"), _dated("York", "2023"), _dated("Hull", "2021-01-01", True)]
    metric = staleness(data, PartialDate.parse("2025-01-01"), 4, seed=1)
    found = {one.id: one.observed for one in metric.measures}
    assert pytest.approx((1 + 4) / 2, abs=0.01) == found["least"].value
    assert pytest.approx((2 + 4) / 2, abs=0.01) == found["most"].value
    counts = {key: (one.count, one.of) for key, one in found.items()}
    assert {"older": (1, 2), "carried": (1, 4), "never": (2, 4)}.items() <= counts.items()


def test_what_is_rated_after_the_date_does_not_count() -> None:
    metric = staleness([_dated("York", "2026")], PartialDate.parse("2025"), None, seed=1)
    assert not metric.applicable
