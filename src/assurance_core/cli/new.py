"""`assurance new`: an assessment to fill in, a design to edit, a plugin to make one's own."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from assurance_core.cli.assessment_template import (
    assessment_book,
    assessment_csv,
    assessment_yaml,
)
from assurance_core.cli.context import find_version, open_registry
from assurance_core.cli.design_template import design_text
from assurance_core.cli.output import write
from assurance_core.cli.population import new_population
from assurance_core.cli.scaffold_plugin import plugin_files, write_files
from assurance_core.tables.empty_table import judged_by_any


@click.group("new")
def new_command() -> None:
    """Write a template to fill in."""


new_command.add_command(new_population)


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
    type=click.Choice(["yaml", "csv", "xlsx"]),
    help="yaml: one body. csv, xlsx: one row a body. By the ending of -o unless given.",
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE.")
def new_assessment(
    framework_id: str, version: str, format_name: str | None, output: str | None
) -> None:
    """Write an empty assessment of a framework, as YAML, a CSV table or a workbook."""
    registry = open_registry()
    framework = registry.framework(framework_id)
    chosen = find_version(framework, version) if version else framework.versions[-1]
    ending = Path(output or "").suffix.lower().removeprefix(".")
    kind = format_name or (ending if ending in ("csv", "xlsx") else "yaml")
    designs = [
        one
        for one in registry.designs.values()
        if one.framework.id == framework.id and chosen.id in one.versions
    ]
    judged = judged_by_any(designs, framework.id, chosen)
    content: str | bytes
    if kind == "csv":
        content = assessment_csv(chosen, judged)
    elif kind == "xlsx":
        content = assessment_book(framework, chosen, judged)
    else:
        content = assessment_yaml(framework, chosen, judged)
    write(content, output)
    if output and output != "-":
        design = next((one.id for one in designs if one.status == "in_force"), "DESIGN")
        data = "" if kind == "yaml" else "--data "
        click.echo(
            f"wrote {output}: fill it in, then run"
            f" assurance rate --design {design} {data}{shlex.quote(output)}",
            err=True,
        )
