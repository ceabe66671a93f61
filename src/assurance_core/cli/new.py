"""`assurance new`: an assessment to fill in, a design to edit, a plugin to make one's own."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path

import click

from assurance_core.cli.context import find_version, open_registry
from assurance_core.cli.design_template import design_text
from assurance_core.cli.output import write
from assurance_core.cli.scaffold_plugin import plugin_files, write_files
from assurance_core.engine.graph import Leaf
from assurance_core.model.framework import Framework, FrameworkVersion
from assurance_core.tables.empty_table import empty_table, judged_by_any


@click.group("new")
def new_command() -> None:
    """Write a template to fill in."""


@new_command.command("plugin")
@click.argument("name")
@click.option("-o", "--output", metavar="FOLDER", help="Write to FOLDER; assurance-NAME otherwise.")
def new_plugin(name: str, output: str | None) -> None:
    """Write a plugin that installs and conforms, to make one's own.

    NAME is in lower case, such as toy_rater.
    """
    texts = plugin_files(name)
    plugin = name.replace("-", "_")
    folder = Path(output or f"assurance-{name.replace('_', '-')}")
    write_files(texts, folder)
    click.echo(
        f"wrote {folder}: install it with python -m pip install --editable"
        f" {shlex.quote(str(folder))}, then run assurance check-plugin {plugin}",
        err=True,
    )


@new_command.command("design")
@click.argument("design_id", metavar="ID")
@click.option("--framework", "framework_id", required=True, help="The framework's id.")
@click.option("--version", default="", help="The framework version; the newest unless given.")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE.")
def new_design(design_id: str, framework_id: str, version: str, output: str | None) -> None:
    """Write a design of a framework to edit: ID is namespace/name."""
    framework = open_registry().framework(framework_id)
    chosen = find_version(framework, version) if version else framework.versions[-1]
    write(design_text(design_id, framework, chosen), output)
    if output and output != "-":
        click.echo(
            f"wrote {output}: edit it, then run assurance validate {shlex.quote(output)}", err=True
        )


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
    registry = open_registry()
    framework = registry.framework(framework_id)
    chosen = find_version(framework, version) if version else framework.versions[-1]
    by_suffix = "csv" if output and output.lower().endswith(".csv") else "yaml"
    kind = format_name or by_suffix
    designs = [
        one
        for one in registry.designs.values()
        if one.framework.id == framework.id and chosen.id in one.versions
    ]
    judged = judged_by_any(designs, framework.id, chosen)
    text = empty_table(chosen, judged) if kind == "csv" else _yaml(framework, chosen, judged)
    write(text, output)
    if output and output != "-":
        design = next((one.id for one in designs if one.status == "in_force"), "DESIGN")
        data = "--data " if kind == "csv" else ""
        click.echo(
            f"wrote {output}: fill it in, then run"
            f" assurance rate --design {design} {data}{shlex.quote(output)}",
            err=True,
        )


Judged = Mapping[str, Leaf]
"""Levels that designs leave to the assessor, by judgement."""


_HOW_TO_SCORE = (
    "# Write a level behind each statement. Leave it empty where the score is not known.",
    "# Where there is none, say why: {not_assessed: REASON}, not_applicable or withheld.",
)


def _yaml(framework: Framework, version: FrameworkVersion, judged: Judged) -> str:
    lines = [
        *(_HOW_TO_SCORE if version.statements else ("# Nothing is scored here.",)),
        "format: assurance/assessment/1",
        f"framework: {framework.id}",
        f'version: "{version.id}"',
        "body:  # the name of the body",
        "# date: 2026-01-31",
        "scores:" if version.statements else "scores: {}",
    ]
    for statement in version.statements:
        levels = ", ".join(statement.scale.ids)
        lines.append(f"  {statement.id}:  # {statement.name}: {levels}")
    if judged:
        lines += ["# What the assessor judged, for designs that start from it:", "# judged:"]
    for name, leaf in judged.items():
        lines.append(f"#   {name}:  # {', '.join(leaf.scale.ids)}")
    return "\n".join(lines) + "\n"
