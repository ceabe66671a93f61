"""What a formula can be, worked out before anything runs."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping

from attrs import frozen

_ARITHMETIC: Mapping[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "%": operator.mod,
    "//": operator.floordiv,
}
COMPARISONS: Mapping[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_FEW = 1 << 10
_MOST_PAIRS = 1 << 14


@frozen
class Span:
    """Everything from one whole number to another, both included."""

    lowest: int
    highest: int


Values = frozenset[int] | Span
"""What a formula can be: each value if they are few, else from the lowest to the highest."""


def ends(values: Values) -> tuple[int, int]:
    """Return the lowest and the highest."""
    if isinstance(values, Span):
        return values.lowest, values.highest
    return min(values), max(values)


def joined(one: Values, other: Values) -> Values:
    """Return what is one or the other."""
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one | other
    return _span([*ends(one), *ends(other)])


def narrowed(values: Values, sign: str, bound: object) -> Values:
    """Return those of which a comparison with a whole number holds."""
    if isinstance(values, Span) or not isinstance(bound, int):
        return values
    return frozenset(one for one in values if COMPARISONS[sign](one, bound))


def values_of(sign: str, one: Values, other: Values) -> Values:
    """Return everything that an operation can give; where it divides, by more than 0."""
    work = _ARITHMETIC[sign]
    if isinstance(one, Span) or isinstance(other, Span) or len(one) * len(other) > _MOST_PAIRS:
        if sign == "%":
            return Span(0, ends(other)[1] - 1)
        return _span([work(this, that) for this in ends(one) for that in ends(other)])
    found = frozenset(work(this, that) for this in one for that in other)
    return found if len(found) <= _FEW else _span(found)


def compared(sign: str, left: Values, right: Values) -> set[bool]:
    """Return whether a comparison can hold, and whether it can fail."""
    holds = COMPARISONS[sign]
    if isinstance(left, frozenset) and isinstance(right, frozenset) and len(right) == 1:
        (only,) = right
        return {holds(one, only) for one in left}
    (low, high), (least, most) = ends(left), ends(right)
    if sign in ("=", "<>") and not (high < least or most < low):
        return {True, False}
    return {holds(one, other) for one in (low, high) for other in (least, most)}


def _span(values: Collection[int]) -> Span:
    return Span(min(values), max(values))
