"""A plugin's own step, written as plain Python on one profile.

It is run on every profile of its judgement's space once, when the design is compiled; after that
it is a table like any other rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from assurance_core.model.scale import Level, Scale
from assurance_core.rules.kind import BoundStep, StepKind
from assurance_core.rules.scope import Scope
from assurance_core.rules.values import Columns, Levels, LevelType, Running, ValueType

RateOne = Callable[[Any, Mapping[str, Level | None], Level | None], str]


def python_step(name: str, rate_one: RateOne, words: str, schema: Mapping[str, Any]) -> StepKind:
    """Make a step kind from a function on one profile.

    Args:
        name: the key in documents; not one of the built-in kinds.
        rate_one: settings, levels of the inputs by id (None is absent) and the running level in;
            the id of a level of the judgement's scale out. It must be pure.
        words: the rule in plain words, without a full stop.
        schema: JSON Schema of the settings.

    Returns:
        A step kind to hand to the hook `assurance_step_kinds`.

    Example:
        >>> kind = python_step("best_of_two", lambda s, inputs, _: "good", "Best", {})
        >>> kind.name
        'best_of_two'
    """
    return StepKind(name, partial(_bind, rate_one, words), schema)


def _bind(
    rate_one: RateOne, words: str, settings: Any, scope: Scope, before: ValueType
) -> BoundStep:
    running_scale = before.scale if isinstance(before, LevelType) else None
    if before is not None and running_scale is None:
        scope.need_level(before, "this step")
    scales = {one.id: one.scale for one in scope.inputs}
    apply = partial(_apply, rate_one, settings, scales, running_scale, scope)
    return BoundStep(LevelType(scope.scale), tuple(scales), words, apply)


def _apply(
    rate_one: RateOne,
    settings: Any,
    scales: Mapping[str, Scale],
    running_scale: Scale | None,
    scope: Scope,
    running: Running,
    columns: Columns,
) -> Levels:
    before = running.positions if isinstance(running, Levels) else np.zeros((), dtype=np.int64)
    arrays = np.broadcast_arrays(before, *(columns[name] for name in scales))
    result = np.empty(arrays[0].shape, dtype=np.int64)
    for index in np.ndindex(result.shape):
        levels = {
            name: scale.at(int(array[index])) if array[index] > 0 else None
            for (name, scale), array in zip(scales.items(), arrays[1:], strict=True)
        }
        position = int(arrays[0][index])
        if running_scale is not None and position <= 0:
            result[index] = position
            continue
        level = running_scale.at(position) if running_scale is not None else None
        result[index] = scope.position(
            scope.scale, _rated(rate_one, settings, levels, level, scope), ""
        )
    return Levels(result)


def _rated(
    rate_one: RateOne,
    settings: Any,
    levels: Mapping[str, Level | None],
    running: Level | None,
    scope: Scope,
) -> str:
    """Call the plugin's function; whatever it raises becomes a fault that names the profile."""
    try:
        return rate_one(settings, levels, running)
    except Exception as error:
        profile = ", ".join(level.id if level else "absent" for level in levels.values())
        raise scope.fault(
            "",
            f"{type(error).__name__}: {error}, for {profile}",
            "a level for every profile",
            "mend the plugin that gives this step",
            "plugin",
        ) from error
