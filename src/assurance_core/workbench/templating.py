"""The templates of the pages; they build on those of the reports."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from assurance_core.report.templating import environment
from assurance_core.workbench.asked import address

if TYPE_CHECKING:
    from jinja2 import Environment

MENU = (("/compare", "Compare"), ("/edit", "Design editor"), ("/upload", "Your own data"))
"""The pages that every page leads to."""


@cache
def _environment() -> Environment:
    made = environment("assurance_core.workbench", "assurance_core.report").overlay()
    made.globals["address"] = address
    return made


def render_page(template: str, **values: Any) -> Markup:
    """Return a page."""
    return Markup(_environment().get_template(template).render(menu=MENU, **values))
