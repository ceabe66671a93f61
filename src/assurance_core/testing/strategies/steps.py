"""Draw conditions, and steps of every kind that is built in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from assurance_core.model.scale import Scale
from assurance_core.testing.strategies.frameworks import Tree

ROUNDINGS = ("up", "down", "half_up", "half_even")

Inputs = Mapping[str, Scale]
"""The scales of what a judgement reads, by id."""


@st.composite
def conditions(
    draw: st.DrawFn, inputs: Inputs, result: Scale | None = None, depth: int = 2
) -> Tree:
    """Draw a condition on inputs, and on `result` where there is a running level."""
    forms = ["level", "level", "count"]
    pairs = [
        (one, other)
        for one in inputs
        for other in inputs
        if one < other and inputs[one].same_levels(inputs[other])
    ]
    forms += ["pair"] if pairs else []
    forms += ["and", "or", "not"] if depth else []
    form = draw(st.sampled_from(forms))
    if form == "not":
        return {"not": draw(conditions(inputs, result, depth - 1))}
    if form in ("and", "or"):
        deeper = conditions(inputs, result, depth - 1)
        return {form: draw(st.lists(deeper, min_size=1, max_size=3))}
    if form == "pair":
        one, other = draw(st.sampled_from(pairs))
        return {"input": one, draw(st.sampled_from(("above", "below", "same_as"))): other}
    known = {**inputs, **({"result": result} if result else {})}
    if len({scale.ids for scale in inputs.values()}) == 1:
        known["all"] = next(iter(inputs.values()))
    name = draw(st.sampled_from(sorted(known)))
    relation = draw(st.sampled_from(("at_most", "at_least", "is")))
    level = draw(st.sampled_from(known[name].ids))
    if form == "count":
        bound = draw(st.sampled_from(("no_more_than", "no_fewer_than")))
        return {"count": name, relation: level, bound: draw(st.integers(0, len(inputs) + 1))}
    return {draw(st.sampled_from(("any", "all", "none"))): name, relation: level}


def _step(kind: str, settings: Any) -> Tree:
    return {kind: settings, "source": "rule-book"}


@st.composite
def bands(draw: st.DrawFn, scale: Scale, lowest: int, highest: int) -> Tree:
    """Draw a band of the short form that leaves no value from `lowest` on without a level.

    Its bounds rise with the levels, or fall.
    """
    ids = draw(st.lists(st.sampled_from(scale.ids), min_size=1, unique=True))
    ids.sort(key=lambda one: scale.level(one).position, reverse=draw(st.booleans()))
    halves = st.integers(2 * lowest, 2 * highest + 4)
    size = len(ids) - 1
    bounds = sorted(draw(st.lists(halves, min_size=size, max_size=size, unique=True)))
    band: Tree = {ids[0]: lowest - 1}
    for one, bound in zip(ids[1:], bounds, strict=True):
        band[one] = bound // 2 if bound % 2 == 0 else bound / 2
    if draw(st.integers(0, 4)) == 0:
        low = draw(st.integers(lowest, highest))
        band["unknown"] = [{"range": [low, low + 1], "reason": "not known for these values"}]
    return band


@st.composite
def number_steps(draw: st.DrawFn, inputs: Inputs, scale: Scale, omits: bool) -> list[Tree]:
    """Draw an aggregate, perhaps a rounding, and a band, for inputs of one scale."""
    kinds = ["percent_of_maximum", "weighted_mean"] + ([] if omits else ["sum"])
    kind = draw(st.sampled_from(kinds))
    least = 1 if omits else 0
    weight = st.one_of(st.integers(least, 4), st.sampled_from((0.5, 1.5, 2.25)))
    weights = draw(st.dictionaries(st.sampled_from(sorted(inputs)), weight))
    if len(weights) == len(inputs) and not sum(weights.values()):
        weights = {}
    points = [level.points for level in next(iter(inputs.values())).levels]
    lowest, highest = min(points), max(points)
    if kind == "percent_of_maximum":
        lowest, highest = 100 * lowest // highest - 1, 100
    elif kind == "sum":
        lowest, highest = 8 * len(inputs) * min(lowest, 0), 4 * len(inputs) * highest
    steps = [_step(kind, {"weights": weights} if weights else {})]
    to = draw(st.sampled_from((None, 1, 1, 0.5, 2)))
    if to is not None:
        steps.append(_step("round", {"to": to, "toward": draw(st.sampled_from(ROUNDINGS))}))
    return [*steps, _step("band", draw(bands(scale, lowest - 3, highest)))]


@st.composite
def tables(draw: st.DrawFn, inputs: Inputs, scale: Scale, result: Scale | None = None) -> Tree:
    """Draw a table of rows, the last of which takes the rest."""
    rows = []
    for _ in range(draw(st.integers(1, 3))):
        row: Tree = {"when": draw(conditions(inputs, result, 1))}
        if draw(st.integers(0, 4)) == 0:
            row["unknown"] = draw(st.sampled_from(("not published", "not decided")))
        else:
            row["then"] = draw(st.sampled_from(scale.ids))
        rows.append(row)
    return _step("table", {"rows": rows, "otherwise": draw(st.sampled_from(scale.ids))})


@st.composite
def later_steps(draw: st.DrawFn, inputs: Inputs, scale: Scale) -> Tree:
    """Draw a step that stands behind a level."""
    kind = draw(st.sampled_from(("cap", "floor", "adjust", "advise", "map", "table")))
    if kind == "map":
        return _step("map", {one: draw(st.sampled_from(scale.ids)) for one in scale.ids})
    if kind == "table":
        return draw(tables(inputs, scale, scale))
    when = draw(conditions(inputs, scale))
    if kind == "adjust":
        return _step(kind, {"by": draw(st.sampled_from((-3, -2, -1, 1, 2))), "when": when})
    return _step(kind, {"at": draw(st.sampled_from(scale.ids)), "when": when})


@st.composite
def steps(draw: st.DrawFn, inputs: Inputs, scale: Scale, omits: bool = False) -> list[Tree]:
    """Draw the steps of a judgement that ends on a scale."""
    alike = len({one.id for one in inputs.values()}) == 1
    first = draw(st.sampled_from(["start", "judged", "table", *(["number", "order"] * alike)]))
    if first == "number":
        made = draw(number_steps(inputs, scale, omits))
    elif first == "table":
        made = [draw(tables(inputs, scale))]
    elif first == "judged":
        made = [_step("start", "judged")]
    else:
        name = draw(st.sampled_from(sorted(inputs)))
        ways = ("minimum", "maximum", "lower_median", "upper_median")
        made = [
            _step("start", name) if first == "start" else _step(draw(st.sampled_from(ways)), {})
        ]
        if inputs[name].id != scale.id:
            targets = {one: draw(st.sampled_from(scale.ids)) for one in inputs[name].ids}
            made.append(_step("map", targets))
    for _ in range(draw(st.integers(0, 3))):
        made.append(draw(later_steps(inputs, scale)))
    return made
