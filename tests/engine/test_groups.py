"""Rows in groups: alike in every column, numbered without holes, whatever is counted or sorted."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.engine import groups
from assurance_core.engine.groups import grouped


@given(st.data())
def test_rows_are_in_one_group_just_where_every_column_says_the_same(data: st.DataObject) -> None:
    rows = data.draw(st.integers(1, 12))
    columns: list[tuple[Any, int]] = []
    for count in data.draw(st.lists(st.sampled_from([1, 2, 5, 300, 1 << 20, 1 << 33]), max_size=4)):
        ends = sorted(one for one in {0, 1, count - 2, count - 1} if 0 <= one < count)
        drawn = data.draw(st.lists(st.sampled_from(ends), min_size=rows, max_size=rows))
        kind = np.min_scalar_type(count - 1)
        columns.append((np.array(drawn, dtype=kind), count))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(groups, "_MOST_COUNTED", data.draw(st.sampled_from([1, 8, 1 << 16])))
        found = grouped(columns, rows)
    every = list(zip(*(column.tolist() for column, _ in columns), strict=True)) or [()] * rows
    numbers = found.numbers.tolist()
    assert len(set(every)) == len(found.rows)
    assert set(range(len(found.rows))) == set(numbers)
    assert len(set(zip(every, numbers, strict=True))) == len(set(every))
    assert list(range(len(found.rows))) == [numbers[row] for row in found.rows.tolist()]
