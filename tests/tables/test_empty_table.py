"""A table to fill in."""

from __future__ import annotations

import pytest

from assurance_core import compile_design, load_plugins
from assurance_core.plugins import Registry
from assurance_core.tables.empty_table import empty_table, judged_by_any, judged_in
from assurance_core.tables.files import read_table_bytes


@pytest.fixture(scope="module")
def registry() -> Registry:
    """One plugin without judged levels and one with them."""
    return load_plugins(["cqc_la", "ofsted_ilacs"])


def test_what_is_left_to_the_assessor_is_what_the_compiled_design_asks_for(
    registry: Registry,
) -> None:
    """Found without compiling, which takes long for a large design."""
    for design in registry.designs.values():
        leaves = compile_design(design).leaves
        expected = {one.id.partition(".")[2] for one in leaves if one.kind == "judged"}
        assert expected == judged_in(design).keys()


def test_a_row_below_the_empty_table_is_read(registry: Registry) -> None:
    """Every column of it is one that a table may have."""
    framework = registry.framework("ofsted-ilacs")
    version = framework.versions[-1]
    judged = judged_by_any(registry.designs.values(), framework.id, version)
    assert ["overall"] == list(judged)
    text = empty_table(version, judged)
    cells = ["Mine", "2026-05-01", "", "", *["good"] * (len(version.statements) + 1), "", ""]
    table = read_table_bytes(f"{text}{','.join(cells)}\n".encode(), "mine.csv", framework)
    assert {"overall": "good"} == table.assessments[0].judged
    assert table.assessments[0].complete()
