"""A narrative: strengths and areas for improvement, from findings or else from scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from assurance_core.engine.graph import Source
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
        for statement, position in _statements(rule, profile):
            if position <= 0:
                continue
            scale = statement.scale
            # A statement on another scale than the rule speaks of is neither.
            strong = scale.by_id.get(asked.strengths_at_least)
            weak = scale.by_id.get(asked.improvements_at_most)
            text = f"{statement.name}: {level_words(scale.at(position))}"
            if strong and position >= strong.position:
                listed.append(Finding("strength", text, None, statement.id))
            elif weak and position <= weak.position:
                listed.append(Finding("improvement", text, None, statement.id))
    return evolve(
        outcome,
        strengths=tuple(one for one in listed if one.kind == "strength"),
        improvements=tuple(one for one in listed if one.kind == "improvement"),
    )


def _statements(rule: CompiledDesign, profile: Profile) -> list[tuple[Source, int]]:
    """Return the design's own statements with their positions, derived ones included."""
    nodes, _, _ = rule.evaluate(profile.positions)
    keys = [*(leaf.id for leaf in rule.leaves), *(one.node.key for one in rule.judgements)]
    positions = dict(zip(keys, nodes, strict=False))
    return [(one, positions[one.node]) for one in rule.graph.statements.values()]
