"""Strengths and areas for improvement, from findings or from scores."""

from __future__ import annotations

import pytest

from assurance_core import AssuranceError, compile_design, load_plugins
from assurance_core.documents.designs import read_design
from assurance_core.documents.patches import as_document
from assurance_core.engine.narrative import with_narrative
from assurance_core.engine.scores import profile_of_scores
from assurance_core.model.assessment import Finding

NARRATIVE = {
    "strengths": {"at_least": "strong_standard"},
    "improvements": {"at_most": "needs_attention"},
}


def test_findings_stand_instead_of_scores() -> None:
    """Where a body has findings, they are printed and no score is put into words."""
    rule = compile_design(load_plugins().design("cqc-la/narrative"))
    profile = profile_of_scores(rule, (1, 1, 1, 1, 1, 1, 1, 1, 1))
    outcome = with_narrative(
        rule, rule.rate_profile(profile), profile, [Finding("strength", "Good work.")]
    )
    assert (["Good work."], []) == (
        [one.text for one in outcome.strengths],
        [one.text for one in outcome.improvements],
    )


def test_scores_are_put_into_words_without_findings() -> None:
    """A 3 or better is a strength, a 2 or worse an area for improvement."""
    rule = compile_design(load_plugins().design("cqc-la/narrative"))
    profile = profile_of_scores(rule, (3, 2, 3, 3, 3, 3, 1, 3, 4))
    outcome = with_narrative(rule, rule.rate_profile(profile), profile)
    assert 7 == len(outcome.strengths)
    assert [
        "Supporting people to live healthier lives: 2 (some shortfalls)",
        "Safeguarding: 1 (significant shortfalls)",
    ] == [one.text for one in outcome.improvements]


def test_a_narrative_through_a_crosswalk_speaks_of_the_target_s_levels() -> None:
    """The levels of a narrative rule are the design's own, not those of the scores it came from."""
    registry = load_plugins()
    card = registry.design("ofsted-style/report-card")
    tree = {**card.document}
    tree["publishes"] = {"no_headline": "none", "areas": "none", "narrative": NARRATIVE}
    design = read_design(as_document(tree, "test"), card.framework)
    crosswalk = registry.crosswalk_between("cqc-la", "ofsted-style")
    source = registry.framework("cqc-la").versions[-1]
    rule = compile_design(design, crosswalk=crosswalk, source_version=source)
    profile = profile_of_scores(rule, (4, 2, 3, 3, 3, 3, 3, 3, 3))
    outcome = with_narrative(rule, rule.rate_profile(profile), profile)
    assert ["Assessing needs: Strong standard"] == [one.text for one in outcome.strengths]


def test_a_narrative_of_a_level_that_no_statement_has_does_not_compile() -> None:
    """The rule's levels are checked when the design is compiled."""
    registry = load_plugins()
    card = registry.design("ofsted-style/report-card")
    narrative = {**NARRATIVE, "improvements": {"at_most": "poor"}}
    publishes = {"no_headline": "none", "areas": "none", "narrative": narrative}
    tree = {**card.document, "publishes": publishes}
    design = read_design(as_document(tree, "test"), card.framework)
    with pytest.raises(AssuranceError) as caught:
        compile_design(design)
    assert (
        "error[bad-level]: ofsted-style/report-card: publishes.narrative\n"
        "  found:    'poor'\n"
        "  expected: a level of some statement's scale\n"
        "  do:       use one of: urgent_improvement, needs_attention, expected_standard, "
        "strong_standard, exceptional, not_met, met"
    ) == str(caught.value)
