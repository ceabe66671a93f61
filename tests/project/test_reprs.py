"""What a console prints of our values stays short enough to read."""

from __future__ import annotations

from assurance_core import audit, compare, compile_design, load_plugins, read_dataset_table
from assurance_core.lab.space import space_of


def test_large_values_name_themselves() -> None:
    """A value that holds tables or documents prints its name and size, not all it holds."""
    registry = load_plugins()
    design = registry.design("cqc-la/single-word")
    rule = compile_design(design)
    table = read_dataset_table(registry.dataset("cqc-la"), design.framework)
    comparison = compare([design, design], table.assessments)
    space = space_of(rule)
    shown = [registry, design, design.framework, rule, rule.space["overall"], space, space.root]
    assert {} == {type(one).__name__: len(repr(one)) for one in shown if len(repr(one)) > 100}
    assert len(repr(comparison)) < 150
    assert len(repr(audit(design))) < 150
