"""One converter for levels and scores, on every way in (law 10)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from assurance_core.documents.located import shown
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.scale import Level, Scale, fold

NO_SCORE = ("-", "n/a", "na", "none", "null", "0")
"""Words for a score that is not there; none of them says why."""

_NO_SCORE_IN_A_TABLE = (
    "a score that is not known is left empty, in a table or an assessment file; if there is none, "
    "a table says not assessed, not applicable or withheld"
)
_NO_SCORE_IN_A_DOCUMENT = (
    "a score that is not known is left empty; if there is none, write {not_assessed: REASON}, "
    "not_applicable or withheld"
)


def read_level(value: Any, scale: Scale, place: str) -> Level:
    """Return the level that a document's value names.

    A whole number names the level with that id; text names a level by id, name or alias. `true`,
    `3.0` and `"3"` are no scores.

    Args:
        value: as read from a document.
        scale: the scale of the statement.
        place: where it stands, for errors.

    Raises:
        AssuranceError: `bad-score`.

    Example:
        >>> scale = Scale.of("demo/score", ["1", "2", "3"])
        >>> read_level(3, scale, "scores.safety").id
        '3'
    """
    if isinstance(value, int) and not isinstance(value, bool):
        level = scale.by_id.get(str(value))
    elif isinstance(value, str) and not (scale.numbered and value.strip().isdigit()):
        level = scale.by_word.get(fold(value))
    else:
        level = None
    if level is None:
        raise AssuranceError(score_fault(value, scale, place))
    return level


def read_level_text(text: str, scale: Scale, place: str) -> Level:
    """Return the level that a word of a command line or a table cell names.

    Example:
        >>> scale = Scale.of("demo/score", ["1", "2", "3"])
        >>> read_level_text(" 3 ", scale, "--scores").id
        '3'
    """
    word = text.strip()
    level = scale.by_id.get(word) or scale.by_word.get(fold(word))
    if level is None:
        raise AssuranceError(score_fault(text, scale, place, quoted=True))
    return level


def score_fault(value: Any, scale: Scale, place: str, quoted: bool = False) -> Fault:
    """Return the fault for a value that is no level of its scale."""
    expected = f"one of {', '.join(scale.ids)}"
    if len(scale) > 12:
        expected = f"a level from {scale.ids[0]} to {scale.ids[-1]}"
    return Fault("bad-score", place, shown(value), expected, _remedy(value, scale, quoted))


def _remedy(value: Any, scale: Scale, quoted: bool) -> str:
    if isinstance(value, bool):
        return "true and false are no scores: write the level"
    if isinstance(value, Decimal | float):
        return "write a whole number, without a decimal point"
    if not isinstance(value, str):
        return f"write one of {', '.join(scale.ids[:12])}"
    word = value.strip()
    if not quoted and word in scale.by_id and word.isdigit():
        return "write the number without quotes"
    if word.casefold() in NO_SCORE:
        return _NO_SCORE_IN_A_TABLE if quoted else _NO_SCORE_IN_A_DOCUMENT
    return nearest(word, scale.ids) if word else f"write one of {', '.join(scale.ids[:12])}"
