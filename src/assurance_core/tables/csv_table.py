"""A CSV table as a grid, by RFC 4180."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8

from assurance_core.documents.files import decode
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.tables.beginnings import check_beginning
from assurance_core.tables.grid import Grid, GridRow, check_rows

_MARKS = {";": "semicolons", "\t": "tabs", "|": "bars"}
"""What other programs put between columns."""


def csv_grid(content: bytes, name: str) -> Grid:
    """Return a CSV table.

    Args:
        content: of the file.
        name: the file's name, for errors.

    Raises:
        AssuranceError: for what is no table in UTF-8 with commas and a header, or has too many
            rows.
    """
    check_beginning(content, name, "comma-separated values")
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
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), strict=True):
            rows.append(row)
    except csv.Error as error:
        raise _bad_row(str(error), f"{name} row {len(rows) + 1}") from None
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
    if len(rows[0]) == 1:
        for mark, marks in _MARKS.items():
            if mark in rows[0][0]:
                raise AssuranceError(
                    Fault(
                        "bad-syntax",
                        f"{name} row 1",
                        f"one cell: the columns are separated by {marks}",
                        "columns separated by commas",
                        "save the sheet as CSV with commas",
                    )
                )
    return rows


def _bad_row(error: str, place: str) -> AssuranceError:
    """Return the error for the row at which Python's reader stops, in our words."""
    if "field limit" in error:
        found = f"a cell of more than {csv.field_size_limit():,} characters"
        remedy = "look for a quotation mark that is not closed"
        return AssuranceError(Fault("too-large", place, found, "cells of a table", remedy))
    found = "a quotation mark that is not closed"
    if "expected after" in error:
        found = "text behind the quotation mark that closes a cell"
    return AssuranceError(
        Fault(
            "bad-syntax",
            place,
            found,
            "cells in quotation marks from end to end, or without any",
            "write a quotation mark inside such a cell twice, or save the sheet as CSV UTF-8",
        )
    )
