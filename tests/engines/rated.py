"""What `assurance rate --data` makes of a table, to hold the engines against."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow
from pyarrow import parquet

from assurance_core import AssuranceError, Contender, load_plugins, read_table
from assurance_core.documents.files import read_bytes
from assurance_core.lab.contender import Compiled, compiled
from assurance_core.lab.coverage import choose_assessments
from assurance_core.model.dataset import Dataset
from assurance_core.report.outcome_files import outcomes_parquet
from assurance_core.report.outcome_table import rated_outcomes
from assurance_core.report.rated import Rated, Unrated, rate_for_report
from assurance_core.tables.csv_table import csv_grid

REGISTRY = load_plugins()


def published(dataset: Dataset) -> Any:
    """Return the table of a dataset as an Arrow table of texts."""
    grid = csv_grid(read_bytes(dataset.table), dataset.table.name)
    return pyarrow.table(
        {
            name: pyarrow.array([row.cells.get(place) or None for row in grid.rows], "string")
            for place, name in enumerate(grid.head)
        }
    )


def contenders(framework: str) -> list[Contender]:
    """Return every design that can be applied to assessments under a framework."""
    found = []
    for design in REGISTRY.designs.values():
        if design.framework.id == framework:
            found.append(Contender(design))
            continue
        try:
            crosswalk = REGISTRY.crosswalk_between(framework, design.framework.id, "")
        except AssuranceError:
            continue
        found.append(Contender(design, crosswalk, REGISTRY.framework(framework)))
    return found


@cache
def design(id: str) -> Compiled:
    """Return a design, compiled."""
    return compiled(Contender(REGISTRY.design(id)), check=True)


def rated_whole(table: Any, of: Compiled) -> Any:
    """Return outcomes as `assurance rate` makes them, one assessment after the other."""
    contender, rule_for = of.contender, of.rule
    rated: list[Rated | Unrated] = []
    for one in choose_assessments(read_table(table, contender.framework).assessments):
        try:
            rated.append(rate_for_report(rule_for(one), one))
        except AssuranceError as error:
            rated.append(Unrated(one, error))
    return parquet.read_table(io.BytesIO(outcomes_parquet(rated_outcomes(contender, rated))))


def lines(table: Any) -> list[str]:
    """Return the rows of outcomes as text, sorted; without what is empty in all of them."""
    return sorted(
        repr([(name, value) for name, value in sorted(row.items()) if value not in (None, [])])
        for row in table.to_pylist()
    )


def sorted_batches(file: Path) -> Any:
    """Return outcomes in the order of their codes, as a stream."""
    files = f"{file}/*.parquet" if file.is_dir() else str(file)
    query = f"SELECT * FROM read_parquet('{files}') ORDER BY code::INTEGER"
    return pyarrow.RecordBatchReader.from_stream(duckdb.connect().sql(query))
