"""`assurance doctor`: versions, plugins, paths and data dates."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version

import click

from assurance_core import __version__
from assurance_core.cli.context import open_registry
from assurance_core.cli.output import Destination, emit, output_options
from assurance_core.documents.schemas import schema_folder
from assurance_core.plugins.loader import ENVIRONMENT
from assurance_core.report.doctor_report import doctor_report

_LIBRARIES = ("attrs", "cattrs", "click", "jinja2", "jsonschema", "numpy", "pluggy", "pyyaml")


@click.command("doctor")
@output_options
def doctor_command(to: Destination) -> None:
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
    emit(to, lambda: doctor_report(facts), lambda: facts)
    if any(one.status == "broken" for one in registry.plugins):
        click.get_current_context().exit(2)
