"""`assurance validate`: checks that can fail."""

from __future__ import annotations

from pathlib import Path

import click

from assurance_core.cli.context import open_registry
from assurance_core.cli.output import emit, output_options
from assurance_core.documents.assessments import read_assessment
from assurance_core.documents.crosswalks import read_crosswalk
from assurance_core.documents.datasets import read_dataset
from assurance_core.documents.frameworks import read_framework
from assurance_core.documents.locate import located_error
from assurance_core.documents.reader import Document, read_file
from assurance_core.engine.compile import compile_design
from assurance_core.lab.coverage import choose_assessments
from assurance_core.lab.published import limiter_fits, reproduce
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.plugins import Registry
from assurance_core.report.document import Report, Section, items
from assurance_core.report.published_report import (
    PublishedCheck,
    failed,
    published_answer,
    published_report,
)
from assurance_core.report.receipt import replay
from assurance_core.tables.datasets import read_dataset_table


@click.command("validate")
@click.argument("files", nargs=-1)
@click.option("--published", metavar="DATA", help="Check that DATA's published outcomes reproduce.")
@output_options
def validate_command(
    files: tuple[str, ...], published: str | None, format_name: str | None, output: str | None
) -> None:
    """Check documents of any kind, or whether published outcomes are reproduced.

    Exit 0 if all is well, 1 if a published outcome differs, 2 if a document is at fault.
    """
    registry = open_registry()
    if bool(files) == bool(published):
        raise AssuranceError(
            Fault(
                "missing",
                "validate",
                "nothing to check" if not files else "FILES and --published",
                "FILES, or --published DATA",
                "name one of the two",
            )
        )
    if published:
        _published(registry, published, format_name, output)
        return
    faults: list[Fault] = []
    checked: list[dict[str, str]] = []
    for name in files:
        try:
            checked.append({"file": name, "kind": _check(registry, Path(name))})
        except AssuranceError as error:
            faults.extend(error.faults)
    if faults:
        raise AssuranceError(faults)
    lines = [f"{one['file']}: a valid {one['kind']}" for one in checked]
    emit(
        format_name,
        output,
        lambda: Report("Documents checked", (), (Section("Valid", (items(lines),)),)),
        lambda: {"format": "assurance/documents-checked/1", "documents": checked},
    )


def _check(registry: Registry, file: Path) -> str:
    """Check one document as deeply as it can be, and return its kind."""
    schemas = {name: kind.schema for name, kind in registry.step_kinds.items()}
    document = read_file(file, schemas)
    kind = document.kind
    if kind in ("design", "derived-design", "patch"):
        design, _ = registry.read_design_file(file)
        _compile(design, document)
    elif kind == "framework":
        read_framework(document)
    elif kind == "assessment":
        read_assessment(document, registry.framework(document.tree["framework"]))
    elif kind == "crosswalk":
        source = registry.framework(document.tree["from"])
        read_crosswalk(document, source, registry.framework(document.tree["to"]))
    elif kind == "dataset":
        framework = registry.framework(document.tree["framework"])
        read_dataset_table(read_dataset(document, framework, file.parent), framework)
    elif kind == "receipt":
        replay(document, registry.step_kinds)
    return kind.replace("-", " ")


def _compile(design: RatingDesign, document: Document) -> None:
    for version in design.versions:
        try:
            compile_design(design, version)
        except AssuranceError as error:
            raise located_error(error, document.located, design.id) from None


def _published(registry: Registry, name: str, format_name: str | None, output: str | None) -> None:
    dataset = registry.dataset(name)
    framework = registry.framework(dataset.framework)
    formal = choose_assessments(read_dataset_table(dataset, framework).assessments)
    checks = []
    for design in sorted(registry.designs.values(), key=lambda one: one.id):
        role = _role(design, dataset.published_by)
        if design.framework.id != framework.id or role is None:
            continue
        own = [one for one in formal if _reads(design, one.version)]
        if role == "dated":
            own = [o for o in own if o.date and design.in_force and design.in_force.covers(o.date)]
        checks.append(
            PublishedCheck(reproduce(design, own), limiter_fits(design, own), role != "fit")
        )
    found = tuple(checks)
    emit(
        format_name,
        output,
        lambda: published_report(dataset, found),
        lambda: published_answer(dataset, found),
    )
    if failed(found):
        click.get_current_context().exit(1)


def _role(design: RatingDesign, published_by: str) -> str | None:
    """Say whether a design is the published rule, one of its series, or a reconstruction."""
    if design.id == published_by:
        return "published"
    if design.series == published_by and design.status in ("in_force", "superseded"):
        return "dated"
    return "fit" if design.status == "reconstruction" else None


def _reads(design: RatingDesign, version: str) -> bool:
    return not version or version in design.versions
