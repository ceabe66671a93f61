"""Noise: the published vectors, and exact against counting and against a large seeded sample."""

from collections.abc import Callable, Sequence
from itertools import product
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.contender import Contender
from assurance_core.lab.diagram import fold
from assurance_core.lab.noise import (
    BodyChances,
    Noise,
    Reliability,
    chances_of,
    noise,
    noise_of_every_profile,
    noise_of_space,
)
from assurance_core.lab.noise_settings import (
    CENTRAL,
    MAPPING,
    SETTINGS,
    chosen_chance,
    either_way,
    noise_setting,
    one_way,
    pairwise_kappa,
)
from assurance_core.lab.placed import states_of
from assurance_core.lab.space import Space, space_of
from assurance_core.model.assessment import Assessment
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.testing import strategies
from tests.lab.four_rules import RULES, councils, four_rules, provider_like, provider_space
from tests.support import codes, compiled

__all__ = ["councils", "four_rules"]

VECTORS = {
    "plain word": (0.0889, 0.1292, 0.757),
    "any 1 caps": (0.1248, 0.1459, 0.673),
    "provider limiters": (0.1254, 0.1459, 0.672),
    "lower median": (0.0672, 0.0869, 0.805),
}


@pytest.fixture(scope="module")
def answers(
    four_rules: dict[str, RatingDesign], councils: tuple[Assessment, ...]
) -> dict[str, Noise]:
    """The central setting on the 41 complete councils, for each of the four rules."""
    return {
        name: noise(Contender(design), councils, [CENTRAL]) for name, design in four_rules.items()
    }


@pytest.mark.parametrize("name", RULES)
def test_the_published_vectors(answers: dict[str, Noise], name: str) -> None:
    """M7 of the debate notes at p = 0.12, on 41 bodies; the other 15 are not filled in."""
    found = answers[name]
    observed = found.settings[0].observed
    assert observed is not None
    kappa = observed.independent.kappa
    assert kappa is not None
    assert (41, 15) == (len(found.bodies), len(found.unplaced))
    assert VECTORS[name] == (
        round(observed.independent.misclassification, 4),
        round(observed.same_direction.misclassification, 4),
        round(kappa, 3),
    )


def test_the_kappa_of_two_inspectors_on_the_published_distribution() -> None:
    """The bridge from the chance that a score moves to the agreement that studies publish."""
    shares = [0.029, 0.421, 0.529, 0.021]
    found = [round(pairwise_kappa(shares, p), 3) for p in (0.05, 0.10, 0.15, 0.20)]
    assert [0.833, 0.690, 0.567, 0.462] == found


def test_the_settings_have_evidence_and_the_mapping_is_assumed() -> None:
    assert [0.05, 0.12, 0.20] == [one.chance for one in SETTINGS]
    assert all(source.link and source.note for one in SETTINGS for source in one.evidence)
    assert "assumed" == MAPPING.status
    assert CENTRAL == noise_setting("central")


def test_what_is_no_setting_is_refused() -> None:
    with pytest.raises(AssuranceError) as unknown:
        noise_setting("centre")
    with pytest.raises(AssuranceError) as outside:
        chosen_chance(1.2)
    with pytest.raises(AssuranceError) as below:
        chosen_chance(-0.1)
    assert ({"unknown-id"}, {"wrong-type"}) == (codes(unknown.value), codes(outside.value))
    assert {"wrong-type"} == codes(below.value)
    assert [0.0, 1.0] == [chosen_chance(one).chance for one in (0, 1)]


@pytest.mark.parametrize("levels", [1, 2, 4])
@pytest.mark.parametrize("chance", [0.0, 0.12, 1.0])
def test_kernels_are_probabilities(levels: int, chance: float) -> None:
    """A move off the scale is cancelled: each row sums to one."""
    for kernel in (either_way(levels, chance), one_way(levels, chance, 1)):
        assert np.allclose(1, kernel.sum(axis=1))
        assert (kernel >= 0).all()


def test_every_profile_at_once_is_each_profile_by_itself(single_word: CompiledDesign) -> None:
    """The tensor of all 262,144 profiles, and the diagram of single ones, agree."""
    space = space_of(single_word)
    levels = np.random.default_rng(3).integers(0, 4, (50, 9))
    either, same = chances_of(fold(space), levels, 0.12)
    for expected, same_direction in ((either, False), (same, True)):
        tensor = noise_of_every_profile(space, 0.12, same_direction=same_direction)
        assert (4, *[4] * 9) == tensor.shape
        assert np.allclose(1, tensor.sum(axis=0))
        assert np.allclose(expected, tensor[(slice(None), *levels.T)].T)


def _figures(found: Reliability) -> tuple[float, float, float]:
    assert found.kappa is not None
    return found.misclassification, found.consistency, found.kappa


@pytest.mark.parametrize("most", [0, 256])
def test_the_figures_over_all_profiles_are_their_mean(
    single_word: CompiledDesign, most: int
) -> None:
    """Pairs of readings, by points or by the tensor, give what every profile by itself gives."""
    space = space_of(single_word)
    with patch("assurance_core.lab.noise_space._MOST_POINTS", most):
        (whole,) = noise_of_space(fold(space), 0.12)
    states = space.root.states
    for same_direction, found in (
        (False, whole.reliability.independent),
        (True, whole.reliability.same_direction),
    ):
        tensor = noise_of_every_profile(space, 0.12, same_direction=same_direction)
        kept = np.take_along_axis(tensor, states[None].astype(np.int64), axis=0).mean()
        consistent = (tensor**2).sum(axis=0).mean()
        by_chance = (tensor.reshape(4, -1).mean(axis=1) ** 2).sum()
        expected = (1 - kept, consistent, (consistent - by_chance) / (1 - by_chance))
        assert np.allclose(expected, _figures(found))
    assert 262_144 == whole.profiles


@given(st.data())
def test_exact_noise_is_what_counting_gives(data: st.DataObject) -> None:
    """On drawn designs: every way in which scores can move, one by one, by plain arithmetic."""
    rule = compiled(data.draw(strategies.designs()))
    if rule.published.headline is None:
        return
    space = space_of(rule)
    chance = data.draw(st.sampled_from((0.0, 0.05, 0.3, 1.0)))
    levels = tuple(data.draw(st.integers(0, len(leaf.scale) - 1)) for leaf in space.leaves)
    found = chances_of(fold(space), np.array([levels]), chance)
    for expected, actual in zip(_counted(space, levels, chance), found, strict=True):
        assert np.allclose(expected, actual[0])
        assert np.isclose(1, actual[0].sum())


def _counted(space: Space, levels: Sequence[int], chance: float) -> tuple[list[float], list[float]]:
    """Return the chances of the states under both models, by going through all profiles."""

    def chances(moves: Callable[[int, int, int], float]) -> list[float]:
        total = [0.0] * space.root.size
        for there in product(*(range(len(leaf.scale)) for leaf in space.leaves)):
            weight = 1.0
            for leaf, before, after in zip(space.leaves, levels, there, strict=True):
                if leaf.kind == "judged":
                    weight *= float(before == after)
                else:
                    weight *= moves(before, after, len(leaf.scale))
            total[int(states_of(space, np.array([there]))[0])] += weight
        return total

    def one(step: int) -> Callable[[int, int, int], float]:
        def move(before: int, after: int, size: int) -> float:
            blocked = not 0 <= before + step < size
            stays = 1.0 if blocked else 1 - chance
            return stays if after == before else chance * float(after == before + step)

        return move

    def either(before: int, after: int, size: int) -> float:
        return (one(1)(before, after, size) + one(-1)(before, after, size)) / 2

    up, down = chances(one(1)), chances(one(-1))
    return chances(either), [(a + b) / 2 for a, b in zip(up, down, strict=True)]


@pytest.mark.parametrize("design_id", ["cqc-la/single-word", "cqc-la/evidence-categories"])
def test_exact_noise_equals_a_large_sample_within_its_error(
    rule_of: Callable[[str], CompiledDesign], design_id: str
) -> None:
    """A law: 200,000 seeded draws for one profile, for a flat space and a tree of 36 leaves."""
    space = space_of(rule_of(design_id))
    random = np.random.default_rng(11)
    draws, chance = 200_000, 0.2
    levels = random.integers(1, 4, len(space.leaves))
    either, same = chances_of(fold(space), levels[None], chance)
    moved = random.random((draws, len(levels))) < chance
    alone = random.choice((-1, 1), (draws, len(levels)))
    together = random.choice((-1, 1), (draws, 1))
    for expected, ways in ((either[0], alone), (same[0], together)):
        there = np.clip(levels + moved * ways, 0, 3)
        shares = np.bincount(states_of(space, there), minlength=space.root.size) / draws
        error = np.sqrt(expected * (1 - expected) / draws)
        assert (abs(shares - expected) <= 4.5 * error + 1e-9).all()


def test_a_tree_gives_what_one_tensor_gives() -> None:
    """Composed equals enumerated: the same design as a tree of judgements and as one tensor."""
    tree, flat = provider_like(themes=3, each=2)
    assert (False, True) == (tree.flat, flat.flat)
    levels = np.random.default_rng(5).integers(0, 4, (40, 6))
    for one, other in zip(
        chances_of(fold(tree), levels, 0.12), chances_of(fold(flat), levels, 0.12), strict=True
    ):
        assert np.allclose(one, other)
    (composed,), (enumerated,) = noise_of_space(fold(tree), 0.12), noise_of_space(fold(flat), 0.12)
    assert composed.profiles == enumerated.profiles
    for left, right in (
        (composed.reliability.independent, enumerated.reliability.independent),
        (composed.reliability.same_direction, enumerated.reliability.same_direction),
    ):
        assert np.allclose(_figures(left), _figures(right))


def test_thirty_four_statements_are_exact() -> None:
    """Nothing goes through 4^34 profiles, and their number is a Python integer."""
    tree = provider_space()
    assert 4**34 == tree.size
    (whole,) = noise_of_space(fold(tree), 0.12)
    assert 4**34 == whole.profiles
    assert 0 < whole.reliability.independent.misclassification < 1
    found = chances_of(fold(tree), np.full((153, 34), 2), 0.12)
    assert np.allclose(1, found[0].sum(axis=1))


def test_a_tree_has_no_tensor_of_all_profiles() -> None:
    tree = provider_space()
    with pytest.raises(AssuranceError) as error:
        noise_of_every_profile(tree, 0.12)
    assert {"too-large"} == codes(error.value)


def test_no_noise_changes_nothing(four_rules: dict[str, RatingDesign]) -> None:
    (whole,) = noise(Contender(four_rules["plain word"]), [], [chosen_chance(0)]).settings[0].whole
    for found in (whole.reliability.independent, whole.reliability.same_direction):
        assert np.isclose(0, found.misclassification)
        assert (1.0, 1.0) == (round(found.consistency, 12), round(found.kappa or 0, 12))


def test_judged_levels_do_not_move(
    rule_of: Callable[[str], CompiledDesign],
) -> None:
    """Shares are given for each judged level apart; judged inadequate, nothing is uncertain."""
    found = noise_of_space(fold(space_of(rule_of("ofsted-ilacs/2018"))), 0.2)
    assert 4 == len(found)
    assert [64] * 4 == [one.profiles for one in found]
    assert "Overall effectiveness judged Inadequate" == found[0].judged
    assert np.isclose(0, found[0].reliability.independent.misclassification)
    assert found[0].reliability.independent.kappa is None


def test_the_chances_are_of_the_words_in_order(answers: dict[str, Noise]) -> None:
    """Windsor and Maidenhead stands next to Good, and its chances sum to one."""
    found = answers["plain word"]
    names = [one.assessment.body.name for one in found.bodies]
    assert sorted(names) == names
    place = names.index("Windsor and Maidenhead")
    body: BodyChances = found.settings[0].bodies[place]
    words = dict(zip(found.outcomes, body.independent, strict=True))
    assert ["Inadequate", "Requires improvement", "Good", "Outstanding"] == list(words)
    assert np.isclose(1, sum(body.independent))
    assert 0.2 < words["Good"] < 0.4
    assert "Requires improvement" == found.outcomes[found.bodies[place].own]
    assert found.bodies[place].own == found.bodies[place].published
