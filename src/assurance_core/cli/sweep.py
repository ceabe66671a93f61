"""`assurance sweep`: try values of a design, and see what each gives."""

from __future__ import annotations

from typing import Any

import click

from assurance_core.cli.context import find_design, open_registry, parse_date
from assurance_core.cli.measured import (
    find_measured,
    progress_line,
    statuses_of,
    with_data_options,
)
from assurance_core.cli.output import emit, output_options
from assurance_core.documents.patches import parse_set
from assurance_core.lab.sweep import parse_objective, sweep
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.report.sweep_report import sweep_answer, sweep_report


@click.command("sweep")
@click.argument("design")
@click.option("--vary", multiple=True, metavar="PATH=v1,v2,…", help="Values to try; repeat it.")
@click.option("--min", "low", multiple=True, metavar="METRIC[=MOST]", help="Wanted low: M5@all.")
@click.option("--max", "high", multiple=True, metavar="METRIC[=LEAST]", help="Wanted high: M12=.9.")
@with_data_options
@click.option("--workers", type=click.IntRange(1), help="Processes; one a core unless given.")
@output_options
def sweep_command(**options: Any) -> None:
    """Try every combination of some values of DESIGN, and measure each.

    METRIC is an id of the scorecard, a measure of it (M2.depth), on all profiles with @all. M12 is
    agreement with DESIGN as it stands.
    """
    registry = open_registry()
    as_of = parse_date(options["as_of"])
    design = find_design(registry, options["design"], as_of)
    data = find_measured(registry, design.framework, options)
    objectives = [parse_objective(text, "low", "--min") for text in options["low"]]
    objectives += [parse_objective(text, "high", "--max") for text in options["high"]]
    found = sweep(
        design,
        _grid(options["vary"]),
        data.assessments,
        objectives,
        statuses=statuses_of(options),
        version=options["version"],
        as_of=as_of,
        seed=options["seed"],
        workers=options["workers"],
        progress=progress_line("tried"),
    )
    emit(options["to"], lambda: sweep_report(found, data.name), lambda: sweep_answer(found))


def _grid(given: tuple[str, ...]) -> dict[str, list[Any]]:
    """Return the values to try by path; each is read like a value of --set."""
    grid: dict[str, list[Any]] = {}
    for text in given:
        path, _, values = text.partition("=")
        parts = values.split(",") if values.strip() else [""]
        edits = [parse_set(f"{path}={part}") for part in parts]
        if edits[0].path in grid:
            raise AssuranceError(
                Fault(
                    "duplicate",
                    "--vary",
                    f"{edits[0].path} again",
                    "each path once",
                    "give all its values in one --vary",
                )
            )
        grid[edits[0].path] = [edit.value for edit in edits]
    return grid
