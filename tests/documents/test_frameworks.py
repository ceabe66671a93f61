"""Framework documents: names that mean one thing, versions that do not overlap."""

import pytest

from assurance_core.model.errors import AssuranceError
from tests.documents.demo import briefly, framework


def _refused(*changes: tuple[str, str]) -> list[tuple[str, str]]:
    with pytest.raises(AssuranceError) as raised:
        framework(*changes)
    return briefly(raised.value.faults)


def test_a_framework_with_all_its_parts() -> None:
    made = framework()
    assert ("2020", "2024") == tuple(one.id for one in made.versions)
    assert ("care", "safety", "access", "duty") == made.versions[1].statement_ids()
    assert {"core": ("care", "safety")} == made.versions[0].groups
    assert ("records", "voices") == made.versions[1].evidence_categories
    assert (1, 2, 3) == tuple(level.points for level in made.scales["score"].levels)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("name: Safety,", "name: CARE,", "'care', which also names care"),
        (
            "name: Safety,",
            "name: Safety, aliases: [Care of People],",
            "'care of people', which also names care",
        ),
        ("name: fair", "name: Poor", "'poor', which also names 1"),
        ("aliases: [bad]", "aliases: [fair]", "'fair', which also names 1"),
        ("{core: [care, safety]}", "{care: [care, safety]}", "'care', which names something else"),
        ("{core: [care, safety]}", "{all: [care, safety]}", "'all', which names something else"),
        ("{core: [care, safety]}", "{result: [care]}", "'result', which names something else"),
        ("[care, safety, access]\n", "[care, safety, access, care]\n", "'care' again"),
        ('id: "2024"', 'id: "2020"', "'2020' again"),
        ("id: low", "id: printed", "'printed'"),
    ],
)
def test_a_word_means_one_thing(old: str, new: str, found: str) -> None:
    assert [("duplicate", found)] == _refused((old, new))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{from: 2020-01}", "{from: 2024-04}"),
        ("{from: 2020-01, to: 2024-05}", "{from: 2024-04}"),
        ("{from: 2025-01, to: 2026-01}", "{from: 2024-04}"),
        ("{}", "{from: 2024-04}"),
    ],
)
def test_versions_that_overlap(first: str, second: str) -> None:
    """Half-open: a version begins on the day on which the one before it ends, or later."""
    changes = [("{from: 2020-01, to: 2024-04}", first), ("{from: 2024-04}", second)]
    assert ["bad-date"] == [code for code, _ in _refused(*changes)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{from: 2020-01, to: 2024-04}", "{from: 2024-04-01}"),
        ("{from: unknown, to: 2024-04}", "{from: 2024-05}"),
        ("{from: 2020-01, to: unknown}", "{from: 2024-04}"),
        ("{from: 2020-01, to: 2024}", "{from: unknown, why: Not stated.}"),
    ],
)
def test_versions_one_behind_the_other(first: str, second: str) -> None:
    changes = [("{from: 2020-01, to: 2024-04}", first), ("{from: 2024-04}", second)]
    assert 2 == len(framework(*changes).versions)


def test_a_unknown_scale_or_source_is_a_fault_at_each_place() -> None:
    changes = [
        ("duty: {name: Duty, scale: met}", "duty: {name: Duty, scale: x}"),
        ("source: rule-book", "source: y"),
    ]
    assert [("unknown-id", "'y'"), ("unknown-id", "'x'")] == _refused(*changes)
