"""M7: how often scoring noise changes the outcome, and how far two inspectors would agree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assurance_core.lab.diagram import Folded
from assurance_core.lab.metrics.bootstrap import Statistic, Weights, with_interval
from assurance_core.lab.metrics.claims import CLAIMS, NAMES
from assurance_core.lab.metrics.distance import NOBODY
from assurance_core.lab.metrics.figure import Basis, Figure, Measure, Metric, not_applicable
from assurance_core.lab.metrics.information import NO_WORD
from assurance_core.lab.metrics.study import TOO_LARGE, Study
from assurance_core.lab.noise import chances_of, reliability_of_space
from assurance_core.lab.noise_settings import CENTRAL, SETTINGS, NoiseSetting, either_way, one_way
from assurance_core.lab.noise_space import Kernel, spread
from assurance_core.lab.placed import states_of

Floats = NDArray[np.float64]
MOST_NOISY = 1 << 20
ONE_OUTCOME = "there is one outcome only"


def misclassification(study: Study, weights: Weights) -> Metric:
    """Return M7, at the central setting first and the others after it."""
    if study.scale is None:
        return not_applicable("M7", NAMES["M7"], CLAIMS["M7"], NO_WORD)
    if study.space is None:
        return not_applicable("M7", NAMES["M7"], CLAIMS["M7"], TOO_LARGE)
    central = _measures(study, weights, CENTRAL, "")
    others = [
        one
        for setting in SETTINGS
        if setting is not CENTRAL
        for one in _measures(study, weights, setting, f"{setting.id}.")
    ]
    notes = (
        f"Each statement moves one step with chance {CENTRAL.chance:g} (low "
        f"{SETTINGS[0].chance:g}, high {SETTINGS[-1].chance:g}): either way by itself, or all of a "
        "body's the same way. "
        "No study of these statement scores was found. That published agreement between "
        "inspectors elsewhere carries over is an assumption.",
    )
    return Metric("M7", NAMES["M7"], CLAIMS["M7"], tuple(central), notes, tuple(others))


def _measures(study: Study, weights: Weights, setting: NoiseSetting, key: str) -> list[Measure]:
    at = "" if not key else f", chance {setting.chance:g}"
    found = []
    for prefix, model, (here, there) in zip(
        ("", "same_"),
        ("independent", "same direction"),
        _both_models(study, weights, setting.chance),
        strict=True,
    ):
        wrong = "" if not (prefix or key) else f"{key}{prefix}wrong"
        for name, words, unit, one, other in zip(
            (wrong, f"{key}{prefix}consistency", f"{key}{prefix}kappa"),
            ("chance of another word", "chance that two inspectors agree", "κ of two inspectors"),
            ("share", "share", "agreement"),
            here,
            there,
            strict=True,
        ):
            assert unit in ("share", "agreement")
            found.append(
                Measure(name, f"{words} ({model}{at})",
                        "share" if unit == "share" else "agreement", one, other)
            )  # fmt: skip
    return found


def _both_models(
    study: Study, weights: Weights, chance: float
) -> list[tuple[Sequence[Figure], Sequence[Figure]]]:
    """Return the figures of either model, on the observed bodies and on all profiles.

    A space of some size is not spread out: its diagrams give the same, exactly.
    """
    if study.states is None or study.size > MOST_NOISY:
        assert study.folds is not None
        return _by_diagrams(study, study.folds, weights, chance)
    found: list[tuple[Sequence[Figure], Sequence[Figure]]] = []
    for model in (0, 1):
        chances = _chances(study, chance, model)
        found.append(
            (
                _figures(study, chances, weights, observed=True),
                _figures(study, chances, weights, observed=False),
            )
        )
    return found


def _by_diagrams(
    study: Study, folds: Folded, weights: Weights, chance: float
) -> list[tuple[Sequence[Figure], Sequence[Figure]]]:
    levels = study.levels_in(folds.space, study.observed)
    own = states_of(folds.space, levels)
    whole = reliability_of_space(folds, chance)
    found: list[tuple[Sequence[Figure], Sequence[Figure]]] = []
    for table, both in zip(
        chances_of(folds, levels, chance), (whole.independent, whole.same_direction), strict=True
    ):
        there = [
            Figure(value, study.all_profiles, reason="" if value is not None else ONE_OUTCOME)
            for value in (both.misclassification, both.consistency, both.kappa)
        ]
        here: Sequence[Figure] = [Figure(None, study.observed.basis, reason=NOBODY)] * 3
        if len(own):
            kept = table[np.arange(len(own)), own]
            here = _reliability(table, kept, study.observed.basis, weights)
        found.append((here, there))
    return found


def _chances(study: Study, chance: float, model: int) -> list[Floats]:
    """Return for each state how likely it is from every profile; a judged level does not move."""
    assert study.states is not None
    return [
        _spread((study.states == state).astype(np.float64), study, chance, model)
        for state in range(len(study.names))
    ]


def _spread(there: Floats, study: Study, chance: float, model: int) -> Floats:
    def kernels(make: Sequence[Kernel]) -> list[Kernel]:
        still = [np.eye(size) for size in study.shape[study.card :]]
        return [*make, *still]

    sizes = study.shape[: study.card]
    if not there.any():
        return there
    if model == 0:
        return spread(there, kernels([either_way(size, chance) for size in sizes]))
    up = spread(there, kernels([one_way(size, chance, 1) for size in sizes]))
    return (up + spread(there, kernels([one_way(size, chance, -1) for size in sizes]))) / 2


def _figures(
    study: Study, chances: Sequence[Floats], weights: Weights, observed: bool
) -> tuple[Figure, Figure, Figure]:
    """Return misclassification, consistency and κ over the observed bodies or the whole space."""
    assert study.states is not None
    rows = study.observed
    if observed and not len(rows):
        nothing = Figure(None, rows.basis, reason=NOBODY)
        return nothing, nothing, nothing
    if observed:
        index = tuple(rows.positions[:, place] - 1 for place in range(rows.positions.shape[1]))
        table = np.stack([one[index] for one in chances], axis=1)
        kept = table[np.arange(len(rows)), rows.states]
        return _reliability(table, kept, rows.basis, weights)
    table = np.stack([one.ravel() for one in chances], axis=1)
    kept = np.take_along_axis(table, study.states.reshape(-1, 1).astype(np.int64), axis=1)
    return _reliability(table, kept.ravel(), study.all_profiles, None)


def _reliability(
    table: Floats, kept: Floats, basis: Basis, weights: Weights | None
) -> tuple[Figure, Figure, Figure]:
    squares = (table**2).sum(axis=1)

    def mean(values: Floats) -> Statistic:
        return lambda chosen: chosen @ values / chosen.sum(axis=1)

    def kappa(chosen: Weights) -> Floats:
        shares = chosen @ table / chosen.sum(axis=1, keepdims=True)
        by_chance = (shares**2).sum(axis=1)
        agreed = chosen @ squares / chosen.sum(axis=1)
        return chance_corrected(agreed, by_chance)

    figures = []
    for statistic in (mean(1 - kept), mean(squares), kappa):
        value = float(statistic(np.ones((1, len(table))))[0])
        if np.isnan(value):
            figures.append(Figure(None, basis, reason=ONE_OUTCOME))
            continue
        figure = Figure(value, basis)
        figures.append(with_interval(figure, statistic, weights) if weights is not None else figure)
    return figures[0], figures[1], figures[2]


def chance_corrected(agreed: Floats, by_chance: Floats) -> Floats:
    """Return κ: agreement beyond what chance alone would give; not a number where that is all.

    Example:
        >>> chance_corrected(np.array([0.92, 0.92]), np.array([0.5, 0.82])).round(2).tolist()
        [0.84, 0.56]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(by_chance < 1 - 1e-12, (agreed - by_chance) / (1 - by_chance), np.nan)
