"""Distances over whole spaces: the sweep, the diagram and plain counting agree."""

from collections.abc import Callable
from itertools import product
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab import space
from assurance_core.lab.cliffs import next_to_a_threshold
from assurance_core.lab.diagram import NEVER, fold
from assurance_core.lab.distance import (
    OUT_OF_REACH,
    SAMPLE,
    margins,
    radii,
    steps_to,
    steps_to_states,
)
from assurance_core.lab.placed import states_of
from assurance_core.lab.space import Space, space_of
from assurance_core.testing import strategies
from tests.lab.documents import Tree, design, framework, scale
from tests.lab.four_rules import provider_like, provider_space
from tests.support import compiled


def _every_profile(space: Space) -> list[tuple[int, ...]]:
    return list(product(*(range(len(leaf.scale)) for leaf in space.leaves)))


@given(st.data())
def test_distances_are_the_least_there_are(data: st.DataObject) -> None:
    """Brute force on drawn designs: every pair of profiles, judged levels held."""
    rule = compiled(data.draw(strategies.designs()))
    if rule.published.headline is None:
        return
    space = space_of(rule)
    every = np.array(_every_profile(space))
    states = states_of(space, every)
    judged = [number for number, leaf in enumerate(space.leaves) if leaf.kind == "judged"]
    steps = np.abs(every[:, None] - every[None, :])
    total = np.where((steps[:, :, judged] > 0).any(axis=2), NEVER, steps.sum(axis=2))
    by_diagram = steps_to_states(fold(space), every)
    for state in range(space.root.size):
        wanted = states == state
        expected = total[:, wanted].min(axis=1) if wanted.any() else np.full(len(every), NEVER)
        assert expected.tolist() == by_diagram[:, state].tolist()
        swept = steps_to(space, np.arange(space.root.size) == state).reshape(-1)
        assert np.minimum(expected, OUT_OF_REACH).tolist() == swept.tolist()


def test_radius_one_is_next_to_a_threshold(rule_of: Callable[[str], CompiledDesign]) -> None:
    """The sweep finds as many profiles one step away as the count of cliffs does."""
    for design_id in ("cqc-la/single-word", "cqc-la/with-limiters", "cqc-la/worst-statement"):
        space = space_of(rule_of(design_id))
        (found,) = margins(fold(space))
        assert next_to_a_threshold(space) == found.on_the_edge
        assert (262_144, 262_144, None) == (found.profiles, found.counted, found.seed)


def test_the_single_word_stands_where_the_note_says(single_word: CompiledDesign) -> None:
    """63,936 profiles are one step from another word."""
    found = radii(space_of(single_word))
    assert 63_936 == int((found == 1).sum())
    assert 262_144 == int((found < OUT_OF_REACH).sum())


def test_a_tree_gives_what_one_tensor_gives() -> None:
    tree, flat = provider_like(themes=3, each=2)
    levels = np.array(_every_profile(flat))
    assert (steps_to_states(fold(tree), levels) == steps_to_states(fold(flat), levels)).all()


def test_a_large_space_is_sampled_and_says_so() -> None:
    """Over 4^34 profiles the radii are those of a seeded sample, the same each time."""
    folds = fold(provider_space())
    (one,), (other,) = margins(folds), margins(folds)
    assert one.by_radius == other.by_radius
    assert (4**34, SAMPLE) == (one.profiles, one.counted)
    assert one.seed is not None
    assert SAMPLE == sum(count for _, count in one.by_radius)


def test_a_sample_is_near_what_it_is_a_sample_of() -> None:
    tree, flat = provider_like(themes=3, each=2)
    (sampled,), (exact,) = margins(fold(tree)), margins(fold(flat))
    assert sampled.mean == pytest.approx(exact.mean, abs=0.06)


def test_judged_levels_are_not_moved(rule_of: Callable[[str], CompiledDesign]) -> None:
    """Judged inadequate stays inadequate, whatever the statements do."""
    found = margins(fold(space_of(rule_of("ofsted-ilacs/2018"))))
    assert ((None, 64),) == found[0].by_radius
    assert found[0].mean is None
    assert 64 == sum(count for _, count in found[2].by_radius)


def test_a_sample_holds_what_is_judged() -> None:
    """In a tree with a judged level at its top: each level apart, and the levels do not move."""
    scales = {"score": scale("Score", ["1", "2", "3"], "2")}
    part: Tree = {"scale": "demo/score", "inputs": ["a", "b"], "steps": [{"minimum": {}}]}
    cap = {"cap": {"at": "2", "when": {"any": "part", "is": "1"}}}
    overall: Tree = {"scale": "demo/score", "inputs": ["part"], "steps": [{"start": "judged"}, cap]}
    made = design(
        framework(dict.fromkeys("ab", "score"), scales), {"part": part, "overall": overall}
    )
    rule = compile_design(made)
    with patch.object(space, "MOST_PROFILES", 0):
        tree = space_of(rule, "overall")
    assert not tree.flat
    found = margins(fold(tree))
    assert [f"Overall judged {one}" for one in (1, 2, 3)] == [one.judged for one in found]
    assert [(9, SAMPLE)] * 3 == [(one.profiles, one.counted) for one in found]
    # Judged 1 or 2, the cap never bites; judged 3, it does where a or b is 1. Both at 1, and both
    # at 3, are two steps from where that changes.
    assert [((None, SAMPLE),)] * 2 == [one.by_radius for one in found[:2]]
    exact = {1: 7 / 9, 2: 2 / 9}
    assert exact == {key: pytest.approx(n / SAMPLE, abs=0.02) for key, n in found[2].by_radius}
