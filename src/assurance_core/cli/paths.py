"""`assurance paths`: what would have to change for another outcome?"""

from __future__ import annotations

from typing import Any

import click

from assurance_core.cli.output import emit, output_options
from assurance_core.cli.studied import find_studied, with_study_options
from assurance_core.lab.paths import MOST_SETS, paths
from assurance_core.report.paths_answer import paths_answer
from assurance_core.report.paths_report import paths_report


@click.command("paths")
@with_study_options
@click.option("--target", default="", help="The level to reach; each body's next unless given.")
@click.option(
    "--most",
    type=click.IntRange(0),
    help=f"How many smallest sets to list, each way; {MOST_SETS} for one body, else none.",
)
@output_options
def paths_command(**options: Any) -> None:
    """What would have to change for another outcome of DESIGN? Not a plan for improvement.

    On FILE (an assessment), --scores, or --data: the smallest sets of changes to statements.
    """
    studied = find_studied(options)
    most = options["most"]
    if most is None:
        most = MOST_SETS if studied.one else 0
    found = paths(
        studied.contender,
        studied.assessments,
        target=options["target"],
        judgement=options["judgement"],
        most=most,
        as_of=studied.as_of,
    )
    emit(
        options["to"],
        lambda: paths_report(found, studied.coverage, studied.name, options["target"]),
        lambda: paths_answer(found, studied.coverage),
    )
