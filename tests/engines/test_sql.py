"""A design's SQL statement in DuckDB, PostgreSQL and SQLite, against the engine.

Every design of every plugin that works something out: on its whole space where that has no more
than 262,144 profiles, else on as many drawn from it; and on profiles in which scores are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import prod
from typing import Any

import duckdb
import psycopg
import pyarrow
import pytest

from assurance_core import compile_design, load_plugins
from assurance_core.engine.rule import CompiledDesign
from assurance_core.report.sql.statement import sql_statement
from tests import sql
from tests.engines.postgres import postgres

REGISTRY = load_plugins()
RULES = {key: compile_design(one) for key, one in sorted(REGISTRY.designs.items())}
WRITTEN = [key for key, one in RULES.items() if one.judgements or one.consequences]
WHOLE = {key: prod(len(leaf.scale) for leaf in sql.leaves_read(RULES[key])) for key in WRITTEN}
LARGE = [key for key, size in WHOLE.items() if size > sql.MOST_ROWS]
SOME = 1 << 12
"""Rows drawn from a space too large to be gone through."""

Database = Callable[[CompiledDesign, sql.Columns], sql.Answer]


@pytest.fixture(scope="module")
def server() -> Iterator[psycopg.Connection[Any]]:
    """A PostgreSQL server."""
    with postgres() as connection:
        yield connection


@pytest.fixture(params=["duckdb", "postgres", "sqlite"])
def database(request: pytest.FixtureRequest) -> Database:
    """Run a statement in one database after the other."""
    if request.param == "sqlite":
        return sql.in_sqlite
    if request.param == "duckdb":
        return _in_duckdb
    connection = request.getfixturevalue("server")
    return lambda rule, columns: _in_postgres(connection, rule, columns)


def _in_duckdb(rule: CompiledDesign, columns: sql.Columns) -> sql.Answer:
    names = list(sql.table_columns(rule))
    table = pyarrow.table(dict(zip(names, sql.in_database(rule, columns), strict=True)))
    with duckdb.connect() as database:
        database.register("assessments", table)
        return _answer(database.execute(sql_statement(rule)), rule, columns)


def _in_postgres(
    server: psycopg.Connection[Any], rule: CompiledDesign, columns: sql.Columns
) -> sql.Answer:
    with server.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS assessments")
        cursor.execute(sql.create_table(sql.table_columns(rule)))
        with cursor.copy("COPY assessments FROM STDIN") as copy:
            for row in zip(*sql.in_database(rule, columns), strict=True):
                copy.write_row(row)
        return _answer(cursor.execute(sql_statement(rule)), rule, columns)


def _answer(cursor: Any, rule: CompiledDesign, columns: sql.Columns) -> sql.Answer:
    names = [one[0] for one in cursor.description]
    rows = sorted(cursor.fetchall(), key=lambda row: row[0])
    return sql.given(names, rows, sql.expected(rule, columns))


def test_both_regulators_of_councils_are_gone_through_whole() -> None:
    """All but the reading by evidence categories, which has 4^36 profiles."""
    councils = ("cqc-la", "ofsted-ilacs")
    drawn = [key for key in LARGE if RULES[key].design.framework.id in councils]
    assert ["cqc-la/evidence-categories"] == drawn
    assert 262_144 == WHOLE["cqc-la/single-word"]


@pytest.mark.parametrize("design", WRITTEN)
def test_a_database_rates_the_whole_space_as_the_engine_does(
    design: str, database: Database
) -> None:
    """Level, score, limiters, advice, reasons and consequences of every profile."""
    rule = RULES[design]
    columns = sql.profiles(rule, SOME if design in LARGE else sql.MOST_ROWS)
    assert {} == sql.differences(database(rule, columns), sql.expected(rule, columns))


@pytest.mark.parametrize("design", WRITTEN)
def test_a_database_deals_with_absent_scores_as_the_engine_does(
    design: str, database: Database
) -> None:
    """Whatever the design can do without is left out here and there."""
    rule = RULES[design]
    columns = sql.with_absences(rule, SOME)
    assert {} == sql.differences(database(rule, columns), sql.expected(rule, columns))


@pytest.mark.parametrize("toward", sql.ROUNDINGS)
def test_numbers_below_zero_are_rounded_as_in_the_engine(toward: str, database: Database) -> None:
    """Twice, over denominators that depend on what is there."""
    rule = sql.below_zero(toward)
    for columns in (sql.profiles(rule), sql.with_absences(rule, 300)):
        assert {} == sql.differences(database(rule, columns), sql.expected(rule, columns))
