"""How conditions run: levels compared on whole columns. An absent input meets nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from assurance_core.rules.values import (
    ABSENT,
    BoolColumn,
    Columns,
    IntColumn,
    Levels,
    Running,
    invert,
)

RESULT = "result"


@frozen
class Test:
    """One comparison with a level.

    Attributes:
        name: the input, or `result` for the running level.
        relation: `at_most`, `at_least` or `is`.
        position: of the level, on the scale of what is compared.
    """

    name: str
    relation: str
    position: int

    def met(self, running: Running, columns: Columns) -> BoolColumn:
        """Return where the level compares as asked."""
        column = columns[self.name] if self.name != RESULT else _result(running)
        met: BoolColumn
        if self.relation == "at_most":
            met = (column > ABSENT) & (column <= self.position)
        elif self.relation == "at_least":
            met = column >= self.position
        else:
            met = column == self.position
        return met


def _result(running: Running) -> IntColumn:
    assert isinstance(running, Levels)
    return running.positions


def any_all_none(
    tests: Sequence[Test], head: str, running: Running, columns: Columns
) -> BoolColumn:
    """Return where any, all or none of the tests are met."""
    result = tests[0].met(running, columns)
    for test in tests[1:]:
        met = test.met(running, columns)
        result = (result & met) if head == "all" else (result | met)
    return invert(result) if head == "none" else result


def count(
    tests: Sequence[Test], bound: str, limit: int, running: Running, columns: Columns
) -> BoolColumn:
    """Return where no more than, or no fewer than, so many tests are met."""
    total: Any = 0
    for test in tests:
        total = total + test.met(running, columns)
    reached: BoolColumn = total <= limit if bound == "no_more_than" else total >= limit
    return reached


def pair(left: str, right: str, relation: str, _running: Running, columns: Columns) -> BoolColumn:
    """Return where one input is above, below or the same as another."""
    one, other = columns[left], columns[right]
    there = (one > ABSENT) & (other > ABSENT)
    if relation == "above":
        return there & (one > other)
    return there & (one < other if relation == "below" else one == other)
