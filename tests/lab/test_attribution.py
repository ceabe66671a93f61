"""Shares of edits sum to the whole movement, and are what averaging over all orders gives."""

from fractions import Fraction
from itertools import permutations

import pytest

from assurance_core.documents.patches import what_if
from assurance_core.engine.compile import compile_design
from assurance_core.lab.attribution import KINDS, attribution
from assurance_core.lab.space import space_of
from assurance_core.model.assessment import Assessment
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.model.patch import Edit, Patch
from tests.lab.four_rules import CAP, councils, four_rules

__all__ = ["councils", "four_rules"]

LOWER = Edit("set", "overall.band.good", 60)
HIGHER = Edit("set", "overall.band.outstanding", 80)
LIMIT = Edit("insert", "overall.band", {**CAP, "id": "any_one"}, "after")
SOFTER = Edit("set", "overall.any_one.when.at_most", "2")
NAME = Edit("set", "name", "Another name")


@pytest.fixture
def word(four_rules: dict[str, RatingDesign]) -> RatingDesign:
    return four_rules["plain word"]


def _changed(word: RatingDesign, edits: tuple[Edit, ...]) -> int:
    base = space_of(compile_design(word)).root.states
    made = space_of(compile_design(what_if(word, edits))).root.states if edits else base
    return int((base != made).sum())


def test_shares_sum_to_the_whole(word: RatingDesign, councils: tuple[Assessment, ...]) -> None:
    found = attribution(word, [Patch((LOWER, HIGHER, LIMIT))], councils)
    assert 6 == found.orders
    for place in range(len(KINDS)):
        assert found.every[place] == sum(one.every[place] for one in found.shares)
        assert found.observed[place] == sum(one.observed[place] for one in found.shares)
    assert found.every[0] == found.every[1] + found.every[2] > 0


def test_a_share_is_the_mean_over_all_orders(word: RatingDesign) -> None:
    edits = (LOWER, HIGHER, LIMIT)
    found = attribution(word, [Patch(edits)], ())
    for one in found.shares:
        added = []
        for order in permutations(edits):
            before = order[: order.index(one.edit)]
            some = tuple(edit for edit in edits if edit in before)
            more = tuple(edit for edit in edits if edit in before or edit == one.edit)
            added.append(_changed(word, more) - _changed(word, some))
        assert Fraction(sum(added), len(added)) == one.every[0]


def test_an_edit_that_needs_another_comes_after_it(word: RatingDesign) -> None:
    """The second edit changes the step that the first one inserts: one order alone will do."""
    found = attribution(word, [Patch((LIMIT, SOFTER))], ())
    assert 1 == found.orders
    assert _changed(word, (LIMIT,)) == found.shares[0].every[0]
    assert _changed(word, (LIMIT, SOFTER)) == found.every[0] > found.shares[0].every[0]


def test_an_edit_that_moves_nothing_has_no_share(word: RatingDesign) -> None:
    found = attribution(word, [Patch((NAME, LOWER))], ())
    assert 0 == found.shares[0].every[0]
    assert found.every[0] == found.shares[1].every[0] > 0


def test_more_than_ten_edits_are_refused(word: RatingDesign) -> None:
    with pytest.raises(AssuranceError, match="too-large"):
        attribution(word, [Patch((LOWER,) * 11)], ())


def test_bodies_and_profiles_are_counted_on_what_they_are(
    word: RatingDesign, councils: tuple[Assessment, ...]
) -> None:
    found = attribution(word, [Patch((LOWER, HIGHER))], councils)
    assert ("observed", 41) == (found.observed_on.kind, found.observed_on.size)
    assert ("all profiles", 4**9) == (found.every_on.kind, found.every_on.size)
