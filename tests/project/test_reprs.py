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


def test_what_a_console_prints_says_what_matters() -> None:
    """The word, the score, who it is, how many: what one would look for next."""
    registry = load_plugins()
    design = registry.design("cqc-la/single-word")
    rule = compile_design(design)
    table = read_dataset_table(registry.dataset("cqc-la"), design.framework)
    found = {one.body.name: one for one in table.assessments}
    comparison = compare([design, design], table.assessments)
    shown = [
        rule.rate((3, 3, 4, 3, 4, 4, 3, 4, 4)),
        compile_design(registry.design("cqc-la/report-card")).rate((3,) * 9),
        found["Camden"],
        found["Swindon"],
        table,
        comparison.pairs[0],
        comparison.bodies[0].results[0],
        audit(design).judgements[0],
    ]
    assert [
        "Outcome('cqc-la/single-word': Outstanding, 89)",
        "Outcome('cqc-la/report-card': no word, The card shows nine scores and does not add them"
        " up.)",
        "Assessment('Camden', cqc-la 2023, 2025-02-28: 3 3 4 3 4 4 3 4 4)",
        "Assessment('Swindon', cqc-la 2023, 2026: · · · · · · · 3 ·)",
        "TableAssessments(63 assessments)",
        "Pair(0, 1: 0 changed, 56 unchanged, 0 cannot tell)",
        "Result(PossibleOutcomes(Outstanding))",
        "JudgementAudit('overall', 262,144 profiles)",
    ] == [repr(one) for one in shown]
