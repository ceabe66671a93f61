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
