"""Paths: the published vectors, and that every smallest set is smallest and none is missing."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.contender import Contender
from assurance_core.lab.diagram import fold
from assurance_core.lab.paths import Paths, paths
from assurance_core.lab.placed import state_of, states_of
from assurance_core.lab.routes import Change, Routes, routes
from assurance_core.lab.space import Space, space_of
from assurance_core.model.assessment import Assessment
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.testing import strategies
from tests.lab.four_rules import RULES, councils, four_rules, provider_like, provider_space
from tests.support import codes, compiled

__all__ = ["councils", "four_rules"]

ON_THE_EDGE = {"plain word": 10, "any 1 caps": 19, "provider limiters": 19, "lower median": 11}
MEAN_RADIUS = {
    "plain word": 2.707,
    "any 1 caps": 1.976,
    "provider limiters": 1.976,
    "lower median": 2.634,
}


@pytest.fixture(scope="module")
def answers(
    four_rules: dict[str, RatingDesign], councils: tuple[Assessment, ...]
) -> dict[str, Paths]:
    return {name: paths(Contender(design), councils, most=0) for name, design in four_rules.items()}


@pytest.mark.parametrize("name", RULES)
def test_the_published_vectors(answers: dict[str, Paths], name: str) -> None:
    """M5 and M6 of the debate notes on the 41 complete councils."""
    found = answers[name].observed
    assert (41, ON_THE_EDGE[name]) == (found.bodies, found.on_the_edge)
    assert found.mean is not None
    assert MEAN_RADIUS[name] == round(found.mean, 3)


def test_bodies_of_which_too_little_is_known_are_listed(answers: dict[str, Paths]) -> None:
    found = answers["plain word"]
    reasons = {one.assessment.body.name: one.reason for one in found.unplaced}
    assert 15 == len(reasons)
    assert "9 scores: not known to us" == reasons["Torbay"]


def _brute(
    space: Space, levels: tuple[int, ...], wanted: tuple[int, ...]
) -> tuple[int | None, list[tuple[int, ...]]]:
    """Return the fewest steps to some states, and every profile that takes no more."""
    every = np.array(list(product(*(range(len(leaf.scale)) for leaf in space.leaves))))
    states = states_of(space, every)
    steps = np.abs(every - np.array(levels))
    judged = [number for number, leaf in enumerate(space.leaves) if leaf.kind == "judged"]
    fits = np.isin(states, wanted) & (steps[:, judged] == 0).all(axis=1)
    if not fits.any():
        return None, []
    total = steps.sum(axis=1)
    least = int(total[fits].min())
    return least, [tuple(row.tolist()) for row in every[fits & (total == least)]]


def _ends(space: Space, levels: tuple[int, ...], found: Routes) -> list[tuple[int, ...]]:
    """Return the profiles that the listed sets lead to."""
    ends = []
    for one in found.sets:
        moved = {change.leaf.id: change for change in one.changes}
        for change in one.changes:
            place = [leaf.id for leaf in space.leaves].index(change.leaf.id)
            assert change.before.position == levels[place] + 1
        assert sum(change.steps for change in one.changes) == found.steps
        end = tuple(
            moved[leaf.id].after.position - 1 if leaf.id in moved else level
            for leaf, level in zip(space.leaves, levels, strict=True)
        )
        assert one.outcome == space.names()[state_of(space, end)]
        ends.append(end)
    return ends


@given(st.data())
def test_the_smallest_sets_are_smallest_and_none_is_missing(data: st.DataObject) -> None:
    """A law: brute force over all profiles of drawn designs gives the same sets and counts."""
    rule = compiled(data.draw(strategies.designs()))
    if rule.published.headline is None:
        return
    space = space_of(rule)
    levels = tuple(data.draw(st.integers(0, len(leaf.scale) - 1)) for leaf in space.leaves)
    some = st.sets(st.integers(0, space.root.size - 1), min_size=1)
    _check(space, levels, tuple(sorted(data.draw(some))))


def _check(space: Space, levels: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    steps, ends = _brute(space, levels, wanted)
    found = routes(fold(space), levels, wanted, most=10_000)
    assert (steps, len(ends)) == (found.steps, found.count)
    listed = _ends(space, levels, found)
    assert len(set(listed)) == len(listed)
    assert sorted(ends) == sorted(listed)
    within = {leaf.id: count for leaf, count in found.within}
    for number, leaf in enumerate(space.leaves):
        assert sum(end[number] != levels[number] for end in ends) == within.get(leaf.id, 0)


@pytest.mark.parametrize("seed", range(8))
def test_a_tree_is_exact(seed: int) -> None:
    """In a composed space too, every smallest set is found, and no other."""
    tree, _ = provider_like(themes=3, each=2)
    random = np.random.default_rng(seed)
    levels = tuple(random.integers(0, 4, 6).tolist())
    _check(tree, levels, tuple(range(int(random.integers(1, 4)), 4)))
    _check(tree, levels, (0,))


def test_thirty_four_statements_are_exact() -> None:
    """From all 2s to outstanding: the sets are counted, though nobody could go through them."""
    space = provider_space()
    levels = (1,) * 34
    found = routes(fold(space), levels, (3,), most=5)
    assert found.steps is not None
    assert found.count > 10**6
    assert 5 == len(found.sets)
    for end in _ends(space, levels, found):
        assert 3 == state_of(space, end)


def test_the_order_is_the_frameworks(
    four_rules: dict[str, RatingDesign], councils: tuple[Assessment, ...]
) -> None:
    """Windsor and Maidenhead is one step short: nine sets, in the order of the statements."""
    windsor = [one for one in councils if one.body.name == "Windsor and Maidenhead"]
    (body,) = paths(Contender(four_rules["plain word"]), windsor).bodies
    assert body.gain is not None
    assert (1, 9, 1, 9, 1) == (body.gain.steps, body.gain.count, body.up, body.down, body.radius)
    first: tuple[Change, ...] = tuple(one.changes[0] for one in body.gain.sets)
    statements = [leaf.id for leaf in space_of(_rule(four_rules)).leaves]
    assert statements == [change.leaf.id for change in first]
    assert {"Good"} == {one.outcome for one in body.gain.sets}


def _rule(four_rules: dict[str, RatingDesign]) -> CompiledDesign:
    from assurance_core.engine.compile import compile_design

    return compile_design(four_rules["plain word"])


def test_a_target_may_be_reached_already(
    four_rules: dict[str, RatingDesign], councils: tuple[Assessment, ...]
) -> None:
    """Camden is outstanding: there is nothing to gain, and a target of good is behind it."""
    camden = [one for one in councils if one.body.name == "Camden"]
    contender = Contender(four_rules["plain word"])
    (top,) = paths(contender, camden).bodies
    assert ("", None, None) == (top.target, top.gain, top.up)
    (body,) = paths(contender, camden, target="good").bodies
    assert ("Good", None) == (body.target, body.gain)
    assert body.lose is not None
    assert 1 == body.lose.steps


def test_an_unknown_target_is_refused(
    four_rules: dict[str, RatingDesign], councils: tuple[Assessment, ...]
) -> None:
    with pytest.raises(AssuranceError) as error:
        paths(Contender(four_rules["plain word"]), councils, target="goood")
    assert {"unknown-id"} == codes(error.value)


def test_judged_levels_are_not_proposed(
    registry: object, rule_of: Callable[[str], CompiledDesign]
) -> None:
    """Judged good, no changes of statements make it outstanding."""
    space = space_of(rule_of("ofsted-ilacs/2018"))
    levels = tuple(2 for _ in space.leaves)
    found = routes(fold(space), levels, (3,), most=5)
    assert (None, 0, ()) == (found.steps, found.count, found.sets)
