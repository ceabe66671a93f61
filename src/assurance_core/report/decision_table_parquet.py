"""Decision tables as Parquet, with the columns of the CSV and types of their own."""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from assurance_core.report.decision_table_report import LIMITED_BY, NO_LEVEL, Shown
from assurance_core.report.document import FOOTER
from assurance_core.tables.decision_table import DecisionTable
from assurance_core.tables.extras import import_extra


def decision_table_parquet(table: DecisionTable, details: bool = False) -> bytes:
    """Return a table as Parquet: the columns of `decision_table_csv`, in its order of rows.

    Levels are texts, `limited_by` is a list. A score is a whole number where each of them is one,
    else `score_numerator` and `score_denominator`: it is exact.

    Raises:
        AssuranceError: `missing`, without the extra `arrow`.
    """
    pyarrow = import_extra("pyarrow", "arrow", "parquet")
    from pyarrow import parquet

    columns: dict[str, Any] = {}
    places = np.unravel_index(np.arange(len(table)), [len(one.scale) for one in table.inputs])
    for one, codes in zip(table.inputs, places, strict=True):
        levels = pyarrow.array(one.scale.ids)
        columns[one.id] = pyarrow.DictionaryArray.from_arrays(codes.astype(np.int16), levels)
    for name, values, kind in _of_outcomes(pyarrow, table, details):
        columns[name] = pyarrow.array(values, kind).take(pyarrow.array(table.classes))
    made = pyarrow.table(columns)
    about = {"title": f"Decision table: {table.name} ({table.id})", "description": FOOTER}
    stream = io.BytesIO()
    parquet.write_table(made.replace_schema_metadata(about), stream)
    return stream.getvalue()


def _of_outcomes(
    pyarrow: Any, table: DecisionTable, details: bool
) -> list[tuple[str, list[Any], Any]]:
    """Return what is said of the distinct outcomes: name, values and type of each column."""
    shown, outcomes = Shown(table, details), table.outcomes
    text, whole = pyarrow.string(), pyarrow.int64()
    columns: list[tuple[str, list[Any], Any]] = [
        (table.id, [one.level and one.level.id for one in outcomes], text)
    ]
    if shown.score:
        values = [one.score.value if one.score else None for one in outcomes]
        above = [None if one is None else one.numerator for one in values]
        below = [None if one is None else one.denominator for one in values]
        if set(below) <= {None, 1}:
            columns.append(("score", above, whole))
        else:
            columns += [("score_numerator", above, whole), ("score_denominator", below, whole)]
    if shown.limits:
        columns.append((LIMITED_BY, [list(one.bit) for one in outcomes], pyarrow.list_(text)))
    if shown.reason:
        columns.append((NO_LEVEL, [one.reason or None for one in outcomes], text))
    return columns
