"""Scores given in a program: by number, id, name or alias, in order or by statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import getitem, index
from typing import TYPE_CHECKING, SupportsIndex

import numpy as np

from assurance_core.engine.graph import judged_key
from assurance_core.engine.profile import Profile, absence_words, bad_score, check_missing
from assurance_core.model.assessment import Absence
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.scale import Level, Scale, fold

if TYPE_CHECKING:
    from assurance_core.engine.rule import CompiledDesign

_PLAIN = (tuple, list)

Given = int | str | Absence
"""What stands for one statement: a level, or why there is none."""


def number_of(level: Level, scale: Scale) -> int:
    """Return the whole number that names a level: its id, or its position where ids are words."""
    return int(level.id) if scale.numbered else level.position


def position_of(value: object, scale: Scale) -> int:
    """Return the position of a level given by id or number; 0 if it is none.

    A whole number is the level with that number as id; where ids are words, the position.
    """
    if isinstance(value, str):
        level = None if value.strip().isdigit() else scale.by_word.get(fold(value))
    elif isinstance(value, bool | np.bool_) or not isinstance(value, SupportsIndex):
        level = None
    else:
        number = index(value)
        level = next((one for one in scale.levels if number_of(one, scale) == number), None)
    return level.position if level else 0


def quick_positions(rule: CompiledDesign, scores: object) -> tuple[int, ...] | None:
    """Return the positions of a plain list of whole numbers; None where a closer look is due."""
    if not isinstance(scores, _PLAIN):
        return None
    # By type, as True and 1.0 are equal to 1 and yet no scores.
    if tuple(map(type, scores)) != rule.whole_numbers:
        return None
    try:
        return tuple(map(getitem, rule.positions_by_number, scores))
    except KeyError:
        return None


def profile_of_scores(
    rule: CompiledDesign,
    scores: Sequence[Given] | Mapping[str, Given] | None = None,
    evidence: Mapping[str, Mapping[str, Given]] | None = None,
    judged: Mapping[str, str] | None = None,
) -> Profile:
    """Return the profile of scores given in a program; see `CompiledDesign.rate`."""
    faults: list[Fault] = []
    given: dict[str, object] = {}
    if isinstance(scores, Mapping):
        given.update(_by_statement(rule, scores, faults))
    elif scores is not None:
        given.update(_in_order(rule, scores))
    for statement, categories in (evidence or {}).items():
        given.update({f"{statement}.{category}": v for category, v in categories.items()})
    given.update({judged_key(key): value for key, value in (judged or {}).items()})
    known = {leaf.id for leaf in rule.leaves}
    for key in given:
        if key not in known:
            faults.append(
                Fault(
                    "unknown-id",
                    f"{rule.design.id}: scores",
                    f"'{key}'",
                    "something the design reads",
                    nearest(key, sorted(known)),
                )
            )
    positions = []
    absent: dict[str, str] = {}
    for leaf in rule.leaves:
        value = given.get(leaf.id)
        position = position_of(value, leaf.scale)
        if isinstance(value, Absence):
            absent[leaf.id] = absence_words(value)
        elif leaf.id in given and position == 0:
            faults.append(bad_score(leaf, value, "scores"))
        positions.append(position)
    if faults:
        raise AssuranceError(faults)
    missing = [leaf for leaf, position in zip(rule.leaves, positions, strict=True) if not position]
    check_missing(rule, missing, "scores", absent)
    return Profile(
        tuple(positions), {leaf.id: absent.get(leaf.id, "not given") for leaf in missing}
    )


def _in_order(rule: CompiledDesign, scores: Sequence[Given]) -> dict[str, object]:
    statements = [leaf.id for leaf in rule.leaves if leaf.kind == "statement"]
    if len(scores) != len(statements):
        raise AssuranceError(
            Fault(
                "missing-score" if len(scores) < len(statements) else "bad-score",
                f"{rule.design.id}: scores",
                f"{len(scores)} scores",
                f"{len(statements)}: {', '.join(statements)}",
                "give one score for each statement, in this order",
            )
        )
    return dict(zip(statements, scores, strict=True))


def _by_statement(
    rule: CompiledDesign, scores: Mapping[str, Given], faults: list[Fault]
) -> dict[str, object]:
    given: dict[str, object] = {}
    for name, value in scores.items():
        key = rule.statement_ids.get(fold(name), name)
        if key in given:
            faults.append(
                Fault(
                    "duplicate",
                    f"{rule.design.id}: scores",
                    f"'{name}', which is {key}, again",
                    "each statement once",
                    "remove one of the two",
                )
            )
        given[key] = value
    return given
