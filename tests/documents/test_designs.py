"""Designs as documents: read, checked, and written back to the same tree."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.documents.designs import read_design
from assurance_core.documents.reader import read_document_text
from assurance_core.documents.writer import canonical, to_json, to_yaml
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.plugins import Registry
from assurance_core.testing import strategies
from tests.documents.demo import DESIGN, briefly, design, document, framework


def _refused(*changes: tuple[str, str]) -> list[tuple[str, str]]:
    with pytest.raises(AssuranceError) as raised:
        design(*changes)
    return briefly(raised.value.faults)


def _same(one: RatingDesign, other: RatingDesign) -> bool:
    parts = ("id", "judgements", "publishes", "versions", "consequences", "sources", "examples")
    return all(getattr(one, part) == getattr(other, part) for part in parts)


def test_defaults() -> None:
    judgement = design().judgements["overall"]
    assert ("Overall", "error", 1, "") == (
        judgement.name,
        judgement.missing,
        judgement.omit_down_to,
        judgement.for_each,
    )
    assert ["percent_of_maximum", "round", "band", "cap"] == [one.id for one in judgement.steps]
    assert ("2020", "2024") == design().versions
    assert "overall" == design().publishes.score


def test_sources_are_the_frameworks_and_its_own() -> None:
    own = ("judgements:", "sources: {mine: {title: Mine, status: proposed}}\njudgements:")
    assert {"rule-book", "mine"} == set(design(own).sources)


def test_all_faults_are_reported_by_line() -> None:
    changes = [
        ("demo/grade", "demo/grades"),
        ("source: rule-book", "source: x"),
        ("headline: ov", "headline: v"),
    ]
    assert [("unknown-id", "'demo/grades'"), ("unknown-id", "'x'"), ("unknown-id", "'verall'")] == (
        _refused(*changes)
    )


@pytest.mark.parametrize(
    "word", ["care", "core", "publishes", "sources", "all", "result", "judged"]
)
def test_a_judgement_needs_an_id_of_its_own(word: str) -> None:
    """It would hide a statement, a group, a word of the rules or a key of the document."""
    changes = [("  overall:", f"  {word}:"), ("headline: overall", f"headline: {word}")]
    assert ["duplicate"] == [code for code, _ in _refused(*changes)]


@pytest.mark.parametrize("word", ["scale", "inputs", "missing"])
def test_a_step_id_may_not_hide_a_key_of_its_judgement(word: str) -> None:
    assert ["duplicate"] == [
        code for code, _ in _refused(("- cap:", f"- id: {word}\n        cap:"))
    ]


def test_a_step_id_may_not_be_another_steps_kind() -> None:
    """`overall.round` has to lead to one step."""
    assert [("duplicate", "'round' again")] == _refused(("- cap:", "- id: round\n        cap:"))


def test_every_installed_design_comes_back_the_same(registry: Registry) -> None:
    assert registry.designs
    for one in registry.designs.values():
        for text, name in ((to_yaml(one.document), "a.yaml"), (to_json(one.document), "a.json")):
            again = read_design(read_document_text(text, name), one.framework)
            assert canonical(one.document) == canonical(again.document)
            assert _same(one, again), f"{one.id} as {name}"


@given(st.data())
def test_any_design_comes_back_the_same(data: st.DataObject) -> None:
    """Tree to YAML to tree: nothing is lost and nothing is read as something else."""
    one = data.draw(strategies.designs())
    again = read_design(read_document_text(to_yaml(one.document), "a.yaml"), one.framework)
    assert one.document == again.document
    assert _same(one, again)


@given(st.data())
def test_the_order_of_keys_does_not_matter(data: st.DataObject) -> None:
    framework_ = data.draw(strategies.frameworks())
    tree = data.draw(strategies.design_trees(framework_))
    backwards = json.dumps(dict(reversed(tree.items())))
    one = strategies.design_of(tree, framework_)
    assert _same(one, read_design(read_document_text(backwards, "a.json"), framework_))


def test_a_step_kind_of_a_plugin_is_checked_by_its_schema() -> None:
    settings = {
        "best_two": {
            "type": "object",
            "properties": {"of": {"type": "integer"}},
            "additionalProperties": False,
        }
    }
    text = DESIGN.replace("- percent_of_maximum: {}", "- best_two: {of: 3.0}")
    with pytest.raises(AssuranceError) as raised:
        read_document_text(text, "a.yaml", settings)
    assert [("wrong-type", "3.0")] == briefly(raised.value.faults)
    kind = read_document_text(text.replace("3.0", "3"), "a.yaml", settings).kind
    assert "design" == kind


def test_without_the_plugin_its_step_kind_is_unknown() -> None:
    with pytest.raises(AssuranceError, match="unknown-key"):
        document(DESIGN, ("percent_of_maximum", "best_two"))


def test_versions_are_in_the_frameworks_order() -> None:
    """The newest that a design reads is the last, in whatever order it lists them."""
    made = design(("status:", 'versions: ["2024", "2020"]\nstatus:'))
    assert framework().versions[-1].id == made.versions[-1]
