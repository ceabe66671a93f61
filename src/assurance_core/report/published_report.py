"""The report of `validate --published`: does the rule reproduce what was published?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assurance_core.lab.published import PublishedCheck, Reproduction
from assurance_core.model.dataset import Dataset
from assurance_core.model.design import RatingDesign
from assurance_core.report.answers import headline_answer, possible_answer, score_answer
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
from assurance_core.report.words import (
    STATUS_WORDS,
    count_words,
    joined,
    outcome_words,
    possible_words,
    source_words,
    who,
)
from assurance_core.rules.start import JUDGED


def published_report(dataset: Dataset, checks: tuple[PublishedCheck, ...]) -> Report:
    """Return the report for a dataset."""
    claims = [check for check in checks if check.must_hold]
    sections = [_check(check) for check in checks]
    sections += [one for check in claims for one in _open_rows(check)]
    sections += [one for check in claims for one in _not_counted(check)]
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
    return Report(
        f"Published outcomes: {dataset.name}", _lead(dataset, checks), tuple(sections), FOOTER
    )


def _lead(dataset: Dataset, checks: tuple[PublishedCheck, ...]) -> tuple[str, ...]:
    if not any(check.must_hold for check in checks):
        return ("No installed design claims to be the rule of these outcomes.",)
    claims = [check for check in checks if check.must_hold]
    verdict = "do not reproduce" if any(check.failed for check in claims) else "reproduce"
    lead = [f"The rules that claim to be the published ones {verdict} what was published."]
    if not any(check.failed or check.compared for check in claims):
        lead = ["Nothing that was published could be compared with a rule."]
    undated = claims[0].undated
    if undated:
        lead.append(_undated_words(dataset.published_by, undated))
    bites, respected = limiters_together(checks)
    if bites:
        lead.append(f"Published words that respect a limit where it bites: {respected} of {bites}.")
    return tuple(lead)


def _undated_words(series: str, rows: int) -> str:
    """Return that no design of a series is known to be in force on the dates of rows."""
    dates = "date of 1 row" if rows == 1 else f"dates of {rows:,} rows"
    return (
        f"No design of the series {series} is known to be in force on the {dates}: name the design"
        " in published_by, or give its dates and those of the rows."
    )


def limiters_together(checks: tuple[PublishedCheck, ...]) -> tuple[int, int]:
    """Return how often limiters of the published rules bite, and how often they are respected."""
    fits = [fit for check in checks if check.must_hold for fit in check.limiters]
    return sum(fit.bites for fit in fits), sum(fit.respected for fit in fits)


def _check(check: PublishedCheck) -> Section:
    one = check.reproductions
    design = one.design
    lines = []
    (words, worded), (scores, scored) = one.words, one.scores
    followed, following = one.consequences
    if worded:
        lines.append(f"Published words reproduced on complete rows: {words} of {worded}.")
    if worded and check.limiters:
        lines.append("The word itself is the assessor's choice; the rule can only limit it.")
    elif worded and _is_judged(design):
        lines.append("The word is the assessor's choice and comes out as it went in.")
    if scored:
        lines.append(f"Published scores reproduced: {scores} of {scored}.")
    if following:
        lines.append(f"Published consequences reproduced: {followed} of {following}.")
    for limiter in check.limiters:
        lines.append(
            f"Published words that respect the limit {limiter.path} where it bites: "
            f"{limiter.respected} of {limiter.bites}."
        )
    if one.graded and not check.must_hold:
        lines.append(
            f"No rule on these scores alone can reproduce more than {one.ceiling} of {one.graded}: "
            f"there are {one.profiles} different combinations of scores, and {one.split} of them "
            f"{'was' if one.split == 1 else 'were'} published with more than one word."
        )
    if not lines:
        lines.append(_not_compared(check))
    blocks: list[Block] = [items(lines)]
    if one.differing and check.must_hold:
        blocks.append(items([_difference(row) for row in one.differing]))
    elif one.differing:
        names = [who(row.assessment) for row in one.differing]
        blocks.append(Paragraph(f"Differs for: {', '.join(names)}."))
    return Section(f"{design.name} ({design.id}; {STATUS_WORDS[design.status]})", tuple(blocks))


def _not_compared(check: PublishedCheck) -> str:
    """Return why nothing was held against a design."""
    one = check.reproductions
    if not one.rows:
        return "No row is known to be of its time." if check.undated else "No row is of its time."
    rows = count_words(len(one.rows), "row")
    if one.design.publishes.headline is None and one.design.publishes.score is None:
        return f"It gives no word and no score, so nothing is compared ({rows})."
    return f"No row has every score and what was published, so nothing is compared ({rows})."


def _is_judged(design: RatingDesign) -> bool:
    """Say whether the headline starts from what the assessor chose."""
    if not design.publishes.headline:
        return False
    first = design.judgements[design.publishes.headline].steps[0]
    return (first.kind, first.settings) == ("start", JUDGED)


def _published_words(row: Reproduction) -> str:
    published = row.assessment.published
    score = "" if published.score is None else f" {published.score}"
    return f"{(published.headline or 'no word').replace('_', ' ')}{score}"


def _consequence_words(ids: Sequence[str]) -> str:
    return joined([one.replace("_", " ") for one in ids]) or "nothing"


def _difference(row: Reproduction) -> str:
    ours = outcome_words(row.result.outcome, row.result.possible)
    if row.fits is False:
        ours = "no combination of scores gives that"
    text = f"{who(row.assessment)}: published {_published_words(row)}, by the rule {ours}"
    if row.consequences is False and row.result.outcome:
        theirs = _consequence_words(row.assessment.published.consequences)
        follows = _consequence_words([one.id for one in row.result.outcome.consequences])
        text += f"; published as what follows: {theirs}, by the rule: {follows}"
    return text


def _open_rows(check: PublishedCheck) -> list[Section]:
    rows = [row for row in check.reproductions.rows if row.result.outcome is None]
    if not rows:
        return []
    text = (
        "Not every score of these is known to us. Each was worked out for every combination of "
        "scores that fits what was published, its word included: this shows that the word is "
        "possible under the rule, not that it was confirmed."
    )
    lines = [f"{who(row.assessment)}: {possible_words(row.result.possible)}" for row in rows]
    heading = f"Partly published: {check.reproductions.design.name}"
    return [Section(heading, (Paragraph(text), items(lines)))]


def _not_counted(check: PublishedCheck) -> list[Section]:
    if not check.not_counted:
        return []
    rows = tuple(
        (
            who(row.assessment),
            row.assessment.status,
            _published_words(row),
            outcome_words(row.result.outcome, row.result.possible),
        )
        for row in check.not_counted
    )
    columns = (Column("Row"), Column("Status"), Column("Published"), Column("By the rule"))
    text = "These are shown and not counted: they are no formal or no current outcomes."
    heading = f"Not counted: {check.reproductions.design.name}"
    return [Section(heading, (Paragraph(text), Table("", columns, rows)))]


def published_answer(dataset: Dataset, checks: tuple[PublishedCheck, ...]) -> dict[str, Any]:
    """Return the check as JSON: `assurance/validation/1`."""
    return {
        "format": "assurance/validation/1",
        "dataset": dataset.id,
        "failed": any(check.failed for check in checks),
        "limiters": dict(zip(("bites", "respected"), limiters_together(checks), strict=True)),
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
        "undated": check.undated,
        "words": {"reproduced": one.words[0], "compared": one.words[1]},
        "scores": {"reproduced": one.scores[0], "compared": one.scores[1]},
        "consequences": {"reproduced": one.consequences[0], "compared": one.consequences[1]},
        "graded": one.graded,
        "ceiling": one.ceiling,
        "profiles": one.profiles,
        "split": one.split,
        "limiters": [
            {"path": fit.path, "bites": fit.bites, "respected": fit.respected}
            for fit in check.limiters
        ],
        "rows": [_row(row) for row in one.rows],
        "not_counted": [_row(row) for row in check.not_counted],
    }


def _row(row: Reproduction) -> dict[str, Any]:
    outcome, published = row.result.outcome, row.assessment.published
    return {
        "body": row.assessment.body.name,
        "date": row.assessment.date.text if row.assessment.date else None,
        "status": row.assessment.status,
        "published": {
            "headline": published.headline,
            "score": published.score,
            "consequences": list(published.consequences),
        },
        "consequences": [one.id for one in outcome.consequences] if outcome else None,
        "headline": headline_answer(row.result.headline),
        **score_answer(outcome.score if outcome else None),
        "possible": possible_answer(row.result.possible),
        "word_reproduced": row.word,
        "score_reproduced": row.score,
        "consequences_reproduced": row.consequences,
        "fits": row.fits,
    }
