"""`assurance rate --engine`: a table of any length, from a file to a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from assurance_core.cli.checks import check_crosswalk
from assurance_core.cli.context import (
    edited,
    find_contender,
    find_design,
    open_registry,
    parse_date,
)
from assurance_core.cli.output import Destination, unwritable
from assurance_core.lab.contender import Contender
from assurance_core.model.errors import AssuranceError, Fault

Command = Callable[..., None]

ENGINES = ("arrow", "duckdb", "polars", "spark")
_READ = (".parquet", ".csv")
_OPTIONS = [
    click.option(
        "--engine",
        type=click.Choice(ENGINES),
        help="Read, rate and write --data, a Parquet or CSV file of any length, block by block.",
    ),
    click.option(
        "--master", default="", help="With --engine spark: the cluster; else this machine."
    ),
    click.option("--columns", default="", help="With --engine: the columns wanted, with commas."),
]
_NOT_WITH = (
    "file",
    "scores",
    "evidence",
    "judged",
    "sheet",
    "body",
    "date",
    "version",
    "strict",
    "receipt",
)
"""Options that say nothing of a table of any length."""


def with_engine_options(command: Command) -> Command:
    """Add the options of `rate_with_engine`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def rate_with_engine(options: dict[str, Any]) -> bool:
    """Rate --data with --engine, if it is given; say whether it was.

    Raises:
        AssuranceError: `conflict` or `missing`, for options that do not go together; the faults of
            the table; `file`, where the outcomes cannot be written.
    """
    engine = options.pop("engine")
    master, columns = options.pop("master"), options.pop("columns")
    if not engine:
        for name, given in (("master", master), ("columns", columns)):
            if given:
                raise _conflict(
                    f"--{name}", f"'{given}' without --engine", f"--{name} with --engine"
                )
        return False
    if master and engine != "spark":
        raise _conflict(
            "--master", f"'{master}' with --engine {engine}", "--master with spark alone"
        )
    source, target = _files(options)
    contender, as_of = _contender(options)
    from assurance_core.report.outcome_batches import rater_of

    wanted = [one.strip() for one in columns.split(",") if one.strip()]
    make = rater_of(contender, columns=wanted, as_of=as_of)
    for notice in _run(engine, make, source, target, master):
        click.echo(notice, err=True)
    return True


def _files(options: dict[str, Any]) -> tuple[Path, Path]:
    """Return what to read and what to write."""
    for name in _NOT_WITH:
        if options[name]:
            shown = "FILE" if name == "file" else f"--{name}"
            raise _conflict(shown, f"{shown} with --engine", "--data alone, for a whole table")
    data, to = options["data"] or "", options["to"]
    if not data.lower().endswith(_READ):
        found = f"'{data}'" if data else "nothing"
        expected, remedy = "a file that ends in .parquet or .csv", "name one: --data FILE.parquet"
        raise AssuranceError(Fault("missing", "--data", found, expected, remedy))
    if not Path(data).exists():
        remedy = "check the name"
        raise AssuranceError(Fault("file", data, "no such file", "a file that exists", remedy))
    if not isinstance(to, Destination) or to.format != "parquet" or to.file is None:
        found = f"'{to.file}'" if to.file else "nothing"
        expected, remedy = "a file that ends in .parquet", "name one: -o FILE.parquet"
        raise AssuranceError(Fault("missing", "-o", found, expected, remedy))
    return Path(data), Path(to.file)


def _contender(options: dict[str, Any]) -> tuple[Contender, Any]:
    registry = open_registry()
    as_of = parse_date(options["as_of"])
    design = find_design(registry, options["design_id"], as_of)
    design = edited(registry, design, options["sets"], options["patches"])
    named = options["framework"]
    framework = registry.framework(named) if named else design.framework
    check_crosswalk([design], framework, options["crosswalk"])
    return find_contender(registry, design, framework, options["crosswalk"]), as_of


def _run(engine: str, make: Any, source: Path, target: Path, master: str) -> tuple[str, ...]:
    from importlib import import_module

    from assurance_core.tables.engines.whole import whole

    module = import_module(f"assurance_core.tables.engines.{engine}")
    rate_file = partial(module.rate_file, master=master) if master else module.rate_file
    try:
        with whole(target) as made:
            notices: tuple[str, ...] = rate_file(make, source, made)
    except OSError as error:
        raise unwritable(str(target), error) from None
    return notices


def _conflict(place: str, found: str, expected: str) -> AssuranceError:
    name = place if place.startswith("--") else "it"
    return AssuranceError(Fault("conflict", place, found, expected, f"leave {name} out"))
