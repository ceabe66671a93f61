"""What steps work on: columns of exact ratios and columns of levels.

A column is a numpy array of integers. The arrays of one call broadcast against each other: the
same step runs on one profile, on ten million rows, or on an open mesh of a whole space.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.model.scale import Scale

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
