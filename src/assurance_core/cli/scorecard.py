"""`assurance scorecard`: what can be counted of the claims made for and against designs."""

from __future__ import annotations

from typing import Any

import click

from assurance_core.cli.context import (
    CROSSWALKS_HELP,
    Data,
    edited,
    find_contenders,
    find_design,
    find_patch,
    open_registry,
    parse_date,
)
from assurance_core.cli.measured import (
    bodies_total,
    find_measured,
    progress_line,
    statuses_of,
    with_data_options,
)
from assurance_core.cli.output import emit, output_options
from assurance_core.documents.patches import parse_set
from assurance_core.lab.attribution import MOST_EDITS, Attribution, attribution
from assurance_core.lab.scorecard import scorecard
from assurance_core.model.dates import PartialDate
from assurance_core.model.design import RatingDesign
from assurance_core.model.patch import Patch
from assurance_core.plugins import Registry
from assurance_core.report.scorecard_answer import scorecard_answer
from assurance_core.report.scorecard_report import scorecard_report


@click.command("scorecard")
@click.argument("designs", nargs=-1, required=True)
@with_data_options
@click.option("--crosswalk", multiple=True, help=CROSSWALKS_HELP)
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Add A so edited.")
@click.option("--patch", "patches", multiple=True, help="Add A so patched.")
@click.option("--at", help="Count ages to this date; the latest in the data unless given.")
@output_options
def scorecard_command(**options: Any) -> None:
    """Measure DESIGNS by the claims of the debate on ratings.

    On the assessments of --data and on all profiles, side by side. No figure is a verdict.
    """
    registry = open_registry()
    as_of = parse_date(options["as_of"])
    designs = [find_design(registry, text, as_of) for text in options["designs"]]
    if options["sets"] or options["patches"]:
        designs.append(edited(registry, designs[0], options["sets"], options["patches"]))
    data = find_measured(registry, designs[0].framework, options)
    found = scorecard(
        find_contenders(registry, designs, data.framework, options["crosswalk"]),
        data.assessments,
        statuses=statuses_of(options),
        version=options["version"],
        bodies_total=bodies_total(data),
        note=data.dataset.coverage_note if data.dataset else "",
        as_of=as_of,
        at=PartialDate.parse(options["at"], "--at") if options["at"] else None,
        seed=options["seed"],
        progress=progress_line("measured"),
    )
    attributed = _attributed(registry, designs[0], data, options)
    emit(
        options["to"],
        lambda: scorecard_report(found, data.name, attributed),
        lambda: scorecard_answer(found, attributed),
    )


def _attributed(
    registry: Registry, design: RatingDesign, data: Data, options: dict[str, Any]
) -> Attribution | None:
    """Return what each edit of the what-if moves, where that question can be asked."""
    changes = [find_patch(registry, text)[0] for text in options["patches"]]
    if options["sets"]:
        changes.append(Patch(tuple(parse_set(text) for text in options["sets"])))
    edits = sum(len(one.edits) for one in changes)
    whole = edited(registry, design, options["sets"], options["patches"]) if edits > 1 else None
    if (
        whole is None
        or edits > MOST_EDITS
        or design.publishes.headline is None
        or whole.publishes.headline is None
        or design.framework.id != data.framework.id
        or whole.framework.id != data.framework.id
    ):
        return None
    return attribution(
        design,
        changes,
        data.assessments,
        statuses=statuses_of(options),
        version=options["version"],
        as_of=parse_date(options["as_of"]),
        seed=options["seed"],
        progress=progress_line("edits"),
    )
