"""Cliffs: profiles one step from another outcome agree with an enumeration."""

from hypothesis import given

from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.cliffs import next_to_a_threshold
from assurance_core.lab.space import space_of
from assurance_core.model.design import RatingDesign
from tests.lab.documents import provider
from tests.lab.trees import anything, enumerated, forms


@given(anything)
def test_profiles_next_to_a_threshold_are_those_of_an_enumeration(design: RatingDesign) -> None:
    """In each form of the space; a judged level stays where it is."""
    for found in forms(design):
        assert enumerated(found).near() == next_to_a_threshold(found)


@given(anything)
def test_each_judged_level_apart(design: RatingDesign) -> None:
    """The parts in which a judged level is held add up to the whole, and others would not."""
    for found in forms(design):
        for leaf in found.leaves:
            if leaf.kind == "judged":
                parts = [found.given(leaf.id, level.position) for level in leaf.scale.levels]
                near = [next_to_a_threshold(part) for part in parts]
                assert next_to_a_threshold(found) == sum(near)


def test_the_council_rule(single_word: CompiledDesign) -> None:
    """63,936 of 262,144 profiles."""
    assert 63_936 == next_to_a_threshold(space_of(single_word))


def test_a_composed_space_counts_in_whole_numbers() -> None:
    """34 statements: more than 2^62 profiles, exactly."""
    found = space_of(compile_design(provider()))
    near = next_to_a_threshold(found)
    assert type(near) is int
    assert 5_301_079_180_082_372_756 == near
