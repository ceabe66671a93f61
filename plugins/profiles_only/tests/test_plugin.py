"""Regimes without an overall grade: no profile has a headline, and absences keep their reason."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from assurance_core import Headline, NoHeadline, audit, compile_design, load_plugins
from assurance_core.cli.main import cli
from assurance_core.plugins import Registry
from assurance_core.testing import check_examples, conformance

test_conformance = conformance("profiles_only")

FOLDER = Path(__file__).parents[1]
CASES: dict[str, Any] = yaml.safe_load(
    (FOLDER / "conformance" / "profiles.yaml").read_text("utf-8")
)


@pytest.fixture(scope="module")
def registry() -> Registry:
    """This plugin alone: it needs no other."""
    return load_plugins(["profiles_only"])


def test_every_example_holds(registry: Registry) -> None:
    """Each design's own examples come out as they state."""
    assert {*CASES["no_headline"], *CASES["by_the_lowest"]} == {*registry.designs}
    results = [r for design in registry.designs.values() for r in check_examples(design)]
    assert [] == [one for one in results if one.differences]
    assert 12 == len(results)


def test_each_regime_has_ids_of_its_own(registry: Registry) -> None:
    """A design's id begins with its framework's, so that no two regimes can be mixed up."""
    spaces = {design.id: design.framework.id for design in registry.designs.values()}
    assert {one: one.partition("/")[0] for one in spaces} == spaces
    assert 4 == len(registry.frameworks)


@pytest.mark.parametrize("design", CASES["no_headline"])
def test_no_profile_has_a_headline(registry: Registry, design: str) -> None:
    """Whatever the grades, the best and the worst included, the headline is the same: none."""
    rule = compile_design(registry.design(design))
    reason = registry.design(design).publishes.no_headline
    levels = [range(1, len(leaf.scale) + 1) for leaf in rule.leaves]
    headlines = [
        rule.rate(
            [
                leaf.scale.at(p).id if not leaf.scale.numbered else p
                for leaf, p in zip(rule.leaves, profile, strict=True)
            ]
        ).headline
        for profile in product(*levels)
    ]
    assert CASES["no_headline"][design] == len(headlines)
    assert {NoHeadline(reason)} == set(headlines)


@pytest.mark.parametrize("design", CASES["by_the_lowest"])
def test_profiles_by_the_lowest_grade(registry: Registry, design: str) -> None:
    """Were the lowest grade to decide, so many profiles would have each grade."""
    (found,) = audit(registry.design(design)).judgements
    assert CASES["by_the_lowest"][design] == list(found.counts)


def test_excellence_beside_the_lowest_rating(registry: Registry) -> None:
    """The same profile has no headline as published and the worst one by the lowest theme."""
    scores = ("requires_significant_improvement", "excellent", "excellent", "excellent")
    published = compile_design(registry.design("care-inspectorate-wales/themes")).rate(scores)
    lowest = compile_design(registry.design("care-inspectorate-wales/lowest-theme")).rate(scores)
    assert isinstance(published.headline, NoHeadline)
    assert scores == tuple(area.level.id for area in published.areas if area.level)
    assert isinstance(lowest.headline, Headline)
    assert "requires_significant_improvement" == lowest.headline.level


def test_a_council_has_the_consumer_grade_alone(registry: Registry) -> None:
    """The council's design shows one grade of the three."""
    rule = compile_design(registry.design("regulator-of-social-housing/council"))
    areas = rule.rate(("c2", "g1", "v1")).areas
    assert [("consumer", "c2")] == [(one.id, one.level.id) for one in areas if one.level]


@pytest.mark.parametrize("grades", [("c1", "g2", "v3"), ("c4", "g4", "v4")])
def test_the_three_kinds_of_grade_cannot_be_mixed_up(
    registry: Registry, grades: tuple[str, str, str]
) -> None:
    """C, G and V are scales apart: the best is last on each, and none has another's levels."""
    scales = registry.framework("regulator-of-social-housing").scales.values()
    assert ["c1", "g1", "v1"] == [scale.levels[-1].id for scale in scales]
    for grade, own in zip(grades, scales, strict=True):
        assert [own.id] == [scale.id for scale in scales if grade in scale.ids]


def test_an_absent_theme_is_shown_with_its_reason() -> None:
    """The home care service keeps three ratings; the fourth does not apply and stays empty."""
    file = str(FOLDER / "conformance" / "home-care.yaml")
    result = CliRunner().invoke(cli, ["rate", "--design", "care-inspectorate-wales/themes", file])
    assert 0 == result.exit_code, result.stderr
    reason = "Environment                not applicable: care is given in people's own homes"
    assert reason in result.stdout
