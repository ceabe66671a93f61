"""A framework in plain words: versions, themes, statements and levels."""

from __future__ import annotations

from typing import Any

from assurance_core.model.dates import Period
from assurance_core.model.framework import Framework, FrameworkVersion
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
from assurance_core.report.words import joined, plural, source_words, status_lines


def _in_force(period: Period) -> str:
    """Return when a version was in force; where only a reason is given, the reason alone."""
    if period.why and period == Period(why=period.why):
        return period.why
    return f"In force {period}. {period.why}".strip()


def framework_report(framework: Framework) -> Report:
    """Return a framework: versions, themes, statements and levels."""
    sections = []
    for version in framework.versions:
        blocks: list[Block] = [Paragraph(_in_force(version.in_force))]
        if version.themes:
            listed = tuple(
                (theme.name, *(_statement_line(version, one) for one in theme.statements))
                for theme in version.themes
            )
            blocks.append(Items(listed, numbered=True))
        elif not version.statements:
            blocks.append(Paragraph("Nothing is scored: there are no statements."))
        else:
            listed_ids = version.statement_ids()
            blocks.append(items([_statement_line(version, one) for one in listed_ids], True))
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
    meaning = items(status_lines(one.status for one in framework.sources.values()))
    relied = Paragraph("How far a source can be relied on:")
    sections.append(Section("Sources", (sources, relied, meaning)))
    lead = f"{framework.regulator} assesses {plural(framework.bodies)}. {framework.summary}".strip()
    return Report(f"{framework.name} ({framework.id})", (lead,), tuple(sections))


def _statement_line(version: FrameworkVersion, statement_id: str) -> str:
    statement = version.find_statement(statement_id)
    assert statement is not None
    return f"{statement.name} ({statement.id})"


def framework_answer(framework: Framework) -> dict[str, Any]:
    """Return a framework's own document."""
    return dict(framework.document)
