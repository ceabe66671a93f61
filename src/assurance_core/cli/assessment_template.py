"""Assessments to fill in: one body as YAML, a row for each body as CSV or as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from assurance_core.engine.graph import Leaf
from assurance_core.model.framework import Framework, FrameworkVersion
from assurance_core.model.scale import Scale
from assurance_core.report.template_book import TemplateColumn, template_book
from assurance_core.tables.header import JUDGED

Judged = Mapping[str, Leaf]
"""Levels that designs leave to the assessor, by judgement."""

_HOW_TO_SCORE = (
    "# Write a level behind each statement. Leave it empty where the score is not known.",
    "# Where there is none, say why: {not_assessed: REASON}, not_applicable or withheld.",
)
_INSTRUCTIONS = (
    "Write one row for each body on the sheet Scores.",
    "Choose a level from the list of a cell, or write its number or name.",
    "Leave a cell empty where a score is not known. Nothing is ever filled in.",
    "Where there is no score, write why: not assessed: and the reason, not applicable: and the"
    " reason, or withheld: and the reason.",
    "Write a date as precisely as it is known: 2026, 2026-01 or 2026-01-31.",
    "Columns may be left out or moved, all but body. Their headings say what they hold.",
    "Do not merge cells. A formula counts with its value of when the file is saved.",
)
_BEFORE = (
    TemplateColumn("body", "The name of what was assessed. Every row needs one."),
    TemplateColumn("date", "The date of the assessment; it chooses the version of the framework."),
    TemplateColumn("headline", "The level that was published, if one was."),
    TemplateColumn("score", "The score that was published, if one was: a whole number."),
)
_BEHIND = (
    TemplateColumn("source", "A link to where the scores were published."),
    TemplateColumn("note", "Anything to remember."),
)


def _columns(version: FrameworkVersion, judged: Judged) -> list[TemplateColumn]:
    statements = [TemplateColumn(one.id, one.name, _words(one.scale)) for one in version.statements]
    chosen = [
        TemplateColumn(f"{JUDGED}{name}", "The level that the assessor chose.", _words(leaf.scale))
        for name, leaf in judged.items()
    ]
    return [*_BEFORE, *statements, *chosen, *_BEHIND]


def _words(scale: Scale) -> tuple[str | int, ...]:
    """Return levels as they are written into a cell: numbers where they are numbers, else names."""
    if scale.numbered:
        return tuple(int(level.id) for level in scale.levels)
    return tuple(level.name for level in scale.levels)


def assessment_csv(version: FrameworkVersion, judged: Judged) -> str:
    """Return a CSV table without rows."""
    stream = io.StringIO()
    columns = _columns(version, judged)
    csv.writer(stream, lineterminator="\n").writerow([one.heading for one in columns])
    return stream.getvalue()


def assessment_book(framework: Framework, version: FrameworkVersion, judged: Judged) -> bytes:
    """Return a workbook to fill in, with lists of the levels and a sheet of instructions.

    Raises:
        AssuranceError: `missing`, without the extra `excel`.
    """
    title = f"{framework.name}, version {version.id}"
    return template_book(title, _INSTRUCTIONS, _columns(version, judged))


def assessment_yaml(framework: Framework, version: FrameworkVersion, judged: Judged) -> str:
    """Return a document for one body."""
    lines = [
        *(_HOW_TO_SCORE if version.statements else ("# Nothing is scored here.",)),
        "format: assurance/assessment/1",
        f"framework: {framework.id}",
        f'version: "{version.id}"',
        "body:  # the name of the body",
        "# date: 2026-01-31",
        "scores:" if version.statements else "scores: {}",
    ]
    for statement in version.statements:
        levels = ", ".join(statement.scale.ids)
        lines.append(f"  {statement.id}:  # {statement.name}: {levels}")
    if judged:
        lines += ["# What the assessor judged, for designs that start from it:", "# judged:"]
    for name, leaf in judged.items():
        lines.append(f"#   {name}:  # {', '.join(leaf.scale.ids)}")
    return "\n".join(lines) + "\n"
