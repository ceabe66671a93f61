"""Columns in which nothing is absent take a shorter way, and say the same."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.engine import blocks, complete
from assurance_core.engine.bulk import OutcomeColumns, rate_positions
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.design import RatingDesign
from assurance_core.testing import strategies
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


def test_a_cap_on_the_lowest_level_is_rated_in_brief(
    rule_of: Any,
) -> None:
    """The single word depends on the total, its consequence on the lowest level: one byte a row."""
    way, *others = rule_of("cqc-la/single-word").complete.ways
    assert isinstance(way, complete.Brief)
    assert ((complete.Flag(True, 1),), []) == (way.flags, others)


def test_a_judgement_of_judgements_is_rated_the_short_way_too(rule_of: Any) -> None:
    """The areas of a card read its statements, and the overall grade reads the areas."""
    rule = compile_design(rule_of("cqc-la/evidence-categories").design)
    assert rule.complete is not None
