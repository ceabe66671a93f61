"""The templates of the pages; they build on those of the reports."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from assurance_core.report.templating import environment
from assurance_core.workbench.asked import address

if TYPE_CHECKING:
    from jinja2 import Environment

MENU = (
    ("/compare", "Compare"),
    ("/designs", "Designs"),
    ("/edit", "Design editor"),
    ("/data", "Data"),
    ("/upload", "Your own data"),
)
"""The pages that every page leads to."""


@cache
def _environment() -> Environment:
    made = environment("assurance_core.workbench", "assurance_core.report").overlay()
    made.globals["address"] = address
    return made


_FORMS = {
    "html": "The report as one file",
    "xlsx": "The report as a workbook",
    "yaml": "The document as YAML",
    "csv": "The table as CSV",
    "json": "The same as JSON",
}


def downloads(
    path: str, values: Iterable[tuple[str, str]], *forms: str
) -> tuple[tuple[str, str], ...]:
    """Return the other forms of a page: what each is called, and its address."""
    kept = tuple(values)
    return tuple((_FORMS[form], address(f"{path}.{form}", kept)) for form in forms)


def render_page(template: str, **values: Any) -> Markup:
    """Return a page."""
    return Markup(_environment().get_template(template).render(menu=MENU, **values))
