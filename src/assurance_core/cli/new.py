"""`assurance new assessment`: a template to fill in."""

from __future__ import annotations

import csv
import io
from typing import Any

import click

from assurance_core.cli.context import find_version, open_registry
from assurance_core.cli.output import write
from assurance_core.model.framework import Framework, FrameworkVersion


@click.group("new")
def new_command() -> None:
    """Write a template to fill in."""


@new_command.command("assessment")
@click.option("--framework", "framework_id", required=True, help="The framework's id.")
@click.option("--version", default="", help="The framework version; the newest unless given.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["yaml", "csv"]),
    help="yaml: one body. csv: one row a body. By the ending of -o unless given.",
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE.")
def new_assessment(
    framework_id: str, version: str, format_name: str | None, output: str | None
) -> None:
    """Write an empty assessment of a framework, as YAML or as a CSV table."""
    framework = open_registry().framework(framework_id)
    chosen = find_version(framework, version) if version else framework.versions[-1]
    by_suffix = "csv" if output and output.lower().endswith(".csv") else "yaml"
    kind = format_name or by_suffix
    write(_csv(chosen) if kind == "csv" else _yaml(framework, chosen), output)


def _csv(version: FrameworkVersion) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    statements: list[Any] = [one.id for one in version.statements]
    writer.writerow(["body", "date", "headline", "score", *statements, "source", "note"])
    return stream.getvalue()


def _yaml(framework: Framework, version: FrameworkVersion) -> str:
    lines = [
        "# Write a level behind each statement. Leave it empty where the score is not known.",
        "# Where there is none, say why: {not_assessed: REASON}, not_applicable or withheld.",
        "format: assurance/assessment/1",
        f"framework: {framework.id}",
        f'version: "{version.id}"',
        "body: NAME OF THE BODY",
        "# date: 2026-01-31",
        "scores:",
    ]
    for statement in version.statements:
        levels = ", ".join(statement.scale.ids)
        lines.append(f"  {statement.id}:  # {statement.name}: {levels}")
    return "\n".join(lines) + "\n"
