"""Round a number to a multiple, in a stated direction."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from typing import Any

from assurance_core.rules.kind import BoundStep, StepKind
from assurance_core.rules.scope import Scope, exact, number_words
from assurance_core.rules.values import (
    Columns,
    IntColumn,
    Numbers,
    NumberType,
    Running,
    ValueType,
)

_WORDS = {
    "up": "up",
    "down": "down",
    "half_up": "to the nearest, halves up",
    "half_even": "to the nearest, halves to the even one",
}


def round_ratio(numerator: IntColumn, denominator: IntColumn, toward: str) -> IntColumn:
    """Return the ratio rounded to a whole number.

    Args:
        numerator, denominator: columns; the denominator is positive.
        toward: `up`, `down`, `half_up` or `half_even`.

    Example:
        >>> import numpy as np
        >>> [int(round_ratio(np.array(5), np.array(2), way)) for way in ("up", "down", "half_even")]
        [3, 2, 2]
    """
    if toward == "up":
        return -(-numerator // denominator)
    if toward == "down":
        return numerator // denominator
    nearest: IntColumn
    nearest, rest = divmod(2 * numerator + denominator, 2 * denominator)
    if toward == "half_even":
        nearest = nearest - ((rest == 0) & (nearest % 2 == 1))
    return nearest


def _apply(to: Fraction, toward: str, running: Running, _columns: Columns) -> Numbers:
    assert isinstance(running, Numbers)
    above, below = to.as_integer_ratio()
    multiples = round_ratio(running.numerator * below, running.denominator * above, toward)
    denominator: Any = below
    return Numbers(multiples * above, denominator)


def _bind(settings: Mapping[str, Any], scope: Scope, before: ValueType) -> BoundStep:
    number = scope.need_number(before, "round")
    to, toward = exact(settings["to"]), settings["toward"]
    if to <= 0:
        raise scope.fault("to", str(settings["to"]), "a number above 0", "write to: 1")
    scope.check_size(number, 4 * to.numerator * to.denominator)
    lowest = (number.lowest // to) * to
    highest = -((-number.highest) // to) * to
    gives = scope.check_size(NumberType(lowest, highest, to.denominator, number.of))
    target = "a whole number" if to == 1 else f"a multiple of {number_words(to)}"
    words = f"Round {_WORDS[toward]} to {target}"
    if toward.startswith("half"):
        words = f"Round {target.replace('a ', 'to a ', 1)}, {_WORDS[toward].split(', ')[1]}"
    return BoundStep(gives, (), words, partial(_apply, to, toward))


KINDS = (StepKind("round", _bind),)
