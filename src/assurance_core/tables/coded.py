"""Columns of Arrow as codes of the few cells that they hold, so that each is read once.

The cells are the texts that `cell_text` makes of any table, so that a batch of a million rows is
read by the same rules, and refused with the same words, as a table of ten.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.tables.arrow_table import not_taken_apart
from assurance_core.tables.grid import BadCell
from assurance_core.tables.records import NOT_SHOWN, unreadable
from assurance_core.tables.typed import LONGEST_TEXT, cell_text

Cell = str | BadCell

_MOST_WHOLE = 1 << 8
"""Whole numbers that lie this close together are their own codes."""


@frozen(eq=False)
class CodedColumn:
    """One column of a batch.

    Attributes:
        codes: of each row, in `cells`.
        cells: as text; empty for null. Not all need be there, nor are they all different.
    """

    codes: NDArray[Any]
    cells: tuple[Cell, ...]

    def cell(self, row: int) -> Cell:
        """Return the cell of a row."""
        return self.cells[int(self.codes[row])]


def coded_column(column: Any) -> CodedColumn:
    """Return a column of Arrow, of any type, as codes."""
    from pyarrow import types

    kind = column.type
    if types.is_nested(kind):
        valid = column.is_valid().to_numpy(zero_copy_only=False)
        return CodedColumn(valid.astype(np.uint8), ("", not_taken_apart(kind)))
    if types.is_integer(kind) and len(column):
        whole = _whole_numbers(column)
        if whole:
            return whole
    encoded = column if types.is_dictionary(kind) else column.dictionary_encode()
    values = encoded.dictionary.to_pylist()
    cells = (*map(cell_text, values), "")
    codes = encoded.indices.cast("int64").fill_null(len(values))
    return CodedColumn(codes.to_numpy(zero_copy_only=False), cells)


def one_cell(column: Any, row: int) -> Cell:
    """Return one cell of a column of Arrow."""
    from pyarrow import types

    value = column[row]
    if types.is_nested(column.type):
        return not_taken_apart(column.type) if value.is_valid else ""
    return cell_text(value.as_py())


def cells_at_fault(column: Any) -> NDArray[np.bool_]:
    """Return which cells of a column are at fault whatever they say, as names and notes can be."""
    from pyarrow import compute, types

    if types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not (types.is_string(column.type) or types.is_large_string(column.type)):
        coded = coded_column(column)
        bad = [isinstance(cell, BadCell) or bool(unreadable(cell)) for cell in coded.cells]
        faults: NDArray[np.bool_] = np.array(bad)[coded.codes]
        return faults
    faults = np.zeros(len(column), dtype=np.bool_)
    if (compute.max(compute.binary_length(column)).as_py() or 0) > LONGEST_TEXT:
        lengths = compute.fill_null(compute.utf8_length(column), 0)
        faults |= lengths.to_numpy(zero_copy_only=False) > LONGEST_TEXT
    # Plain text is told from all other at a tenth of what looking for a pattern takes.
    if not compute.all(compute.ascii_is_printable(column), min_count=0).as_py():
        found = compute.match_substring_regex(column, NOT_SHOWN.pattern)
        faults |= compute.fill_null(found, False).to_numpy(zero_copy_only=False)
    return faults


def _whole_numbers(column: Any) -> CodedColumn | None:
    """Return whole numbers that lie close together, without looking any up."""
    from pyarrow import compute

    ends = compute.min_max(column).as_py()
    low, high = ends["min"], ends["max"]
    if low is None or high - low >= _MOST_WHOLE - 1:
        return None
    cells = ("", *(cell_text(value) for value in range(low, high + 1)))
    numbers = column.fill_null(low).to_numpy(zero_copy_only=False)
    if column.null_count:
        valid = column.is_valid().to_numpy(zero_copy_only=False)
        return CodedColumn(_from_one(numbers, low) * valid, cells)
    if numbers.dtype == np.uint8 or (low >= 0 and numbers.dtype == np.int8):
        # Small numbers are codes as they are: what lies below the lowest is never looked up.
        return CodedColumn(numbers.view(np.uint8), ("",) * low + cells[1:])
    return CodedColumn(_from_one(numbers, low), cells)


def _from_one(numbers: NDArray[Any], low: int) -> NDArray[np.uint8]:
    """Return whole numbers counted from 1; no type has room for one less than its lowest."""
    return (numbers - low).astype(np.uint8) + np.uint8(1)
