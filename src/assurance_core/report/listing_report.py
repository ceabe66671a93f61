"""The reports of `list`, `doctor` and `show` of a framework."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from assurance_core.model.crosswalk import Crosswalk
from assurance_core.model.dataset import Dataset
from assurance_core.model.design import RatingDesign
from assurance_core.model.framework import Framework, FrameworkVersion
from assurance_core.model.patch import Patch
from assurance_core.report.document import (
    Block,
    Column,
    Items,
    Paragraph,
    Report,
    Section,
    Table,
    items,
)
from assurance_core.report.words import STATUS_WORDS, count_words, joined, source_words


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


def publishes_words(design: RatingDesign) -> str:
    """Return what a design publishes: one word, a score, a report card, a narrative, nothing."""
    publishes = design.publishes
    parts = []
    if publishes.headline:
        parts.append("one word")
    if publishes.score:
        parts.append("score")
    if publishes.areas:
        parts.append("area by area" if publishes.headline else "report card")
    if publishes.narrative:
        parts.append("narrative")
    return ", ".join(parts) or "nothing computed"


def listing_report(registry: Installed) -> Report:
    """Return everything installed, by kind."""
    sections = [
        Section("Frameworks", (_frameworks(registry),)),
        Section("Designs", (_designs(registry),)),
    ]
    if registry.patches:
        rows = tuple(
            (key, one.applies_to, one.name) for key, one in sorted(registry.patches.items())
        )
        columns = (Column("Patch"), Column("Edits"), Column("What it does"))
        sections.append(
            Section("Patches (each can be named as a design)", (Table("", columns, rows),))
        )
    if registry.crosswalks:
        lines = tuple((key, one.name) for key, one in sorted(registry.crosswalks.items()))
        table = Table("", (Column("Crosswalk"), Column("What it assumes")), lines)
        sections.append(Section("Crosswalks", (table,)))
    if registry.datasets:
        rows = tuple(
            (key, one.framework, one.name) for key, one in sorted(registry.datasets.items())
        )
        table = Table("", (Column("Data"), Column("Framework"), Column("Name")), rows)
        sections.append(Section("Data", (table,)))
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
        (key, one.name, ", ".join(version.id for version in one.versions), str(one.provenance))
        for key, one in sorted(registry.frameworks.items())
    )
    columns = (Column("Framework"), Column("Name"), Column("Versions"), Column("From"))
    return Table("", columns, rows)


def _designs(registry: Installed) -> Block:
    rows = tuple(
        (key, publishes_words(one), STATUS_WORDS[one.status], one.name)
        for key, one in sorted(registry.designs.items())
    )
    columns = (Column("Design"), Column("Publishes"), Column("Status"), Column("Name"))
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


def framework_report(framework: Framework) -> Report:
    """Return a framework: versions, themes, statements and levels."""
    sections = []
    for version in framework.versions:
        lines = [f"In force {version.in_force}. {version.in_force.why}".strip()]
        blocks: list[Block] = [Paragraph(lines[0])]
        if version.themes:
            listed = tuple(
                (theme.name, *(_statement_line(version, one) for one in theme.statements))
                for theme in version.themes
            )
            blocks.append(Items(listed, numbered=True))
        else:
            blocks.append(items([_statement_line(version, s.id) for s in version.statements], True))
        if version.evidence_categories:
            names = [framework.evidence_categories[one] for one in version.evidence_categories]
            blocks.append(Paragraph(f"Evidence categories in use: {joined(names)}."))
        sections.append(Section(f"Version {version.id}: {version.name}", tuple(blocks)))
    for scale in framework.scales.values():
        rows = tuple((level.id, level.name, str(level.points)) for level in scale.levels)
        columns = (Column("Level"), Column("Name"), Column("Points", "right"))
        good = f"; the standard is met from {scale.good_from}" if scale.good_from else ""
        caption = f"Worst first{good}"
        sections.append(Section(f"Scale {scale.id}", (Table(caption, columns, rows),)))
    sources = items([f"{key}: {source_words(one)}" for key, one in framework.sources.items()])
    sections.append(Section("Sources", (sources,)))
    lead = (
        f"{framework.regulator}; what is assessed: {framework.bodies}. {framework.summary}".strip()
    )
    return Report(f"{framework.name} ({framework.id})", (lead,), tuple(sections))


def _statement_line(version: FrameworkVersion, statement_id: str) -> str:
    statement = version.find_statement(statement_id)
    assert statement is not None
    return f"{statement.name} ({statement.id})"


def framework_answer(framework: Framework) -> dict[str, Any]:
    """Return a framework's own document."""
    return dict(framework.document)


def doctor_report(facts: Mapping[str, Any]) -> Report:
    """Return versions, plugins, paths and data dates."""
    libraries = ", ".join(f"{name} {number}" for name, number in facts["libraries"].items())
    base = [
        f"assurance-core {facts['assurance_core']}",
        f"Python {facts['python']} at {facts['executable']}",
        f"Libraries: {libraries}",
        f"Schemas: {facts['schemas']}",
    ]
    if facts["plugins_allowed"] is not None:
        base.append(f"ASSURANCE_PLUGINS: {facts['plugins_allowed'] or '(none)'}")
    plugins = tuple(
        (
            f"{one['name']} ({one['provenance']}): {one['status']}",
            *([one["folder"]] if one["folder"] else []),
            *([one["cause"]] if one["cause"] else []),
        )
        for one in facts["plugins"]
    )
    data = [f"{one['id']}: as at {one['as_at'] or 'no date given'}" for one in facts["data"]]
    sections = [Section("Here", (items(base),))]
    sections.append(Section("Plugins", (Items(plugins) if plugins else Paragraph("None found."),)))
    if data:
        sections.append(Section("Data", (items(data),)))
    if facts["unavailable"]:
        lines = [f"{key}: {why}" for key, why in facts["unavailable"].items()]
        sections.append(Section("Unavailable", (items(lines),)))
    broken = [one["name"] for one in facts["plugins"] if one["status"] == "broken"]
    lead = f"Broken: {', '.join(broken)}." if broken else "Nothing is broken."
    return Report("Doctor", (lead,), tuple(sections))
