"""W4: how likely each word is for 153 councils, if each score may move one step.

Ours is exact. The peers do what is usual: 100,000 draws for each council, rated by the rule. The
draws themselves are made by numpy in every peer, and are timed with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.harness import Job, Workload
from benchmarks.rule import BODIES, CHANCE, LEVELS, SEED, STATEMENTS, Bytes, rating_of

DRAWS = 100_000

Chances = NDArray[np.float64]
RateMany = Callable[[list[Bytes]], Bytes]


@cache
def bodies() -> Bytes:
    """Return the scores of 153 councils; the same on every call."""
    numbers = np.random.default_rng(SEED)
    return numbers.integers(1, LEVELS + 1, (BODIES, STATEMENTS), dtype=np.uint8)


def kernel() -> Chances:
    """Return the chance of each level after the noise, by level before it."""
    found = np.eye(LEVELS) * (1 - CHANCE)
    for level in range(LEVELS):
        for moved in (level - 1, level + 1):
            found[level, min(max(moved, 0), LEVELS - 1)] += CHANCE / 2
    return found


@cache
def reference() -> Chances:
    """Return the exact chances, by body and word: the sum of nine levels has a distribution."""
    table = kernel()
    found = np.zeros((BODIES, LEVELS))
    for body, scores in enumerate(bodies()):
        total = np.ones(1)
        for score in scores:
            total = np.convolve(total, table[score - 1])
        for extra, chance in enumerate(total):
            # Any profile with this sum will do: the word depends on the sum alone.
            profile = tuple(1 + (extra + k) // STATEMENTS for k in range(STATEMENTS))
            found[body, rating_of(profile) - 1] += chance
    return found


def exact_job(chances: Callable[[], Chances]) -> Job:
    """Return the job of a peer that is exact."""

    def check() -> str:
        worst = float(np.abs(chances() - reference()).max())
        return "" if worst < 1e-12 else f"off by {worst:.2g}"

    return Job(chances, check, 1)


def drawn_job(size: int, rate: RateMany) -> Job:
    """Return the job of a peer that rates draws.

    Args:
        size: draws for each body.
        rate: nine columns in, the word of each row out, without the cap.
    """

    def chances() -> Chances:
        numbers = np.random.default_rng(SEED)
        moves = np.zeros(256, dtype=np.int8)
        half = round(256 * CHANCE / 2)
        moves[:half], moves[-half:] = -1, 1
        found = np.zeros((BODIES, LEVELS))
        for body, scores in enumerate(bodies()):
            drawn = numbers.integers(0, 256, (STATEMENTS, size), dtype=np.uint8)
            columns = [
                np.clip(moves[draw] + np.int8(score), 1, LEVELS).astype(np.uint8)
                for draw, score in zip(drawn, scores, strict=True)
            ]
            found[body] = np.bincount(rate(columns), minlength=LEVELS + 1)[1:] / size
        return found

    def check() -> str:
        # A byte of chance is not exactly the chance: the bound allows for that, and for drawing.
        worst = float(np.abs(chances() - reference()).max())
        allowed = 5 / np.sqrt(size) + 0.02
        return "" if worst < allowed else f"off by {worst:.2g}"

    return Job(chances, check, 1)


def _claims(each: Mapping[str, float]) -> list[tuple[str, float, float]]:
    ours = each["assurance-core, exact"]
    found = [("runs within 10 ms", 10e-3 / ours, 1.0)]
    drawn = [seconds for name, seconds in each.items() if name.endswith("drawn")]
    if drawn:
        found.append(("times the fastest that draws", min(drawn) / ours, 50.0))
    return found


WORKLOAD = Workload(
    title="W4 chances of each word for 153 councils",
    unit="draws each",
    peers={
        "assurance-core, exact": "benchmarks.peers.ours:chances",
        "assurance-core, folding too": "benchmarks.peers.ours:folded_chances",
        "numpy, exact by hand": "benchmarks.peers.by_hand:chances",
        "numpy, drawn": "benchmarks.peers.by_hand:draws",
        "Polars, drawn": "benchmarks.peers.polars_peer:draws",
        "OpenFisca-Core, drawn": "benchmarks.peers.openfisca_peer:draws",
    },
    ours="assurance-core, exact",
    rate=False,
    claims=_claims,
)
SIZE, QUICK = DRAWS, 10_000
