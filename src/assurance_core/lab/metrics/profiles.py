"""Profiles as arrays that broadcast: one formula serves the observed rows and the whole space."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.lab.metrics.bootstrap import Weights, ratio, with_interval
from assurance_core.lab.metrics.figure import Basis, Figure, share
from assurance_core.lab.metrics.study import Rows, Study

Mask = NDArray[np.bool_]


@frozen(eq=False)
class Profiles:
    """Some profiles of a design.

    Attributes:
        scores: for each column of the card its positions; they broadcast against each other.
        states: of the headline.
        basis: what they are.
        weights: for observed rows, the draws of the bootstrap.
    """

    scores: tuple[NDArray[Any], ...]
    states: NDArray[Any]
    basis: Basis
    weights: Weights | None = None

    def share(self, mask: Mask, among: Mask, nothing: str) -> Figure:
        """Return the share of profiles for which a mask holds, among those of another."""
        top, below = self.full(mask) & self.full(among), self.full(among)
        figure = share(int(top.sum()), int(below.sum()), self.basis, nothing)
        if self.weights is None:
            return figure
        return with_interval(figure, ratio(top, below), self.weights)

    def mean(self, values: NDArray[Any], among: Mask, nothing: str) -> Figure:
        """Return the mean of some values, among the profiles of a mask."""
        below = self.full(among)
        count = int(below.sum())
        if not count:
            return Figure(None, self.basis, reason=nothing)
        full = np.broadcast_to(values, self.states.shape) * below
        figure = Figure(float(full.sum()) / count, self.basis)
        if self.weights is None:
            return figure
        return with_interval(figure, ratio(full, below), self.weights)

    def full(self, mask: Mask) -> Mask:
        """Return a mask in the form of the states."""
        return np.broadcast_to(mask, self.states.shape)

    @property
    def every(self) -> Mask:
        """The mask of all."""
        return np.ones(self.states.shape, dtype=bool)

    def count_of(self, positions: tuple[int, ...], below: bool) -> NDArray[Any]:
        """Return how many columns of the card are at a position, or below it, in each profile."""
        total: NDArray[Any] = np.zeros((), dtype=np.int8)
        for score, position in zip(self.scores, positions, strict=True):
            total = total + ((score < position) if below else (score == position)).astype(np.int8)
        return np.broadcast_to(total, self.states.shape)


def observed_profiles(study: Study, weights: Weights) -> Profiles:
    """Return the observed bodies."""
    return _of_rows(study.observed, weights)


def every_profile(study: Study) -> Profiles:
    """Return the whole space, or the profiles drawn from it."""
    if study.states is None:
        assert study.drawn is not None
        return _of_rows(study.drawn, None)
    return Profiles(mesh(study.shape)[: study.card], study.states, study.all_profiles)


def mesh(shape: tuple[int, ...]) -> tuple[NDArray[np.int8], ...]:
    """Return the positions along every axis of a space; they broadcast against each other."""
    columns = []
    for axis, size in enumerate(shape):
        form = [1] * len(shape)
        form[axis] = size
        columns.append(np.arange(1, size + 1, dtype=np.int8).reshape(form))
    return tuple(columns)


def _of_rows(rows: Rows, weights: Weights | None) -> Profiles:
    columns = tuple(rows.positions[:, place] for place in range(rows.card))
    return Profiles(columns, rows.states, rows.basis, weights)
