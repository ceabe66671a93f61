"""A design's rules in plain words, and how two designs differ."""

from __future__ import annotations

from typing import Any

from assurance_core.engine.bound import BoundJudgement
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.design import RatingDesign
from assurance_core.report.answers import citation_answer
from assurance_core.report.document import Block, Items, Paragraph, Report, Section, items
from assurance_core.report.words import (
    STATUS_WORDS,
    count_words,
    joined,
    source_words,
    status_words,
)

_MISSING = {
    "error": "If an input is missing, no outcome is worked out: the gap is reported as an error.",
    "no_outcome": "If an input is missing, there is no outcome, and the reason is given.",
    "omit": "Missing inputs are left out; at least {least} must be there.",
}


def design_report(rule: CompiledDesign) -> Report:
    """Return a design's rules in plain words, each with its source."""
    design = rule.design
    lead = [design.summary, _standing(design)]
    sections = []
    shown: set[str] = set()
    for one in rule.judgements:
        judgement = one.node.judgement
        template = judgement.template or judgement.id
        if one.node.role != "judgement" or template in shown:
            continue
        shown.add(template)
        sections.append(_judgement(one, design, template))
    sections.append(_published(rule))
    if rule.consequences:
        listed = [
            (
                f"{one.node.judgement.name}: {one.steps[0].step.words}.",
                f"Source: {source_words(one.steps[0].source)}",
            )
            for one in rule.consequences
        ]
        sections.append(Section("Consequences", (Items(tuple(listed)),)))
    notes = [*design.lineage, *design.notes]
    if notes:
        sections.append(Section("Notes", (items(notes),)))
    sections.append(_statuses(rule))
    return Report(f"{design.name} ({design.id})", tuple(lead), tuple(sections))


def _standing(design: RatingDesign) -> str:
    status = STATUS_WORDS[design.status]
    when = f", {design.in_force}" if design.in_force else ""
    why = f" ({design.in_force.why.rstrip('.')})" if design.in_force and design.in_force.why else ""
    origin = str(design.provenance)
    return (
        f"Status: {status}{when}{why}. Reads {design.framework.id}, "
        f"{count_words(len(design.versions), 'version')}: {', '.join(design.versions)}. From {origin}."
    )


def _judgement(one: BoundJudgement, design: RatingDesign, template: str) -> Section:
    judgement = one.node.judgement
    declared = design.judgements[template]
    inputs = joined([source.name for source in one.node.sources])
    start = f"Reads {count_words(len(one.node.sources), 'input')}: {inputs}."
    heading = declared.name
    if declared.for_each:
        heading = f"Each of the {declared.for_each} ({declared.name})"
        start = f"One judgement for each of the {declared.for_each}. For {judgement.name}: {start}"
    levels = " < ".join(level.name for level in one.node.scale.levels)
    steps = tuple(
        (f"{step.step.words}.", f"Path: {step.path}", f"Source: {source_words(step.source)}")
        for step in one.steps
    )
    missing = _MISSING[judgement.missing].format(least=judgement.omit_down_to)
    blocks: list[Block] = [
        Paragraph(start),
        Paragraph(f"Levels, worst first: {levels}."),
        Items(steps, numbered=True),
        Paragraph(missing),
    ]
    return Section(heading, tuple(blocks))


def _published(rule: CompiledDesign) -> Section:
    design, published = rule.design, rule.published
    lines = []
    if published.headline:
        lines.append(f"One word: the level of {design.judgements[published.headline].name}.")
    else:
        lines.append(f"No headline: {published.no_headline}")
    if published.score:
        lines.append(f"A score: the number behind {design.judgements[published.score].name}.")
    if published.areas:
        lines.append(f"Area by area: {joined([area.name for area in published.areas])}.")
    if design.publishes.narrative:
        lines.append("Strengths and areas for improvement, from findings, else from scores.")
    return Section("What is published", (items(lines),))


def _statuses(rule: CompiledDesign) -> Section:
    found = {step.source.status for one in rule.judgements for step in one.steps}
    found |= {one.steps[0].source.status for one in rule.consequences}
    lines = [status_words(one) for one in sorted(found)] or ["no rule, so no source is needed"]
    return Section("What the source statuses mean", (items(lines),))


def design_answer(rule: CompiledDesign) -> dict[str, Any]:
    """Return a design as JSON: `assurance/design-description/1`."""
    design = rule.design
    return {
        "format": "assurance/design-description/1",
        "id": design.id,
        "name": design.name,
        "summary": design.summary,
        "status": design.status,
        "in_force": str(design.in_force) if design.in_force else None,
        "framework": design.framework.id,
        "versions": list(design.versions),
        "plugin": str(design.provenance),
        "lineage": list(design.lineage),
        "headline": rule.published.headline,
        "no_headline": rule.published.no_headline or None,
        "judgements": [
            {
                "id": one.node.judgement.id,
                "name": one.node.judgement.name,
                "levels": list(one.node.scale.ids),
                "inputs": [source.id for source in one.node.sources],
                "missing": one.node.judgement.missing,
                "steps": [
                    {
                        "path": step.path,
                        "kind": step.kind,
                        "rule": step.step.words,
                        "source": citation_answer(step.source),
                    }
                    for step in one.steps
                ],
            }
            for one in rule.judgements
            if one.node.role == "judgement"
        ],
        "areas": [area.id for area in rule.published.areas],
        "consequences": [
            {
                "id": one.node.judgement.id,
                "text": one.node.judgement.name,
                "rule": one.steps[0].step.words,
            }
            for one in rule.consequences
        ],
        "notes": list(design.notes),
        "document": dict(design.document),
    }


def differences(first: RatingDesign, second: RatingDesign) -> list[tuple[str, str, str]]:
    """Return every path at which two designs' documents differ, with both values.

    Names, summaries, examples and sources are left out: they change no rule.
    """
    quiet = {"id", "name", "summary", "examples", "sources", "notes", "format", "declares"}
    left = {k: v for k, v in first.document.items() if k not in quiet}
    right = {k: v for k, v in second.document.items() if k not in quiet}
    found: list[tuple[str, str, str]] = []
    _differ(left, right, "", found)
    return found


def _differ(left: Any, right: Any, path: str, found: list[tuple[str, str, str]]) -> None:
    if isinstance(left, dict) and isinstance(right, dict):
        for key in dict.fromkeys([*left, *right]):
            inner = f"{path}.{key}" if path else str(key)
            _differ(left.get(key), right.get(key), inner, found)
        return
    if isinstance(left, list) and isinstance(right, list):
        for number in range(max(len(left), len(right))):
            one = left[number] if number < len(left) else None
            other = right[number] if number < len(right) else None
            _differ(one, other, f"{path}[{number}]", found)
        return
    if repr(left) != repr(right):
        found.append((path, _brief(left), _brief(right)))


def _brief(value: Any) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 200 else text[:197] + "..."


def difference_report(first: RatingDesign, second: RatingDesign) -> Report:
    """Return how two designs' rules differ, path by path."""
    rows = differences(first, second)
    title = f"{first.name} against {second.name}"
    lead = f"{first.id} and {second.id} differ in {count_words(len(rows), 'place')} that can change an outcome."
    if not rows:
        lead = f"{first.id} and {second.id} have the same rules."
    listed = tuple(
        (path, f"{first.id}: {left}", f"{second.id}: {right}") for path, left, right in rows
    )
    sections = (Section("Differences", (Items(listed),)),) if rows else ()
    return Report(title, (lead,), sections)


def difference_answer(first: RatingDesign, second: RatingDesign) -> dict[str, Any]:
    """Return how two designs' rules differ, as JSON."""
    return {
        "format": "assurance/design-difference/1",
        "first": first.id,
        "second": second.id,
        "differences": [
            {"path": path, "first": left, "second": right}
            for path, left, right in differences(first, second)
        ],
    }
