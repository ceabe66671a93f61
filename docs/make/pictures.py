"""Pictures of reports as files of their own, for pages that cannot hold them."""

from __future__ import annotations

import re

from assurance_core.report.document import Figure
from assurance_core.report.templating import stylesheet
from docs.make.markdown import table

RULE = re.compile(r"^(?::root|\.picture)[^{]*\{[^}]*\}", re.MULTILINE)
LETTERS = ".picture { font-family: system-ui, sans-serif; }"
PAPER = '<rect width="100%" height="100%" fill="#fff"/>'
"""What the pictures are drawn for; the page around may be dark."""


def drawing(figure: Figure) -> str:
    """Return a picture as an SVG file, with the rules of its look from the reports' stylesheet."""
    beginning, end, rest = str(figure.picture("picture")).partition("</desc>")
    style = "\n".join([*RULE.findall(stylesheet().split("@media")[0]), LETTERS])
    lines = f"{beginning}{end}\n<style>\n{style}\n</style>\n{PAPER}{rest}".splitlines()
    return "\n".join(line for line in lines if line.strip()) + "\n"


def shown(figure: Figure, file: str) -> str:
    """Return a picture as a page shows it: its message, and what it shows for who cannot see it."""
    return f"**{figure.title}**\n\n![{figure.description}]({file})"


def rows(figure: Figure) -> str:
    """Return what a picture shows as a table."""
    assert figure.table
    return table([one.heading for one in figure.table.columns], figure.table.rows)
