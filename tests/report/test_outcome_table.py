"""Outcomes as data: the same as the JSON answer says, in columns that are all described."""

from __future__ import annotations

import csv
import io
import json

from assurance_core.engine.compile import compile_design
from assurance_core.lab.contender import Contender
from assurance_core.model.assessment import Absence, Assessment, Body, Cell, Score
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.plugins import Registry
from assurance_core.report.csv_text import csv_lines
from assurance_core.report.outcome_files import cell_words, outcomes_csv, outcomes_metadata
from assurance_core.report.outcome_table import OutcomeTable, compared_outcomes, rated_outcomes
from assurance_core.report.rated import Unrated, rate_for_report
from tests.commands import answer
from tests.report.compared import demo


def rows_of(table: OutcomeTable) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(outcomes_csv(table), newline="")))


def test_a_comparison_has_a_row_for_each_body_and_design() -> None:
    """Outcome, score, certainty and change are those of the comparison's JSON."""
    comparison = demo()
    rows = rows_of(compared_outcomes(comparison))
    assert len(comparison.bodies) * len(comparison.contenders) == len(rows)
    asked = answer(
        *[
            "compare",
            "cqc-la/single-word",
            "ofsted-style/report-card",
            "cqc-la/outstanding-from-80",
        ],
        *["--data", "cqc-la"],
    )
    for body, (at_63, card, at_80) in zip(
        asked["bodies"], zip(*[iter(rows)] * 3, strict=True), strict=True
    ):
        assert {body["body"]} == {one["body"] for one in (at_63, card, at_80)}
        for row, result in zip((at_63, card, at_80), body["results"], strict=True):
            headline = result["headline"] or {"level": "", "name": ""}
            assert (headline["level"], headline["name"]) == (row["outcome"], row["outcome_name"])
            assert ("" if result["score"] is None else str(result["score"])) == row["score"]
            certain = result["possible"]["certain"]
            cannot = result["possible"]["cannot_tell"]
            wanted = "certain" if certain else "cannot tell" if cannot else "possible"
            assert wanted == row["certainty"]
    changes = [row["change"] for row in rows]
    assert {""} == set(changes[0::3]) | set(changes[1::3])
    (pair,) = [one for one in asked["pairs"] if one["comparable"]]
    assert (pair["changed"], pair["unchanged"], pair["cannot_tell"]) == tuple(
        changes[2::3].count(word) for word in ("changed", "unchanged", "cannot tell")
    )


def test_limiters_that_bit_and_absent_areas_have_their_columns(registry: Registry) -> None:
    """A limiter by its path; the level of an area, or why there is none."""
    design = registry.design("cqc-la/with-limiters")
    rule = compile_design(design)
    ids = [one.id for one in rule.version.statements]
    levels = [4, 4, 4, 4, 4, 4, 4, 4, 1]
    scores: dict[str, Cell] = {
        one: Score(str(level)) for one, level in zip(ids, levels, strict=True)
    }
    one = Assessment("cqc-la", Body("Here"), scores, "2023")
    table = rated_outcomes(Contender(design), [rate_for_report(rule, one)])
    (row,) = rows_of(table)
    bit = [path for judged in rule.rate(levels).judgements for path in judged.bit]
    assert bit
    assert bit == row["limited_by"].split("; ")
    card = compile_design(registry.design("cqc-la/single-word"))
    lacking = {**scores, ids[0]: Absence("withheld", "a trial")}
    unrated = Unrated(
        Assessment("cqc-la", Body("There"), lacking, "2023"),
        AssuranceError(Fault("missing-score", "There", "no score", "a score", "add it")),
    )
    (row,) = rows_of(rated_outcomes(Contender(card.design), [unrated]))
    assert ("cannot tell", "", "There: no score") == (
        row["certainty"], row["outcome"], row["reason"],
    )  # fmt: skip


def test_every_column_is_described_and_the_dictionary_names_them_in_order() -> None:
    table = compared_outcomes(demo())
    described = json.loads(outcomes_metadata(table, "outcomes.csv"))
    columns = described["tableSchema"]["columns"]
    header = outcomes_csv(table).partition("\r\n")[0].split(",")
    assert header == [one["titles"] for one in columns]
    assert len(header) == len(set(header))
    assert all(one["dc:description"].endswith(".") for one in columns)
    assert ("outcomes.csv", "http://www.w3.org/ns/csvw") == (
        described["url"],
        described["@context"][0],
    )
    lists = [one["name"] for one in columns if one.get("separator") == "; "]
    assert {one.name for one in table.columns if one.kind == "list"} == set(lists)


def test_numbers_are_numbers_in_their_columns() -> None:
    """What the data dictionary calls a decimal can be read as one."""
    table = compared_outcomes(demo())
    allowed: dict[str, set[type]] = {"text": {str}, "list": {tuple}, "number": {int, float}}
    for place, column in enumerate(table.columns):
        kinds = {type(row[place]) for row in table.rows} - {type(None)}
        assert not kinds - allowed[column.kind], column.name


def test_no_cell_is_a_formula() -> None:
    """Nor a heading; an apostrophe goes in front."""
    assert "'=1+1,b\r\n'@x,'-3\r\n" == csv_lines(["=1+1", "b"], [["@x", "-3"]])
    assert "" == cell_words(())
