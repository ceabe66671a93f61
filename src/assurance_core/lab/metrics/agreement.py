"""M12: two designs on the same profiles: a table of words against words, κ, and reversals."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any, Literal

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.engine.table import MOST_PROFILES
from assurance_core.lab.metrics.bootstrap import Weights, weights_of, with_interval
from assurance_core.lab.metrics.claims import CLAIMS, NAMES
from assurance_core.lab.metrics.figure import Basis, Figure, Measure, Metric, not_applicable
from assurance_core.lab.metrics.reliability import chance_corrected
from assurance_core.lab.metrics.study import SAMPLE_SIZE, Rows, Study, states_of

Weighting = Literal["unweighted", "linear", "quadratic"]
Crosstab = tuple[tuple[int, ...], ...]


@frozen(eq=False)
class Agreement:
    """Two designs held against each other: metric M12.

    Attributes:
        first, second: places of the two in the scorecard.
        metric: share with the same word, the three κ, reversals.
        names: of the states, as far as they occur: those of the tables.
        observed, every: how many have which word: rows the first design, columns the second.
    """

    first: int
    second: int
    metric: Metric
    names: tuple[str, ...] = ()
    observed: Crosstab = ()
    every: Crosstab = ()


def cohen_kappa(table: NDArray[Any], weighting: Weighting = "unweighted") -> NDArray[np.float64]:
    """Return Cohen's κ of square tables of counts; the last two axes are the table.

    Example:
        >>> counts = np.array([[1, 1, 1], [0, 1, 1], [1, 0, 2]])
        >>> round(float(cohen_kappa(counts, "linear")), 4)
        0.2
    """
    size = table.shape[-1]
    rows, columns = np.indices((size, size))
    apart = np.abs(rows - columns).astype(np.float64)
    if weighting == "unweighted":
        apart = (apart > 0).astype(np.float64)
    elif weighting == "quadratic":
        apart = apart**2
    apart /= apart.max() if apart.max() else 1
    counts = table.astype(np.float64)
    total = counts.sum(axis=(-2, -1))
    shares = counts / np.where(total > 0, total, np.nan)[..., None, None]
    expected = shares.sum(axis=-1)[..., :, None] * shares.sum(axis=-2)[..., None, :]
    return chance_corrected(
        1 - (shares * apart).sum(axis=(-2, -1)), 1 - (expected * apart).sum(axis=(-2, -1))
    )


def reversals(table: Sequence[Sequence[int]]) -> int:
    """Return how many pairs one design orders one way and the other the opposite way.

    Example:
        >>> reversals([[0, 2], [3, 0]])
        6
    """
    size = range(len(table))
    return sum(
        int(table[a][b]) * int(table[c][d])
        for a in size
        for c in size
        if a < c
        for b in size
        for d in size
        if b > d
    )


def agreement(studies: Sequence[Study], first: int, second: int, seed: int) -> Agreement:
    """Hold two designs against each other, on observed bodies and on all profiles.

    Args:
        studies: of the same assessments.
        first, second: places of the two.
        seed: of the bootstrap, and of profiles drawn where there are too many.
    """
    one, other = studies[first], studies[second]
    tables_of = crosstabs(one, other, seed)
    if tables_of is None:
        metric = not_applicable("M12", NAMES["M12"], CLAIMS["M12"], incomparable(one, other))
        return Agreement(first, second, metric)
    here, there, basis = tables_of.observed, tables_of.every, tables_of.every_on
    rows, cells, levels = tables_of.rows, tables_of.cells, one.levels
    kinds = len(here)
    weights = weights_of(rows, seed)
    hot = (cells[:, None] == np.arange(kinds**2)).astype(np.float64)

    def tables(chosen: Weights) -> NDArray[np.float64]:
        return np.asarray(chosen @ hot).reshape(len(chosen), kinds, kinds)

    measures = [
        Measure(
            "",
            "the same word",
            "share",
            with_interval(_same(here, rows.basis), lambda w: _same_of(tables(w)), weights),
            _same(there, basis),
        )
    ]
    weightings: tuple[Weighting, ...] = ("unweighted", "linear", "quadratic")
    for weighting in weightings:

        def kappa(chosen: Weights, by: Weighting = weighting) -> NDArray[np.float64]:
            return cohen_kappa(tables(chosen)[:, :levels, :levels], by)

        found = _kappa(here[:levels, :levels], weighting, rows.basis)
        measures.append(
            Measure(
                f"kappa_{weighting}",
                f"κ, {weighting}",
                "agreement",
                with_interval(found, kappa, weights),
                _kappa(there[:levels, :levels], weighting, basis),
            )
        )
    measures.append(
        Measure(
            "reversals",
            "of pairs, ordered one way by one design and the other way by the other",
            "share",
            _reversed(here[:levels, :levels], int(here.sum()), rows.basis),
            _reversed(there[:levels, :levels], int(there.sum()), basis),
        )
    )
    metric = Metric("M12", NAMES["M12"], CLAIMS["M12"], tuple(measures))
    names = (*one.names[:levels], *(["no headline"] if kinds > levels else []))
    return Agreement(first, second, metric, names, _crosstab(here), _crosstab(there))


@frozen(eq=False)
class Crosstabs:
    """How many have which word under two designs; one state more stands for no headline.

    Attributes:
        observed, every: rows the first design, columns the second.
        observed_on, every_on: what was counted.
        rows: the assessments that both designs rate.
        cells: the cell of each, counted from 0.
    """

    observed: NDArray[np.int64]
    every: NDArray[np.int64]
    observed_on: Basis
    every_on: Basis
    rows: Rows
    cells: NDArray[np.int64]


def crosstabs(one: Study, other: Study, seed: int) -> Crosstabs | None:
    """Return how many have which word under two designs, or None where words differ in kind."""
    if incomparable(one, other):
        return None
    # Whatever the reason for having no word is, it is one state here.
    kinds = one.levels + (max(len(one.names), len(other.names)) > one.levels)
    cells, rows = _observed(one, other, kinds)
    here = np.bincount(cells, minlength=kinds**2).reshape(kinds, kinds).astype(np.int64)
    there, basis = _whole(one, other, kinds, seed)
    return Crosstabs(here, there, rows.basis, basis, rows, cells)


def incomparable(one: Study, other: Study) -> str:
    """Return why the words of two designs cannot be compared; empty where they can."""
    if one.scale is None or other.scale is None:
        without = [s.contender.design.name for s in (one, other) if s.scale is None]
        return f"no headline: {' and '.join(without)}"
    if not one.scale.same_levels(other.scale):
        return f"different levels: {', '.join(one.scale.ids)} against {', '.join(other.scale.ids)}"
    return ""


def _observed(one: Study, other: Study, kinds: int) -> tuple[NDArray[np.int64], Rows]:
    """Return the cell of each assessment that both designs rate."""
    places = {id(a): n for n, a in enumerate(other.observed.assessments)}
    kept = [n for n, a in enumerate(one.observed.assessments) if id(a) in places]
    theirs = [places[id(one.observed.assessments[n])] for n in kept]
    rows = one.observed
    chosen = Rows(
        rows.positions[kept],
        rows.states[kept],
        tuple(rows.assessments[n] for n in kept),
        rows.basis if len(kept) == len(rows) else other.observed.basis,
        rows.card,
    )
    mine, other_states = rows.states[kept], other.observed.states[theirs]
    return np.minimum(mine, kinds - 1) * kinds + np.minimum(other_states, kinds - 1), chosen


def _whole(one: Study, other: Study, kinds: int, seed: int) -> tuple[NDArray[np.int64], Basis]:
    """Return the table over every profile of both designs' leaves."""
    leaves = {leaf.id: leaf for leaf in (*one.leaves, *other.leaves)}
    size = prod(len(leaf.scale) for leaf in leaves.values())
    if one.states is not None and other.states is not None and size <= MOST_PROFILES:
        left, right = (np.minimum(_over(study, list(leaves)), kinds - 1) for study in (one, other))
        shape = tuple(len(leaf.scale) for leaf in leaves.values())
        cells = np.broadcast_to(left.astype(np.int32) * kinds + right, shape).ravel()
        basis = Basis("all profiles", size)
    else:
        random = np.random.default_rng(seed)
        columns = {
            leaf.id: random.integers(1, len(leaf.scale) + 1, size=SAMPLE_SIZE)
            for leaf in leaves.values()
        }
        states = [
            np.minimum(
                states_of(
                    study.rule, {leaf.id: columns[leaf.id] for leaf in study.leaves}, SAMPLE_SIZE
                ),
                kinds - 1,
            )
            for study in (one, other)
        ]
        cells = (states[0] * kinds + states[1]).astype(np.int32)
        basis = Basis("sampled", SAMPLE_SIZE, seed=seed, space=size)
    return np.bincount(cells, minlength=kinds**2).reshape(kinds, kinds).astype(np.int64), basis


def _over(study: Study, ids: Sequence[str]) -> NDArray[np.int16]:
    """Return a study's tensor over more leaves, in another order."""
    assert study.states is not None
    own = [leaf.id for leaf in study.leaves]
    order = [own.index(name) for name in ids if name in own]
    sizes = iter(study.states.transpose(order).shape)
    form = [next(sizes) if name in own else 1 for name in ids]
    return study.states.transpose(order).reshape(form)


def _same(table: NDArray[np.int64], basis: Basis) -> Figure:
    total, same = int(table.sum()), int(np.trace(table))
    if not total:
        return Figure(None, basis, reason="no assessment is complete")
    return Figure(same / total, basis, same, total)


def _same_of(tables: NDArray[np.float64]) -> NDArray[np.float64]:
    same = np.trace(tables, axis1=-2, axis2=-1)
    return np.asarray(same / tables.sum(axis=(-2, -1)))


def _kappa(table: NDArray[np.int64], weighting: Weighting, basis: Basis) -> Figure:
    value = float(cohen_kappa(table, weighting))
    if np.isnan(value):
        return Figure(None, basis, reason="there is one word only")
    return Figure(value, basis)


def _reversed(table: NDArray[np.int64], total: int, basis: Basis) -> Figure:
    pairs = total * (total - 1) // 2
    if not pairs:
        return Figure(None, basis, reason="fewer than two bodies")
    count = reversals(table.tolist())
    return Figure(count / pairs, basis, count, pairs)


def _crosstab(table: NDArray[np.int64]) -> Crosstab:
    return tuple(tuple(row) for row in table.tolist())
