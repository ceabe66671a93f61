"""Spark: the batches of each partition are rated where it lies, on one machine or on many."""

from __future__ import annotations

import json
import os
import re
import sys
import warnings
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from attrs import astuple

from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.tables.batches import BLOCK
from assurance_core.tables.engines.rater import MakeRater, not_finished, not_opened
from assurance_core.tables.extras import import_extra

_MARK = "faults of the table: "
LOCAL = "local[*]"
"""The master that is this machine alone, with all its cores."""


def rate_file(make: MakeRater, source: Path, target: Path, master: str = LOCAL) -> tuple[str, ...]:
    """Rate a file, or a folder of them, into a folder of Parquet files.

    Args:
        make: makes the rater. What it needs has to be installed on every worker.
        source: Parquet or CSV, where every worker can read it.
        target: the folder, where every worker can write.
        master: of the cluster, as Spark writes it: `spark://HOST:7077`.

    Returns:
        What was read as something else.

    Raises:
        AssuranceError: `missing`, without the extra `spark`; the faults of the table.
    """
    import_extra("pyspark.sql", "spark", source.name)
    session = open_session(master)
    try:
        try:
            frame = _open(session, source)
        except Exception as error:  # Spark has one kind of error for each way of reading.
            raise not_opened(source.name, _cause(error)) from None
        rated, notices = rate_frame(make, frame, source.name)
        try:
            rated.write.parquet(str(target))
        except Exception as error:  # Spark wraps what a worker raises, in one way or another.
            raise faults_in(error) or not_finished(source.name, _cause(error)) from None
    finally:
        session.stop()
    return notices


def open_session(master: str = LOCAL) -> Any:
    """Return a session of Spark for batches as large as ours."""
    from pyspark.sql import SparkSession

    # Workers run this Python, unless another is named as Spark has it.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = (
        SparkSession.builder.master(master)
        .appName("assurance")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", BLOCK)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    # What goes wrong is raised: it need not be printed for every task as well.
    session.sparkContext.setLogLevel("OFF")
    return session


def _open(session: Any, source: Path) -> Any:
    # Spark takes names for patterns.
    name = re.sub(r"[\[\]{}*?]", r"\\\g<0>", str(source))
    if source.suffix.lower() == ".csv":
        # Quotation marks in names are doubled; a row with too many or too few cells is a fault.
        return session.read.csv(name, header=True, escape='"', mode="FAILFAST")
    return session.read.parquet(name)


def _cause(error: Exception) -> Exception:
    """Return an error that says what happened in Java, where it happened there."""
    java = getattr(error, "java_exception", None)
    return RuntimeError(java.getMessage()) if java else error


def rate_frame(make: MakeRater, frame: Any, name: str = "table") -> tuple[Any, tuple[str, ...]]:
    """Return the outcomes of a data frame as another, and what was read as something else.

    Args:
        make: makes the rater; it is sent to the workers.
        frame: of Spark, with a row for each assessment.
        name: what errors call it.
    """
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    rater = make(to_arrow_schema(frame.schema), name=name)

    def rate(batches: Iterator[Any]) -> Iterator[Any]:
        from pyspark import TaskContext

        first = next(batches, None)
        if first is None:
            return
        task = TaskContext.get()
        part = f"{name} part {task.partitionId()}" if task else name
        try:
            yield from make(first.schema, name=part).rate(chain([first], batches))
        except AssuranceError as error:
            raise RuntimeError(_MARK + json.dumps([astuple(one) for one in error.faults])) from None

    with warnings.catch_warnings():
        # Of pandas, of which batches of Arrow need nothing.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
        return frame.mapInArrow(rate, from_arrow_schema(rater.schema)), rater.notices


def faults_in(error: Exception) -> AssuranceError | None:
    """Return the faults of a table that a worker found, from what Spark says of its end."""
    found = re.search(re.escape(_MARK) + r"(\[\[.*\]\])", str(error))
    if not found:
        return None
    return AssuranceError([Fault(*one) for one in json.loads(found[1])])
