"""The page of public names, from their docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import assurance_core
from docs.make.markdown import block, page

INTRODUCTION = """
Everything that `assurance_core` offers by name, on one screen. Nothing happens on import;
plugins are loaded by `load_plugins()`. What is not listed here may change without notice.

The [tutorial in Python](../tutorial-python.md) uses most of it. Numbers and levels are exact;
values are frozen; whatever is raised on purpose is an `AssuranceError`, whose `faults` have the
codes of the [diagnostics](diagnostics.md).
"""

SECTION = re.compile(r"^(Args|Attributes|Returns|Raises|Example|Examples):$", re.MULTILINE)
ENTRY = re.compile(r"^    (\w+(?:, \w+)*): ", re.MULTILINE)


def python_names() -> str:
    """Return the page."""
    public = [name for name in assurance_core.__all__ if name != "__version__"]
    listed = " · ".join(f"[`{name}`](#{name.lower()})" for name in public)
    parts = [listed + ' · `__version__`, the version, such as `"0.1.0"`']
    for name in public:
        parts += [f"## {name}", *_describe(name, getattr(assurance_core, name))]
    return page("Python", INTRODUCTION, parts)


def _describe(name: str, thing: object) -> Iterator[str]:
    if inspect.isfunction(thing):
        yield block("text", _call(name, inspect.signature(thing)))
    text = inspect.getdoc(thing) or ""
    assert text, f"{name} has no docstring"
    beginning, *sections = SECTION.split(text)
    yield beginning.strip()
    for title, body in zip(sections[::2], sections[1::2], strict=True):
        if title.startswith("Example"):
            example = inspect.cleandoc(body)
            imported = f"from assurance_core import {name}"
            yield block("python", example if imported in example else f">>> {imported}\n{example}")
        else:
            yield f"**{title}**\n\n{_entries(body)}"


def _call(name: str, signature: inspect.Signature) -> str:
    """Return how a function is called, with each argument on a line if there are several."""
    shown = [str(one) for one in signature.parameters.values()]
    if any(one.kind is one.KEYWORD_ONLY for one in signature.parameters.values()):
        first = [one.kind for one in signature.parameters.values()].index(
            inspect.Parameter.KEYWORD_ONLY
        )
        shown.insert(first, "*")
    returned = signature.return_annotation
    arrow = "" if returned is inspect.Signature.empty else f" -> {returned}"
    short = f"{name}({', '.join(shown)}){arrow}"
    if len(short) <= 90:
        return short
    return f"{name}(\n" + "".join(f"    {one},\n" for one in shown) + f"){arrow}"


def _entries(body: str) -> str:
    """Return the entries of a section as a list, or its text as it stands."""
    text = "\n" + body.strip("\n")
    if not ENTRY.search(text):
        return " ".join(body.split())
    _, *entries = ENTRY.split(text)
    return "\n".join(
        f"- `{name}`: {' '.join(rest.split())}"
        for name, rest in zip(entries[::2], entries[1::2], strict=True)
    )
