"""`--data` takes a dataset's id, a table or an assessment document, in every command alike."""

from pathlib import Path

import pytest

from tests.commands import answer, refused

WORD = "cqc-la/single-word"
SCORES = (
    "assessing_needs",
    "supporting_healthier_lives",
    "equity_in_experience_and_outcomes",
    "care_provision_integration_continuity",
    "partnerships_and_communities",
    "safe_systems_pathways_transitions",
    "safeguarding",
    "governance_management_sustainability",
    "learning_improvement_innovation",
)


@pytest.fixture
def document(tmp_path: Path) -> str:
    """One council, all at 3."""
    lines = ["format: assurance/assessment/1", "framework: cqc-la", 'version: "2023"', "body: Hull"]
    lines += ["date: 2025-02", "scores:", *(f"  {one}: 3" for one in SCORES)]
    file = tmp_path / "hull.yaml"
    file.write_text("\n".join(lines) + "\n")
    return str(file)


@pytest.fixture
def table(tmp_path: Path) -> str:
    """The same as a table of one row."""
    file = tmp_path / "hull.csv"
    file.write_text(
        f"body,date,version,{','.join(SCORES)}\nHull,2025-02,2023,{','.join('3' * 9)}\n"
    )
    return str(file)


def test_a_document_is_rated_as_a_table_of_one_row_is(document: str, table: str) -> None:
    one, other = (answer("rate", "--design", WORD, "--data", data) for data in (document, table))
    assert other == one
    assert ["Hull"] == [each["body"] for each in one]


@pytest.mark.parametrize(
    "command",
    [
        ("compare", WORD, "cqc-la/with-limiters"),
        ("paths", WORD),
        ("noise", WORD),
        ("scorecard", WORD),
        ("sweep", WORD, "--vary", "overall.band.good=62,63", "--min", "M5"),
    ],
)
def test_a_document_is_studied_as_a_table_of_one_row_is(
    command: tuple[str, ...], document: str, table: str
) -> None:
    one, other = (answer(*command, "--data", data) for data in (document, table))
    assert other == one


def test_a_document_is_of_its_own_framework(document: str) -> None:
    """A design of another framework then reads it by crosswalk."""
    (one,) = answer("rate", "--design", "ofsted-style/report-card", "--data", document)
    assert ("Hull", "ofsted-style/from-cqc-la") == (one["body"], one["design"]["crosswalk"]["id"])


def test_another_kind_of_document_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "change.yaml"
    file.write_text("format: assurance/patch/1\nid: my/patch\nname: P\nedits: []\n")
    assert "error" in refused("rate", "--design", WORD, "--data", str(file))
