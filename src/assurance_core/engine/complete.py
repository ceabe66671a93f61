"""Many complete profiles: a small code for each, and what each judgement says by code.

Rating is a gather from tables, so what costs is making the key of each row. Judgements that read
the same inputs share it. There are two ways, both on blocks of bytes that stay in the cache:

- *In brief.* Many designs depend on their inputs only through the total, and on whether the lowest
  or the highest level passes some bound. Whether one does is read off its table, in full.
  The code is then a byte made by additions and comparisons.
- *In full.* Otherwise the levels are the digits of the profile's place in the table, and the code
  is the class that stands there.

Both are made from the tables alone: no rule is written twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from math import prod
from typing import Any

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from assurance_core.engine.blocks import BLOCK, for_blocks
from assurance_core.engine.bound import BoundJudgement
from assurance_core.engine.graph import Leaf
from assurance_core.engine.scores import number_of
from assurance_core.engine.table import Table

Bytes = NDArray[np.uint8]
Inputs = Mapping[str, Bytes]

_BYTE = 256


@define(eq=False)
class Scratch:
    """Room for what is in between, for one thread: made once, as fresh memory is slow."""

    rows: Bytes = field(factory=lambda: np.empty((3, BLOCK), dtype=np.uint8))
    places: NDArray[np.uint32] = field(factory=lambda: np.empty(BLOCK, dtype=np.uint32))


@frozen(eq=False)
class Brief:
    """How a code is made from a total and from bounds on the lowest and highest level.

    Attributes:
        keys: the inputs.
        levels: how many levels each has.
        flags: bounds; each doubles the codes.
        classes: for each table, the class of each code.
    """

    keys: tuple[str, ...]
    levels: int
    flags: tuple[Flag, ...]
    classes: tuple[NDArray[Any], ...]

    def codes(self, inputs: Inputs, out: Bytes, scratch: Scratch) -> bool:
        """Write the code of each row; say whether every input was a level."""
        columns = [inputs[key] for key in self.keys]
        low, high, passed = scratch.rows[:, : len(out)]
        lowest = highest = total = columns[0]
        # The lowest and highest level of each row are only worked out where some bound needs them.
        needed = {flag.lowest for flag in self.flags}
        for column in columns[1:]:
            total = np.add(total, column, out=out)
            if True in needed:
                lowest = np.minimum(lowest, column, out=low)
            if False in needed:
                highest = np.maximum(highest, column, out=high)
        least = [lowest] if True in needed else columns
        most = [highest] if False in needed else columns
        if min(one.min() for one in least) < 1 or max(one.max() for one in most) > self.levels:
            return False
        np.subtract(total, np.uint8(len(self.keys)), out=out)
        size = _totals(len(self.keys), self.levels)
        for flag in self.flags:
            level = lowest if flag.lowest else highest
            np.less_equal(level, np.uint8(flag.at_most), out=passed.view(np.bool_))
            np.multiply(passed, np.uint8(size), out=passed)
            np.add(out, passed, out=out)
            size *= 2
        return True


@frozen
class Flag:
    """Whether the lowest (or else the highest) level of a profile is at most some level."""

    lowest: bool
    at_most: int


@frozen(eq=False)
class Full:
    """How a code is looked up at a profile's place in a table.

    Attributes:
        keys: the inputs.
        shape: how many levels each has.
        table: the class at each place.
    """

    keys: tuple[str, ...]
    shape: tuple[int, ...]
    table: NDArray[np.unsignedinteger]

    def codes(self, inputs: Inputs, out: NDArray[Any], scratch: Scratch) -> bool:
        """Write the code of each row; the inputs must be levels."""
        place = scratch.places[: len(out)]
        digits = scratch.rows[0, : len(out)]
        for number, (keys, sizes) in enumerate(self._groups()):
            # Bytes wrap around; the last subtraction brings every digit back to count from 0.
            np.copyto(digits, inputs[keys[0]])
            ones = 1
            for key, size in zip(keys[1:], sizes[1:], strict=True):
                np.multiply(digits, np.uint8(size), out=digits)
                np.add(digits, inputs[key], out=digits)
                ones = ones * size + 1
            np.subtract(digits, np.uint8(ones % _BYTE), out=digits)
            if number == 0:
                # A table has at most 2^24 profiles.
                np.copyto(place, digits)
                continue
            np.multiply(place, np.uint32(prod(sizes)), out=place)
            np.add(place, digits, out=place)
        np.take(self.table, place, out=out, mode="clip")
        return True

    def _groups(self) -> Iterator[tuple[list[str], list[int]]]:
        """Return the inputs in runs that fit into a byte together."""
        keys: list[str] = []
        sizes: list[int] = []
        for key, size in zip(self.keys, self.shape, strict=True):
            if keys and prod(sizes) * size > _BYTE:
                yield keys, sizes
                keys, sizes = [], []
            keys.append(key)
            sizes.append(size)
        yield keys, sizes


@frozen(eq=False)
class Coded:
    """Where the code of a judgement is found, and which class each code means.

    Attributes:
        place: of the way that makes its codes.
        classes: by code.
        positions: by code, as bytes, where another judgement reads it.
    """

    place: int
    classes: NDArray[Any]
    positions: Bytes | None


@frozen(eq=False)
class Complete:
    """How complete profiles are rated at once.

    Attributes:
        leaves: with the number of their highest level.
        ways: of making codes.
        coded: for each judgement and consequence, in order.
        judgements: the same, bound.
    """

    leaves: Mapping[str, int]
    ways: tuple[Brief | Full, ...]
    coded: tuple[Coded, ...]
    judgements: tuple[BoundJudgement, ...]

    def codes(self, columns: Mapping[str, NDArray[Any]], rows: int) -> list[NDArray[Any]] | None:
        """Return the codes that each way makes; None where some number is no level.

        Args:
            columns: whole numbers, by leaf.
            rows: how many.
        """
        found = [np.empty(rows, dtype=_code_type(way)) for way in self.ways]
        every_level = []

        def work(blocks: Iterator[slice]) -> None:
            scratch = Scratch()
            for block in blocks:
                every_level.append(self._block(columns, found, block, scratch))

        for_blocks(rows, work)
        return found if all(every_level) else None

    def _block(
        self,
        columns: Mapping[str, NDArray[Any]],
        found: Sequence[NDArray[Any]],
        block: slice,
        scratch: Scratch,
    ) -> bool:
        inputs: dict[str, Bytes] = {}
        brief = {key for way in self.ways if isinstance(way, Brief) for key in way.keys}
        for key, levels in self.leaves.items():
            column = columns[key][block]
            narrow = column.dtype == np.uint8
            if not (narrow and key in brief) and (column.min() < 1 or column.max() > levels):
                return False
            inputs[key] = column if narrow else column.astype(np.uint8)
        done: set[int] = set()
        for one, coded in zip(self.judgements, self.coded, strict=True):
            codes = found[coded.place][block]
            if coded.place not in done:
                if not self.ways[coded.place].codes(inputs, codes, scratch):
                    return False
                done.add(coded.place)
            if coded.positions is not None:
                inputs[one.node.key] = coded.positions[codes]
        return True


def _code_type(way: Brief | Full) -> Any:
    return np.uint8 if isinstance(way, Brief) else way.table.dtype


def complete_rating(
    judgements: Sequence[BoundJudgement], tables: Sequence[Table | None], leaves: Sequence[Leaf]
) -> Complete | None:
    """Return how a design rates complete profiles at once.

    Args:
        judgements: judgements and consequences, each behind what it reads.
        tables: of each.
        leaves: the design's.

    Returns:
        None where a space is too large for a table, where a number of a scale is not the position
        of its level, or where a judgement reads another that may have no level.
    """
    read = {key for one in judgements for key in one.keys}
    numbers = [[number_of(level, leaf.scale) for level in leaf.scale.levels] for leaf in leaves]
    if any(found != list(range(1, len(found) + 1)) or len(found) >= _BYTE for found in numbers):
        return None
    groups: dict[tuple[str, ...], list[int]] = {}
    known: list[Table] = []
    for number, (one, table) in enumerate(zip(judgements, tables, strict=True)):
        if table is None or (one.node.key in read and not _always_a_byte(table)) or not one.keys:
            return None
        groups.setdefault(one.keys, []).append(number)
        known.append(table)
    ways: list[Brief | Full] = []
    coded: dict[int, Coded] = {}
    for keys, members in groups.items():
        together = _brief(keys, [known[number] for number in members])
        if together:
            ways.append(together)
        for place, number in enumerate(members):
            table = known[number]
            if together:
                classes = together.classes[place]
            elif alone := _brief(keys, [table]):
                ways.append(alone)
                classes = alone.classes[0]
            else:
                ways.append(Full(keys, table.shape, table.classes))
                classes = np.arange(len(table.positions))
            is_read = judgements[number].node.key in read
            positions = table.positions[classes].astype(np.uint8) if is_read else None
            coded[number] = Coded(len(ways) - 1, classes, positions)
    in_order = tuple(coded[number] for number in range(len(judgements)))
    return Complete(
        {leaf.id: len(leaf.scale) for leaf in leaves}, tuple(ways), in_order, tuple(judgements)
    )


def _always_a_byte(table: Table) -> bool:
    return bool((table.positions > 0).all() and (table.positions < _BYTE).all())


def _totals(inputs: int, levels: int) -> int:
    """Return how many totals there are, counting each level from 0."""
    return inputs * (levels - 1) + 1


def _brief(keys: tuple[str, ...], tables: Sequence[Table]) -> Brief | None:
    """Return how total, lowest and highest level decide all these tables, if they do."""
    shape = tables[0].shape
    levels, count = shape[0], len(shape)
    if len(set(shape)) > 1 or count * levels >= _BYTE:
        return None
    total, low, high = (_over_axes(function, shape) for function in _SUMMARIES)
    place = (total.astype(np.intp) * levels + low) * levels + high
    summaries = np.flatnonzero(np.bincount(place))
    by_summary = []
    for table in tables:
        classes = np.zeros(_totals(count, levels) * levels * levels, dtype=table.classes.dtype)
        classes[place] = table.classes
        if not np.array_equal(classes[place], table.classes):
            return None
        by_summary.append(classes[summaries])
    rest, high_of = np.divmod(summaries, levels)
    total_of, low_of = np.divmod(rest, levels)
    every = [Flag(lowest, bound) for lowest in (True, False) for bound in range(1, levels)]
    for flags in _smallest_first(every):
        size = _totals(count, levels)
        if size << len(flags) > _BYTE:
            return None
        code = total_of
        for flag in flags:
            code = code + ((low_of if flag.lowest else high_of) < flag.at_most) * size
            size *= 2
        by_code = [_at_codes(code, found, size) for found in by_summary]
        if all(np.array_equal(a[code], b) for a, b in zip(by_code, by_summary, strict=True)):
            return Brief(keys, levels, flags, tuple(by_code))
    return None  # pragma: no cover - all bounds together tell every lowest and highest level


def _at_codes(codes: NDArray[Any], classes: NDArray[Any], size: int) -> NDArray[Any]:
    """Return classes by code; a code that no profile has repeats what stands before it."""
    by_code = np.zeros(size, dtype=classes.dtype)
    by_code[codes] = classes
    last = np.zeros(size, dtype=np.intp)
    last[codes] = codes
    repeated: NDArray[Any] = by_code[np.maximum.accumulate(last)]
    return repeated


_SUMMARIES: tuple[Callable[[Any, Any], Any], ...] = (np.add, np.minimum, np.maximum)


def _over_axes(function: Callable[[Any, Any], Any], shape: tuple[int, ...]) -> Bytes:
    """Return a function of all levels, counted from 0, for every profile of a space."""
    found: Bytes = np.arange(shape[0], dtype=np.uint8)
    for size in shape[1:]:
        found = function(found[:, None], np.arange(size, dtype=np.uint8)).ravel()
    return found


def _smallest_first(flags: Sequence[Flag]) -> Iterator[tuple[Flag, ...]]:
    for count in range(len(flags) + 1):  # pragma: no branch - what is looked for is found
        yield from combinations(flags, count)
