"""Law 1, exact: no float takes part in a decision, and rounding is a step of its own."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.engine.run import StepRun, run_steps
from assurance_core.model.design import RatingDesign
from assurance_core.rules.band import at_least, at_most
from assurance_core.rules.rounding import round_ratio
from assurance_core.rules.values import Numbers, NumberType
from assurance_core.testing import strategies
from tests.naive import round_to
from tests.support import compiled, every_profile, rated

RATIOS = st.fractions(-(10**6), 10**6, max_denominator=10**4)


@given(RATIOS, st.sampled_from(strategies.ROUNDINGS))
def test_rounding_is_that_of_fractions(value: Fraction, toward: str) -> None:
    """Rounding columns of integers gives what rounding the fraction gives, below zero too."""
    rounded = round_ratio(np.array(value.numerator), np.array(value.denominator), toward)
    assert round_to(value, toward) == int(rounded)


@given(RATIOS, RATIOS)
def test_bounds_are_compared_as_fractions(value: Fraction, bound: Fraction) -> None:
    """Cross-multiplication decides what comparing the fractions decides."""
    column = Numbers(np.array(value.numerator), np.array(value.denominator))
    assert (value >= bound, value <= bound) == (
        bool(at_least(column, bound)),
        bool(at_most(column, bound)),
    )


@given(RATIOS)
def test_a_value_at_a_bound_is_inside_and_a_hair_below_is_not(bound: Fraction) -> None:
    """A bound is part of its range, however near the next value is."""
    below = bound - Fraction(1, 10**6)
    at = Numbers(np.array(bound.numerator), np.array(bound.denominator))
    under = Numbers(np.array(below.numerator), np.array(below.denominator))
    assert (True, False) == (bool(at_least(at, bound)), bool(at_least(under, bound)))


@given(strategies.designs())
def test_every_score_is_an_exact_ratio(design: RatingDesign) -> None:
    """Scores are fractions before and after rounding."""
    rule = compiled(design)
    for profile in list(every_profile(rule))[:20]:
        for one in rated(rule, profile).judgements:
            if one.score:
                assert {Fraction} == {type(one.score.value), type(one.score.exact)}


@given(strategies.designs())
def test_what_is_known_of_a_number_before_anything_runs_holds_of_every_profile(
    design: RatingDesign,
) -> None:
    """No value lies outside its bounds, and an aggregate of complete profiles reaches both."""
    rule = compiled(design)
    profiles = list(every_profile(rule))
    positions = {
        leaf.id: np.array([leaf.scale.level(one[leaf.id]).position for one in profiles])
        for leaf in rule.leaves
    }
    for judgement in rule.judgements:
        seen: list[tuple[NumberType, Numbers]] = []

        def record(run: StepRun, seen: list[tuple[NumberType, Numbers]] = seen) -> None:
            named, _before, after, _columns = run
            if isinstance(after, Numbers) and isinstance(named.step.gives, NumberType):
                seen.append((named.step.gives, after))

        given_ = {name: positions[key] for name, key in judgement.inputs if key in positions}
        if len(given_) < len(judgement.inputs):
            continue
        run_steps(judgement, given_, record)
        for place, (known, numbers) in enumerate(seen):
            parts = np.broadcast_arrays(numbers.numerator, numbers.denominator)
            values = [Fraction(int(a), int(b)) for a, b in zip(*map(np.ravel, parts), strict=True)]
            assert known.lowest <= min(values)
            assert max(values) <= known.highest
            assert np.max(parts[1]) <= known.denominator
            assert np.max(np.abs(parts[0])) <= known.numerator
            if place == 0:
                assert (min(values), max(values)) == (known.lowest, known.highest)
