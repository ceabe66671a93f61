"""A table to fill in: its first row, with every column that a framework's data can have."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from assurance_core.engine.choose import choose_version
from assurance_core.engine.graph import Leaf, build_graph
from assurance_core.model.design import RatingDesign
from assurance_core.model.framework import FrameworkVersion
from assurance_core.tables.header import JUDGED


def judged_in(design: RatingDesign, version: str = "") -> dict[str, Leaf]:
    """Return the levels that a design leaves to the assessor, by judgement."""
    leaves = build_graph(design, choose_version(design, version)).leaves
    return {one.id.partition(".")[2]: one for one in leaves if one.kind == "judged"}


def judged_by_any(
    designs: Iterable[RatingDesign], framework: str, version: FrameworkVersion
) -> dict[str, Leaf]:
    """Return what any of the designs that read a version leaves to the assessor.

    Args:
        designs: those that do not read it are passed over.
        framework: the id of the version's framework.
        version: whose assessments are to be entered.
    """
    reading = [
        one for one in designs if one.framework.id == framework and version.id in one.versions
    ]
    return {name: leaf for one in reading for name, leaf in judged_in(one, version.id).items()}


def empty_table(version: FrameworkVersion, judged: Iterable[str] = ()) -> str:
    """Return the first row of a table, as CSV.

    Args:
        version: whose statements are its columns.
        judged: the judgements whose level the assessor gives.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    statements = [one.id for one in version.statements]
    columns = [*statements, *(f"{JUDGED}{name}" for name in judged)]
    writer.writerow(["body", "date", "headline", "score", *columns, "source", "note"])
    return stream.getvalue()
