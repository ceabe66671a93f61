"""Formulas: columns that are not there yet, and record what is done with them.

A step is a function on columns of integers. Run on formulas instead, the same function leaves
behind what it would do, so that a rule can be handed on to a database without being written a
second time. What a formula can be is known beforehand: a comparison that always or never holds is
a plain `True` or `False`, and steps go on as they do with one profile.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping
from typing import Any

from attrs import field, frozen


@frozen
class Span:
    """Everything from one whole number to another, both included."""

    lowest: int
    highest: int


Values = frozenset[int] | Span
"""What a formula can be: each value if they are few, else from the lowest to the highest."""

_FEW = 1 << 10
_MOST_PAIRS = 1 << 14
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
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<>", "<>": "="}
_NEUTRAL = {"+": (0, 0), "-": (None, 0), "*": (1, 1)}
"""On the left and on the right: what leaves the other operand as it is."""


class NoFormula(Exception):
    """A step asked for the value of a formula: it is no function on columns."""


@frozen(eq=False, repr=False)
class Formula:
    """A whole number, or a truth, that depends on columns.

    Attributes:
        operator: `column`, `constant`, `choose`, `look_up`, `quotient`, `and`, `or`, `not`, `negative`,
            or a sign: `+ - * % < <= > >= = <>`. What is left of a `%` has the sign of what stands behind
            it, as in Python.
        operands: formulas and whole numbers; the name of a column; for `look_up` a formula
            and a mapping.
        values: what it can be; 0 and 1 for a truth.
        truth: whether it is a truth.
    """

    operator: str
    operands: tuple[Any, ...]
    values: Values
    truth: bool = field(default=False, kw_only=True)

    # Numpy leaves an operation with a formula to the formula.
    __array_ufunc__ = None
    __hash__ = object.__hash__

    def __add__(self, other: Any) -> Any:
        return arithmetic("+", self, other)

    def __radd__(self, other: Any) -> Any:
        return arithmetic("+", other, self)

    def __sub__(self, other: Any) -> Any:
        return arithmetic("-", self, other)

    def __rsub__(self, other: Any) -> Any:
        return arithmetic("-", other, self)

    def __mul__(self, other: Any) -> Any:
        return arithmetic("*", self, other)

    def __rmul__(self, other: Any) -> Any:
        return arithmetic("*", other, self)

    def __mod__(self, other: Any) -> Any:
        return arithmetic("%", self, other)

    def __floordiv__(self, other: Any) -> Any:
        return floor_divide(self, other)

    def __divmod__(self, other: Any) -> Any:
        return floor_divide(self, other), arithmetic("%", self, other)

    def __neg__(self) -> Any:
        return negative(self)

    def __lt__(self, other: Any) -> Any:
        return compare("<", self, other)

    def __le__(self, other: Any) -> Any:
        return compare("<=", self, other)

    def __gt__(self, other: Any) -> Any:
        return compare(">", self, other)

    def __ge__(self, other: Any) -> Any:
        return compare(">=", self, other)

    def __eq__(self, other: object) -> Any:
        return compare("=", self, other)

    def __ne__(self, other: object) -> Any:
        return compare("<>", self, other)

    def __and__(self, other: Any) -> Any:
        return _both("and", self, other)

    __rand__ = __and__

    def __or__(self, other: Any) -> Any:
        return _both("or", self, other)

    __ror__ = __or__

    def __invert__(self) -> Any:
        if self.operator in _OPPOSITE:
            return Formula(_OPPOSITE[self.operator], self.operands, self.values, truth=True)
        if self.operator == "not":
            return self.operands[0]
        return Formula("not", (self,), self.values, truth=True)

    def __bool__(self) -> bool:
        raise NoFormula

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise NoFormula

    __int__ = __index__ = __float__ = __iter__ = __bool__


def column(name: str, values: Values) -> Formula:
    """Return a column by its name.

    Example:
        >>> access = column("access", frozenset({1, 2, 3, 4}))
        >>> access > 0, (access > 3).operator
        (True, '>')
    """
    return Formula("column", (name,), values)


def constant(value: int) -> Formula:
    """Return a whole number that stays visible: products with it are not worked out."""
    return Formula("constant", (value,), frozenset({value}))


def choose(where: Formula, then: Any, otherwise: Any) -> Any:
    """Return one value where a truth holds, and another where it does not."""
    then, otherwise = number(then), number(otherwise)
    if then is otherwise:
        return then
    one, other = _where(where, then), _where(~where, otherwise)
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return Formula("choose", (where, then, otherwise), one | other)
    return Formula("choose", (where, then, otherwise), _span([*ends(one), *ends(other)]))


def look_up(table: Mapping[int, int], place: Formula) -> Any:
    """Return what stands in a table at each place that there can be."""
    assert isinstance(place.values, frozenset)  # Places in a table are levels.
    found = {one: int(table[one]) for one in sorted(place.values)}
    if all(one == other for one, other in found.items()):
        return place
    return Formula("look_up", (place, found), frozenset(found.values()))


def number(value: Any) -> Any:
    """Return a truth as 1 or 0, and a number as it is."""
    if isinstance(value, Formula):
        return choose(value, 1, 0) if value.truth else value
    return int(operator.index(value))


def ends(values: Values) -> tuple[int, int]:
    """Return the lowest and the highest of what a formula can be."""
    return (values.lowest, values.highest) if isinstance(values, Span) else (min(values), max(values))


def negative(value: Formula) -> Any:
    """Return the number with the other sign."""
    value = number(value)
    if value.operator == "quotient":
        above, below = value.operands
        return Formula("quotient", (-above, below), _values("-", 0, value))
    if value.operator == "negative":
        return value.operands[0]
    if value.operator == "-":
        return arithmetic("-", *reversed(value.operands))
    return Formula("negative", (value,), _values("-", 0, value))


def arithmetic(sign: str, left: Any, right: Any) -> Any:
    """Return a sum, difference, product or remainder."""
    left, right = number(left), number(right)
    if _is(left, "quotient") or _is(right, "quotient"):
        return _with_quotient(sign, left, right)
    if sign == "*" and (_is_whole(left, 0) or _is_whole(right, 0)):
        return 0
    neutral = _NEUTRAL.get(sign, (None, None))
    if _is_whole(left, neutral[0]):
        return right
    if _is_whole(right, neutral[1]):
        return left
    if sign == "-" and _is_whole(left, 0):
        return negative(right)
    if sign in "+-" and _is(right, "negative"):
        return arithmetic("-" if sign == "+" else "+", left, right.operands[0])
    values = _values(sign, left, right)
    lowest, highest = ends(values)
    if lowest == highest and not (_is(left, "constant") or _is(right, "constant")):
        return lowest
    return Formula(sign, (left, right), values)


def floor_divide(left: Formula, right: Any) -> Any:
    """Return the whole part of a ratio, as a ratio without remainder; `right` is above 0.

    It is never divided: what it is compared with is multiplied by `right` instead.
    """
    left, right = number(left), number(right)
    if left.operator == "quotient":
        above, below = left.operands
        return floor_divide(above, below * right)
    values = _values("//", left, right)
    rest = arithmetic("%", left, right)
    whole = Formula("-", (left, rest), _values("*", column("", values), right))
    return Formula("quotient", (left if _is_whole(rest, 0) else whole, right), values)


def compare(sign: str, left: Any, right: Any) -> Any:
    """Return where a comparison holds: a plain truth if it always or never does."""
    left, right = number(left), number(right)
    outcomes = _compared(sign, possible(left), possible(right))
    if len(outcomes) == 1:
        return outcomes.pop()
    if _is(left, "quotient"):
        above, below = left.operands
        return compare(sign, above, _scaled(right, below))
    if _is(right, "quotient"):
        above, below = right.operands
        return compare(sign, _scaled(left, below), above)
    return Formula(sign, (left, right), frozenset({0, 1}), truth=True)


def possible(value: Any) -> Values:
    """Return what a formula or a whole number can be."""
    return value.values if isinstance(value, Formula) else frozenset({value})


def _is(value: Any, name: str) -> bool:
    return isinstance(value, Formula) and value.operator == name


def _is_whole(value: Any, wanted: int | None) -> bool:
    return isinstance(value, int) and value == wanted


def _scaled(value: Any, below: Any) -> Any:
    """Return a product that shows both factors, for readers."""
    shown = isinstance(below, int) and below != 1
    return arithmetic("*", value, constant(below) if shown else below) if isinstance(below, Formula) or isinstance(value, Formula) or shown else value


def _both(name: str, left: Any, right: Any) -> Any:
    """Return where both, or either, of two truths hold."""
    for one, other in ((left, right), (right, left)):
        if not isinstance(one, Formula):
            return other if bool(one) == (name == "and") else bool(one)
    parts = [part for one in (left, right) for part in (one.operands if one.operator == name else (one,))]
    return Formula(name, tuple(parts), frozenset({0, 1}), truth=True)


def _with_quotient(sign: str, left: Any, right: Any) -> Any:
    """Return what comes of a ratio without remainder: another one."""
    (above, below), (over, under) = _ratio(left), _ratio(right)
    values = _values(sign, left, right)
    if sign == "*":
        return Formula("quotient", (above * over, below * under), values)
    if below is not under:
        above, over, below = above * under, over * below, below * under
    return Formula("quotient", (arithmetic(sign, above, over), below), values)


def _ratio(value: Any) -> tuple[Any, Any]:
    return value.operands if _is(value, "quotient") else (value, 1)


def _where(truth: Formula, value: Any) -> Values:
    """Return what a value can be where a truth holds, if that is a comparison of the value."""
    values = possible(value)
    if truth.operator not in COMPARISONS or truth.operands[0] is not value:
        return values
    bound = truth.operands[1]
    if isinstance(values, Span) or not isinstance(bound, int):
        return values
    return frozenset(one for one in values if COMPARISONS[truth.operator](one, bound))


def _values(sign: str, left: Any, right: Any) -> Values:
    """Return everything that an operation can give."""
    work = _ARITHMETIC[sign]
    one, other = possible(left), possible(right)
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        if len(one) * len(other) <= _MOST_PAIRS:
            found = frozenset(work(this, that) for this in one for that in other)
            return found if len(found) <= _FEW else _span(found)
    if sign == "%":
        return Span(0, ends(other)[1] - 1)
    return _span([work(this, that) for this in ends(one) for that in ends(other)])


def _span(values: Collection[int]) -> Span:
    return Span(min(values), max(values))


def _compared(sign: str, left: Values, right: Values) -> set[bool]:
    """Return whether a comparison can hold, and whether it can fail."""
    holds = COMPARISONS[sign]
    if isinstance(left, frozenset) and isinstance(right, frozenset) and len(right) == 1:
        (only,) = right
        return {holds(one, only) for one in left}
    (low, high), (least, most) = ends(left), ends(right)
    if sign in ("=", "<>") and (high < least or most < low):
        return {sign == "<>"}
    if sign in ("=", "<>"):
        return {sign == "="} if low == high == least == most else {True, False}
    return {holds(one, other) for one in (low, high) for other in (least, most)}
