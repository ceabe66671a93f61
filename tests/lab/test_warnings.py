"""What editors are warned of is what the audit proves."""

from collections.abc import Callable
from unittest.mock import patch

import pytest
from hypothesis import given

from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.audit import audit
from assurance_core.lab.compensation import Deepest
from assurance_core.lab.warnings import warnings_of
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault
from tests.lab.trees import anything

RuleOf = Callable[[str], CompiledDesign]
DESIGNS = (
    "cqc-la/single-word",
    "cqc-la/evidence-categories",
    "cqc-la/with-limiters",
    "cqc-la/themes",
    "ofsted-ilacs/2023",
)


def _deepest(one: Deepest | None) -> object:
    return None if one is None else (one.count, dict(one.levels))


def _agrees_with_the_audit(rule: CompiledDesign) -> None:
    whole, part = audit(rule), warnings_of(rule)
    assert [one.id for one in whole.judgements] == [one.id for one in part.judgements]
    assert [one.id for one in whole.not_audited] == [one.id for one in part.not_audited]
    for one, other in zip(whole.judgements, part.judgements, strict=True):
        assert (one.falling is None) == (other.falling is None)
        assert one.unreachable == other.unreachable
        levels = len(one.space.root.scale)
        assert {state for state in one.examples if state >= levels} == set(other.without)
        assert [found.path for found in one.dead] == [found.path for found in other.dead]
        assert [found.value for found in one.gaps] == [found.value for found in other.gaps]
        expected = [(held.state, _deepest(held.lowest)) for held in one.compensation]
        assert expected == [(held.state, _deepest(held.lowest)) for held in other.compensation]


@given(anything)
def test_warnings_of_any_design_are_those_of_its_audit(drawn: RatingDesign) -> None:
    """Whatever is found quickly is what the audit finds, composed spaces included."""
    _agrees_with_the_audit(compile_design(drawn))


@pytest.mark.parametrize("design_id", DESIGNS)
def test_warnings_of_installed_designs_are_those_of_their_audit(
    design_id: str, rule_of: RuleOf
) -> None:
    """The same of designs that people use."""
    _agrees_with_the_audit(rule_of(design_id))


def test_what_is_wrong_with_a_space_but_its_size_is_raised(rule_of: RuleOf) -> None:
    rule = rule_of("cqc-la/single-word")
    other = AssuranceError(Fault("missing", "x", "nothing", "something", "add it"))
    with (
        patch("assurance_core.lab.warnings.space_of", side_effect=other),
        pytest.raises(AssuranceError, match="missing"),
    ):
        warnings_of(rule)
