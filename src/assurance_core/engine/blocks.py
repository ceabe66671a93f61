"""Work on long columns block by block, on every core: numpy lets other threads run meanwhile."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 1 << 19
"""Rows of a block. Shorter ones leave the threads waiting for each other between numpy's calls;
longer ones leave the cache."""

_PAIRS_FROM = 1 << 17
_MOST_CODES = 256


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


def spread(codes: NDArray[Any], by_code: NDArray[Any]) -> NDArray[Any]:
    """Return the value of each row's code: `by_code[codes]`, for codes that are all in range.

    A value that is the same for all codes is not copied: the column is then read-only. Two rows
    whose codes are a byte each are looked up at once, in a table of all pairs.
    """
    if not (by_code != by_code[0]).any():
        return np.broadcast_to(by_code[0], len(codes))
    found = np.empty(len(codes), dtype=by_code.dtype)
    pairs = len(codes) >= _PAIRS_FROM and codes.dtype == np.uint8 and by_code.itemsize <= 2
    wide, keys, table = found, codes, by_code
    if pairs:
        even = len(codes) & ~1
        wide = found[:even].view(f"u{2 * by_code.itemsize}")
        keys = codes[:even].view(np.uint16)
        table = _all_pairs(by_code).view(wide.dtype).reshape(-1)
        found[even:] = by_code[codes[even:]]

    def look_up(blocks: Iterator[slice]) -> None:
        for block in blocks:
            # Clipping only spares numpy a copy: no code is out of range.
            np.take(table, keys[block], out=wide[block], mode="clip")

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
    return pairs
