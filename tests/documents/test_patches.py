"""Patches, what-ifs and designs based on others: one mechanism, and the parent stays as it is."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.documents.patches import (
    derive_design,
    parse_set,
    read_patch,
    what_if,
)
from assurance_core.documents.writer import sha256
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.model.patch import Edit, Patch
from assurance_core.plugins import Registry
from assurance_core.testing import strategies
from tests.demo_plugin import BASE
from tests.documents.demo import briefly, design, document, framework, other_framework

PATCH, DERIVED = BASE["patch.yaml"], BASE["derived.yaml"]
PRESS = "{press: {title: Press, status: secondary}}"
STEP = {"floor": {"at": "low", "when": {"all": "all", "is": "1"}}}


def _derived(*changes: tuple[str, str], parent: RatingDesign | None = None) -> RatingDesign:
    frameworks = {"demo": framework(), "other": other_framework()}
    return derive_design(document(DERIVED, *changes), parent or design(), frameworks, {})


def test_a_what_if_is_a_new_design_with_its_lineage() -> None:
    parent = design()
    before = copy.deepcopy(parent.document)
    made = what_if(parent, {"overall.band.high": 90})
    assert before == parent.document
    assert "demo/word+overall.band.high=90" == made.id
    assert ("what-if on demo/word: set overall.band.high to 90",) == made.lineage
    assert "what_if" == made.status
    assert 90 == made.judgements["overall"].steps[2].settings["high"]


def test_a_what_if_of_a_what_if_tells_both() -> None:
    made = what_if(what_if(design(), {"overall.band.high": 90}), {"overall.band.low": 30})
    assert 2 == len(made.lineage)


def test_what_is_said_of_a_design_is_not_said_of_what_is_made_from_it() -> None:
    """Dates, series, examples and claims are the parent's."""
    examples = (
        "publishes:",
        "examples: [{name: x, scores: [1, 1, 1]}]\ndeclares: [monotone]\npublishes:",
    )
    parent = design(examples)
    made = what_if(parent, {"overall.band.high": 90})
    assert parent.series
    assert parent.in_force
    assert ("", None, (), ()) == (made.series, made.in_force, made.examples, made.declares)


def test_a_patch_brings_its_id_name_status_and_sources() -> None:
    own = (
        "edits:",
        "status: proposed\nsources: {press: {title: Press, status: secondary}}\nedits:",
    )
    made = what_if(design(), read_patch(document(PATCH, own)))
    assert ("demo/word+higher", "Higher bounds", "proposed") == (made.id, made.name, made.status)
    assert "Press" == made.sources["press"].title


def _cited(made: RatingDesign, step: int) -> tuple[str, str]:
    """Title and status of the source of a step."""
    citation = made.sources[made.judgements["overall"].steps[step].source]
    return citation.title, citation.status


def test_an_edit_without_a_source_cites_whoever_asked() -> None:
    """The trace of a what-if must not say that the regulator said so."""
    asked = ("The edit of whoever asked this what-if", "proposed")
    assert asked == _cited(what_if(design(), {"overall.band.high": 90}), 2)
    assert asked == _cited(what_if(design(), [Edit("insert", "overall.cap", STEP, "after")]), 4)
    assert ("The rule book", "official") == _cited(what_if(design(), {"overall.band.high": 90}), 1)


def test_an_edit_of_a_patch_cites_its_source_or_the_patch() -> None:
    said = [("to: 90", "to: 90\n    source: press"), ("edits:", f"sources: {PRESS}\nedits:")]
    assert ("Press", "secondary") == _cited(
        what_if(design(), read_patch(document(PATCH, *said))), 2
    )
    made = what_if(design(), read_patch(document(PATCH)))
    assert ("The patch Higher bounds", "proposed") == _cited(made, 2)
    both = what_if(made, {"overall.round.toward": "down"})
    assert ("The patch Higher bounds", "proposed") == _cited(both, 2)
    assert ("The edit of whoever asked this what-if", "proposed") == _cited(both, 1)


def test_the_source_of_an_edit_has_to_be_there() -> None:
    said = ("to: 90", "to: 90\n    source: nowhere")
    with pytest.raises(AssuranceError) as raised:
        what_if(design(), read_patch(document(PATCH, said)))
    assert [("unknown-id", "'nowhere'")] == briefly(raised.value.faults)


def test_a_what_if_may_move_a_design_to_another_framework() -> None:
    change = {"framework": "other", "overall.scale": "other/grade"}
    made = what_if(design(), change, {"other": other_framework()})
    assert "other" == made.framework.id


def test_another_framework_has_to_be_known() -> None:
    with pytest.raises(AssuranceError) as raised:
        what_if(design(), {"framework": "other", "overall.scale": "other/grade"})
    assert [("unknown-id", "'other'")] == briefly(raised.value.faults)


def test_a_result_that_is_no_design_is_refused_at_the_path_of_the_edit() -> None:
    with pytest.raises(AssuranceError) as raised:
        what_if(design(), {"overall.band.high": "ninety"})
    (fault,) = raised.value.faults
    assert "demo/word with what-if: overall.band.high" == fault.place


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("sources", 3),
        ("judgements", 3),
        ("format", "assurance"),
        ("judgements.overall", 3),
        ("overall.steps", 3),
        ("overall.steps", [3]),
        ("consequences", 3),
        ("consequences", [{}]),
    ],
)
def test_an_edit_that_breaks_the_document_is_refused_whatever_follows_it(
    path: str, value: object
) -> None:
    """The next edit has no path to follow; the fault is that of the first."""
    with pytest.raises(AssuranceError) as error:
        what_if(design(), {path: value, "overall.band.high": 90})
    assert all(path.rpartition(".")[2] in fault.place for fault in error.value.faults)


def test_no_edits_are_no_what_if() -> None:
    with pytest.raises(AssuranceError, match="no-change"):
        what_if(design(), {})


def test_a_fault_of_a_patch_names_the_line_of_the_edit() -> None:
    patch = document(PATCH, ("overall.band.high", "overall.band.hihg"))
    with pytest.raises(AssuranceError) as raised:
        what_if(design(), read_patch(patch), document=patch.located)
    assert "a.yaml:6:10: overall.band.hihg" == raised.value.faults[0].place


def test_a_derived_design_inherits_and_states_its_own() -> None:
    own = (
        "edits:",
        "status: reconstruction\nnotes: [Mine.]\nsources: {x: {title: X, status: derived}}\nedits:",
    )
    made = _derived(own)
    assert ("demo/derived", "Derived", "reconstruction") == (made.id, made.name, made.status)
    assert "Three scores become one word." == made.summary
    assert (("Mine.",), "X") == (made.notes, made.sources["x"].title)
    assert ("based on demo/word",) == made.lineage
    assert "" == made.series


def test_a_derived_design_is_a_what_if_unless_it_says_otherwise() -> None:
    assert "what_if" == _derived().status


def test_a_patch_gives_the_same_document_as_the_edits_of_a_derived_design() -> None:
    """One mechanism: only the head of the document differs."""
    made = [what_if(design(), read_patch(document(PATCH))), _derived()]
    steps = [
        [(step.kind, step.settings) for step in one.judgements["overall"].steps] for one in made
    ]
    assert steps[0] == steps[1]


def test_a_derived_design_may_move_to_another_framework() -> None:
    move = "edits:\n  - set: framework\n    to: other\n  - set: overall.scale\n    to: other/grade"
    assert "other" == _derived(("edits:", move)).framework.id


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("overall.band.high=80", "overall.band.high", 80),
        (" overall.missing = omit ", "overall.missing", "omit"),
        ("overall.inputs=[care, duty]", "overall.inputs", ["care", "duty"]),
        ("a.b='3'", "a.b", "3"),
        ("a.b=x=y", "a.b", "x=y"),
        ("a.b=~", "a.b", None),
    ],
)
def test_set_reads_its_value_as_yaml(text: str, path: str, value: object) -> None:
    assert Edit("set", path, value) == parse_set(text)


@pytest.mark.parametrize("text", ["", "a", "a=", "=3", " = ", "a=[1", "a=*x", "a=&x 1", "a=\udcff"])
def test_what_is_no_path_and_value(text: str) -> None:
    with pytest.raises(AssuranceError):
        parse_set(text)


@given(st.data())
def test_a_patch_leaves_its_parent_alone(data: st.DataObject) -> None:
    """Law 7, for any design: what-ifs are new values."""
    parent = data.draw(strategies.designs())
    before, judgements = sha256(parent.document), parent.judgements
    edit = data.draw(strategies.edits(parent))
    made = what_if(parent, Patch((edit,)))
    assert before == sha256(parent.document)
    assert judgements is parent.judgements
    assert sha256(made.document) != before


def test_every_installed_patch_applies(registry: Registry) -> None:
    for patch_id, patch in registry.patches.items():
        made = registry.design(patch_id)
        assert made.lineage[-1].startswith(f"what-if on {patch.applies_to}: ")
