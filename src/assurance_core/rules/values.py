"""What steps work on: columns of exact ratios and columns of levels.

A column is a numpy array of integers. The arrays of one call broadcast against each other: the
same step runs on ten million rows, or on an open mesh of a whole space. Where one profile is rated
or explained, a column is a single whole number of Python's: numpy takes microseconds over what
Python does in a hundredth of that. Where a rule is handed on to a database, a column is a formula,
which records what is done with it. Operators work on all three alike; the functions below are for
what operators cannot do, so that no rule is written twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.model.scale import Scale
from assurance_core.rules import formula
from assurance_core.rules.formula import Formula

IntColumn = NDArray[np.int64]
BoolColumn = NDArray[np.bool_]
Columns = Mapping[str, IntColumn]

ABSENT = 0
UNCOVERED = -(1 << 20)
"""Stands in a level column where no rule applies; a design that leaves one does not compile."""

LARGEST = 1 << 62


@frozen(eq=False)
class Numbers:
    """A column of exact ratios: numerator over denominator, both whole, denominator positive."""

    numerator: IntColumn
    denominator: IntColumn


@frozen(eq=False)
class Levels:
    """A column of positions on a scale; below 1 there is no level: absent, or a reason's code."""

    positions: IntColumn


Running = Numbers | Levels | None


@frozen
class NumberType:
    """What is known of a number column before anything runs.

    Attributes:
        lowest, highest: no value lies outside.
        denominator: the largest denominator.
        of: the highest value as readers know it (100 for percentages), or None.
    """

    lowest: Fraction
    highest: Fraction
    denominator: int
    of: Fraction | None

    @property
    def numerator(self) -> int:
        """The largest numerator, regardless of sign."""
        return int(max(abs(self.lowest), abs(self.highest)) * self.denominator) + 1


@frozen
class LevelType:
    """The scale of a level column."""

    scale: Scale


ValueType = NumberType | LevelType | None


def choose(where: Any, then: Any, otherwise: Any) -> Any:
    """Return one value where something is true, and another where it is not."""
    if isinstance(where, bool):
        return then if where else otherwise
    if isinstance(where, Formula):
        return formula.choose(where, then, otherwise)
    return np.where(where, then, otherwise)


def together(join: Callable[[Any, Any], Any], columns: Iterable[Any]) -> Any:
    """Return columns joined by an operator for which neither order nor brackets matter.

    Neighbours are joined first, then what they give. On an open mesh numpy's innermost loop then
    runs over the last half of the axes, where one axis after the other would leave it four entries.
    """
    parts = list(columns)
    if isinstance(parts[0], int):
        return reduce(join, parts)
    while len(parts) > 1:
        odd = len(parts) % 2
        pairs = zip(parts[odd::2], parts[odd + 1 :: 2], strict=True)
        parts = parts[:odd] + [join(*pair) for pair in pairs]
    return parts[0]


def invert(truth: Any) -> Any:
    """Return where something is not true."""
    return not truth if isinstance(truth, bool) else ~truth


def lesser(values: Any, most: int) -> Any:
    """Return values, or a bound where they are above it."""
    if isinstance(values, int):
        return min(values, most)
    if isinstance(values, Formula):
        return choose(values > most, most, values)
    return np.minimum(values, most)


def greater(values: Any, least: int) -> Any:
    """Return values, or a bound where they are below it."""
    if isinstance(values, int):
        return max(values, least)
    if isinstance(values, Formula):
        return choose(values < least, least, values)
    return np.maximum(values, least)


def look_up(table: IntColumn, places: Any) -> Any:
    """Return what stands in a table at each place."""
    if isinstance(places, int):
        return table.item(places)
    return formula.look_up(table, places) if isinstance(places, Formula) else table[places]


def whole(truth: Any) -> Any:
    """Return 1 where something is true and 0 where it is not."""
    if isinstance(truth, bool):
        return int(truth)
    return formula.number(truth) if isinstance(truth, Formula) else np.asarray(truth, np.int64)


def everywhere(truth: Any) -> bool:
    """Say whether something is known to be true of every profile."""
    if isinstance(truth, bool):
        return truth
    return not isinstance(truth, Formula) and bool(np.all(truth))


def anywhere(truth: Any) -> bool:
    """Say whether something is known to be true of some profile."""
    if isinstance(truth, bool):
        return truth
    return not isinstance(truth, Formula) and bool(np.any(truth))


def all_there(columns: Iterable[Any]) -> bool:
    """Say whether every profile has a level in every column."""
    for column in columns:
        if isinstance(column, int):
            if column <= ABSENT:
                return False
        elif not everywhere(column > ABSENT):
            return False
    return True
