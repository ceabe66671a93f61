"""A formula as an expression that DuckDB, PostgreSQL and SQLite read alike.

Whole numbers only. The three agree on `+ - *`, on comparisons and on `CASE`, and each lets what is
left of a `%` have the sign of what stands in front of it. They do not agree on `/`, which has a
fraction in DuckDB: so numbers are compared by multiplication, and the one division there is, of a
score that is to be shown, leaves no remainder and is exact in all of them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from typing import Any

from assurance_core.report.sql.names import quoted
from assurance_core.rules.formula import Formula
from assurance_core.rules.possible_values import COMPARISONS, ends

_WIDTH = 100
_BINDS = {"or": 1, "and": 2, "not": 3, **dict.fromkeys(COMPARISONS, 4)}
_BINDS |= {"+": 5, "-": 5, "*": 6, "%": 6, "negative": 7}
_ATOM = 9


def expression(value: Any, indent: str = "") -> str:
    """Return the text of a formula, a whole number or a plain truth.

    Args:
        value: what is written.
        indent: in front of every line but the first.
    """
    if not _is(value, "choose"):
        return _wrapped(_text(value)[0], indent)
    start, *lines, end = _case_lines(value)
    inner = f"{indent}  "
    return "\n".join([start, *(inner + _wrapped(one, inner) for one in lines), indent + end])


def _wrapped(text: str, indent: str) -> str:
    """Return a text in lines that are not too long; it holds names and numbers, no texts."""
    lines = textwrap.wrap(
        text, _WIDTH - len(indent), break_long_words=False, break_on_hyphens=False
    )
    return f"\n{indent}  ".join(lines)


def _is(value: Any, name: str) -> bool:
    return isinstance(value, Formula) and value.operator == name


def _text(value: Any) -> tuple[str, int]:
    """Return the text of a value, and how strongly it binds."""
    if not isinstance(value, Formula):
        return (f"({int(value)})" if value < 0 else str(int(value))), _ATOM
    if value.operator in _ATOMS:
        return _ATOMS[value.operator](value), _ATOM
    if value.operator == "%":
        return _remainder(*value.operands)
    name, (first, *others) = value.operator, value.operands
    binds = _BINDS[name]
    if name in ("negative", "not"):
        return ("-" if name == "negative" else "NOT ") + _within(first, binds + 1), binds
    # What stands behind a minus keeps its brackets; so do comparisons within comparisons.
    before = binds + 1 if name in COMPARISONS else binds
    behind = binds if name in ("and", "or", "+") else binds + 1
    sign = f" {name.upper()} "
    return sign.join([_within(first, before), *(_within(one, behind) for one in others)]), binds


def _look_up(value: Formula) -> str:
    place, table = value.operands
    rows = " ".join(f"WHEN {one} THEN {other}" for one, other in table.items())
    return f"CASE {_within(place, _ATOM)} {rows} END"


def _quotient(value: Formula) -> str:
    above, below = value.operands
    return f"CAST({_within(above, 6)} / {_within(below, 7)} AS BIGINT)"


_ATOMS: Mapping[str, Callable[[Formula], str]] = {
    "column": lambda value: quoted(value.operands[0]),
    "constant": lambda value: _text(value.operands[0])[0],
    "choose": lambda value: " ".join(_case_lines(value)),
    "look_up": _look_up,
    "quotient": _quotient,
}
"""What needs no brackets anywhere."""


def _within(value: Any, least: int) -> str:
    """Return the text of an operand, in brackets unless it binds strongly enough."""
    text, binds = _text(value)
    return text if binds >= least else f"({text})"


def _remainder(above: Any, below: Any) -> tuple[str, int]:
    """Return what is left, never below 0, whatever the sign of what is divided."""
    divisor = _within(below, 7)
    if ends(above.values)[0] >= 0:
        return f"{_within(above, 6)} % {divisor}", 6
    if above.operator == "negative":
        (positive,) = above.operands
        return f"({divisor} - {_within(positive, 6)} % {divisor}) % {divisor}", 6
    return f"({_within(above, 6)} % {divisor} + {divisor}) % {divisor}", 6


def _case_lines(value: Any) -> list[str]:
    lines = ["CASE"]
    while _is(value, "choose"):
        where, then, value = value.operands
        lines.append(f"WHEN {_within(where, 1)} THEN {_within(then, 5)}")
    return [*lines, f"ELSE {_within(value, 5)}", "END"]
