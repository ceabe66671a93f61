"""Drawn profiles as assessments of bodies."""

from collections.abc import Mapping, Sequence

from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.assessment import Assessment, Body, Score


def assessments_of(rule: CompiledDesign, profiles: Sequence[Mapping[str, str]]) -> list[Assessment]:
    """Return profiles as assessments, each of a body of its own."""
    return [
        Assessment(
            rule.design.framework.id,
            Body(f"Body {number}"),
            {key: Score(level) for key, level in one.items() if "." not in key},
            judged={key[7:]: level for key, level in one.items() if key.startswith("judged.")},
        )
        for number, one in enumerate(profiles)
    ]
