"""`assurance compare`: the main job."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from assurance_core.cli.context import (
    CROSSWALKS_HELP,
    DATA_HELP,
    SHEET_HELP,
    edited,
    find_contenders,
    find_design,
    open_registry,
    parse_date,
    pick,
)
from assurance_core.cli.measured import (
    bodies_total,
    find_measured,
    progress_line,
    statuses_of,
)
from assurance_core.cli.output import DATA_FORMATS, emit_outcomes, output_formats
from assurance_core.lab.compare import compare
from assurance_core.lab.contender import Contender
from assurance_core.lab.scorecard import scorecard
from assurance_core.model.dates import PartialDate
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.plugins import Registry
from assurance_core.report.comparison_answer import comparison_answer
from assurance_core.report.comparison_report import comparison_report
from assurance_core.report.outcome_table import compared_outcomes
from assurance_core.report.scorecard_answer import scorecard_answer
from assurance_core.report.scorecard_report import scorecard_report
from assurance_core.tables.rows import STATUSES


@click.command("compare")
@click.argument("designs", nargs=-1, required=True)
@click.option("--data", help=DATA_HELP)
@click.option("--sheet", default="", help=SHEET_HELP)
@click.option("--framework", help="The framework of a table; the first design's unless given.")
@click.option("--body", help="One body, by name or code.")
@click.option("--date", help="Only assessments of this date (a day, month or year).")
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Compare A with A edited.")
@click.option("--patch", "patches", multiple=True, help="Compare A with A so patched.")
@click.option("--crosswalk", multiple=True, help=CROSSWALKS_HELP)
@click.option("--as-of", help="Choose framework versions by this date.")
@click.option(
    "--include",
    multiple=True,
    type=click.Choice([one for one in STATUSES if one != "formal"]),
    help="Take these assessments in as well as the formal ones.",
)
@click.option("--scorecard", is_flag=True, help="Add the claims of the debate with figures.")
@click.option("--strict", is_flag=True, help="Stop at an assessment that a design cannot rate.")
@output_formats(DATA_FORMATS)
def compare_command(**options: Any) -> None:
    """Set DESIGNS beside each other on the same assessments.

    Each is a design's id, a patch's id or a file. The others are held against the first.
    """
    if options["scorecard"] and options["to"].format in ("csv", "parquet"):
        found, expected = f"--scorecard in {options['to'].format}", "a report, for its figures"
        remedy = "leave --scorecard out, or choose another format"
        raise AssuranceError(Fault("conflict", "--scorecard", found, expected, remedy))
    registry = open_registry()
    as_of = parse_date(options["as_of"])
    designs = _designs(registry, options, as_of)
    if not options["data"]:
        # Before data are looked for: designs that nothing joins are the greater fault.
        named = options["framework"]
        framework = registry.framework(named) if named else designs[0].framework
        find_contenders(registry, designs, framework, options["crosswalk"])
    data = find_measured(registry, designs[0].framework, options)
    contenders = find_contenders(registry, designs, data.framework, options["crosswalk"])
    assessments = pick(data.assessments, options["body"], options["date"])
    comparison = compare(
        contenders,
        assessments,
        references=tuple(registry.designs.values()),
        statuses=statuses_of(options),
        bodies_total=bodies_total(data),
        note=data.dataset.coverage_note if data.dataset else "",
        as_of=as_of,
        progress=progress_line("comparing"),
    )
    if options["strict"]:
        _refuse_unrated(comparison.bodies, contenders)
    disagreements = data.dataset.disagreements if data.dataset else ()
    card = None
    if options["scorecard"]:
        card = scorecard(
            contenders,
            assessments,
            statuses=statuses_of(options),
            bodies_total=bodies_total(data),
            note=data.dataset.coverage_note if data.dataset else "",
            as_of=as_of,
            progress=progress_line("measured"),
        )
    further = scorecard_report(card).sections if card else ()
    emit_outcomes(
        options["to"],
        lambda: comparison_report(comparison, data.name, disagreements, further),
        lambda: comparison_answer(comparison, scorecard_answer(card) if card else None),
        lambda: compared_outcomes(comparison),
    )


def _designs(
    registry: Registry, options: dict[str, Any], as_of: PartialDate | None
) -> list[RatingDesign]:
    designs = [find_design(registry, text, as_of) for text in options["designs"]]
    if options["sets"] or options["patches"]:
        designs.append(edited(registry, designs[0], options["sets"], options["patches"]))
    else:
        _refuse_twice(options["designs"], designs)
    # One design by several crosswalks stands beside itself.
    if len(designs) < 2 and len(options["crosswalk"]) < 2:
        raise AssuranceError(
            Fault(
                "missing",
                "DESIGNS",
                "one design",
                "two or more",
                "name another, or add --set or --patch",
            )
        )
    return designs


def _refuse_twice(names: Sequence[str], designs: Sequence[RatingDesign]) -> None:
    """Raise where a design stands beside itself: nothing could differ."""
    for number, (name, design) in enumerate(zip(names, designs, strict=True)):
        if name in names[:number] or any(design is one for one in designs[:number]):
            raise AssuranceError(
                Fault(
                    "duplicate",
                    "DESIGNS",
                    f"the same design twice: {design.id}",
                    "each design once",
                    "name another, or add --set or --patch to compare it with itself edited",
                )
            )


def _refuse_unrated(bodies: Any, contenders: list[Contender]) -> None:
    faults = [
        Fault(
            "missing-score",
            f"{body.assessment.body.name}: {contender.design.id}",
            result.possible.reason,
            "an assessment that the design can rate",
            "leave --strict out, or leave the assessment out",
        )
        for body in bodies
        for contender, result in zip(contenders, body.results, strict=True)
        if result.possible.reason
    ]
    if faults:
        raise AssuranceError(faults)
