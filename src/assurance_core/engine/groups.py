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

    numbers: NDArray[Any]
    rows: NDArray[Any]


def grouped(columns: Iterable[tuple[NDArray[Any], int]], rows: int) -> Groups:
    """Group rows that are alike in every column.

    Args:
        columns: for each row a number from 0, and how many numbers there are.
        rows: how many, at least one.
    """
    groups = Groups(np.zeros(rows, dtype=np.int32), np.zeros(1, dtype=np.int32))
    numbers, size = groups.numbers, 1
    for column, count in columns:
        if count <= 1:
            continue
        if size * count > _MOST_COUNTED:
            groups = _without_holes(numbers, size)
            numbers, size = groups.numbers, len(groups.rows)
        if size == 1:
            numbers, size = column, count
        else:
            kind = np.int32 if size * count < np.iinfo(np.int32).max else np.int64
            numbers, size = numbers * kind(count) + column, size * count
    return _without_holes(numbers, size) if size > 1 else groups


def _without_holes(numbers: NDArray[Any], size: int) -> Groups:
    if size > _MOST_COUNTED:
        _, rows, found = np.unique(numbers, return_index=True, return_inverse=True)
        return Groups(found.ravel(), rows)
    row = np.full(size, -1, dtype=np.int32)
    row[numbers] = np.arange(len(numbers), dtype=np.int32)
    present = np.flatnonzero(row >= 0)
    if len(present) < size:
        renumbered = np.zeros(size, dtype=np.int32)
        renumbered[present] = np.arange(len(present))
        numbers = renumbered[numbers]
    return Groups(numbers, row[present])
