"""Comparison of designs, as values."""

import pytest
from attrs import evolve

from assurance_core.documents.patches import what_if
from assurance_core.engine.compile import compile_design
from assurance_core.engine.profile import Profile
from assurance_core.lab.compare import Comparison, compare, statements_below_good
from assurance_core.lab.contender import Contender
from assurance_core.lab.result import Result
from assurance_core.model.assessment import NOT_KNOWN, Assessment, Body, Override, Score
from assurance_core.model.outcome import Headline
from assurance_core.plugins import Registry
from tests.lab.documents import Tree, design, framework, scale


def _assessment(registry: Registry, name: str, scores: str) -> Assessment:
    version = registry.framework("cqc-la").version("2023")
    assert version is not None
    cells = {
        one: NOT_KNOWN if sign == "." else Score(sign)
        for one, sign in zip(version.statement_ids(), scores, strict=True)
    }
    return Assessment("cqc-la", Body(name), cells, "2023")


@pytest.fixture(scope="module")
def compared(registry: Registry) -> Comparison:
    """The single word against the press's figure, on five made-up councils."""
    design = registry.design("cqc-la/single-word")
    return compare(
        [design, what_if(design, {"overall.band.outstanding": 80})],
        [
            _assessment(registry, "Certainly moves", "33334333."),
            _assessment(registry, "Cannot tell", "3333333.."),
            _assessment(registry, "Moves", "333343334"),
            _assessment(registry, "Stays", "222222222"),
            _assessment(registry, "Stays though unknown", "22222222."),
        ],
    )


def test_changes(compared: Comparison) -> None:
    """Changed only if no word is possible on both sides; unchanged only if both are certain."""
    assert {
        "Cannot tell": "cannot tell",
        "Certainly moves": "cannot tell",
        "Moves": "changed",
        "Stays": "unchanged",
        "Stays though unknown": "unchanged",
    } == dict(
        zip(
            [one.assessment.body.name for one in compared.bodies],
            compared.pairs[0].changes,
            strict=True,
        )
    )


def test_the_crosstab_counts_what_is_certain(compared: Comparison) -> None:
    """By level ids; bodies of which it cannot be told are in no cell."""
    assert {
        ("requires_improvement", "requires_improvement"): 2,
        ("good", "outstanding"): 1,
    } == compared.pairs[0].crosstab


def test_different_scales_are_not_comparable(registry: Registry) -> None:
    """No change is counted where the words are not the same words."""
    grades = registry.design("cqc-la/single-word")
    scores = registry.design("cqc-la/worst-statement")
    one = _assessment(registry, "Here", "333333333")
    comparison = compare([grades, scores], [one])
    same = comparison.contenders[0].headline_scale
    other = comparison.contenders[1].headline_scale
    assert same is not None
    assert other is not None
    assert same.same_levels(other) == comparison.pairs[0].comparable


def test_a_rule_that_cannot_rate_says_why(registry: Registry) -> None:
    """The others go on."""
    comparison = compare(
        [registry.design("cqc-la/single-word"), registry.design("ofsted-ilacs/2026")],
        [_assessment(registry, "Here", "333333333")],
    )
    result = comparison.bodies[0].results[1]
    assert result.outcome is None
    assert result.possible.reason
    assert result.possible.cannot_tell


def test_a_contender_reads_another_framework(registry: Registry) -> None:
    """By a crosswalk."""
    crosswalk = registry.crosswalk("ofsted-style/from-cqc-la")
    source = registry.framework("cqc-la")
    card = Contender(registry.design("ofsted-style/report-card"), crosswalk, source)
    comparison = compare(
        [registry.design("cqc-la/single-word"), card],
        [_assessment(registry, "Here", "123412341")],
    )
    outcome = comparison.bodies[0].results[1].outcome
    assert outcome is not None
    assert ["urgent_improvement", "needs_attention", "expected_standard", "strong_standard"] == [
        one.level.id for one in outcome.areas[:4] if one.level
    ]


def test_progress_is_told(registry: Registry) -> None:
    """After each body: how many are done, and of how many."""
    told: list[tuple[int, int]] = []
    design = registry.design("cqc-la/single-word")
    compare(
        [design, design],
        [_assessment(registry, name, "333333333") for name in "AB"],
        progress=lambda done, total: told.append((done, total)),
    )
    assert [(1, 2), (2, 2)] == told


def test_the_order_of_assessments_changes_nothing(registry: Registry, compared: Comparison) -> None:
    """Bodies stand by name."""
    design = registry.design("cqc-la/single-word")
    again = compare(
        [design, what_if(design, {"overall.band.outstanding": 80})],
        [one.assessment for one in reversed(compared.bodies)],
    )

    def told(results: tuple[Result, ...]) -> list[object]:
        return [one.possible for one in results]

    assert [(one.assessment, told(one.results)) for one in compared.bodies] == [
        (one.assessment, told(one.results)) for one in again.bodies
    ]


def test_professional_judgement_does_not_enter_a_comparison(registry: Registry) -> None:
    """An override belongs to the design that it overrode: designs are compared on the scores."""
    designs = [registry.design("cqc-la/single-word"), registry.design("cqc-la/report-card")]
    plain = _assessment(registry, "Camden", "334344344")
    overridden = evolve(plain, overrides={"overall": Override("inadequate", "for the test")})
    (body,) = compare(designs, [overridden]).bodies
    headline = body.results[0].headline
    assert isinstance(headline, Headline)
    assert "outstanding" == headline.level


def test_contenders_by_two_crosswalks_say_by_which(registry: Registry) -> None:
    """The same design twice; a label of the caller's own stays."""
    card, source = registry.design("ofsted-style/report-card"), registry.framework("cqc-la")
    ids = ("ofsted-style/from-cqc-la", "ofsted-style/from-cqc-la-exceptional")
    plain, other = (Contender(card, registry.crosswalk(one), source) for one in ids)
    published = [_assessment(registry, "Here", "123412341")]
    found = compare([plain, other], published)
    assert [["strong_standard"], ["exceptional"]] == [
        [one.level.id for one in result.outcome.areas[3:4] if one.level]
        for result in found.bodies[0].results
        if result.outcome
    ]
    assert [f"{card.name}, by {one}" for one in ids] == [one.name for one in found.contenders]
    assert [card.name] * 2 == [one.name for one in compare([plain, plain], published).contenders]
    named = compare([plain, evolve(other, label="With 4 as exceptional")], published)
    assert "With 4 as exceptional" == named.contenders[1].name


def test_below_good_are_statements_with_a_score_alone() -> None:
    """What is judged is no statement, and what is absent is not below anything."""
    of = framework(dict.fromkeys("abc", "score"), {"score": scale("Score", ["1", "2", "3"], "2")})
    overall: Tree = {
        "scale": "demo/score",
        "inputs": "all",
        "missing": "no_outcome",
        "steps": [{"start": "judged"}],
    }
    rule = compile_design(design(of, {"overall": overall}))
    assert ["a", "b", "c", "judged.overall"] == [leaf.id for leaf in rule.leaves]
    found = statements_below_good(rule, Profile((1, 0, 2, 1)))
    assert [("A", "1")] == [(name, level.id) for name, level in found]
