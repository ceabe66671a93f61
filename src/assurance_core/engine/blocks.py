"""Work on long columns block by block, on every core: numpy lets other threads run meanwhile."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate, compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 1 << 19
"""Rows of a block. Shorter ones leave the threads waiting for each other between numpy's calls;
longer ones leave the cache."""

_PAIRS_FROM = 1 << 17
_MOST_CODES = 256
_WIDEST = 4
_ALIGNED = 64


def for_blocks(rows: int, work: Callable[[Iterator[slice]], None]) -> None:
    """Share the blocks of so many rows out among threads.

    Args:
        rows: how many.
        work: called in each thread with the blocks it is to do, one after the other. Each block
            writes its own rows of a result, so that the order does not show.
    """
    blocks = [slice(start, min(start + BLOCK, rows)) for start in range(0, rows, BLOCK)]
    threads = min(len(blocks), os.cpu_count() or 1)
    shared = iter(blocks)
    if threads <= 1:
        work(shared)
        return
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(work, shared) for _ in range(threads)]:
            done.result()


def narrow(values: NDArray[Any]) -> NDArray[Any]:
    """Return whole numbers, one at least, in a narrow type that holds them all."""
    low, high = int(values.min()), int(values.max())
    least = np.promote_types(np.min_scalar_type(low), np.min_scalar_type(high))
    return values.astype(least)


def spread(codes: NDArray[Any], by_code: Sequence[NDArray[Any]]) -> list[NDArray[Any]]:
    """Return the values of each row's code: `values[codes]`, for codes that are all in range.

    A value that is the same for all codes is not copied: its column is read-only. Truths that
    change once along the codes, as those of a limiter often do, are not looked up: the code is
    compared. Two rows whose codes are a byte each are looked up at once, in a table of all pairs.

    Args:
        codes: one for each row.
        by_code: several tables of values. They are gone through together, a block at a time.
    """
    varied = [bool((values != values[0]).any()) for values in by_code]
    tables = list(compress(by_code, varied))
    columns = _columns(len(codes), tables)
    if tables:
        _fill(columns, codes, tables)
    filled = iter(columns)
    return [
        next(filled) if varies else np.broadcast_to(values[0], len(codes))
        for values, varies in zip(by_code, varied, strict=True)
    ]


def _columns(rows: int, like: Sequence[NDArray[Any]]) -> list[NDArray[Any]]:
    """Return columns to fill in, of the types of these.

    They are one piece of memory: fresh memory is slow, and more often kept for reuse in one piece.
    """
    sizes = [-(-rows * one.itemsize // _ALIGNED) * _ALIGNED for one in like]
    piece = np.empty(sum(sizes), dtype=np.uint8)
    starts = accumulate(sizes, initial=0)
    return [
        piece[start : start + rows * one.itemsize].view(one.dtype)
        for start, one in zip(starts, like, strict=False)
    ]


def _fill(
    columns: Sequence[NDArray[Any]], codes: NDArray[Any], tables: Sequence[NDArray[Any]]
) -> None:
    """Write into each column the values of its table."""
    narrow = codes.dtype == np.uint8 and all(table.itemsize <= _WIDEST for table in tables)
    together = 2 if narrow and len(codes) >= _PAIRS_FROM else 1
    even = len(codes) - len(codes) % together
    compared: list[tuple[int, NDArray[Any]]] = []
    looked_up: list[tuple[NDArray[Any], NDArray[Any]]] = []
    for table, column in zip(tables, columns, strict=True):
        column[even:] = table[codes[even:]]
        if _turns_true(table):
            compared.append((int(table.argmax()), column))
        elif together == 2:
            pairs = _all_pairs(table)
            looked_up.append((pairs, column[:even].view(pairs.dtype)))
        else:
            looked_up.append((table, column))
    keys = codes[:even].view(np.uint16) if together == 2 else codes

    def work(blocks: Iterator[slice]) -> None:
        places = np.empty(BLOCK, dtype=np.intp)
        for block in blocks:
            here = places[: len(keys[block])]
            np.copyto(here, keys[block])
            for table, column in looked_up:
                # Clipping only spares numpy a copy: no code is out of range.
                np.take(table, here, out=column[block], mode="clip")
            rows = slice(block.start * together, block.stop * together)
            for first, column in compared:
                np.greater_equal(codes[rows], first, out=column[rows])

    for_blocks(len(keys), work)


def _turns_true(values: NDArray[Any]) -> bool:
    """Say whether values are truths that change once, from false to true."""
    return values.dtype == np.bool_ and not values[0] and bool((values[:-1] <= values[1:]).all())


def _all_pairs(by_code: NDArray[Any]) -> NDArray[Any]:
    """Return the values of both codes of every pair; a pair is two bytes read as one number."""
    padded = np.zeros(_MOST_CODES, dtype=by_code.dtype)
    padded[: len(by_code)] = by_code
    low, high = (0, 1) if sys.byteorder == "little" else (1, 0)
    pairs = np.empty((_MOST_CODES, _MOST_CODES, 2), dtype=by_code.dtype)
    pairs[:, :, low] = padded
    pairs[:, :, high] = padded[:, None]
    return pairs.ravel().view(f"u{2 * pairs.itemsize}")
