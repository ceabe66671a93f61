"""Sum, percentage of the maximum, weighted mean: numbers from points."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from math import lcm
from operator import add
from typing import Any

import numpy as np

from assurance_core.model.scale import Scale
from assurance_core.rules.kind import BoundStep, StepKind
from assurance_core.rules.scope import MAP_FIRST, Scope, exact, number_words, ratio_words
from assurance_core.rules.values import (
    ABSENT,
    Columns,
    IntColumn,
    Numbers,
    NumberType,
    Running,
    ValueType,
    greater,
    look_up,
    together,
    whole,
)

_ADD_UP = "write sum: {across_scales: true} if their points are to be added up as they are"


def _weights(settings: Mapping[str, Any], scope: Scope) -> dict[str, Fraction]:
    given = settings.get("weights", {})
    weights = {one.id: Fraction(1) for one in scope.inputs}
    for name, weight in given.items():
        for input_id in scope.resolve(name, f"weights.{name}"):
            weights[input_id] = exact(weight)
    if scope.omits and not all(weights.values()):
        zero = next(input_id for input_id, weight in weights.items() if not weight)
        raise scope.fault(
            f"weights.{zero}",
            "a weight of 0 where inputs may be left out",
            "a positive weight for each input",
            f"take {zero} out of the inputs",
        )
    if sum(weights.values()) <= 0:
        raise scope.fault(
            "weights", "weights that sum to zero", "a positive sum", "give some input a weight"
        )
    return weights


Points = Mapping[str, IntColumn | None]
"""By input, the points of each position; None where they are the positions themselves."""


def _points(scale: Scale) -> IntColumn | None:
    """Return the points of each position; None where they are the positions themselves."""
    if all(level.points == level.position for level in scale.levels):
        return None
    return np.array([0, *(level.points for level in scale.levels)], dtype=np.int64)


def weighted_sum(columns: Columns, weights: Mapping[str, int], points: Points) -> IntColumn:
    """Return the sum of weight times points; an absent input counts nothing."""
    parts = []
    for name, weight in weights.items():
        table = points[name]
        column = columns[name] if table is None else look_up(table, columns[name])
        parts.append(column if weight == 1 else column * weight)
    found: IntColumn = together(add, parts)
    return found


def weight_present(columns: Columns, weights: Mapping[str, int]) -> IntColumn:
    """Return the sum of the weights of the inputs that are there."""
    present = (whole(columns[name] != ABSENT) * weight for name, weight in weights.items())
    found: IntColumn = together(add, present)
    return found


def _apply(
    weights: Mapping[str, int],
    points: Points,
    top: int,
    scale_down: int,
    per_weight: bool,
    omits: bool,
    _running: Running,
    columns: Columns,
) -> Numbers:
    numerator = weighted_sum(columns, weights, points) * top
    denominator: Any
    if not per_weight:
        denominator = scale_down
    elif omits:
        # Where nothing is there the engine gives no outcome; 1 keeps the ratio defined.
        denominator = greater(weight_present(columns, weights), 1) * scale_down
    else:
        denominator = sum(weights.values()) * scale_down
    return Numbers(numerator, denominator)


def _bind(name: str, settings: Mapping[str, Any], scope: Scope, before: ValueType) -> BoundStep:
    scope.need_nothing(before, name)
    ids = tuple(one.id for one in scope.inputs)
    if settings.get("across_scales"):
        scope.need_inputs(ids)
    else:
        scope.common_scale(ids, _ADD_UP if name == "sum" else MAP_FIRST)
    scales = {one.id: one.scale for one in scope.inputs}
    fractions = _weights(settings, scope)
    unit = lcm(*(weight.denominator for weight in fractions.values()))
    weights = {input_id: int(weight * unit) for input_id, weight in fractions.items()}
    highest_points = {one: max(level.points for level in scales[one].levels) for one in ids}
    lowest_points = {one: min(level.points for level in scales[one].levels) for one in ids}
    most, least = highest_points[ids[0]], lowest_points[ids[0]]
    total = sum(weights.values())
    of_points = sum(weights[one] * highest_points[one] for one in ids)
    if name == "sum":
        if scope.omits:
            raise scope.fault(
                "",
                "a sum where inputs may be left out",
                "an aggregate that does not depend on how many inputs are there",
                "use percent_of_maximum or weighted_mean, or missing: no_outcome",
            )
        top, down, per_weight = 1, unit, False
        lowest = Fraction(sum(weights[one] * lowest_points[one] for one in ids), unit)
        highest = Fraction(of_points, unit)
        of = highest
    elif name == "percent_of_maximum":
        if most <= 0:
            raise scope.fault(
                "", "a scale whose highest points are not above 0", "positive points", "use sum"
            )
        top, down, per_weight = 100, most, True
        lowest, highest, of = Fraction(100 * least, most), Fraction(100), Fraction(100)
    else:
        top, down, per_weight = 1, 1, True
        lowest, highest, of = Fraction(least), Fraction(most), Fraction(most)
    gives = NumberType(lowest, highest, total * down if per_weight else down, of)
    scope.check_size(gives)
    words = {
        "sum": "Add up the points",
        "percent_of_maximum": "Take the points as a percentage of the most points possible",
        "weighted_mean": "Take the mean of the points",
    }[name]
    uneven = {i: w for i, w in fractions.items() if w != 1}
    if uneven:
        listed = ", ".join(
            f"{scope.input(i).name} {number_words(w)} times" for i, w in uneven.items()
        )
        words += f", counting {listed}"
    if scope.omits:
        words += ", over what is there"
    points = {one: _points(scales[one]) for one in ids}
    apply = partial(_apply, weights, points, top, down, per_weight, scope.omits)
    if scope.omits:
        detail = partial(_detail_of_present, weights, top, most, unit)
    else:
        of_words = f"of {ratio_words(of_points, unit)} points" if of_points > 0 else "points"
        detail = partial(_detail, of_words, top, unit)
    tells_apart = partial(_tells_apart, weights, points, scope.omits)
    return BoundStep(gives, ids, words, apply, detail, tells_apart=tells_apart)


def _tells_apart(
    weights: Mapping[str, int], points: Points, omits: bool, columns: Columns
) -> list[IntColumn]:
    total = weighted_sum(columns, weights, points)
    return [total, weight_present(columns, weights)] if omits else [total]


def _detail(
    of_points: str, top: int, unit: int, _before: Running, after: Running, _columns: Columns
) -> str:
    return f"{_points_words(after, top, unit)} {of_points}"


def _detail_of_present(
    weights: Mapping[str, int],
    top: int,
    most: int,
    unit: int,
    _before: Running,
    after: Running,
    columns: Columns,
) -> str:
    highest = ratio_words(int(weight_present(columns, weights)) * most, unit)
    return f"{_points_words(after, top, unit)} of {highest} points"


def _points_words(after: Running, top: int, unit: int) -> str:
    """Return the points that an aggregate added up: its numerator is `top` times as many."""
    assert isinstance(after, Numbers)
    return ratio_words(int(after.numerator) // top, unit)


KINDS = tuple(
    StepKind(name, partial(_bind, name)) for name in ("sum", "percent_of_maximum", "weighted_mean")
)
