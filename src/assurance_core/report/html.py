"""A report as one HTML file that needs nothing else: no script, and no request leaves it.

The content security policy in its head says the same to the browser: nothing may be loaded, and
only this one stylesheet applies. Tables carry their CSV as a `data:` address, which is a download
and no request.
"""

from __future__ import annotations

import base64
import hashlib
from itertools import count

from attrs import frozen
from markupsafe import Markup

from assurance_core.report.csv_text import csv_text
from assurance_core.report.document import Figure, Report, Section, Table
from assurance_core.report.templating import render, slug, stylesheet

_ROWS_WITH_CSV = 4
_ROWS_IN_SIGHT = 12
_COLUMNS_THAT_FIT = 3


@frozen
class Heading:
    """A section's heading with its place in the page."""

    id: str
    text: str


@frozen(eq=False)
class Drawn:
    """A table or figure with what the template asks of it.

    Attributes:
        id: unique in the page; further ids begin with it.
        label: unique in the page: what a region that scrolls is called.
        table: the rows.
        csv: a `data:` address, or empty.
        wide: the table scrolls in a region of its own.
        long: the table stands folded away under its picture.
        caption_hidden: the caption would only repeat the heading above it.
    """

    id: str
    label: str
    table: Table | None
    csv: str = ""
    wide: bool = False
    long: bool = False
    caption_hidden: bool = False


class Page:
    """Gives out what has to be unique in one page: ids and labels."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def unique(self, wanted: str, separator: str = "-") -> str:
        """Return the wanted text, with a number behind it from its second use on."""
        names = (wanted if n == 1 else f"{wanted}{separator}{n}" for n in count(1))
        name = next(one for one in names if one not in self._taken)
        self._taken.add(name)
        return name

    def heading(self, section: Section) -> Heading:
        """Return a section's heading."""
        return Heading(self.unique(slug(section.heading)), section.heading)

    def drawn(self, block: Table | Figure, heading: str) -> Drawn:
        """Return a table or figure ready for the template."""
        pictured = isinstance(block, Figure)
        table = block.table if isinstance(block, Figure) else block
        given = table.caption if table else ""
        label = self.unique(given or (block.title if isinstance(block, Figure) else heading), " ")
        name = self.unique("figure" if pictured else "table")
        if table is None:
            return Drawn(name, label, None)
        return Drawn(
            name,
            label,
            table,
            csv_address(table) if len(table.rows) >= _ROWS_WITH_CSV else "",
            len(table.columns) > _COLUMNS_THAT_FIT,
            len(table.rows) > _ROWS_IN_SIGHT,
            not given,
        )


def to_html(report: Report) -> str:
    """Return a report as a whole page."""
    style = stylesheet()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = Page()
    sections = [(page.heading(one), one.blocks) for one in report.sections]
    return str(
        render(
            "report.html",
            report=report,
            sections=sections,
            page=page,
            style=Markup(style),
            style_digest=digest,
        )
    )


def csv_address(table: Table) -> str:
    """Return a table as CSV in a `data:` address."""
    content = csv_text(table).encode()
    return f"data:text/csv;charset=utf-8;base64,{base64.b64encode(content).decode()}"
