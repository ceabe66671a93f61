"""Profiles that no step tells apart: what is given to one of a kind is right for all of it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.engine import alike
from assurance_core.engine.alike import kinds, told_apart
from assurance_core.engine.bound import BoundJudgement
from assurance_core.engine.run import run_steps
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.testing import strategies
from tests.support import compiled

_MOST_PROFILES = 5_000


def _mesh(judgement: BoundJudgement, lowest: int) -> dict[str, Any]:
    """Return an open mesh: every level of every input, no level, and, at -1, a reason for none."""
    sizes = [len(one.scale) for one in judgement.node.sources]
    sizes += [len(judgement.node.scale)] if judgement.node.judged else []
    columns = {}
    for axis, (name, size) in enumerate(zip(judgement.names, sizes, strict=True)):
        form = [1] * len(sizes)
        form[axis] = -1
        columns[name] = np.arange(lowest, size + 1).reshape(form)
    return columns


def _facts(judgement: BoundJudgement, columns: dict[str, Any]) -> list[Any] | AssuranceError:
    """Return everything that running the steps gives, or what is wrong with a profile."""
    try:
        ran = run_steps(judgement, columns)
    except AssuranceError as error:
        return error
    numbers = [one for one in (ran.number, ran.exact) if one is not None]
    ratios = [part for one in numbers for part in (one.numerator, one.denominator)]
    return [ran.positions, *ratios, *ran.bit, *ran.advised]


@given(design=strategies.designs(), lowest=st.sampled_from([-1, 0, 1]))
def test_the_steps_run_on_one_of_a_kind_say_what_they_say_of_each(
    design: RatingDesign, lowest: int
) -> None:
    rule = compiled(design)
    for judgement in (*rule.judgements, *rule.consequences):
        columns = _mesh(judgement, lowest)
        shape = np.broadcast_shapes(*(one.shape for one in columns.values()))
        if np.prod(shape) > _MOST_PROFILES:
            continue
        found = kinds(told_apart(judgement, columns), shape)
        picked = dict(zip(columns, found.pick(columns.values()), strict=True))
        expected, of_kinds = _facts(judgement, columns), _facts(judgement, picked)
        if isinstance(expected, AssuranceError) or isinstance(of_kinds, AssuranceError):
            assert repr(expected) == repr(of_kinds)
            continue
        whole = [np.broadcast_to(one, shape).reshape(-1).tolist() for one in expected]
        kept = [np.broadcast_to(one, found.first.shape) for one in of_kinds]
        assert whole == [found.spread(one).tolist() for one in kept]


_VALUES = st.integers(-3, 3) | st.sampled_from([10**6, 10**12])


@given(st.data())
def test_kinds_are_numbered_by_their_first_profile(data: st.DataObject) -> None:
    """Whatever the columns hold: few values or many, small or large, in narrow ranges or wide."""
    profiles = data.draw(st.integers(1, 12))
    row = st.lists(_VALUES, min_size=profiles, max_size=profiles)
    columns = [np.array(one) for one in data.draw(st.lists(row, max_size=4))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alike, "_SMALL_RANGE", data.draw(st.sampled_from([1, 8, 1 << 22])))
        patch.setattr(alike, "_SMALL_SPAN", data.draw(st.sampled_from([1, 1 << 10])))
        found = kinds(columns, (profiles,))
    rows = list(zip(*(one.tolist() for one in columns), strict=True)) or [()] * profiles
    distinct = list(dict.fromkeys(rows))
    assert [rows.index(one) for one in distinct] == found.first.tolist()
    assert [distinct.index(one) for one in rows] == found.spread(np.arange(len(distinct))).tolist()
