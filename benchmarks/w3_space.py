"""W3: the whole space of 4^9 profiles: is it monotone, and how many stand next to a cliff?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.harness import Job, Workload

EXPECTED = (True, 63_936)


def space_job(answer: Callable[[], tuple[bool, int]]) -> Job:
    """Return the job of a peer that says whether the design is monotone, and counts the profiles
    that one step takes to another word.
    """

    def check() -> str:
        found = answer()
        return "" if found == EXPECTED else f"{found} instead of {EXPECTED}"

    return Job(answer, check, 1)


def _claims(each: Mapping[str, float]) -> list[tuple[str, float, float]]:
    return [("runs within 25 ms", 25e-3 / each["assurance-core"], 1.0)]


WORKLOAD = Workload(
    title="W3 monotone? cliffs? over the whole space",
    unit="profiles",
    peers={
        "assurance-core": "benchmarks.peers.ours:space",
        "assurance-core, compile too": "benchmarks.peers.ours:compiled_space",
        "numpy, tuned": "benchmarks.peers.by_hand:space",
        "Polars": "benchmarks.peers.polars_peer:space",
        "OpenFisca-Core": "benchmarks.peers.openfisca_peer:space",
        "zen-engine": "benchmarks.peers.zen_peer:space",
    },
    ours="assurance-core",
    rate=False,
    claims=_claims,
)
SIZE, QUICK = 4**9, 4**9
