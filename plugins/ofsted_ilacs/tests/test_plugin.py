"""The Ofsted documents: periods, limits, reconstruction, crosswalks."""

from __future__ import annotations

import pytest

from assurance_core import (
    Contender,
    Headline,
    NoHeadline,
    compare,
    compile_design,
    load_plugins,
    possible_outcomes,
    read_dataset_table,
)
from assurance_core.lab.limiters import limiter_fits
from assurance_core.lab.published import reproduce
from assurance_core.model.assessment import Assessment
from assurance_core.model.dates import PartialDate
from assurance_core.plugins import Registry
from assurance_core.testing import check_examples, conformance

test_conformance = conformance("ofsted_ilacs")


@pytest.fixture(scope="module")
def registry() -> Registry:
    """This plugin, and what it needs."""
    return load_plugins(["cqc_la", "ofsted_ilacs"])


@pytest.fixture(scope="module")
def inspections(registry: Registry) -> tuple[Assessment, ...]:
    """The bundled inspections."""
    dataset = registry.dataset("ofsted-ilacs")
    return read_dataset_table(dataset, registry.framework("ofsted-ilacs")).assessments


def test_every_example_holds(registry: Registry) -> None:
    """Each design's own examples come out as they state."""
    own = [d for d in registry.designs.values() if d.id.startswith("ofsted")]
    results = [r for d in own for r in check_examples(d)]
    assert [] == [one for one in results if one.differences]
    assert results


def test_published_overalls_respect_the_limit(
    registry: Registry, inspections: tuple[Assessment, ...]
) -> None:
    """Wherever a practice judgement is inadequate, the published overall is: 34 of 34."""
    (fit,) = limiter_fits(registry.design("ofsted-ilacs/2023"), inspections)
    assert ("overall.cap", 34, 34) == (fit.path, fit.bites, fit.respected)


def test_the_fit_of_the_reconstruction(
    registry: Registry, inspections: tuple[Assessment, ...]
) -> None:
    """The reconstruction gives 263 of 271 overalls; no rule on these grades could give 267."""
    found = reproduce(registry.design("ofsted-ilacs/reconstruction"), inspections)
    assert (263, 271) == found.words
    assert (266, 49, 4) == (found.ceiling, found.profiles, found.split)


def test_trafford_has_no_overall_and_would_certainly_have_been_inadequate(
    registry: Registry, inspections: tuple[Assessment, ...]
) -> None:
    """Trafford 2026: no headline now; inadequate whatever the assessor had judged before."""
    (trafford,) = [
        one for one in inspections if one.body.name == "Trafford" and str(one.date) > "2026"
    ]
    before = compile_design(registry.design("ofsted-ilacs/2023"), "2026")
    certain = possible_outcomes(before, trafford).certain
    assert isinstance(certain, Headline)
    assert "inadequate" == certain.level
    now = compile_design(registry.design("ofsted-ilacs/2026"), "2026")
    assert isinstance(now.rate_assessment(trafford).headline, NoHeadline)


@pytest.mark.parametrize(
    ("date", "design"),
    [
        ("2018-01-29", "ofsted-ilacs/2018"),
        ("2022-12", "ofsted-ilacs/2018"),
        ("2023-01", "ofsted-ilacs/2023"),
        ("2026-03-31", "ofsted-ilacs/2023"),
        ("2026-04-01", "ofsted-ilacs/2026"),
    ],
)
def test_a_date_chooses_the_design_of_the_series(
    registry: Registry, date: str, design: str
) -> None:
    """Periods are half-open: a bound's own day belongs to the later design."""
    assert design == registry.design_on("ofsted-ilacs/overall", PartialDate.parse(date)).id


def test_a_year_with_a_change_in_it_chooses_nothing(registry: Registry) -> None:
    """2026 holds a change, so nothing is chosen, and the message says what to name."""
    from assurance_core import AssuranceError

    with pytest.raises(AssuranceError) as caught:
        registry.design_on("ofsted-ilacs/overall", PartialDate.parse("2026"))
    (fault,) = caught.value.faults
    assert "no-choice" == fault.code
    assert fault.remedy.startswith("name the design")


@pytest.mark.parametrize(
    ("crosswalk", "fours", "safeguarding_two"),
    [
        ("", "strong_standard", "met"),
        ("ofsted-style/from-cqc-la-exceptional", "exceptional", "met"),
        ("ofsted-style/from-cqc-la-met-from-3", "strong_standard", "not_met"),
    ],
)
def test_the_crosswalk_and_its_variants(
    registry: Registry, crosswalk: str, fours: str, safeguarding_two: str
) -> None:
    """Unasked, a 4 is strong standard and safeguarding is met from 2; the variants change that."""
    found = registry.crosswalk_between("cqc-la", "ofsted-style", crosswalk)
    source = registry.framework("cqc-la").versions[-1]
    rule = compile_design(
        registry.design("ofsted-style/report-card"), crosswalk=found, source_version=source
    )
    outcome = rule.rate((4, 1, 2, 3, 4, 4, 2, 4, 4))
    levels = {one.id: one.level.id for one in outcome.areas if one.level}
    assert fours == levels["assessing_needs"]
    assert "urgent_improvement" == levels["supporting_healthier_lives"]
    assert "needs_attention" == levels["equity_in_experience_and_outcomes"]
    assert "expected_standard" == levels["care_provision_integration_continuity"]
    assert safeguarding_two == levels["safeguarding"]
    assert isinstance(outcome.headline, NoHeadline)


def test_the_same_inspections_with_and_without_an_overall(
    registry: Registry, inspections: tuple[Assessment, ...]
) -> None:
    """Against a design without a headline nothing is counted as changed."""
    designs = [registry.design("ofsted-ilacs/2023"), registry.design("ofsted-ilacs/2026")]
    comparison = compare(designs, inspections)
    assert 276 == len(comparison.bodies)
    assert (False, ()) == (comparison.pairs[0].comparable, comparison.pairs[0].changes)


def test_cqc_arithmetic_is_unavailable_without_the_cqc_plugin() -> None:
    """A design based on another plugin's says why it is unavailable where that one is absent."""
    alone = load_plugins(["ofsted_ilacs"])
    assert "cqc-la/single-word" in alone.unavailable["ofsted-ilacs/cqc-arithmetic"]
    both = load_plugins(["ofsted_ilacs", "cqc_la"])
    design = both.design("ofsted-ilacs/cqc-arithmetic")
    assert ("based on cqc-la/single-word",) == design.lineage


def test_contenders_of_another_framework_need_their_crosswalk(registry: Registry) -> None:
    """A contender carries its crosswalk and the framework that it reads through it."""
    found = registry.crosswalk_between("cqc-la", "ofsted-style")
    card = registry.design("ofsted-style/report-card")
    contender = Contender(card, found, registry.framework("cqc-la"))
    assert "cqc-la" == contender.framework.id
