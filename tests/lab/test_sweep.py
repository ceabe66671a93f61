"""A sweep measures what the scorecard measures, in a fixed order, and marks what nothing beats."""

import pytest

from assurance_core.documents.patches import what_if
from assurance_core.lab.scorecard import scorecard
from assurance_core.lab.sweep import Objective, Sweep, parse_objective, sweep
from assurance_core.model.assessment import Assessment
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from tests.lab.four_rules import councils, four_rules

__all__ = ["councils", "four_rules"]

GRID = {"overall.band.good": [60, 63, 65], "overall.band.outstanding": [80, 88, 61]}
WANTED = (
    Objective("M2"),
    Objective("M9", "contradiction"),
    Objective("M12", side="all", wanted="high", bound=0.8),
)


@pytest.fixture(scope="module")
def found(four_rules: dict[str, RatingDesign], councils: tuple[Assessment, ...]) -> Sweep:
    return sweep(four_rules["plain word"], GRID, councils, WANTED, workers=1)


def test_every_combination_is_there_in_the_order_of_the_grid(found: Sweep) -> None:
    expected = [(good, best) for good in (60, 63, 65) for best in (80, 88, 61)]
    assert expected == [tuple(value for _, value in point.values) for point in found.points]


def test_a_point_is_what_the_scorecard_says_of_that_what_if(
    found: Sweep, four_rules: dict[str, RatingDesign], councils: tuple[Assessment, ...]
) -> None:
    design = four_rules["plain word"]
    made = what_if(design, {"overall.band.good": 65, "overall.band.outstanding": 80})
    card = scorecard([design, made], councils)
    point = found.points[6]
    assert point.figures[0].value == card.designs[1].metric("M2").measure().observed.value
    assert point.figures[2].value == card.agreements[0].metric.measure().every.value


def test_what_gives_no_design_stays_with_its_reason(found: Sweep) -> None:
    failed = [point for point in found.points if point.reason]
    assert [63, 65] == [point.values[0][1] for point in failed]
    assert "outstanding from 61" in failed[0].reason
    assert not any(point.kept or point.pareto for point in failed)


def test_the_design_as_it_stands_is_marked(found: Sweep) -> None:
    assert [4] == [n for n, point in enumerate(found.points) if point.same]
    assert 1.0 == found.points[4].figures[2].value


def test_the_pareto_set_by_brute_force(found: Sweep) -> None:
    def key(place: int) -> tuple[float, float, float]:
        first, second, third = (one.value or 0.0 for one in found.points[place].figures)
        return first, second, -third

    kept = [
        n
        for n, point in enumerate(found.points)
        if point.figures and (point.figures[2].value or 0) >= 0.8
    ]
    assert kept == [n for n, point in enumerate(found.points) if point.kept]
    standing = [
        n
        for n in kept
        if not any(
            key(other) != key(n) and all(a <= b for a, b in zip(key(other), key(n), strict=True))
            for other in kept
        )
    ]
    assert standing
    assert standing == [n for n, point in enumerate(found.points) if point.pareto]


@pytest.mark.slow
def test_several_processes_give_the_same(
    found: Sweep, four_rules: dict[str, RatingDesign], councils: tuple[Assessment, ...]
) -> None:
    seen: list[int] = []
    many = sweep(
        four_rules["plain word"],
        GRID,
        councils,
        WANTED,
        workers=2,
        progress=lambda done, _total: seen.append(done),
    )
    assert list(range(1, 10)) == seen
    for one, other in zip(found.points, many.points, strict=True):
        assert (one.values, one.figures, one.pareto) == (other.values, other.figures, other.pareto)


def test_a_metric_that_does_not_apply_leaves_no_point_standing(
    found: Sweep, four_rules: dict[str, RatingDesign]
) -> None:
    grid = {"overall.band.good": [63, 65]}
    none = sweep(four_rules["plain word"], grid, (), [Objective("M2")], workers=1)
    assert not any(point.kept for point in none.points)
    assert none.points[0].figures[0].reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("M2", Objective("M2")),
        ("M2.depth@all", Objective("M2", "depth", "all")),
        ("M12=0.9", Objective("M12", bound=0.9)),
    ],
)
def test_objectives_in_words(text: str, expected: Objective) -> None:
    assert expected == parse_objective(text, "low")


@pytest.mark.parametrize(
    ("text", "code"), [("M99", "unknown-id"), ("M2=many", "bad-syntax"), ("M2@some", "bad-syntax")]
)
def test_objectives_that_are_none(text: str, code: str) -> None:
    with pytest.raises(AssuranceError, match=code):
        parse_objective(text, "low")


@pytest.mark.parametrize(
    ("grid", "objectives", "code"),
    [
        ({}, WANTED, "missing"),
        (GRID, (), "missing"),
        ({"overall.nothing.good": [1]}, WANTED, "no-match"),
        (GRID, (Objective("M2", "depht"),), "unknown-id"),
        ({"overall.band.good": range(200), "overall.band.outstanding": range(200)}, WANTED,
         "too-large"),
    ],
)  # fmt: skip
def test_what_cannot_be_swept(
    four_rules: dict[str, RatingDesign],
    grid: dict[str, list[int]],
    objectives: tuple[Objective, ...],
    code: str,
) -> None:
    with pytest.raises(AssuranceError, match=code):
        sweep(four_rules["plain word"], grid, (), objectives, workers=1)


def test_a_grid_that_no_memory_holds_is_refused_by_its_size(
    four_rules: dict[str, RatingDesign],
) -> None:
    """A thousand million million combinations: they are counted, not listed."""
    grid = {f"overall.band.{one}": range(1_000) for one in "abcde"}
    with pytest.raises(AssuranceError) as refused:
        sweep(four_rules["plain word"], grid, (), WANTED, workers=1)
    assert (
        "error[too-large]: --vary\n"
        "  found:    1,000,000,000,000,000 combinations\n"
        "  expected: 10,000 at most\n"
        "  do:       try fewer values, or one path after the other"
    ) == str(refused.value)
