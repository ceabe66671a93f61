"""Outcomes as files: CSV with its data dictionary beside it, sheets of a workbook, Parquet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from attrs import evolve

from assurance_core.documents.writer import to_json
from assurance_core.report.csv_text import GUARDED, csv_lines
from assurance_core.report.document import FOOTER, Column, Report, Section, Table
from assurance_core.report.outcome_table import BETWEEN, DataColumn, OutcomeTable, Value
from assurance_core.tables.extras import import_extra

METADATA = "-metadata.json"
"""Behind the name of a CSV file: that of its data dictionary, as CSVW has it."""
_DATATYPES = {"text": "string", "list": "string", "number": "decimal"}


def outcomes_csv(table: OutcomeTable) -> str:
    """Return outcomes as CSV."""
    rows = ([cell_words(value) for value in row] for row in table.rows)
    return csv_lines([column.name for column in table.columns], rows)


def outcomes_metadata(table: OutcomeTable, file: str) -> str:
    """Return the data dictionary of a CSV file, in the W3C's vocabulary for CSV on the web.

    Args:
        table: what is in the file.
        file: its name, without the folder.

    Source: https://www.w3.org/TR/tabular-metadata/
    """
    description = f"{FOOTER} {GUARDED}"
    return column_dictionary(table.title, description, table.designs, table.columns, file)


def column_dictionary(
    title: str, description: str, sources: Sequence[str], columns: Sequence[DataColumn], file: str
) -> str:
    """Return what a CSV file holds, column by column: see `outcomes_metadata`."""
    return to_json(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "url": file,
            "dc:title": title,
            "dc:description": description,
            "dc:source": list(sources),
            "tableSchema": {
                "columns": [_described(column) for column in columns],
            },
        }
    )


def _described(column: DataColumn) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.description,
        "datatype": _DATATYPES[column.kind],
    }
    if column.kind == "list":
        described["separator"] = BETWEEN
    return described


def with_outcomes(report: Report, table: OutcomeTable) -> Report:
    """Return a report with outcomes and their data dictionary, two more tables of a workbook."""
    head = tuple(
        Column(column.name, "right" if column.kind == "number" else "left")
        for column in table.columns
    )
    rows = tuple(tuple(cell_words(value) for value in row) for row in table.rows)
    words = (Column("Column"), Column("Holds"), Column("Meaning"))
    meanings = tuple((one.name, one.kind, one.description) for one in table.columns)
    further = (
        Section("Outcomes", (Table(table.title, head, rows),)),
        Section("Columns", (Table("What the columns of Outcomes mean", words, meanings),)),
    )
    return evolve(report, sections=(*report.sections, *further))


def outcomes_parquet(table: OutcomeTable) -> bytes:
    """Return outcomes as Parquet; the description of a column is part of its field.

    Raises:
        AssuranceError: `missing`, without the extra `arrow`.
    """
    pyarrow = import_extra("pyarrow", "arrow", "parquet")
    from pyarrow import parquet

    schema = outcomes_schema(table.title, table.designs, table.columns)
    columns = zip(*table.rows, strict=True) if table.rows else [()] * len(schema)
    made = pyarrow.table(
        [
            pyarrow.array(list(values), one.type)
            for one, values in zip(schema, columns, strict=True)
        ],
        schema=schema,
    )
    data = io.BytesIO()
    parquet.write_table(made, data)
    return data.getvalue()


def outcomes_schema(title: str, designs: Sequence[str], columns: Sequence[DataColumn]) -> Any:
    """Return the Arrow schema of outcomes; the description of a column is part of its field.

    Args:
        title: of the table.
        designs: each with the plugin that gives it.
        columns: in order.
    """
    import pyarrow

    kinds = {
        "text": pyarrow.string(),
        "list": pyarrow.list_(pyarrow.string()),
        "number": pyarrow.float64(),
    }
    fields = [
        pyarrow.field(one.name, kinds[one.kind], metadata={"description": one.description})
        for one in columns
    ]
    about = {"title": title, "description": FOOTER, "source": BETWEEN.join(designs)}
    return pyarrow.schema(fields, metadata=about)


def cell_words(value: Value) -> str:
    """Return a value as the text of a cell.

    Example:
        >>> [cell_words(one) for one in (None, "good", 66.67, ("a", "b"))]
        ['', 'good', '66.67', 'a; b']
    """
    if value is None:
        return ""
    return BETWEEN.join(value) if isinstance(value, tuple) else str(value)
