"""`assurance table`: the decision table of a design."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import click

from assurance_core import __version__
from assurance_core.cli.context import edited, find_design, open_registry, parse_date
from assurance_core.cli.output import Destination, emit, output_formats, write
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.report.decision_table_parquet import decision_table_parquet
from assurance_core.report.decision_table_report import (
    MOST_ROWS_READ,
    decision_table_answer,
    decision_table_csv,
    decision_table_report,
)
from assurance_core.tables.decision_table import (
    MOST_ROWS,
    DecisionTable,
    decision_tables,
    statement_table,
)

Written = Callable[[DecisionTable, bool], str | bytes]


@click.command("table")
@click.argument("design_id", metavar="DESIGN")
@click.option("--judgement", default="", help="One judgement; every one of the design otherwise.")
@click.option(
    "--statements",
    is_flag=True,
    help="A row for each profile of the statements, also where the judgement reads others.",
)
@click.option(
    "--details", is_flag=True, help="In CSV and Parquet, add the score and what limited the level."
)
@click.option(
    "--from", "source", metavar="TABLE", help="In SQL, the table to read: assessments unless given."
)
@click.option(
    "--keep",
    multiple=True,
    metavar="COLUMN",
    help="In SQL, a column to hand on: body unless given.",
)
@click.option("--version", default="", help="The framework version.")
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Change one value first.")
@click.option("--patch", "patches", multiple=True, help="A patch's id or file.")
@click.option("--as-of", help="Choose a design of a series by this date.")
@output_formats(("text", "json", "markdown", "csv", "parquet", "sql"))
def table_command(
    design_id: str,
    judgement: str,
    statements: bool,
    details: bool,
    source: str | None,
    keep: Sequence[str],
    version: str,
    sets: Sequence[str],
    patches: Sequence[str],
    as_of: str | None,
    to: Destination,
) -> None:
    """Write the decision table of DESIGN: a row for each profile of a judgement's inputs.

    The first input changes slowest. CSV and Parquet hold one table: the headline's, unless
    --judgement names another; its columns are the inputs and the level. SQL holds the rules
    themselves: one statement that rates every row of a table in DuckDB, PostgreSQL or SQLite.
    """
    of_tables = {"--judgement": judgement, "--statements": statements, "--details": details}
    _check_options(to, of_tables, {"--from": source, "--keep": keep})
    registry = open_registry()
    design = edited(registry, find_design(registry, design_id, parse_date(as_of)), sets, patches)
    rule = compile_design(design, version)
    if to.format == "sql":
        from assurance_core.report.sql.statement import sql_statement

        by = f"assurance-core {__version__}"
        write(sql_statement(rule, source or "assessments", keep or ("body",), by), to.file)
        return
    if to.format in ("csv", "parquet"):
        wanted = judgement or _headline(rule)
        (table,) = _tables(rule, wanted, statements, MOST_ROWS)
        written: Written = decision_table_csv if to.format == "csv" else decision_table_parquet
        write(written(table, details), to.file)
        return
    most = MOST_ROWS if to.format == "json" else MOST_ROWS_READ
    wanted = judgement or (_headline(rule) if statements else "")
    tables = _tables(rule, wanted, statements, most)
    emit(
        to,
        lambda: decision_table_report(rule, tables),
        lambda: decision_table_answer(rule, tables),
    )


def _tables(
    rule: CompiledDesign, judgement: str, statements: bool, most: int
) -> tuple[DecisionTable, ...]:
    if statements:
        return (statement_table(rule, judgement, most),)
    return decision_tables(rule, judgement, most)


def _check_options(
    to: Destination, of_tables: Mapping[str, object], of_sql: Mapping[str, object]
) -> None:
    """Refuse an option that the chosen format has no use for."""
    useless = of_tables if to.format == "sql" else of_sql
    faults = [
        Fault(
            "conflict",
            option,
            f"{option} with --format {to.format}",
            f"{option} with a decision table"
            if to.format == "sql"
            else f"{option} with --format sql",
            f"leave {option} out, or choose another format",
        )
        for option, given in useless.items()
        if given
    ]
    if faults:
        raise AssuranceError(faults)


def _headline(rule: CompiledDesign) -> str:
    """Return the judgement of a table that is to stand alone."""
    own = [one.node.judgement.id for one in rule.judgements if one.own]
    if rule.published.headline:
        return rule.published.headline
    if len(own) == 1:
        return own[0]
    raise AssuranceError(
        Fault(
            "no-choice",
            "--judgement",
            f"nothing, for a design without a headline and {len(own)} judgements",
            f"one of {', '.join(own)}" if own else "a design with a judgement",
            "name one of them" if own else "ask about another design",
        )
    )
