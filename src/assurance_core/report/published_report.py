"""The report of `validate --published`: does the rule reproduce what was published?"""

from __future__ import annotations

from typing import Any

from attrs import frozen

from assurance_core.lab.published import LimiterFit, Reproduction, Reproductions
from assurance_core.model.dataset import Dataset
from assurance_core.model.outcome import Headline
from assurance_core.report.answers import headline_answer, possible_answer, score_answer
from assurance_core.report.document import (
    FOOTER,
    Block,
    Items,
    Paragraph,
    Report,
    Section,
    items,
)
from assurance_core.report.words import (
    STATUS_WORDS,
    count_words,
    headline_words,
    possible_words,
    source_words,
)


@frozen(eq=False)
class PublishedCheck:
    """One design of a dataset's framework, held against its published outcomes.

    Attributes:
        reproductions: row by row.
        limiters: for judged designs.
        must_hold: the design claims to be the published rule, so a difference is a failure.
    """

    reproductions: Reproductions
    limiters: tuple[LimiterFit, ...]
    must_hold: bool


def failed(checks: tuple[PublishedCheck, ...]) -> bool:
    """Say whether a design that claims to be the published rule differs anywhere."""
    return any(check.must_hold and check.reproductions.differing for check in checks)


def published_report(dataset: Dataset, checks: tuple[PublishedCheck, ...]) -> Report:
    """Return the report for a dataset."""
    sections = [_check(check) for check in checks]
    sections += _open_rows(checks)
    if dataset.disagreements:
        listed = tuple(
            (
                one.about,
                *(f"{reading.says} {source_words(reading.source)}" for reading in one.readings),
                f"Adopted here: {one.adopted}",
            )
            for one in dataset.disagreements
        )
        sections.append(Section("Where sources disagree", (Items(listed),)))
    verdict = "differ" if failed(checks) else "reproduce"
    lead = f"The rules that claim to be the published ones {verdict} what was published."
    return Report(f"Published outcomes: {dataset.name}", (lead,), tuple(sections), FOOTER)


def _check(check: PublishedCheck) -> Section:
    one = check.reproductions
    design = one.design
    lines = []
    (words, worded), (scores, scored) = one.words, one.scores
    if worded:
        lines.append(f"Published words reproduced on complete rows: {words} of {worded}.")
    if scored:
        lines.append(f"Published scores reproduced: {scores} of {scored}.")
    for limiter in check.limiters:
        lines.append(
            f"Published words that respect {limiter.path} where it bites: "
            f"{limiter.respected} of {limiter.bites}."
        )
    if one.graded and not check.must_hold:
        lines.append(
            f"No rule on these scores can reproduce more than {one.ceiling} of {one.graded}: "
            f"{count_words(one.profiles, 'profile')}, {one.split} of them published with two words."
        )
    blocks: list[Block] = [items(lines)] if lines else []
    if one.differing and check.must_hold:
        blocks.append(items([_difference(row) for row in one.differing]))
    elif one.differing:
        names = [_who(row) for row in one.differing]
        blocks.append(Paragraph(f"Differs for: {', '.join(names)}."))
    return Section(f"{design.name} ({design.id}; {STATUS_WORDS[design.status]})", tuple(blocks))


def _who(row: Reproduction) -> str:
    date = f" {row.assessment.date}" if row.assessment.date else ""
    return f"{row.assessment.body.name}{date}"


def _difference(row: Reproduction) -> str:
    published, outcome = row.assessment.published, row.result.outcome
    assert outcome is not None
    ours = headline_words(outcome.headline)
    if outcome.score is not None:
        ours += f" {outcome.score.value}"
    theirs = f"{(published.headline or '').replace('_', ' ')} {published.score or ''}".strip()
    return f"{_who(row)}: published {theirs}, by the rule {ours}"


def _open_rows(checks: tuple[PublishedCheck, ...]) -> list[Section]:
    sections = []
    for check in checks:
        rows = [row for row in check.reproductions.rows if row.result.outcome is None]
        if not rows or not check.must_hold:
            continue
        lines = [f"{_who(row)}: {possible_words(row.result.possible)}" for row in rows]
        text = "Each was evaluated over every profile that fits what was published."
        heading = f"Partly published: {check.reproductions.design.name}"
        sections.append(Section(heading, (Paragraph(text), items(lines))))
    return sections


def published_answer(dataset: Dataset, checks: tuple[PublishedCheck, ...]) -> dict[str, Any]:
    """Return the check as JSON: `assurance/validation/1`."""
    return {
        "format": "assurance/validation/1",
        "dataset": dataset.id,
        "failed": failed(checks),
        "designs": [_check_answer(check) for check in checks],
        "disagreements": [
            {
                "id": one.id,
                "about": one.about,
                "readings": [{"says": r.says, "source": r.source.title} for r in one.readings],
                "adopted": one.adopted,
                "bodies": list(one.bodies),
            }
            for one in dataset.disagreements
        ],
    }


def _check_answer(check: PublishedCheck) -> dict[str, Any]:
    one = check.reproductions
    return {
        "design": one.design.id,
        "must_hold": check.must_hold,
        "words": {"reproduced": one.words[0], "compared": one.words[1]},
        "scores": {"reproduced": one.scores[0], "compared": one.scores[1]},
        "graded": one.graded,
        "ceiling": one.ceiling,
        "profiles": one.profiles,
        "split": one.split,
        "limiters": [
            {"path": fit.path, "bites": fit.bites, "respected": fit.respected}
            for fit in check.limiters
        ],
        "rows": [_row(row) for row in one.rows],
    }


def _row(row: Reproduction) -> dict[str, Any]:
    outcome, published = row.result.outcome, row.assessment.published
    headline = row.result.headline
    return {
        "body": row.assessment.body.name,
        "date": row.assessment.date.text if row.assessment.date else None,
        "published": {"headline": published.headline, "score": published.score},
        "headline": headline_answer(headline) if isinstance(headline, Headline) else None,
        **score_answer(outcome.score if outcome else None),
        "possible": possible_answer(row.result.possible),
        "word_reproduced": row.word,
        "score_reproduced": row.score,
    }
