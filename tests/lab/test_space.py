"""Spaces: enumerated by hand, tabulated in one tensor and composed of several, they agree."""

from collections.abc import Callable
from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.engine.compile import compile_design
from assurance_core.engine.profile import Profile
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.by_level import counts_by_level
from assurance_core.lab.placed import state_of, states_of
from assurance_core.lab.single_steps import profile_for
from assurance_core.lab.space import space_of
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from tests.lab.documents import (
    SIZES,
    Tree,
    design,
    framework,
    provider,
    scale,
    small_tree,
)
from tests.lab.trees import anything, enumerated, forms
from tests.support import codes, compiled


@given(anything)
def test_counts_are_those_of_an_enumeration(design: RatingDesign) -> None:
    """Profiles by state, one by one and as Python integers, in each form."""
    for found in forms(design):
        hand = enumerated(found).counts()
        assert [hand[state] for state in range(found.root.size)] == list(found.counts[found.target])
        assert found.size == sum(found.counts[found.target])
        assert all(type(one) is int for one in found.counts[found.target])


@given(anything)
def test_counts_by_level_are_those_of_an_enumeration(design: RatingDesign) -> None:
    """With each leaf held at each of its levels; `given` counts the same part."""
    for found in forms(design):
        hand = enumerated(found)
        for axis, leaf in enumerate(found.leaves):
            rows = counts_by_level(found)[leaf.id]
            for level, row in enumerate(rows):
                expected = hand.by_level(axis, level)
                assert [expected[state] for state in range(found.root.size)] == list(row)
                held = found.given(leaf.id, level + 1)
                assert row == held.counts[held.target]
                assert held.size == sum(row)


@given(anything)
def test_an_example_has_the_state_it_is_an_example_of(design: RatingDesign) -> None:
    """Every state that is reached has a profile."""
    for found in forms(design):
        hand = enumerated(found)
        for state, count in enumerate(found.counts[found.target]):
            if count:
                profile = profile_for(found, found.target, state)
                assert state == hand.states[tuple(profile[leaf.id] for leaf in found.leaves)]


def test_a_space_too_large_for_one_tensor_is_composed() -> None:
    """34 statements: nothing enumerates 4^34 profiles, and counts do not overflow."""
    found = space_of(compile_design(provider()))
    assert not found.flat
    assert (4**34, sum(SIZES.values())) == (found.size, len(found.leaves))
    assert found.size == sum(found.counts[found.target])
    for theme, size in SIZES.items():
        assert 4**size == sum(found.counts[theme])
    # By the rules: outstanding is two or more outstanding key questions, the rest good.
    good = {one: found.counts[one][2] for one in SIZES}
    top = {one: found.counts[one][3] for one in SIZES}
    both = prod(good[one] + top[one] for one in SIZES)
    one_top = sum(top[one] * prod(good[two] for two in SIZES if two != one) for one in SIZES)
    assert both - prod(good.values()) - one_top == found.counts[found.target][3]


def test_a_small_tree_is_composed_as_well() -> None:
    """Both forms are tried by the tests here."""
    found = forms(small_tree())
    assert [True, False] == [one.flat for one in found]
    assert found[0].counts[found[0].target] == found[1].counts[found[1].target]


def test_a_design_without_a_headline_needs_a_judgement(
    rule_of: Callable[[str], CompiledDesign],
) -> None:
    """The error lists what there is."""
    rule = rule_of("cqc-la/themes")
    with pytest.raises(AssuranceError, match="working_with_people, providing_support") as caught:
        space_of(rule)
    assert {"no-choice"} == codes(caught.value)
    assert 64 == space_of(rule, "working_with_people").size


@given(anything, st.data())
def test_with_leaves_held_absent_the_space_says_what_rating_says(
    design: RatingDesign, data: st.DataObject
) -> None:
    """Every profile of the leaves that are there, under the design's own policy for absences."""
    rule = compiled(design)
    strict = {
        k for one in rule.judgements if one.node.judgement.missing == "error" for k in one.keys
    }
    may = [leaf.id for leaf in rule.leaves if leaf.id not in strict and leaf.kind != "judged"]
    absent = frozenset(data.draw(st.sets(st.sampled_from(may))) if may else ())
    try:
        found = space_of(rule, "overall", absent)
    except AssuranceError as error:
        if {"gap"} != codes(error):
            raise
        return  # A table without a row for what is absent: rating says so too.
    assert absent.isdisjoint(leaf.id for leaf in found.leaves)
    for levels in product(*(range(len(leaf.scale)) for leaf in found.leaves)):
        there = dict(zip((leaf.id for leaf in found.leaves), levels, strict=True))
        # A leaf that nothing reads may stand at any level.
        positions = [0 if leaf.id in absent else there.get(leaf.id, 0) + 1 for leaf in rule.leaves]
        rated = rule.rate_profile(Profile(tuple(positions), dict.fromkeys(absent, "not assessed")))
        level = next(one for one in rated.judgements if one.id == "overall")
        word = level.level.name if level.level else level.reason
        assert word == found.names()[state_of(found, levels)]


def test_each_reason_of_a_part_is_a_state_of_its_own() -> None:
    """In a tree the reasons of an input stand behind its levels, and pass on as they are."""
    rows: list[Tree] = [
        {"when": {"any": "a", "is": "1"}, "unknown": "not published"},
        {"when": {"any": "b", "is": "1"}, "unknown": "not decided"},
        {"when": {"any": "a", "is": "2"}, "unknown": "not found"},
    ]
    part: Tree = {
        "scale": "demo/score",
        "inputs": ["a", "b"],
        "steps": [{"table": {"rows": rows, "otherwise": "3"}}],
    }
    overall: Tree = {"scale": "demo/score", "inputs": ["part", "c"], "steps": [{"minimum": {}}]}
    of = framework(dict.fromkeys("abc", "score"), {"score": scale("Score", ["1", "2", "3"], "2")})
    for found in forms(design(of, {"part": part, "overall": overall})):
        hand = enumerated(found)
        assert ("not published", "not decided", "not found") == found.root.reasons
        levels = np.array(list(hand.states))
        assert list(hand.states.values()) == states_of(found, levels).tolist()
        assert hand.counts() == dict(enumerate(found.counts[found.target]))
