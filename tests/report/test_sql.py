"""A design as an SQL statement: what it says, and what it makes of rows that cannot be rated."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from assurance_core import compile_design, load_plugins, what_if
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.design import Step
from assurance_core.model.errors import AssuranceError
from assurance_core.report.sql import run
from assurance_core.report.sql.statement import sql_statement
from assurance_core.rules.python_step import python_step
from assurance_core.testing import strategies
from tests import sql

REGISTRY = load_plugins()
QUICK = (
    "area-send/2023",
    "cms-five-star/2022",
    "cqc-la/single-word",
    "cqc-la/with-limiters",
    "hmi-probation/youth-justice",
    "ofsted-education/report-card",
    "ofsted-ilacs/2023",
    "ofsted-ilacs/reconstruction",
    "ofsted-sccif/overall",
)


def _rule(design: str) -> CompiledDesign:
    return compile_design(REGISTRY.design(design))


def _rows(statement: str, table: str, rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """Return what SQLite makes of a table."""
    places = ", ".join("?" * len(rows[0]))
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(table)
        database.executemany(f"INSERT INTO {table.split()[2]} VALUES ({places})", rows)
        answer = database.execute(statement)
        names = [one[0] for one in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer]


@pytest.mark.parametrize("design", QUICK)
def test_sqlite_rates_as_the_engine_does(design: str) -> None:
    """A few thousand profiles; `tests/engines` goes through whole spaces in three databases."""
    rule = _rule(design)
    for columns in (sql.profiles(rule, 4096), sql.with_absences(rule, 1000)):
        assert {} == sql.differences(sql.in_sqlite(rule, columns), sql.expected(rule, columns))


@pytest.mark.parametrize("toward", sql.ROUNDINGS)
def test_numbers_below_zero_are_rounded_as_in_the_engine(toward: str) -> None:
    """Twice, over denominators that depend on what is there."""
    rule = sql.below_zero(toward)
    for columns in (sql.profiles(rule), sql.with_absences(rule, 300)):
        assert {} == sql.differences(sql.in_sqlite(rule, columns), sql.expected(rule, columns))


STARS = "CREATE TABLE homes (home TEXT, health_inspection, staffing, quality_measures)"


def test_a_row_that_cannot_be_rated_says_why() -> None:
    """All that is wrong with it: a score not known, out of range, not whole, or a text."""
    statement = sql_statement(_rule("cms-five-star/2019"), "homes", ["home"])
    given = [
        ("a", 3, 3, 3), ("b", None, 3, 3), ("c", 6, 0, None), ("d", 2.5, 3, "3"), ("e", 3.0, 3, 3)
    ]  # fmt: skip
    found = {one["home"]: (one["overall"], one["reason"]) for one in _rows(statement, STARS, given)}
    assert {
        "a": ("3", None),
        "b": (None, "health_inspection is not known"),
        "c": (
            None,
            "health_inspection is none of 1, 2, 3, 4, 5; staffing is none of 1, 2, 3, 4, 5; "
            "quality_measures is not known",
        ),
        "d": (
            None,
            "health_inspection is none of 1, 2, 3, 4, 5; quality_measures is none of 1, 2, 3, 4, 5",
        ),
        "e": ("3", None),
    } == found


def test_a_column_that_is_not_there_is_an_error() -> None:
    """SQLite takes an unknown name in quotes for a text, unless it is said where it belongs."""
    with pytest.raises(sqlite3.OperationalError, match=r"no such column: given\.staffing"):
        _rows(
            sql_statement(_rule("cms-five-star/2019"), "homes", ["home"]),
            "CREATE TABLE homes (home, health_inspection, quality_measures)",
            [("a", 3, 3)],
        )


def test_no_score_for_a_stated_reason_is_not_a_score_that_is_not_known() -> None:
    """The design says what it does without the one; nothing can be said without the other."""
    rule = _rule("ofsted-education/middle-area")
    leaves = [leaf.id for leaf in sql.leaves_read(rule)]
    table = f"CREATE TABLE assessments (body, {', '.join(leaves)})"
    full = ["strong_standard"] * len(leaves)
    rows: list[list[str | None]] = [
        ["a", *full],
        ["b", "not_applicable", *full[1:]],
        ["c", None, *full[1:]],
    ]
    found = [(one["overall"], one["reason"]) for one in _rows(sql_statement(rule), table, rows)]
    wanted = "strong_standard"
    assert [(wanted, None), (wanted, None), (None, f"{leaves[0]} is not known")] == found


ROUNDED = """\
    -- Overall rating: Round up to a whole number.
    -- overall.round: [derived] Published percentages of 23 councils whose nine scores are known
    -- (CQC states no rounding rule. Up reproduces all 23, half-up 14, down 4)
    (36 - "overall.percent_of_maximum" % 36) % 36 + "overall.percent_of_maximum" AS "overall.round"
"""


def test_the_last_line_of_a_step_is_its_source() -> None:
    """With the path that errors and patches name, and how far the source can be relied on."""
    statement = sql_statement(_rule("cqc-la/single-word"))
    start = statement.index("    -- Overall rating: Round up")
    assert statement[start:].startswith(ROUNDED)


def test_decisions_need_no_division() -> None:
    """A score is divided out where it is shown, in the last part; nowhere else."""
    statement = sql_statement(_rule("cqc-la/with-limiters"))
    code = [line for line in statement.splitlines() if not line.lstrip().startswith("--")]
    assert ['    WHEN "overall.good_limiter" > 0 THEN CAST("overall.round" / 36 AS BIGINT)'] == [
        line for line in code if "/" in line
    ]


def test_no_text_of_a_document_leaves_its_comment_or_literal() -> None:
    """A title, a name and a reason with line ends, quotes, dashes and the end of a comment."""
    evil = "x\n'; DROP TABLE assessments; --\r\N{LINE SEPARATOR}*/ \x00 \"y"
    design = REGISTRY.design("audit-commission-cpa/2005")
    plain = compile_design(design)
    sources = {key: evolve(one, title=evil, note=evil) for key, one in design.sources.items()}
    judgements = {key: evolve(one, name=evil) for key, one in design.judgements.items()}
    rule = compile_design(evolve(design, name=evil, sources=sources, judgements=judgements))
    rule = evolve(rule, reasons=tuple(evil for _ in rule.reasons))
    columns = sql.with_absences(plain, 500)
    found, wanted = sql.in_sqlite(rule, columns), sql.expected(plain, columns)
    because = found.pop("stars.no_level_because")
    reasons = wanted.pop("stars.no_level_because")
    assert {} == sql.differences(found, wanted)
    assert {None, " ".join(evil.replace("\x00", " ").split())} == set(because)
    assert [one is None for one in reasons] == [one is None for one in because]


def test_names_are_quoted_whatever_stands_in_them() -> None:
    """Of the table, its schema, and the columns that are handed on."""
    statement = sql_statement(_rule("cms-five-star/2019"), 'main.my "homes"', ['the "home"'])
    table = STARS.replace("homes", '"my ""homes""" ', 1).replace("home TEXT", '"the ""home"""')
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(table)
        database.execute('INSERT INTO "my ""homes""" VALUES (\'a\', 3, 3, 3)')
        assert [("a", "3", None, None)] == database.execute(statement).fetchall()


def _with_python_step(calls: list[int]) -> CompiledDesign:
    """Return a design whose first step is a plugin's, with a cap behind it."""

    def rate_one(_settings: Any, inputs: Any, _running: Any) -> str:
        calls.append(1)
        return max((one.id for one in inputs.values() if one), default="inadequate")

    design = REGISTRY.design("ofsted-ilacs/reconstruction")
    kind = python_step("last_by_name", rate_one, "Take the last by name", {})
    overall = design.judgements["overall"]
    own = Step("last_by_name", {}, overall.steps[0].source, "last_by_name")
    changed = evolve(overall, steps=(own, *overall.steps[1:]), missing="omit")
    return compile_design(
        evolve(design, judgements={"overall": changed}, step_kinds={kind.name: kind})
    )


def test_a_step_in_python_is_a_table_from_keys_to_levels() -> None:
    """The other steps of its judgement stay what they are."""
    rule = _with_python_step([])
    statement = sql_statement(rule)
    assert '("key", "level") AS (' in statement
    assert "No better than" in statement
    for columns in (sql.profiles(rule), sql.with_absences(rule, 1000)):
        assert {} == sql.differences(sql.in_sqlite(rule, columns), sql.expected(rule, columns))


def test_every_other_step_is_an_expression() -> None:
    """No design of any plugin needs a table: none has a step in Python."""
    rules = [compile_design(one) for one in REGISTRY.designs.values()]
    written = [sql_statement(one) for one in rules if one.judgements or one.consequences]
    assert len(written) > 30
    assert [] == [one for one in written if '("key", "level")' in one]


def test_a_step_in_python_with_too_many_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not called on any of them."""
    calls: list[int] = []
    rule = _with_python_step(calls)
    calls.clear()
    monkeypatch.setattr(run, "MOST_KEYS", 600)
    with pytest.raises(AssuranceError) as caught:
        sql_statement(rule)
    assert (
        "error[too-large]: overall.last_by_name\n"
        "  found:    a step in Python with 625 cases\n"
        "  expected: at most 600, to be written as a table\n"
        "  do:       write the judgement's decision table instead: --format csv, or parquet"
    ) == str(caught.value)
    assert [] == calls


LOWEST: dict[str, Any] = {
    "format": "assurance/design/1",
    "id": "test/lowest",
    "name": "Lowest",
    "summary": "For a test.",
    "framework": "ofsted-style",
    "status": "what_if",
    "sources": {"us": {"title": "For a test", "status": "assumed"}},
    "judgements": {
        "overall": {
            "scale": "ofsted-style/grade",
            "steps": [{"minimum": {}, "source": "us"}],
        }
    },
    "publishes": {"headline": "overall", "areas": "none"},
}


def test_scores_of_another_framework_come_through_the_crosswalk() -> None:
    """What derives the statements is written like any rule; the table holds the other scores."""
    crosswalk = REGISTRY.crosswalk("ofsted-style/from-cqc-la")
    source = REGISTRY.framework("cqc-la").versions[-1]
    target = REGISTRY.framework("ofsted-style")
    tree = deepcopy(LOWEST)
    tree["judgements"]["overall"]["inputs"] = [
        one.id for one in target.versions[-1].statements if one.scale.id == "ofsted-style/grade"
    ]
    design = strategies.design_of(tree, target)
    rule = compile_design(design, crosswalk=crosswalk, source_version=source)
    assert {one.id for one in sql.leaves_read(rule)} <= {one.id for one in source.statements}
    columns = sql.profiles(rule, 2000)
    assert {} == sql.differences(sql.in_sqlite(rule, columns), sql.expected(rule, columns))


def test_a_design_that_works_nothing_out_has_no_statement() -> None:
    with pytest.raises(AssuranceError) as caught:
        sql_statement(_rule("cqc-la/report-card"))
    assert (
        "error[no-choice]: cqc-la/report-card\n"
        "  found:    a design without judgements and consequences\n"
        "  expected: a design that works something out\n"
        "  do:       publish the scores as they are: this design adds nothing to them"
    ) == str(caught.value)


def test_kept_columns_have_names_of_their_own() -> None:
    with pytest.raises(AssuranceError) as caught:
        sql_statement(_rule("cqc-la/single-word"), keep=["body", "overall", "body"])
    assert (
        "error[conflict]: keep: overall\n"
        "  found:    'overall', which is a column of the result too\n"
        "  expected: columns with names of their own\n"
        "  do:       leave it out, or rename it in a view\n"
        "error[conflict]: keep: body\n"
        "  found:    'body' twice\n"
        "  expected: columns with names of their own\n"
        "  do:       leave it out, or rename it in a view"
    ) == str(caught.value)


def test_a_score_may_be_called_reason() -> None:
    """The column of that name which the statement makes is another one."""
    rule = sql.below_zero("down", statements=("reason", "given", "key"))
    for columns in (sql.profiles(rule), sql.with_absences(rule, 300)):
        assert {} == sql.differences(sql.in_sqlite(rule, columns), sql.expected(rule, columns))


def test_a_judgement_with_the_name_of_another_column_is_refused() -> None:
    """Nobody could say which of the two `reason` is."""
    with pytest.raises(AssuranceError) as caught:
        sql_statement(sql.below_zero("down", headline="reason"))
    assert (
        "error[conflict]: demo/below-zero: reason\n"
        "  found:    two columns of the result that are called 'reason'\n"
        "  expected: columns with names of their own\n"
        "  do:       give the judgement another id"
    ) == str(caught.value)


def test_numbers_that_a_database_cannot_hold_are_refused() -> None:
    """SQLite would go on with a float, and say nothing."""
    edits = {
        "overall.percent_of_maximum.weights": {"safeguarding": Decimal("1.000000001")},
        "overall.band.good": Decimal("62.00000001"),
    }
    rule = compile_design(what_if(REGISTRY.design("cqc-la/single-word"), edits))
    assert "good" == getattr(rule.rate((3,) * 9).headline, "level", "")
    with pytest.raises(AssuranceError) as caught:
        sql_statement(rule)
    assert (
        f"error[too-large]: {rule.design.id}: overall.band\n"
        "  found:    numbers of more than 64 bits\n"
        "  expected: whole numbers that a database can hold\n"
        "  do:       use smaller weights, points or bounds, with fewer decimals"
    ) == str(caught.value)
