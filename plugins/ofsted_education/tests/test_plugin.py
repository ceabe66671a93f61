"""The school documents: categories of concern, secure fit, one word from a card, periods."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray

from assurance_core import NoHeadline, compare, compile_design, load_plugins, what_if
from assurance_core.cli.main import cli
from assurance_core.lab.audit import audit
from assurance_core.model.assessment import Absence, Assessment, Body, Cell, Score
from assurance_core.model.dates import PartialDate
from assurance_core.model.design import RatingDesign
from assurance_core.model.outcome import Headline, Outcome
from assurance_core.plugins import Registry
from assurance_core.testing import check_examples, conformance

test_conformance = conformance("ofsted_education")

SPACE = 5**8 * 2
FULL = "all_met"
MOST = "most_met"


@pytest.fixture(scope="module")
def registry() -> Registry:
    """This plugin alone: it needs no other."""
    return load_plugins(["ofsted_education"])


def _words(design: RatingDesign, judgement: str) -> NDArray[np.int64]:
    table = compile_design(design).space[judgement]
    assert table is not None
    return np.asarray(table.positions[table.classes].reshape(table.shape), dtype=np.int64)


def _levels(outcome: Outcome) -> dict[str, str]:
    return {one.id: one.level.id for one in outcome.judgements if one.level}


def _school(registry: Registry, name: str, **cells: str | Cell) -> Assessment:
    given: dict[str, Cell] = {
        one: Score("met" if one == "safeguarding" else "strong_standard")
        for one in registry.framework("ofsted-education").versions[-1].statement_ids()
    }
    for key, cell in cells.items():
        given[key] = Score(cell) if isinstance(cell, str) else cell
    return Assessment("ofsted-education", Body(name), given, version="2025")


def test_every_design_has_examples_and_they_hold(registry: Registry) -> None:
    """Each design's own examples come out as they state."""
    results = {one.id: check_examples(one) for one in registry.designs.values()}
    assert 8 == len(results)
    assert all(results.values())
    assert [] == [one for found in results.values() for one in found if one.differences]
    assert {} == registry.unavailable


def test_a_school_may_need_attention_everywhere_and_be_in_no_category(registry: Registry) -> None:
    """The audit's witness: eight areas below the standard, none at the lowest, nothing follows."""
    (found,) = audit(registry.design("ofsted-education/report-card")).judgements
    most = {one.state: one for one in found.compensation}
    no_category = most[max(most)]
    assert no_category.below_good is not None
    assert (0, 8) == (no_category.lowest.count, no_category.below_good.count)
    witness = [level.id for level in no_category.below_good.levels.values()]
    assert ["needs_attention"] * 8 + ["met"] == witness
    rule = compile_design(registry.design("ofsted-education/report-card"))
    outcome = rule.rate([*witness])
    assert "no_category" == _levels(outcome)["category_of_concern"]
    assert () == outcome.consequences


def test_a_category_follows_from_the_stated_conditions_alone(registry: Registry) -> None:
    """Over the whole space: written out in plain Python, the two conditions give every category."""
    category = _words(registry.design("ofsted-education/report-card"), "category_of_concern")
    levels = np.indices(category.shape, dtype=np.uint8)
    urgent = levels[:8] == 0
    significant = urgent.any(axis=0) | (levels[8] == 0)
    others = np.delete(urgent, 5, axis=0).any(axis=0)
    expected = np.where(urgent[5] & others, 1, np.where(significant, 2, 3))
    assert np.array_equal(expected, category)
    assert SPACE == category.size


def test_what_hangs_on_how_leadership_too_is_read(registry: Registry) -> None:
    """If leadership alone were enough for special measures, 32,768 profiles would be graver."""
    card = registry.design("ofsted-education/report-card")
    other = what_if(
        card,
        {
            "category_of_concern.table.rows[0].when": {
                "any": "leadership_and_governance",
                "is": "urgent_improvement",
            }
        },
    )
    ours, theirs = (_words(one, "category_of_concern") for one in (card, other))
    assert (32_768, 2, 1) == (
        int((ours != theirs).sum()),
        int(ours[ours != theirs].min()),
        int(theirs[ours != theirs].max()),
    )


def test_the_lowest_area_is_urgent_exactly_where_there_is_a_category(registry: Registry) -> None:
    """The what-if word says urgent improvement for each school in a category, and no other."""
    columns = [*np.indices([5] * 8 + [2], dtype=np.uint8).reshape(9, SPACE) + np.uint8(1)]
    card = compile_design(registry.design("ofsted-education/report-card")).rate_columns(columns)
    word = compile_design(registry.design("ofsted-education/lowest-area")).rate_columns(columns)
    assert word.headline is not None
    concern = card.judgements["category_of_concern"].levels < 3
    assert np.array_equal(concern, word.headline == 1)
    assert 715_714 == int(concern.sum())


def test_the_middle_area_may_hide_three_areas_at_urgent_improvement(registry: Registry) -> None:
    """The audit's witness: exceptional, with three of eight areas at the lowest grade."""
    (found,) = audit(registry.design("ofsted-education/middle-area")).judgements
    top = found.compensation[-1]
    witness = [level.id for level in top.lowest.levels.values()]
    assert (3, ["urgent_improvement"] * 3 + ["exceptional"] * 5) == (top.lowest.count, witness)


def test_an_area_that_a_school_does_not_have_is_left_out(registry: Registry) -> None:
    """A primary school without a sixth form is graded on the rest; trace and card say so."""
    none = Absence("not_applicable", "a primary school")
    school = _school(
        registry, "A primary school", sixth_form=none, achievement="urgent_improvement"
    )
    for design, judgement, level in (
        ("report-card", "category_of_concern", "requires_significant_improvement"),
        ("lowest-area", "overall", "urgent_improvement"),
        ("middle-area", "overall", "strong_standard"),
    ):
        outcome = compile_design(registry.design(f"ofsted-education/{design}")).explain(school)
        assert level == _levels(outcome)[judgement]
        assert any("Sixth form" in one.detail for one in outcome.trace)
    card = compile_design(registry.design("ofsted-education/report-card")).rate_assessment(school)
    shown = {area.id: area.absent for area in card.areas}
    assert "not applicable: a primary school" == shown["sixth_form"]


def test_the_card_set_beside_one_word(registry: Registry) -> None:
    """The card has no word to compare; two words made from it differ where an area is low."""
    schools = [
        _school(registry, "A", achievement="urgent_improvement"),
        _school(registry, "B"),
        _school(registry, "C", safeguarding="not_met"),
    ]
    designs = [
        registry.design(f"ofsted-education/{name}")
        for name in ("report-card", "lowest-area", "middle-area")
    ]
    comparison = compare(designs, schools)
    assert [(False, ()), (False, ())] == [
        (pair.comparable, pair.changes) for pair in comparison.pairs
    ]
    words = compare(designs[1:], schools).pairs[0]
    assert ("changed", "unchanged", "changed") == words.changes


def test_a_table_of_schools_says_which_have_no_sixth_form(tmp_path: Path) -> None:
    """A stated absence leaves the word certain; an empty cell does not, and the two look apart."""
    areas = "inclusion,curriculum_and_teaching,achievement,attendance_and_behaviour"
    more = "personal_development_and_wellbeing,leadership_and_governance,early_years,sixth_form"
    seven = ",".join(["strong_standard"] * 7)
    table = tmp_path / "schools.csv"
    table.write_text(
        f"body,{areas},{more},safeguarding\n"
        f"Primary,{seven},not applicable: a primary school,met\nUnknown,{seven},,met\n",
        "utf-8",
    )
    designs = ("ofsted-education/report-card", "ofsted-education/lowest-area")
    result = CliRunner().invoke(cli, ["compare", *designs, "--data", str(table)])
    assert 0 == result.exit_code, result.stderr
    told = " ".join(result.stdout.split())
    assert "· is a score that is not known to us. – says that there is none, for a stated" in told
    assert "Primary SS SS SS SS SS SS SS – M 9 areas Strong standard" in told
    assert "Unknown SS SS SS SS SS SS SS · M not known Urgent improvement or" in told


def test_secure_fit_is_the_highest_grade_met_with_all_below_it(registry: Registry) -> None:
    """Over all 27 profiles, written out by hand; below the expected standard nothing is said."""
    grades = ["expected_standard", "strong_standard", "exceptional"]
    for design, enough in (("secure-fit", {FULL}), ("best-fit", {FULL, MOST})):
        rule = compile_design(registry.design(f"ofsted-education-area/{design}"))
        for scores in product(["half_or_fewer", MOST, FULL], repeat=3):
            met = next((n for n, one in enumerate(scores) if one not in enough), 3)
            headline = rule.rate(scores).headline
            if met == 0:
                assert isinstance(headline, NoHeadline)
            else:
                assert isinstance(headline, Headline)
                assert grades[met - 1] == headline.level


def test_one_criterion_of_the_expected_standard_outweighs_everything_above_it(
    registry: Registry,
) -> None:
    """Every criterion of both higher grades met, one expected criterion not: no grade from them."""
    scores = (MOST, FULL, FULL)
    secure = compile_design(registry.design("ofsted-education-area/secure-fit")).rate(scores)
    best = compile_design(registry.design("ofsted-education-area/best-fit")).rate(scores)
    assert isinstance(secure.headline, NoHeadline)
    assert isinstance(best.headline, Headline)
    assert "exceptional" == best.headline.level


@pytest.mark.parametrize(
    ("date", "design"),
    [
        ("2024-09-01", "ofsted-education/single-word"),
        ("2024-09-02", "ofsted-education/four-judgements"),
        ("2025-11-09", "ofsted-education/four-judgements"),
        ("2025-11-10", "ofsted-education/report-card"),
    ],
)
def test_a_date_chooses_the_design_of_the_series(
    registry: Registry, date: str, design: str
) -> None:
    """Periods are half-open: a bound's own day belongs to the later design."""
    assert design == registry.design_on("ofsted-education/schools", PartialDate.parse(date)).id


def test_nothing_about_the_report_card_claims_to_be_official(registry: Registry) -> None:
    """What we read of the card, the categories and secure fit is secondary, and marked so."""
    school = registry.framework("ofsted-education").sources
    area = registry.framework("ofsted-education-area").sources
    marked = [school["report-card"], school["categories-of-concern"], area["secure-fit"]]
    assert ["secondary"] * 3 == [one.status for one in marked]
    proposal = registry.framework("ofsted-education-proposal").sources
    assert "proposed" == proposal["consultation-2025"].status
    assert "unconfirmed" == proposal["safeguarding-scale-2025"].status
