"""Edits in the words of a design: with “Outstanding” from 80 instead of 88.

They stand in the names of what-ifs, which people read in headings and sentences; the path of an
edit stands in the lineage. An edit that has no words here goes by its path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assurance_core.documents.paths import split_path, step_kind, step_names
from assurance_core.model.design import RatingDesign
from assurance_core.model.patch import Edit
from assurance_core.model.scale import Scale

_ROUNDING = {
    "up": "up",
    "down": "down",
    "half_up": "to the nearest (halves up)",
    "half_even": "to the nearest (halves to the even one)",
}
_LIMITS = {"cap": "no better than", "floor": "no worse than"}
_WITHOUT = {
    "round": "rounding",
    "cap": "the limit from above",
    "floor": "the limit from below",
    "adjust": "the adjustment",
    "advise": "the advice",
}


def name_with_edits(design: RatingDesign, edits: Sequence[Edit]) -> str:
    """Return what a design is called with edits that nobody has named.

    Args:
        design: without the edits.
        edits: at least one.
    """
    with_, without, others = [], [], []
    for edit in edits:
        words = edit_words(design, edit)
        if not words:
            others.append(str(edit))
        elif edit.action == "remove":
            without.append(words)
        else:
            with_.append(words)
    parts = [f"with {_joined(with_)}"] if with_ else []
    parts += [f"without {_joined(without)}"] if without else []
    return f"{design.name}, {'; '.join([*parts, *others])}"


def edit_words(design: RatingDesign, edit: Edit) -> str:
    """Return an edit in words, to stand behind `with`, or `without` where it removes something.

    Args:
        design: the design that is edited.
        edit: the edit.

    Returns:
        The words; empty where there are none for it.
    """
    match split_path(edit.path):
        case (str(judgement), str(step), *keys) if judgement in design.judgements:
            found = _step(design, judgement, step)
        case _:
            found = None
    if found is None:
        return ""
    kind, settings = found
    scale = design.framework.scale(design.judgements[judgement].scale)
    words = ""
    if edit.action == "remove" and not keys and step == kind:
        words = _WITHOUT.get(kind, "")
    elif edit.action == "insert" and not keys:
        words = _inserted(edit.value, scale)
    elif edit.action == "set" and not isinstance(edit.value, Mapping | list | None):
        words = _set(kind, keys, edit.value, _old(settings, keys), design, scale)
    if words and len(design.judgements) > 1:
        words += f" in {_quoted(design.judgements[judgement].name)}"
    return words


def _step(design: RatingDesign, judgement: str, step: str) -> tuple[str, Any] | None:
    """Return the kind and settings of a step of the document, if it has it."""
    steps = design.document["judgements"][judgement]["steps"]
    names = step_names(steps)
    if step not in names:
        return None
    found = steps[names.index(step)]
    return step_kind(found), found[step_kind(found)]


def _old(settings: Any, keys: Sequence[str | int]) -> Any:
    """Return what stands in the settings of a step; None where nothing does."""
    for key in keys:
        try:
            settings = settings[key]
        except (KeyError, IndexError, TypeError):
            return None
    return settings


def _inserted(step: Any, scale: Scale | None) -> str:
    kind = step_kind(step) if isinstance(step, Mapping) else ""
    settings = step[kind] if kind in _LIMITS else None
    level = _level(scale, settings.get("at")) if isinstance(settings, Mapping) else ""
    return f"a further limit, {_LIMITS[kind]} {level}" if level else ""


def _set(
    kind: str,
    keys: Sequence[str | int],
    new: Any,
    old: Any,
    design: RatingDesign,
    scale: Scale | None,
) -> str:
    words = ""
    match kind, *keys:
        case ("band", level) if _level(scale, level) and old is not None:
            words = f"{_level(scale, level)} from {new} instead of {old}"
        case ("band", "ranges", level, int(end)) if _level(scale, level) and old is not None:
            words = f"{_level(scale, level)} {'to' if end else 'from'} {new} instead of {old}"
        case ("round", "toward") if new in _ROUNDING and old in _ROUNDING:
            words = f"rounding {_ROUNDING[new]} instead of {_ROUNDING[old]}"
        case ("round", "to"):
            words = f"rounding to a multiple of {new} instead of {old}"
        case ("cap" | "floor", "at") if _level(scale, new) and _level(scale, old):
            words = f"{_LIMITS[kind]} {_level(scale, new)} instead of {_level(scale, old)}"
        case (_, "weights", str(key)):
            names = {one.id: one.name for one in design.framework.versions[-1].statements}
            names |= {one.id: one.name for one in design.judgements.values()}
            name = _quoted(names.get(key, key))
            words = f"{name} counted {new} times instead of {1 if old is None else old}"
    return words


def _level(scale: Scale | None, level: object) -> str:
    """Return a level's name in quotation marks; empty where the scale does not have it."""
    known = scale.by_id.get(str(level)) if scale else None
    return _quoted(known.name) if known else ""


def _quoted(text: str) -> str:
    """Return a text in the quotation marks that stand inside others."""
    return f"\N{LEFT SINGLE QUOTATION MARK}{text}\N{RIGHT SINGLE QUOTATION MARK}"


def _joined(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
