"""Law 11: all the faults of a table at once, each at its cell, however many there are."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.model.errors import AssuranceError
from assurance_core.model.framework import Framework
from assurance_core.tables.files import read_table_bytes
from assurance_core.testing import strategies


@st.composite
def tables(draw: st.DrawFn) -> tuple[Framework, list[list[str]], set[tuple[int, int]]]:
    """A framework, the rows of a table of it, and which of their cells were spoilt."""
    framework = draw(strategies.frameworks())
    statements = framework.versions[-1].statements
    version = st.sampled_from([framework.versions[-1].id])
    date = st.sampled_from(["", "2025", "2025-03-21"])
    cells = [version, date, *(st.sampled_from(["", *one.scale.ids]) for one in statements)]
    count = draw(st.integers(1, 8))
    rows = [[f"Body {number}", *draw(st.tuples(*cells))] for number in range(2, count + 2)]
    head = ["body", "version", "date", *(one.id for one in statements)]
    places = [(row, column) for row in range(count) for column in range(len(head))]
    spoilt = draw(st.sets(st.sampled_from(places), max_size=6))
    for row, column in spoilt:
        rows[row][column] = "" if column == 0 else "no such thing"
    return framework, [head, *rows], spoilt


def read(framework: Framework, rows: list[list[str]]) -> Any:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return read_table_bytes(text.getvalue().encode(), "x.csv", framework)


@given(tables())
def test_each_spoilt_cell_is_a_fault_and_nothing_else_is(
    drawn: tuple[Framework, list[list[str]], set[tuple[int, int]]],
) -> None:
    """One fault for each, at its row and column; a table without any is read."""
    framework, rows, spoilt = drawn
    if not spoilt:
        assert len(rows) - 1 == len(read(framework, rows).assessments)
        return
    with pytest.raises(AssuranceError) as caught:
        read(framework, rows)
    wanted = {(f"row {row + 2}", f'"{rows[0][column]}"') for row, column in spoilt}
    found = [
        (fault.place.split(" ", 1)[1].split(",")[0].split(" (")[0], fault.place.rsplit(" ", 1)[1])
        for fault in caught.value.faults
    ]
    assert len(wanted) == len(found)
    assert wanted == set(found)
