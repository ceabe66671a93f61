"""One implementation of every rule: looked up, gathered, traced and naive agree."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.engine import table
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.testing import strategies
from tests import naive
from tests.support import (
    arguments,
    bulk_row,
    columns_of,
    compiled,
    every_profile,
    explained,
    plain,
    plain_naive,
    rated,
)


def _levels(found: dict[str, Any]) -> dict[str, Any]:
    return {name: (one[0], one[1]) for name, one in found.items()}


@given(strategies.designs())
def test_every_profile_of_a_design_is_rated_alike_in_four_ways(design: RatingDesign) -> None:
    """A look-up, a gather, a traced run and a separate evaluator agree on the whole space."""
    rule = compiled(design)
    profiles = list(every_profile(rule))[:300]
    bulk = rule.rate_columns(columns_of(rule, profiles))
    for row, profile in enumerate(profiles):
        expected = plain_naive(naive.rate(design, rule.version, profile))
        single = rated(rule, profile)
        assert expected == plain(single)
        assert _levels(expected) == bulk_row(rule, bulk, row)
        if row % 10 == 0:
            traced = explained(rule, profile)
            assert expected == plain(traced)
            assert (single.headline, single.score) == (traced.headline, traced.score)
            assert (single.areas, single.consequences) == (traced.areas, traced.consequences)
        follows = {one.id for one in single.consequences}
        assert follows == {one for one, column in bulk.consequences.items() if column[row]}


@given(strategies.designs(), st.data())
def test_a_design_too_large_for_tables_is_rated_alike(
    design: RatingDesign, data: st.DataObject
) -> None:
    """Without tables the steps run on columns, and say the same."""
    rule = compiled(design)
    profile = data.draw(strategies.profiles(design))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "MOST_PROFILES", 0)
        untabled = compile_design(design)
    assert [None] == list(set(untabled.tables))
    assert plain(rated(rule, profile)) == plain(rated(untabled, profile))
    columns = columns_of(rule, [profile])
    assert bulk_row(rule, rule.rate_columns(columns), 0) == bulk_row(
        untabled, untabled.rate_columns(columns), 0
    )


@given(strategies.designs(), st.data())
def test_blocks_of_a_table_do_not_show(design: RatingDesign, data: st.DataObject) -> None:
    """A table made block by block is the table made at once."""
    rule = compiled(design)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "_BLOCK", data.draw(st.integers(1, 12)))
        in_blocks = compile_design(design)
    for one in list(every_profile(rule))[:60]:
        assert plain(rated(rule, one)) == plain(rated(in_blocks, one))


@given(strategies.designs(), st.data())
def test_assessments_with_absences_are_rated_alike(
    design: RatingDesign, data: st.DataObject
) -> None:
    """An assessment with stated absences is rated, traced and gathered as the naive one says."""
    rule = compiled(design)
    profile: dict[str, str | None] = dict(data.draw(strategies.profiles(design)))
    statements = [one.id for one in rule.version.statements]
    for one in data.draw(st.lists(st.sampled_from(statements), unique=True)):
        profile[one] = None
    assessment = strategies.assessment_of(design, profile)
    try:
        expected = plain_naive(naive.rate(design, rule.version, profile))
    except naive.MissingScoreError:
        with pytest.raises(AssuranceError) as caught:
            rule.rate_assessment(assessment)
        assert {"missing-score"} == {fault.code for fault in caught.value.faults}
        return
    except (ValueError, StopIteration):
        # With an absence a value may fall through a range that complete profiles never miss.
        with pytest.raises(AssuranceError) as caught:
            rule.rate_assessment(assessment)
        assert {"gap"} == {fault.code for fault in caught.value.faults}
        return
    assert expected == plain(rule.rate_assessment(assessment))
    assert expected == plain(rule.explain(assessment))
    scales = {leaf.id: leaf.scale for leaf in rule.leaves}
    columns = columns_of(
        rule, [{key: level or scales[key].ids[0] for key, level in profile.items()}]
    )
    for key, level in profile.items():
        if level is None:
            columns[key][0] = 0
    assert _levels(expected) == bulk_row(rule, rule.rate_columns(columns), 0)


@pytest.mark.parametrize(
    "design_id",
    [
        "cqc-la/single-word",
        "cqc-la/themes",
        "cqc-la/with-limiters",
        "cqc-la/limiters-by-range",
        "cqc-la/worst-statement",
        "cqc-la/commissioning-twice",
        "cqc-la/half-up",
        "cqc-la/safeguarding-cap",
        "ofsted-ilacs/2018",
        "ofsted-ilacs/2023",
        "ofsted-ilacs/reconstruction",
        "ofsted-ilacs/cqc-arithmetic",
    ],
)
@given(data=st.data())
def test_installed_designs_are_rated_as_the_naive_evaluator_says(
    design_id: str, data: st.DataObject, rule_of: Callable[[str], CompiledDesign]
) -> None:
    """What is shipped agrees with a second, separate evaluation."""
    rule = rule_of(design_id)
    ids = [leaf.id for leaf in rule.leaves]
    levels = [data.draw(st.sampled_from(leaf.scale.ids)) for leaf in rule.leaves]
    profile = dict(zip(ids, levels, strict=True))
    expected = plain_naive(naive.rate(rule.design, rule.version, profile))
    assert expected == plain(rule.rate(**arguments(profile)))
