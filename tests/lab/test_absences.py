"""Stated absences in `paths` and `noise`: the design's policy for them, or why not."""

from typing import Any

import pytest

from assurance_core.lab.contender import Contender
from assurance_core.lab.noise import noise
from assurance_core.lab.noise_settings import CENTRAL
from assurance_core.lab.paths import paths
from assurance_core.model.assessment import NOT_KNOWN, Absence, Assessment, Body, Cell, Score
from assurance_core.model.design import RatingDesign
from tests.lab.documents import design, framework, scale

WITHHELD = Absence("withheld", "a prosecution is under way")
NOT_ASSESSED = Absence("not_assessed", "no evidence")


def minimum(missing: str) -> RatingDesign:
    """Return the lowest of three scores, with a policy for absences."""
    of = framework(
        dict.fromkeys(("a", "b", "c"), "score"), {"score": scale("Score", ["1", "2", "3"], "2")}
    )
    overall: dict[str, Any] = {"scale": "demo/score", "inputs": "all", "steps": [{"minimum": {}}]}
    return design(of, {"overall": {**overall, "missing": missing}})


def assessed(name: str, *cells: Cell) -> Assessment:
    return Assessment("demo", Body(name), dict(zip(("a", "b", "c"), cells, strict=True)))


def test_what_may_be_left_out_is_left_out() -> None:
    """3, 2 and nothing: the lowest is 2, and one step of the second score away from 3 and 1."""
    body = assessed("Hull", Score("3"), Score("2"), WITHHELD)
    (found,) = paths(Contender(minimum("omit")), [body]).bodies
    assert ("2", "3", 1, 1, 1) == (found.outcome, found.target, found.up, found.down, found.radius)
    assert found.gain
    assert [("b", "2", "3")] == [
        (one.leaf.id, one.before.id, one.after.id)
        for one_set in found.gain.sets
        for one in one_set.changes
    ]
    assert [("c", "withheld: a prosecution is under way")] == [
        (one.leaf.id, one.reason) for one in found.absent
    ]


def test_what_is_absent_stays_absent_under_noise() -> None:
    """Only two scores vary: 3 falls with half the chance, 2 moves either way."""
    body = assessed("Hull", Score("3"), Score("2"), WITHHELD)
    found = noise(Contender(minimum("omit")), [body], [CENTRAL])
    half = CENTRAL.chance / 2
    chances = dict(zip(found.outcomes, found.settings[0].bodies[0].independent, strict=False))
    assert pytest.approx(half) == chances["1"]
    assert pytest.approx(half * (1 - half)) == chances["3"]
    assert ["c"] == [one.leaf.id for one in found.bodies[0].absent]


def test_all_profiles_are_the_complete_ones() -> None:
    """Bodies with absences add no space of their own to the figures over all profiles."""
    bodies = [
        assessed("Hull", Score("3"), Score("2"), WITHHELD),
        assessed("Leeds", Score("3"), Score("2"), Score("1")),
    ]
    found = paths(Contender(minimum("omit")), bodies)
    assert [27] == [one.profiles for one in found.whole]
    assert 2 == found.observed.bodies
    whole = noise(Contender(minimum("omit")), bodies, [CENTRAL]).settings[0].whole
    assert [27] == [one.profiles for one in whole]


def test_no_outcome_is_an_outcome_that_no_score_changes() -> None:
    body = assessed("Hull", Score("3"), Score("2"), WITHHELD)
    rule = Contender(minimum("no_outcome"))
    (found,) = paths(rule, [body]).bodies
    assert "Overall: not every input was assessed" == found.outcome
    assert (None, None, None) == (found.up, found.down, found.radius)
    chances = noise(rule, [body], [CENTRAL])
    (at,) = chances.settings[0].bodies
    assert pytest.approx(1) == at.independent[chances.bodies[0].own]


@pytest.mark.parametrize(
    ("missing", "cells", "reason"),
    [
        (
            "error",
            (Score("3"), NOT_ASSESSED, WITHHELD),
            "Hull.b: not assessed: no evidence; Hull.c: withheld: a prosecution is under way",
        ),
        ("omit", (Score("3"), NOT_KNOWN, WITHHELD), "B: not known to us"),
        (
            "omit",
            (NOT_ASSESSED, NOT_ASSESSED, WITHHELD),
            "nothing that could move, as no score is there: A, B: not assessed: no evidence; "
            "C: withheld: a prosecution is under way",
        ),
    ],
)
def test_where_it_is_not_defined_the_reason_names_the_absences(
    missing: str, cells: tuple[Cell, ...], reason: str
) -> None:
    bodies = [assessed("Hull", *cells)]
    assert [reason] == [one.reason for one in paths(Contender(minimum(missing)), bodies).unplaced]
    found = noise(Contender(minimum(missing)), bodies, [CENTRAL])
    assert [reason] == [one.reason for one in found.unplaced]


def test_a_profile_that_falls_through_only_with_an_absence_has_no_place() -> None:
    """Every complete profile meets the row; without the first score, none is met."""
    of = minimum("omit").framework
    rows = [{"when": {"any": "a", "at_most": "3"}, "then": "2"}]
    overall: dict[str, Any] = {
        "scale": "demo/score",
        "inputs": "all",
        "missing": "omit",
        "steps": [{"table": {"rows": rows}}],
    }
    made = Contender(design(of, {"overall": overall}))
    body = assessed("Hull", WITHHELD, Score("2"), Score("3"))
    (found,) = noise(made, [body], [CENTRAL]).unplaced
    assert (
        "A: withheld: a prosecution is under way: overall.table: a profile that falls through: "
        "absent, 1, 1"
    ) == found.reason
