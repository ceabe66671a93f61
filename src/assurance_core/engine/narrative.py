"""A narrative: strengths and areas for improvement, from findings or else from scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from assurance_core.engine.profile import Profile
from assurance_core.model.assessment import Finding
from assurance_core.model.outcome import Outcome
from assurance_core.rules.scope import level_words

if TYPE_CHECKING:
    from assurance_core.engine.rule import CompiledDesign


def with_narrative(
    rule: CompiledDesign, outcome: Outcome, profile: Profile, findings: Sequence[Finding] = ()
) -> Outcome:
    """Return the outcome with strengths and improvements, if the design publishes a narrative.

    Args:
        rule: the compiled design.
        outcome: without a narrative.
        profile: the scores, used only where there are no findings.
        findings: of the body, in own words; no step reads them.
    """
    asked = rule.design.publishes.narrative
    if asked is None:
        return outcome
    if findings:
        listed = list(findings)
    else:
        listed = []
        for leaf, position in zip(rule.leaves, profile.positions, strict=True):
            if leaf.kind != "statement" or position == 0:
                continue
            text = f"{leaf.name}: {level_words(leaf.scale.at(position))}"
            if position >= leaf.scale.level(asked.strengths_at_least).position:
                listed.append(Finding("strength", text, None, leaf.id))
            elif position <= leaf.scale.level(asked.improvements_at_most).position:
                listed.append(Finding("improvement", text, None, leaf.id))
    return evolve(
        outcome,
        strengths=tuple(one for one in listed if one.kind == "strength"),
        improvements=tuple(one for one in listed if one.kind == "improvement"),
    )
