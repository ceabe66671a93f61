"""What commands share: the registry, designs with their what-ifs, data and assessments."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from attrs import frozen

from assurance_core.cli.checks import check_crosswalk
from assurance_core.documents.assessments import read_assessment
from assurance_core.documents.locate import located_error
from assurance_core.documents.located import Located
from assurance_core.documents.patches import parse_set, read_patch, what_if
from assurance_core.documents.reader import Document, read_file
from assurance_core.engine.choose import named_version
from assurance_core.engine.compile import compile_design
from assurance_core.lab.contender import Contender
from assurance_core.model.assessment import Assessment
from assurance_core.model.dataset import Dataset
from assurance_core.model.dates import PartialDate
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.framework import Framework, FrameworkVersion
from assurance_core.model.patch import Patch
from assurance_core.model.scale import fold
from assurance_core.plugins import Registry, load_plugins
from assurance_core.tables.datasets import read_dataset_table
from assurance_core.tables.files import TABLE_ENDINGS, read_table_file

DOCUMENT_ENDINGS = (".yaml", ".yml", ".json")
CROSSWALKS_HELP = "Which crosswalk, where several fit; repeat it to set them side by side."
DATA_HELP = "A dataset's id, a table (CSV, .xlsx or .parquet) or an assessment file."
SHEET_HELP = "The sheet or table of a workbook; its first sheet unless given."


@frozen(eq=False)
class Data:
    """Assessments with where they come from.

    Attributes:
        name: as shown in titles.
        framework: whose scores they are.
        assessments: in order.
        dataset: the plugin's dataset, or None for a user's file.
    """

    name: str
    framework: Framework
    assessments: tuple[Assessment, ...]
    dataset: Dataset | None = None


def open_registry() -> Registry:
    """Load the plugins that the command line allows; say on stderr which are broken."""
    allow = click.get_current_context().find_root().obj
    registry = load_plugins(allow.split(",") if allow is not None else None)
    for plugin in registry.plugins:
        if plugin.status == "broken":
            cause = plugin.cause.replace("\n", "\n  ")
            click.echo(f"plugin {plugin.name} ({plugin.provenance}) is left out: {cause}", err=True)
    return registry


def is_file_name(text: str) -> bool:
    """Say whether an argument names a file rather than an id."""
    return Path(text).suffix.lower() in (*DOCUMENT_ENDINGS, *TABLE_ENDINGS) or Path(text).is_file()


def read_kind(file: str, kind: str) -> Document:
    """Return a document of one kind; raise `unknown-format` for another."""
    document = read_file(Path(file))
    if document.kind != kind:
        raise AssuranceError(
            document.located.fault(
                "unknown-format",
                ("format",),
                f"a document of the kind {document.kind}",
                f"one of the kind {kind}",
                "name another file",
            )
        )
    return document


def parse_date(text: str | None) -> PartialDate | None:
    """Read the value of --as-of or --date."""
    return PartialDate.parse(text, "--as-of") if text else None


def find_design(registry: Registry, text: str, as_of: PartialDate | None = None) -> RatingDesign:
    """Return a design by id, file, patch id or series and date; and check that it compiles."""
    if is_file_name(text) and text not in registry.designs:
        design, document = registry.read_design_file(Path(text))
        try:
            compile_design(design)
        except AssuranceError as error:
            raise located_error(error, document.located, design.id) from None
        return design
    if as_of and registry.series(text) and text not in registry.designs:
        return registry.design_on(text, as_of)
    return registry.design(text)


def edited(
    registry: Registry, design: RatingDesign, sets: Sequence[str], patches: Sequence[str]
) -> RatingDesign:
    """Return the design with every --patch and then all of --set applied."""
    for text in patches:
        patch, document = find_patch(registry, text)
        design = what_if(design, patch, registry.frameworks, document)
    if sets:
        design = what_if(design, [parse_set(text) for text in sets], registry.frameworks)
    return design


def find_patch(registry: Registry, text: str) -> tuple[Patch, Located | None]:
    """Return a patch by id or file, with the document of a file for places in errors."""
    if is_file_name(text) and text not in registry.patches:
        document = read_kind(text, "patch")
        return read_patch(document), document.located
    return registry.patch(text), None


def find_contender(
    registry: Registry, design: RatingDesign, framework: Framework, crosswalk: str = ""
) -> Contender:
    """Return the design as it reads assessments of a framework: by crosswalk where they differ."""
    if design.framework.id == framework.id:
        return Contender(design)
    found = registry.crosswalk_between(framework.id, design.framework.id, crosswalk)
    return Contender(design, found, framework)


def find_contenders(
    registry: Registry,
    designs: Sequence[RatingDesign],
    framework: Framework,
    crosswalks: Sequence[str],
) -> list[Contender]:
    """Return designs as they read assessments of a framework, each by every crosswalk that fits.

    Args:
        registry: where the crosswalks are.
        designs: in order.
        framework: of the assessments.
        crosswalks: those named; without any that fits, a design is read by the only one there is.

    Raises:
        AssuranceError: `duplicate`, `conflict` or `no-choice`, for a crosswalk that is named twice,
            that no design needs or that fits none; see `find_contender`.
    """
    others = [one.framework.id for one in designs if one.framework.id != framework.id]
    fitting: dict[str, list[str]] = {}
    for number, named in enumerate(crosswalks):
        check_crosswalk(designs, framework, named)
        if named in crosswalks[:number]:
            expected, remedy = "each crosswalk once", "remove one of the two"
            raise AssuranceError(
                Fault("duplicate", "--crosswalk", f"'{named}' again", expected, remedy)
            )
        target = registry.crosswalk(named).target_framework
        found = target if target in others else others[0]
        registry.crosswalk_between(framework.id, found, named)
        fitting.setdefault(target, []).append(named)
    return [
        find_contender(registry, design, framework, named)
        for design in designs
        for named in fitting.get(design.framework.id, [""])
    ]


def find_data(registry: Registry, text: str, framework: Framework | None, sheet: str = "") -> Data:
    """Return the assessments of a dataset's id, of a table or of an assessment document.

    Args:
        registry: where datasets and frameworks are.
        text: an id or a file.
        framework: whose statements a table has.
        sheet: the sheet or table of a workbook.

    Raises:
        AssuranceError: what is not found or has faults; `conflict`, for a sheet of what has none.
    """
    is_table = is_file_name(text) and text not in registry.datasets
    is_table = is_table and Path(text).suffix.lower() not in DOCUMENT_ENDINGS
    if sheet and not is_table:
        expected, remedy = "a sheet of an Excel workbook", "leave --sheet out"
        found = f"'{sheet}', and {text}, which has no sheets"
        raise AssuranceError(Fault("conflict", "--sheet", found, expected, remedy))
    if not is_file_name(text) or text in registry.datasets:
        dataset = registry.dataset(text)
        own = registry.framework(dataset.framework)
        return Data(dataset.name, own, read_dataset_table(dataset, own).assessments, dataset)
    if Path(text).suffix.lower() in DOCUMENT_ENDINGS:
        one, own = find_assessment(registry, text)
        return Data(Path(text).name, own, (one,))
    if framework is None:
        raise AssuranceError(
            Fault(
                "missing", "--framework", "nothing", "the framework of the table", "add --framework"
            )
        )
    table = read_table_file(Path(text), framework, sheet)
    for notice in table.notices:
        click.echo(notice, err=True)
    return Data(Path(text).name, framework, table.assessments)


def find_assessment(registry: Registry, file: str) -> tuple[Assessment, Framework]:
    """Return the assessment of a document."""
    document = read_kind(file, "assessment")
    framework = registry.framework_of(document)
    return read_assessment(document, framework), framework


def pick(
    assessments: Sequence[Assessment], body: str | None, date: str | None
) -> tuple[Assessment, ...]:
    """Return the assessments of one body and date, if they are named.

    Raises:
        AssuranceError: `unknown-id`, where no assessment is left.
    """
    chosen = tuple(assessments)
    if body:
        chosen = tuple(
            one for one in chosen if fold(body) in (fold(one.body.name), fold(one.body.code))
        )
        if not chosen:
            names = sorted({one.body.name for one in assessments})
            raise AssuranceError(
                Fault(
                    "unknown-id", "--body", f"'{body}'", "a body in the data", nearest(body, names)
                )
            )
    if date:
        wanted = PartialDate.parse(date, "--date")
        dates = ", ".join(str(one.date) for one in chosen)
        chosen = tuple(
            one
            for one in chosen
            if one.date and wanted.first <= one.date.first and one.date.last <= wanted.last
        )
        if not chosen:
            raise AssuranceError(
                Fault(
                    "unknown-id",
                    "--date",
                    f"'{date}'",
                    "the date of an assessment",
                    f"use one of: {dates}",
                )
            )
    return chosen


def find_version(framework: Framework, version: str) -> FrameworkVersion:
    """Return the version that --version names."""
    return named_version(framework, version, "--version")
