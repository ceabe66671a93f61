"""The report of one assessment under one design: the outcome, and why."""

from __future__ import annotations

from itertools import groupby

from assurance_core.model.outcome import (
    Area,
    Headline,
    JudgementOutcome,
    NoHeadline,
    Outcome,
    StepTrace,
)
from assurance_core.report.document import (
    FOOTER,
    Block,
    Column,
    Items,
    Paragraph,
    Report,
    Section,
    Table,
    items,
)
from assurance_core.report.rated import Rated
from assurance_core.report.words import (
    possible_words,
    score_words,
    source_words,
    status_words,
    value_words,
)
from assurance_core.rules.scope import level_words


def outcome_report(rated: Rated) -> Report:
    """Return the report of one assessment; with the trace, if the outcome has one."""
    design, outcome = rated.rule.design, rated.outcome
    title = f"{rated.assessment.body.name}: {design.name}"
    if outcome is None:
        return Report(title, (_open_lead(rated),), (_known(rated),), FOOTER)
    sections = [
        *_areas(outcome),
        *_narrative(outcome),
        *_judgements(outcome),
        *_consequences(outcome),
        *_trace(outcome),
        *_notes(rated, outcome),
    ]
    return Report(title, (_lead(rated, outcome),), tuple(sections), FOOTER)


def _lead(rated: Rated, outcome: Outcome) -> str:
    design = rated.rule.design
    under = f"{design.id} ({design.framework.id} {rated.rule.version.id})"
    if isinstance(outcome.headline, NoHeadline):
        text = f"No headline under {under}: {outcome.headline.reason.rstrip('.')}."
    else:
        text = f"{outcome.headline.name} under {under}."
    if outcome.score is not None:
        text += f" Score {score_words(outcome.score)}."
    return text


def _open_lead(rated: Rated) -> str:
    design = rated.rule.design
    words = possible_words(rated.possible)
    return f"Not every score is known to us. Under {design.id}: {words}."


def _known(rated: Rated) -> Section:
    published = rated.assessment.published
    parts = []
    if published.headline:
        parts.append(f"published word: {published.headline.replace('_', ' ')}")
    if published.score is not None:
        parts.append(f"published score: {published.score}")
    known = [
        f"{key}: {cell.level}"
        for key, cell in rated.assessment.scores.items()
        if hasattr(cell, "level")
    ]
    parts.append(f"known scores: {', '.join(known) or 'none'}")
    counts = [
        f"{one.name if isinstance(one, Headline) else 'no headline'}: {count:,} profiles"
        for one, count in zip(rated.possible.headlines, rated.possible.counts, strict=True)
    ]
    text = "Every profile that fits what is known was evaluated; nothing was filled in."
    return Section("What is known", (items(parts), Paragraph(text), items(counts)))


def _areas(outcome: Outcome) -> list[Section]:
    if not outcome.areas:
        return []
    rows = tuple((area.name, area_words(area)) for area in outcome.areas)
    table = Table("", (Column("Area"), Column("Level")), rows)
    return [Section("Area by area", (table,))]


def area_words(area: Area) -> str:
    """Return an area's level, or why it has none."""
    return level_words(area.level) if area.level else area.absent


def _narrative(outcome: Outcome) -> list[Section]:
    sections = []
    for heading, findings in (
        ("Strengths", outcome.strengths),
        ("Areas for improvement", outcome.improvements),
    ):
        if findings:
            listed = tuple(
                (one.text, f"Source: {source_words(one.source)}") if one.source else (one.text,)
                for one in findings
            )
            sections.append(Section(heading, (Items(listed),)))
    return sections


def _judgements(outcome: Outcome) -> list[Section]:
    changed = [one for one in outcome.judgements if one.override_reason or one.advised or one.bit]
    if not changed and len(outcome.judgements) < 2:
        return []
    rows = tuple((one.name, _judgement_words(one)) for one in outcome.judgements)
    table = Table("", (Column("Judgement"), Column("Level")), rows)
    return [Section("Judgements", (table,))]


def _judgement_words(one: JudgementOutcome) -> str:
    text = level_words(one.level) if one.level else f"none: {one.reason}"
    if one.score is not None:
        text += f", score {score_words(one.score)}"
    if one.bit:
        text += f"; limited by {', '.join(one.bit)}"
    if one.advised:
        text += f"; advised: {', '.join(one.advised)}"
    if one.override_reason:
        rules = level_words(one.overridden) if one.overridden else "none"
        text += f"; by the rules {rules}, replaced by professional judgement: {one.override_reason}"
    return text


def _consequences(outcome: Outcome) -> list[Section]:
    if not outcome.consequences:
        return []
    listed = tuple(
        (one.text, f"Source: {source_words(one.source)}") for one in outcome.consequences
    )
    return [Section("What follows", (Items(listed),))]


def _trace(outcome: Outcome) -> list[Section]:
    if not outcome.trace:
        return []
    sections = []
    for name, group in groupby(outcome.trace, key=lambda one: (one.judgement, one.judgement_name)):
        steps = list(group)
        if all(step.kind == "consequence" for step in steps):
            sections += _considered(steps)
            continue
        blocks: list[Block] = []
        read = [one for one in steps[0].reads if one.level or one.absent]
        if read:
            rows = tuple(
                (one.name, level_words(one.level) if one.level else one.absent) for one in read
            )
            blocks.append(Table("What it starts from", (Column("Input"), Column("Level")), rows))
        blocks.append(Items(tuple(_step_lines(step) for step in steps), numbered=True))
        sections.append(Section(f"How {name[1]} was reached", tuple(blocks)))
    return sections


def _step_lines(step: StepTrace) -> tuple[str, ...]:
    lines = [f"{step.rule}."]
    change = f"{value_words(step.before)} → {value_words(step.after)}"
    if step.before is None:
        change = value_words(step.after)
    elif not step.applied:
        change = f"stays {value_words(step.after)}"
    lines.append(f"{step.detail}: {change}" if step.detail else change)
    lines.append(f"Source: {source_words(step.source)}")
    lines.append(f"Path: {step.path}")
    return tuple(lines)


def _considered(steps: list[StepTrace]) -> list[Section]:
    listed = []
    for step in steps:
        follows = (
            step.after is not None
            and not isinstance(step.after, (int, float))
            and (getattr(step.after, "position", 1) > 1)
        )
        verdict = "follows" if follows else "considered, and does not follow"
        names = [one.name for one in step.reads if one.level]
        listed.append(
            (
                f"{step.judgement_name}: {verdict}.",
                f"{step.rule}. Read: {', '.join(names)}.",
                f"Source: {source_words(step.source)}",
            )
        )
    return [Section("Consequences considered", (Items(tuple(listed)),))]


def _notes(rated: Rated, outcome: Outcome) -> list[Section]:
    notes = [*outcome.notes, *rated.rule.design.notes]
    if rated.rule.crosswalk:
        crosswalk = rated.rule.crosswalk
        notes.insert(
            0,
            f"Read through the crosswalk {crosswalk.id}: {source_words(crosswalk.source)}. "
            "The two scales have no official read-across.",
        )
    statuses = {
        step.source.status for step in outcome.trace if step.source.status not in ("official",)
    }
    blocks: list[Block] = []
    if notes:
        blocks.append(items(notes))
    if statuses:
        blocks.append(items([status_words(one) for one in sorted(statuses)]))
    return [Section("To bear in mind", tuple(blocks))] if blocks else []
