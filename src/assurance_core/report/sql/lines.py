"""Named columns, one behind the other: what a formula uses twice is worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import Factory, define, evolve, frozen

from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.report.sql.names import LONGEST_NAME
from assurance_core.rules.formula import Formula, column, possible
from assurance_core.rules.possible_values import ends
from assurance_core.rules.values import Levels, Numbers, Running

_LARGEST = 1 << 63
_PLAIN = ("column", "constant")


@frozen(eq=False)
class Line:
    """One column, worked out from those before it.

    Attributes:
        name: of the column.
        formula: what it holds.
        words: what is said of it: a paragraph each.
    """

    name: str
    formula: Formula
    words: tuple[str, ...] = ()


@define(eq=False)
class Lines:
    """The columns of a statement, as they are made.

    Attributes:
        place: the design, as errors print it.
        lines: in order.
    """

    place: str
    lines: list[Line] = Factory(list)
    _taken: set[str] = Factory(set)

    def name(self, wanted: str) -> str:
        """Return a name that no column has yet, short enough for every database."""
        name, number = wanted[:LONGEST_NAME], 1
        while name in self._taken:
            number += 1
            name = f"{wanted[: LONGEST_NAME - 6]}~{number}"
        self._taken.add(name)
        return name

    def add(self, wanted: str, value: Any, words: Sequence[str] = ()) -> Any:
        """Give a value a column of its own, unless it is one or a plain number; return that."""
        if not isinstance(value, Formula) or value.operator in _PLAIN:
            return value
        if value.operator == "quotient":
            above, below = value.operands
            above = self.add(wanted, above, words)
            return Formula("quotient", (above, self.add(f"{wanted}.of", below)), value.values)
        value = self._without_repeats(wanted, value)
        name = self.name(wanted)
        self.lines.append(Line(name, value, tuple(words)))
        return column(name, value.values)

    def add_running(self, wanted: str, running: Running, words: Sequence[str]) -> Any:
        """Give what a step leaves a column of its own, or two where it is a ratio."""
        if isinstance(running, Levels):
            return Levels(self.add(wanted, running.positions, words))
        assert running is not None
        above: Any = running.numerator
        below: Any = running.denominator
        return Numbers(self.add(wanted, above, words), self.add(f"{wanted}.of", below))

    def _without_repeats(self, wanted: str, value: Formula) -> Formula:
        """Give every part that stands in a formula more than once a column of its own."""
        uses: dict[int, int] = {}
        if _count(value, uses) >= _LARGEST:
            raise _too_large(self.place, wanted)
        made: dict[int, Any] = {}

        def rebuilt(part: Any) -> Any:
            if not isinstance(part, Formula) or part.operator in _PLAIN:
                return part
            if id(part) not in made:
                found = evolve(part, operands=tuple(rebuilt(one) for one in part.operands))
                often = uses[id(part)] > 1 and not part.truth and _is_long(part)
                made[id(part)] = self.add(wanted, found) if often else found
            return made[id(part)]

        found: Formula = rebuilt(value)
        return found


def _count(part: Any, uses: dict[int, int]) -> int:
    """Count where parts of a formula stand in it; return the largest number among them."""
    largest = max(map(abs, ends(possible(part))))
    if isinstance(part, Formula) and part.operator not in _PLAIN:
        uses[id(part)] = uses.get(id(part), 0) + 1
        if uses[id(part)] == 1:
            numbers = [one for one in part.operands if isinstance(one, Formula | int)]
            return max([largest, *(_count(one, uses) for one in numbers)])
    return largest


def _is_long(part: Formula) -> bool:
    """Say whether a formula is more than one operation on columns and whole numbers."""
    return any(isinstance(one, Formula) and one.operator not in _PLAIN for one in part.operands)


def _too_large(place: str, name: str) -> AssuranceError:
    return AssuranceError(
        Fault(
            "too-large",
            f"{place}: {name}",
            "numbers of more than 64 bits",
            "whole numbers that a database can hold",
            "use smaller weights, points or bounds, with fewer decimals",
        )
    )
