"""Published outcomes: which rule they follow, and whether it reproduces them."""

import pytest
from attrs import evolve

from assurance_core.documents.patches import what_if
from assurance_core.lab.contender import Contender, compiled, published_rule
from assurance_core.lab.published import check_published, reproduce
from assurance_core.model.assessment import Assessment, Published, Score
from assurance_core.model.dates import PartialDate
from assurance_core.model.errors import AssuranceError
from assurance_core.plugins import Registry
from assurance_core.tables.datasets import read_dataset_table


@pytest.fixture(scope="module")
def inspections(registry: Registry) -> tuple[Assessment, ...]:
    """The bundled inspections."""
    dataset = registry.dataset("ofsted-ilacs")
    return read_dataset_table(dataset, registry.framework("ofsted-ilacs")).assessments


@pytest.fixture(scope="module")
def councils(registry: Registry) -> tuple[Assessment, ...]:
    """The bundled council assessments."""
    dataset = registry.dataset("cqc-la")
    return read_dataset_table(dataset, registry.framework("cqc-la")).assessments


def test_a_series_stands_for_the_design_of_the_date(
    registry: Registry, inspections: tuple[Assessment, ...]
) -> None:
    """An inspection's date decides which design its grade follows."""
    look_up = published_rule(registry.designs.values())
    for date, design in (("2019-03-04", "2018"), ("2025-03-03", "2023"), ("2026-06-08", "2026")):
        one = next(each for each in inspections if str(each.date) == date)
        rule = look_up(one)
        assert rule is not None
        assert f"ofsted-ilacs/{design}" == rule.design.id


def test_an_undecided_date_names_no_rule(
    registry: Registry, inspections: tuple[Assessment, ...]
) -> None:
    """Nothing is narrowed by a rule that may not have been in force."""
    look_up = published_rule(registry.designs.values())
    assert look_up(evolve(inspections[0], date=PartialDate.parse("2026"))) is None
    assert look_up(evolve(inspections[0], published=Published())) is None


def test_every_inspection_is_counted_once(
    registry: Registry, inspections: tuple[Assessment, ...]
) -> None:
    """The designs of a series share the rows by date."""
    checks = check_published(registry.designs.values(), "ofsted-ilacs/overall", inspections)
    counted = {
        check.reproductions.design.id: len(check.reproductions.rows)
        for check in checks
        if check.must_hold
    }
    assert len(inspections) == sum(counted.values())
    assert ["ofsted-ilacs/2018", "ofsted-ilacs/2023", "ofsted-ilacs/2026"] == list(counted)


def test_a_limiter_that_is_not_respected_is_counted(
    registry: Registry, inspections: tuple[Assessment, ...]
) -> None:
    """A word of good over an inadequate area of practice: 22 of 23, and the check fails."""
    inadequate = next(
        one for one in inspections if one.scores["help_and_protection"] == Score("inadequate")
    )
    good = evolve(inadequate.published, headline="good")
    wrong = evolve(inadequate, judged={"overall": "good"}, published=good)
    rows = [wrong if one is inadequate else one for one in inspections]
    checks = check_published(registry.designs.values(), "ofsted-ilacs/overall", rows)
    (check,) = [one for one in checks if one.reproductions.design.id == "ofsted-ilacs/2018"]
    assert "2018" == inadequate.version
    assert [("overall.cap", 23, 22)] == [
        (fit.path, fit.bites, fit.respected) for fit in check.limiters
    ]
    assert (True, [wrong]) == (
        check.failed,
        [row.assessment for row in check.reproductions.differing],
    )


def test_what_is_impossible_is_a_difference(
    registry: Registry, councils: tuple[Assessment, ...]
) -> None:
    """Torbay's nine scores are not known, but no nine scores give good with 30."""
    design = registry.design("cqc-la/single-word")
    (torbay,) = [one for one in councils if one.body.name == "Torbay"]
    wrong = evolve(torbay, published=evolve(torbay.published, score=30))
    (row,) = reproduce(design, [wrong]).differing
    assert (None, None, False) == (row.word, row.score, row.fits)
    assert () == reproduce(design, [torbay]).differing


def test_a_design_of_another_framework_takes_no_part(
    registry: Registry, councils: tuple[Assessment, ...]
) -> None:
    """A reconstruction of inspections says nothing of councils."""
    checks = check_published(registry.designs.values(), "cqc-la/single-word", councils)
    assert ["cqc-la/single-word"] == [check.reproductions.design.id for check in checks]
    assert 7 == len(checks[0].not_counted)


def test_a_design_is_compiled_when_it_is_asked_and_at_once_only_if_that_is_wanted(
    registry: Registry, councils: tuple[Assessment, ...]
) -> None:
    """A design that is none is then an error of its own, before any assessment is looked at."""
    broken = Contender(
        what_if(registry.design("cqc-la/single-word"), {"overall.band.inadequate": 30})
    )
    look_up = compiled(broken)
    with pytest.raises(AssuranceError, match="gap"):
        look_up.rule(councils[0])
    with pytest.raises(AssuranceError, match="gap"):
        compiled(broken, check=True)
