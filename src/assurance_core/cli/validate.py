"""`assurance validate`: checks that can fail."""

from __future__ import annotations

from pathlib import Path

import click

from assurance_core.cli.context import open_registry
from assurance_core.cli.output import Destination, emit, output_options
from assurance_core.documents.assessments import read_assessment
from assurance_core.documents.crosswalks import read_crosswalk
from assurance_core.documents.datasets import read_dataset
from assurance_core.documents.frameworks import read_framework
from assurance_core.documents.locate import located_error
from assurance_core.documents.reader import Document, read_file
from assurance_core.engine.compile import compile_design
from assurance_core.lab.published import check_published
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.plugins import Registry
from assurance_core.report.document import Report, Section, items
from assurance_core.report.published_report import published_answer, published_report
from assurance_core.report.receipt import replay
from assurance_core.tables.datasets import read_dataset_table
from assurance_core.testing.examples import example_faults


@click.command("validate")
@click.argument("files", nargs=-1)
@click.option("--published", metavar="DATA", help="Check that DATA's published outcomes reproduce.")
@output_options
def validate_command(files: tuple[str, ...], published: str | None, to: Destination) -> None:
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
        _published(registry, published, to)
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
        to,
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
        _check_examples(design, document)
    elif kind == "framework":
        read_framework(document)
    elif kind == "assessment":
        read_assessment(document, registry.framework_of(document))
    elif kind == "crosswalk":
        source = registry.framework_of(document, "from")
        read_crosswalk(document, source, registry.framework_of(document, "to"))
    elif kind == "dataset":
        framework = registry.framework_of(document)
        read_dataset_table(read_dataset(document, framework, file.parent), framework)
    elif kind == "receipt":
        replay(document, registry.step_kinds)
    return "conformance declaration" if kind == "conformance" else kind.replace("-", " ")


def _compile(design: RatingDesign, document: Document) -> None:
    for version in design.versions:
        try:
            compile_design(design, version)
        except AssuranceError as error:
            raise located_error(error, document.located, design.id) from None


def _check_examples(design: RatingDesign, document: Document) -> None:
    """Raise for every example of the document that the design does not reproduce."""
    faults = example_faults(design, document)
    if faults:
        raise AssuranceError(faults)


def _published(registry: Registry, name: str, to: Destination) -> None:
    dataset = registry.dataset(name)
    framework = registry.framework(dataset.framework)
    checks = check_published(
        registry.designs.values(),
        dataset.published_by,
        read_dataset_table(dataset, framework).assessments,
    )
    emit(to, lambda: published_report(dataset, checks), lambda: published_answer(dataset, checks))
    if any(check.failed for check in checks):
        click.get_current_context().exit(1)
