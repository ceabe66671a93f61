"""Tables in and out of the commands: workbooks, long tables, outcomes as CSV and sheets."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands import CAMDEN, answer, refused, run, text
from tests.workbooks import workbook

RATE = ("rate", "--design", "cqc-la/single-word")
LEVELS = [int(one) for one in CAMDEN.split(",")]


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """The template workbook, filled in for two councils."""
    file = tmp_path / "scores.xlsx"
    run("new", "assessment", "--framework", "cqc-la", "-o", str(file))
    book = load_workbook(file)
    book["Scores"].append(["Camden", "2025-03", None, 89, *LEVELS])
    book["Scores"].append(["York", "2025-03", "Good", None, *[3] * 9])
    book.save(file)
    return file


def test_the_template_comes_back_filled_in(filled: Path) -> None:
    """As the same outcomes as by --scores; what was taken for a number is said on stderr."""
    result = run(*RATE, "--data", str(filled), "--format", "json")
    camden, york = json.loads(result.stdout)
    assert (89, 75) == (camden["score"], york["score"])
    assert (
        'scores.xlsx: its first sheet, "Scores", was read; --sheet names another\n'
        'scores.xlsx sheet "Scores": numbers were taken as whole numbers, in 19 cells\n'
    ) == result.stderr


def test_every_command_with_data_takes_a_workbook(filled: Path) -> None:
    data = ("--data", str(filled), "--sheet", "scores")
    half_up = answer("compare", "cqc-la/single-word", "cqc-la/half-up", *data)
    assert ["Camden", "York"] == [one["body"] for one in half_up["bodies"]]
    assert "Camden" in text("paths", "cqc-la/single-word", *data)
    assert "Camden" in text("noise", "cqc-la/single-word", *data)
    assert "scores.xlsx" in text("scorecard", "cqc-la/single-word", *data)


def test_the_template_lists_the_levels_and_says_how(tmp_path: Path) -> None:
    """A list for each score, headings that stay in sight, text that stays text."""
    file = tmp_path / "scores.xlsx"
    run("new", "assessment", "--framework", "ofsted-ilacs", "-o", str(file))
    book = load_workbook(file)
    scores, levels = book["Scores"], book["Levels"]
    assert ["Scores", "Instructions", "Levels"] == book.sheetnames
    assert "B2" == scores.freeze_panes
    header = run("new", "assessment", "--framework", "ofsted-ilacs", "--format", "csv").stdout
    assert header.strip().split(",") == [cell.value for cell in scores[1]]
    offered = {str(one.sqref): one.formula1 for one in scores.data_validations.dataValidation}
    assert "Levels!$A$2:$A$5" == offered["E2:E501"]
    assert ["Inadequate", "Requires improvement to be good", "Good", "Outstanding"] == [
        levels.cell(row, 1).value for row in range(2, 6)
    ]
    assert "@" == scores.column_dimensions["B"].number_format
    said = [cell.value for row in book["Instructions"] for cell in row if cell.value]
    assert "Leave a cell empty where a score is not known. Nothing is ever filled in." in said
    again = tmp_path / "again.xlsx"
    run("new", "assessment", "--framework", "ofsted-ilacs", "-o", str(again))
    assert file.read_bytes() == again.read_bytes()


def test_a_long_table_gives_the_same_outcome(tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    header = run("new", "assessment", "--framework", "cqc-la", "--format", "csv").stdout
    statements = header.split(",")[4:13]
    lines = [f"Camden,{one},{level}" for one, level in zip(statements, LEVELS, strict=True)]
    file.write_text("\n".join(["body,statement,level", *lines]), "utf-8")
    (camden,) = answer(*RATE, "--data", str(file))
    assert 89 == camden["score"]


def test_outcomes_as_csv_have_their_data_dictionary_beside_them(tmp_path: Path) -> None:
    file = tmp_path / "outcomes.csv"
    assert "" == run(*RATE, "--data", "cqc-la", "-o", str(file)).stdout
    assert ["outcomes.csv", "outcomes.csv-metadata.json"] == sorted(
        one.name for one in tmp_path.iterdir()
    )
    with file.open(newline="", encoding="utf-8") as stream:
        rows = {one["body"]: one for one in csv.DictReader(stream)}
    assert ("outstanding", "89", "800/9", "certain") == tuple(
        rows["Camden"][one] for one in ("outcome", "score", "score_exact", "certainty")
    )
    described = json.loads((tmp_path / "outcomes.csv-metadata.json").read_text("utf-8"))
    assert "outcomes.csv" == described["url"]
    assert list(rows["Camden"]) == [one["name"] for one in described["tableSchema"]["columns"]]
    printed = run(*RATE, "--data", "cqc-la", "--format", "csv").stdout_bytes
    assert file.read_bytes() == printed


def test_one_assessment_is_a_table_of_one_row() -> None:
    """With the columns that many have."""
    one = run(*RATE, "--scores", CAMDEN, "--format", "csv").stdout
    assert 2 == len(one.splitlines())
    many = run(*RATE, "--data", "cqc-la", "--format", "csv").stdout
    assert many.splitlines()[0] == one.splitlines()[0]


def test_a_workbook_of_outcomes_has_the_data_and_what_the_columns_mean(tmp_path: Path) -> None:
    """Numbers are numbers; a body called like a formula is text."""
    scores, file = tmp_path / "mine.xlsx", tmp_path / "outcomes.xlsx"
    head = ["body", "safeguarding"]
    scores.write_bytes(workbook({"rows": [head, ["=1+1", 3], ["<b>", 2]]}))
    compare = ("compare", "cqc-la/single-word", "cqc-la/half-up", "--data", str(scores))
    run(*compare, "-o", str(file))
    book = load_workbook(file)
    outcomes = [[cell.value for cell in row] for row in book["Outcomes"].iter_rows(min_row=3)]
    assert ["<b>", "<b>", "=1+1", "=1+1"] == [row[0] for row in outcomes[1:]]
    assert "s" == book["Outcomes"]["A6"].data_type
    meanings = [row[0].value for row in book["Columns"].iter_rows(min_row=4)]
    assert outcomes[0] == meanings


def test_both_files_are_written_or_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure while the second is made leaves nothing behind, and the old file as it was."""
    file = tmp_path / "outcomes.csv"
    file.write_text("old\n", "utf-8")
    real = Path.chmod

    def fail(self: Path, mode: int) -> None:
        if "metadata" in self.name:
            raise OSError(28, "No space left on device")
        real(self, mode)

    monkeypatch.setattr(Path, "chmod", fail)
    assert (
        f"error[file]: {file}-metadata.json\n"
        "  found:    no space left on device\n"
        "  expected: a file that can be written\n"
        "  do:       check the folder and its rights\n"
    ) == refused(*RATE, "--data", "cqc-la", "-o", str(file))
    assert ["old\n"] == [one.read_text("utf-8") for one in tmp_path.iterdir()]


def test_a_scorecard_is_no_part_of_the_data(tmp_path: Path) -> None:
    """It would be left out without a word."""
    compare = ("compare", "cqc-la/single-word", "cqc-la/half-up", "--scorecard")
    assert (
        "error[conflict]: --scorecard\n"
        "  found:    --scorecard in csv\n"
        "  expected: a report, for its figures\n"
        "  do:       leave --scorecard out, or choose another format\n"
    ) == refused(*compare, "--format", "csv")
