"""Map: each level of one scale becomes a level of another."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

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
    look_up,
)


def _apply(targets: IntColumn, running: Running, _columns: Columns) -> Levels:
    assert isinstance(running, Levels)
    there = running.positions > 0
    mapped = look_up(targets, choose(there, running.positions, 0))
    return Levels(choose(there, mapped, running.positions))


def _bind(settings: Mapping[str, Any], scope: Scope, before: ValueType) -> BoundStep:
    source = scope.need_level(before, "map").scale
    targets = np.zeros(len(source) + 1, dtype=np.int64)
    for key, level in settings.items():
        targets[scope.position(source, key, str(key))] = scope.position(
            scope.scale, level, str(key)
        )
    left_out = [level.id for level in source.levels if targets[level.position] == 0]
    if left_out:
        raise scope.fault(
            "",
            f"no target for {', '.join(left_out)}",
            f"a target for each level of {source.id}",
            f"add {left_out[0]}: to the map",
            "gap",
        )
    words = "Read as: " + "; ".join(
        f"{level_words(level)} → {level_words(scope.scale.at(int(targets[level.position])))}"
        for level in source.levels
    )
    return BoundStep(LevelType(scope.scale), (), words, partial(_apply, targets))


KINDS = (StepKind("map", _bind),)
