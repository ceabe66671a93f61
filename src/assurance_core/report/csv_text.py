"""Tables as CSV in which no spreadsheet takes a cell for a formula.

CSV cannot say that a cell is text, and a spreadsheet that opens it would work out a body's name
such as =HYPERLINK(…). So an apostrophe goes in front of such a text, and of no other. That changes
it: who needs every text to the letter takes JSON, Parquet or a workbook, which know what text is.

Source: OWASP, CSV injection, https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from assurance_core.report.document import Table

GUARDED = (
    "A text that a spreadsheet would take for a formula has an apostrophe in front; as JSON,"
    " Parquet or a workbook it has none."
)
"""What a data dictionary says of it."""
_FULL_WIDTH = "\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}"
_BEGINNINGS = tuple("=+-@\t\r\n" + _FULL_WIDTH + "\N{FULLWIDTH COMMERCIAL AT}")
"""How a formula may begin."""


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
    """Return a cell that no spreadsheet takes for a formula: an apostrophe goes in front of one.

    Example:
        >>> [_as_text(one) for one in ("Hull", "", "=1+1", "-1", "a-1")]
        ['Hull', '', "'=1+1", "'-1", 'a-1']
    """
    return f"'{cell}" if cell.startswith(_BEGINNINGS) else cell
