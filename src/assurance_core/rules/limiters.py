"""Cap, floor, adjust and advise: what a condition does to a level that is already there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from assurance_core.rules.conditions import Condition, absent_words, bind_condition
from assurance_core.rules.kind import BoundStep, StepKind
from assurance_core.rules.scope import Scope, level_words
from assurance_core.rules.values import (
    Columns,
    IntColumn,
    Levels,
    LevelType,
    Running,
    ValueType,
    choose,
    greater,
    lesser,
)


def _where(condition: Condition, running: Levels, columns: Columns, then: IntColumn) -> Levels:
    """Return `then` where the condition holds and there is a level, else the level as it was."""
    acts = condition.holds(running, columns) & (running.positions > 0)
    return Levels(choose(acts, then, running.positions))


def _cap(at: int, condition: Condition, running: Running, columns: Columns) -> Levels:
    assert isinstance(running, Levels)
    return _where(condition, running, columns, lesser(running.positions, at))


def _floor(at: int, condition: Condition, running: Running, columns: Columns) -> Levels:
    assert isinstance(running, Levels)
    return _where(condition, running, columns, greater(running.positions, at))


def _adjust(by: int, top: int, condition: Condition, running: Running, columns: Columns) -> Levels:
    assert isinstance(running, Levels)
    return _where(condition, running, columns, lesser(greater(running.positions + by, 1), top))


def _advise(running: Running, _columns: Columns) -> Running:
    return running


def _detail(condition: Condition, before: Running, after: Running, columns: Columns) -> str:
    assert isinstance(before, Levels)
    assert isinstance(after, Levels)
    absent = absent_words(condition, columns)
    if not condition.holds(before, columns):
        return f"considered; the condition does not hold{absent}"
    names = condition.names_met(before, columns)
    listed = f": {', '.join(names)}" if names else ""
    same = int(before.positions) == int(after.positions)
    unchanged = "; the level is not changed by it" if same else ""
    return f"the condition holds{listed}{unchanged}{absent}"


def _bind(kind: str, settings: Mapping[str, Any], scope: Scope, before: ValueType) -> BoundStep:
    scale = scope.need_level(before, kind).scale
    condition = bind_condition(settings["when"], scope, before, "when")
    detail = partial(_detail, condition)
    gives = LevelType(scale)
    tells_apart = condition.tests
    if kind == "adjust":
        by = settings["by"]
        size = f"{abs(by)} level{'s' if abs(by) != 1 else ''}"
        words = f"Move {size} {'up' if by > 0 else 'down'} if {condition.words}"
        apply = partial(_adjust, by, len(scale), condition)
        return BoundStep(
            gives, condition.reads, words, apply, detail, limiter=True, tells_apart=tells_apart
        )
    at = scope.position(scale, settings["at"], "at")
    level = scale.at(at)
    if kind == "advise":
        words = f"Likely {level_words(level)} if {condition.words} (changes nothing)"
        return BoundStep(
            gives,
            condition.reads,
            words,
            _advise,
            detail,
            advises=level.id,
            holds=condition.holds,
            tells_apart=tells_apart,
        )
    limit, function = ("No better than", _cap) if kind == "cap" else ("No worse than", _floor)
    words = f"{limit} {level_words(level)} if {condition.words}"
    return BoundStep(
        gives,
        condition.reads,
        words,
        partial(function, at, condition),
        detail,
        limiter=True,
        tells_apart=tells_apart,
    )


KINDS = tuple(StepKind(kind, partial(_bind, kind)) for kind in ("cap", "floor", "adjust", "advise"))
