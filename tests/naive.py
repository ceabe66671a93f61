"""A second evaluator, written apart from the engine: one profile, plain Python, fractions.

It reads a design's steps as its document has them and imports nothing of `rules` or `engine`. It
is slow, has no types of columns and no tables, and says nothing about errors.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

from attrs import define, evolve, field

from assurance_core.model.design import Judgement, RatingDesign
from assurance_core.model.framework import FrameworkVersion
from assurance_core.model.scale import Scale

Cells = Mapping[str, str | None]


@define
class Rated:
    """What one judgement came to."""

    level: str | None = None
    reason: str = ""
    score: Fraction | None = None
    exact: Fraction | None = None
    bit: list[str] = field(factory=list)
    advised: list[str] = field(factory=list)


class MissingScoreError(Exception):
    """A judgement that cannot do without an input met its absence."""


class UnknownError(Exception):
    """A row or a range without an outcome, with its reason."""


@define
class Scene:
    """One judgement on one profile: its inputs with their scales and positions (None: absent)."""

    scale: Scale
    omits: bool
    scales: dict[str, Scale]
    positions: dict[str, int | None]
    names: dict[str, tuple[str, ...]]
    judged: int | None
    number: Fraction | None = None
    result: int | None = None
    result_scale: Scale | None = None

    def members(self, name: str) -> tuple[str, ...]:
        return (name,) if name in self.positions else self.names[name]

    def present(self) -> list[str]:
        return [one for one, position in self.positions.items() if position is not None]


def rate(
    design: RatingDesign, version: FrameworkVersion, cells: Cells, **overrides: str
) -> dict[str, Rated]:
    """Return what every judgement comes to.

    Args:
        design: as read from its document.
        version: of its framework.
        cells: level ids by `statement`, `statement.category` and `judged.judgement`; None is
            absent for a stated reason.
        overrides: levels by professional judgement.
    """
    expanded = expand(design, version)
    rated: dict[str, Rated] = {}

    def judgement(name: str) -> Rated:
        if name not in rated:
            found = _rate_one(design, version, expanded, expanded[name], cells, judgement)
            if name in overrides:
                found = evolve(found, level=overrides[name], reason="")
            rated[name] = found
        return rated[name]

    return {name: judgement(name) for name in expanded}


def expand(design: RatingDesign, version: FrameworkVersion) -> dict[str, Judgement]:
    """Return the judgements, those for each statement or theme repeated."""
    expanded = {}
    for one in design.judgements.values():
        if not one.for_each:
            expanded[one.id] = one
        for item in version.statements if one.for_each == "statements" else ():
            expanded[item.id] = evolve(one, id=item.id, name=item.name, template=one.id)
        for theme in version.themes if one.for_each == "themes" else ():
            expanded[theme.id] = evolve(one, id=theme.id, name=theme.name, template=one.id)
    return expanded


def _rate_one(
    design: RatingDesign,
    version: FrameworkVersion,
    expanded: dict[str, Judgement],
    judgement: Judgement,
    cells: Cells,
    other: Any,
) -> Rated:
    inputs = _inputs(design, version, expanded, judgement, cells, other)
    absent = [one for one, (rated, _) in inputs.items() if not rated.level and not rated.reason]
    if absent and judgement.missing == "error":
        raise MissingScoreError
    for rated, _ in inputs.values():
        if rated.reason:
            return Rated(reason=rated.reason)
    judged = cells.get(f"judged.{judgement.id}")
    needs_judged = any((s.kind, s.settings) == ("start", "judged") for s in judgement.steps)
    present = sum(rated.level is not None for rated, _ in inputs.values())
    omits = judgement.missing == "omit"
    enough = present >= (judgement.omit_down_to if omits else len(inputs))
    if not enough or (needs_judged and judged is None):
        if judgement.missing == "error":
            raise MissingScoreError
        least = judgement.omit_down_to
        words = f"fewer than {least} input{'s' if least > 1 else ''} assessed"
        return Rated(
            reason=f"{judgement.name}: {words if omits else 'not every input was assessed'}"
        )
    scale = _scale(design, judgement.scale)
    groups = {theme.id: theme.statements for theme in version.themes} | dict(version.groups)
    scene = Scene(
        scale=scale,
        omits=omits,
        scales={one: input_scale for one, (_, input_scale) in inputs.items()},
        positions={
            one: input_scale.level(rated.level).position if rated.level is not None else None
            for one, (rated, input_scale) in inputs.items()
        },
        names={name: ids for name, ids in groups.items() if name not in inputs}
        | {"all": tuple(inputs)},
        judged=scale.level(judged).position if needs_judged and judged is not None else None,
    )
    return _run(judgement, scene)


def _inputs(
    design: RatingDesign,
    version: FrameworkVersion,
    expanded: dict[str, Judgement],
    judgement: Judgement,
    cells: Cells,
    other: Any,
) -> dict[str, tuple[Rated, Scale]]:
    statements = {one.id: one for one in version.statements}
    groups = {theme.id: theme.statements for theme in version.themes} | dict(version.groups)
    inputs: dict[str, tuple[Rated, Scale]] = {}

    def add(name: str) -> None:
        if name in expanded and name != judgement.id:
            inputs[name] = (other(name), _scale(design, expanded[name].scale))
        else:
            inputs[name] = (Rated(cells.get(name)), statements[name].scale)

    for name in judgement.inputs:
        if name == "evidence":
            for category in version.evidence_categories:
                key = f"{judgement.id}.{category}"
                inputs[key] = (Rated(cells.get(key)), statements[judgement.id].scale)
        elif name == "each":
            for one in groups[judgement.id]:
                add(one)
        elif name == "all":
            for one in statements:
                add(one)
        elif name in statements or (name in expanded and name != judgement.id):
            add(name)
        else:
            repeated = [one for one in expanded.values() if one.template == name]
            for one in [r.id for r in repeated] or groups[name]:
                add(one)
    return inputs


def _scale(design: RatingDesign, scale_id: str) -> Scale:
    return design.framework.scales[scale_id.partition("/")[2]]


def _run(judgement: Judgement, scene: Scene) -> Rated:
    rated = Rated()
    template = judgement.template or judgement.id
    for step in judgement.steps:
        before = scene.result
        try:
            _step(step.kind, step.settings, scene)
        except UnknownError as reason:
            return Rated(reason=str(reason))
        if scene.number is not None and scene.result is None:
            rated.score = scene.number
            rated.exact = scene.number if rated.exact is None else rated.exact
        elif scene.result is None:
            return Rated(reason=f"{judgement.name}: the input it starts with was not assessed")
        if step.kind in ("cap", "floor", "adjust") and before != scene.result:
            rated.bit.append(f"{template}.{step.id}")
        if step.kind == "advise" and holds(step.settings["when"], scene):
            rated.advised.append(str(step.settings["at"]))
    assert scene.result is not None
    rated.level = scene.scale.at(scene.result).id
    return rated


def _step(kind: str, settings: Any, scene: Scene) -> None:
    if kind in ("sum", "percent_of_maximum", "weighted_mean"):
        scene.number = _aggregate(kind, settings, scene)
    elif kind in ("minimum", "maximum", "lower_median", "upper_median"):
        _order(kind, scene)
    elif kind == "start" and settings == "judged":
        scene.result, scene.result_scale = scene.judged, scene.scale
    elif kind == "start":
        scene.result, scene.result_scale = scene.positions[settings], scene.scales[settings]
    elif kind == "round":
        assert scene.number is not None
        to = Fraction(str(settings["to"]))
        scene.number = round_to(scene.number / to, settings["toward"]) * to
    elif kind == "band":
        _band(settings, scene)
    elif kind == "table":
        _table(settings, scene)
    elif kind == "map":
        assert scene.result_scale is not None
        assert scene.result is not None
        level = settings[scene.result_scale.at(scene.result).id]
        scene.result, scene.result_scale = scene.scale.level(str(level)).position, scene.scale
    elif kind != "advise":
        _limit(kind, settings, scene)


def _aggregate(kind: str, settings: Any, scene: Scene) -> Fraction:
    weights = dict.fromkeys(scene.positions, Fraction(1))
    for name, weight in settings.get("weights", {}).items():
        for one in scene.members(name):
            weights[one] = Fraction(str(weight))
    total = highest = heavy = Fraction(0)
    for one in scene.present():
        scale, position = scene.scales[one], scene.positions[one]
        assert position is not None
        total += weights[one] * scale.at(position).points
        highest += weights[one] * max(level.points for level in scale.levels)
        heavy += weights[one]
    if kind == "sum":
        return total
    return 100 * total / highest if kind == "percent_of_maximum" else total / heavy


def _order(kind: str, scene: Scene) -> None:
    ranked = sorted(position for one in scene.present() if (position := scene.positions[one]))
    middle = len(ranked) / 2 - 0.5
    place = {
        "minimum": 0,
        "maximum": -1,
        "lower_median": floor(middle),
        "upper_median": ceil(middle),
    }[kind]
    scene.result, scene.result_scale = ranked[place], next(iter(scene.scales.values()))


def round_to(value: Fraction, toward: str) -> Fraction:
    """Return a whole number near a value."""
    low, high = Fraction(floor(value)), Fraction(ceil(value))
    if toward in ("up", "down"):
        return high if toward == "up" else low
    if value - low == high - value and low != high:
        if toward == "half_up":
            return high
        return low if low % 2 == 0 else high
    return low if value - low < high - value else high


def _band(settings: Any, scene: Scene) -> None:
    value = scene.number
    assert value is not None
    for one in settings.get("unknown", ()):
        low, high = (Fraction(str(bound)) for bound in one["range"])
        if low <= value <= high:
            raise UnknownError(one["reason"])
    if "ranges" in settings:
        (found,) = (
            level
            for level, (low, high) in settings["ranges"].items()
            if Fraction(str(low)) <= value <= Fraction(str(high))
        )
    else:
        reached = [
            level
            for level, low in settings.items()
            if level not in ("printed", "unknown") and Fraction(str(low)) <= value
        ]
        found = max(reached, key=lambda level: Fraction(str(settings[level])))
    scene.result, scene.result_scale = scene.scale.level(found).position, scene.scale


def _table(settings: Any, scene: Scene) -> None:
    row: Any = settings.get("otherwise")
    row = row if isinstance(row, Mapping) else {"then": row}
    for one in reversed(settings["rows"]):
        if holds(one["when"], scene):
            row = one
    if "unknown" in row:
        raise UnknownError(row["unknown"])
    scene.result, scene.result_scale = scene.scale.level(str(row["then"])).position, scene.scale


def _limit(kind: str, settings: Any, scene: Scene) -> None:
    if not holds(settings["when"], scene):
        return
    assert scene.result is not None
    assert scene.result_scale is not None
    if kind == "adjust":
        scene.result = max(1, min(len(scene.result_scale), scene.result + settings["by"]))
        return
    at = scene.result_scale.level(str(settings["at"])).position
    scene.result = min(scene.result, at) if kind == "cap" else max(scene.result, at)


def holds(condition: Any, scene: Scene) -> bool:
    """Say whether a condition holds; an absent input meets none."""
    if "and" in condition:
        return all(holds(one, scene) for one in condition["and"])
    if "or" in condition:
        return any(holds(one, scene) for one in condition["or"])
    if "not" in condition:
        return not holds(condition["not"], scene)
    if "input" in condition:
        return _pair(condition, scene)
    return _quantified(condition, scene)


def _quantified(condition: Any, scene: Scene) -> bool:
    (head,) = {"any", "all", "none", "count"} & set(condition)
    name = condition[head]
    if name == "result":
        assert scene.result_scale is not None
        met = [_meets(condition, scene.result, scene.result_scale)]
    else:
        met = [
            _meets(condition, scene.positions[one], scene.scales[one])
            for one in scene.members(name)
        ]
    if head == "count":
        least, most = condition.get("no_fewer_than", 0), condition.get("no_more_than", len(met))
        return bool(least <= sum(met) <= most)
    return {"any": any(met), "all": all(met), "none": not any(met)}[head]


def _pair(condition: Any, scene: Scene) -> bool:
    (relation,) = {"above", "below", "same_as"} & set(condition)
    left = scene.positions[scene.members(condition["input"])[0]]
    right = scene.positions[scene.members(condition[relation])[0]]
    if left is None or right is None:
        return False
    return {"above": left > right, "below": left < right, "same_as": left == right}[relation]


def _meets(condition: Any, position: int | None, scale: Scale) -> bool:
    (relation,) = {"at_most", "at_least", "is"} & set(condition)
    at = scale.level(str(condition[relation])).position
    if position is None:
        return False
    return {"at_most": position <= at, "at_least": position >= at, "is": position == at}[relation]
