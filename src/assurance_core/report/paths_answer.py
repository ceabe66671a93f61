"""Paths as JSON: `assurance/paths/1`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assurance_core.lab.coverage import Coverage
from assurance_core.lab.distance import Margins
from assurance_core.lab.paths import BodyPaths, Cliffs, Paths
from assurance_core.lab.routes import ChangeSet, Routes
from assurance_core.report.comparison_answer import contender_answer, coverage_answer, scores_answer
from assurance_core.report.studied import absent_answer, subject_answer, unplaced_answer

_DECIMALS = 10


def paths_answer(found: Paths, cover: Coverage | None) -> dict[str, Any]:
    """Return everything that was worked out."""
    return {
        "format": "assurance/paths/1",
        "note": "Arithmetic on scores; not a plan for improvement.",
        "design": contender_answer(found.contender),
        "judgement": found.judgement,
        "coverage": coverage_answer(cover) if cover else None,
        "bodies": [_body(one) for one in found.bodies],
        "cannot_tell": unplaced_answer(found.unplaced),
        "observed": _observed(found.observed) if found.bodies else None,
        "all_profiles": [_margins(one) for one in found.whole],
    }


def _body(one: BodyPaths) -> dict[str, Any]:
    return {
        **subject_answer(one.assessment),
        "scores": scores_answer(one.assessment),
        "outcome": one.outcome,
        "target": one.target or None,
        "gain": _routes(one.gain),
        "lose": _routes(one.lose),
        "up": one.up,
        "down": one.down,
        "radius": one.radius,
        "absent": absent_answer(one.absent),
    }


def _routes(routes: Routes | None) -> dict[str, Any] | None:
    if routes is None:
        return None
    return {
        "steps": routes.steps,
        "smallest_sets": routes.count,
        "listed": [_set(one) for one in routes.sets],
        "statements": [
            {"id": leaf.id, "name": leaf.name, "sets": count} for leaf, count in routes.within
        ],
    }


def _set(one: ChangeSet) -> dict[str, Any]:
    return {
        "outcome": one.outcome,
        "changes": [
            {
                "id": change.leaf.id,
                "name": change.leaf.name,
                "from": change.before.id,
                "to": change.after.id,
                "steps": change.steps,
            }
            for change in one.changes
        ],
    }


def _observed(cliffs: Cliffs) -> dict[str, Any]:
    return {
        "assessments": cliffs.bodies,
        "one_step_away": cliffs.on_the_edge,
        "can_rise": cliffs.can_rise,
        "can_fall": cliffs.can_fall,
        "mean_radius": _rounded(cliffs.mean),
        "by_radius": _by_radius(cliffs.by_radius),
    }


def _margins(one: Margins) -> dict[str, Any]:
    return {
        "version": one.version,
        "judged": one.judged or None,
        "profiles": one.profiles,
        "counted": one.counted,
        "sample_seed": one.seed,
        "one_step_away": one.on_the_edge,
        "mean_radius": _rounded(one.mean),
        "by_radius": _by_radius(one.by_radius),
    }


def _by_radius(by_radius: Sequence[tuple[int | None, int]]) -> list[dict[str, Any]]:
    return [{"radius": radius, "count": count} for radius, count in by_radius]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)
