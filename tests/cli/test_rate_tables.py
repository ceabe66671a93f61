"""`assurance rate --data`: a table gives a list, and a row that cannot be rated says why."""

from pathlib import Path

import pytest

from tests.commands import CAMDEN, answer, checked, flowing, refused, run, text

SINGLE = ("rate", "--design", "cqc-la/single-word")


TABLE = """body,date,assessing_needs,supporting_healthier_lives,equity_in_experience_and_outcomes,\
care_provision_integration_continuity,partnerships_and_communities,\
safe_systems_pathways_transitions,safeguarding,governance_management_sustainability,\
learning_improvement_innovation
Here,2025-01-31,3,3,4,3,4,4,3,4,4
There,2025,2,2,3,3,3,3,3,3,3
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A user's table of two councils."""
    file = tmp_path / "mine.csv"
    file.write_text(TABLE, "utf-8")
    return file


def test_a_table_gives_a_list(table: Path) -> None:
    """One outcome a row, in the order of names."""
    found = answer(*SINGLE, "--data", str(table))
    assert [("Here", 89), ("There", 70)] == [(one["body"], one["score"]) for one in found]
    shown = text(*SINGLE, "--data", str(table))
    assert "Here     2025-01-31  334344344  Outstanding 89\n" in shown


def test_one_body_of_a_table_gives_one_object(table: Path) -> None:
    """--body picks one assessment, and then the answer is no list."""
    assert 70 == answer(*SINGLE, "--data", str(table), "--body", "There")["score"]


ONLY_2023 = """format: assurance/design/1
id: mine/lowest
name: Lowest score
summary: The lowest score counts.
framework: cqc-la
versions: ["2023"]
status: proposed
sources:
  ours: {title: Ours, status: proposed, author: us}
judgements:
  overall:
    scale: cqc-la/score
    inputs: all
    steps:
      - minimum: {}
        source: ours
publishes: {headline: overall, areas: none}
"""


def test_a_row_that_cannot_be_rated_does_not_stop_the_others(tmp_path: Path) -> None:
    """A pilot is not of the version that the design reads: it says why, and the run goes on."""
    design, file = tmp_path / "lowest.yaml", tmp_path / "mine.csv"
    design.write_text(ONLY_2023, "utf-8")
    head, here, there = TABLE.splitlines()
    file.write_text(f"{head},version\n{here},2023\n{there},2023-pilot\n", "utf-8")
    arguments = ("rate", "--design", str(design), "--data", str(file))
    here_found, there_found = answer(*arguments)
    assert "3" == here_found["headline"]["level"]
    assert (None, False) == (there_found["headline"], there_found["complete"])
    why = "mine/lowest reads version 2023, not 2023-pilot"
    assert why == there_found["cannot_tell"]
    assert f"cannot tell: {why}" in flowing(*arguments)
    message = refused(*arguments, "--strict")
    assert message.startswith("error[no-choice]: mine/lowest: version\n")


def test_hostile_names_are_text_in_markdown(tmp_path: Path) -> None:
    """A council called <script> or =1+1 is shown as written, and is nothing else."""
    file = tmp_path / "mine.csv"
    rows = TABLE.replace("Here", "<script>alert(1)</script>").replace("There", "=1+1|_a_")
    file.write_text(rows, "utf-8")
    shown = text(*SINGLE, "--data", str(file), "--format", "markdown")
    assert "| \\<script\\>alert(1)\\</script\\> |" in shown
    assert "| \\=1+1\\|\\_a\\_ |" in shown


def test_two_sources_of_scores_are_refused(table: Path) -> None:
    """What was to be rated would be a guess."""
    assert (
        "error[conflict]: assessment\n"
        "  found:    data and scores\n"
        "  expected: one of FILE, --scores (or --evidence), --data\n"
        "  do:       for example --scores 3,3,4,3,4,4,3,4,4\n"
    ) == refused(*SINGLE, "--data", str(table), "--scores", CAMDEN)


def test_an_option_that_would_be_ignored_is_refused(table: Path) -> None:
    """A table holds its own judged levels and versions."""
    assert (
        "error[conflict]: --judged\n"
        "  found:    --judged with data, which holds its own\n"
        "  expected: --judged with --scores alone\n"
        "  do:       leave --judged out\n"
    ) == refused(*SINGLE, "--data", str(table), "--judged", "overall=good")


def test_markdown_has_the_same_words(table: Path) -> None:
    """Formats differ in form alone."""
    shown = run(*SINGLE, "--scores", CAMDEN, "--format", "markdown").stdout
    assert shown.startswith("# Scores given: One word\n\nOutstanding under cqc-la/single-word ")
    assert checked(answer(*SINGLE, "--data", str(table)))
