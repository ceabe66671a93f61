"""Profiles in one group have the same outcome, but for areas that are scores themselves."""

from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.engine import table
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.engine.same_outcome import same_outcome
from assurance_core.model.design import RatingDesign
from assurance_core.testing import strategies
from tests.support import compiled, every_profile, rated


def _shown(rule: CompiledDesign, profile: dict[str, str]) -> object:
    """Return what an outcome shows, without the areas that are leaves."""
    outcome = rated(rule, profile)
    leaves = {leaf.id for leaf in rule.leaves}
    derived = [
        area
        for area, of in zip(outcome.areas, rule.published.areas, strict=True)
        if of.node not in leaves
    ]
    return (
        outcome.headline,
        outcome.score,
        derived,
        outcome.consequences,
        [(one.bit, one.advised) for one in outcome.judgements],
    )


@pytest.mark.parametrize(
    ("most_profiles", "at_once"), [(0, False), (1 << 24, False), (1 << 24, True)]
)
@given(design=strategies.designs(), data=st.data())
def test_a_group_is_all_profiles_with_one_outcome(
    most_profiles: int, at_once: bool, design: RatingDesign, data: st.DataObject
) -> None:
    """With tables and without; and what a group has in common is told in the same way each time."""
    compiled(design)
    with patch.object(table, "MOST_PROFILES", most_profiles):
        rule = compile_design(design)
    if not at_once:
        # A design some of whose judgements may have no level is rated one judgement at a time.
        rule.__dict__["complete"] = None
    profiles = list(every_profile(rule))[:200]
    profiles = data.draw(st.permutations(profiles[:40])) + profiles
    columns: dict[str, Any] = {
        leaf.id: np.array([leaf.scale.level(one[leaf.id]).position for one in profiles])
        for leaf in rule.leaves
    }
    groups, common = same_outcome(rule, columns)
    expected = [_shown(rule, one) for one in profiles]
    numbers = groups.numbers.tolist()
    first: dict[int, object] = {}
    for number, outcome in zip(numbers, expected, strict=True):
        assert first.setdefault(number, outcome) == outcome
    distinct = [outcome for n, outcome in enumerate(expected) if outcome not in expected[:n]]
    assert len(distinct) == len(groups.rows) == len(common) == len(set(common))
    assert list(range(len(common))) == [numbers[row] for row in groups.rows.tolist()]
    again, told = same_outcome(rule, {key: one[::-1] for key, one in columns.items()})
    by_row = [told[number] for number in again.numbers.tolist()][::-1]
    assert [common[number] for number in numbers] == by_row
