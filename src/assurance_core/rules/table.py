"""Table: the first row whose condition holds decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from assurance_core.rules.conditions import Condition, absent_words, bind_condition
from assurance_core.rules.kind import BoundStep, StepKind
from assurance_core.rules.scope import Scope, level_words
from assurance_core.rules.values import (
    UNCOVERED,
    Columns,
    Levels,
    LevelType,
    Running,
    ValueType,
    choose,
)

Row = tuple[Condition, int]


def _apply(rows: Sequence[Row], otherwise: int, running: Running, columns: Columns) -> Levels:
    positions: Any = otherwise
    for condition, position in reversed(rows):
        positions = choose(condition.holds(running, columns), position, positions)
    if isinstance(running, Levels):
        positions = choose(running.positions > 0, positions, running.positions)
    return Levels(positions)


def _target(row: Mapping[str, Any], scope: Scope, key: str) -> tuple[int, str]:
    """Return the position or reason code of a row, and its words."""
    if ("then" in row) == ("unknown" in row):
        raise scope.fault(key, "a row with both or neither", "then or unknown", "keep one of them")
    if "unknown" in row:
        return scope.add_reason(row["unknown"]), f"no outcome ({row['unknown']})"
    position = scope.position(scope.scale, row["then"], f"{key}.then")
    return position, level_words(scope.scale.at(position))


def _detail(rows: Sequence[Row], before: Running, _after: Running, columns: Columns) -> str:
    absent = ""
    for number, (condition, _) in enumerate(rows, 1):
        absent = absent or absent_words(condition, columns)
        if condition.holds(before, columns):
            return f"row {number} is the first that holds: {condition.words}{absent}"
    return f"no row holds; otherwise applies{absent}"


def _bind(settings: Mapping[str, Any], scope: Scope, before: ValueType) -> BoundStep:
    if before is not None and not isinstance(before, LevelType):
        scope.need_level(before, "table")
    rows: list[Row] = []
    words = []
    for number, row in enumerate(settings["rows"]):
        condition = bind_condition(row["when"], scope, before, f"rows[{number}].when")
        position, target = _target(row, scope, f"rows[{number}]")
        rows.append((condition, position))
        words.append(f"{target} if {condition.words}")
    otherwise = UNCOVERED
    if "otherwise" in settings:
        given = settings["otherwise"]
        row = given if isinstance(given, Mapping) else {"then": given}
        otherwise, target = _target(row, scope, "otherwise")
        words.append(f"otherwise {target}")
    listed = [f"Row {number}: {row}" for number, row in enumerate(words[: len(rows)], 1)]
    listed += [f"Otherwise: {row.removeprefix('otherwise ')}" for row in words[len(rows) :]]
    reads = tuple(dict.fromkeys(name for condition, _ in rows for name in condition.reads))
    return BoundStep(
        LevelType(scope.scale),
        reads,
        "The first that holds: " + "; ".join(words),
        partial(_apply, rows, otherwise),
        partial(_detail, rows),
        remedy="add a row for it, or otherwise:",
        rows=tuple(listed),
    )


KINDS = (StepKind("table", _bind),)
