"""What the data cover: how many bodies, how complete, from which sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attrs import frozen

from assurance_core.model.assessment import Assessment

DEFAULT_STATUSES = ("formal",)


@frozen
class Coverage:
    """What was compared and what was left out.

    Attributes:
        assessments: how many are compared.
        bodies: how many different bodies.
        complete: how many have every score.
        bodies_total: how many bodies there are in all, if known.
        left_out: how many were left out, by status.
        source_status: how many rest on which kind of source.
        first, last: the dates they span, as written.
        note: what the coverage means.
    """

    assessments: int
    bodies: int
    complete: int
    bodies_total: int | None
    left_out: tuple[tuple[str, int], ...]
    source_status: tuple[tuple[str, int], ...]
    first: str
    last: str
    note: str


def choose_assessments(
    assessments: Sequence[Assessment], statuses: Sequence[str] = DEFAULT_STATUSES
) -> tuple[Assessment, ...]:
    """Return the assessments with one of these statuses, by body and date."""
    chosen = [one for one in assessments if one.status in statuses]
    return tuple(sorted(chosen, key=lambda one: (one.body.name, _when(one))))


def coverage(
    assessments: Sequence[Assessment],
    chosen: Sequence[Assessment],
    bodies_total: int | None = None,
    note: str = "",
) -> Coverage:
    """Describe what was compared.

    Args:
        assessments: everything the data hold.
        chosen: what was compared.
        bodies_total: how many bodies there are in all.
        note: what the coverage means.
    """
    left = Counter(one.status for one in assessments)
    left.subtract(one.status for one in chosen)
    sources = Counter(one.source.status if one.source else "without one" for one in chosen)
    dated = sorted((one for one in chosen if one.date), key=_when)
    return Coverage(
        assessments=len(chosen),
        bodies=len({one.body.name for one in chosen}),
        complete=sum(one.complete() for one in chosen),
        bodies_total=bodies_total,
        left_out=tuple((status, count) for status, count in sorted(left.items()) if count),
        source_status=tuple(sorted(sources.items())),
        first=str(dated[0].date) if dated else "",
        last=str(max(dated, key=lambda one: one.date.last if one.date else 0).date)
        if dated
        else "",
        note=note,
    )


def _when(one: Assessment) -> str:
    return one.date.first.isoformat() if one.date else ""
