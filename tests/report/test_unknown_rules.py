"""What reports say where a rule is unknown: a reason stands in place of a level."""

import pytest

from assurance_core.engine.compile import compile_design
from assurance_core.lab.audit import audit
from assurance_core.model.design import RatingDesign
from assurance_core.model.outcome import PossibleOutcomes
from assurance_core.report.audit_report import audit_report
from assurance_core.report.document import Report
from assurance_core.report.text import to_text
from assurance_core.report.trace_report import trace_sections
from assurance_core.report.words import outcome_words
from tests.lab.documents import Tree, design, framework, scale

LEVELS = {"one": "score", "two": "score"}


@pytest.fixture(scope="module")
def partly_known() -> RatingDesign:
    """Return a table whose rows for a low `one`, and for a low `two` alone, are not recorded."""
    scales = {"score": scale("Score", ["low", "middle", "high"], "middle")}
    rows = [
        {"when": {"any": "one", "is": "low"}, "unknown": "the first row is lost"},
        {"when": {"any": "two", "is": "low"}, "unknown": "the second row is lost"},
        {"when": {"all": "all", "at_least": "high"}, "then": "high"},
    ]
    overall: Tree = {
        "scale": "demo/score",
        "inputs": "all",
        "steps": [{"table": {"rows": rows, "otherwise": "middle"}}],
    }
    publishes = {"headline": "overall", "areas": "all"}
    return design(framework(LEVELS, scales), {"overall": overall}, publishes)


def test_a_headline_that_a_rule_leaves_open_is_no_card(partly_known: RatingDesign) -> None:
    """A design with a headline shows areas too; without a level it still has no headline."""
    rule = compile_design(partly_known)
    nothing = PossibleOutcomes(())
    assert "no headline" == outcome_words(rule.rate(("low", "high")), nothing)
    assert "High" == outcome_words(rule.rate(("high", "high")), nothing)


def test_reasons_stand_in_quotation_marks_in_a_sentence(partly_known: RatingDesign) -> None:
    """A reason is a sentence of its own: it must not run into the words around it."""
    shown = " ".join(to_text(audit_report(audit(partly_known))).split())
    for sentence in (
        "At Low: the outcome is “no level: the first row is lost”. So it is for One.",
        "At Middle: the outcome is not High or “no level: the first row is lost”.",
        "when One and Two change places, the outcome goes from “no level: the first row is lost” "
        "to “no level: the second row is lost”.",
    ):
        assert sentence in shown


def test_a_trace_lists_the_rows_and_names_the_one_that_holds(partly_known: RatingDesign) -> None:
    """The row that leaves the outcome open is found by its number, and gives no level."""
    outcome = compile_design(partly_known).explain(("middle", "low"))
    shown = to_text(Report("Trace", (), tuple(trace_sections(outcome))))
    expected = """
1. The first row that holds decides.
   Row 1: no outcome (the first row is lost) if One is at Low.
   Row 2: no outcome (the second row is lost) if Two is at Low.
   Row 3: High if all of the 2 inputs are at or above High.
   Otherwise: Middle.
   row 2 is the first that holds: Two is at Low: no level
"""
    assert expected in shown
