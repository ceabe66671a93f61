"""What the benchmarks time gives the right answers: those peers that need nothing installed."""

from collections.abc import Callable

import pytest

from benchmarks import w1_bulk, w2_explain, w3_space, w4_noise
from benchmarks.harness import Job
from benchmarks.peers import by_hand, ours


@pytest.mark.parametrize("peer", [ours.bulk, by_hand.bulk])
def test_rows_are_rated_as_the_reference_says(peer: Callable[[int], Job]) -> None:
    """Every row agrees, and a row that holds no level is refused by its number."""
    assert "" == peer(2_000).check()


@pytest.mark.parametrize(
    "peer",
    [
        ours.rate_one,
        ours.explain_one,
        by_hand.rate_one,
        ours.space,
        by_hand.space,
        ours.chances,
        ours.folded_chances,
        by_hand.chances,
        by_hand.draws,
    ],
)
def test_answers_are_what_the_reference_says(peer: Callable[[int], Job]) -> None:
    assert "" == peer(100).check()


@pytest.mark.parametrize("workload", [w1_bulk, w2_explain, w3_space, w4_noise])
def test_a_workload_names_our_own_function(workload: object) -> None:
    """The names are text, so that a peer is imported in its own process only."""
    found = getattr(workload, "WORKLOAD")  # noqa: B009 - the modules share no type
    module, _, function = found.peers[found.ours].partition(":")
    assert ("benchmarks.peers.ours", True) == (module, hasattr(ours, function))
