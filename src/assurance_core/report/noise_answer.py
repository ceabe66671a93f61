"""Noise as JSON: `assurance/noise/1`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assurance_core.lab.coverage import Coverage
from assurance_core.lab.noise import Both, Noise, Reliability, SettingNoise, WholeNoise
from assurance_core.lab.noise_settings import MAPPING
from assurance_core.report.answers import citation_answer
from assurance_core.report.comparison_answer import contender_answer, coverage_answer, scores_answer
from assurance_core.report.studied import absent_answer, subject_answer, unplaced_answer

_DECIMALS = 10
"""The last digits of a float may differ between machines: what is printed does not."""


def noise_answer(found: Noise, cover: Coverage | None) -> dict[str, Any]:
    """Return everything that was worked out; chances stand in the order of the outcomes."""
    return {
        "format": "assurance/noise/1",
        "design": contender_answer(found.contender),
        "judgement": found.judgement,
        "coverage": coverage_answer(cover) if cover else None,
        "outcomes": list(found.outcomes),
        "assumption": citation_answer(MAPPING),
        "settings": [_setting(found, one) for one in found.settings],
        "bodies": [_body(found, number) for number in range(len(found.bodies))],
        "cannot_tell": unplaced_answer(found.unplaced),
    }


def _setting(found: Noise, one: SettingNoise) -> dict[str, Any]:
    return {
        "id": one.setting.id,
        "chance": one.setting.chance,
        "because": one.setting.because,
        "evidence": [citation_answer(source) for source in one.setting.evidence],
        "observed": {"assessments": len(found.bodies), **_both(one.observed)}
        if one.observed
        else None,
        "all_profiles": [_whole(whole) for whole in one.whole],
    }


def _whole(whole: WholeNoise) -> dict[str, Any]:
    return {
        "version": whole.version,
        "judged": whole.judged or None,
        "profiles": whole.profiles,
        **_both(whole.reliability),
    }


def _both(both: Both) -> dict[str, Any]:
    return {
        "independent": _reliability(both.independent),
        "same_direction": _reliability(both.same_direction),
    }


def _reliability(one: Reliability) -> dict[str, Any]:
    return {
        "misclassification": round(one.misclassification, _DECIMALS),
        "consistency": round(one.consistency, _DECIMALS),
        "kappa": None if one.kappa is None else round(one.kappa, _DECIMALS),
    }


def _body(found: Noise, number: int) -> dict[str, Any]:
    body = found.bodies[number]
    return {
        **subject_answer(body.assessment),
        "scores": scores_answer(body.assessment),
        "outcome": found.outcomes[body.own],
        "published": None if body.published is None else found.outcomes[body.published],
        "chances": [
            {
                "setting": one.setting.id,
                "independent": _rounded(one.bodies[number].independent),
                "same_direction": _rounded(one.bodies[number].same_direction),
            }
            for one in found.settings
        ],
        "absent": absent_answer(body.absent),
    }


def _rounded(chances: Sequence[float]) -> list[float]:
    return [round(one, _DECIMALS) for one in chances]
