"""One converter for levels and scores, on every way in (law 10)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from assurance_core.documents.located import shown
from assurance_core.model.assessment import Absence, AbsenceKind, Score
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.scale import Level, Scale, fold

NO_SCORE = ("-", "n/a", "na", "nan", "none", "null", "0")
"""Words for a score that is not there; none of them says why."""
ABSENCES: tuple[AbsenceKind, ...] = ("not_assessed", "not_applicable", "withheld")
"""Why there can be no score; each is written with a reason."""
_DECIMAL = re.compile(r"\d*\.\d+")


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


def read_cell_text(text: str, scale: Scale, place: str) -> Score | Absence:
    """Return what a word of a command line or a table cell says: a level, or why there is none.

    An absence is its kind, a colon and the reason. A level whose name reads like one is a level.

    Args:
        text: not empty; what is not known to us is no text at all.
        scale: the scale of the statement.
        place: where it stands, for errors.

    Raises:
        AssuranceError: `bad-score`.

    Example:
        >>> scale = Scale.of("demo/score", ["1", "2", "3"])
        >>> read_cell_text("3", scale, "--scores").level
        '3'
        >>> read_cell_text("Not applicable: no such service", scale, "--scores")
        Absence(kind='not_applicable', reason='no such service')
    """
    head, _, reason = text.partition(":")
    kind = next((one for one in ABSENCES if fold(one) == fold(head)), None)
    if kind is None or fold(text) in scale.by_word:
        return Score(read_level_text(text, scale, place).id)
    if not reason.strip():
        word, remedy = fold(kind), f"write {fold(kind)}: and the reason"
        raise AssuranceError(
            Fault("bad-score", place, shown(text.strip()), f"{word} with a reason", remedy)
        )
    return Absence(kind, reason.strip())


def score_fault(value: Any, scale: Scale, place: str, quoted: bool = False) -> Fault:
    """Return the fault for a value that is no level of its scale."""
    expected = f"one of {', '.join(scale.ids)}"
    if len(scale) > 12:
        expected = f"a level from {scale.ids[0]} to {scale.ids[-1]}"
    return Fault("bad-score", place, shown(value), expected, _remedy(value, scale, quoted))


def _remedy(value: Any, scale: Scale, quoted: bool) -> str:
    wrong_kind = _wrong_kind(value, scale)
    if wrong_kind:
        return wrong_kind
    if not isinstance(value, str):
        return f"write one of {', '.join(scale.ids[:12])}"
    word = value.strip()
    if not quoted and word in scale.by_id and word.isdigit():
        return "write the number without quotes"
    if word.casefold() in NO_SCORE:
        empty = "a score that is not known is left empty, in a table or an assessment file"
        why = "not applicable: REASON" if quoted else "{not_applicable: REASON}"
        return f"{empty}; where there is none, write for example {why}"
    return nearest(word, scale.ids) if word else f"write one of {', '.join(scale.ids[:12])}"


def _wrong_kind(value: Any, scale: Scale) -> str:
    """Return what to do about a truth value or a decimal, as a value or as text."""
    word = value.strip().casefold() if isinstance(value, str) else ""
    if isinstance(value, bool) or word in ("true", "false"):
        return "true and false are no scores: write the level"
    if isinstance(value, Decimal | float) or (scale.numbered and _DECIMAL.fullmatch(word)):
        return "write a whole number, without a decimal point"
    return ""
