"""`assurance new population`: invented assessments, spread as the published ones are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from assurance_core.cli.context import Data, find_data, find_version, open_registry
from assurance_core.cli.output import (
    FORMATS,
    Content,
    Destination,
    destination,
    rendered,
    write_all,
)
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.plugins import Registry

if TYPE_CHECKING:
    from assurance_core.lab.population.fit import Population
    from assurance_core.lab.population.likeness import Measured
    from assurance_core.report.population_files import PopulationTable

_WRITTEN = ("csv", "xlsx", "parquet")
_WERE_IN_FORCE = ("in_force", "superseded")


@click.command("population")
@click.option("--like", required=True, metavar="DATA", help="A dataset's id, or a table.")
@click.option("--size", type=int, required=True, help="How many assessments.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same gives the same.")
@click.option("--framework", "framework_id", help="The framework of a table.")
@click.option("--version", default="", help="The version; that with most rows unless given.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(_WRITTEN),
    help="By the ending of -o unless given; csv on standard output.",
)
@click.option("-o", "--output", metavar="FILE", help="Write the population to FILE.")
@click.option(
    "--report",
    metavar="FILE",
    help="Write how like the data it is to FILE; on standard output unless the population is.",
)
def new_population(
    like: str,
    size: int,
    seed: int,
    framework_id: str | None,
    version: str,
    format_name: str | None,
    output: str | None,
    report: str | None,
) -> None:
    """Write invented assessments that are spread as published ones are.

    They serve planning and benchmarks: `rate` and `compare` take them by --data. No body in them
    exists, and their shares are no national estimate.
    """
    _check_whole("--size", size, 1)
    _check_whole("--seed", seed, 0)
    to = destination(output, format_name, _WRITTEN)
    about = destination(report, None, FORMATS)
    if to.file and to.file == about.file:
        found, remedy = f"'{report}', as -o has it", "name two files"
        raise AssuranceError(Fault("conflict", "--report", found, "a file of its own", remedy))
    registry = open_registry()
    data = _data(registry, like, framework_id)
    population = _fit(registry, data, version)

    from assurance_core.lab.population.draw import draw_population
    from assurance_core.lab.population.likeness import Measured
    from assurance_core.report import population_files as files
    from assurance_core.report.outcome_files import METADATA

    table = files.PopulationTable(population, size, seed)
    measured = Measured()
    blocks = measured.watch(draw_population(population, size, seed))
    contents: dict[str | None, Content] = {}
    if to.format == "xlsx":
        contents[to.file] = files.population_xlsx(table, blocks)
    elif to.format == "parquet":
        contents[to.file] = files.population_parquet(table, blocks)
    else:
        contents[to.file] = files.population_csv(table, blocks)
        if to.file:
            metadata = files.population_metadata(table, Path(to.file).name)
            contents[f"{to.file}{METADATA}"] = metadata.encode()
    if to.file or about.file:
        # In order: by the time the report is written, the rows have been drawn.
        contents[about.file] = _report_writer(about, registry, data.name, table, measured)
    write_all(contents)


def _report_writer(
    to: Destination, registry: Registry, like: str, table: PopulationTable, measured: Measured
) -> Content:
    """Return what writes how like the data a population is, once it has been drawn."""
    from assurance_core.lab.population.likeness import likeness
    from assurance_core.report.population_report import population_answer, population_report

    def write(stream: BinaryIO) -> None:
        designs = [one for one in registry.designs.values() if one.status in _WERE_IN_FORCE]
        found = likeness(table.population, measured.rows, designs)
        content = rendered(
            to,
            lambda: population_report(table, found, like),
            lambda: population_answer(table, found, like),
        )
        stream.write(content)

    return write


def _check_whole(option: str, number: int, least: int) -> None:
    if number < least:
        expected, remedy = f"a whole number from {least}", f"write one: {option} 1"
        raise AssuranceError(Fault("wrong-type", option, str(number), expected, remedy))


def _data(registry: Registry, like: str, framework_id: str | None) -> Data:
    framework = registry.framework(framework_id) if framework_id else None
    if like in registry.frameworks and like not in registry.datasets:
        raise AssuranceError(
            Fault(
                "missing",
                "--like",
                f"'{like}', a framework without published data",
                f"a dataset ({', '.join(registry.datasets)}), or a table",
                "name one; a population is drawn as published rows are",
            )
        )
    return find_data(registry, like, framework)


def _fit(registry: Registry, data: Data, version: str) -> Population:
    from assurance_core.lab.population.fit import fit_population, fullest_version
    from assurance_core.tables.empty_table import judged_by_any

    framework = data.framework
    chosen = (
        find_version(framework, version)
        if version
        else fullest_version(framework, data.assessments)
    )
    judged = judged_by_any(registry.designs.values(), framework.id, chosen)
    return fit_population(framework, data.assessments, chosen.id, tuple(judged.values()))
