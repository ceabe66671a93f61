"""Minimum, maximum, lower and upper median: a level from the order of the inputs."""

from __future__ import annotations

from functools import partial
from operator import add
from typing import Any

from assurance_core.rules.kind import BoundStep, StepKind
from assurance_core.rules.scope import MAP_FIRST, Scope
from assurance_core.rules.values import (
    ABSENT,
    Columns,
    IntColumn,
    Levels,
    LevelType,
    Running,
    ValueType,
    choose,
    together,
    whole,
)

_WORDS = {
    "minimum": "Take the lowest level",
    "maximum": "Take the highest level",
    "lower_median": "Take the middle level, the lower of two",
    "upper_median": "Take the middle level, the upper of two",
}


def _rank(name: str, present: IntColumn) -> IntColumn:
    """Return which of the sorted inputs is taken, counting from 0."""
    if name == "minimum":
        return present * 0
    if name == "maximum":
        return present - 1
    return (present - 1) // 2 if name == "lower_median" else present // 2


def _apply(
    name: str, ids: tuple[str, ...], top: int, _running: Running, columns: Columns
) -> Levels:
    present: Any = together(add, (whole(columns[one] != ABSENT) for one in ids))
    rank = _rank(name, present)
    # The input at that rank is at level L or above exactly when no more than `rank` are below L.
    positions: Any = 0
    for level in range(1, top + 1):
        below = together(
            add, (whole((columns[one] != ABSENT) & (columns[one] < level)) for one in ids)
        )
        positions = positions + (below <= rank)
    return Levels(choose(present == 0, ABSENT, positions))


def _bind(name: str, _settings: Any, scope: Scope, before: ValueType) -> BoundStep:
    scope.need_nothing(before, name)
    ids = tuple(one.id for one in scope.inputs)
    scale = scope.common_scale(ids, MAP_FIRST)
    words = _WORDS[name] + (" of what is there" if scope.omits else "")
    apply = partial(_apply, name, ids, len(scale))

    def tells_apart(columns: Columns) -> list[IntColumn]:
        return [apply(None, columns).positions]

    return BoundStep(LevelType(scale), ids, words, apply, tells_apart=tells_apart)


KINDS = tuple(StepKind(name, partial(_bind, name)) for name in _WORDS)
