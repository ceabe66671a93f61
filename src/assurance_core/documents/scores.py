"""One converter for levels and scores, on every way in (law 10)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.scale import Level, Scale, fold


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
    is_text = isinstance(value, str)
    found = f"'{value}'" if is_text else str(value).lower() if value is not None else "nothing"
    if not found.isprintable() or len(found) > 80:
        found = found.encode("unicode_escape").decode()[:77] + "..."
    expected = f"one of {', '.join(scale.ids)}"
    if len(scale) > 12:
        expected = f"a level from {scale.levels[0].id} to {scale.levels[-1].id}"
    if isinstance(value, bool):
        remedy = "true and false are no scores: write the level"
    elif isinstance(value, Decimal | float):
        remedy = "write a whole number, without a decimal point"
    elif is_text and value.strip().isdigit() and value.strip() in scale.by_id and not quoted:
        remedy = "write the number without quotes"
    elif is_text and value.strip().casefold() in ("", "-", "n/a", "na", "none", "null"):
        remedy = "leave the cell empty if the score is not known"
    else:
        remedy = (
            nearest(str(value), scale.ids)
            if is_text
            else f"write one of {', '.join(scale.ids[:12])}"
        )
    return Fault("bad-score", place, found, expected, remedy)
