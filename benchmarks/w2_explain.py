"""W2: rate one profile, and explain it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from benchmarks.harness import Job, Workload
from benchmarks.rule import STATEMENTS, rating_of, score_of, whole_space

PROFILE = (3, 3, 4, 3, 4, 4, 3, 4, 4)

_EVERY = 997


def one_job(
    size: int,
    rate: Callable[[tuple[int, ...]], Any],
    slower: int = 1,
    told: Callable[[Any], tuple[int, int]] = tuple,
) -> Job:
    """Return the job of a peer.

    Args:
        size: how often one profile is rated.
        rate: what is timed: a profile in, an answer out, without the cap.
        slower: how many times fewer profiles it rates, so that a round stays short.
        told: reads score and rating from the answer, to compare them with the reference.
    """
    count = max(size // slower, 1)

    def run() -> None:
        for _ in range(count):
            rate(PROFILE)

    def check() -> str:
        for place in range(0, len(whole_space()[0]), _EVERY):
            profile = tuple((place >> 2 * k & 3) + 1 for k in reversed(range(STATEMENTS)))
            expected = (score_of(profile), rating_of(profile))
            found = told(rate(profile))
            if found != expected:
                return f"{profile}: {found} instead of {expected}"
        return ""

    return Job(run, check, count)


def _claims(each: Mapping[str, float]) -> list[tuple[str, float, float]]:
    return [
        ("rate, calls within 5 µs", 5e-6 / each["assurance-core, rate"], 1.0),
        ("explain, calls within 50 µs", 50e-6 / each["assurance-core, explain"], 1.0),
    ]


WORKLOAD = Workload(
    title="W2 rate and explain one",
    unit="calls",
    peers={
        "assurance-core, rate": "benchmarks.peers.ours:rate_one",
        "assurance-core, explain": "benchmarks.peers.ours:explain_one",
        "plain Python, no trace": "benchmarks.peers.by_hand:rate_one",
        "zen-engine, with trace": "benchmarks.peers.zen_peer:explain_one",
        "rule-engine, no trace": "benchmarks.peers.rule_engine_peer:rate_one",
        "OpenFisca-Core, with trace": "benchmarks.peers.openfisca_peer:explain_one",
    },
    ours="assurance-core, explain",
    rate=False,
    claims=_claims,
)
SIZE, QUICK = 2_000, 500
