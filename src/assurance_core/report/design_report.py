"""A design's rules in plain words: `show`."""

from __future__ import annotations

from typing import Any

from assurance_core.engine.bound import BoundJudgement
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.citation import Citation
from assurance_core.model.design import RatingDesign
from assurance_core.report.answers import citation_answer
from assurance_core.report.document import Block, Items, Paragraph, Report, Section, items
from assurance_core.report.words import (
    STATUS_WORDS,
    count_words,
    joined,
    rule_lines,
    source_words,
    status_lines,
)

PUBLISHED = "What is published"

_MISSING = {
    "error": (
        "If an input has no score for a stated reason, such as not assessed, no outcome is worked"
        " out, and the gap is reported."
    ),
    "no_outcome": (
        "If an input has no score for a stated reason, such as not assessed, there is no outcome,"
        " and the reason is given."
    ),
    "omit": "An input that was not assessed is left out; at least {least} must be there.",
}


def design_report(rule: CompiledDesign) -> Report:
    """Return a design's rules in plain words, each with its source."""
    design = rule.design
    lead = [design.summary, standing(design)]
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


def standing(design: RatingDesign) -> str:
    """Return a design's status, its dates, what it reads, and who gives it."""
    status = STATUS_WORDS[design.status]
    when = f", {design.in_force}" if design.in_force else ""
    why = f" ({design.in_force.why.rstrip('.')})" if design.in_force and design.in_force.why else ""
    versions = joined(design.versions)
    return (
        f"Status: {status}{when}{why}. It reads {design.framework.id}, "
        f"version{'s' if len(design.versions) > 1 else ''} {versions}. "
        f"It comes from {design.provenance}."
    )


def _judgement(one: BoundJudgement, design: RatingDesign, template: str) -> Section:
    judgement = one.node.judgement
    declared = design.judgements[template]
    reads = len(one.node.sources)
    start = f"It reads {count_words(reads, 'input')}: {input_words(one)}."
    if not reads:
        start = "It reads no scores: its level is the assessor's choice."
    heading = declared.name
    if declared.for_each:
        heading = f"Each of the {declared.for_each} ({declared.name})"
        start = f"One judgement for each of the {declared.for_each}. {judgement.name}: {start}"
    steps = tuple(
        (
            *rule_lines(step.step.words, step.step.rows),
            f"Path: {step.path}",
            f"Source: {source_words(step.source)}",
        )
        for step in one.steps
    )
    blocks: list[Block] = [
        Paragraph(start),
        Paragraph(f"Levels, worst first: {level_line(one)}."),
        Items(steps, numbered=True),
        *([Paragraph(missing_words(one))] if reads else []),
    ]
    return Section(heading, tuple(blocks))


def input_words(one: BoundJudgement) -> str:
    """Return the names of what a judgement reads; a name may have commas of its own."""
    return "; ".join(source.name for source in one.node.sources)


def level_line(one: BoundJudgement) -> str:
    """Return a judgement's levels, worst first."""
    return ", ".join(level.name for level in one.node.scale.levels)


def missing_words(one: BoundJudgement) -> str:
    """Return what a judgement does where an input is missing."""
    judgement = one.node.judgement
    return _MISSING[judgement.missing].format(least=judgement.omit_down_to)


def _published(rule: CompiledDesign) -> Section:
    return Section(PUBLISHED, (items(published_lines(rule)),))


def published_lines(rule: CompiledDesign) -> list[str]:
    """Return what a design publishes, one thing a line."""
    design, published = rule.design, rule.published
    lines = []
    if published.headline:
        lines.append(f"One word: the level of {design.judgements[published.headline].name}.")
    else:
        lines.append(f"No headline: {published.no_headline}")
    numbered = {one.node.judgement.id for one in rule.judgements if one.own and one.of is not None}
    if published.score in numbered:
        lines.append(f"A score: the number behind {design.judgements[published.score].name}.")
    if published.areas:
        lines.append(f"Area by area: {'; '.join(area.name for area in published.areas)}.")
    if design.publishes.narrative:
        lines.append("Strengths and areas for improvement, from findings, else from scores.")
    return lines


def _statuses(rule: CompiledDesign) -> Section:
    found = {step.source.status for one in rule.judgements for step in one.steps}
    found |= {one.steps[0].source.status for one in rule.consequences}
    lines = status_lines(found)
    if not found:
        rests = _shown_from(rule)
        lines = ["It has no rule, so it needs no source."]
        lines += [f"What it shows rests on {source_words(one)}" for one in rests]
        lines += status_lines({one.status for one in rests})
    return Section("How far a source can be relied on", (items(lines),))


def _shown_from(rule: CompiledDesign) -> list[Citation]:
    """Return the weak sources of the framework whose scores a design without rules shows."""
    framework = rule.design.framework
    used = {rule.version.source, *(leaf.scale.source for leaf in rule.leaves)}
    cited = [framework.sources[one] for one in sorted(used) if one in framework.sources]
    return [one for one in cited if one.status not in ("official", "secondary")]


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
