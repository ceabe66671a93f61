"""How conditions run: levels compared on whole columns. An absent input meets nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from operator import add, and_, eq, ge, or_
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
class Tests:
    """Comparisons of several inputs with a level each.

    Attributes:
        relation: `at_most`, `at_least` or `is`.
        names: of inputs; or `result` alone, for the running level.
        positions: for each, of the level, on the scale of what is compared.
    """

    relation: str
    names: tuple[str, ...]
    positions: tuple[int, ...]

    def met(self, running: Running, columns: Columns) -> Iterator[BoolColumn]:
        """Return for each, in order, where the level compares as asked."""
        if self.names == _RESULT_ALONE:
            assert isinstance(running, Levels)
            columns = {RESULT: running.positions}
        return map(_RELATIONS[self.relation], [columns[one] for one in self.names], self.positions)


def _at_most(column: IntColumn, position: int) -> BoolColumn:
    at_most: BoolColumn = (column > ABSENT) & (column <= position)
    return at_most


_RELATIONS: Mapping[str, Callable[[IntColumn, int], BoolColumn]] = {
    "at_most": _at_most,
    "at_least": ge,
    "is": eq,
}
_RESULT_ALONE = (RESULT,)


def any_all_none(tests: Tests, head: str, running: Running, columns: Columns) -> BoolColumn:
    """Return where any, all or none of the tests are met."""
    result = reduce(and_ if head == "all" else or_, tests.met(running, columns))
    return invert(result) if head == "none" else result


def count(tests: Tests, bound: str, limit: int, running: Running, columns: Columns) -> BoolColumn:
    """Return where no more than, or no fewer than, so many tests are met."""
    total: Any = reduce(add, tests.met(running, columns), 0)
    reached: BoolColumn = total <= limit if bound == "no_more_than" else total >= limit
    return reached


def pair(left: str, right: str, relation: str, _running: Running, columns: Columns) -> BoolColumn:
    """Return where one input is above, below or the same as another."""
    one, other = columns[left], columns[right]
    there = (one > ABSENT) & (other > ABSENT)
    if relation == "above":
        return there & (one > other)
    return there & (one < other if relation == "below" else one == other)
