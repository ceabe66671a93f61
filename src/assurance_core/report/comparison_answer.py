"""A comparison as JSON: `assurance/comparison/1`."""

from __future__ import annotations

from typing import Any

from assurance_core.lab.compare import ComparedBody, Comparison, Hidden, Pair
from assurance_core.lab.contender import Contender
from assurance_core.lab.coverage import Coverage
from assurance_core.lab.neighbours import Step
from assurance_core.lab.result import Result
from assurance_core.model.assessment import Absence, Assessment, Score
from assurance_core.report.answers import headline_answer, possible_answer, score_answer
from assurance_core.report.comparison_words import movers, sentence


def comparison_answer(
    comparison: Comparison, scorecard: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return everything a comparison holds, with the answer of a scorecard if there is one."""
    answer = _comparison(comparison)
    return {**answer, "scorecard": scorecard} if scorecard else answer


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "format": "assurance/comparison/1",
        "designs": [{**contender_answer(one), "label": one.name} for one in comparison.contenders],
        "coverage": coverage_answer(comparison.coverage),
        "bodies": [_body(one) for one in comparison.bodies],
        "pairs": [_pair(comparison, one) for one in comparison.pairs],
        "hidden": [None if one is None else _hidden(one) for one in comparison.hidden],
        "thresholds": [
            None
            if listed is None
            else [
                {
                    "body": one.assessment.body.name,
                    "date": _date(one.assessment),
                    "headline": one.headline.level,
                    "up": [_step(step) for step in one.neighbours.up],
                    "down": [_step(step) for step in one.neighbours.down],
                }
                for one in listed
            ]
            for listed in comparison.thresholds
        ],
    }


def _hidden(hidden: Hidden) -> dict[str, Any]:
    return {
        "rated_good": hidden.rated_good,
        "bodies": [
            {
                "body": one.assessment.body.name,
                "date": _date(one.assessment),
                "headline": one.headline.level,
                "below": [{"name": name, "level": level.id} for name, level in one.below],
            }
            for one in hidden.bodies
        ],
    }


def _date(assessment: Assessment) -> str | None:
    return assessment.date.text if assessment.date else None


def contender_answer(contender: Contender) -> dict[str, Any]:
    """Return which design takes part, where it is from, and how it reads the assessments."""
    design = contender.design
    return {
        "id": design.id,
        "name": design.name,
        "status": design.status,
        "framework": design.framework.id,
        "lineage": list(design.lineage),
        "plugin": str(design.provenance),
        "crosswalk": contender.crosswalk.id if contender.crosswalk else None,
    }


def coverage_answer(cover: Coverage) -> dict[str, Any]:
    """Return what the data cover."""
    return {
        "assessments": cover.assessments,
        "bodies": cover.bodies,
        "bodies_total": cover.bodies_total,
        "complete": cover.complete,
        "left_out": dict(cover.left_out),
        "source_status": dict(cover.source_status),
        "first": cover.first or None,
        "last": cover.last or None,
        "note": cover.note or None,
    }


def _body(body: ComparedBody) -> dict[str, Any]:
    assessment = body.assessment
    return {
        "body": assessment.body.name,
        "code": assessment.body.code or None,
        "date": _date(assessment),
        "status": assessment.status,
        "scores": scores_answer(assessment),
        "results": [_result(one) for one in body.results],
    }


def scores_answer(assessment: Assessment) -> dict[str, Any]:
    """Return the scores by statement: a level, nothing where not known, or why there is none."""
    answer: dict[str, Any] = {}
    for key, cell in assessment.scores.items():
        if isinstance(cell, Score):
            answer[key] = cell.level
        elif isinstance(cell, Absence):
            answer[key] = {cell.kind: cell.reason}
        else:
            answer[key] = None
    return answer


def _result(result: Result) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "headline": headline_answer(result.headline),
        "possible": possible_answer(result.possible),
        **score_answer(result.outcome.score if result.outcome else None),
        "notes": list(result.notes),
    }
    if result.outcome:
        answer["areas"] = {
            one.id: one.level.id if one.level else None for one in result.outcome.areas
        }
    return answer


def _pair(comparison: Comparison, pair: Pair) -> dict[str, Any]:
    return {
        "first": comparison.contenders[pair.first].design.id,
        "second": comparison.contenders[pair.second].design.id,
        "first_label": comparison.contenders[pair.first].name,
        "second_label": comparison.contenders[pair.second].name,
        "sentence": sentence(comparison, pair),
        "comparable": pair.comparable,
        "reason": pair.reason or None,
        "changed": pair.count("changed") if pair.comparable else None,
        "unchanged": pair.count("unchanged") if pair.comparable else None,
        "cannot_tell": pair.count("cannot tell") if pair.comparable else None,
        "movers": [
            {"body": one.assessment.body.name, "date": _date(one.assessment)}
            for one in movers(comparison, pair)
        ],
        "crosstab": [
            {"first": left or None, "second": right or None, "bodies": count}
            for (left, right), count in sorted(pair.crosstab.items())
        ],
    }


def _step(step: Step) -> dict[str, Any]:
    return {"statement": step.leaf.id, "to": step.to.id, "headline": step.headline.level}
