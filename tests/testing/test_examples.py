"""Examples in a design's document: what they can give, and what is said where one fails."""

from collections.abc import Callable
from pathlib import Path

from attrs import evolve

from assurance_core import what_if
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.design import Example
from assurance_core.testing import check_examples
from tests.commands import refused

LAST = [2, 3, 3, 3, 3, 3, 3, 3]


def test_an_example_can_leave_a_score_out_and_say_why(single_word: CompiledDesign) -> None:
    """A list and a mapping may hold an absence: 23 of 32 points are 71.875 per cent."""
    design = what_if(single_word.design, {"overall.missing": "omit", "overall.omit_down_to": 8})
    absent = {"not_assessed": "not this time"}
    ids = [one.id for one in single_word.version.statements]
    listed = Example("a list", scores=[absent, *LAST], headline="good", score=72)
    named = Example("a mapping", scores=dict(zip(ids, [absent, *LAST], strict=True)), score=72)
    expected: list[tuple[str, ...]] = [(), ()]
    assert expected == [one.differences for one in check_examples(design, [listed, named])]


def test_evidence_can_be_absent(rule_of: Callable[[str], CompiledDesign]) -> None:
    """Three categories, 8 of 12 points, are 66.67 per cent and a score of 3."""
    design = rule_of("cqc-la/evidence-categories").design
    example = design.examples[0]
    three = {
        "people_experience": 3,
        "staff_and_leaders": 2,
        "partners": 3,
        "processes": {"not_applicable": "no process to see"},
    }
    changed = evolve(example, evidence={**example.evidence, "assessing_needs": three})
    assert "3" == changed.judgements["assessing_needs"]
    assert () == check_examples(design, [changed])[0].differences


def test_a_failing_example_says_what_came_out(single_word: CompiledDesign) -> None:
    """Every difference is told in words."""
    example = Example("wrong", scores=[3, *LAST], headline="outstanding", score=80)
    expected = (
        "headline: expected outstanding, came out as good",
        "score: expected 80, came out as 73",
    )
    assert expected == check_examples(single_word.design, [example])[0].differences


def test_every_example_that_cannot_be_rated_is_told_with_its_place(tmp_path: Path) -> None:
    """A quoted number, and a word that is no score: both at once."""
    file = tmp_path / "mine.yaml"
    file.write_text(
        "format: assurance/design/1\nid: mine/mine\nname: Mine\nsummary: Mine.\n"
        "based_on: cqc-la/worst-statement\nstatus: what_if\n"
        "edits:\n  - {set: overall.name, to: Mine}\n"
        "examples:\n"
        '  - {name: one, scores: ["3", 3, 3, 3, 3, 3, 3, 3, 3], headline: good}\n'
        "  - {name: two, scores: [3, 3, 3, 3, 3, 3, 3, 3, '-'], headline: good}\n",
        "utf-8",
    )
    assert (
        f"error[bad-score]: {file}:10:5: examples[0]\n"
        "  found:    '3': scores.assessing_needs\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       give the number without quotes\n"
    ) in refused("validate", str(file))
    assert (
        f"error[bad-score]: {file}:11:5: examples[1]\n"
        "  found:    '-': scores.learning_improvement_innovation\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       give a level of this statement's scale\n"
    ) in refused("validate", str(file))
