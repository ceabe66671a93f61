"""What `noise` and `paths` share: a design, and the bodies that it is studied on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click
from attrs import evolve, frozen

from assurance_core.cli.checks import check_crosswalk, check_read, check_sheet
from assurance_core.cli.context import (
    DATA_HELP,
    SHEET_HELP,
    Data,
    edited,
    find_assessment,
    find_contender,
    find_data,
    find_design,
    find_version,
    open_registry,
    parse_date,
    pick,
)
from assurance_core.cli.scores import assessment_from_text
from assurance_core.lab.contender import Contender, compiled
from assurance_core.lab.coverage import Coverage, choose_assessments, coverage
from assurance_core.model.assessment import Assessment
from assurance_core.model.dates import PartialDate
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.framework import Framework
from assurance_core.plugins import Registry

Command = Callable[..., None]

_OPTIONS = [
    click.argument("design"),
    click.argument("file", required=False),
    click.option("--scores", help="Levels in the framework's order, or statement=level pairs."),
    click.option("--evidence", multiple=True, help="STATEMENT=level,level,… by evidence category."),
    click.option("--judged", multiple=True, help="JUDGEMENT=LEVEL, as the assessor chose."),
    click.option("--data", help=DATA_HELP),
    click.option("--sheet", default="", help=SHEET_HELP),
    click.option("--framework", help="The framework of the scores; the design's unless given."),
    click.option("--body", help="One body, by name or code."),
    click.option("--date", help="One assessment, by its date."),
    click.option("--version", "version", default="", help="The framework version of --scores."),
    click.option("--judgement", default="", help="Which judgement; the headline's unless given."),
    click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Change one value."),
    click.option("--patch", "patches", multiple=True, help="A patch's id or file."),
    click.option("--crosswalk", default="", help="Which crosswalk, where several fit."),
    click.option("--as-of", help="Choose versions by this date."),
]


def with_study_options(command: Command) -> Command:
    """Add the design, and everything that names what it is studied on."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@frozen(eq=False)
class Studied:
    """A design with the assessments that it is studied on.

    Attributes:
        contender: the design.
        assessments: by body and date; empty where the space alone is asked about.
        coverage: what the data cover; None where one assessment was given.
        name: what the data are called.
        one: a single assessment was asked about.
        as_of: chooses versions.
    """

    contender: Contender
    assessments: tuple[Assessment, ...]
    coverage: Coverage | None
    name: str
    one: bool
    as_of: PartialDate | None


def find_studied(options: dict[str, Any]) -> Studied:
    """Return what a command is to study.

    Without --data, --scores or FILE it is the only dataset of the design's framework, if there is
    just one; else the design's space alone.

    Raises:
        AssuranceError: a design, dataset or body that is not found; two sources of scores.
    """
    registry = open_registry()
    as_of = parse_date(options["as_of"])
    design = find_design(registry, options["design"], as_of)
    design = edited(registry, design, options["sets"], options["patches"])
    given = [key.upper() if key == "file" else f"--{key}" for key in _given(options)]
    if len(given) > 1:
        raise AssuranceError(
            Fault(
                "conflict",
                "assessment",
                " and ".join(given),
                "one of FILE, --scores (or --evidence), --data",
                "leave all but one out",
            )
        )
    check_sheet(options)
    crosswalk = options["crosswalk"]
    if options["file"]:
        one, framework = find_assessment(registry, options["file"])
        if options["version"]:
            one = evolve(one, version=find_version(framework, options["version"]).id)
        contender = _contender(registry, design, framework, crosswalk)
        return Studied(contender, (one,), None, "", True, as_of)
    framework = (
        registry.framework(options["framework"]) if options["framework"] else design.framework
    )
    if options["scores"] or options["evidence"]:
        one = assessment_from_text(design, framework, options)
        contender = _contender(registry, design, framework, crosswalk)
        check_read(compiled(contender, as_of, check=True).rule(one), options)
        return Studied(contender, (one,), None, "", True, as_of)
    data_id = options["data"] or _only_dataset(registry, framework.id)
    if not data_id:
        _refuse_body(options)
        contender = _contender(registry, design, framework, crosswalk)
        return Studied(contender, (), None, "", False, as_of)
    data = find_data(registry, data_id, framework, options["sheet"])
    return _of_data(registry, design, data, options, as_of)


def _contender(
    registry: Registry, design: RatingDesign, framework: Framework, crosswalk: str
) -> Contender:
    check_crosswalk([design], framework, crosswalk)
    return find_contender(registry, design, framework, crosswalk)


def _of_data(
    registry: Registry,
    design: RatingDesign,
    data: Data,
    options: dict[str, Any],
    as_of: PartialDate | None,
) -> Studied:
    contender = _contender(registry, design, data.framework, options["crosswalk"])
    picked = pick(data.assessments, options["body"], options["date"])
    chosen = choose_assessments(picked)
    if options["body"] and not chosen:
        # A body with nothing but a pilot or a superseded publication was asked for by name.
        chosen = picked
    total, note = data.framework.bodies_total, ""
    if data.dataset:
        total, note = data.dataset.bodies_total or total, data.dataset.coverage_note
    return Studied(
        contender=contender,
        assessments=chosen,
        coverage=coverage(picked, chosen, total, note),
        name=data.name,
        one=bool(options["body"]) and len(chosen) == 1,
        as_of=as_of,
    )


def _given(options: dict[str, Any]) -> list[str]:
    given = [key for key in ("file", "data") if options[key]]
    return given + [key for key in ("scores", "evidence") if options[key]][:1]


def _only_dataset(registry: Registry, framework: str) -> str:
    fitting = [one.id for one in registry.datasets.values() if one.framework == framework]
    return fitting[0] if len(fitting) == 1 else ""


def _refuse_body(options: dict[str, Any]) -> None:
    for key in ("body", "date"):
        if options[key]:
            raise AssuranceError(
                Fault(
                    "missing",
                    f"--{key}",
                    "no data",
                    "the data in which it is looked up",
                    "add --data",
                )
            )
