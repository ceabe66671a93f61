"""`assurance audit`: what a design allows, proved."""

from __future__ import annotations

from collections.abc import Sequence

import click

from assurance_core.cli.context import edited, find_design, open_registry, parse_date
from assurance_core.cli.output import Destination, emit, output_options
from assurance_core.lab.audit import audit
from assurance_core.lab.requirements import REQUIREMENTS, check, parse_requirements
from assurance_core.report.audit_answer import audit_answer
from assurance_core.report.audit_report import audit_report
from assurance_core.report.audit_words import required_words


@click.command("audit")
@click.argument("design_id", metavar="DESIGN")
@click.option("--judgement", default="", help="Another judgement than the headline's.")
@click.option("--version", default="", help="The framework version.")
@click.option(
    "--require",
    "requires",
    multiple=True,
    metavar="NAMES",
    help=f"Exit 1 if one does not hold: {', '.join(REQUIREMENTS)}.",
)
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Change one value first.")
@click.option("--patch", "patches", multiple=True, help="A patch's id or file.")
@click.option("--as-of", help="Choose a design of a series by this date.")
@output_options
def audit_command(
    design_id: str,
    judgement: str,
    version: str,
    requires: Sequence[str],
    sets: Sequence[str],
    patches: Sequence[str],
    as_of: str | None,
    to: Destination,
) -> None:
    """Say what DESIGN allows: proved over every profile there can be, not sampled.

    A judgement that is too large to be proved is sampled instead, and the answer says so.

    DESIGN is a design's id, a patch's id, a series with --as-of, or a file. With --require, exit 1
    and show the counterexample if something that is required does not hold.
    """
    names = parse_requirements(",".join(requires))
    registry = open_registry()
    plain = find_design(registry, design_id, parse_date(as_of))
    found = audit(edited(registry, plain, sets, patches), judgement, version)
    required = check(found, names)
    emit(to, lambda: audit_report(found, required), lambda: audit_answer(found, required))
    failed = [one for one in required if not one.holds]
    for one in failed:
        click.echo("\n  ".join(required_words(one)), err=True)
    if failed:
        click.get_current_context().exit(1)
