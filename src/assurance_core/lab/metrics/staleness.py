"""M13: how old the outcomes are at a date. It is the same for every design."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Day  # noqa: N812

import numpy as np

from assurance_core.lab.metrics.bootstrap import ratio, weights_by_name, with_interval
from assurance_core.lab.metrics.claims import CLAIMS, NAMES
from assurance_core.lab.metrics.figure import (
    Basis,
    Figure,
    Measure,
    Metric,
    Unit,
    no_figure,
    not_applicable,
    share,
)
from assurance_core.model.assessment import Assessment, Score
from assurance_core.model.dates import PartialDate

DAYS_A_YEAR = 365.25
OLD_AFTER = 3.0


def last_day(assessments: Sequence[Assessment]) -> PartialDate | None:
    """Return the latest date in the data: ages are counted to it unless another is named."""
    dates = [day for one in assessments for day in (one.date, one.published_on) if day]
    return max(dates, key=lambda one: one.last, default=None)


def staleness(
    assessments: Sequence[Assessment],
    at: PartialDate | None,
    bodies_total: int | None,
    seed: int,
    old_after: float = OLD_AFTER,
) -> Metric:
    """Return M13.

    Args:
        assessments: those that are compared; of each body the latest counts.
        at: the date to which ages are counted; the latest in the data unless given.
        bodies_total: how many bodies there are in all.
        seed: of the bootstrap.
        old_after: years from which a rating counts as old.
    """
    name, claim = NAMES["M13"], CLAIMS["M13"]
    end = at or last_day(assessments)
    if end is None:
        return not_applicable("M13", name, claim, "the data hold no dates", "years")
    latest = _latest(assessments, end.last)
    if not latest:
        return not_applicable("M13", name, claim, f"no dated assessment by {end}", "years")
    none = no_figure("a property of the data, not of the design")
    dates = [one.date for one in latest if one.date]
    basis = Basis(
        "observed",
        len(latest),
        len(latest),
        min(dates, key=lambda one: one.first).text,
        max(dates, key=lambda one: one.last).text,
    )
    least = np.array([max(_years(end.first, one.last), 0.0) for one in dates])
    most = np.array([_years(end.last, one.first) for one in dates])
    every = np.ones(len(latest))
    weights = weights_by_name([one.body.name for one in latest], seed)

    def mean(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Figure:
        figure = Figure(float(values.mean()), basis)
        return with_interval(figure, ratio(values, every), weights)

    def older(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Figure:
        mask = (values > old_after).astype(np.float64)
        figure = share(int(mask.sum()), len(latest), basis)
        return with_interval(figure, ratio(mask, every), weights)

    years: Unit = "years"
    measures = [
        Measure("", "mean age, imprecise dates taken at their middle", years,
                mean((least + most) / 2), none),
        Measure("least", "mean age, at least", years, mean(least), none),
        Measure("most", "mean age, at most", years, mean(most), none),
        Measure("older", f"older than {old_after:g} years, certainly", "share", older(least), none),
        Measure("older_most", f"older than {old_after:g} years, at most", "share", older(most),
                none),
        _carried(latest, basis),
    ]  # fmt: skip
    bodies = len({one.body.name for one in assessments})
    if bodies_total and bodies <= bodies_total:
        missing = share(bodies_total - bodies, bodies_total, Basis("observed", bodies_total))
        measures.append(Measure("never", "bodies that are not in the data", "share", missing, none))
    notes = (
        f"Counted to {end}. Not being in the data is not the same as never having been rated.",
    )
    return Metric("M13", name, claim, tuple(measures), notes)


def _latest(assessments: Sequence[Assessment], end: Day) -> list[Assessment]:
    """Return the latest dated assessment of each body, by name."""
    found: dict[str, Assessment] = {}
    for one in assessments:
        if one.date is None or one.date.first > end:
            continue
        other = found.get(one.body.name)
        if other is None or (other.date and one.date.last >= other.date.last):
            found[one.body.name] = one
    return [found[name] for name in sorted(found)]


def _years(end: Day, start: Day) -> float:
    return (end - start).days / DAYS_A_YEAR


def _carried(latest: Sequence[Assessment], basis: Basis) -> Measure:
    scores = [cell for one in latest for cell in one.scores.values() if isinstance(cell, Score)]
    carried = sum(cell.carried_forward for cell in scores)
    return Measure(
        "carried",
        "scores carried forward from an earlier assessment",
        "share",
        share(carried, len(scores), basis, "no score is known"),
        no_figure("a property of the data, not of the design"),
    )
