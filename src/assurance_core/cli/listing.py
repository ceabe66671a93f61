"""`assurance list`: what is installed."""

from __future__ import annotations

import click

from assurance_core.cli.context import open_registry
from assurance_core.cli.output import Destination, emit, output_options
from assurance_core.report.listing_report import listing_answer, listing_report


@click.command("list")
@output_options
def list_command(to: Destination) -> None:
    """List frameworks, designs, patches, crosswalks and data, with the plugin that gives each."""
    registry = open_registry()
    emit(to, lambda: listing_report(registry), lambda: listing_answer(registry))
