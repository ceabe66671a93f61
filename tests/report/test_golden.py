"""Whole reports as text, to be reviewed as differences. To write them anew:

ASSURANCE_RESET=1 python -m pytest tests/report/test_golden.py
"""

import os
from pathlib import Path

import pytest

from tests.commands import text

GOLDEN = Path(__file__).parent / "golden"
SINGLE = "explain --design cqc-la/single-word --data cqc-la"
REPORTS = {
    "compare-demo": "compare cqc-la/single-word ofsted-style/report-card"
    " cqc-la/outstanding-from-80 --data cqc-la",
    "explain-camden": f"{SINGLE} --body Camden",
    "explain-york": f"{SINGLE} --body York",
    "explain-north-yorkshire": f"{SINGLE} --body North_Yorkshire",
    "explain-limiters": "explain --design cqc-la/with-limiters --scores 4,4,4,4,4,4,1,4,4",
    "explain-evidence": "explain --design cqc-la/evidence-categories"
    " --evidence safeguarding=3,2,3,3",
    "explain-report-card": "explain --design ofsted-style/report-card --data cqc-la --body Hull",
    "explain-trafford": "explain --design ofsted-ilacs/2023 --data ofsted-ilacs --body Trafford"
    " --date 2026",
    "validate-cqc-la": "validate --published cqc-la",
    "validate-ofsted-ilacs": "validate --published ofsted-ilacs",
    "show-single-word": "show cqc-la/single-word",
}


@pytest.mark.parametrize("name", REPORTS)
def test_the_report_is_as_reviewed(name: str) -> None:
    """Every word of it was read by somebody."""
    shown = text(*(word.replace("_", " ") for word in REPORTS[name].split()))
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("ASSURANCE_RESET"):
        file.write_text(shown, "utf-8")
    assert file.read_text("utf-8") == shown


def test_no_report_is_left_over() -> None:
    """Each file is the report of a command above."""
    assert sorted(REPORTS) == sorted(file.stem for file in GOLDEN.iterdir())
