"""What designs allow: known figures of the council rule, of judged designs and of 34 statements."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from assurance_core import what_if
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab import near_gaps, scenes
from assurance_core.lab.audit import Audit, JudgementAudit, audit
from assurance_core.lab.by_level import counts_by_level, hidden
from assurance_core.lab.dead_steps import dead_steps
from assurance_core.lab.requirements import REQUIREMENTS, check
from assurance_core.lab.shapley import settling_shares
from assurance_core.lab.space import space_of
from assurance_core.model.patch import Edit
from assurance_core.plugins import Registry
from tests.lab.documents import design, framework, provider, scale, small_tree, voting
from tests.lab.trees import forms

RuleOf = Callable[[str], CompiledDesign]
ANY_ONE = {
    "cap": {"at": "requires_improvement", "when": {"any": "all", "is": "1"}},
    "id": "any_one",
    "source": "published-percentages",
}


def _only(found: Audit) -> JudgementAudit:
    (one,) = found.judgements
    return one


def _counted(one: JudgementAudit) -> list[int]:
    return list(one.counts)


# Known figures


@pytest.mark.parametrize(
    ("design_id", "edits", "counts", "near", "pairs"),
    [
        ("single-word", [], [706, 130_366, 130_366, 706], 63_936, 220_536),
        (
            "single-word",
            [Edit("insert", "overall.band", ANY_ONE, "after")],
            None,
            76_146,
            66_348,
        ),
    ],
    ids=["plain", "any 1 caps"],
)
def test_the_council_rule(
    registry: Registry,
    design_id: str,
    edits: list[Edit],
    counts: list[int] | None,
    near: int,
    pairs: int,
) -> None:
    """Profiles by word, one step from another word, and one-step pairs that change it."""
    given_design = registry.design(f"cqc-la/{design_id}")
    one = _only(audit(what_if(given_design, edits) if edits else given_design))
    assert counts in (None, _counted(one))
    assert (near, pairs) == (one.parts[0].near, one.statement_steps.changed)
    assert one.falling is None
    assert one.symmetry.holds


@pytest.fixture(scope="module")
def council(single_word: CompiledDesign) -> JudgementAudit:
    """The council rule in force, audited once."""
    return _only(audit(single_word))


def test_what_a_good_can_hide(council: JudgementAudit) -> None:
    """Four 1s in a good, one in an outstanding; six and two statements below 3."""
    found = {one.state: one for one in council.compensation}
    assert (4, 1) == (found[2].lowest.count, found[3].lowest.count)
    below = [found[state].below_good for state in (2, 3)]
    assert [6, 2] == [one.count for one in below if one]


def test_printed_ranges_are_not_held_against_other_thresholds(rule_of: RuleOf) -> None:
    """They are the regulator's, and an edit of a threshold is not the regulator's fault."""
    edited = what_if(rule_of("cqc-la/single-word").design, {"overall.band.outstanding": 80})
    found = audit(edited).judgements[0]
    assert ((), ()) == (found.bands, found.gaps)
    assert ("Outstanding from 80, printed from 88",) == found.printed_otherwise
    as_it_is = audit(rule_of("cqc-la/single-word")).judgements[0]
    assert (("overall.band",), ()) == (as_it_is.bands, as_it_is.printed_otherwise)


def test_the_only_near_gap_is_a_total_of_14(council: JudgementAudit) -> None:
    """14 of 36 is 38.89, between 38 and 39, and is rounded into requires improvement."""
    (one,) = council.gaps
    assert (Fraction(1400, 36), Fraction(39)) == (one.value, one.shown)
    assert one.level is not None
    assert "requires_improvement" == one.level.id
    assert 14 == sum(level.points for level in one.levels.values())
    # Nine scores of at least 1 that add up to 14: 1,206 profiles.
    assert 1_206 == one.profiles


def test_a_good_with_one_named_statement_low(council: JudgementAudit) -> None:
    """20,994 of 131,072 with a statement at 1 and 49,716 with it below 3: the same for each."""
    found = {(one.lowest, one.below_good, one.good) for one in council.parts[0].hidden}
    assert {(20_994, 49_716, 131_072)} == found


def test_nothing_is_dead_or_forbidden_in_the_council_rule(council: JudgementAudit) -> None:
    """Every rule does something, and no single score rules an outcome out."""
    assert ((), (), ()) == (council.dead, council.vetoes, council.unreachable)


def test_each_of_nine_settles_as_often(council: JudgementAudit) -> None:
    """One ninth, exactly."""
    assert council.settling is not None
    assert {Fraction(1, 9)} == set(council.settling.shares.values())


def test_what_takes_longest_can_be_left_out(registry: Registry) -> None:
    """What is counted and required is the same without it."""
    short, full = (
        audit(registry.design("cqc-la/single-word"), settling=one) for one in (False, True)
    )
    assert _only(short).settling is None
    assert _only(full).settling is not None
    assert _counted(_only(full)) == _counted(_only(short))
    names = list(REQUIREMENTS)
    assert [one.holds for one in check(full, names)] == [one.holds for one in check(short, names)]


@pytest.mark.parametrize(
    ("weights", "quota", "shares"),
    [
        ((2, 1, 1), 3, ["2/3", "1/6", "1/6"]),
        ((2, 1, 1), 4, ["1/3", "1/3", "1/3"]),
        ((1,) * 9, 5, ["1/9"] * 9),
    ],
)
def test_shapley_shubik_of_votes(weights: tuple[int, ...], quota: int, shares: list[str]) -> None:
    """For two levels the shares are the classical index."""
    found = settling_shares(space_of(compile_design(voting(weights, quota))))
    assert found is not None
    assert shares == [str(one) for one in found.shares.values()]


def test_shares_do_not_depend_on_how_much_is_counted_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A large tensor is taken apart; the shares are the same."""
    from assurance_core.lab import shapley

    found = space_of(compile_design(voting((3, 2, 2, 1), 5)))
    whole = settling_shares(found)
    monkeypatch.setattr(shapley, "_AT_ONCE", 2)
    parts = settling_shares(found)
    assert whole is not None
    assert parts is not None
    assert whole.shares == parts.shares


def test_two_limiters_stacked_or_by_range(rule_of: RuleOf) -> None:
    """The two readings differ on 81 profiles, and bite as often as these counts say."""
    stacked, by_range = (
        _only(audit(rule_of(f"cqc-la/{name}"))) for name in ("with-limiters", "limiters-by-range")
    )
    differ = stacked.space.root.states != by_range.space.root.states
    assert 81 == int(differ.sum())
    assert [450, 112_014] == list(stacked.parts[0].limiters.values())
    assert 450 == by_range.parts[0].limiters["overall.outstanding_limiter"]
    assert 111_933 == by_range.parts[0].limiters["overall.good_range_limiter"]


def test_a_cap_is_a_veto(rule_of: RuleOf) -> None:
    """Safeguarding below 3 keeps good and outstanding out; it binds on 49,716 profiles."""
    one = _only(audit(rule_of("cqc-la/safeguarding-cap")))
    assert {("safeguarding", "1", (2, 3)), ("safeguarding", "2", (2, 3))} == {
        (veto.leaf.id, veto.level.id, veto.excluded) for veto in one.vetoes
    }
    assert {"overall.safeguarding_limiter": 49_716} == one.parts[0].limiters
    assert [8, 1] == [len(group) for group in one.symmetry.groups]


# Judged designs and designs without a headline


def test_judged_levels_are_told_apart(registry: Registry) -> None:
    """A share over all judged levels together would mean nothing: each stands alone."""
    one = _only(audit(registry.design("ofsted-ilacs/2023")))
    levels = [part.level.id for part in one.parts if part.level]
    assert ["inadequate", "requires_improvement", "good", "outstanding"] == levels
    assert {256} == {part.size for part in one.parts}
    # Three areas of practice above inadequate, any leaders: 3^3 times 4.
    assert (256 - 108, 0, 108, 0) == one.parts[2].counts
    assert [0, 148, 148, 148] == [part.limiters["overall.cap"] for part in one.parts]


def test_a_design_without_a_headline_is_audited_judgement_by_judgement(registry: Registry) -> None:
    """Four themes, four audits."""
    found = audit(registry.design("cqc-la/themes"))
    assert ["working_with_people", "providing_support", "ensuring_safety", "leadership"] == [
        one.id for one in found.judgements
    ]
    assert [64, 16, 16, 16] == [one.space.size for one in found.judgements]


def test_without_a_headline_a_judgement_behind_a_consequence_is_audited() -> None:
    """It reaches readers through what follows from it, though it is no area; others do not."""
    of = framework({"safe": "score", "kind": "score"}, {"score": scale("Score", ["1", "2"], "2")})
    lowest = {"scale": "demo/score", "inputs": "all", "steps": [{"minimum": {}}]}
    highest = {"scale": "demo/score", "inputs": "all", "steps": [{"maximum": {}}]}
    warned = {
        "id": "warned",
        "when": {"any": "lowest", "is": "1"},
        "then": "a warning",
        "source": "rule-book",
    }
    card = design(
        of,
        {"lowest": lowest, "highest": highest},
        {"no_headline": "There is none.", "areas": "all"},
        consequences=[warned],
    )
    assert [("lowest", (3, 1))] == [(one.id, one.counts) for one in audit(card).judgements]


@pytest.mark.parametrize("design_id", ["cqc-la/report-card", "cqc-la/narrative"])
def test_a_design_that_combines_nothing(registry: Registry, design_id: str) -> None:
    """Nothing is proved of it, and what it shows is named."""
    found = audit(registry.design(design_id))
    assert () == found.judgements
    assert (9 if design_id.endswith("card") else 0) == len(found.shown)


def test_every_installed_design_can_be_audited(registry: Registry) -> None:
    """Of whatever shape: none crashes, and counts are whole."""
    for design_id in (*registry.designs, *registry.patches):
        for one in audit(registry.design(design_id)).judgements:
            assert one.space.size == sum(one.counts)


# A provider's 34 statements


@pytest.fixture(scope="module")
def care_provider() -> JudgementAudit:
    """The composed design, audited once."""
    return _only(audit(provider()))


def test_the_provider_design(care_provider: JudgementAudit) -> None:
    """Monotone, exact, symmetric within each key question; nothing enumerates 4^34 profiles."""
    assert 4**34 == sum(care_provider.counts)
    assert care_provider.falling is None
    assert [8, 6, 5, 7, 8] == [len(group) for group in care_provider.symmetry.groups]
    assert () == care_provider.dead


def test_witnesses_of_the_provider_design_rate_as_they_say(care_provider: JudgementAudit) -> None:
    """Compensation, examples and the exchange, each rated by the compiled design."""
    rule = care_provider.space.rule
    names = care_provider.space.names()

    def word(levels: Any) -> str:
        scores = {key: int(level.id) for key, level in levels.items()}
        return getattr(rule.rate(scores).headline, "name", "")

    for state, levels in care_provider.examples.items():
        assert names[state] == word(levels)
    for one in care_provider.compensation:
        assert names[one.state] == word(one.lowest.levels)
        lows = sum(level.id == "1" for level in one.lowest.levels.values())
        assert one.lowest.count == lows
        assert one.below_good is not None
        assert names[one.state] == word(one.below_good.levels)
    swap = care_provider.symmetry.witness
    assert swap is not None
    after = {
        **swap.levels,
        swap.first: swap.levels[swap.second],
        swap.second: swap.levels[swap.first],
    }
    assert (swap.before, swap.after) == (word(swap.levels), word(after))


def test_limiters_of_repeated_judgements(care_provider: JudgementAudit) -> None:
    """A limiter counts where it bites in any key question: by the complement."""
    spared = 1
    for node in care_provider.space.nodes.values():
        if node.limiters:
            place = [path.endswith("good_limiter") for path in node.limiters].index(True)
            bites = int((node.bits >> place & 1).sum())
            spared *= node.states.size - bites
    assert 4**34 - spared == care_provider.parts[0].limiters["key_question.good_limiter"]


def test_drawn_shares_are_near_the_exact_ones() -> None:
    """Drawn as for a large tree: within five standard errors, and the same each time."""
    flat, tree = forms(small_tree())
    exact, drawn, again = settling_shares(flat), settling_shares(tree), settling_shares(tree)
    assert exact is not None
    assert drawn is not None
    assert again is not None
    assert drawn.draws
    assert drawn.shares == again.shares
    for key, share in exact.shares.items():
        error = (float(share) * (1 - float(share)) / drawn.draws) ** 0.5
        assert abs(float(share) - float(drawn.shares[key])) < 5 * error


def test_large_spaces_are_run_in_blocks(
    single_word: CompiledDesign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same gaps and the same dead rules, however large a block is."""
    found = space_of(single_word)
    monkeypatch.setattr(scenes, "_BLOCK", 5_000)
    (gap,) = near_gaps.near_gaps(found)
    assert 1_206 == gap.profiles
    assert () == dead_steps(found)


def test_gaps_of_a_composed_space_count_all_profiles(registry: Registry) -> None:
    """36 evidence scores: each statement's own distribution stands behind a total of 14."""
    rule = compile_design(registry.design("cqc-la/evidence-categories"))
    one = _only(audit(rule))
    (gap,) = one.gaps
    statement = one.space.counts[one.space.leaves[0].id.partition(".")[0]]
    ways = np.array([1], dtype=object)
    for _ in range(9):
        ways = np.convolve(ways, np.array(statement, dtype=object))
    assert ways[14 - 9] == gap.profiles
    assert 4**36 == one.space.size


def test_hidden_needs_a_standard() -> None:
    """A scale without `good_from` has no good or better."""
    found = space_of(compile_design(small_tree()))
    assert 3 == len(hidden(found, counts_by_level(found)))
    plain = forms_without_standard()
    assert () == hidden(plain, counts_by_level(plain))


def forms_without_standard() -> Any:
    no_standard = scale("Score", ["1", "2"], "2")
    del no_standard["good_from"]
    of = framework({"care": "score"}, {"score": no_standard})
    overall = {"scale": "demo/score", "inputs": "all", "steps": [{"minimum": {}}]}
    return space_of(compile_design(design(of, {"overall": overall})))
