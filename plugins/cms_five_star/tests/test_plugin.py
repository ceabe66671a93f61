"""The star ratings: vectors, the whole space of 125, and what changed in July 2022."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from assurance_core import AssuranceError, CompiledDesign, audit, compile_design, load_plugins
from assurance_core.model.dates import PartialDate
from assurance_core.model.outcome import Headline, Outcome
from assurance_core.plugins import Registry
from assurance_core.testing import check_examples, conformance

test_conformance = conformance("cms_five_star")

CASES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "conformance" / "space.yaml").read_text("utf-8")
)
DESIGNS = ["cms-five-star/2019", "cms-five-star/2022"]
SPACE = list(product(range(1, 6), repeat=3))


@pytest.fixture(scope="module")
def registry() -> Registry:
    """This plugin alone: it needs no other."""
    return load_plugins(["cms_five_star"])


@pytest.fixture(scope="module")
def rules(registry: Registry) -> dict[str, CompiledDesign]:
    """Both designs, compiled."""
    return {one: compile_design(registry.design(one)) for one in DESIGNS}


def _stars(outcome: Outcome) -> int:
    assert isinstance(outcome.headline, Headline)
    return int(outcome.headline.level)


def _naive(design: str, health: int, staffing: int, quality: int) -> int:
    """The rule as its sources describe it, in plain Python."""
    up = staffing == 5
    if design == "cms-five-star/2019":
        up = staffing >= 4 and staffing > health
    stars = min(5, max(1, health + up - (staffing == 1)))
    stars = min(5, max(1, stars + (quality == 5) - (quality == 1)))
    return min(stars, 2) if health == 1 else stars


@pytest.mark.parametrize("design", DESIGNS)
def test_every_example_holds(registry: Registry, design: str) -> None:
    """Each design's own examples, the six published vectors among them, come out as stated."""
    results = check_examples(registry.design(design))
    assert 6 == len(results)
    assert [] == [one for one in results if one.differences]


@pytest.mark.parametrize("design", DESIGNS)
def test_the_whole_table(rules: dict[str, CompiledDesign], design: str) -> None:
    """All 125 combinations agree with the rule written out a second time."""
    expected = {scores: _naive(design, *scores) for scores in SPACE}
    assert expected == {scores: _stars(rules[design].rate(scores)) for scores in SPACE}


@pytest.mark.parametrize("design", DESIGNS)
def test_combinations_per_star(rules: dict[str, CompiledDesign], design: str) -> None:
    """The space has the stated number of combinations at each number of stars."""
    found = [_stars(rules[design].rate(scores)) for scores in SPACE]
    assert CASES["profiles"][design] == [found.count(stars) for stars in range(1, 6)]


@pytest.mark.parametrize("design", DESIGNS)
def test_where_the_limit_after_the_worst_inspections_decides(
    rules: dict[str, CompiledDesign], design: str
) -> None:
    """Far fewer combinations than its wording suggests."""
    path = "overall.weak_inspection"
    found = [list(s) for s in SPACE if path in rules[design].rate(s).judgements[0].bit]
    assert CASES["weak_inspection"][design] == found


def test_what_changed_in_july_2022(rules: dict[str, CompiledDesign]) -> None:
    """Thirteen combinations lose a star, all with four for staffing; none gains one."""
    before, after = (rules[one] for one in DESIGNS)
    moves = {s: _stars(after.rate(s)) - _stars(before.rate(s)) for s in SPACE}
    changed = {scores: move for scores, move in moves.items() if move}
    assert {-1} == set(changed.values())
    assert CASES["lowered_in_2022"] == [list(scores) for scores in changed]
    assert {4} == {staffing for _, staffing, _ in changed}


@pytest.mark.parametrize("design", DESIGNS)
def test_no_better_score_lowers_the_stars(registry: Registry, design: str) -> None:
    """Though the earlier rule compares staffing with inspections, it is monotone."""
    (found,) = audit(registry.design(design)).judgements
    assert not found.falling


def test_the_lowest_staffing_and_quality_can_still_be_three_stars(registry: Registry) -> None:
    """The finding of the README with its witness: 5, 1, 1."""
    (found,) = audit(registry.design("cms-five-star/2022")).judgements
    lowest = {one.state + 1: one.lowest for one in found.compensation}
    assert {1: 3, 2: 2, 3: 2, 4: 1, 5: 1} == {stars: one.count for stars, one in lowest.items()}
    assert ["5", "1", "1"] == [level.id for level in lowest[3].levels.values()]


@pytest.mark.parametrize("date", ["2022-07", "2022-07-27", "2026-01-31"])
def test_since_july_2022_a_date_chooses(registry: Registry, date: str) -> None:
    """The later rule is in force from July 2022."""
    chosen = registry.design_on("cms-five-star/overall", PartialDate.parse(date))
    assert "cms-five-star/2022" == chosen.id


@pytest.mark.parametrize("date", ["2021-08", "2022"])
def test_before_or_around_july_2022_the_design_has_to_be_named(
    registry: Registry, date: str
) -> None:
    """When the earlier rule began is not recorded, and 2022 holds the change."""
    with pytest.raises(AssuranceError) as caught:
        registry.design_on("cms-five-star/overall", PartialDate.parse(date))
    assert "no-choice" == caught.value.faults[0].code
