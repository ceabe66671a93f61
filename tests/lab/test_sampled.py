"""Judgements that are too large to be proved: what a sample of them shows, and what it names."""

import numpy as np

from assurance_core.engine.compile import compile_design
from assurance_core.lab.audit import audit
from assurance_core.lab.requirements import check
from assurance_core.lab.sampled import SAMPLE, SEED, sample
from assurance_core.lab.space import space_of
from assurance_core.model.design import RatingDesign
from assurance_core.report.audit_answer import audit_answer
from assurance_core.report.audit_report import audit_report
from assurance_core.report.audit_words import sampled_words
from assurance_core.report.text import to_text
from tests.commands import checked
from tests.lab.documents import Tree, design, framework, scale


def tangled(each: int, falls: bool = False) -> RatingDesign:
    """Return two halves of some statements each, and an overall rating that reads one of them too.

    Args:
        each: how many statements a half has.
        falls: the highest score of that statement makes the overall rating the lowest.
    """
    halves = {one: [f"{one}{n}" for n in range(each)] for one in ("a", "b")}
    names = [one for half in halves.values() for one in half]
    of = framework(
        dict.fromkeys(names, "score"), {"score": scale("Score", ["1", "2", "3", "4"], "3")}
    )
    judgements: Tree = {
        f"half_{one}": {"scale": "demo/score", "inputs": half, "steps": [{"lower_median": {}}]}
        for one, half in halves.items()
    }
    when = {"any": "a0", "is": "4" if falls else "1"}
    judgements["overall"] = {
        "scale": "demo/score",
        "inputs": ["half_a", "half_b", "a0"],
        "steps": [{"minimum": {}}, {"cap": {"at": "1", "when": when}}],
    }
    return design(of, judgements)


def test_a_space_that_does_not_fall_apart_is_sampled() -> None:
    """4^14 profiles, with a statement read twice: size and seed are in the answer."""
    found = audit(tangled(7))
    assert () == found.judgements
    (one,) = found.not_audited
    assert (SAMPLE, SEED, 4**14) == (one.sampled.drawn, one.sampled.seed, one.sampled.profiles)
    assert SAMPLE == sum(count for _, count in one.sampled.outcomes)
    assert ["1", "2", "3", "4"] == [word for word, _ in one.sampled.outcomes]
    assert one.sampled.falling is None
    (answered,) = checked(audit_answer(found))["not_audited"]
    assert (10_000, 20240910, 268_435_456) == tuple(
        answered["sampled"][key] for key in ("drawn", "seed", "profiles")
    )
    shown = " ".join(to_text(audit_report(found)).split())
    assert (
        "What follows is no proof: 10,000 of 268,435,456 profiles were drawn with seed 20240910."
    ) in shown
    assert "Among them no better score lowers the outcome; elsewhere one may." in shown


def test_one_judgement_of_too_many_profiles_is_sampled() -> None:
    names = [f"s{n}" for n in range(13)]
    of = framework(
        dict.fromkeys(names, "score"), {"score": scale("Score", ["1", "2", "3", "4"], "3")}
    )
    overall: Tree = {"scale": "demo/score", "inputs": "all", "steps": [{"minimum": {}}]}
    (one,) = audit(design(of, {"overall": overall})).not_audited
    assert 4**13 == one.sampled.profiles
    assert one.sampled.outcomes[0][0] == "1"


def test_what_a_sample_finds_is_found() -> None:
    """A profile at which a better score lowers the outcome is a proof, sampled or not."""
    rule = compile_design(tangled(7, falls=True))
    found = audit(rule)
    (one,) = found.not_audited
    falling = one.sampled.falling
    assert falling is not None
    assert ("a0", "3", "4") == (
        falling.leaf,
        falling.levels["a0"].id,
        str(falling.to and falling.to.id),
    )
    before = {key: level.id for key, level in falling.levels.items()}
    for levels, word in ((before, falling.before), ({**before, "a0": "4"}, falling.after)):
        headline = rule.rate({key: int(level) for key, level in levels.items()}).headline
        assert word == str(headline.level)  # type: ignore[union-attr]
    assert "A better score can lower the outcome. At " in sampled_words(one, rule)[-1]
    assert checked(audit_answer(found))["not_audited"][0]["sampled"]["falling"]["input"] == "a0"


def test_a_half_is_sampled_over_its_own_statements() -> None:
    """The other half's, and what only the overall rating reads, do not count."""
    rule = compile_design(tangled(3))
    half = sample(rule, "half_b")
    assert 4**3 == half.profiles
    assert ["1", "2", "3", "4"] == [word for word, _ in half.outcomes]


def test_what_is_sampled_is_not_proved() -> None:
    (required,) = check(audit(tangled(7)), ["monotone"])
    assert not required.holds


def test_a_sample_is_near_what_is_counted() -> None:
    """Six statements, where both can be had."""
    rule = compile_design(tangled(3))
    space = space_of(rule)
    drawn = dict(sample(rule, "overall").outcomes)
    for state, word in enumerate(space.names()):
        share = space.counts[space.target][state] / space.size
        assert abs(share - drawn.get(word, 0) / SAMPLE) < 0.02
    (exact,) = audit(rule).judgements
    (part,) = exact.parts
    assert abs(part.near / part.size - sample(rule, "overall").near / SAMPLE) < 0.02
    assert np.array_equal([sample(rule, "overall").outcomes], [sample(rule, "overall").outcomes])
