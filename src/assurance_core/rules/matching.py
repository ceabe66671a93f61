"""How conditions run: levels compared on whole columns. An absent input meets nothing."""

from __future__ import annotations

from collections.abc import Iterator
from operator import add, and_, or_
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
    together,
    whole,
)

RESULT = "result"


@frozen
class Tests:
    """Comparisons of several inputs with a level each.

    Attributes:
        relation: `at_most`, `at_least` or `is`.
        positions: names of inputs, or `result` for the running level, each with the position of
            the level on the scale of what is compared.
    """

    relation: str
    positions: tuple[tuple[str, int], ...]

    def met(self, running: Running, columns: Columns) -> Iterator[BoolColumn]:
        """Return for each, in order, where the level compares as asked."""
        relation = self.relation
        for name, position in self.positions:
            column = columns[name] if name != RESULT else _result(running)
            if relation == "at_most":
                yield (column > ABSENT) & (column <= position)
            elif relation == "at_least":
                yield column >= position
            else:
                yield column == position


def _result(running: Running) -> IntColumn:
    assert isinstance(running, Levels)
    return running.positions


def any_all_none(tests: Tests, head: str, running: Running, columns: Columns) -> BoolColumn:
    """Return where any, all or none of the tests are met."""
    found: list[Any] = list(tests.met(running, columns))
    result: Any
    if set(map(type, found)) == {bool}:  # One profile; of formulas some may be known.
        result = all(found) if head == "all" else any(found)
    else:
        result = together(and_ if head == "all" else or_, found)
    truth: BoolColumn = invert(result) if head == "none" else result
    return truth


def count(tests: Tests, bound: str, limit: int, running: Running, columns: Columns) -> BoolColumn:
    """Return where no more than, or no fewer than, so many tests are met."""
    total: Any = together(add, map(whole, tests.met(running, columns)))
    reached: BoolColumn = total <= limit if bound == "no_more_than" else total >= limit
    return reached


def pair(left: str, right: str, relation: str, _running: Running, columns: Columns) -> BoolColumn:
    """Return where one input is above, below or the same as another."""
    one, other = columns[left], columns[right]
    there = (one > ABSENT) & (other > ABSENT)
    if relation == "above":
        return there & (one > other)
    return there & (one < other if relation == "below" else one == other)
