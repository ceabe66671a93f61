"""What is installed, by kind: `list`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Protocol

from assurance_core.model.crosswalk import Crosswalk
from assurance_core.model.dataset import Dataset
from assurance_core.model.design import RatingDesign
from assurance_core.model.framework import Framework
from assurance_core.model.patch import Patch
from assurance_core.report.document import (
    Block,
    Column,
    Paragraph,
    Report,
    Section,
    Table,
    items,
)
from assurance_core.report.words import STATUS_WORDS, count_words


class Installed(Protocol):
    """What a listing reads of a registry: reports do not import plugins."""

    @property
    def frameworks(self) -> Mapping[str, Framework]:
        """The frameworks, by id."""

    @property
    def designs(self) -> Mapping[str, RatingDesign]:
        """The designs, by id."""

    @property
    def patches(self) -> Mapping[str, Patch]:
        """The patches, by id."""

    @property
    def crosswalks(self) -> Mapping[str, Crosswalk]:
        """The crosswalks, by id."""

    @property
    def datasets(self) -> Mapping[str, Dataset]:
        """The datasets, by id."""

    @property
    def unavailable(self) -> Mapping[str, str]:
        """Ids that cannot be used, with the reason."""


Form = Literal["word", "stars", "number", "report card", "narrative", "nothing"]
FORMS: tuple[Form, ...] = ("word", "stars", "number", "report card", "narrative", "nothing")


def published_form(design: RatingDesign) -> Form:
    """Return the form of what a design publishes first: its headline, or what stands in its place.

    A headline is a word, unless its levels are called stars or are numbers.
    """
    publishes = design.publishes
    if publishes.headline:
        scale = design.framework.scale(design.judgements[publishes.headline].scale)
        names = [level.name.casefold().split()[-1] for level in scale.levels] if scale else []
        if names and all(name in ("star", "stars") for name in names):
            return "stars"
        return "number" if names and all(name.isdecimal() for name in names) else "word"
    if publishes.score:
        return "number"
    if publishes.areas:
        return "report card"
    return "narrative" if publishes.narrative else "nothing"


def publishes_words(design: RatingDesign) -> str:
    """Return what a design publishes: one word, a score, a report card, a narrative, or less."""
    publishes = design.publishes
    parts: list[str] = []
    if publishes.headline:
        form = published_form(design)
        parts.append("one word" if form == "word" else form)
    if publishes.score and not publishes.headline:
        parts.append("score")
    if publishes.areas:
        parts.append("area by area" if publishes.headline else "report card")
    if publishes.narrative:
        parts.append("narrative")
    return ", ".join(parts) or ("what follows" if design.consequences else "nothing computed")


def listing_report(registry: Installed) -> Report:
    """Return everything installed, by kind."""
    sections = [
        *_by_form(registry),
        Section("Frameworks", (_frameworks(registry),)),
        Section("Designs", (_designs(registry),)),
    ]
    if registry.patches:
        rows = tuple(
            (key, one.applies_to, one.name) for key, one in sorted(registry.patches.items())
        )
        columns = (Column("Patch"), Column("Edits"), Column("What it does"))
        sections.append(
            Section("Patches (each can be named like a design)", (Table("", columns, rows),))
        )
    if registry.crosswalks:
        named = tuple((key, one.name) for key, one in sorted(registry.crosswalks.items()))
        table = Table("", (Column("Crosswalk"), Column("What it assumes")), named)
        sections.append(Section("Crosswalks", (table,)))
    if registry.datasets:
        rows = tuple(
            (key, one.framework, one.name) for key, one in sorted(registry.datasets.items())
        )
        table = Table("", (Column("Data"), Column("Framework"), Column("Name")), rows)
        sections.append(Section("Data", (table,)))
    if registry.frameworks:
        sections.append(_plugins(registry))
    if registry.unavailable:
        lines = [f"{key}: {why}" for key, why in sorted(registry.unavailable.items())]
        sections.append(Section("Unavailable", (items(lines),)))
    counts = (
        f"{count_words(len(registry.frameworks), 'framework')}, "
        f"{count_words(len(registry.designs), 'design')}, "
        f"{count_words(len(registry.patches), 'patch', 'patches')}."
    )
    return Report("What is installed", (counts,), tuple(sections))


def _frameworks(registry: Installed) -> Block:
    if not registry.frameworks:
        return Paragraph("None. Install a regulator's plugin.")
    rows = tuple(
        (key, one.name, ", ".join(version.id for version in one.versions))
        for key, one in sorted(registry.frameworks.items())
    )
    return Table("", (Column("Framework"), Column("Name"), Column("Versions", width=20)), rows)


def _plugins(registry: Installed) -> Section:
    """Return which plugin gives which framework."""
    given: dict[str, list[str]] = {}
    for key, one in sorted(registry.frameworks.items()):
        given.setdefault(str(one.provenance), []).append(key)
    return Section(
        "Plugins", (items([f"{one}: {', '.join(keys)}" for one, keys in sorted(given.items())]),)
    )


def _by_form(registry: Installed) -> list[Section]:
    """Return which regimes publish what: by form, the designs in force and how many others."""
    rows = []
    for form in FORMS:
        designs = [one for one in registry.designs.values() if published_form(one) == form]
        for framework in sorted({one.framework.id for one in designs}):
            own = sorted(one.id for one in designs if one.framework.id == framework)
            now = [one for one in own if registry.designs[one].status == "in_force"]
            others = len(own) - len(now)
            short = ", ".join(one.removeprefix(f"{framework}/") for one in now)
            rows.append((form, framework, short or "–", str(others or "–")))
    if not rows:
        return []
    columns = (
        Column("Published"),
        Column("Framework"),
        Column("Designs in force"),
        Column("Others", "right"),
    )
    return [Section("What is published", (Table("", columns, tuple(rows)),))]


def _designs(registry: Installed) -> Block:
    rows = tuple(
        (key, one.name, f"{published_form(one)}, {STATUS_WORDS[one.status]}")
        for key, one in sorted(registry.designs.items())
    )
    columns = (Column("Design"), Column("Name"), Column("Publishes, status", width=21))
    return Table("", columns, rows)


def listing_answer(registry: Installed) -> dict[str, Any]:
    """Return everything installed as JSON: `assurance/listing/1`."""
    return {
        "format": "assurance/listing/1",
        "frameworks": [
            {
                "id": key,
                "name": one.name,
                "versions": [version.id for version in one.versions],
                "plugin": str(one.provenance),
            }
            for key, one in sorted(registry.frameworks.items())
        ],
        "designs": [
            {
                "id": key,
                "name": one.name,
                "framework": one.framework.id,
                "status": one.status,
                "series": one.series or None,
                "publishes": publishes_words(one),
                "form": published_form(one),
                "plugin": str(one.provenance),
            }
            for key, one in sorted(registry.designs.items())
        ],
        "patches": [
            {
                "id": key,
                "name": one.name,
                "applies_to": one.applies_to,
                "plugin": str(one.provenance),
            }
            for key, one in sorted(registry.patches.items())
        ],
        "crosswalks": [
            {
                "id": key,
                "name": one.name,
                "from": one.source_framework,
                "to": one.target_framework,
                "variant_of": one.variant_of or None,
                "plugin": str(one.provenance),
            }
            for key, one in sorted(registry.crosswalks.items())
        ],
        "data": [
            {"id": key, "name": one.name, "framework": one.framework, "plugin": str(one.provenance)}
            for key, one in sorted(registry.datasets.items())
        ],
        "unavailable": dict(sorted(registry.unavailable.items())),
    }
