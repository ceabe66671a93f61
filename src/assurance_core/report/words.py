"""Words that several reports share."""

from __future__ import annotations

from fractions import Fraction

from assurance_core.model.citation import STATUS_MEANING, Citation
from assurance_core.model.outcome import Headline, NoHeadline, Number, PossibleOutcomes
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
    """Return a score with its highest value and, where it was rounded, the exact one.

    Example:
        >>> score_words(Number(Fraction(89), Fraction(800, 9), Fraction(100)))
        '89 of 100 (exactly 800/9, about 88.89)'
    """
    of = f" of {decimal_words(score.of)}" if score.of is not None else ""
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
    return " or ".join(headline_words(one) for one in possible.headlines)


def value_words(value: Fraction | Level | None) -> str:
    """Return a running value: a number, a level, or nothing yet."""
    if value is None:
        return "nothing yet"
    return level_words(value) if isinstance(value, Level) else number_words(value)


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


def status_words(status: str) -> str:
    """Return what a source status means."""
    return f"{status}: {STATUS_MEANING[status]}"


def count_words(count: int, word: str, plural: str = "") -> str:
    """Return a number with its noun.

    Example:
        >>> count_words(1, "council"), count_words(3, "body", "bodies")
        ('1 council', '3 bodies')
    """
    return f"{count} {word if count == 1 else plural or word + 's'}"


def joined(words: list[str] | tuple[str, ...]) -> str:
    """Return words as a sentence lists them.

    Example:
        >>> joined(["York"]), joined(["Hull", "York", "Kent"])
        ('York', 'Hull, York and Kent')
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
