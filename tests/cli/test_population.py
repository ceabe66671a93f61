"""`assurance new population`: files that other commands take, and a report on their likeness."""

import json
import re
from pathlib import Path

import pytest

from tests.commands import answer, checked, flowing, refused, run

COUNCILS = ("new", "population", "--like", "cqc-la")


def test_a_population_is_a_table_that_other_commands_take(tmp_path: Path) -> None:
    file = tmp_path / "population.csv"
    report = run(*COUNCILS, "--size", "200", "-o", str(file)).stdout
    assert report.startswith("A population like Published CQC ratings of councils'")
    rows = file.read_text("utf-8").splitlines()
    assert rows[0].startswith("body,version,assessing_needs,")
    assert rows[1] == "Invented body 00001,2023,3,3,3,2,3,3,3,2,3"
    rated = answer("rate", "--design", "cqc-la/single-word", "--data", str(file))
    assert (200, "Invented body 00200") == (len(rated), rated[-1]["body"])
    compared = answer("compare", "cqc-la/single-word", "cqc-la/with-limiters", "--data", str(file))
    assert 200 == compared["coverage"]["assessments"]


def test_a_workbook_holds_the_same_rows(tmp_path: Path) -> None:
    book, table = tmp_path / "population.xlsx", tmp_path / "population.csv"
    for file in (book, table):
        run(*COUNCILS, "--size", "30", "--seed", "7", "-o", str(file))
    found = [
        answer("rate", "--design", "cqc-la/single-word", "--data", str(file))
        for file in (book, table)
    ]
    assert found[0] == found[1]


def test_what_assessors_judged_is_a_column(tmp_path: Path) -> None:
    file = tmp_path / "population.csv"
    run("new", "population", "--like", "ofsted-ilacs", "--size", "50", "-o", str(file))
    assert file.read_text("utf-8").startswith(
        "body,version,impact_of_leaders,help_and_protection,"
        "children_in_care_and_care_leavers,judged.overall\n"
    )
    rated = answer("rate", "--design", "ofsted-ilacs/2018", "--data", str(file))
    assert all(one["headline"]["level"] for one in rated)


def test_standard_output_gets_the_rows_alone() -> None:
    """And the first of them are the same, however many there are."""
    few, many = (run(*COUNCILS, "--size", size).stdout for size in ("2", "3"))
    assert few == many[: len(few)]
    assert 4 == len(many.splitlines())


def test_the_report_says_how_like_the_data_it_is() -> None:
    found = flowing(
        *COUNCILS, "--size", "50000", "--report", "-", "-o", "/dev/null", "--format=csv"
    )
    for words in (
        "50,000 invented assessments, drawn with seed 1, spread as the 41 complete formal",
        "No body in it exists. The published rows are few and no random sample, so shares of a"
        " population are not national estimates.",
        "Furthest from what was published lie: a level 0.5 percentage points; an outcome 7.2; a"
        " rank correlation 0.25.",
        "cqc-la/single-word Good 22 53.7 25,382 50.8 -2.9",
        "Spearman's rank correlation of 36 pairs: 0.51 on average among the published rows, 0.51"
        " among those drawn.",
        "The correlations were moved to their mean by 100 per cent: so much of what sets pairs"
        " apart is no more than chance would show among 41 rows.",
        "Levels that no published row has are never drawn: Assessing needs: exceptional standard,",
        "What is counted here are the first 50,000 rows drawn.",
    ):
        assert words in found


def test_the_report_is_written_as_json(tmp_path: Path) -> None:
    file = tmp_path / "like.json"
    made = run(*COUNCILS, "--size", "100", "--report", str(file)).stdout
    assert 101 == len(made.splitlines())
    found = checked(json.loads(file.read_text("utf-8")))
    assert (100, 1, 41, 100) == (
        found["size"],
        found["seed"],
        found["fitted_on"],
        found["moved_to_mean_percent"],
    )
    assert [36, 9, 1] == [len(found[part]) for part in ("pairs", "levels", "outcomes")]
    assert 100 == sum(one["drawn"] for one in found["levels"][0]["shares"])


def test_the_data_dictionary_says_that_nobody_exists(tmp_path: Path) -> None:
    run(*COUNCILS, "--size", "5", "-o", str(tmp_path / "population.csv"))
    found = json.loads((tmp_path / "population.csv-metadata.json").read_text("utf-8"))
    assert ("population.csv", 11) == (found["url"], len(found["tableSchema"]["columns"]))
    assert found["dc:description"] == (
        "No such body exists. Drawn with seed 1, spread as 41 published assessments are: not a"
        " national estimate."
    )


def test_a_table_of_ones_own_can_be_followed(tmp_path: Path) -> None:
    """A population like another population."""
    file = tmp_path / "own.csv"
    run(*COUNCILS, "--size", "100", "-o", str(file))
    like = ("new", "population", "--like", str(file), "--size", "3")
    assert "error[missing]: --framework\n" in refused(*like)
    assert 4 == len(run(*like, "--framework", "cqc-la").stdout.splitlines())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("--like", "cqc-provider", "--size", "3"),
            "error[missing]: --like\n"
            "  found:    'cqc-provider', a framework without published data\n"
            "  expected: a dataset (area-send, cqc-la, hmi-probation, ofsted-ilacs), or a table\n"
            "  do:       name one; a population is drawn as published rows are\n",
        ),
        (
            ("--like", "ofsted-ilacs", "--version", "2026", "--size", "3"),
            "error[missing]: ofsted-ilacs, version 2026\n"
            "  found:    5 complete rows among the formal assessments\n"
            "  expected: at least 20 assessments with a level for every statement\n"
            "  do:       name other data or another version: a population is drawn as published"
            " rows are\n",
        ),
        (
            ("--like", "cqc-la", "--size", "0"),
            "error[wrong-type]: --size\n"
            "  found:    0\n"
            "  expected: a whole number from 1\n"
            "  do:       write one: --size 1\n",
        ),
        (
            ("--like", "cqc-la", "--size", "3", "--seed", "-1"),
            "error[wrong-type]: --seed\n"
            "  found:    -1\n"
            "  expected: a whole number from 0\n"
            "  do:       write one: --seed 1\n",
        ),
        (
            ("--like", "cqc-la", "--size", "100001", "-o", "population.xlsx"),
            "error[too-large]: --size\n"
            "  found:    100,001 rows for a workbook\n"
            "  expected: at most 100,000\n"
            "  do:       write CSV or Parquet: -o FILE.csv or -o FILE.parquet\n",
        ),
        (
            ("--like", "cqc-la", "--size", "3", "-o", "same.xlsx", "--report", "same.xlsx"),
            "error[conflict]: --report\n"
            "  found:    'same.xlsx', as -o has it\n"
            "  expected: a file of its own\n"
            "  do:       name two files\n",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    arguments: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written."""
    monkeypatch.chdir(tmp_path)
    assert message == refused("new", "population", *arguments)
    assert [] == list(tmp_path.iterdir())


def test_where_the_report_cannot_be_written_nothing_is(tmp_path: Path) -> None:
    file, nowhere = tmp_path / "population.csv", tmp_path / "none" / "like.txt"
    message = refused(*COUNCILS, "--size", "3", "-o", str(file), "--report", str(nowhere))
    assert message.startswith(f"error[file]: {nowhere}\n")
    assert [] == list(tmp_path.iterdir())


def test_thousands_are_set_apart_in_a_comparison(tmp_path: Path) -> None:
    file = tmp_path / "population.csv"
    run(*COUNCILS, "--size", "1500", "-o", str(file))
    found = flowing("compare", "cqc-la/single-word", "cqc-la/with-limiters", "--data", str(file))
    assert "1,500 assessments of 1,500 councils, 1,500 with every score." in found
    assert "Sources of the scores: 1,500 without one." in found
    assert re.search(r"it would stay for 1,4\d\d\.", found)
