"""A CSV table as a grid, by RFC 4180."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8

from assurance_core.documents.files import decode
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.tables.grid import Grid, GridRow, check_rows


def csv_grid(content: bytes, name: str) -> Grid:
    """Return a CSV table.

    Args:
        content: of the file.
        name: the file's name, for errors.

    Raises:
        AssuranceError: for what is no table in UTF-8 with commas and a header, or has too many
            rows.
    """
    rows = _rows(decode(content, name), name)
    notices = []
    if content.startswith(BOM_UTF8):
        notices.append(f"{name}: the byte order mark at its start was skipped")
    if b"\r\n" in content:
        notices.append(f"{name}: its line ends are those of Windows, and were accepted")
    if any(cell != cell.strip() for row in rows for cell in row):
        notices.append(f"{name}: blanks before or after some cells were removed")
    return Grid(
        name,
        tuple(cell.strip() for cell in rows[0]),
        tuple(
            GridRow(number, {n: cell.strip() for n, cell in enumerate(row)}, len(row))
            for number, row in enumerate(rows[1:], 2)
            if any(cell.strip() for cell in row)
        ),
        notices=tuple(notices),
    )


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
    check_rows(len(rows), name)
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
