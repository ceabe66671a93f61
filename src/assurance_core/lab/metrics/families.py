"""Which functions give which metrics of a design: a sweep works out only what it needs."""

from __future__ import annotations

from collections.abc import Callable, Collection

from attrs import frozen

from assurance_core.lab.metrics.bootstrap import Weights
from assurance_core.lab.metrics.claims import CLAIMS, NAMES
from assurance_core.lab.metrics.distance import cliffs, robustness
from assurance_core.lab.metrics.figure import Metric, not_applicable
from assurance_core.lab.metrics.influence import influence
from assurance_core.lab.metrics.information import fineness, information, reading_load
from assurance_core.lab.metrics.masking import (
    alarm,
    binding,
    compensation,
    masking,
    weak_statements,
)
from assurance_core.lab.metrics.pairs import spread_and_decisiveness
from assurance_core.lab.metrics.reliability import misclassification
from assurance_core.lab.metrics.study import Study


@frozen
class Family:
    """Metrics that are worked out together.

    Attributes:
        ids: of the metrics.
        measure: gives them for a design and the draws of the bootstrap.
    """

    ids: tuple[str, ...]
    measure: Callable[[Study, Weights], tuple[Metric, ...]]


def _one(metric_id: str, measure: Callable[[Study, Weights], Metric]) -> Family:
    return Family((metric_id,), lambda study, weights: (measure(study, weights),))


FAMILIES = (
    _one("M1", information),
    _one("M2", masking),
    _one("M3", compensation),
    Family(("M4", "M9"), spread_and_decisiveness),
    _one("M5", cliffs),
    _one("M6", robustness),
    _one("M7", misclassification),
    _one("M10", reading_load),
    _one("M11", alarm),
    _one("A1", influence),
    _one("A2", weak_statements),
    _one("A3", fineness),
    _one("A4", binding),
)


def metrics_of(
    study: Study, weights: Weights, wanted: Collection[str] | None = None
) -> tuple[Metric, ...]:
    """Return the metrics of one design.

    Args:
        study: the design.
        weights: the draws of the bootstrap.
        wanted: ids of metrics; all unless given. A family comes whole.
    """
    families = [one for one in FAMILIES if wanted is None or not set(one.ids).isdisjoint(wanted)]
    if not study.card:
        why = "nothing is scored"
        ids = [metric_id for family in families for metric_id in family.ids]
        return tuple(not_applicable(one, NAMES[one], CLAIMS.get(one), why) for one in ids)
    return tuple(metric for family in families for metric in family.measure(study, weights))


def in_order(metric: Metric) -> tuple[str, int]:
    """Sort key: M1, M2, …, then the auxiliary ones."""
    return ("M" if metric.id[0] == "M" else "Z", int(metric.id[1:]))
