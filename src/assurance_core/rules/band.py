"""Band: a number becomes a level by the range it falls in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import pairwise, zip_longest
from typing import Any

from attrs import frozen

from assurance_core.rules.kind import BoundStep, StepKind
from assurance_core.rules.scope import Scope, exact, level_words, number_words, ratio_words
from assurance_core.rules.values import (
    UNCOVERED,
    BoolColumn,
    Columns,
    Levels,
    LevelType,
    Numbers,
    NumberType,
    Running,
    ValueType,
    choose,
)

RESERVED = ("ranges", "printed", "unknown")


@frozen
class Range:
    """From `lowest` (included) to `highest` (included), or to the next range where it is None."""

    position: int
    lowest: Fraction
    highest: Fraction | None = None

    @property
    def last(self) -> Fraction:
        """The highest value that is known to be in it."""
        return self.lowest if self.highest is None else self.highest


def at_least(number: Numbers, bound: Fraction) -> BoolColumn:
    """Compare a column of ratios with a bound, exactly, by cross-multiplication."""
    above, below = bound.as_integer_ratio()
    return number.numerator * below >= number.denominator * above


def at_most(number: Numbers, bound: Fraction) -> BoolColumn:
    """Compare a column of ratios with a bound, exactly, by cross-multiplication."""
    above, below = bound.as_integer_ratio()
    return number.numerator * below <= number.denominator * above


def _apply(ranges: Sequence[Range], running: Running, _columns: Columns) -> Levels:
    assert isinstance(running, Numbers)
    positions: Any = UNCOVERED
    for one in ranges:
        inside = at_least(running, one.lowest)
        if one.highest is not None:
            inside = inside & at_most(running, one.highest)
        positions = choose(inside, one.position, positions)
    return Levels(positions)


def _short(settings: Mapping[str, Any], scope: Scope) -> list[Range]:
    bounds = {key: exact(value) for key, value in settings.items() if key not in RESERVED}
    ranges = [Range(scope.position(scope.scale, key, key), low) for key, low in bounds.items()]
    return _in_order(ranges, "", scope)


def _long(settings: Mapping[str, Any], scope: Scope) -> list[Range]:
    extra = [key for key in settings if key not in RESERVED]
    if extra:
        raise scope.fault(
            extra[0], f"'{extra[0]}' beside ranges", "ranges only", "use one form", "bad-band"
        )
    ranges = [
        _closed(scope.position(scope.scale, key, f"ranges.{key}"), given, f"ranges.{key}", scope)
        for key, given in settings["ranges"].items()
    ]
    return _in_order(ranges, "ranges.", scope)


def _in_order(ranges: Sequence[Range], key: str, scope: Scope) -> list[Range]:
    """Return ranges by their numbers; raise unless these rise, or fall, from level to level.

    Both orders are there: more points may be better, and so may fewer faults.
    """
    by_level = sorted(ranges, key=lambda one: one.position)
    turns = [_turn(worse, better) for worse, better in pairwise(by_level)]
    for turn, one in zip(turns, by_level[1:], strict=True):
        if turn == 0 or turn != turns[0]:
            listed = (f"{scope.scale.at(r.position).id} {_from_words(r)}" for r in by_level)
            raise scope.fault(
                f"{key}{scope.scale.at(one.position).id}",
                f"from the worst level to the best: {', '.join(listed)}",
                "each level all above the one before it, or each all below it",
                "move a bound, so that the numbers rise or fall throughout",
                "bad-band",
            )
    return sorted(ranges, key=lambda one: one.lowest)


def _turn(worse: Range, better: Range) -> int:
    """Return 1 where the better range lies above the worse one, -1 below it, 0 across it."""
    if better.lowest > worse.last:
        return 1
    return -1 if worse.lowest > better.last else 0


def _closed(position: int, given: Sequence[Any], key: str, scope: Scope) -> Range:
    low, high = (exact(bound) for bound in given)
    if high < low:
        raise scope.fault(
            key,
            f"{number_words(low)} to {number_words(high)}",
            "the lower bound first",
            "swap the two bounds",
            "bad-band",
        )
    return Range(position, low, high)


def _unknown(settings: Mapping[str, Any], ranges: Sequence[Range], scope: Scope) -> list[Range]:
    """Return the ranges without an outcome; they may cut a hole into a band of the short form."""
    unknown: list[Range] = []
    taken = [one for one in ranges if one.highest is not None]
    for number, one in enumerate(settings.get("unknown", ())):
        key = f"unknown[{number}].range"
        found = _closed(scope.add_reason(one["reason"]), one["range"], key, scope)
        for other in taken:
            if found.lowest <= other.last and other.lowest <= found.last:
                raise scope.fault(
                    key,
                    f"{_range_words(found)}, and another range from {_range_words(other)}",
                    "ranges that do not overlap",
                    "move one of the two bounds",
                    "bad-band",
                )
        taken.append(found)
        unknown.append(found)
    return unknown


def _range_words(one: Range) -> str:
    if one.highest is None or one.highest == one.lowest:
        return number_words(one.lowest)
    return f"{number_words(one.lowest)} to {number_words(one.highest)}"


def _from_words(one: Range) -> str:
    return f"{'at' if one.lowest == one.highest else 'from'} {_range_words(one)}"


def _words(ranges: Sequence[Range], scope: Scope) -> str:
    parts = []
    for one in sorted(ranges, key=lambda one: one.lowest):
        name = level_words(scope.scale.at(one.position)) if one.position > 0 else "no outcome"
        parts.append(f"{name} {_from_words(one)}")
    return "Band: " + "; ".join(parts)


def _places(ranges: Sequence[Range], scope: Scope) -> dict[int, str]:
    """Return for each level, by position, what is said of a value in its range."""
    places: dict[int, str] = {}
    for one, upper in zip_longest(ranges, ranges[1:]):
        places[one.position] = f"is at or above {number_words(one.lowest)}"
        if upper:
            places[one.position] += (
                f" and below {number_words(upper.lowest)}, "
                f"where {level_words(scope.scale.at(upper.position))} begins"
            )
    return places


def _detail(places: Mapping[int, str], before: Running, after: Running, _columns: Columns) -> str:
    assert isinstance(before, Numbers)
    assert isinstance(after, Levels)
    value = ratio_words(int(before.numerator), int(before.denominator))
    return f"{value} {places.get(int(after.positions), 'has no known level')}"


def _bind(settings: Mapping[str, Any], scope: Scope, before: ValueType) -> BoundStep:
    number = scope.need_number(before, "band")
    ranges = _long(settings, scope) if "ranges" in settings else _short(settings, scope)
    if not ranges:
        raise scope.fault("", "a band without levels", "at least one level", "give lowest values")
    everything = [*ranges, *_unknown(settings, ranges, scope)]
    _check_reach(everything, number, scope)
    for one in everything:
        for bound in (one.lowest, one.last):
            scope.check_size(number, max(abs(bound.numerator), bound.denominator, 1))
    printed = {
        scope.position(scope.scale, key, f"printed.{key}"): (exact(low), exact(high))
        for key, (low, high) in settings.get("printed", {}).items()
    }
    gap = (
        "add a round step, close the gap between ranges"
        if "ranges" in settings
        else (f"let {scope.scale.at(ranges[0].position).id} begin there or below")
    )
    otherwise = _printed_otherwise(ranges, printed, scope)
    return BoundStep(
        LevelType(scope.scale),
        (),
        _words(everything, scope),
        partial(_apply, everything),
        partial(_detail, _places(ranges, scope)),
        printed={} if otherwise else printed,
        printed_otherwise=otherwise,
        remedy=f"{gap}, or name the range under unknown: with the reason",
    )


def _printed_otherwise(
    ranges: Sequence[Range], printed: Mapping[int, tuple[Fraction, Fraction]], scope: Scope
) -> str:
    """Return which levels begin elsewhere than printed, as after an edit; empty if none does."""
    return "; ".join(
        f"{level_words(scope.scale.at(one.position))} from {number_words(one.lowest)}, "
        f"printed from {number_words(printed[one.position][0])}"
        for one in ranges
        if one.position in printed and one.lowest != printed[one.position][0]
    )


def _check_reach(ranges: Sequence[Range], number: NumberType, scope: Scope) -> None:
    """Refuse a band that starts above the highest value there can be: its levels are dead."""
    lowest = min(one.lowest for one in ranges)
    if lowest > number.highest:
        raise scope.fault(
            "",
            f"bands from {number_words(lowest)}, values up to {number_words(number.highest)}",
            "bands among the values that the step before can give",
            "check whether the bounds are points or percentages",
            "bad-band",
        )


KINDS = (StepKind("band", _bind),)
