"""The templates that reports and pages share, with what they need to print text safely.

Everything is escaped unless it is `Markup`. Templates and stylesheet use neither script nor style
attributes, so that a page can be served under a strict content security policy.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from assurance_core.report.document import Items, Paragraph, Table

if TYPE_CHECKING:
    from jinja2 import Environment

_LINK = re.compile(r"(https?://[^\s<>|\"]+)")
_TRAILING = ".,;:)"


_REPORTS = "assurance_core.report"


@cache
def environment(*packages: str) -> Environment:
    """Return the templates of some packages; they are read once, and Jinja2 with them.

    Args:
        packages: those with a folder `templates`, the first first; the reports' own unless given.
    """
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=ChoiceLoader([PackageLoader(one) for one in packages or (_REPORTS,)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"linked": linked, "slug": slug, "breakable": breakable}
    for kind in (Paragraph, Items, Table):
        made.tests[kind.__name__.lower()] = _is(kind)
    return made


@cache
def stylesheet() -> str:
    """Return the stylesheet, which is written into each report."""
    file = files("assurance_core.report") / "static" / "report.css"
    return file.read_text("utf-8")


def _is(kind: type) -> Callable[[object], bool]:
    def test(block: object) -> bool:
        return isinstance(block, kind)

    return test


def render(template: str, **values: Any) -> Markup:
    """Return a template filled in."""
    return Markup(environment().get_template(template).render(**values))


def linked(text: str) -> Markup:
    """Return text with its addresses as links.

    Example:
        >>> print(linked("<b> https://a.org/x?y=1&z."))
        &lt;b&gt; <a href="https://a.org/x?y=1&amp;z" rel="noreferrer">https://a.org/x?y=1&amp;z</a>.
    """
    shown = Markup()
    # A split by one group gives text and addresses by turns.
    for number, part in enumerate(_LINK.split(text)):
        if number % 2:
            address = part.rstrip(_TRAILING)
            link = Markup('<a href="{0}" rel="noreferrer">{0}</a>').format(address)
            shown += link + part[len(address) :]
        else:
            shown += escape(part)
    return shown


def breakable(text: str) -> Markup:
    """Return text that may break behind the slashes, dots and underscores of an id or a path."""
    return Markup("").join(
        escape(part) + Markup("<wbr>") if part and part[-1] in "/_." else escape(part)
        for part in re.split(r"(?<=[/_])|(?<=\w\.)(?=[a-z])", text)
    )


def slug(text: str) -> str:
    """Return text as part of an id of a page.

    Example:
        >>> slug("What the word hides: 3 %")
        'what-the-word-hides-3'
    """
    return "-".join(re.findall(r"[a-z0-9]+", text.lower())) or "section"
