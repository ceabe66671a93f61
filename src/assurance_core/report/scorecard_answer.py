"""A scorecard as JSON: `assurance/scorecard/1`."""

from __future__ import annotations

from typing import Any

from assurance_core.lab.attribution import Attribution
from assurance_core.lab.contender import Contender
from assurance_core.lab.metrics.agreement import Agreement
from assurance_core.lab.metrics.claims import NO_VERDICT
from assurance_core.lab.metrics.figure import Basis, Figure, Measure, Metric
from assurance_core.lab.scorecard import Scorecard
from assurance_core.report.attribution_report import attribution_answer

_PLACES = 12
_LARGEST = 1 << 53


def scorecard_answer(card: Scorecard, attributed: Attribution | None = None) -> dict[str, Any]:
    """Return everything a scorecard holds."""
    cover = card.coverage
    return {
        "format": "assurance/scorecard/1",
        "no_verdict": list(NO_VERDICT),
        "seed": card.seed,
        "bootstrap": {"draws": card.draws, "coverage": 0.95, "resampled": "bodies"},
        "version": card.version.id,
        "assessments": card.used,
        "other_versions": dict(card.other_versions),
        "left_out": dict(cover.left_out),
        "note": cover.note or None,
        "designs": [
            {
                **design_of(one.contender),
                "metrics": [metric_answer(metric) for metric in one.metrics],
            }
            for one in card.designs
        ],
        "agreements": [_agreement(card, one) for one in card.agreements],
        "attribution": attribution_answer(attributed) if attributed else None,
    }


def design_of(contender: Contender) -> dict[str, Any]:
    """Return which design it is."""
    return {
        "id": contender.design.id,
        "name": contender.design.name,
        "label": contender.name,
        "status": contender.design.status,
        "lineage": list(contender.design.lineage),
        "crosswalk": contender.crosswalk.id if contender.crosswalk else None,
    }


def metric_answer(metric: Metric) -> dict[str, Any]:
    """Return a metric."""
    return {
        "id": metric.id,
        "name": metric.name,
        "claim": {"text": metric.claim.text, "source": metric.claim.source}
        if metric.claim
        else None,
        "applicable": metric.applicable,
        "measures": [_measure(one) for one in metric.measures],
        "rows": [_measure(one) for one in metric.rows],
        "notes": list(metric.notes),
    }


def _measure(one: Measure) -> dict[str, Any]:
    return {
        "id": one.id or None,
        "name": one.name,
        "unit": one.unit,
        "observed": figure_answer(one.observed),
        "all_profiles": figure_answer(one.every),
    }


def figure_answer(one: Figure) -> dict[str, Any]:
    """Return a figure, rounded to twelve places: then it prints alike everywhere."""
    answer: dict[str, Any] = {"value": _rounded(one.value)}
    if one.of is not None:
        answer |= {"count": _whole(one.count), "of": _whole(one.of)}
    if one.low is not None:
        answer["interval"] = [_rounded(one.low), _rounded(one.high)]
    if one.reason:
        answer["not_applicable"] = one.reason
    if one.basis.kind != "none":
        answer["computed_on"] = _basis(one.basis)
    return answer


def _basis(basis: Basis) -> dict[str, Any]:
    answer: dict[str, Any] = {"kind": basis.kind, "size": _whole(basis.size)}
    if basis.kind == "observed":
        answer |= {"bodies": basis.bodies, "first": basis.first or None, "last": basis.last or None}
    if basis.kind == "sampled":
        answer |= {"seed": basis.seed, "of": _whole(basis.space)}
    return answer


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _PLACES)


def _whole(value: int | None) -> int | str | None:
    """Return a whole number, as text where JSON readers would round it."""
    return str(value) if value is not None and value > _LARGEST else value


def _agreement(card: Scorecard, one: Agreement) -> dict[str, Any]:
    return {
        "first": card.designs[one.first].contender.design.id,
        "second": card.designs[one.second].contender.design.id,
        "first_label": card.designs[one.first].contender.name,
        "second_label": card.designs[one.second].contender.name,
        "metric": metric_answer(one.metric),
        "words": list(one.names),
        "observed": [list(row) for row in one.observed],
        "all_profiles": [[_whole(count) for count in row] for row in one.every],
    }
