"""What editors are warned of, in the words that they read."""

from collections.abc import Callable

from assurance_core import what_if
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.warnings import warnings_of
from assurance_core.model.patch import Edit
from assurance_core.report.warnings_report import Told, told
from tests.lab.documents import design, framework, provider, scale

RuleOf = Callable[[str], CompiledDesign]


def _told(rule: CompiledDesign) -> Told:
    return told(warnings_of(rule))


def test_what_the_word_allows(single_word: CompiledDesign) -> None:
    """How many lowest scores a good one can hold, and what falls between the printed ranges."""
    found = _told(single_word)
    assert (
        (
            "A council with 4 statements at 1 can still be Good.",
            "For example 1, 1, 1, 1, 3, 4, 4, 4, 4.",
        ),
        (
            "A council with 1 statement at 1 can still be Outstanding.",
            "For example 1, 3, 4, 4, 4, 4, 4, 4, 4.",
        ),
    ) == found.warnings
    assert (
        (
            "A value lies between the printed ranges. About 38.89 (exactly 350/9): shown as 39 and"
            " rated Requires improvement. 1,206 profiles, for example 1, 1, 1, 1, 1, 1, 1, 3, 4.",
        ),
    ) == found.printed
    assert (
        "Proved over all 262,144 profiles: no better score lowers the outcome, every level can come"
        " out and every rule changes something."
    ) == found.sound


def test_a_level_that_cannot_come_out_and_a_limiter_that_never_fires(
    single_word: CompiledDesign,
) -> None:
    """Both follow from an edit, and neither makes the design invalid."""
    cap = {"cap": {"at": "good", "when": {"any": "result", "is": "outstanding"}}, "id": "held"}
    edits = [
        Edit("set", "overall.band.outstanding", 101),
        Edit("insert", "overall.band", cap, "after"),
    ]
    found = _told(compile_design(what_if(single_word.design, edits)))
    assert ("No profile of all 262,144 profiles gives Outstanding.",) in found.warnings
    assert (
        "overall.held never fires: its condition never holds.",
        "The rule: No better than Good if the result so far is at Outstanding.",
    ) in found.warnings
    assert "Proved over all 262,144 profiles: no better score lowers the outcome." == found.sound


def test_a_better_score_that_lowers_the_outcome() -> None:
    """It is the first warning, with the profile; the rest is proved over a large space."""
    found = _told(compile_design(provider(upside_down=True)))
    first, proof = found.warnings[0]
    assert "A better score can lower the outcome." == first
    assert proof.startswith("At 1, 1,")
    assert "no better score lowers" not in found.sound


def test_profiles_without_an_outcome() -> None:
    """A row that says `unknown` gives its reason."""
    of = framework({"first": "score"}, {"score": scale("Score", ["1", "2"], "2")})
    rows = [{"when": {"any": "first", "is": "1"}, "unknown": "nobody has said"}]
    steps = [{"table": {"rows": rows, "otherwise": "2"}}]
    made = design(of, {"overall": {"scale": "demo/score", "inputs": "all", "steps": steps}})
    assert (
        "Some profiles have no outcome: nobody has said.",
        "For example 1.",
    ) in _told(compile_design(made)).warnings


def test_several_judgements_are_told_apart(rule_of: RuleOf) -> None:
    """Without one word, each published judgement has its own warnings."""
    found = _told(rule_of("cqc-la/themes"))
    assert (
        "Leadership: A council with 1 statement at 1 can still be Good.",
        "For example 1, 4.",
    ) in found.warnings
    assert found.sound.startswith("Proved over every profile of each judgement: ")


def test_a_design_without_rules_has_nothing_to_warn_of(rule_of: RuleOf) -> None:
    """And nothing is proved of it either."""
    assert Told((), (), "") == _told(rule_of("cqc-la/narrative"))
