"""The report of one assessment under one design: the outcome, and why."""

from __future__ import annotations

from assurance_core.model.outcome import (
    Area,
    Headline,
    JudgementOutcome,
    NoHeadline,
    Outcome,
)
from assurance_core.report.charts.card import card
from assurance_core.report.charts.score_line import score_line
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
from assurance_core.report.rated import Rated, weak_sources
from assurance_core.report.trace_report import trace_sections
from assurance_core.report.words import (
    count_words,
    crosswalk_words,
    joined,
    possible_words,
    score_words,
    short_level,
    source_words,
    status_lines,
)
from assurance_core.rules.scope import level_words


def outcome_report(rated: Rated) -> Report:
    """Return the report of one assessment; with the trace, if the outcome has one."""
    result = rated.result
    sections = [] if result.outcome else [_known(rated)]
    outcome = result.outcome or result.settled
    sections.append(_card(rated, outcome))
    if outcome:
        sections += [
            *_narrative(outcome),
            *_judgements(outcome),
            *_consequences(outcome),
            *trace_sections(outcome),
        ]
    sections += _notes(rated, outcome)
    title = f"{rated.assessment.body.name}: {rated.rule.design.name}"
    lead = [_answer(rated), *rated.published_otherwise]
    if not result.outcome:
        lead += _why_open(rated)
    return Report(title, tuple(lead), tuple(sections), FOOTER)


def _answer(rated: Rated) -> str:
    rule, result = rated.rule, rated.result
    under = f"under {rule.design.id} ({rule.design.framework.id} {rule.version.id})"
    headline = result.outcome.headline if result.outcome else result.headline
    if isinstance(headline, NoHeadline):
        text = f"No headline {under}: {headline.reason.rstrip('.')}."
    elif result.outcome is None and result.possible.cannot_tell:
        reason = f": {result.possible.reason}" if result.possible.reason else ""
        text = f"Cannot tell {under}{reason}."
    elif result.outcome is None:
        words = possible_words(result.possible)
        text = f"{words[0].upper()}{words[1:]} {under}."
    else:
        assert headline is not None
        text = f"{headline.name} {under}."
    if result.outcome and result.outcome.score is not None:
        text += f" Score {score_words(result.outcome.score)}."
    return text


def _why_open(rated: Rated) -> list[str]:
    """Return what is missing, what was done about it, and why there are few or no steps."""
    result = rated.result
    judged = [one for one in result.unknown if one.startswith("judged.")]
    parts = ["the level that the assessor chose"] if judged else []
    if len(result.unknown) > len(judged):
        parts.insert(0, count_words(len(result.unknown) - len(judged), "score"))
    missing = f"Not known to us: {joined(parts)}."
    if any(isinstance(one, Headline) for one in result.possible.headlines):
        missing += (
            " Every combination of scores that fits what is known was worked out; nothing was"
            " filled in."
        )
    lines = [missing]
    if rated.explained and not (result.settled and result.settled.trace):
        lines.append(
            "There is no step-by-step account, because the steps start from what is not known. On "
            "the command line, --scores shows them for one set of scores."
        )
    elif rated.explained:
        lines.append("Steps are shown only where no unknown score can change them.")
    return lines


def _known(rated: Rated) -> Section:
    published, possible = rated.assessment.published, rated.result.possible
    lines = []
    if published.headline:
        lines.append(f"Published word: {published.headline.replace('_', ' ')}.")
    if published.score is not None:
        lines.append(f"Published score: {published.score}.")
    known = [f"{name} {short_level(level)}" for name, level in rated.result.known]
    lines.append(f"Known scores: {'; '.join(known) or 'none'}.")
    blocks: list[Block] = [items(lines)]
    if any(isinstance(one, Headline) for one in possible.headlines):
        rows = tuple(
            (one.name if isinstance(one, Headline) else "no headline", f"{count:,}")
            for one, count in zip(possible.headlines, possible.counts, strict=True)
        )
        columns = (Column("Word"), Column("Combinations", "right"))
        blocks.append(Table("How many combinations of scores give which word", columns, rows))
    return Section("What is known", tuple(blocks))


def _card(rated: Rated, outcome: Outcome | None) -> Section:
    """Return the report card; in formats without pictures, what the design shows area by area."""
    text: tuple[Table, ...] = ()
    if outcome and outcome.areas:
        rows = tuple((area.name, area_words(area)) for area in outcome.areas)
        text = (Table("", (Column("Area"), Column("Level")), rows),)
    line = score_line(rated.rule.design, [(rated.assessment.body.name, rated.result)], "assessment")
    figures = (card(rated, text), *([line] if line else []))
    return Section("Area by area" if text else "Report card", figures)


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
    """Return every judgement's level, where the headline alone does not tell it all."""
    telling = [one for one in outcome.judgements if one.override_reason or one.advised or one.bit]
    one_headline = isinstance(outcome.headline, Headline) and len(outcome.judgements) == 1
    if not outcome.judgements or (one_headline and not telling):
        return []
    rows = tuple((one.name, _judgement_words(one)) for one in outcome.judgements)
    table = Table("", (Column("Judgement"), Column("Level")), rows)
    return [Section("Judgements", (table,))]


def _judgement_words(one: JudgementOutcome) -> str:
    text = level_words(one.level) if one.level else f"none: {one.reason}"
    if one.score is not None:
        text += f", score {score_words(one.score)}"
    if one.bit:
        text += f"; changed by {', '.join(one.bit)}"
    if one.advised:
        text += f"; advised: {', '.join(one.advised)}"
    if one.override_reason:
        rules = f"by the rules {level_words(one.overridden)}, " if one.overridden else ""
        text += f"; {rules}replaced by professional judgement: {one.override_reason}"
    return text


def _consequences(outcome: Outcome) -> list[Section]:
    if not outcome.consequences:
        return []
    listed = tuple(
        (f"{one.text}.", f"Source: {source_words(one.source)}") for one in outcome.consequences
    )
    return [Section("What follows", (Items(listed),))]


def _notes(rated: Rated, outcome: Outcome | None) -> list[Section]:
    rule = rated.rule
    notes = [*rated.notes, *rule.design.notes]
    statuses = {one.status for one in weak_sources(rule)}
    if rule.crosswalk:
        notes.insert(0, crosswalk_words(rule.crosswalk))
        statuses.add(rule.crosswalk.source.status)
    if outcome:
        statuses |= {step.source.status for step in outcome.trace}
        statuses |= {one.source.status for one in outcome.consequences}
        findings = (*outcome.strengths, *outcome.improvements)
        statuses |= {one.source.status for one in findings if one.source}
    blocks: list[Block] = []
    if notes:
        blocks.append(items(notes))
    if statuses:
        blocks += [Paragraph("How far a source can be relied on:"), items(status_lines(statuses))]
    return [Section("To bear in mind", tuple(blocks))] if blocks else []
