"""Influence: how often one step of a statement changes the word."""

from __future__ import annotations

import numpy as np

from assurance_core.lab.metrics.bootstrap import Weights
from assurance_core.lab.metrics.claims import NAMES
from assurance_core.lab.metrics.figure import Figure, Measure, Metric, not_applicable, share
from assurance_core.lab.metrics.information import NO_WORD
from assurance_core.lab.metrics.study import Study, states_of
from assurance_core.lab.single_steps import all_transitions, influences


def influence(study: Study, _weights: Weights) -> Metric:
    """Return, statement by statement, the share of its single steps that change the word."""
    name = NAMES["A1"]
    if study.scale is None:
        return not_applicable("A1", name, None, NO_WORD)
    if study.space is None:
        return not_applicable("A1", name, None, "the space is too large to be taken apart")
    found = influences(all_transitions(study.space))
    rows = []
    for place, leaf in enumerate(study.leaves[: study.card]):
        here = _observed(study, place)
        if leaf.id in found:
            there = share(found[leaf.id].changed, found[leaf.id].pairs, study.all_profiles)
        else:
            there = Figure(0.0, study.all_profiles)
        rows.append(Measure(leaf.id, leaf.name, "share", here, there))
    sides = ([row.observed for row in rows], [row.every for row in rows])
    most = [max(side, key=lambda one: one.value or 0.0) for side in sides]
    spread = [_effective(side) for side in sides]
    measures = (
        Measure("", "single steps of the most influential statement that change the word", "share",
                *most),
        Measure("spread", "statements of equal influence that would be as concentrated", "number",
                *spread),
    )  # fmt: skip
    notes = (
        "Over all profiles this is the Banzhaf index of each statement, for scales of any length.",
    )
    return Metric("A1", name, None, measures, notes, tuple(rows))


def _observed(study: Study, place: int) -> Figure:
    """Return how many of the steps that bodies could take on one statement change their word."""
    rows, leaf = study.observed, study.leaves[place]
    changed = steps = 0
    for step in (-1, 1):
        moved = rows.positions[:, place] + step
        inside = np.flatnonzero((moved >= 1) & (moved <= len(leaf.scale)))
        if not len(inside):
            continue
        columns = {one.id: rows.positions[inside, at] for at, one in enumerate(study.leaves)}
        columns[leaf.id] = moved[inside]
        there = states_of(study.rule, columns, len(inside))
        changed += int((there != rows.states[inside]).sum())
        steps += len(inside)
    return share(changed, steps, rows.basis, "no assessment is complete")


def _effective(figures: list[Figure]) -> Figure:
    """Return one over the sum of squared shares: how many equal ones would be as concentrated."""
    values = np.array([one.value or 0.0 for one in figures])
    basis = figures[0].basis
    if not values.sum():
        return Figure(None, basis, reason="no single step changes the word")
    shares = values / values.sum()
    return Figure(float(1 / (shares**2).sum()), basis)
