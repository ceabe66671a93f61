"""Cells that hold a number, a date or a truth value rather than text, as text.

Law 10: a number is taken if it is whole, and a notice says so; `true` and 2.5 are written out as
they are, and refused wherever a score is read. Nothing is ever rounded.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from assurance_core.tables.grid import BadCell

_LARGEST = 1 << 53
"""Above it, not every whole number can be held by a float."""
LONGEST_TEXT = 32_767
"""Characters of a cell, as in a spreadsheet."""


def cell_text(value: Any) -> str | BadCell:
    """Return a cell's value as text, without blanks around it.

    Example:
        >>> [cell_text(one) for one in (3, 3.0, 2.5, True, None, " 3.0 ", date(2025, 3, 1))]
        ['3', '3', '2.5', 'true', '', '3.0', '2025-03-01']
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool | int | float | Decimal):
        return _number(value)
    if isinstance(value, date):
        midnight = not isinstance(value, datetime) or value.timetz() == time()
        return value.isoformat()[:10] if midnight else str(value)
    kind = type(value).__name__
    return BadCell(f"a value of the type {kind}", "text, a number or a date", "convert the column")


def _text(value: str) -> str | BadCell:
    if len(value) <= LONGEST_TEXT:
        return value.strip()
    found, expected = f"a text of {len(value):,} characters", f"at most {LONGEST_TEXT:,} characters"
    return BadCell(found, expected, "shorten the text")


def _number(value: float | Decimal) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if is_whole_number(value) else str(value)


def is_whole_number(value: Any) -> bool:
    """Say whether a value is a number without a fraction, and of a size that is held exactly."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    finite = value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)
    if not finite:
        return False
    return -_LARGEST < value < _LARGEST and value == int(value)


def listed(names: Sequence[str], most: int = 3) -> str:
    """Return a few names, and how many more there are.

    Example:
        >>> listed(["a", "b"]), listed(["a", "b", "c", "d", "e"])
        ('a and b', 'a, b, c and 2 more')
    """
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([*([", ".join(names[:-1])] if names[:-1] else []), *names[-1:]])
