"""A report card of one body under any design: what it was given, and what the design shows."""

from __future__ import annotations

from markupsafe import Markup

from assurance_core.model.assessment import Absence, Score
from assurance_core.model.outcome import Headline, NoHeadline
from assurance_core.report.charts.heat_map import NOT_KNOWN, Cell
from assurance_core.report.charts.shades import shade
from assurance_core.report.document import Column, Figure, Table, Words
from assurance_core.report.rated import Rated
from assurance_core.report.templating import render
from assurance_core.report.words import possible_words, score_words
from assurance_core.rules.scope import level_words


def card(rated: Rated, text: tuple[Words, ...] = (), with_given: bool = True) -> Figure:
    """Return the card.

    Args:
        rated: a body under a design.
        text: what formats without pictures show.
        with_given: show the scores that it was given as well as what the design publishes.
    """
    outcome = rated.result.outcome or rated.result.settled
    word, reason = _word(rated)
    given = _given(rated) if with_given else []
    shown = _shown(rated)
    name = rated.assessment.body.name
    title = f"{name} under “{rated.rule.design.name}”: {word}"
    score = score_words(outcome.score) if outcome and outcome.score else ""

    def picture(prefix: str) -> Markup:
        return render(
            "card.html",
            prefix=prefix,
            title=title,
            body=name,
            date=str(rated.assessment.date or ""),
            design=rated.rule.design.name,
            word=word,
            reason=reason,
            score=score,
            tables=[
                (caption, rows)
                for caption, rows in (("The scores it was given", given), ("What is shown", shown))
                if rows
            ],
        )

    rows = [("score given", line, cell.text) for line, cell in given]
    rows += [("shown", line, cell.text) for line, cell in shown]
    columns = (Column("What"), Column("Statement or area"), Column("Level"))
    return Figure(title, "", picture, Table(title, columns, tuple(rows)), True, text)


def _word(rated: Rated) -> tuple[str, str]:
    """Return the one word, or that there is none, or what is possible; and why."""
    result = rated.result
    headline = result.outcome.headline if result.outcome else result.headline
    if isinstance(headline, Headline):
        known = "" if result.outcome else "Certain, though not every score is known to us."
        return headline.name, known
    if isinstance(headline, NoHeadline):
        return "No one word", f"{headline.reason.rstrip('.')}."
    words = possible_words(result.possible)
    return f"{words[0].upper()}{words[1:]}", "Not every score is known to us."


def _given(rated: Rated) -> list[tuple[str, Cell]]:
    rows = []
    for statement in (rated.rule.source_version or rated.rule.version).statements:
        cell = rated.assessment.scores.get(statement.id)
        if isinstance(cell, Score):
            level = statement.scale.level(cell.level)
            shown = Cell(level_words(level), shade(level, statement.scale))
        elif isinstance(cell, Absence):
            shown = Cell(cell.kind.replace("_", " "), "unknown")
        else:
            shown = Cell(NOT_KNOWN, "unknown")
        rows.append((statement.name, shown))
    return rows


def _shown(rated: Rated) -> list[tuple[str, Cell]]:
    outcome = rated.result.outcome or rated.result.settled
    if outcome is None:
        return []
    scales = {one.id: one.scale for one in rated.rule.published.areas}
    return [
        (
            one.name,
            Cell(level_words(one.level), shade(one.level, scales[one.id]))
            if one.level
            else Cell(one.absent or NOT_KNOWN, "unknown"),
        )
        for one in outcome.areas
    ]
