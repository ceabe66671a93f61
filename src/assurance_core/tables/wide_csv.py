"""A CSV table with one row for each assessment and one column for each statement."""

from __future__ import annotations

import csv
import io

from attrs import frozen

from assurance_core.model.assessment import Assessment
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.framework import Framework
from assurance_core.tables.header import read_header
from assurance_core.tables.rows import Reference, RowReader

MAX_ROWS = 100_000


@frozen
class TableAssessments:
    """The assessments of a table, in its order, and what was mended while reading."""

    assessments: tuple[Assessment, ...]
    notices: tuple[str, ...] = ()


def read_wide_csv(
    text: str, name: str, framework: Framework, reference: Reference | None = None
) -> TableAssessments:
    """Read a table with one row for each assessment.

    The header names `body`, any of the fixed columns, and every statement by id, name or alias.
    Every row has a cell for every column. An empty cell means that the score is not known to us.
    Where there is no score, the cell says `not assessed`, `not applicable` or `withheld`, with the
    reason behind a colon: `withheld: a prosecution is under way`.

    Args:
        text: the table, as RFC 4180 has it.
        name: the file's name, for errors.
        framework: whose statements the columns are.
        reference: what the published columns mean.

    Raises:
        AssuranceError: with every fault of the table, by row and column.
    """
    rows = _rows(text, name)
    header, notices = read_header(rows[0], name, framework)
    reader = RowReader(header, framework, reference or Reference())
    for number, row in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in row):
            reader.read(row, number)
    if reader.faults:
        raise AssuranceError(reader.faults)
    if not reader.assessments:
        raise AssuranceError(
            Fault("missing", name, "no rows below the header", "one row for each body", "add rows")
        )
    if any(cell != cell.strip() for row in rows for cell in row):
        notices = (*notices, f"{name}: blanks before or after some cells were removed")
    return TableAssessments(tuple(reader.assessments), notices)


def _rows(text: str, name: str) -> list[list[str]]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        if "field limit" in str(error):
            raise AssuranceError(
                Fault(
                    "too-large",
                    name,
                    f"a cell of more than {csv.field_size_limit():,} characters",
                    "cells of a table",
                    "look for a quotation mark that is not closed",
                )
            ) from None
        raise AssuranceError(
            Fault(
                "bad-syntax",
                name,
                str(error),
                "comma-separated values",
                "save the sheet as CSV UTF-8",
            )
        ) from None
    if len(rows) > MAX_ROWS:
        raise AssuranceError(
            Fault(
                "too-large",
                name,
                f"{len(rows)} rows",
                f"at most {MAX_ROWS} rows",
                "split the table",
            )
        )
    if not rows or not any(cell.strip() for cell in rows[0]):
        raise AssuranceError(
            Fault(
                "bad-table",
                f"{name} row 1",
                "no header in the first row",
                "a header row",
                "name the columns in the first row",
            )
        )
    if len(rows[0]) == 1 and (";" in rows[0][0] or "\t" in rows[0][0]):
        mark = "semicolons" if ";" in rows[0][0] else "tabs"
        raise AssuranceError(
            Fault(
                "bad-syntax",
                f"{name} row 1",
                f"one cell: the columns are separated by {mark}",
                "columns separated by commas",
                "save the sheet as CSV with commas",
            )
        )
    return rows
