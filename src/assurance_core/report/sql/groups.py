"""Lines in groups: each is a part of the statement, which the next one reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from assurance_core.report.sql.lines import Line
from assurance_core.rules.formula import Formula

_LONGEST = 200
"""Parts of an expression, with names replaced by what they stand for, that are still quick."""


@frozen
class Group:
    """Lines that stand beside each other, as none needs another of them.

    Databases put what a column stands for in the place of its name. Where that would go on until
    an expression is longer than anything can read, the columns are worked out and kept.

    Attributes:
        lines: in order.
        kept: whether the database has to work them out once.
    """

    lines: tuple[Line, ...]
    kept: bool


def groups_of(lines: Sequence[Line]) -> list[Group]:
    """Return lines in groups, in their order; a table is a group of its own."""
    groups: list[Group] = []
    sizes: dict[str, int] = {}
    beside: list[Line] = []

    def close() -> None:
        found = {one.name: _size(one.formula, sizes) for one in beside}
        kept = max(found.values(), default=0) > _LONGEST
        if kept:
            sizes.clear()
        else:
            sizes.update(found)
        groups.append(Group(tuple(beside), kept))
        beside.clear()

    for line in lines:
        tables = {line.formula.operator, *(one.formula.operator for one in beside)} & {"table"}
        if beside and (tables or _reads(line.formula) & {one.name for one in beside}):
            close()
        beside.append(line)
    if beside:
        close()
    return groups


def _reads(value: Any) -> set[str]:
    """Return the names of the columns that a formula needs."""
    if not isinstance(value, Formula):
        return set()
    if value.operator == "column":
        return {value.operands[0]}
    return {name for one in value.operands for name in _reads(one)}


def _size(value: Any, of_columns: Mapping[str, int]) -> int:
    """Return how many parts a formula has once columns are replaced by what they stand for."""
    if not isinstance(value, Formula):
        return 1
    if value.operator == "column":
        return of_columns.get(value.operands[0], 1)
    return 1 + sum(_size(one, of_columns) for one in value.operands)
