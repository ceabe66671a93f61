"""What `scorecard` and `sweep` share: the data that designs are measured on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from assurance_core.cli.checks import check_sheet
from assurance_core.cli.context import DATA_HELP, SHEET_HELP, Data, find_data
from assurance_core.lab.coverage import DEFAULT_STATUSES
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.framework import Framework
from assurance_core.plugins import Registry
from assurance_core.tables.rows import STATUSES

Command = Callable[..., None]

_OPTIONS = [
    click.option("--data", help=DATA_HELP),
    click.option("--sheet", default="", help=SHEET_HELP),
    click.option("--framework", help="The framework of a table; the design's unless given."),
    click.option("--version", "version", default="", help="The framework version of M1 to M12."),
    click.option("--as-of", help="Choose framework versions by this date."),
    click.option(
        "--include",
        multiple=True,
        type=click.Choice([one for one in STATUSES if one != "formal"]),
        help="Take these assessments in as well as the formal ones.",
    ),
    click.option(
        "--seed", type=int, default=1, show_default=True, help="Of everything that is drawn."
    ),
]


def with_data_options(command: Command) -> Command:
    """Add everything that names the data."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def find_measured(registry: Registry, framework: Framework, options: dict[str, Any]) -> Data:
    """Return what --data names, else the only dataset of a framework.

    Raises:
        AssuranceError: `no-choice`, where nothing is named and none or several fit.
    """
    own = registry.framework(options["framework"]) if options["framework"] else framework
    check_sheet(options)
    if options["data"]:
        return find_data(registry, options["data"], own, options["sheet"])
    fitting = [one.id for one in registry.datasets.values() if one.framework == own.id]
    if len(fitting) == 1:
        return find_data(registry, fitting[0], own)
    listed = ", ".join(fitting) or "none is installed for this framework"
    to_fill_in = f"; assurance new assessment --framework {own.id} writes a table to fill in"
    raise AssuranceError(
        Fault(
            "no-choice",
            "--data",
            "nothing",
            f"a dataset's id, a table or an assessment file ({listed})",
            "add --data" + ("" if fitting else to_fill_in),
        )
    )


def statuses_of(options: dict[str, Any]) -> tuple[str, ...]:
    """Return which assessments take part."""
    return (*DEFAULT_STATUSES, *options["include"])


def bodies_total(data: Data) -> int | None:
    """Return how many bodies there are in all, if it is known."""
    if data.dataset and data.dataset.bodies_total:
        return data.dataset.bodies_total
    return data.framework.bodies_total


def progress_line(verb: str) -> Callable[[int, int], None] | None:
    """Return a progress line for terminals; nothing where stderr goes to a file."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        end = "\r" + " " * 40 + "\r" if done == total else ""
        click.echo(f"\r{verb} {done} of {total}{end}", err=True, nl=False)

    return show
