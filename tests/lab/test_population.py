"""Invented populations by hand: what is fitted, and what the first rows of a seed are."""

import hashlib
from math import asin, pi, sin

import numpy as np
import pytest
from attrs import evolve

from assurance_core import AssuranceError, load_plugins, read_dataset_table
from assurance_core.lab.population.draw import draw_population
from assurance_core.lab.population.fit import Population, fit_population, fullest_version
from assurance_core.lab.population.latent import (
    centred_ranks,
    latent_correlation,
    rank_covariances,
    thresholds,
)
from assurance_core.lab.population.likeness import Measured, likeness
from assurance_core.tables.empty_table import judged_by_any

REGISTRY = load_plugins(["cqc_la", "ofsted_ilacs"])
COUNCILS = REGISTRY.framework("cqc-la")
PUBLISHED = read_dataset_table(REGISTRY.dataset("cqc-la"), COUNCILS).assessments


def fitted(dataset: str, version: str) -> Population:
    """A population like a dataset, with what its designs leave to the assessor."""
    framework = REGISTRY.framework(dataset)
    found = framework.version(version)
    assert found is not None
    judged = judged_by_any(REGISTRY.designs.values(), framework.id, found)
    rows = read_dataset_table(REGISTRY.dataset(dataset), framework).assessments
    return fit_population(framework, rows, version, tuple(judged.values()))


@pytest.mark.parametrize(("same", "other"), [(3, 1), (2, 2), (1, 3), (8, 1)])
def test_the_latent_correlation_of_two_halves_is_known(same: int, other: int) -> None:
    """Cut at their medians, two normal numbers agree in 1/2 + arcsin(r)/π of all cases."""
    table = [(1, 1)] * same + [(2, 2)] * same + [(1, 2)] * other + [(2, 1)] * other
    rows = np.array(table)
    share = same / (same + other)
    wanted = sin(pi * (share - 0.5))
    assert asin(wanted) == pytest.approx(pi * (share - 0.5))
    ranks = [centred_ranks(column, 2) for column in rows.T]
    covariance = rank_covariances(rows, [2, 2])[0][1] / len(rows)
    cuts = [thresholds([same + other, same + other])] * 2
    assert abs(1_000 * wanted - latent_correlation(covariance, ranks, cuts)) <= 1


def test_columns_that_always_agree_go_together_as_far_as_they_can() -> None:
    rows = np.array([[1, 1], [2, 2]] * 5)
    ranks = [centred_ranks(column, 2) for column in rows.T]
    covariance = rank_covariances(rows, [2, 2])[0][1] / len(rows)
    assert 990 == latent_correlation(covariance, ranks, [thresholds([5, 5])] * 2)
    assert -990 == latent_correlation(-covariance, ranks, [thresholds([5, 5])] * 2)


def test_what_is_fitted_on_the_councils() -> None:
    """41 rows tell no pair of statements from another: every correlation is their mean."""
    population = fitted("cqc-la", "2023")
    assert (41, 100, 9) == (population.rows, population.shrunk, len(population.leaves))
    assert (4, 25, 12, 0) == population.counts[0]
    assert {695, 1_000} == {one for row in population.correlations for one in row}


def test_what_an_assessor_judged_is_drawn_too() -> None:
    """168 rows tell pairs apart; the grade follows the areas closely."""
    population = fitted("ofsted-ilacs", "2018")
    assert (168, 23) == (population.rows, population.shrunk)
    assert "judged.overall" == population.leaves[-1].id
    assert (979, 979, 952, 1_000) == population.correlations[-1]


def test_the_version_with_the_most_complete_rows_is_taken() -> None:
    assert "2023" == fullest_version(COUNCILS, PUBLISHED).id
    assert "2023" == fit_population(COUNCILS, PUBLISHED).version.id


def test_the_same_seed_gives_the_same_bytes_everywhere() -> None:
    """On every machine and under every NumPy: these were written down once."""
    population = fitted("cqc-la", "2023")
    (rows,) = draw_population(population, 10_000, seed=1)
    assert [3, 3, 3, 2, 3, 3, 3, 2, 3] == rows[0].tolist()
    digest = hashlib.sha256(rows.astype("<i2").tobytes()).hexdigest()
    assert "f78ab355790832fcddf00154758d8a5d14f86e94c4518e3b0e53a2bc10d352ad" == digest


def test_two_seeds_give_different_rows() -> None:
    population = fitted("cqc-la", "2023")
    (one,), (other,) = (draw_population(population, 100, seed) for seed in (1, 2))
    assert one.tolist() != other.tolist()


def test_few_rows_are_refused() -> None:
    with pytest.raises(AssuranceError) as caught:
        fit_population(COUNCILS, [one for one in PUBLISHED if one.complete()][:5], "2023")
    assert str(caught.value).startswith("error[missing]: cqc-la, version 2023\n  found:    ")


def test_a_row_that_says_nothing_of_a_statement_is_not_complete() -> None:
    """Nor is one in which a level was judged and nothing is scored."""
    complete = [one for one in PUBLISHED if one.complete()]
    (first, *others) = [one for one in complete if one.version == "2023"]
    partial = evolve(first, scores=dict(list(first.scores.items())[1:]))
    judged = evolve(first, scores={}, judged={"overall": "good"})
    assert len(others) == fit_population(COUNCILS, [partial, judged, *others], "2023").rows
    assert "2023" == fullest_version(COUNCILS, [partial, judged, *others]).id


def test_a_draw_is_like_what_it_was_fitted_on() -> None:
    """Shares of levels within half a point, and rank correlations that are the mean on average."""
    population = fitted("cqc-la", "2023")
    measured = Measured()
    assert 100_000 == sum(len(one) for one in measured.watch(draw_population(population, 10**5, 1)))
    designs = [one for one in REGISTRY.designs.values() if one.status == "in_force"]
    found = likeness(population, measured.rows, designs)
    assert max(shares.largest for _, shares in found.levels) < 0.005
    observed = [one.observed or 0.0 for one in found.pairs]
    drawn = [one.drawn or 0.0 for one in found.pairs]
    assert sum(observed) / 36 == pytest.approx(sum(drawn) / 36, abs=0.02)
    ((design, outcomes),) = found.outcomes
    assert ("cqc-la/single-word", (2, 16, 22, 1)) == (design.id, outcomes.observed)
    assert 100_000 == sum(outcomes.drawn)
    assert outcomes.largest < 0.1


def test_a_draw_that_tells_pairs_apart_keeps_them_apart() -> None:
    """Each rank correlation of the inspections comes out within 0.06."""
    population = fitted("ofsted-ilacs", "2018")
    found = likeness(population, np.concatenate(list(draw_population(population, 10**5, 1))))
    assert max(one.difference for one in found.pairs) < 0.06
    assert () == found.outcomes


def test_designs_that_read_what_was_not_drawn_are_left_out() -> None:
    population = fitted("cqc-la", "2023")
    (rows,) = draw_population(population, 100, 1)
    designs = [
        REGISTRY.design(one)
        for one in ("cqc-la/evidence-categories", "cqc-la/narrative", "ofsted-ilacs/2018")
    ]
    assert () == likeness(population, rows, designs).outcomes


def test_where_a_correlation_is_undefined_there_is_no_difference() -> None:
    """Of a statement with one level throughout, nothing can be said to go with another."""
    population = fitted("cqc-la", "2023")
    rows = np.ones((4, 9), dtype=np.int16)
    rows[:2, :2] = 2
    pairs = likeness(population, rows).pairs
    undefined = [one for one in pairs if one.drawn is None]
    assert 35 == len(undefined)
    assert {0.0} == {one.difference for one in undefined}


def test_what_comes_behind_the_rows_that_are_measured_passes_by() -> None:
    measured = Measured(most=3)
    blocks = [np.full((2, 1), number, dtype=np.int16) for number in (1, 2, 3)]
    assert [1, 2, 3] == [int(block[0, 0]) for block in measured.watch(blocks)]
    assert [[1], [1], [2]] == measured.rows.tolist()


def test_a_design_that_does_not_read_the_version_has_no_outcomes() -> None:
    population = fitted("cqc-la", "2023")
    (rows,) = draw_population(population, 10, seed=1)
    other = evolve(REGISTRY.design("cqc-la/single-word"), versions=("2023-pilot",))
    assert () == likeness(population, rows, [other]).outcomes


def test_where_no_statement_is_scored_a_judged_level_is_all_there_is() -> None:
    registry = load_plugins(["area_send"])
    (framework,) = registry.frameworks.values()
    (dataset,) = registry.datasets.values()
    rows = read_dataset_table(dataset, framework).assessments
    judged = [one for one in rows if one.judged]
    assert judged
    version = fullest_version(framework, rows)
    assert {version.id} == {one.version for one in judged}
