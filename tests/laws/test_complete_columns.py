"""Columns in which nothing is absent take a shorter way, and say the same."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.engine import blocks, bulk, complete
from assurance_core.engine.bulk import OutcomeColumns, rate_positions
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.testing import strategies
from tests.lab.documents import Tree, framework, scale
from tests.lab.documents import design as design_of_documents
from tests.support import columns_of, compiled, every_profile


def _positions(rule: CompiledDesign, profiles: list[dict[str, str]]) -> dict[str, Any]:
    return {
        leaf.id: np.array([leaf.scale.level(profile[leaf.id]).position for profile in profiles])
        for leaf in rule.leaves
    }


def _told(rated: OutcomeColumns) -> Mapping[str, Any]:
    return {
        name: (
            one.positions.tolist(),
            one.score and [part.tolist() for part in one.score],
            {path: bit.tolist() for path, bit in one.bit.items()},
        )
        for name, one in rated.judgements.items()
    } | {
        "headline": None if rated.headline is None else rated.headline.tolist(),
        "consequences": {key: one.tolist() for key, one in rated.consequences.items()},
    }


@pytest.mark.parametrize("brief", [True, False])
@given(design=strategies.designs(), data=st.data())
def test_complete_columns_are_rated_like_any_others(
    brief: bool, design: RatingDesign, data: st.DataObject
) -> None:
    """In any type, in blocks of any length, by pairs or not, in brief or in full."""
    shared = compiled(design)
    profiles = list(every_profile(shared))[:300]
    expected = _told(rate_positions(shared, _positions(shared, profiles)))
    narrow = data.draw(st.sampled_from([np.uint8, np.int16, np.int64]))
    columns = {key: one.astype(narrow) for key, one in columns_of(shared, profiles).items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BLOCK", data.draw(st.integers(1, 400)))
        patch.setattr(blocks, "_PAIRS_FROM", data.draw(st.sampled_from([0, 1 << 17])))
        if not brief:
            patch.setattr(complete, "_brief", lambda *_: None)
        rule = compile_design(design)
        assert expected == _told(rule.rate_columns(columns))


@pytest.mark.parametrize("brief", [True, False])
@given(design=strategies.designs(), data=st.data())
def test_what_is_no_level_is_refused_or_absent_as_the_long_way_has_it(
    brief: bool, design: RatingDesign, data: st.DataObject
) -> None:
    """In any type: 0, one too many, and numbers at the ends of a byte."""
    shared = compiled(design)
    profiles = list(every_profile(shared))[: data.draw(st.integers(1, 60))]
    kind = data.draw(st.sampled_from([np.uint8, np.int8, np.uint16, np.int64, np.uint64]))
    columns = {key: one.astype(kind) for key, one in columns_of(shared, profiles).items()}
    for key in data.draw(st.lists(st.sampled_from(sorted(columns)), min_size=1, unique=True)):
        top = len(next(leaf.scale for leaf in shared.leaves if leaf.id == key))
        ends = [0, top + 1, 127, *([-1, -128] if np.issubdtype(kind, np.signedinteger) else [])]
        ends += [255] if kind != np.int8 else []
        row = data.draw(st.integers(0, len(profiles) - 1))
        columns[key][row] = data.draw(st.sampled_from(ends))

    def told(rule: CompiledDesign) -> object:
        try:
            return _told(rule.rate_columns(columns))
        except AssuranceError as error:
            return str(error)

    with pytest.MonkeyPatch.context() as patch:
        if not brief:
            patch.setattr(complete, "_brief", lambda *_: None)
        found = told(compile_design(design))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bulk, "_rate_complete", lambda *_: None)
        assert told(shared) == found


def test_numbers_that_are_no_positions_are_rated_the_long_way() -> None:
    """A scale that counts from 0: its 0 is the worst level, and not an absent score."""
    scores = scale("Score", ["0", "1", "2"], "1")
    of = framework(dict.fromkeys(("a", "b"), "score"), {"score": scores})
    overall: Tree = {"scale": "demo/score", "inputs": "all", "steps": [{"minimum": {}}]}
    rule = compile_design(design_of_documents(of, {"overall": overall}))
    assert rule.complete is None
    found = rule.rate_columns({"a": [0, 1, 2, 2], "b": [2, 1, 1, 2]}).headline
    assert found is not None
    assert [1, 2, 2, 3] == found.tolist()


def test_a_cap_on_the_lowest_level_is_rated_in_brief(
    rule_of: Any,
) -> None:
    """The single word depends on the total, its consequence on the lowest level: one byte a row."""
    way, *others = rule_of("cqc-la/single-word").complete.ways
    assert isinstance(way, complete.Brief)
    assert ((complete.Flag(True, 1),), []) == (way.flags, others)


def test_of_two_rules_on_the_same_scores_each_goes_its_own_way() -> None:
    """One that depends on the total, and one that tells every profile apart."""
    scores = scale("Score", [str(one) for one in range(1, 10)], "2")
    of = framework(dict.fromkeys(("a", "b"), "score"), {"score": scores})
    first: Tree = {"scale": "demo/score", "inputs": "all", "steps": [{"start": "a"}]}
    lowest: Tree = {"scale": "demo/score", "inputs": "all", "steps": [{"weighted_mean": {}}]}
    bounds = {str(one): one for one in range(1, 10)}
    lowest["steps"].append({"band": bounds})
    judgements = {"first": first, "overall": lowest}
    rule = compile_design(design_of_documents(of, judgements))
    assert rule.complete is not None
    ways = [type(one) for one in rule.complete.ways]
    assert [complete.Full, complete.Brief] == ways
    columns = {"a": np.array([1, 9, 4]), "b": np.array([9, 3, 5])}
    rated = rule.rate_columns(columns)
    assert [1, 9, 4] == rated.judgements["first"].positions.tolist()
    assert [5, 6, 4] == rated.judgements["overall"].positions.tolist()


def test_a_judgement_of_judgements_is_rated_the_short_way_too(rule_of: Any) -> None:
    """The areas of a card read its statements, and the overall grade reads the areas."""
    rule = compile_design(rule_of("cqc-la/evidence-categories").design)
    assert rule.complete is not None
