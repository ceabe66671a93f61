"""`assurance replay`: does a receipt come out the same?"""

from __future__ import annotations

from typing import Any

import click

from assurance_core.cli.context import open_registry, read_kind
from assurance_core.cli.output import Destination, emit, output_options
from assurance_core.model.errors import AssuranceError
from assurance_core.report.document import Report, Section, items
from assurance_core.report.receipt import replay


@click.command("replay")
@click.argument("file")
@output_options
def replay_command(file: str, to: Destination) -> None:
    """Work a receipt out again; exit 1 if anything in it was changed or comes out differently."""
    registry = open_registry()
    document = read_kind(file, "receipt")
    try:
        outcome = replay(document, registry.step_kinds)
    except AssuranceError as error:
        if any(fault.code != "mismatch" for fault in error.faults):
            raise
        click.echo(str(error), err=True)
        click.get_current_context().exit(1)
    word = outcome["headline"]["name"] if outcome["headline"] else "no headline"
    lines = [
        f"{outcome['body']}: {word}",
        "Design, assessment and framework have the SHA-256 that the receipt states.",
        "The outcome and its trace are the same, byte for byte.",
    ]
    answer: dict[str, Any] = {"format": "assurance/replay/1", "same": True, "outcome": outcome}
    emit(
        to,
        lambda: Report("Receipt replayed", (), (Section("The same", (items(lines),)),)),
        lambda: answer,
    )
