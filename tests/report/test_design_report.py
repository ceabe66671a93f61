"""`show`: a design's rules in plain words."""

from assurance_core.engine.compile import compile_design
from assurance_core.report.design_report import design_report
from assurance_core.report.text import to_text
from tests.lab.documents import Tree, design, framework, scale


def test_a_table_has_a_line_for_each_row() -> None:
    """A table of many rows in one sentence cannot be read; the numbers are those of a trace."""
    scales = {"score": scale("Score", ["low", "high"], "high")}
    rows = [
        {"when": {"any": "one", "is": "low"}, "then": "low"},
        {"when": {"any": "two", "is": "low"}, "unknown": "the row is lost"},
    ]
    overall: Tree = {
        "scale": "demo/score",
        "inputs": "all",
        "steps": [{"table": {"rows": rows, "otherwise": "high"}}],
    }
    rule = compile_design(
        design(framework({"one": "score", "two": "score"}, scales), {"overall": overall})
    )
    expected = """
1. The first row that holds decides.
   Row 1: Low if One is at Low.
   Row 2: no outcome (the row is lost) if Two is at Low.
   Otherwise: High.
   Path: overall.table
"""
    assert expected in to_text(design_report(rule))


def test_a_design_without_rules_rests_on_nothing_where_the_framework_is_official() -> None:
    """Only weak sources of a framework are told."""
    of = framework({"care": "mark"}, {"mark": scale("Mark", ["low", "high"], "high")})
    publishes = {"no_headline": "Shown as given.", "score": "none", "areas": ["care"]}
    shown = to_text(design_report(compile_design(design(of, {}, publishes))))
    assert "- It has no rule, so it needs no source.\n" == shown.rpartition("---\n")[2]
