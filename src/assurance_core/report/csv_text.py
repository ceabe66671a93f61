"""Tables as CSV in which no spreadsheet takes a cell for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from assurance_core.report.document import Table


def csv_text(table: Table) -> str:
    """Return a table of a report as CSV."""
    return csv_lines([column.heading for column in table.columns], table.rows)


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return headings and rows as CSV by RFC 4180."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_as_text(heading) for heading in head])
    writer.writerows([_as_text(cell) for cell in row] for row in rows)
    return text.getvalue()


def _as_text(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe goes in front of one."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
