"""Start: begin with the level of one input, or with the level an assessor chose."""

from __future__ import annotations

from functools import partial

from assurance_core.rules.kind import BoundStep, StepKind
from assurance_core.rules.scope import Scope
from assurance_core.rules.values import Columns, Levels, LevelType, Running, ValueType

JUDGED = "judged"


def _apply(input_id: str, _running: Running, columns: Columns) -> Levels:
    return Levels(columns[input_id])


def _bind(settings: str, scope: Scope, before: ValueType) -> BoundStep:
    scope.need_nothing(before, "start")
    if settings == JUDGED:
        words = "Start with the level that the assessor judged"
        return BoundStep(
            LevelType(scope.scale), (scope.judged,), words, partial(_apply, scope.judged)
        )
    names = scope.resolve(settings, "")
    if len(names) != 1:
        raise scope.fault(
            "", f"'{settings}', which is {len(names)} inputs", "one input", "name one input"
        )
    found = scope.input(names[0])
    return BoundStep(
        LevelType(found.scale), names, f"Start with {found.name}", partial(_apply, found.id)
    )


KINDS = (StepKind("start", _bind),)
