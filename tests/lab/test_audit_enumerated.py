"""What designs allow, held against an enumeration by hand."""

from hypothesis import given

from assurance_core.lab.binding import binding_counts
from assurance_core.lab.by_level import counts_by_level, vetoes
from assurance_core.lab.compensation import compensation
from assurance_core.lab.dead_steps import dead_steps
from assurance_core.lab.shapley import settling_shares
from assurance_core.lab.symmetry import symmetry
from assurance_core.model.design import RatingDesign
from tests.lab.trees import anything, enumerated, forms


@given(anything)
def test_compensation_is_that_of_an_enumeration(drawn: RatingDesign) -> None:
    """The most low scores of every outcome, with a profile that holds them."""
    for found in forms(drawn):
        hand = enumerated(found)
        statements = [leaf for leaf in found.leaves if leaf.kind != "judged"]
        expected = hand.deepest({leaf.id: 1 for leaf in statements})
        assert expected == {one.state: one.lowest.count for one in compensation(found)}
        for one in compensation(found):
            profile = tuple(level.position - 1 for level in one.lowest.levels.values())
            assert one.state == hand.states[profile]
            low = [level for key, level in one.lowest.levels.items() if "." not in key]
            assert one.lowest.count == sum(level.position == 1 for level in low)
            assert one.below_good is None


@given(anything)
def test_symmetry_is_that_of_an_enumeration(drawn: RatingDesign) -> None:
    """Two statements are in one group just where they can change places; a witness shows it."""
    for found in forms(drawn):
        hand = enumerated(found)
        shown = symmetry(found)
        group = {leaf.id: n for n, leaves in enumerate(shown.groups) for leaf in leaves}
        pairs = [
            (one, other)
            for one in found.leaves
            for other in found.leaves
            if one.id < other.id and one.id in group and other.id in group
        ]
        for one, other in pairs:
            places = found.place(one.id), found.place(other.id)
            alike = one.scale.id == other.scale.id and hand.exchangeable(*places)
            assert alike == (group[one.id] == group[other.id])
        if shown.witness:
            profile = [level.position - 1 for level in shown.witness.levels.values()]
            first, second = found.place(shown.witness.first), found.place(shown.witness.second)
            before = hand.states[tuple(profile)]
            profile[first], profile[second] = profile[second], profile[first]
            words = found.names()
            after = hand.states[tuple(profile)]
            assert (shown.witness.before, shown.witness.after) == (words[before], words[after])
            assert before != after


@given(anything)
def test_vetoes_are_those_of_an_enumeration(drawn: RatingDesign) -> None:
    """Each level of each leaf, with the outcomes that it rules out."""
    for found in forms(drawn):
        hand = enumerated(found)
        every = set(hand.counts())
        shown = {
            (one.leaf.id, one.level.position): set(one.excluded)
            for one in vetoes(found, counts_by_level(found))
        }
        for axis, leaf in enumerate(found.leaves):
            for level in leaf.scale.levels:
                left = set(hand.by_level(axis, level.position - 1))
                assert every - left == shown.get((leaf.id, level.position), set())


@given(anything)
def test_limiters_bite_where_an_enumeration_says(drawn: RatingDesign) -> None:
    """For each limiter the profiles in which it changes a level."""
    for found in forms(drawn):
        hand = enumerated(found)
        assert {path: hand.bits[path] for path in binding_counts(found)} == binding_counts(found)


@given(anything)
def test_exact_shares_are_those_of_every_order(drawn: RatingDesign) -> None:
    """Shapley by permutations; the shares sum to one unless there is one outcome only."""
    found = forms(drawn)[0]
    hand = enumerated(found)
    shown = settling_shares(found)
    assert shown is not None
    assert not shown.draws
    assert hand.settles() == list(shown.shares.values())
    assert int(len(hand.counts()) > 1) == sum(shown.shares.values())


@given(anything)
def test_a_dead_limiter_never_bites(drawn: RatingDesign) -> None:
    """And one that bites in no profile is reported where every profile has a level."""
    for found in forms(drawn):
        hand = enumerated(found)
        dead = {one.path for one in dead_steps(found) if one.idle == "never" and not one.row}
        spared = {path for path in binding_counts(found) if not hand.bits[path]}
        limiters = set(binding_counts(found))
        assert dead & limiters <= spared
        if not found.root.reasons:
            assert dead & limiters == spared
