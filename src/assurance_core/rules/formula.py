"""Formulas: columns that are not there yet, and record what is done with them.

A step is a function on columns of integers. Run on formulas instead, the same function leaves
behind what it would do, so that a rule can be handed on to a database without being written a
second time. What a formula can be is known beforehand: a comparison that always or never holds is
a plain `True` or `False`, and steps go on as they do with one profile.
"""

from __future__ import annotations

import operator
from typing import Any

from attrs import field, frozen

from assurance_core.rules.possible_values import (
    COMPARISONS,
    Values,
    compared,
    ends,
    joined,
    narrowed,
    values_of,
)

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<>", "<>": "="}
_NEUTRAL = {"+": (0, 0), "-": (None, 0), "*": (1, 1)}
"""On the left and on the right: what leaves the other operand as it is."""


class NoFormulaError(Exception):
    """A step asked for the value of a formula: it is no function on columns."""


@frozen(eq=False, repr=False)
class Formula:
    """A whole number, or a truth, that depends on columns.

    Attributes:
        operator: `column`, `constant`, `choose`, `look_up`, `table` (a look-up that is too long to
            stand in a line), `quotient`, `and`, `or`, `not`, `negative`, or a sign:
            `+ - * % < <= > >= = <>`. What is left of a `%` is never below 0, as in Python.
        operands: formulas and whole numbers; the name of a column; for a look-up a formula and a
            mapping; for a quotient two numbers of which one is a multiple of the other.
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
        raise NoFormulaError

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise NoFormulaError

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
    return Formula("choose", (where, then, otherwise), joined(one, other))


def look_up(table: Any, place: Formula) -> Any:
    """Return what stands in an array at each place that there can be."""
    found = {one: int(table[one]) for one in each(place)}
    if all(one == other for one, other in found.items()):
        return place
    return Formula("look_up", (place, found), frozenset(found.values()))


def number(value: Any) -> Any:
    """Return a truth as 1 or 0, and a number as it is."""
    if isinstance(value, Formula):
        return choose(value, 1, 0) if value.truth else value
    return int(operator.index(value))


def negative(value: Formula) -> Any:
    """Return the number with the other sign."""
    value = number(value)
    if value.operator == "quotient":
        above, below = value.operands
        return Formula("quotient", (-above, below), values_of("-", frozenset({0}), value.values))
    if value.operator == "negative":
        return value.operands[0]
    if value.operator == "-":
        return arithmetic("-", *reversed(value.operands))
    return Formula("negative", (value,), values_of("-", frozenset({0}), value.values))


def arithmetic(sign: str, left: Any, right: Any) -> Any:
    """Return a sum, difference, product or remainder."""
    left, right = number(left), number(right)
    if _is(left, "quotient") or _is(right, "quotient"):
        return _with_quotient(sign, left, right)
    simpler = _simpler(sign, left, right)
    if simpler is not None:
        return simpler
    values = values_of(sign, possible(left), possible(right))
    lowest, highest = ends(values)
    if lowest == highest and not (_is(left, "constant") or _is(right, "constant")):
        return lowest
    return Formula(sign, (left, right), values)


def _simpler(sign: str, left: Any, right: Any) -> Any:
    """Return what an operation comes to, where it need not be done; None where it must."""
    neutral = _NEUTRAL.get(sign, (None, None))
    if sign == "*" and (_is_whole(left, 0) or _is_whole(right, 0)):
        return 0
    if _is_whole(left, neutral[0]):
        return right
    if _is_whole(right, neutral[1]):
        return left
    if sign == "-" and _is_whole(left, 0):
        return negative(right)
    if sign in "+-" and (_is(right, "negative") or (isinstance(right, int) and right < 0)):
        return arithmetic("-" if sign == "+" else "+", left, -right)
    return None


def floor_divide(left: Formula, right: Any) -> Any:
    """Return the whole part of a ratio, as a ratio without remainder; `right` is above 0.

    It is never divided: what it is compared with is multiplied by `right` instead.
    """
    left, right = number(left), number(right)
    if left.operator == "quotient":
        above, below = left.operands
        return floor_divide(above, below * right)
    values = values_of("//", left.values, possible(right))
    rest = arithmetic("%", left, right)
    whole = Formula("-", (left, rest), values_of("*", values, possible(right)))
    return Formula("quotient", (left if _is_whole(rest, 0) else whole, right), values)


def compare(sign: str, left: Any, right: Any) -> Any:
    """Return where a comparison holds: a plain truth if it always or never does."""
    left, right = number(left), number(right)
    outcomes = compared(sign, possible(left), possible(right))
    if len(outcomes) == 1:
        return outcomes.pop()
    if _is(left, "quotient"):
        above, below = left.operands
        return compare(sign, above, _scaled(right, below))
    if _is(right, "quotient"):
        above, below = right.operands
        return compare(sign, _scaled(left, below), above)
    return Formula(sign, (left, right), frozenset({0, 1}), truth=True)


def each(value: Any) -> list[int]:
    """Return, in order, everything that a level can be: there are few, and each is known."""
    values = possible(value)
    assert isinstance(values, frozenset)
    return sorted(values)


def possible(value: Any) -> Values:
    """Return what a formula or a whole number can be."""
    return value.values if isinstance(value, Formula) else frozenset({value})


def _is(value: Any, name: str) -> bool:
    return isinstance(value, Formula) and value.operator == name


def _is_whole(value: Any, wanted: int | None) -> bool:
    return isinstance(value, int) and value == wanted


def _scaled(value: Any, below: Any) -> Any:
    """Return a product in which readers see both factors."""
    shown = isinstance(below, int) and below != 1
    by = constant(below) if shown else below
    return arithmetic("*", value, by) if isinstance(by, Formula) else number(value) * by


def _both(name: str, left: Any, right: Any) -> Any:
    """Return where both, or either, of two truths hold."""
    for one, other in ((left, right), (right, left)):
        if not isinstance(one, Formula):
            return other if bool(one) == (name == "and") else bool(one)
    parts = [
        part for one in (left, right) for part in (one.operands if one.operator == name else (one,))
    ]
    return Formula(name, tuple(parts), frozenset({0, 1}), truth=True)


def _with_quotient(sign: str, left: Any, right: Any) -> Any:
    """Return what comes of a ratio without remainder: another one."""
    (above, below), (over, under) = _ratio(left), _ratio(right)
    values = values_of(sign, possible(left), possible(right))
    if sign == "*":
        return Formula("quotient", (above * over, below * under), values)
    if below is not under:
        above, over, below = above * under, over * below, below * under
    return Formula("quotient", (arithmetic(sign, above, over), below), values)


def _ratio(value: Any) -> tuple[Any, Any]:
    return value.operands if _is(value, "quotient") else (value, 1)


def _where(truth: Formula, value: Any) -> Values:
    """Return what a value can be where a truth holds, if that is a comparison of the value."""
    if truth.operator not in COMPARISONS or truth.operands[0] is not value:
        return possible(value)
    return narrowed(possible(value), truth.operator, truth.operands[1])
