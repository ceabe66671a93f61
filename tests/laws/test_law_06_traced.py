"""Law 6, traced: what a trace does not list never matters, and what did not bite is listed."""

import pickle
from fractions import Fraction
from itertools import pairwise

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.model.outcome import Outcome
from assurance_core.testing import strategies
from tests.support import codes, compiled, explained


def _said(outcome: Outcome, *without: str) -> object:
    areas = tuple(area for area in outcome.areas if area.id not in without)
    return (outcome.headline, outcome.score, outcome.judgements, outcome.consequences, areas)


@given(strategies.designs(), st.data())
def test_changing_a_score_that_the_trace_does_not_list_changes_nothing(
    design: RatingDesign, data: st.DataObject
) -> None:
    """Every input that any step read is in the trace, so all others are free to move."""
    rule = compiled(design)
    profile = data.draw(strategies.profiles(design))
    outcome = explained(rule, profile)
    listed = {read.input for step in outcome.trace for read in step.reads}
    for leaf in rule.leaves:
        if leaf.id not in listed:
            moved = {**profile, leaf.id: data.draw(st.sampled_from(leaf.scale.ids))}
            assert _said(outcome, leaf.id) == _said(explained(rule, moved), leaf.id)


@given(strategies.designs(), st.data())
def test_an_absence_that_the_trace_does_not_list_changes_nothing(
    design: RatingDesign, data: st.DataObject
) -> None:
    """Scores that come or go count as changes too, where the design can do without them."""
    rule = compiled(design)
    profile: dict[str, str | None] = dict(data.draw(strategies.profiles(design)))
    statements = [one.id for one in rule.version.statements]
    away = data.draw(st.lists(st.sampled_from(statements), unique=True))
    profile |= dict.fromkeys(away)
    try:
        outcome = rule.explain(strategies.assessment_of(design, profile))
    except AssuranceError:
        return
    listed = {read.input for step in outcome.trace for read in step.reads}
    for one in statements:
        if one in listed:
            continue
        scale = next(leaf.scale for leaf in rule.leaves if leaf.id == one)
        moved = {**profile, one: None if profile[one] else scale.ids[0]}
        try:
            other = rule.explain(strategies.assessment_of(design, moved))
        except AssuranceError as error:
            # An input that no step reads may still be one that the design insists on.
            if {"missing-score"} != codes(error):
                raise
            continue
        assert _said(outcome, one) == _said(other, one)


@given(strategies.designs(), st.data())
def test_every_step_is_in_the_trace_with_what_it_did(
    design: RatingDesign, data: st.DataObject
) -> None:
    """One entry for each step of each judgement, in order; each begins where the last ended."""
    rule = compiled(design)
    outcome = explained(rule, data.draw(strategies.profiles(design)))
    steps = [one for one in outcome.trace if one.kind not in ("missing", "consequence")]
    expected = [
        f"{name}.{step.id}" for name, one in design.judgements.items() for step in one.steps
    ]
    assert expected == [one.path for one in steps]
    for before, after in pairwise(steps):
        if before.judgement == after.judgement and before.after is not None:
            assert before.after == after.before
    for judged in outcome.judgements:
        own = [one for one in steps if one.judgement == judged.id]
        assert judged.level == own[-1].after
        limited = [one.path for one in own if one.kind in ("cap", "floor", "adjust")]
        assert set(judged.bit) <= set(limited)
        if judged.level:
            assert list(judged.bit) == [
                one.path for one in own if one.path in limited and one.applied
            ]


@given(strategies.designs(), st.data())
def test_a_trace_is_a_value(design: RatingDesign, data: st.DataObject) -> None:
    """It can be put away and taken out again, compared, and not be changed."""
    rule = compiled(design)
    outcome = explained(rule, data.draw(strategies.profiles(design)))
    assert outcome == pickle.loads(pickle.dumps(outcome))
    assert hash(outcome) == hash(pickle.loads(pickle.dumps(outcome)))
    for value in (outcome, outcome.trace[0]):
        with pytest.raises(FrozenInstanceError):
            value.notes = ()  # type: ignore[misc,union-attr]


@given(strategies.designs(), st.data())
def test_the_numbers_of_a_trace_are_the_score(design: RatingDesign, data: st.DataObject) -> None:
    """The last number in the trace is the score, and the first the score before it was rounded."""
    rule = compiled(design)
    outcome = explained(rule, data.draw(strategies.profiles(design)))
    for judged in outcome.judgements:
        own = [one.after for one in outcome.trace if one.judgement == judged.id]
        numbers = [value for value in own if isinstance(value, Fraction)]
        if judged.score:
            assert (judged.score.exact, judged.score.value) == (numbers[0], numbers[-1])
        else:
            assert [] == numbers or judged.level is None
