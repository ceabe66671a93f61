"""Distances, noise, neighbours and low scores of whole spaces, from every profile by itself."""

from collections import Counter
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.engine.profile import Profile as Positions
from assurance_core.lab import noise_space
from assurance_core.lab.compensation import compensation
from assurance_core.lab.diagram import fold
from assurance_core.lab.distance import margins
from assurance_core.lab.neighbours import all_neighbours
from assurance_core.lab.noise import noise_of_space
from assurance_core.lab.space import space_of
from tests.lab.enumerated import Enumerated, Profile
from tests.lab.naive_metrics import NaiveMetrics
from tests.lab.studied import Drawn, studied


def groups(drawn: Drawn) -> list[tuple[NaiveMetrics, list[Profile]]]:
    """Return the profiles of each judged level, over the leaves that the headline reads."""
    space = space_of(drawn.study.rule)
    leaves = sorted(space.leaves, key=lambda one: one.kind == "judged")
    card = sum(leaf.kind != "judged" for leaf in leaves)
    hand = Enumerated(drawn.study.rule, "overall", tuple(leaves), drawn.study.rule.reasons, set())
    judged = dict.fromkeys(profile[card:] for profile in hand.states)
    found = []
    for levels in judged:
        rows = [profile for profile in hand.states if profile[card:] == levels]
        found.append((NaiveMetrics(hand, card, None, None, lambda _: (), rows), rows))
    return found


@given(drawn=studied())
def test_margins_are_counted_profile_by_profile(drawn: Drawn) -> None:
    """For each judged level apart."""
    found = margins(fold(space_of(drawn.study.rule)))
    expected = groups(drawn)
    assert len(expected) == len(found)
    for one, (naive, rows) in zip(found, expected, strict=True):
        steps = Counter(naive.distance(row) or None for row in rows)
        assert steps == dict(one.by_radius)
        assert [key for key, _ in one.by_radius] == sorted(
            steps, key=lambda key: (key is None, key or 0)
        )
        assert (len(rows), len(rows), None) == (one.profiles, one.counted, one.seed)
        assert steps[1] == one.on_the_edge
        reach = [key for key in steps.elements() if key]
        assert pytest.approx(sum(reach) / len(reach) if reach else None) == one.mean


@pytest.mark.parametrize("most_points", [0, 256])
@given(drawn=studied(), chance=st.sampled_from((0.05, 0.3, 1.0)))
def test_noise_is_the_mean_over_profiles(most_points: int, drawn: Drawn, chance: float) -> None:
    """For each judged level apart, in both models; by points or by the tensor."""
    space = space_of(drawn.study.rule)
    if all(leaf.kind == "judged" for leaf in space.leaves):
        return
    expected = groups(drawn)
    with patch.object(noise_space, "_MOST_POINTS", most_points):
        found = noise_of_space(fold(space), chance)
    assert len(expected) == len(found)
    for one, (naive, rows) in zip(found, expected, strict=True):
        assert len(rows) == one.profiles
        naive_figures = naive.noise(chance, [1.0] * len(rows))
        for model, shown in (
            ("independent", one.reliability.independent),
            ("same", one.reliability.same_direction),
        ):
            figures = (shown.misclassification, shown.consistency, shown.kappa)
            assert pytest.approx(naive_figures[model], abs=1e-9) == list(figures)


@given(drawn=studied())
def test_neighbours_are_the_single_steps_to_another_word(drawn: Drawn) -> None:
    """Up and down, statement by statement, for every profile at once."""
    study, every = drawn.study, drawn.every
    order = [[leaf.id for leaf in study.leaves].index(leaf.id) for leaf in study.rule.leaves]
    given_ = [Positions(tuple(row[place] + 1 for place in order)) for row in every.rows]
    levels = every.hand.levels
    for row, one in zip(every.rows, all_neighbours(study.rule, given_), strict=True):
        own = every.hand.states[row]
        expected: dict[bool, list[tuple[str, int, int]]] = {True: [], False: []}
        for axis, other in every.neighbours(row):
            word = every.hand.states[other]
            if own < levels and word < levels and word != own:
                step = (study.leaves[axis].id, other[axis] + 1, word + 1)
                expected[word > own].append(step)
        for up, steps in ((True, one.up), (False, one.down)):
            shown = [(s.leaf.id, s.to.position, s.headline.position) for s in steps]
            assert sorted(expected[up]) == sorted(shown)


@given(drawn=studied())
def test_scores_below_the_standard_are_those_below_that_of_their_scale(drawn: Drawn) -> None:
    """Where any scale has one; a scale without one has no score below it."""
    space = space_of(drawn.study.rule)
    statements = [leaf for leaf in space.leaves if leaf.kind != "judged"]
    standard = {
        leaf.id: leaf.scale.level(leaf.scale.good_from).position - 1
        for leaf in statements
        if leaf.scale.good_from
    }
    hand = Enumerated(space.rule, "overall", space.leaves, space.root.reasons, set())
    expected = hand.deepest(standard) if standard else {}
    found = {one.state: one.below_good for one in compensation(space)}
    assert expected == {key: one.count for key, one in found.items() if one is not None}
