"""Words that several reports share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from assurance_core.model.assessment import Absence, Assessment, Score
from assurance_core.model.citation import STATUS_MEANING, Citation
from assurance_core.model.crosswalk import Crosswalk
from assurance_core.model.outcome import (
    Headline,
    NoHeadline,
    Number,
    Outcome,
    PossibleOutcomes,
)
from assurance_core.model.scale import Level
from assurance_core.rules.scope import decimal_words, level_words, number_words

STATUS_WORDS = {
    "in_force": "in force",
    "superseded": "no longer in force",
    "proposed": "proposed",
    "what_if": "what-if",
    "reconstruction": "a reconstruction",
}


def headline_words(headline: Headline | NoHeadline) -> str:
    """Return a headline, or the words for none."""
    return headline.name if isinstance(headline, Headline) else "no headline"


def score_words(score: Number) -> str:
    """Return a score with its highest value, if above 0, and, where rounded, the exact one.

    Example:
        >>> score_words(Number(Fraction(89), Fraction(800, 9), Fraction(100)))
        '89 of 100 (exactly 800/9, about 88.89)'
    """
    of = f" of {decimal_words(score.of)}" if score.of is not None and score.of > 0 else ""
    rounded = (
        f" (exactly {score.exact}, {number_words(score.exact)})"
        if score.exact != score.value
        else ""
    )
    return f"{decimal_words(score.value)}{of}{rounded}"


def possible_words(possible: PossibleOutcomes) -> str:
    """Return what is certain, possible, or cannot be told."""
    if possible.certain is not None:
        return (
            f"certainly {headline_words(possible.certain)}"
            if possible.counts != (1,)
            else headline_words(possible.certain)
        )
    if possible.cannot_tell:
        return "cannot tell" + (f": {possible.reason}" if possible.reason else "")
    return " or ".join(dict.fromkeys(headline_words(one) for one in possible.headlines))


def value_words(value: Fraction | Level | None) -> str:
    """Return a running value: a number, a level, or that there is none."""
    if value is None:
        return "no level"
    return level_words(value) if isinstance(value, Level) else number_words(value)


def rule_lines(words: str, rows: Sequence[str]) -> tuple[str, ...]:
    """Return a rule in plain words; a table has a line for each row."""
    if not rows:
        return (f"{words}.",)
    return ("The first row that holds decides.", *(f"{row}." for row in rows))


def source_words(source: Citation) -> str:
    """Return a citation on one line, with its status first."""
    parts = [f"[{source.status}] {source.title}"]
    if source.author:
        parts.append(source.author)
    if source.date:
        parts.append(source.date)
    line = ", ".join(parts)
    if source.note:
        line += f" ({source.note.rstrip('.')})"
    return f"{line} {source.link}".strip()


def crosswalk_words(crosswalk: Crosswalk) -> str:
    """Return that scores were translated, by what, and whether the scales' owners agree to it."""
    status = crosswalk.source.status
    words = f"The scores were translated by the crosswalk {crosswalk.id} [{status}]: "
    words += f"{crosswalk.name}."
    return words if status == "official" else f"{words} The scales have no official read-across."


def status_lines(statuses: Iterable[str]) -> list[str]:
    """Return what the source statuses in a report mean, one a line."""
    return [f"[{one}]: {STATUS_MEANING[one]}" for one in sorted(set(statuses))]


def short_level(level: Level) -> str:
    """Return a level in a list of many: its number, or else its name.

    Example:
        >>> short_level(Level(3, "3", "good standard", 3)), short_level(Level(1, "bad", "Bad", 1))
        ('3', 'Bad')
    """
    return level.id if level.id.isdigit() else level.name


def score_signs(assessment: Assessment, spaced: bool = False) -> str:
    """Return the scores in order, one sign each: numbers, or initials of grade words.

    A dot is a score not known to us; a dash says that there is none, for a stated reason.

    Args:
        assessment: with its scores.
        spaced: keep the signs apart, as the signs of other rows are: see `any_spaced`.
    """
    signs = _signs(assessment)
    return (" " if spaced or _is_spaced(signs) else "").join(signs)


def any_spaced(assessments: Iterable[Assessment]) -> bool:
    """Say whether some of these have a sign of several letters, so that all are kept apart."""
    return any(_is_spaced(_signs(one)) for one in assessments)


def _is_spaced(signs: Sequence[str]) -> bool:
    return any(len(sign) != 1 for sign in signs)


def _signs(assessment: Assessment) -> list[str]:
    signs = []
    for cell in assessment.scores.values():
        if not isinstance(cell, Score):
            signs.append("–" if isinstance(cell, Absence) else "·")
        elif cell.level.isdigit():
            signs.append(cell.level)
        else:
            signs.append("".join(word[0] for word in cell.level.split("_")).upper())
    return signs


def outcome_words(outcome: Outcome | None, possible: PossibleOutcomes) -> str:
    """Return an outcome in a few words, or what is possible where scores are not known."""
    if outcome is None:
        only = possible.certain
        if isinstance(only, NoHeadline):
            return "not known"
        return headline_words(only) if only else possible_words(possible)
    if isinstance(outcome.headline, Headline):
        score = f" {decimal_words(outcome.score.value)}" if outcome.score else ""
        return headline_words(outcome.headline) + score
    # A judgement's own reason: the design has a headline, which a rule or a gap leaves open.
    if outcome.headline.reason in [one.reason for one in outcome.judgements if not one.level]:
        return headline_words(outcome.headline)
    return _card_words(outcome)


def _card_words(outcome: Outcome) -> str:
    """Return a card in a few words: how many areas are below the standard."""
    if outcome.score is not None and not outcome.areas:
        return f"score {decimal_words(outcome.score.value)}"
    if not outcome.areas and outcome.consequences:
        return "; ".join(one.text for one in outcome.consequences)
    if not outcome.areas:
        return "in words only" if outcome.strengths or outcome.improvements else "no headline"
    if any(one.below_good is None for one in outcome.areas):
        return count_words(len(outcome.areas), "area")
    below = [one for one in outcome.areas if one.below_good]
    return f"{len(below)} below standard"


def who(assessment: Assessment, dated: bool = True) -> str:
    """Return a body's name, with the assessment's date where that is needed to tell it apart."""
    date = f" {assessment.date}" if dated and assessment.date else ""
    return f"{assessment.body.name}{date}"


def plural(word: str) -> str:
    """Return the plural of a noun, by the rule for regular nouns.

    Example:
        >>> plural("council"), plural("local authority"), plural("boy")
        ('councils', 'local authorities', 'boys')
    """
    if word.endswith("s"):
        return word
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2] not in "aeiou" else f"{word}s"


def count_words(count: int, word: str, several: str = "") -> str:
    """Return a number with its noun.

    Example:
        >>> count_words(1, "council"), count_words(1200, "patch", "patches")
        ('1 council', '1,200 patches')
    """
    return f"{count:,} {word if count == 1 else several or plural(word)}"


def joined(words: Sequence[str]) -> str:
    """Return words as a sentence lists them.

    Example:
        >>> joined(["York"]), joined(["Hull", "York", "Kent"])
        ('York', 'Hull, York and Kent')
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
