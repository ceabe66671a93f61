"""Rows that have the same numbers in several columns, as groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

_MOST_COUNTED = 1 << 16
"""Up to so many groups are counted rather than sorted."""


@frozen(eq=False)
class Groups:
    """Rows in groups.

    Attributes:
        numbers: of each row: that of its group, from 0 without holes.
        rows: of each group, one of its rows.
    """

    numbers: NDArray[np.int64]
    rows: NDArray[np.int64]


def grouped(columns: Iterable[tuple[NDArray[Any], int]], rows: int) -> Groups:
    """Group rows that are alike in every column.

    Args:
        columns: for each row a number from 0, and how many numbers there are.
        rows: how many.
    """
    numbers: NDArray[np.int64] = np.zeros(rows, dtype=np.int64)
    size = 1
    for column, count in columns:
        if count <= 1:
            continue
        if size * count > _MOST_COUNTED:
            groups = _without_holes(numbers, size)
            numbers, size = groups.numbers, len(groups.rows)
        numbers, size = numbers * count + column, size * count
    return _without_holes(numbers, size)


def _without_holes(numbers: NDArray[np.int64], size: int) -> Groups:
    if size > _MOST_COUNTED:
        _, rows, found = np.unique(numbers, return_index=True, return_inverse=True)
        return Groups(found.reshape(-1), rows)
    row = np.full(size, -1, dtype=np.int64)
    row[numbers] = np.arange(len(numbers))
    present = np.flatnonzero(row >= 0)
    if len(present) < size:
        renumbered = np.zeros(size, dtype=np.int64)
        renumbered[present] = np.arange(len(present))
        numbers = renumbered[numbers]
    return Groups(numbers, row[present])
