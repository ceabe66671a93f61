"""`assurance rate` and `assurance explain`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from assurance_core import __version__
from assurance_core.cli.checks import check_crosswalk, check_read, check_sheet
from assurance_core.cli.context import (
    DATA_HELP,
    SHEET_HELP,
    edited,
    find_assessment,
    find_contender,
    find_design,
    open_registry,
    parse_date,
    pick,
)
from assurance_core.cli.measured import find_measured
from assurance_core.cli.output import (
    DATA_FORMATS,
    emit_outcomes,
    output_formats,
    output_options,
    write,
)
from assurance_core.cli.rate_engine import rate_with_engine, with_engine_options
from assurance_core.cli.scores import assessment_from_text
from assurance_core.documents.writer import to_json
from assurance_core.lab.contender import Contender, compiled, published_rule
from assurance_core.lab.coverage import choose_assessments
from assurance_core.model.assessment import Assessment
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.framework import Framework
from assurance_core.plugins import Registry
from assurance_core.report.answers import outcome_answer, unrated_answer
from assurance_core.report.outcome_report import outcome_report
from assurance_core.report.outcome_table import rated_outcomes
from assurance_core.report.rated import Rated, Unrated, rate_for_report
from assurance_core.report.rated_table import rated_table_report
from assurance_core.report.receipt import receipt

Command = Callable[..., None]

_OPTIONS = [
    click.argument("file", required=False),
    click.option("--design", "design_id", required=True, help="A design's id, series or file."),
    click.option("--scores", help="Levels in the framework's order, or statement=level pairs."),
    click.option("--evidence", multiple=True, help="STATEMENT=level,level,… by evidence category."),
    click.option("--judged", multiple=True, help="JUDGEMENT=LEVEL, as the assessor chose."),
    click.option("--data", help=DATA_HELP),
    click.option("--sheet", default="", help=SHEET_HELP),
    click.option("--framework", help="The framework of the scores; the design's unless given."),
    click.option("--body", help="One body, by name or code."),
    click.option("--date", help="One assessment, by its date."),
    click.option("--version", "version", default="", help="The framework version of --scores."),
    click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Change one value."),
    click.option("--patch", "patches", multiple=True, help="A patch's id or file."),
    click.option("--crosswalk", default="", help="Which crosswalk, where several fit."),
    click.option("--as-of", help="Choose versions by this date."),
    click.option("--strict", is_flag=True, help="With --data: stop at a row that cannot be rated."),
    click.option("--receipt", help="Write a receipt to this file (one assessment)."),
]


def _with_options(command: Command) -> Command:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


Rate = Callable[[Assessment], Rated]


def _rate_all(explain: bool, options: dict[str, Any]) -> None:
    registry = open_registry()
    as_of = parse_date(options["as_of"])
    design = find_design(registry, options["design_id"], as_of)
    design = edited(registry, design, options["sets"], options["patches"])
    assessments, framework, many = _assessments(registry, design, options)
    check_crosswalk([design], framework, options["crosswalk"])
    contender = find_contender(registry, design, framework, options["crosswalk"])
    rule_for = compiled(contender, as_of, check=True).rule
    published_by = published_rule(registry.designs.values())
    with_trace = explain or bool(options["receipt"])

    if options["scores"] or options["evidence"]:
        check_read(rule_for(assessments[0]), options)

    def rate(one: Assessment) -> Rated:
        return rate_for_report(rule_for(one), one, published_by(one), with_trace)

    if many and with_trace:
        raise _one_only(assessments, "explain" if explain else "--receipt")
    if many:
        _many(contender, rate, assessments, options)
    else:
        _one(registry, contender, rate(assessments[0]), options)


def _many(
    contender: Contender, rate: Rate, assessments: Sequence[Assessment], options: dict[str, Any]
) -> None:
    rated: list[Rated | Unrated] = []
    for one in assessments:
        try:
            rated.append(rate(one))
        except AssuranceError as error:
            if options["strict"]:
                raise
            rated.append(Unrated(one, error))
    emit_outcomes(
        options["to"],
        lambda: rated_table_report(contender.design, rated),
        lambda: [
            outcome_answer(one) if isinstance(one, Rated) else unrated_answer(one) for one in rated
        ],
        lambda: rated_outcomes(contender, rated),
    )


def _one(registry: Registry, contender: Contender, rated: Rated, options: dict[str, Any]) -> None:
    if options["receipt"]:
        documents = {key: one.document for key, one in registry.frameworks.items()}
        write(to_json(receipt(rated, documents, __version__)), options["receipt"])
    emit_outcomes(
        options["to"],
        lambda: outcome_report(rated),
        lambda: outcome_answer(rated),
        lambda: rated_outcomes(contender, [rated]),
    )


def _one_only(assessments: Sequence[Assessment], what: str) -> AssuranceError:
    """Return the error for a table where one assessment is needed, with what to name."""
    bodies = sorted({one.body.name for one in assessments})
    if len(bodies) > 1:
        remedy = f"add --body, for example --body '{bodies[0]}'"
    else:
        dates = ", ".join(str(one.date) for one in assessments)
        remedy = f"add --date, one of: {dates}"
    return AssuranceError(
        Fault("no-choice", what, f"{len(assessments)} assessments", "one assessment", remedy)
    )


def _assessments(
    registry: Registry, design: RatingDesign, options: dict[str, Any]
) -> tuple[tuple[Assessment, ...], Framework, bool]:
    """Return what to rate, its framework, and whether a table was asked for."""
    named = registry.framework(options["framework"]) if options["framework"] else design.framework
    scored = any(version.statements for version in named.versions)
    given = [key for key in ("file", "data") if options[key]]
    given += ["scores"] if options["scores"] or options["evidence"] else []
    if not given and options["judged"] and not scored:
        given = ["scores"]  # Where nothing is scored, what is judged says everything.
    if not given and options["body"]:
        given = ["data"]  # A body by name is looked up in its framework's only dataset.
    if len(given) != 1:
        raise AssuranceError(
            Fault(
                "missing" if not given else "conflict",
                "assessment",
                " and ".join(given) or "nothing to rate",
                f"one of FILE, {'--scores (or --evidence)' if scored else '--judged'}, --data",
                f"for example --{'scores 3,3,4,3,4,4,3,4,4' if scored else 'judged overall=good'}",
            )
        )
    check_sheet(options)
    for option in ("judged", "version"):
        if options[option] and given != ["scores"]:
            raise AssuranceError(
                Fault(
                    "conflict",
                    f"--{option}",
                    f"--{option} with {given[0]}, which holds its own",
                    f"--{option} with --scores alone",
                    f"leave --{option} out",
                )
            )
    if options["file"]:
        one, framework = find_assessment(registry, options["file"])
        return pick((one,), options["body"], options["date"]), framework, False
    if given == ["data"]:
        data = find_measured(registry, named, options)
        chosen = pick(data.assessments, options["body"], options["date"])
        if not options["body"]:
            chosen = choose_assessments(chosen)
        elif len(chosen) > 1:
            formal = choose_assessments(chosen)
            chosen = formal if len(formal) == 1 else chosen
        single = bool(options["body"]) and len(chosen) == 1
        return chosen, data.framework, not single
    return (assessment_from_text(design, named, options),), named, False


@click.command("rate")
@_with_options
@with_engine_options
@output_formats(DATA_FORMATS)
def rate_command(**options: Any) -> None:
    """Rate assessments under a design.

    FILE is an assessment document; or give --scores, or --data for a table. With --engine, the
    table may be of any length: it is read, rated and written a block at a time.
    """
    if rate_with_engine(options):
        return
    _rate_all(False, options)


@click.command("explain")
@_with_options
@output_options
def explain_command(**options: Any) -> None:
    """Rate one assessment and show why: each step, its numbers and its source."""
    _rate_all(True, options)
