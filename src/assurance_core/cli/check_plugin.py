"""`assurance check-plugin`: hold an installed plugin to the conformance kit."""

from __future__ import annotations

import click

from assurance_core.cli.context import open_registry
from assurance_core.cli.output import Destination, emit, output_options
from assurance_core.testing.kit.report import plugin_check_answer, plugin_check_report
from assurance_core.testing.kit.run import check_plugin


@click.command("check-plugin")
@click.argument("name")
@output_options
def check_plugin_command(name: str, to: Destination) -> None:
    """Hold the installed plugin NAME to every check: exit 1 if one fails.

    NAME is the plugin's name or that of its distribution. The same checks run as tests by one line
    of a test module: see assurance_core.testing.conformance.
    """
    found = check_plugin(name, open_registry())
    emit(to, lambda: plugin_check_report(found), lambda: plugin_check_answer(found))
    if not found.passed:
        click.get_current_context().exit(1)
