"""The social care documents: a hard and a soft limiter, and the limit of the framework before."""

from __future__ import annotations

from itertools import product

import pytest

from assurance_core import compile_design, load_plugins
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.audit import audit
from assurance_core.model.outcome import Headline
from assurance_core.plugins import Registry
from assurance_core.testing import check_examples, conformance

test_conformance = conformance("ofsted_sccif")

GRADES = ("inadequate", "requires_improvement", "good", "outstanding")


@pytest.fixture(scope="module")
def registry() -> Registry:
    """This plugin alone: it needs no other."""
    return load_plugins(["ofsted_sccif"])


def _word(rule: CompiledDesign, scores: tuple[str, ...], judged: str = "") -> str:
    headline = rule.rate(scores, judged={"overall": judged} if judged else None).headline
    assert isinstance(headline, Headline)
    return headline.level


def test_every_design_has_examples_and_they_hold(registry: Registry) -> None:
    """Each design's own examples come out as they state."""
    results = {one.id: check_examples(one) for one in registry.designs.values()}
    assert 4 == len(results)
    assert all(results.values())
    assert [] == [one for found in results.values() for one in found if one.differences]
    assert {} == registry.unavailable


def test_the_hard_and_the_soft_limiter(registry: Registry) -> None:
    """Over all 64 profiles, written out by hand: always inadequate; at most, and likely."""
    rule = compile_design(registry.design("ofsted-sccif/overall"))
    for protection, leaders, judged in product(GRADES, repeat=3):
        outcome = rule.rate((protection, leaders), judged={"overall": judged})
        expected = judged
        if leaders == "inadequate" and judged in GRADES[2:]:
            expected = "requires_improvement"
        if protection == "inadequate":
            expected = "inadequate"
        (overall,) = outcome.judgements
        assert overall.level is not None
        assert expected == overall.level.id
        likely = ("inadequate",) if leaders == "inadequate" else ()
        assert likely == tuple(level for level in overall.advised)


def test_both_judgements_may_require_improvement_below_an_outstanding_one(
    registry: Registry,
) -> None:
    """The audit's witness: the limiters look at inadequate and at nothing else."""
    (found,) = audit(registry.design("ofsted-sccif/overall")).judgements
    most = found.compensation[-1].below_good
    assert most is not None
    witness = [level.id for level in most.levels.values()]
    assert (2, ["requires_improvement"] * 2 + ["outstanding"]) == (most.count, witness)


def test_what_likely_leaves_open(registry: Registry) -> None:
    """Made certain, it changes the grade in 9 of 64 profiles: requires improvement falls."""
    as_is, certain = (
        compile_design(registry.design(f"ofsted-sccif/{name}"))
        for name in ("overall", "likely-is-certain")
    )
    pairs = [
        (_word(as_is, (protection, leaders), judged), _word(certain, (protection, leaders), judged))
        for protection, leaders, judged in product(GRADES, repeat=3)
    ]
    changed = [(before, after) for before, after in pairs if before != after]
    assert [("requires_improvement", "inadequate")] * 9 == changed


def test_the_lower_judgement_is_never_above_what_the_limiters_allow(registry: Registry) -> None:
    """Whatever the two judgements, the rule in force lets the lower of them stand."""
    lower = compile_design(registry.design("ofsted-sccif/lower-judgement"))
    rule = compile_design(registry.design("ofsted-sccif/overall"))
    for scores in product(GRADES, repeat=2):
        word = _word(lower, scores)
        assert word == _word(rule, scores, word)


def test_any_key_judgement_of_the_framework_for_councils_is_enough(registry: Registry) -> None:
    """Over all 256 profiles of the SIF: inadequate as soon as one of three is, else as judged."""
    rule = compile_design(registry.design("ofsted-sif/overall"))
    for *scores, judged in product(GRADES, repeat=4):
        expected = "inadequate" if "inadequate" in scores else judged
        assert expected == _word(rule, tuple(scores), judged)


def test_the_sif_limit_is_secondary_and_the_sccif_limiters_are_official(
    registry: Registry,
) -> None:
    """Each limiter carries how far its source can be relied on."""
    found = {}
    for name in ("ofsted-sccif/overall", "ofsted-sif/overall"):
        design = registry.design(name)
        steps = design.judgements["overall"].steps
        found[name] = {design.sources[one.source].status for one in steps}
    assert {"ofsted-sccif/overall": {"official"}, "ofsted-sif/overall": {"secondary"}} == found
