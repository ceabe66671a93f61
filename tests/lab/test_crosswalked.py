"""A design with a headline and a consequence that reads another framework's scores."""

from itertools import product
from typing import Any

import pytest

from assurance_core.lab.contender import Contender, compiled
from assurance_core.lab.dead_steps import DeadStep, dead_steps
from assurance_core.lab.noise import noise
from assurance_core.lab.noise_settings import CENTRAL
from assurance_core.lab.scorecard import scorecard
from assurance_core.lab.space import space_of
from assurance_core.model.assessment import Assessment, Body, Score
from assurance_core.plugins import Registry
from assurance_core.testing.strategies import design_of

PARTS = ("governance_management_sustainability", "learning_improvement_innovation")
GRADES = {"1": "urgent_improvement", "2": "needs_attention"}
GRADES |= {"3": "expected_standard", "4": "strong_standard"}


@pytest.fixture(scope="module")
def card(registry: Registry) -> Contender:
    """The lowest of two grades, and what follows where safeguarding is not met."""
    exceptional = {"all": "result", "is": "exceptional"}
    steps: list[dict[str, Any]] = [
        {"minimum": {}},
        {"cap": {"at": "strong_standard", "when": exceptional}},
    ]
    framework = registry.framework("ofsted-style")
    source = next(iter(framework.sources))
    tree = {
        "format": "assurance/design/1",
        "id": "demo/lowest-grade",
        "name": "Lowest grade",
        "summary": "For a test.",
        "framework": framework.id,
        "status": "what_if",
        "judgements": {
            "overall": {
                "scale": "ofsted-style/grade",
                "inputs": list(PARTS),
                "steps": [{**one, "source": source} for one in steps],
            }
        },
        "publishes": {"headline": "overall", "areas": "all"},
        "consequences": [
            {
                "id": "monitoring",
                "when": {"any": "safeguarding", "is": "not_met"},
                "then": "is monitored",
                "source": source,
            }
        ],
    }
    crosswalk = registry.crosswalk("ofsted-style/from-cqc-la")
    return Contender(design_of(tree, framework), crosswalk, registry.framework("cqc-la"))


def assessed(card: Contender, first: str, second: str, safeguarding: str) -> Assessment:
    version = card.framework.versions[-1]
    scores = {one.id: Score("3") for one in version.statements}
    scores |= {PARTS[0]: Score(first), PARTS[1]: Score(second)}
    scores["safeguarding"] = Score(safeguarding)
    name = f"{first}{second}{safeguarding}"
    return Assessment("cqc-la", Body(name), scores, version=version.id)


def test_grades_and_what_follows_are_read_across(card: Contender) -> None:
    """One by one and all at once."""
    rule = compiled(card).every_rule()[-1]
    bodies = [assessed(card, *scores) for scores in product("1234", repeat=3)]
    columns: dict[str, list[int]] = {leaf.id: [] for leaf in rule.leaves}
    for body in bodies:
        outcome = rule.rate_assessment(body)
        first, second, safeguarding = list(body.body.name)
        assert GRADES[min(first, second)] == getattr(outcome.headline, "level", "")
        follow = [one.id for one in outcome.consequences]
        assert (["monitoring"] if safeguarding == "1" else []) == follow
        assert outcome.headline == rule.explain(body).headline
        for leaf in rule.leaves:
            cell = body.scores[leaf.id]
            assert isinstance(cell, Score)
            columns[leaf.id].append(int(cell.level))
    rated = rule.rate_columns(columns)
    assert rated.headline is not None
    lowest = [min(int(one) for one in body.body.name[:2]) for body in bodies]
    assert lowest == rated.headline.tolist()
    follows = [body.body.name[2] == "1" for body in bodies]
    assert follows == rated.consequences["monitoring"].tolist()


def test_a_contender_is_compiled_for_each_version_that_its_crosswalk_reads(
    card: Contender,
) -> None:
    found = compiled(card).every_rule()
    assert [one.id for one in card.framework.versions] == [
        one.source_version.id for one in found if one.source_version
    ]


def test_the_rules_of_a_crosswalk_are_no_steps_of_the_design(card: Contender) -> None:
    """Only the cap is idle: nothing is read across as exceptional."""
    (rule,) = compiled(card).every_rule()[-1:]
    words = rule.judgements[-1].steps[1].step.words
    expected = DeadStep("overall.cap", words, condition_holds=False)
    (found,) = dead_steps(space_of(rule))
    assert (expected.path, expected.words, 0, "never", False, ()) == (
        found.path,
        found.words,
        found.row,
        found.idle,
        found.condition_holds,
        found.shadowed_by,
    )


def test_the_space_is_that_of_the_scores_it_is_read_from(card: Contender) -> None:
    """Noise moves the scores of the framework that was scored, and not the grades."""
    found = noise(card, [assessed(card, "2", "4", "3")], [CENTRAL])
    assert 16 == found.settings[0].whole[0].profiles
    assert card.framework.versions[-1].id == found.settings[0].whole[0].version
    nobody = noise(card, [], [CENTRAL])
    both = [one.settings[0].whole[0].reliability for one in (found, nobody)]
    assert both[0].independent == both[1].independent
    assert both[0].same_direction == both[1].same_direction
    (body,) = found.settings[0].bodies
    # The 2 falls, stays or rises; the 4 cannot fall below it.
    assert pytest.approx([0.06, 0.88, 0.06, 0.0, 0.0]) == list(body.independent)


def test_a_card_that_is_read_across_is_no_less_of_a_card(card: Contender) -> None:
    """Bits shown are of the grades; what was published is in other words."""
    bodies = [assessed(card, *scores) for scores in ("111", "222", "333", "444")]
    metrics = {one.id: one for one in scorecard([card], bodies).designs[0].metrics}
    shown = metrics["M10"].measure("shown").observed
    # Three symbols with four values each (the word, two grades), and met or not, one in four.
    assert pytest.approx(3 * 2 + 0.811278) == shown.value
    assert "its words are another framework's than the published ones" == metrics["M15"].reason
