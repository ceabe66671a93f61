"""`assurance table`: decision tables in every form."""

import csv
from pathlib import Path

import pytest

from assurance_core import __version__
from tests.commands import answer, flowing, refused, run, text

THEMES = ("table", "cqc-la/themes", "--judgement", "ensuring_safety")


def test_a_table_in_words() -> None:
    """A row for each profile, with the score and the level that it gives."""
    shown = text(*THEMES)
    assert "\n16 rows; the levels are in order, worst first.\n" in shown
    rows = [line.split() for line in shown.splitlines() if line.startswith("1  ")]
    assert ["1", "3", "Requires", "improvement", "50"] == rows[2]


def test_a_table_as_csv(tmp_path: Path) -> None:
    """Ids, so that other programs can join it; the ending of -o chooses the form."""
    file = tmp_path / "table.csv"
    assert "" == text(*THEMES, "-o", str(file))
    written = file.read_text("utf-8")
    assert run(*THEMES, "--format", "csv").stdout == written
    header, *rows = csv.reader(written.splitlines())
    names = ["safe_systems_pathways_transitions", "safeguarding", "ensuring_safety"]
    assert names == header
    assert 16 == len(rows)
    assert [["1", "1", "inadequate"], ["4", "4", "outstanding"]] == [rows[0], rows[-1]]
    header, *rows = csv.reader(run(*THEMES, "--format", "csv", "--details").stdout.splitlines())
    assert [*names, "score"] == header
    assert [["1", "1", "inadequate", "25"], ["4", "4", "outstanding", "100"]] == [rows[0], rows[-1]]


def test_a_table_of_statements_where_the_headline_reads_judgements() -> None:
    """Scores go in, not what is made of them; in every form, that table alone."""
    wanted = ("table", "council-stars/2002", "--statements")
    (table,) = answer(*wanted)["tables"]
    assert ("stars", 1024) == (table["judgement"], len(table["rows"]))
    ids = [one["id"] for one in table["inputs"]]
    assert not {"adults", "children"} & set(ids)
    header, *rows = csv.reader(run(*wanted, "--format", "csv").stdout.splitlines())
    assert [*ids, "stars", "no_level_because"] == header
    assert [one["level"] or "" for one in table["rows"]] == [one[-2] for one in rows]


def test_what_a_cap_did_has_a_column_of_its_own() -> None:
    """Only where a limiter ever bites, and only where it is asked for."""
    lines = run("table", "ofsted-ilacs/2023", "--format", "csv").stdout.splitlines()
    assert lines[0].endswith(",judged.overall,overall")
    assert "inadequate,inadequate,inadequate,inadequate,good,inadequate" in lines
    lines = run("table", "ofsted-ilacs/2023", "--format", "csv", "--details").stdout.splitlines()
    assert lines[0].endswith(",judged.overall,overall,limited_by")
    assert "inadequate,inadequate,inadequate,inadequate,good,inadequate,overall.cap" in lines


def test_a_row_without_a_level_says_why(tmp_path: Path) -> None:
    """Where a rule is not known, the reason stands in its place."""
    file = tmp_path / "unknown.yaml"
    file.write_text(UNKNOWN, "utf-8")
    assert [
        "safeguarding,overall,no_level_because",
        "1,,not published",
        "2,2,",
        "3,3,",
        "4,4,",
    ] == run("table", str(file), "--format", "csv").stdout.splitlines()
    assert "not published" in text("table", str(file))
    (table,) = answer("table", str(file))["tables"]
    assert (None, "not published") == (table["rows"][0]["level"], table["rows"][0]["reason"])


UNKNOWN = """\
format: assurance/design/1
id: mine/unknown
name: Partly known
summary: One score counts, and the lowest is not settled.
framework: cqc-la
status: proposed
sources:
  paper: {title: Paper, status: proposed, author: us}
judgements:
  overall:
    scale: cqc-la/score
    inputs: [safeguarding]
    steps:
      - start: safeguarding
        source: paper
      - table:
          rows:
            - {when: {any: safeguarding, is: "1"}, unknown: not published}
            - {when: {any: safeguarding, is: "2"}, then: "2"}
            - {when: {any: safeguarding, is: "3"}, then: "3"}
          otherwise: "4"
        source: paper
publishes: {headline: overall, areas: none}
"""


def test_a_table_as_json() -> None:
    """All judgements at once, valid under the schema; a score has its exact ratio."""
    found = answer("table", "cqc-la/themes")
    assert [64, 16, 16, 16] == [one["size"] for one in found["tables"]]
    assert [64, 16, 16, 16] == [len(one["rows"]) for one in found["tables"]]
    assert {
        "inputs": {"safe_systems_pathways_transitions": "1", "safeguarding": "2"},
        "level": "inadequate",
        "reason": None,
        "score": 38,
        "score_exact": "75/2",
        "limited_by": [],
    } == found["tables"][2]["rows"][1]


def test_csv_is_of_the_headlines_judgement() -> None:
    """Nine statements make 262,144 rows, and a header."""
    written = run("table", "cqc-la/single-word", "--format", "csv").stdout
    assert 262_145 == written.count("\n")
    assert written.endswith("4,4,4,4,4,4,4,4,4,outstanding\n")


def test_an_edit_changes_the_table() -> None:
    """A what-if is tabulated like any design."""
    edit = ("--set", "theme.band.good=50")
    assert " 1 3 Good 50 " in flowing(*THEMES, *edit)


@pytest.mark.parametrize(("form", "what"), [("text", "text"), ("markdown", "markdown")])
def test_a_table_that_nobody_can_read_is_refused(form: str, what: str) -> None:
    """262,144 rows are for programs."""
    assert (
        "error[too-large]: cqc-la/single-word: overall\n"
        "  found:    262,144 profiles of its inputs\n"
        "  expected: at most 5,000 rows\n"
        "  do:       write it as CSV, which may have 1,048,576 rows: --format csv\n"
    ) == refused("table", "cqc-la/single-word", "--format", what), form


def test_csv_of_a_design_without_a_headline_needs_a_judgement() -> None:
    """One file holds one table."""
    assert (
        "error[no-choice]: --judgement\n"
        "  found:    nothing, for a design without a headline and 4 judgements\n"
        "  expected: one of working_with_people, providing_support, ensuring_safety, leadership\n"
        "  do:       name one of them\n"
    ) == refused("table", "cqc-la/themes", "--format", "csv")


def test_a_design_that_judges_nothing_has_no_table() -> None:
    """A card of scores as they are given."""
    assert (
        "error[no-choice]: cqc-la/report-card: judgement\n"
        "  found:    a design without judgements\n"
        "  expected: a judgement: the design has none\n"
        "  do:       ask about another design\n"
    ) == refused("table", "cqc-la/report-card")


def test_an_ending_of_another_format_is_refused() -> None:
    """Before any work is done; and CSV is none of the formats of reports."""
    assert (
        "error[unknown-format]: -o\n"
        "  found:    'table.xlsx'\n"
        "  expected: a file that ends in .json, .md, .markdown, .txt, .csv, .parquet, .sql\n"
        "  do:       name such a file, or add --format\n"
    ) == refused(*THEMES, "-o", "table.xlsx")
    assert ".html, .htm, .xlsx\n" in refused("list", "-o", "list.csv")


def test_the_rules_as_sql(tmp_path: Path) -> None:
    """The ending of -o chooses the form; the table and what is handed on can be named."""
    file = tmp_path / "rating.sql"
    options = ("--from", "public.homes", "--keep", "home", "--keep", "date")
    assert "" == text("table", "cms-five-star/2019", *options, "-o", str(file))
    statement = file.read_text("utf-8")
    assert '  FROM "public"."homes" AS "given"\n' in statement
    assert '"given"."home" AS "kept.1"' in statement
    assert statement.startswith(f"-- Written by assurance-core {__version__} for DuckDB")
    assert statement != run("table", "cms-five-star/2019", "--format", "sql").stdout


def test_a_what_if_as_sql_says_that_it_is_one() -> None:
    """The edit stands at its head, and in the rule."""
    changed = ("--set", "overall.band.outstanding=80")
    statement = run("table", "cqc-la/single-word", *changed, "--format", "sql").stdout
    assert "-- what-if on cqc-la/single-word: set overall.band.outstanding to 80\n" in statement
    assert 'WHEN "overall.round" >= 80 * 36 THEN 4\n' in statement


def test_options_that_a_format_has_no_use_for() -> None:
    """All of them at once."""
    options = ("--judgement", "overall", "--details", "--format", "sql")
    assert (
        "error[conflict]: --judgement\n"
        "  found:    --judgement with --format sql\n"
        "  expected: --judgement with a decision table\n"
        "  do:       leave --judgement out, or choose another format\n"
        "error[conflict]: --details\n"
        "  found:    --details with --format sql\n"
        "  expected: --details with a decision table\n"
        "  do:       leave --details out, or choose another format\n"
    ) == refused("table", "cqc-la/single-word", *options)
    assert (
        "error[conflict]: --from\n"
        "  found:    --from with --format text\n"
        "  expected: --from with --format sql\n"
        "  do:       leave --from out, or choose another format\n"
        "error[conflict]: --keep\n"
        "  found:    --keep with --format text\n"
        "  expected: --keep with --format sql\n"
        "  do:       leave --keep out, or choose another format\n"
    ) == refused("table", "cqc-la/single-word", "--from", "x", "--keep", "y")
