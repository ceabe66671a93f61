"""W1: rate ten million rows; nine columns of bytes in, three out, levels checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from benchmarks.harness import Job, Workload
from benchmarks.rule import bad_columns, different, random_columns

Rate = Callable[[Any], tuple[Any, Any, Any]]


def bulk_job(size: int, prepare: Callable[[Any], Any], rate: Rate) -> Job:
    """Return the job of a peer.

    Args:
        size: how many rows.
        prepare: puts nine arrays into the peer's own form; not timed.
        rate: what it makes in score, rating and cap; it raises where a row holds no level.
    """
    columns = random_columns(size)
    data = prepare(columns)

    def check() -> str:
        bad, row = bad_columns(columns)
        try:
            rate(prepare(bad))
        except Exception as error:
            if f"{row}" not in str(error):
                return f"the row of a 5 is not named: {error}"
        else:
            return "a 5 is rated"
        return different(columns, rate(data))

    return Job(lambda: rate(data), check, size)


def _claims(each: Mapping[str, float]) -> list[tuple[str, float, float]]:
    ours = each["assurance-core"]
    found = [("million rows a second", 1e-6 / ours, 200.0)]
    by_hand = [each[name] for name in ("numpy, tuned", "Polars") if name in each]
    if by_hand:
        found.append(("of the better of Polars and numpy", min(by_hand) / ours, 0.7))
    if "OpenFisca-Core" in each:
        found.append(("times OpenFisca-Core", each["OpenFisca-Core"] / ours, 20.0))
    return found


WORKLOAD = Workload(
    title="W1 rate many",
    unit="rows",
    peers={
        "assurance-core": "benchmarks.peers.ours:bulk",
        "numpy, tuned": "benchmarks.peers.by_hand:bulk",
        "Polars": "benchmarks.peers.polars_peer:bulk",
        "DuckDB": "benchmarks.peers.duckdb_peer:bulk",
        "OpenFisca-Core": "benchmarks.peers.openfisca_peer:bulk",
        "zen-engine": "benchmarks.peers.zen_peer:bulk",
        "rule-engine": "benchmarks.peers.rule_engine_peer:bulk",
    },
    ours="assurance-core",
    rate=True,
    claims=_claims,
)
SIZE, QUICK = 10_000_000, 1_000_000
