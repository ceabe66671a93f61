"""M8: readers who add a card up, each with weights of their own.

The weights are drawn from the flat Dirichlet distribution: every way of dividing one's attention
among the statements is equally likely. Each draw is taken as whole billionths, so that the weighted
percentage is an exact ratio and the reference design's own rounding and bands decide the word.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.engine.bound import NamedStep
from assurance_core.lab.metrics.claims import CLAIMS, NAMES
from assurance_core.lab.metrics.figure import (
    Basis,
    Figure,
    Measure,
    Metric,
    no_figure,
    not_applicable,
)
from assurance_core.lab.metrics.study import Ints, Rows, Study, draw
from assurance_core.rules.values import Levels, Numbers, Running

DRAWS = 10_000
PROFILES = 500
_PARTS = 1_000_000_000
_BLOCK = 1_000


@frozen(eq=False)
class Reference:
    """How the reference design turns a percentage of the maximum into a word.

    Attributes:
        study: the reference design.
        steps: rounding and bands; limiters are left out.
        limited: whether there were any.
    """

    study: Study
    steps: tuple[NamedStep, ...]
    limited: bool


def reference_of(studies: Sequence[Study]) -> Reference | None:
    """Return the first design that bands a percentage of the whole card, or None."""
    for study in studies:
        for one in study.rule.judgements:
            kinds = [step.kind for step in one.steps]
            reads = {source.node for source in one.node.sources}
            card = {leaf.id for leaf in study.leaves[: study.card]}
            if (
                one.own
                and one.node.judgement.id == study.rule.published.headline
                and kinds[:1] == ["percent_of_maximum"]
                and "band" in kinds
                and reads == card
            ):
                end = kinds.index("band") + 1
                return Reference(study, one.steps[1:end], end < len(kinds))
    return None


def shadow_composite(study: Study, reference: Reference | None, seed: int) -> Metric:
    """Return M8: how often the word that a reader works out differs from the reference's.

    Args:
        study: a design that shows a card.
        reference: the design whose bands readers have in mind.
        seed: of the weights.
    """
    name, claim = NAMES["M8"], CLAIMS["M8"]
    card = [leaf.id for leaf in study.leaves[: study.card]]
    if not set(card) <= {area.node for area in study.rule.published.areas}:
        return not_applicable("M8", name, claim, "it does not show every score: nothing to add up")
    if reference is None:
        why = "no design here turns a percentage of the whole card into a word"
        return not_applicable("M8", name, claim, why)
    if card != [leaf.id for leaf in reference.study.leaves[: reference.study.card]]:
        return not_applicable("M8", name, claim, "the reference design reads other statements")
    weights = _weights(len(card), seed)
    rows = reference.study.observed
    few = draw(reference.study.rule, reference.study.leaves, len(card), seed, PROFILES)
    measures = []
    sides = [_differing(reference, one, weights) for one in (rows, few)]
    for key, words, tail in (
        ("", "readers' word differs, on average over weights", None),
        ("low", "at the 5th of 100 readers", 0.05),
        ("high", "at the 95th of 100 readers", 0.95),
    ):
        figures = [
            _figure(differs, one.basis, tail)
            for differs, one in zip(sides, (rows, few), strict=True)
        ]
        measures.append(Measure(key, words, "share", *figures))
    none = no_figure("of observed bodies only")
    by_body = tuple(
        Measure(
            f"body.{number}",
            _who(rows, number),
            "share",
            Figure(float(sides[0][:, number].mean()), Basis("observed", 1, 1)),
            none,
        )
        for number in range(len(rows))
    )
    limits = " Its limiters are left out: readers only add up." if reference.limited else ""
    notes = (
        f"{DRAWS:,} readers, drawn with seed {seed}, weigh the statements as they like and use the "
        f"bands of “{reference.study.contender.design.name}”; their word is held against that "
        f"design's.{limits} How readers really weigh is not known.",
    )
    return Metric("M8", name, claim, tuple(measures), notes, by_body)


def _who(rows: Rows, number: int) -> str:
    one = rows.assessments[number]
    return f"{one.body.name} {one.date}" if one.date else one.body.name


def _weights(statements: int, seed: int) -> Ints:
    drawn = np.random.default_rng(seed).dirichlet([1.0] * statements, size=DRAWS)
    return np.maximum(np.rint(drawn * _PARTS), 1).astype(np.int64)


def _figure(differs: NDArray[np.bool_], basis: Basis, tail: float | None) -> Figure:
    if not differs.shape[1]:
        return Figure(None, basis, reason="no assessment is complete")
    shares = differs.mean(axis=1)
    return Figure(float(shares.mean() if tail is None else np.quantile(shares, tail)), basis)


def _differing(reference: Reference, rows: Rows, weights: Ints) -> NDArray[np.bool_]:
    """Return for each reader and body whether their word differs from the reference design's."""
    found = [
        words_of_readers(reference, rows, weights[start : start + _BLOCK]) != rows.states
        for start in range(0, len(weights), _BLOCK)
    ]
    return np.concatenate(found)


def words_of_readers(reference: Reference, rows: Rows, weights: Ints) -> Ints:
    """Return the state that each reader gives each body: readers down, bodies across."""
    scales = [leaf.scale for leaf in reference.study.leaves[: rows.card]]
    points = np.stack(
        [
            np.array([level.points for level in scale.levels], dtype=np.int64)[column - 1]
            for scale, column in zip(scales, rows.scores.T, strict=True)
        ]
    )
    most = np.array([max(level.points for level in scale.levels) for scale in scales])
    form = (len(weights), len(rows))
    running: Running = Numbers(
        100 * (weights @ points), np.broadcast_to((weights @ most)[:, None], form)
    )
    for step in reference.steps:
        running = step.step.apply(running, {})
    assert isinstance(running, Levels)
    return np.where(running.positions > 0, running.positions - 1, -1)
