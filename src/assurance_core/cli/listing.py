"""`assurance list`, `show` and `doctor`."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click

from assurance_core import __version__
from assurance_core.cli.context import edited, find_design, open_registry, parse_date
from assurance_core.cli.output import emit, output_options
from assurance_core.documents.schemas import schema_folder
from assurance_core.engine.compile import compile_design
from assurance_core.plugins.loader import ENVIRONMENT
from assurance_core.report.design_report import (
    design_answer,
    design_report,
    difference_answer,
    difference_report,
)
from assurance_core.report.listing_report import (
    doctor_report,
    framework_answer,
    framework_report,
    listing_answer,
    listing_report,
)

_LIBRARIES = ("attrs", "cattrs", "click", "jinja2", "jsonschema", "numpy", "pluggy", "pyyaml")


@click.command("list")
@output_options
def list_command(format_name: str | None, output: str | None) -> None:
    """List frameworks, designs, patches, crosswalks and data, with the plugin that gives each."""
    registry = open_registry()
    emit(format_name, output, lambda: listing_report(registry), lambda: listing_answer(registry))


@click.command("show")
@click.argument("design_id", metavar="DESIGN")
@click.option("--against", help="Another design: show how the rules differ.")
@click.option("--version", default="", help="The framework version.")
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Change one value first.")
@click.option("--patch", "patches", multiple=True, help="A patch's id or file.")
@click.option("--as-of", help="Choose a design of a series by this date.")
@output_options
def show_command(**options: Any) -> None:
    """Say a design's rules in plain words, or how two designs differ.

    DESIGN is a design's id, a patch's id, a series with --as-of, a file, or a framework's id.
    """
    registry = open_registry()
    as_of = parse_date(options["as_of"])
    format_name, output = options["format_name"], options["output"]
    if options["design_id"] in registry.frameworks:
        framework = registry.framework(options["design_id"])
        emit(
            format_name,
            output,
            lambda: framework_report(framework),
            lambda: framework_answer(framework),
        )
        return
    plain = find_design(registry, options["design_id"], as_of)
    design = edited(registry, plain, options["sets"], options["patches"])
    if options["against"] or design is not plain:
        other = find_design(registry, options["against"], as_of) if options["against"] else design
        first = design if options["against"] else plain
        emit(
            format_name,
            output,
            lambda: difference_report(first, other),
            lambda: difference_answer(first, other),
        )
        return
    rule = compile_design(design, options["version"])
    emit(format_name, output, lambda: design_report(rule), lambda: design_answer(rule))


@click.command("doctor")
@output_options
def doctor_command(format_name: str | None, output: str | None) -> None:
    """Show versions, plugins, paths and the dates of the data; exit 2 if a plugin is broken."""
    registry = open_registry()
    libraries = {}
    for name in _LIBRARIES:
        try:
            libraries[name] = version(name)
        except PackageNotFoundError:
            libraries[name] = "not found"
    facts = {
        "format": "assurance/doctor/1",
        "assurance_core": __version__,
        "python": platform.python_version(),
        "executable": sys.executable,
        "schemas": str(schema_folder()),
        "plugins_allowed": os.environ.get(ENVIRONMENT),
        "libraries": libraries,
        "plugins": [
            {
                "name": one.name,
                "provenance": str(one.provenance),
                "status": one.status,
                "cause": one.cause or None,
                "folder": one.folder or None,
            }
            for one in registry.plugins
        ],
        "data": [
            {
                "id": one.id,
                "as_at": one.as_at or None,
                "table": str(one.table),
                "plugin": str(one.provenance),
            }
            for one in registry.datasets.values()
        ],
        "unavailable": dict(registry.unavailable),
    }
    emit(format_name, output, lambda: doctor_report(facts), lambda: facts)
    if any(one.status == "broken" for one in registry.plugins):
        click.get_current_context().exit(2)
