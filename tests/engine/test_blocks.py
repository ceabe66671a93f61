"""Values by code, looked up or compared, are those that plain indexing gives."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.engine import blocks

_TYPES = [np.bool_, np.uint8, np.int16, np.int64]


@given(data=st.data())
def test_columns_of_values_by_code_are_those_of_plain_indexing(data: st.DataObject) -> None:
    """For truths that change once, never or often; in any type; by pairs or not."""
    count = data.draw(st.integers(1, 9))
    tables: list[Any] = [
        np.array(data.draw(st.lists(st.integers(0, 3), min_size=count, max_size=count))).astype(one)
        for one in data.draw(st.lists(st.sampled_from(_TYPES), max_size=3))
    ]
    tables.append(np.arange(count) >= data.draw(st.integers(0, count)))
    drawn = data.draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=40))
    codes = np.array(drawn, dtype=data.draw(st.sampled_from([np.uint8, np.uint16])))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BLOCK", data.draw(st.integers(1, 50)))
        patch.setattr(blocks, "_PAIRS_FROM", data.draw(st.sampled_from([0, 1 << 17])))
        found = blocks.spread(codes, tables)
    assert [table.dtype for table in tables] == [column.dtype for column in found]
    assert [table[codes].tolist() for table in tables] == [column.tolist() for column in found]


def test_what_goes_wrong_in_a_thread_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one thread, or with several: the error of a block is the caller's."""
    monkeypatch.setattr(blocks, "BLOCK", 2)
    monkeypatch.setattr("os.cpu_count", lambda: 3)

    def work(shared: Iterator[slice]) -> None:
        for block in shared:
            if block.start <= 4 < block.stop:
                raise ValueError(f"from {block.start} to {block.stop}")

    for rows in (5, 9):
        with pytest.raises(ValueError, match=rf"^from 4 to {min(6, rows)}$"):
            blocks.for_blocks(rows, work)
    blocks.for_blocks(4, work)


@pytest.mark.parametrize(
    ("low", "high", "kind"),
    [
        (0, 255, np.uint8),
        (0, 256, np.uint16),
        (-1, 1, np.int16),
        (-129, 1, np.int16),
        (3, 1 << 20, np.uint32),
    ],
)
def test_numbers_are_kept_in_a_narrow_type(low: int, high: int, kind: Any) -> None:
    values = np.array([high, low, high], dtype=np.int64)
    found = blocks.narrow(values)
    assert (values.tolist(), kind) == (found.tolist(), found.dtype)


def test_every_short_table_of_truths_is_looked_up_right() -> None:
    """Those that change once are compared, and no others."""
    for count in range(1, 6):
        tables = [np.array(one) for one in product([False, True], repeat=count)]
        codes = np.array([*range(count), 0, count - 1], dtype=np.uint8)
        found = blocks.spread(codes, tables)
        assert [one[codes].tolist() for one in tables] == [one.tolist() for one in found]
