"""Outcomes as JSON: the answers of `rate` and `explain`. Each has a schema."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.assessment import Assessment, Finding
from assurance_core.model.citation import Citation
from assurance_core.model.outcome import (
    Area,
    Headline,
    JudgementOutcome,
    NoHeadline,
    Number,
    Outcome,
    PossibleOutcomes,
    StepTrace,
)
from assurance_core.model.scale import Level
from assurance_core.report.rated import Rated, Unrated


def outcome_answer(rated: Rated) -> dict[str, Any]:
    """Return one answer: `assurance/outcome/1`, with its trace if it was explained."""
    result = rated.result
    headline = result.outcome.headline if result.outcome else result.headline
    answer = {
        "format": "assurance/outcome/1",
        "design": design_answer(rated.rule),
        **_subject(rated.assessment),
        "headline": headline_answer(headline),
        "complete": result.outcome is not None,
    }
    if isinstance(headline, NoHeadline):
        answer["no_headline"] = headline.reason
    if result.outcome:
        answer |= _outcome_part(result.outcome)
    else:
        answer["possible"] = possible_answer(result.possible)
    if result.settled:
        answer["settled"] = _outcome_part(result.settled)
        answer["unknown"] = list(result.unknown)
    answer["notes"] = [*rated.published_otherwise, *rated.notes]
    return answer


def unrated_answer(unrated: Unrated) -> dict[str, Any]:
    """Return the answer for an assessment that a design cannot rate."""
    return {
        "format": "assurance/outcome/1",
        **_subject(unrated.assessment),
        "headline": None,
        "complete": False,
        "cannot_tell": unrated.result.possible.reason,
    }


def _subject(assessment: Assessment) -> dict[str, Any]:
    return {
        "body": assessment.body.name,
        "date": assessment.date.text if assessment.date else None,
    }


def _outcome_part(outcome: Outcome) -> dict[str, Any]:
    """Return everything but the headline."""
    answer = {
        **score_answer(outcome.score),
        "areas": [_area(area) for area in outcome.areas],
        "judgements": [_judgement(one) for one in outcome.judgements],
        "consequences": [
            {"id": one.id, "text": one.text, "source": citation_answer(one.source)}
            for one in outcome.consequences
        ],
        "strengths": [_finding(one) for one in outcome.strengths],
        "improvements": [_finding(one) for one in outcome.improvements],
    }
    if outcome.trace:
        answer["trace"] = [_step(one) for one in outcome.trace]
    return answer


def design_answer(rule: CompiledDesign) -> dict[str, Any]:
    """Return which design was applied, under which framework version, and where it is from."""
    design = rule.design
    answer: dict[str, Any] = {
        "id": design.id,
        "name": design.name,
        "status": design.status,
        "framework": design.framework.id,
        "version": rule.version.id,
        "plugin": str(design.provenance),
        "lineage": list(design.lineage),
    }
    if rule.crosswalk:
        answer["crosswalk"] = {
            "id": rule.crosswalk.id,
            "from": rule.crosswalk.source_framework,
            "source": citation_answer(rule.crosswalk.source),
        }
    return answer


def headline_answer(headline: Headline | NoHeadline | None) -> dict[str, Any] | None:
    """Return a headline with its level, name, position and scale; null where there is none."""
    if not isinstance(headline, Headline):
        return None
    return {
        "level": headline.level,
        "name": headline.name,
        "position": headline.position,
        "scale": headline.scale,
    }


def possible_answer(possible: PossibleOutcomes) -> dict[str, Any]:
    """Return what is certain, possible, or cannot be told, with counts of profiles."""
    return {
        "certain": possible.certain is not None,
        "cannot_tell": possible.cannot_tell,
        "headlines": [
            {
                "level": one.level if isinstance(one, Headline) else None,
                "name": one.name if isinstance(one, Headline) else one.reason,
                "profiles": count,
            }
            for one, count in zip(possible.headlines, possible.counts, strict=True)
        ],
        "reason": possible.reason or None,
    }


def score_answer(score: Number | None) -> dict[str, Any]:
    """Return a score: a whole number, or two decimals for display, and its exact ratio."""
    if score is None:
        return {"score": None, "score_exact": None, "score_of": None}
    return {
        "score": number_answer(score.value),
        "score_exact": str(score.exact),
        "score_of": number_answer(score.of) if score.of is not None else None,
    }


def number_answer(value: Fraction) -> int | float:
    """Return a ratio as a whole number where it is one, else with two decimals, half up."""
    if value.denominator == 1:
        return value.numerator
    return float((value * 200 + 1) // 2) / 100


def level_answer(level: Level) -> dict[str, Any]:
    """Return a level with id, name and position."""
    return {"level": level.id, "name": level.name, "position": level.position}


def citation_answer(source: Citation) -> dict[str, Any]:
    """Return a citation with its status."""
    return {
        "title": source.title,
        "status": source.status,
        "link": source.link or None,
        "note": source.note or None,
    }


def _area(area: Area) -> dict[str, Any]:
    answer: dict[str, Any] = {"id": area.id, "name": area.name}
    if area.level is None:
        return {**answer, "level": None, "absent": area.absent}
    return {**answer, "level": area.level.id, "level_name": area.level.name}


def _judgement(one: JudgementOutcome) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "id": one.id,
        "name": one.name,
        "level": one.level.id if one.level else None,
        "level_name": one.level.name if one.level else None,
        "reason": one.reason or None,
        **score_answer(one.score),
        "limited_by": list(one.bit),
        "advised": list(one.advised),
    }
    if one.override_reason:
        answer["override"] = {
            "by_the_rules": one.overridden.id if one.overridden else None,
            "reason": one.override_reason,
        }
    return answer


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "text": finding.text,
        "statement": finding.statement or None,
        "source": citation_answer(finding.source) if finding.source else None,
    }


def _value(value: Fraction | Level | None) -> Any:
    if value is None:
        return None
    if isinstance(value, Level):
        return level_answer(value)
    return {"number": number_answer(value), "exact": str(value)}


def _step(trace: StepTrace) -> dict[str, Any]:
    return {
        "judgement": trace.judgement,
        "path": trace.path,
        "kind": trace.kind,
        "rule": trace.rule,
        "reads": [
            {
                "input": one.input,
                "name": one.name,
                "level": one.level.id if one.level else None,
                "absent": one.absent or None,
            }
            for one in trace.reads
        ],
        "before": _value(trace.before),
        "after": _value(trace.after),
        "applied": trace.applied,
        "detail": trace.detail or None,
        "source": citation_answer(trace.source),
    }
