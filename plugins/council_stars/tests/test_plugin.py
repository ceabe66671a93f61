"""The star ratings: known cells, unknown ones with their reason."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from assurance_core import AssuranceError, Headline, NoHeadline, audit, compile_design, load_plugins
from assurance_core.model.dates import PartialDate
from assurance_core.plugins import Registry
from assurance_core.testing import check_examples, conformance

test_conformance = conformance("council_stars")

FOLDER = Path(__file__).parents[1]
CASES: dict[str, Any] = yaml.safe_load((FOLDER / "conformance" / "space.yaml").read_text("utf-8"))
DESIGNS = ("council-stars/2002", "council-stars/2007", "council-stars/2009")


@pytest.fixture(scope="module")
def registry() -> Registry:
    """This plugin alone: it needs no other."""
    return load_plugins(["council_stars"])


def test_every_example_holds(registry: Registry) -> None:
    """Each design's own examples come out as they state."""
    assert DESIGNS == tuple(sorted(registry.designs))
    results = [one for name in DESIGNS for one in check_examples(registry.design(name))]
    assert [] == [one for one in results if one.differences]
    assert 11 == len(results)


@pytest.mark.parametrize("design", CASES["profiles"])
def test_profiles_by_outcome(registry: Registry, design: str) -> None:
    """Over the whole space, each level and each reason has its profiles; no step falls."""
    (found,) = audit(registry.design(design)).judgements
    root = found.space.root
    states = [*root.scale.ids, *root.reasons]
    expected = CASES["profiles"][design]
    assert expected["levels"] | expected["unknown"] == dict(zip(states, found.counts, strict=True))
    assert ("monotone",) == registry.design(design).declares
    assert found.falling is None


def test_a_failed_service_leaves_no_stars_whatever_the_rest(registry: Registry) -> None:
    """Not served well in either service: no stars in every such profile, and in no other."""
    rule = compile_design(registry.design("council-stars/2002"))
    for profile in product(*(range(1, len(leaf.scale) + 1) for leaf in rule.leaves)):
        scores = [leaf.scale.at(p).id for leaf, p in zip(rule.leaves, profile, strict=True)]
        headline = rule.rate(scores).headline
        none = isinstance(headline, Headline) and headline.level == "0"
        assert ("no" in scores) == none, scores


@pytest.mark.parametrize(
    ("scores", "adults", "children"),
    [
        (("yes", "promising", "yes", "promising", "reached", "reached"), "yes", "yes"),
        (("yes", "promising", "yes", "promising", "missed", "reached"), "most", "yes"),
        (("yes", "promising", "yes", "promising", "reached", "missed"), "yes", "some"),
        (("some", "promising", "some", "promising", "missed", "missed"), "some", "some"),
    ],
)
def test_key_indicators_cap_each_service(
    registry: Registry, scores: tuple[str, ...], adults: str, children: str
) -> None:
    """Missed indicators hold adults at most and children at some, and never lift a judgement."""
    outcome = compile_design(registry.design("council-stars/2002")).rate(scores)
    levels = {one.id: one.level.id for one in outcome.judgements if one.level}
    assert (adults, children) == (levels["adults"], levels["children"])


@pytest.mark.parametrize("delivery", ["poor", "adequate", "good", "excellent"])
def test_uncertain_capacity_is_unknown_and_says_why(registry: Registry, delivery: str) -> None:
    """That four councils with uncertain capacity had one star fills in no cell."""
    headline = compile_design(registry.design(DESIGNS[1])).rate((delivery, "uncertain")).headline
    reason = (
        "four councils with uncertain capacity had one star in 2007, but with which delivery of "
        "outcomes is not recorded here"
    )
    assert NoHeadline(reason) == headline


@pytest.mark.parametrize(
    ("date", "design"),
    [("2002-05-30", DESIGNS[0]), ("2005-12", DESIGNS[0]), ("2008", DESIGNS[1])],
)
def test_a_date_chooses_the_regime(registry: Registry, date: str, design: str) -> None:
    """The years of each regime choose its design."""
    assert design == registry.design_on("council-stars/overall", PartialDate.parse(date)).id


@pytest.mark.parametrize("date", ["2006", "2010"])
def test_years_that_are_not_recorded_choose_nothing(registry: Registry, date: str) -> None:
    """2006 lies between two regimes, and the day on which the last one ended is not known."""
    with pytest.raises(AssuranceError) as caught:
        registry.design_on("council-stars/overall", PartialDate.parse(date))
    assert ["no-choice"] == [fault.code for fault in caught.value.faults]
