"""`assurance show`: rules in plain words, and how two designs differ."""

from __future__ import annotations

from collections.abc import Sequence

import click

from assurance_core.cli.context import edited, find_design, open_registry, parse_date
from assurance_core.cli.output import Destination, emit, output_options
from assurance_core.engine.compile import compile_design
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.report.design_report import design_answer, design_report
from assurance_core.report.difference_report import difference_answer, difference_report
from assurance_core.report.framework_report import framework_answer, framework_report


@click.command("show")
@click.argument("shown", metavar="DESIGN")
@click.option("--against", help="Another design: show how the rules differ.")
@click.option("--version", default="", help="The framework version.")
@click.option(
    "--set", "sets", multiple=True, metavar="PATH=VALUE", help="Show what this edit changes."
)
@click.option("--patch", "patches", multiple=True, help="Show what this patch changes.")
@click.option("--as-of", help="Choose a design of a series by this date.")
@output_options
def show_command(
    shown: str,
    against: str | None,
    version: str,
    sets: Sequence[str],
    patches: Sequence[str],
    as_of: str | None,
    to: Destination,
) -> None:
    """Say a design's rules in plain words, or how two designs differ.

    DESIGN is a design's id, a patch's id, a series with --as-of, a file, or a framework's id.
    """
    registry = open_registry()
    if shown in registry.frameworks and shown not in registry.designs:
        framework = registry.framework(shown)
        emit(to, lambda: framework_report(framework), lambda: framework_answer(framework))
        return
    if against and (sets or patches):
        raise AssuranceError(
            Fault(
                "conflict",
                "show",
                "--against and an edit",
                "one of --against, --set and --patch",
                "leave --against out to see what the edit changes",
            )
        )
    date = parse_date(as_of)
    design = find_design(registry, shown, date)
    rule = compile_design(design, version)
    if not (against or sets or patches):
        emit(to, lambda: design_report(rule), lambda: design_answer(rule))
        return
    other = find_design(registry, against, date) if against else design
    other_rule = compile_design(edited(registry, other, sets, patches), version)
    emit(
        to,
        lambda: difference_report(rule, other_rule),
        lambda: difference_answer(rule, other_rule),
    )
