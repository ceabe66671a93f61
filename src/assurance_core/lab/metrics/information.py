"""M1, M10: how much of the scores an outcome keeps, and how much there is to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assurance_core.engine.bulk import rate_positions
from assurance_core.engine.run import run_steps
from assurance_core.lab.metrics.bootstrap import Weights, with_interval
from assurance_core.lab.metrics.claims import CLAIMS, NAMES
from assurance_core.lab.metrics.figure import Figure, Measure, Metric, no_figure
from assurance_core.lab.metrics.profiles import Profiles, every_profile, mesh, observed_profiles
from assurance_core.lab.metrics.study import Ints, Rows, Study

MOST_RATED = 1 << 20
"""A space up to this size is rated profile by profile, for what is shown besides the word."""

_SMALL_RANGE = 1 << 22

NO_WORD = "it has no headline"


def entropy(counts: NDArray[Any]) -> NDArray[np.float64]:
    """Return the entropy in bits of counts along the last axis; 0 where nothing is counted.

    Example:
        >>> round(float(entropy(np.array([52, 60, 30, 14]))), 3)
        1.828
    """
    total = counts.sum(axis=-1, keepdims=True)
    shares = counts / np.where(total > 0, total, 1)
    logs = np.log2(np.where(shares > 0, shares, 1))
    return np.asarray(-(shares * logs).sum(axis=-1) + 0.0)


def discrimination(counts: Sequence[int]) -> float:
    """Return Ferguson's delta: the share of pairs told apart, of the most that could be.

    Example:
        >>> discrimination([3] * 10), discrimination([30, 0])
        (1.0, 0.0)
    """
    total, kinds = sum(counts), len(counts)
    most = total**2 * (kinds - 1)
    return kinds * (total**2 - sum(one**2 for one in counts)) / most if most else 0.0


def information(study: Study, weights: Weights) -> Metric:
    """Return M1: the share of the scores' information that the outcome keeps."""
    word = Measure("", "kept by the word alone", "share", *_by_word(study, weights))
    shown = Measure("shown", "kept by all that is shown", "share", *_by_all(study, weights))
    notes = (
        "The share of the uncertainty about the scores that is gone once the outcome is known. "
        "With few bodies the observed figure comes out too high.",
    )
    return Metric("M1", NAMES["M1"], CLAIMS["M1"], (word, shown), notes)


def kept(scores: Sequence[NDArray[Any]], classes: NDArray[Any], weights: Weights) -> Any:
    """Return M1 for each row of weights: 1 - sum H(X given Y) / sum H(X).

    Args:
        scores: positions on each statement.
        classes: the outcome's class of each row, from 0.
        weights: how often each row counts.
    """
    width = int(classes.max()) + 1 if len(classes) else 1
    left = np.zeros(len(weights))
    whole = np.zeros(len(weights))
    for column in scores:
        tall = int(column.max()) + 1 if len(column) else 1
        cells = np.zeros((len(classes), width * tall))
        cells[np.arange(len(classes)), classes * tall + column] = 1
        joint = (weights @ cells).reshape(len(weights), width, tall)
        by_class = joint.sum(axis=2)
        total = by_class.sum(axis=1)
        conditional = (entropy(joint) * by_class).sum(axis=1)
        left += conditional / np.where(total > 0, total, 1)
        whole += entropy(joint.sum(axis=1))
    with np.errstate(invalid="ignore"):
        return 1 - left / whole


def _by_word(study: Study, weights: Weights) -> tuple[Figure, Figure]:
    if study.scale is None:
        return no_figure(NO_WORD), no_figure(NO_WORD)
    observed = _observed(study, study.observed.states, weights)
    every = every_profile(study)
    return observed, Figure(_kept_over(every, len(study.names)), every.basis)


def _kept_over(profiles: Profiles, kinds: int) -> float | None:
    """Return M1 over a space or a sample, every profile counted once."""
    left = whole = 0.0
    for score in profiles.scores:
        tall = int(score.max()) + 1
        codes = profiles.states.astype(np.int32) * tall + score
        joint = np.bincount(codes.ravel(), minlength=kinds * tall).reshape(kinds, tall)
        by_class = joint.sum(axis=1)
        left += float((entropy(joint) * by_class).sum() / by_class.sum())
        whole += float(entropy(joint.sum(axis=0)))
    return 1 - left / whole if whole else None


def _observed(study: Study, classes: Ints, weights: Weights) -> Figure:
    rows = study.observed
    if not len(rows):
        return Figure(None, rows.basis, reason="no assessment is complete")

    def statistic(chosen: Weights) -> NDArray[np.float64]:
        return np.asarray(kept([rows.scores[:, i] for i in range(rows.card)], classes, chosen))

    value = float(statistic(np.ones((1, len(rows))))[0])
    if np.isnan(value):
        return Figure(None, rows.basis, reason="all scores are the same")
    return with_interval(Figure(value, rows.basis), statistic, weights)


def _by_all(study: Study, weights: Weights) -> tuple[Figure, Figure]:
    published = study.rule.published
    if study.scale is None and published.score is None and not published.areas:
        reason = "it shows neither a word nor a number nor areas"
        return no_figure(reason), no_figure(reason)
    shown = _shown(study, study.observed.positions)
    observed = _observed(study, _classes(shown), weights)
    card = {leaf.id for leaf in study.leaves[: study.card]}
    if card <= {area.node for area in published.areas}:
        return observed, Figure(1.0, study.all_profiles)
    if published.score is None and not published.areas:
        return observed, _by_word(study, weights)[1]
    if study.size > MOST_RATED:
        return observed, no_figure("the space is too large to rate every profile")
    grid = np.stack(
        [np.broadcast_to(one, study.shape).ravel() for one in mesh(study.shape)], axis=1
    ).astype(np.int64)
    classes = _classes(_shown(study, grid))
    columns = tuple(grid[:, place] for place in range(study.card))
    profiles = Profiles(columns, classes, study.all_profiles)
    return observed, Figure(_kept_over(profiles, int(classes.max()) + 1), study.all_profiles)


def _shown(study: Study, positions: Ints) -> list[Ints]:
    """Return everything that a design shows of some profiles: word, number, areas."""
    rule, published = study.rule, study.rule.published
    if not len(positions):
        return [np.zeros(0, dtype=np.int64)]
    columns = {leaf.id: positions[:, place] for place, leaf in enumerate(study.leaves)}
    rated = rate_positions(rule, columns)
    by_node = {one.node.key: one.node.judgement.id for one in rule.judgements if one.own}
    shown: list[Ints] = []
    if published.headline is not None:
        shown.append(rated.judgements[published.headline].positions)
    if rated.score is not None:
        shown += [rated.score[0], rated.score[1]]
    for area in published.areas:
        if area.node in columns:
            shown.append(columns[area.node])
        elif area.node in by_node:
            shown.append(rated.judgements[by_node[area.node]].positions)
        else:
            # A statement that a crosswalk derives: it is no judgement of the design's own.
            derived = next(one for one in rule.judgements if one.node.key == area.node)
            shown.append(run_steps(derived, derived.given(columns)).positions)
    return shown or [np.zeros(len(positions), dtype=np.int64)]


def _classes(columns: Sequence[Ints]) -> Ints:
    """Return a number for each row, from 0 without holes; equal rows have the same."""
    codes = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        part = _dense(column)
        codes = _dense(codes * (int(part.max(initial=0)) + 1) + part)
    return codes


def _dense(values: Ints) -> Ints:
    """Return values numbered from 0 without holes: by counting where their range is small."""
    if not len(values):
        return values
    low, width = int(values.min()), int(values.max()) - int(values.min()) + 1
    if width > _SMALL_RANGE:
        return np.unique(values, return_inverse=True)[1].ravel().astype(np.int64)
    there = np.zeros(width, dtype=np.int64)
    there[values - low] = 1
    return (np.cumsum(there) - 1)[values - low]


def reading_load(study: Study, weights: Weights) -> Metric:
    """Return M10: how many symbols a reader sees, and how many bits they carry."""
    published = study.rule.published
    symbols = (study.scale is not None) + _has_number(study) + len(published.areas)
    observed, every = study.observed.basis, study.all_profiles
    count = Measure(
        "",
        "words, numbers and grades shown",
        "number",
        Figure(float(symbols), observed),
        Figure(float(symbols), every),
    )
    if study.scale is None:
        word = Measure("word", "bits of the word", "bits", no_figure(NO_WORD), no_figure(NO_WORD))
    else:
        word = Measure("word", "bits of the word", "bits", *_word_bits(study, weights))
    rows = study.observed
    if not len(rows):
        shown = Figure(None, observed, reason="no assessment is complete")
    else:
        shown = _bits(_shown_symbols(study, rows), rows, weights)
    card = sum(np.log2(len(leaf.scale)) for leaf in study.leaves[: study.card])
    areas = Measure("shown", "bits of everything shown", "bits", shown, _every_bits(study))
    notes = (
        "Bits shown are the sum over the symbols: what one symbol already says about another is "
        f"not taken off. All scores of all profiles would be {card:.1f} bits.",
    )
    return Metric("M10", NAMES["M10"], CLAIMS["M10"], (count, word, areas), notes)


def _has_number(study: Study) -> bool:
    """Say whether the design shows a number: the judgement it names may hold levels alone."""
    return any(
        one.own and one.node.judgement.id == study.rule.published.score and one.of is not None
        for one in study.rule.judgements
    )


def _shown_symbols(study: Study, rows: Rows) -> list[Ints]:
    """Return a class column for each symbol shown; the two parts of a score are one symbol."""
    published = study.rule.published
    shown = _shown(study, rows.positions)
    if not (study.scale is not None or published.score is not None or published.areas):
        return []
    symbols = [shown.pop(0)] if published.headline is not None else []
    # A score is two columns; the judgement it is named after may hold levels alone.
    if len(shown) >= len(published.areas) + 2:
        symbols.append(_classes([shown.pop(0), shown.pop(0)]))
    return [_classes([one]) for one in (*symbols, *shown)]


def _bits(symbols: Sequence[Ints], rows: Rows, weights: Weights) -> Figure:
    def statistic(chosen: Weights) -> NDArray[np.float64]:
        total = np.zeros(len(chosen))
        for classes in symbols:
            cells = np.zeros((len(rows), int(classes.max()) + 1))
            cells[np.arange(len(rows)), classes] = 1
            total += entropy(chosen @ cells)
        return total

    value = float(statistic(np.ones((1, len(rows))))[0])
    return with_interval(Figure(value, rows.basis), statistic, weights)


def _word_bits(study: Study, weights: Weights) -> tuple[Figure, Figure]:
    rows = study.observed
    every = every_profile(study)
    counts = state_counts(every, len(study.names))
    exact = Figure(float(entropy(counts)), every.basis)
    if not len(rows):
        return Figure(None, rows.basis, reason="no assessment is complete"), exact
    return _bits([rows.states], rows, weights), exact


def _every_bits(study: Study) -> Figure:
    published = study.rule.published
    if study.scale is None and published.score is None and not published.areas:
        return Figure(0.0, study.all_profiles)
    if study.size > MOST_RATED:
        return no_figure("the space is too large to rate every profile")
    grid = np.stack(
        [np.broadcast_to(one, study.shape).ravel() for one in mesh(study.shape)], axis=1
    ).astype(np.int64)
    zeros = np.zeros(len(grid), dtype=np.int64)
    rows = Rows(grid, zeros, (), study.all_profiles, study.card)
    bits = [float(entropy(np.bincount(one))) for one in _shown_symbols(study, rows)]
    return Figure(sum(bits), study.all_profiles)


def state_counts(profiles: Profiles, kinds: int) -> Ints:
    """Return how many profiles are in each state."""
    return np.bincount(profiles.states.ravel().astype(np.int64), minlength=kinds)


def fineness(study: Study, weights: Weights) -> Metric:
    """Return how many equally common grades would tell as much apart, and Ferguson's delta."""
    if study.scale is None:
        none = no_figure(NO_WORD)
        grades = Measure("", "equally common words that say as much", "number", none, none)
        return Metric("A3", NAMES["A3"], None, (grades,))
    grades_of, deltas = [], []
    for profiles in (observed_profiles(study, weights), every_profile(study)):
        counts = state_counts(profiles, len(study.names))[: study.levels]
        if not counts.sum():
            nothing = Figure(None, profiles.basis, reason="nothing is rated")
            grades_of.append(nothing)
            deltas.append(nothing)
            continue
        grades_of.append(_effective(profiles, counts, study.levels))
        deltas.append(Figure(discrimination(counts.tolist()), profiles.basis))
    return Metric(
        "A3",
        NAMES["A3"],
        None,
        (
            Measure("", "equally common words that say as much", "number", *grades_of),
            Measure("delta", "Ferguson's delta", "share", *deltas),
        ),
        ("Ferguson's delta is 1 if every level is as common as any other, 0 if all are alike.",),
    )


def _effective(profiles: Profiles, counts: Ints, levels: int) -> Figure:
    figure = Figure(float(2 ** entropy(counts)), profiles.basis)
    if profiles.weights is None:
        return figure
    cells = (profiles.states[:, None] == np.arange(levels)).astype(np.float64)

    def statistic(chosen: Weights) -> NDArray[np.float64]:
        drawn = chosen @ cells
        return np.where(drawn.sum(axis=1) > 0, 2 ** entropy(drawn), np.nan)

    return with_interval(figure, statistic, profiles.weights)
