"""A form is generated from any design, and every field of it leads to its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import given

from assurance_core.documents.designs import read_design
from assurance_core.documents.edits import tree_path
from assurance_core.documents.patches import parse_set
from assurance_core.documents.reader import read_document_text
from assurance_core.documents.schemas import step_schemas
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.design import RatingDesign
from assurance_core.plugins import Registry
from assurance_core.rules.python_step import python_step
from assurance_core.workbench.editor.fields import Field
from assurance_core.workbench.editor.form import Group, design_form
from tests.lab.documents import design, framework, provider, scale
from tests.lab.trees import anything

RuleOf = Callable[[str], CompiledDesign]


def _value(tree: Mapping[str, Any], field: Field) -> Any:
    """Return what stands at a field's place; a weight that is not stated is 1."""
    here: Any = tree
    for part in tree_path(tree, field.path, "test"):
        if isinstance(here, Mapping) and part not in here:
            return 1
        here = here[part]
    return here


def _leads_home(rule: CompiledDesign) -> tuple[Group, ...]:
    groups = design_form(rule)
    for field in [field for group in groups for field in group.fields]:
        assert str(_value(rule.design.document, field)) == field.value
        assert field.same(field.value)
        assert field.wrong(field.value) == ""
    names = [field.path for group in groups for field in group.fields]
    assert len(names) == len(set(names))
    return groups


@given(anything)
def test_every_field_holds_what_stands_at_its_path(drawn: RatingDesign) -> None:
    """Whatever rules a design has, its fields can be written back as edits."""
    rule = compile_design(drawn)
    steps = sum(len(one.steps) for one in drawn.judgements.values())
    assert steps == len(_leads_home(rule))


def test_every_installed_design_has_its_form(registry: Registry, rule_of: RuleOf) -> None:
    """Composed ones, those based on others, and what-ifs that patches make."""
    for design_id in [*registry.designs, *registry.patches]:
        _leads_home(rule_of(design_id))


def test_a_design_of_judgements_for_each_theme_and_a_table() -> None:
    """Rows are fields too; a rule that is repeated has no weights of single inputs."""
    groups = {group.path: group for group in _leads_home(compile_design(provider()))}
    table = groups["overall.table"]
    assert [
        ("overall.table.rows[0].when.count", "Row 1: counting, of", "all"),
        ("overall.table.rows[0].when.is", "is at", "inadequate"),
        ("overall.table.rows[0].when.no_fewer_than", "for at least this many", "2"),
        ("overall.table.rows[0].then", "Row 1: outcome", "inadequate"),
    ] == [(field.path, field.label, field.value) for field in table.fields[:4]]
    repeated = next(group for path, group in groups.items() if "percent_of_maximum" in path)
    assert () == repeated.fields


def test_ranges_and_comparisons_of_two_inputs() -> None:
    """A printed range has two bounds; a condition may hold one input against another."""
    of = framework(
        {"first": "score", "second": "score"}, {"score": scale("Score", ["1", "2"], "2")}
    )
    made = design(
        of,
        {
            "overall": {
                "scale": "demo/score",
                "inputs": "all",
                "steps": [
                    {"sum": {}},
                    {"band": {"ranges": {"1": [2, 3], "2": [4, 4]}}},
                    {"cap": {"at": "1", "when": {"not": {"input": "first", "below": "second"}}}},
                ],
            }
        },
    )
    _, band, cap = _leads_home(compile_design(made))
    assert [
        ("overall.band.ranges.1[0]", "1, lowest"),
        ("overall.band.ranges.1[1]", "1, highest"),
    ] == [(field.path, field.label) for field in band.fields[:2]]
    assert ["No better than", "Not: if", "is worse than"] == [one.label for one in cap.fields]
    assert cap.limiter


def test_where_a_lower_number_is_better_a_condition_is_asked_for_in_words() -> None:
    """`At or below 10` would be read as 10 and 0; it is 10 and 20."""
    of = framework(
        {"first": "faults"},
        {
            "faults": scale("Faults", ["20", "10", "0"], "0"),
            "score": scale("Score", ["1", "2"], "2"),
        },
    )
    steps = [
        {"sum": {}},
        {"band": {"1": 2, "2": 0}},
        {"cap": {"at": "1", "when": {"any": "first", "at_most": "10"}}},
        {"cap": {"at": "1", "when": {"all": "first", "at_least": "10"}}, "id": "other"},
    ]
    overall = {"scale": "demo/score", "inputs": "all", "steps": steps}
    *_, worse, better = _leads_home(compile_design(design(of, {"overall": overall})))
    assert ["is this or worse", "is this or better"] == [
        one.fields[-1].label for one in (worse, better)
    ]


def test_the_step_of_a_plugin_has_its_form_too() -> None:
    """Its settings are fields by its own schema; what no field can hold is left out."""
    schema = {
        "type": "object",
        "properties": {
            "at_least": {"type": "integer"},
            "level": {"type": ["string", "integer"], "description": "the id of a level"},
            "free_text": {"type": "string"},
        },
    }
    kind = python_step("enough", lambda *_: "2", "Two wherever enough are there", schema)
    of = framework({"first": "score"}, {"score": scale("Score", ["1", "2"], "2")})
    settings = {"at_least": 1, "level": "2", "free_text": "why"}
    tree = {
        "format": "assurance/design/1",
        "id": "demo/enough",
        "name": "Enough",
        "summary": "Built for a test.",
        "framework": "demo",
        "status": "what_if",
        "sources": {"own": {"title": "Own", "status": "assumed"}},
        "judgements": {
            "overall": {
                "scale": "demo/score",
                "inputs": "all",
                "steps": [{"enough": settings, "source": "own"}],
            }
        },
        "publishes": {"headline": "overall", "areas": "none"},
    }
    kinds = {kind.name: kind}
    document = read_document_text(json.dumps(tree), "design.json", step_schemas(kinds))
    (group,) = _leads_home(compile_design(read_design(document, of, kinds)))
    assert ("Enough", "Two wherever enough are there") == (group.title, group.words)
    assert [
        ("overall.enough.at_least", "At least", "whole"),
        ("overall.enough.level", "Level", "choice"),
    ] == [(field.path, field.label, field.kind) for field in group.fields]


def test_a_group_has_its_rule_and_its_source(rule_of: RuleOf) -> None:
    """The status of the source stands beside it."""
    rounding = design_form(rule_of("cqc-la/single-word"))[1]
    assert "Round up to a whole number" == rounding.words
    assert rounding.source.startswith("[derived] Published percentages of 23 councils")
    assert "Overall rating" == rounding.judgement


def test_numbers_are_compared_as_numbers_and_refused_in_other_forms() -> None:
    """80 and 80.0 are the same; what is no number, or too long to be one, is said to be none."""
    bound = Field("overall.band.good", "Good from", "number", "63")
    assert [True, True, False] == [bound.same(text) for text in ("63", "63.0", "62")]
    assert "a number in digits, such as 63" == bound.wrong("sixty")
    assert ["", "a number in digits, such as 63"] == [bound.wrong("1e9"), bound.wrong("9" * 41)]
    whole = Field("overall.adjust.by", "Levels to move by", "whole", "-1")
    assert "a whole number in digits, such as -1" == whole.wrong("1.5")
    assert "" == whole.wrong("-2")


def test_a_word_stays_a_word_in_an_edit() -> None:
    """A level that a document would take for something else is written in quotes."""
    level = Field("overall.cap.at", "No better than", "choice", "good")
    for word in ("good", "true", "1.5", "a: b", "3"):
        written = parse_set(f"overall.cap.at={level.written(word)}").value
        assert (3 if word == "3" else word) == written
