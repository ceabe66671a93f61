"""`assurance table`: the decision table of a design."""

from __future__ import annotations

from collections.abc import Sequence

import click

from assurance_core.cli.context import edited, find_design, open_registry, parse_date
from assurance_core.cli.output import Destination, emit, output_formats, write
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.report.decision_table_report import (
    MOST_ROWS_READ,
    decision_table_answer,
    decision_table_csv,
    decision_table_report,
)
from assurance_core.tables.decision_table import MOST_ROWS, decision_tables


@click.command("table")
@click.argument("design_id", metavar="DESIGN")
@click.option("--judgement", default="", help="One judgement; every one of the design otherwise.")
@click.option("--details", is_flag=True, help="In CSV, add the score and what limited the level.")
@click.option("--version", default="", help="The framework version.")
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Change one value first.")
@click.option("--patch", "patches", multiple=True, help="A patch's id or file.")
@click.option("--as-of", help="Choose a design of a series by this date.")
@output_formats(("text", "json", "markdown", "csv"))
def table_command(
    design_id: str,
    judgement: str,
    details: bool,
    version: str,
    sets: Sequence[str],
    patches: Sequence[str],
    as_of: str | None,
    to: Destination,
) -> None:
    """Write the decision table of DESIGN: a row for each profile of a judgement's inputs.

    The first input changes slowest. CSV holds one table: the headline's, unless --judgement names
    another; its columns are the inputs and the level.
    """
    registry = open_registry()
    design = edited(registry, find_design(registry, design_id, parse_date(as_of)), sets, patches)
    rule = compile_design(design, version)
    if to.format == "csv":
        (table,) = decision_tables(rule, judgement or _headline(rule))
        write(decision_table_csv(table, details), to.file)
        return
    most = MOST_ROWS if to.format == "json" else MOST_ROWS_READ
    tables = decision_tables(rule, judgement, most)
    emit(
        to,
        lambda: decision_table_report(rule, tables),
        lambda: decision_table_answer(rule, tables),
    )


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
