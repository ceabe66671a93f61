"""The provider documents: examples, published ratings, and what holds over the whole space."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import cache
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from assurance_core import Headline, NoHeadline, compile_design, load_plugins
from assurance_core.documents.structure import structure
from assurance_core.engine.rule import CompiledDesign
from assurance_core.engine.table import Table
from assurance_core.lab.audit import JudgementAudit, audit
from assurance_core.lab.space import space_of
from assurance_core.model.assessment import Absence
from assurance_core.model.dates import PartialDate
from assurance_core.model.design import Example
from assurance_core.model.outcome import Outcome
from assurance_core.plugins import Registry
from assurance_core.testing import check_examples, conformance

test_conformance = conformance("cqc_provider")

CONFORMANCE = Path(__file__).parents[1] / "conformance"
SPACE, EVIDENCE, KLOE = (
    yaml.safe_load((CONFORMANCE / f"{name}.yaml").read_text("utf-8"))
    for name in ("space", "evidence", "kloe")
)
CATEGORIES = (
    "people_experience",
    "staff_and_leaders",
    "partners",
    "processes",
    "observation",
    "outcomes",
)
KEY_QUESTIONS = {"safe": 8, "effective": 6, "caring": 5, "responsive": 7, "well_led": 8}


@pytest.fixture(scope="module")
def registry() -> Registry:
    """This plugin alone: it needs no other."""
    return load_plugins(["cqc_provider"])


@pytest.fixture(scope="module")
def rule_of(registry: Registry) -> Callable[[str], CompiledDesign]:
    """Compile a design or patch by its id, once."""
    return cache(lambda design_id: compile_design(registry.design(design_id)))


@pytest.fixture(scope="module")
def audited(registry: Registry) -> Callable[[str], JudgementAudit]:
    """Audit the headline judgement of a design, once."""

    def audit_one(design_id: str) -> JudgementAudit:
        (found,) = (
            one for one in audit(registry.design(design_id)).judgements if one.id == "overall"
        )
        return found

    return cache(audit_one)


def _word(outcome: Outcome) -> str | None:
    return outcome.headline.level if isinstance(outcome.headline, Headline) else None


def test_every_example_holds(registry: Registry) -> None:
    """Each design's and patch's own examples come out as they state."""
    checked = {one: check_examples(design) for one, design in registry.designs.items()}
    for one, patch in registry.patches.items():
        examples = [structure(example, Example) for example in patch.examples]
        checked[one] = check_examples(registry.design(one), examples)
    found = [result for results in checked.values() for result in results]
    assert [] == [result for result in found if result.differences]
    assert [] == [one for one, results in checked.items() if not results]


def test_the_framework_has_five_key_questions_and_34_statements(registry: Registry) -> None:
    """Both versions hold the same statements, eight, six, five, seven and eight."""
    for version in registry.framework("cqc-provider").versions:
        assert KEY_QUESTIONS == {theme.id: len(theme.statements) for theme in version.themes}
        assert 34 == len(version.statements)


@pytest.mark.parametrize(
    ("date", "design"),
    [
        ("2023-12", "cqc-provider/evidence-categories"),
        ("2024-12-01", "cqc-provider/evidence-categories"),
        ("2024-12-02", "cqc-provider/single-assessment"),
        ("2025", "cqc-provider/single-assessment"),
    ],
)
def test_a_date_chooses_the_method(registry: Registry, date: str, design: str) -> None:
    """Category scores until 2 December 2024, statement scores from that day."""
    assert design == registry.design_on("cqc-provider/overall", PartialDate.parse(date)).id


@pytest.mark.parametrize("case", EVIDENCE, ids=[str(one["categories"]) for one in EVIDENCE])
def test_evidence_gives_a_statements_score(
    case: dict[str, Any], rule_of: Callable[[str], CompiledDesign]
) -> None:
    """CQC's own example and the edges; a category that was not required is left out."""
    rule = rule_of("cqc-provider/evidence-categories")
    absent = Absence("not_applicable", "not required")
    given = [*case["categories"], *[absent] * (6 - len(case["categories"]))]
    evidence = {one.id: dict.fromkeys(CATEGORIES, 3) for one in rule.version.statements} | {
        "learning_culture": dict(zip(CATEGORIES, given, strict=True))
    }
    (found,) = (
        one for one in rule.rate(evidence=evidence).judgements if one.id == "learning_culture"
    )
    assert found.level is not None
    assert found.score is not None
    assert (case["score"], case["percent"]) == (found.level.id, found.score.value)
    exact = 25 * sum(case["categories"]) / len(case["categories"])
    assert case.get("open", exact) == exact
    assert (exact in (62.5, 87.5)) == ("open" in case)


@pytest.mark.parametrize("case", KLOE, ids=[" ".join(one["ratings"]) for one in KLOE])
def test_published_ratings_are_reproduced(
    case: dict[str, Any], rule_of: Callable[[str], CompiledDesign]
) -> None:
    """The four published providers; one of them has one inadequate key question."""
    outcome = rule_of("cqc-provider-kloe/overall").rate([*case["ratings"], "no"])
    assert case["overall"] == _word(outcome)


def test_both_eras_combine_key_questions_alike(
    rule_of: Callable[[str], CompiledDesign],
) -> None:
    """Without a breach the KLOE rule and the later one agree on all 1,024 combinations."""
    before = _states(rule_of("cqc-provider-kloe/overall"), "overall").reshape(1024, 2)[:, 1]
    assert before.tolist() == _states(rule_of("cqc-provider/single-assessment"), "overall").tolist()


def test_a_breach_holds_the_overall_at_requires_improvement(
    rule_of: Callable[[str], CompiledDesign],
) -> None:
    """A breach turns every good and outstanding into requires improvement and nothing else."""
    both = _states(rule_of("cqc-provider-kloe/overall"), "overall").reshape(1024, 2)
    assert np.minimum(both[:, 1], 2).tolist() == both[:, 0].tolist()


@pytest.mark.parametrize("design_id", SPACE["profiles"])
def test_profiles_per_rating(design_id: str, rule_of: Callable[[str], CompiledDesign]) -> None:
    """The whole space, 4^34 profiles included, has the stated number at each rating."""
    space = space_of(rule_of(design_id))
    counts = space.counts[space.target]
    unknown = [SPACE["no_rating"][design_id]] if design_id in SPACE["no_rating"] else []
    assert [*SPACE["profiles"][design_id].values(), *unknown] == list(counts)
    assert space.size == sum(counts)


@pytest.mark.parametrize("patch_id", SPACE["changes"])
def test_profiles_a_patch_changes(patch_id: str, rule_of: Callable[[str], CompiledDesign]) -> None:
    """Of 4^34 profiles and of the 4^8 of safe, a patch changes the stated number."""
    rules = rule_of("cqc-provider/single-assessment"), rule_of(patch_id)
    changed, size = _changed(*rules)
    assert (SPACE["changes"][patch_id], 4**34) == (changed, size)
    safe = [_states(rule, "safe") for rule in rules]
    assert SPACE["safe"][patch_id] == int((safe[0] != safe[1]).sum())


def _table(rule: CompiledDesign, judgement: str) -> Table:
    table = rule.space[judgement]
    assert table is not None
    return table


def _states(rule: CompiledDesign, judgement: str) -> Any:
    table = _table(rule, judgement)
    return table.positions[table.classes]


def _changed(first: CompiledDesign, second: CompiledDesign) -> tuple[int, int]:
    """Count profiles whose overall rating differs: by pairs of ratings of each key question."""
    pairs = []
    for key_question in KEY_QUESTIONS:
        both = np.stack([_states(first, key_question), _states(second, key_question)])
        found, counts = np.unique(both, axis=1, return_counts=True)
        pairs.append(
            [(*pair, count) for pair, count in zip(found.T.tolist(), counts.tolist(), strict=True)]
        )
    tables = [_table(rule, "overall") for rule in (first, second)]
    size = changed = 0
    for combination in itertools.product(*pairs):
        profiles = prod(one[2] for one in combination)
        words = [
            _overall(table, [one[place] for one in combination])
            for place, table in enumerate(tables)
        ]
        size += profiles
        changed += profiles if words[0] != words[1] else 0
    return changed, size


def _overall(table: Table, ratings: list[int]) -> int:
    if min(ratings) <= 0:
        return 0
    place = sum((one - 1) * stride for one, stride in zip(ratings, table.strides, strict=True))
    return int(table.positions[table.classes[place]])


def test_the_two_readings_of_the_limiters_part_on_a_1_in_the_outstanding_range(
    rule_of: Callable[[str], CompiledDesign],
) -> None:
    """In safe they differ on 64 of 65,536 profiles, each with a 1: good becomes the rating."""
    stacked = _states(rule_of("cqc-provider/single-assessment"), "safe")
    literal = _states(rule_of("cqc-provider/limiters-by-range"), "safe")
    differing = np.flatnonzero(stacked != literal)
    profiles = np.stack(np.unravel_index(differing, (4,) * 8), axis=-1) + 1
    assert {(2, 3)} == {*zip(stacked[differing].tolist(), literal[differing].tolist(), strict=True)}
    assert (profiles.min(axis=1) == 1).all()
    # Of 32 points, 28 are 87.5 per cent: the outstanding range once it is rounded up.
    assert (profiles.sum(axis=1) >= 28).all()


def test_half_up_and_up_never_part(registry: Registry) -> None:
    """Only 62.5 and 87.5 hang on the rounding, and half up takes them where up does."""
    from assurance_core import what_if

    design = registry.design("cqc-provider/single-assessment")
    other = compile_design(what_if(design, {"key_question.round.toward": "half_up"}))
    assert (0, 4**34) == _changed(compile_design(design), other)


def test_a_good_provider_can_have_26_statements_below_the_standard(
    audited: Callable[[str], JudgementAudit], rule_of: Callable[[str], CompiledDesign]
) -> None:
    """The audit's own witnesses: six at 1, 26 below 3 and good; 17 below 3 and outstanding."""
    held = audited("cqc-provider/single-assessment").compensation
    found = {
        one.state: (one.lowest.count, one.below_good.count if one.below_good else None)
        for one in held
    }
    assert {0: (34, 34), 1: (27, 34), 2: (6, 26), 3: (0, 17)} == found
    rule = rule_of("cqc-provider/single-assessment")
    good = next(one for one in held if one.state == 2)
    assert "good" == _word(rule.rate([one.position for one in good.lowest.levels.values()]))
    assert good.below_good is not None
    assert "good" == _word(rule.rate([one.position for one in good.below_good.levels.values()]))


def test_the_finding_hardly_hangs_on_the_rounding(
    audited: Callable[[str], JudgementAudit], rule_of: Callable[[str], CompiledDesign]
) -> None:
    """Rounded down, those profiles require improvement; others hold 25 and 15 below 3."""
    rounded_down = rule_of("cqc-provider/rounded-down")
    for held in audited("cqc-provider/single-assessment").compensation[2:]:
        assert held.below_good is not None
        profile = [one.position for one in held.below_good.levels.values()]
        assert "requires_improvement" == _word(rounded_down.rate(profile))
    found = audited("cqc-provider/rounded-down").compensation
    assert [25, 15] == [one.below_good.count for one in found[2:] if one.below_good]


def test_four_underlying_ratings_need_more_than_three(
    rule_of: Callable[[str], CompiledDesign],
) -> None:
    """One outstanding and two good are outstanding; a further good makes it good."""
    absent = Absence("not_applicable", "no such rating")
    three = rule_of("cqc-provider-nhs/one-to-three").rate(["O", "G", "G"])
    four = rule_of("cqc-provider-nhs/four-to-eight").rate(["O", "G", "G", "G", *[absent] * 4])
    assert ("outstanding", "good") == (_word(three), _word(four))


@pytest.mark.parametrize(
    ("size", "ratings", "needed"),
    [("one-to-three", n, 1) for n in (1, 2, 3)]
    + [("four-to-eight", n, 2) for n in range(4, 9)]
    + [("nine-or-more", n, 3) for n in (9, 10)],
)
def test_how_many_outstanding_ratings_it_takes(
    size: str, ratings: int, needed: int, rule_of: Callable[[str], CompiledDesign]
) -> None:
    """One of one to three, two of four to eight, three of nine or more, the others good."""
    rule = rule_of(f"cqc-provider-nhs/{size}")
    absent = [Absence("not_applicable", "no such rating")] * (len(rule.leaves) - ratings)
    words = [
        _word(rule.rate([*["O"] * enough, *["G"] * (ratings - enough), *absent]))
        for enough in (needed - 1, needed)
    ]
    assert ["good", "outstanding"] == words


def test_too_few_ratings_for_the_size_get_no_rating(
    rule_of: Callable[[str], CompiledDesign],
) -> None:
    """Three ratings are not rated by the rule for four to eight."""
    absent = [Absence("not_applicable", "no such rating")] * 5
    outcome = rule_of("cqc-provider-nhs/four-to-eight").rate(["O", "O", "O", *absent])
    expected = NoHeadline("Aggregated rating: fewer than 4 inputs assessed")
    assert expected == outcome.headline


def test_every_design_declares_truly(registry: Registry) -> None:
    """No rule that these designs hold is dead, and a better score never lowers the rating."""
    for design in registry.designs.values():
        if design.id == "cqc-provider/evidence-categories":
            continue  # The 204 evidence scores are audited one statement at a time below.
        for one in audit(design).judgements:
            assert (None, ()) == (one.falling, tuple(one.dead)), design.id


def test_one_statement_of_the_first_method(registry: Registry) -> None:
    """Three of six categories at the lowest level still make a good standard."""
    design = registry.design("cqc-provider/evidence-categories")
    (one,) = audit(design, judgement="learning_culture").judgements
    assert (84, 1674, 2254, 84) == one.counts
    assert {0: 6, 1: 4, 2: 3, 3: 1} == {held.state: held.lowest.count for held in one.compensation}
