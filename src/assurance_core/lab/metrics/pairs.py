"""M4, M9: pairs of bodies, and how word and card order them.

One body *dominates* another if it is at least as good on every statement and better on one. Over a
whole space pairs are never enumerated: how many profiles of a state lie at or below a profile is a
cumulative sum along every axis.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.lab.metrics.bootstrap import Weights, pair_ratio, with_interval
from assurance_core.lab.metrics.claims import CLAIMS, NAMES
from assurance_core.lab.metrics.figure import Basis, Figure, Measure, Metric, not_applicable, share
from assurance_core.lab.metrics.information import NO_WORD
from assurance_core.lab.metrics.profiles import Mask, every_profile, observed_profiles
from assurance_core.lab.metrics.study import Rows, Study, draw

MOST_PAIRED = 2_000
NO_PAIRS = "fewer than two bodies"


@frozen
class Pairs:
    """Shares of unordered pairs.

    Attributes:
        by_word: the word orders them.
        by_card: one dominates the other.
        not_apart: one is at least as good throughout; those with equal scores are among them.
        contradicted: one has the higher word and is worse somewhere.
        same_dominated: of pairs with the same word, one dominates the other.
    """

    by_word: Figure
    by_card: Figure
    not_apart: Figure
    contradicted: Figure
    same_dominated: Figure


def observed_pairs(study: Study, weights: Weights) -> Pairs:
    """Return the pairs of observed assessments."""
    return _pairs_of_rows(study.observed, study.levels, weights)


def pairs_of_space(study: Study) -> Pairs:
    """Return the pairs of all profiles; of some drawn at random where the space is too large."""
    if study.states is not None:
        return _counted(study, study.states)
    assert study.drawn is not None
    seed = study.drawn.basis.seed or 0
    few = draw(study.rule, study.leaves, study.card, seed, MOST_PAIRED)
    return _pairs_of_rows(few, study.levels, None)


def _pairs_of_rows(rows: Rows, levels: int, weights: Weights | None) -> Pairs:
    scores, states = rows.scores, rows.states
    at_least = np.ones((len(rows), len(rows)), dtype=bool)
    for column in scores.T:
        at_least &= column[:, None] >= column[None, :]
    dominates = at_least & ~at_least.T
    level = states < levels
    higher = (states[:, None] > states[None, :]) & level[:, None] & level[None, :]
    off = ~np.eye(len(rows), dtype=bool)
    same = (states[:, None] == states[None, :]) & off
    against = higher & ~at_least
    either = dominates | dominates.T

    def figure(mask: NDArray[np.bool_], among: NDArray[np.bool_], nothing: str) -> Figure:
        found = share(int(mask.sum()) // 2, int(among.sum()) // 2, rows.basis, nothing)
        if weights is None:
            return found
        return with_interval(found, pair_ratio(mask, among), weights)

    return Pairs(
        figure(higher | higher.T, off, NO_PAIRS),
        figure(either, off, NO_PAIRS),
        figure((at_least | at_least.T) & off, off, NO_PAIRS),
        figure(against | against.T, off, NO_PAIRS),
        figure(either & same, same, "no two have the same word"),
    )


def _counted(study: Study, states: NDArray[np.int16]) -> Pairs:
    behind = tuple(range(study.card, states.ndim))
    there = [state for state in range(len(study.names)) if (states == state).any()]
    found: dict[int, NDArray[Any]] = {
        state: (states == state).sum(axis=behind, dtype=np.int64) for state in there
    }
    below = {state: _at_or_below(counts) for state, counts in found.items()}
    sizes = {state: int(counts.sum()) for state, counts in found.items()}
    total = study.size * (study.size - 1) // 2
    by_word = against = 0
    levels = [state for state in there if state < study.levels]
    for high in levels:
        for low in (state for state in levels if state < high):
            pairs = sizes[high] * sizes[low]
            by_word += pairs
            against += pairs - int((found[high] * below[low]).sum())
    same = sum(size * (size - 1) // 2 for size in sizes.values())
    same_dominated = sum(_strict(found[state], below[state]) for state in there)
    everything = sum(found.values(), np.zeros((), dtype=np.int64))
    dominated = _strict(everything, _at_or_below(everything))
    basis: Basis = study.all_profiles
    return Pairs(
        share(by_word, total, basis, NO_PAIRS),
        share(dominated, total, basis, NO_PAIRS),
        share(dominated + _equal(everything), total, basis, NO_PAIRS),
        share(against, total, basis, NO_PAIRS),
        share(same_dominated, same, basis, "no two have the same word"),
    )


def _at_or_below(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each profile how many are nowhere better than it."""
    for axis in range(counts.ndim):
        counts = np.cumsum(counts, axis=axis)
    return counts


def _strict(counts: NDArray[np.int64], below: NDArray[np.int64]) -> int:
    """Return how many pairs of profiles are such that one dominates the other."""
    return int((counts * below).sum()) - int((counts * counts).sum())


def _equal(counts: NDArray[np.int64]) -> int:
    """Return how many pairs have the same scores, and differ in a judged level alone."""
    return int((counts * (counts - 1)).sum()) // 2


def spread_and_decisiveness(study: Study, weights: Weights) -> tuple[Metric, ...]:
    """Return M4 and M9, which look at the same pairs.

    M4: how different bodies with the same word are. M9: how many pairs the word orders, how many
    the card, and where they disagree.
    """
    if study.scale is None:
        return tuple(not_applicable(one, NAMES[one], CLAIMS[one], NO_WORD) for one in ("M4", "M9"))
    here, there = observed_pairs(study, weights), pairs_of_space(study)
    alike = []
    for profiles in (observed_profiles(study, weights), every_profile(study)):
        equal: Mask = np.ones((), dtype=bool)
        for score in profiles.scores[1:]:
            equal = equal & (score == profiles.scores[0])
        alike.append(profiles.share(equal, profiles.every, "no assessment is complete"))
    same = (here.same_dominated, there.same_dominated)
    card, weak = (here.by_card, there.by_card), (here.not_apart, there.not_apart)
    against = (here.contradicted, there.contradicted)
    spread = (
        Measure(
            "",
            "of pairs with the same word, one at least as good throughout, better somewhere",
            "share",
            *same,
        ),
        Measure("uniform", "all scores the same", "share", *alike),
    )
    ordered = (
        Measure("", "of pairs, ordered by the word", "share", here.by_word, there.by_word),
        Measure(
            "card", "of pairs, one at least as good throughout, better somewhere", "share", *card
        ),
        Measure("card_or_equal", "the same, and pairs with equal scores", "share", *weak),
        Measure(
            "contradiction",
            "of pairs, the higher word yet worse on some statement",
            "share",
            *against,
        ),
    )
    return (
        Metric("M4", NAMES["M4"], CLAIMS["M4"], spread),
        Metric("M9", NAMES["M9"], CLAIMS["M9"], ordered),
    )
