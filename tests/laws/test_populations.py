"""Invented populations: what holds of every draw, whatever it was fitted on."""

from itertools import islice
from typing import Any
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assurance_core.lab.population import draw
from assurance_core.lab.population.draw import draw_population
from assurance_core.lab.population.fit import LEAST_ROWS, Population, fit_population
from assurance_core.lab.population.latent import root
from assurance_core.model.assessment import Assessment, Body, Score
from assurance_core.testing import strategies

SEEDS = st.integers(0, 2**64)


@st.composite
def populations(drawn: st.DrawFn) -> Population:
    """A population like any complete assessments of any framework."""
    framework = drawn(strategies.frameworks())
    version = framework.versions[-1]
    levels = {one.id: st.sampled_from(one.scale.ids) for one in version.statements}
    rows = drawn(st.lists(st.fixed_dictionaries(levels), min_size=LEAST_ROWS, max_size=40))
    assessments = [
        Assessment(
            framework.id,
            Body(f"Body {number}"),
            {statement: Score(level) for statement, level in row.items()},
            version.id,
        )
        for number, row in enumerate(rows)
    ]
    return fit_population(framework, assessments, version.id)


def rows_of(population: Population, size: int, seed: int) -> Any:
    return np.concatenate(list(draw_population(population, size, seed)))


@given(populations(), SEEDS)
def test_every_level_drawn_was_published(population: Population, seed: int) -> None:
    """Positions are in range, and a level that no row had is never drawn."""
    drawn = rows_of(population, 500, seed)
    assert (500, len(population.leaves)) == drawn.shape
    for column, counts in zip(drawn.T, population.counts, strict=True):
        assert set(column.tolist()) <= {place for place, one in enumerate(counts, 1) if one}


@given(populations(), SEEDS, st.integers(1, 60), st.integers(0, 60), st.integers(1, 50))
def test_a_larger_draw_begins_with_the_smaller(
    population: Population, seed: int, size: int, more: int, block: int
) -> None:
    """In however many blocks it is drawn; and the same seed gives the same again."""
    small, large = rows_of(population, size, seed), rows_of(population, size + more, seed)
    assert small.tolist() == large[:size].tolist()
    with patch.object(draw, "BLOCK", block):
        blocks = list(draw_population(population, size + more, seed))
    assert all(len(one) <= block for one in blocks)
    assert large.tolist() == np.concatenate(blocks).tolist()


@settings(max_examples=25)
@given(populations(), SEEDS)
def test_shares_of_levels_come_out_as_published(population: Population, seed: int) -> None:
    """Within six standard errors of 20,000 draws, and what the parts of the normal number allow."""
    size = 20_000
    drawn = rows_of(population, size, seed)
    for column, counts in zip(drawn.T, population.counts, strict=True):
        found = np.bincount(column, minlength=len(counts) + 1)[1:] / size
        wanted = np.array(counts) / population.rows
        assert (np.abs(found - wanted) <= 6 * np.sqrt(wanted * (1 - wanted) / size) + 1e-3).all()


@given(populations())
def test_correlations_are_those_of_some_numbers(population: Population) -> None:
    """Symmetric, 1 with oneself, and with a root: else nothing could be drawn from them."""
    matrix = population.correlations
    assert matrix == tuple(zip(*matrix, strict=True))
    assert {1_000} == {matrix[place][place] for place in range(len(matrix))}
    assert root(matrix) is not None
    assert 0 <= population.shrunk <= 100


@given(populations(), SEEDS)
def test_a_draw_is_a_stream(population: Population, seed: int) -> None:
    """Of a population of any size, only as many rows are made as are taken."""
    (first,) = islice(draw_population(population, 10**15, seed), 1)
    assert draw.BLOCK == len(first)
