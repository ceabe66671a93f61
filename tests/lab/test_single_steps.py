"""Single steps: transitions, influence and witnesses agree with an enumeration."""

from fractions import Fraction

import pytest
from hypothesis import given

from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.single_steps import (
    Influence,
    all_transitions,
    falling_step,
    influences,
    witness_of_step,
)
from assurance_core.lab.space import Space, space_of
from assurance_core.model.design import RatingDesign
from tests.lab.documents import provider, voting
from tests.lab.trees import anything, enumerated, forms


@given(anything)
def test_transitions_are_those_of_an_enumeration(design: RatingDesign) -> None:
    """Each step of each leaf, with its effect, in each form of the space."""
    for found in forms(design):
        hand = enumerated(found)
        moves = all_transitions(found)
        for axis, leaf in enumerate(found.leaves):
            expected = hand.transitions(axis)
            assert dict(expected) == moves[leaf.id]
            changed = sum(n for (before, after), n in expected.items() if before != after)
            assert Influence(changed, expected.total()) == influences(moves)[leaf.id]


@given(anything)
def test_a_witness_shows_what_it_proves(design: RatingDesign) -> None:
    """For every effect that a step has there is a profile at which it has it."""
    for found in forms(design):
        hand = enumerated(found)
        for leaf_id, moves in all_transitions(found).items():
            axis = found.place(leaf_id)
            for before, after in moves:
                witness = witness_of_step(found, leaf_id, before, after)
                profile = tuple(level.position - 1 for level in witness.levels.values())
                assert witness.to is not None
                assert profile[axis] + 2 == witness.to.position
                moved = hand.moved(profile, axis, witness.to.position - 1)
                assert (before, after) == (hand.states[profile], hand.states[moved])


@given(anything)
def test_monotone_is_what_no_step_breaks(design: RatingDesign) -> None:
    """A falling step is found just where the enumeration has one."""
    for found in forms(design):
        hand = enumerated(found)
        falls = any(
            after < before < hand.levels
            for axis in range(len(found.leaves))
            for before, after in hand.transitions(axis)
        )
        witness = falling_step(found, all_transitions(found))
        assert falls == (witness is not None)


@pytest.mark.parametrize(
    ("weights", "quota", "changed"),
    [((2, 1, 1), 3, (3, 1, 1)), ((2, 1, 1), 4, (1, 1, 1)), ((1,) * 9, 5, (70,) * 9)],
)
def test_banzhaf_counts_of_votes(
    weights: tuple[int, ...], quota: int, changed: tuple[int, ...]
) -> None:
    """Known counts: weights 2, 1, 1, and a majority of nine."""
    found = influences(all_transitions(_space(voting(weights, quota))))
    assert changed == tuple(one.changed for one in found.values())
    assert {2 ** (len(weights) - 1)} == {one.pairs for one in found.values()}


def test_an_and_of_nine() -> None:
    """Each of nine that all have to agree decides once in 2^8."""
    found = influences(all_transitions(_space(voting((1,) * 9, 9))))
    assert {Fraction(1, 2**8)} == {Fraction(one.changed, one.pairs) for one in found.values()}


def test_the_council_rule(single_word: CompiledDesign) -> None:
    """220,536 one-step pairs change the word; each of nine has the same share, about 0.1246."""
    found = influences(all_transitions(space_of(single_word)))
    assert {Influence(24_504, 3 * 4**8)} == set(found.values())
    assert 220_536 == sum(one.changed for one in found.values())


def test_a_falling_step_of_a_composed_space() -> None:
    """Its witness is a profile of all 34 statements, and rating it shows the fall."""
    design = provider(upside_down=True)
    rule = compile_design(design)
    found = space_of(rule)
    witness = falling_step(found, all_transitions(found))
    assert witness is not None
    assert witness.to is not None
    before = {key: int(level.id) for key, level in witness.levels.items()}
    after = {**before, witness.leaf: int(witness.to.id)}
    words = [getattr(rule.rate(one).headline, "name", "") for one in (before, after)]
    assert [witness.before, witness.after] == words
    levels = [level.name for level in found.root.scale.levels]
    assert levels.index(words[1]) < levels.index(words[0])


def _space(design: RatingDesign) -> Space:
    return space_of(compile_design(design))
