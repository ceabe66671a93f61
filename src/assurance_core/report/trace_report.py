"""The trace of an outcome: what each step did, and what was considered and did not follow."""

from __future__ import annotations

from itertools import groupby

from assurance_core.model.outcome import Outcome, StepTrace
from assurance_core.report.document import Block, Column, Items, Section, Table
from assurance_core.report.words import joined, rule_lines, source_words, value_words
from assurance_core.rules.scope import level_words


def trace_sections(outcome: Outcome) -> list[Section]:
    """Return one section for each judgement, then one for all consequences."""
    sections = []
    steps = [one for one in outcome.trace if one.kind != "consequence"]
    for (_, name), group in groupby(steps, key=lambda one: (one.judgement, one.judgement_name)):
        sections.append(_judgement(name, list(group)))
    considered = [one for one in outcome.trace if one.kind == "consequence"]
    if considered:
        sections.append(_considered(outcome, considered))
    return sections


def _judgement(name: str, steps: list[StepTrace]) -> Section:
    blocks: list[Block] = []
    read = [one for one in steps[0].reads if one.level or one.absent]
    if read:
        rows = tuple((r.name, level_words(r.level) if r.level else r.absent) for r in read)
        blocks.append(Table("What it starts from", (Column("Input"), Column("Level")), rows))
    blocks.append(Items(tuple(_step(one) for one in steps), numbered=True))
    return Section(f"How {name} was reached", tuple(blocks))


def _step(step: StepTrace) -> tuple[str, ...]:
    change = f"{value_words(step.before)} → {value_words(step.after)}"
    if step.before is None:
        change = value_words(step.after)
    elif not step.applied:
        change = f"stays {value_words(step.after)}"
    return (
        *rule_lines(step.rule, step.rows),
        _what_happened(step, change),
        f"Source: {source_words(step.source)}",
        f"Path: {step.path}",
    )


def _considered(outcome: Outcome, steps: list[StepTrace]) -> Section:
    following = {one.id for one in outcome.consequences}
    listed = tuple(
        (
            f"{step.judgement_name}: "
            f"{'follows' if step.judgement in following else 'considered, and does not follow'}.",
            f"{step.rule}. Read: {joined([one.name for one in step.reads if one.level])}.",
            f"Source: {source_words(step.source)}",
        )
        for step in steps
    )
    return Section("Consequences considered", (Items(listed),))


def _what_happened(step: StepTrace, change: str) -> str:
    # What is done with absent inputs gives no value of its own.
    if step.kind == "missing" or not step.detail:
        return step.detail or change
    return f"{step.detail}: {change}"
