"""Outcomes that many rows share, kept once, as the columns of a batch."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from assurance_core.report.outcome_table import DataColumn, Made, OutcomeRow, Value

MOST_KEPT = 1 << 17
"""Outcomes that are kept from one batch to the next: some 100 MB at most."""


@define(eq=False)
class _Column:
    """The values of one column: each once, and which each outcome has."""

    of: DataColumn
    make: Callable[[OutcomeRow], Value]
    _values: dict[Value, int] = field(factory=dict)
    _places: list[int] = field(factory=list)
    _by_number: NDArray[np.int32] = field(factory=lambda: np.zeros(0, dtype=np.int32))
    _same: Any = None

    def add(self, row: OutcomeRow) -> None:
        self._places.append(self._values.setdefault(self.make(row), len(self._values)))

    def clear(self) -> None:
        self._values.clear()
        self._places.clear()
        self._by_number, self._same = self._by_number[:0], None

    def places(self, numbers: NDArray[Any]) -> tuple[NDArray[np.int32], list[Value]]:
        if len(self._by_number) < len(self._places):
            self._by_number = np.array(self._places, dtype=np.int32)
        return self._by_number[numbers], list(self._values)

    def array(self, numbers: NDArray[Any]) -> Any:
        if len(self._values) > 1:
            return _ARRAYS[self.of.kind](*self.places(numbers))
        if self._same is None or len(self._same) < len(numbers):
            # A column in which every row is alike is made once.
            places = np.zeros(len(numbers), dtype=np.int32)
            self._same = _ARRAYS[self.of.kind](places, list(self._values))
        return self._same[: len(numbers)]


class KeptOutcomes:
    """Numbers outcomes by a key, and gives the columns of rows that have these numbers."""

    def __init__(self, columns: Sequence[Made]) -> None:
        self._columns = [_Column(*made) for made in columns]
        self._numbers: dict[Hashable, int] = {}

    def number(self, key: Hashable, row: Callable[[], OutcomeRow]) -> int:
        """Return the number of an outcome; where it is new, it is worked out and kept."""
        found = self._numbers.get(key)
        if found is None:
            made = row()
            for column in self._columns:
                column.add(made)
            found = self._numbers[key] = len(self._numbers)
        return found

    def known(self, key: Hashable) -> int | None:
        """Return the number of an outcome, if it is kept."""
        return self._numbers.get(key)

    def columns(self, numbers: NDArray[Any]) -> dict[str, Any]:
        """Return an Arrow array for each column, by name; texts have a dictionary."""
        return {one.of.name: one.array(numbers) for one in self._columns}

    def places(self, name: str, numbers: NDArray[Any]) -> tuple[NDArray[Any], list[Value]]:
        """Return for each row a place in the values of a column, and these values."""
        return next(one for one in self._columns if one.of.name == name).places(numbers)

    def forget(self) -> bool:
        """Forget everything, if there is too much of it; numbers given out before are then void."""
        if len(self._numbers) <= MOST_KEPT:
            return False
        self._numbers.clear()
        for column in self._columns:
            column.clear()
        return True


def text_array(places: NDArray[Any], values: Sequence[Value]) -> Any:
    """Return texts, with a dictionary: `values[places]`."""
    import pyarrow

    kind = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    if all(value is None for value in values):
        return pyarrow.nulls(len(places), kind)
    mask = places == values.index(None) if None in values else None
    return pyarrow.DictionaryArray.from_arrays(
        pyarrow.array(places, pyarrow.int32(), mask=mask),
        pyarrow.array(["" if value is None else value for value in values], pyarrow.string()),
    )


def _number_array(places: NDArray[Any], values: Sequence[Any]) -> Any:
    import pyarrow

    if all(value is None for value in values):
        return pyarrow.nulls(len(places), pyarrow.float64())
    by_place = np.array([0 if value is None else value for value in values], dtype=np.float64)
    mask = places == values.index(None) if None in values else None
    return pyarrow.array(by_place[places], mask=mask)


def _list_array(places: NDArray[Any], values: Sequence[Any]) -> Any:
    import pyarrow

    kind = pyarrow.list_(pyarrow.string())
    if any(values):
        return pyarrow.array(map(list, values), kind).take(pyarrow.array(places))
    starts = pyarrow.array(np.zeros(len(places) + 1, dtype=np.int32))
    return pyarrow.ListArray.from_arrays(starts, pyarrow.array([], pyarrow.string()))


_ARRAYS: dict[str, Callable[[NDArray[Any], Sequence[Value]], Any]] = {
    "text": text_array,
    "number": _number_array,
    "list": _list_array,
}
"""What makes the array of a column, by its kind."""
