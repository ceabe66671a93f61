"""The page of public names, from their docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from importlib import import_module

from docs.make.markdown import block, page

INTRODUCTION = """
Nothing happens on import; plugins are loaded by `load_plugins()`. Numbers and levels are exact;
values are frozen; whatever is raised on purpose is an `AssuranceError`, whose `faults` have the
codes of the [diagnostics](diagnostics.md). The [tutorial in Python](../tutorial-python.md) uses
most of it.

What stands on this page changes only with [notice](stability.md); what does not, at any time.
"""

SECTIONS = {
    "assurance_core": "What the package offers by name.",
    "assurance_core.plugins": "What a plugin uses, and where its documents end up.",
    "assurance_core.plugins.hookspecs": "All that a plugin can give: two hooks.",
    "assurance_core.testing": (
        "What holds a plugin to what it declares. `conformance` needs the extra `testing`, and so"
        " does `assurance_core.testing.strategies`: Hypothesis strategies for scales, frameworks,"
        " designs, patches and assessments, described in its own docstrings."
    ),
    "assurance_core.report.notebook": "What a notebook displays.",
}
"""The public modules, with what each is for."""

VALUES = {
    "assurance_core.model.errors": ("Fault",),
    "assurance_core.model.outcome": (
        "Number",
        "Area",
        "JudgementOutcome",
        "ConsequenceOutcome",
        "StepTrace",
        "PossibleOutcomes",
    ),
    "assurance_core.tables.reading": ("TableAssessments",),
    "assurance_core.engine.bulk": ("OutcomeColumns",),
    "assurance_core.lab.compare": ("Comparison", "ComparedBody", "Pair"),
    "assurance_core.lab.result": ("Result",),
    "assurance_core.lab.audit": ("Audit", "JudgementAudit"),
    "assurance_core.lab.population.fit": ("Population",),
}
"""What public functions give back, by the module where it lies: not imported, only read."""

GIVEN = """
What the functions above return, and what it holds. These are to be read; nobody has to import
or make one.
"""

FOR_THE_ENGINE = ("evaluate", "rate_profile")
"""Methods that other modules of the engine call; not for users."""

HOOKIMPL = "Marks a function of your plugin as one of its hooks."
HOOK = "assurance_"

SECTION = re.compile(r"^(Args|Attributes|Returns|Raises|Example|Examples):$", re.MULTILINE)
ENTRY = re.compile(r"^    (\w+(?:, \w+)*): ", re.MULTILINE)


def public(module: str) -> list[str]:
    """Return the public names of a module that no module before it has."""
    offered = vars(import_module(module))
    names = offered.get("__all__") or [name for name in offered if name.startswith(HOOK)]
    before = [one for one in SECTIONS if len(one) < len(module) and module.startswith(one)]
    known = {"__version__", *(name for one in before for name in public(one))}
    return [name for name in names if name not in known]


def python_names() -> str:
    """Return the page."""
    parts = []
    for module, about in SECTIONS.items():
        names = public(module)
        listed = " · ".join(f"[`{name}`](#{name.lower()})" for name in names)
        if module == "assurance_core":
            listed += ' · `__version__`, the version, such as `"0.1.0"`'
        parts += [f"## {module}", about, listed]
        for name in names:
            thing = getattr(import_module(module), name)
            parts += [f"### {name}", *_describe(name, thing, module)]
    parts += ["## What they give", GIVEN.strip()]
    for module, kinds in VALUES.items():
        for name in kinds:
            thing = getattr(import_module(module), name)
            parts += [f"### {name}", *_describe(name, thing, module)]
    return page("Python", INTRODUCTION, parts)


def _describe(name: str, thing: object, module: str) -> Iterator[str]:
    if inspect.isfunction(thing):
        yield block("text", _call(name, inspect.signature(thing)))
    text = HOOKIMPL if name == "hookimpl" else inspect.getdoc(thing) or ""
    assert text, f"{name} has no docstring"
    beginning, *sections = SECTION.split(text)
    yield beginning.strip()
    for title, body in zip(sections[::2], sections[1::2], strict=True):
        if title.startswith("Example"):
            yield block("python", _imported(name, inspect.cleandoc(body), module))
        else:
            yield f"**{title}**\n\n{_entries(body)}"
    if inspect.isclass(thing):
        yield from _methods(thing)


def _imported(name: str, example: str, module: str) -> str:
    """Return an example that begins with the import it needs."""
    line = f"from {module} import {name}"
    return example if line in example else f">>> {line}\n{example}"


def _methods(kind: type) -> Iterator[str]:
    """Say what can be asked of a value: each method with its beginning sentence."""
    found = {
        name: one
        for name, one in vars(kind).items()
        if inspect.isfunction(one) and not name.startswith("_") and name not in FOR_THE_ENGINE
    }
    if found:
        yield "**Methods**"
    for name, one in found.items():
        signature = inspect.signature(one)
        rest = list(signature.parameters.values())[1:]
        yield block("text", _call(name, signature.replace(parameters=rest)))
        beginning, *sections = SECTION.split(inspect.getdoc(one) or "")
        yield beginning.strip()
        for title, body in zip(sections[::2], sections[1::2], strict=True):
            if title != "Example":
                yield f"{title}:\n\n{_entries(body)}"


def _call(name: str, signature: inspect.Signature) -> str:
    """Return how a function is called, with each argument on a line if there are several."""
    shown = [str(one).replace("'", "") for one in signature.parameters.values()]
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
