"""Work on long columns block by block, on every core: numpy lets other threads run meanwhile."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 1 << 19
"""Rows of a block. Shorter ones leave the threads waiting for each other between numpy's calls;
longer ones leave the cache."""

_PAIRS_FROM = 1 << 17
_MOST_CODES = 256
_WIDEST = 4


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
    """Return whole numbers in the narrowest type that holds them all; truths as they are."""
    if values.dtype == np.bool_ or not values.size:
        return values
    low, high = int(values.min()), int(values.max())
    least = np.promote_types(np.min_scalar_type(low), np.min_scalar_type(high))
    return values.astype(least)


def spread(codes: NDArray[Any], by_code: Sequence[NDArray[Any]]) -> list[NDArray[Any]]:
    """Return the values of each row's code: `values[codes]`, for codes that are all in range.

    A value that is the same for all codes is not copied: its column is read-only. Two rows whose
    codes are a byte each are looked up at once, in a table of all pairs.

    Args:
        codes: one for each row.
        by_code: several tables of values. They are gone through together, a block at a time.
    """
    found = [
        np.empty(len(codes), dtype=values.dtype)
        if (values != values[0]).any()
        else np.broadcast_to(values[0], len(codes))
        for values in by_code
    ]
    copied = [column.flags.writeable for column in found]
    tasks = list(zip(compress(by_code, copied), compress(found, copied), strict=True))
    keys = codes
    small = all(values.itemsize <= _WIDEST for values, _ in tasks)
    if small and len(codes) >= _PAIRS_FROM and codes.dtype == np.uint8:
        even = len(codes) & ~1
        keys = codes[:even].view(np.uint16)
        for values, column in tasks:
            column[even:] = values[codes[even:]]
        tasks = [
            (pairs, column[:even].view(pairs.dtype))
            for pairs, column in ((_all_pairs(values), column) for values, column in tasks)
        ]

    def look_up(blocks: Iterator[slice]) -> None:
        places = np.empty(BLOCK, dtype=np.intp)
        for block in blocks:
            here = places[: len(keys[block])]
            np.copyto(here, keys[block])
            for table, column in tasks:
                # Clipping only spares numpy a copy: no code is out of range.
                np.take(table, here, out=column[block], mode="clip")

    if tasks:
        for_blocks(len(keys), look_up)
    return found


def _all_pairs(by_code: NDArray[Any]) -> NDArray[Any]:
    """Return the values of both codes of every pair; a pair is two bytes read as one number."""
    padded = np.zeros(_MOST_CODES, dtype=by_code.dtype)
    padded[: len(by_code)] = by_code
    low, high = (0, 1) if sys.byteorder == "little" else (1, 0)
    pairs = np.empty((_MOST_CODES, _MOST_CODES, 2), dtype=by_code.dtype)
    pairs[:, :, low] = padded
    pairs[:, :, high] = padded[:, None]
    return pairs.reshape(-1).view(f"u{2 * pairs.itemsize}")
