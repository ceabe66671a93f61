"""Edits change a copy of a document by path, or say which path was meant."""

import copy
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.documents.edits import apply_edits, read_edits, tree_path
from assurance_core.documents.paths import written_path
from assurance_core.documents.structure import Faults
from assurance_core.documents.texts import read_located
from assurance_core.model.errors import AssuranceError
from assurance_core.model.patch import Edit
from assurance_core.testing import strategies
from tests.documents.demo import DESIGN, Tree, briefly, document

TREE: Tree = document(DESIGN).tree
BAND, CAP = 2, 3


def _set(path: str, value: Any) -> Edit:
    return Edit("set", path, value)


def _edited(*edits: Edit) -> Tree:
    before = copy.deepcopy(TREE)
    edited = apply_edits(TREE, edits, "here", ["mine"] * len(edits))
    assert before == TREE
    return edited


def _refused(*edits: Edit) -> list[tuple[str, str]]:
    with pytest.raises(AssuranceError) as raised:
        apply_edits(TREE, edits, "here")
    return briefly(raised.value.faults)


def _steps(tree: Tree) -> list[Tree]:
    steps: list[Tree] = tree["judgements"]["overall"]["steps"]
    return steps


def test_set_a_value() -> None:
    assert 90 == _steps(_edited(_set("overall.band.high", 90)))[BAND]["band"]["high"]


def test_set_all_settings_of_a_step() -> None:
    edited = _edited(_set("overall.band", {"low": 0}))
    assert {"band": {"low": 0}, "source": "mine"} == _steps(edited)[BAND]


def test_set_a_value_in_a_condition() -> None:
    assert "2" == _steps(_edited(_set("overall.cap.when.is", "2")))[CAP]["cap"]["when"]["is"]


def test_set_an_item_of_a_list() -> None:
    edited = _edited(_set("overall.inputs[2]", "duty"))
    assert ["care", "safety", "duty"] == edited["judgements"]["overall"]["inputs"]


def test_set_the_source_of_a_step() -> None:
    assert "x" == _steps(_edited(_set("overall.round.source", "x")))[1]["source"]


@pytest.mark.parametrize(
    ("path", "value", "there"),
    [
        ("overall.missing", "omit", ("judgements", "overall", "missing")),
        ("publishes.score", "none", ("publishes", "score")),
        (
            "overall.percent_of_maximum.weights.care",
            2,
            ("judgements", "overall", "steps", 0, "percent_of_maximum", "weights", "care"),
        ),
        (
            "overall.band.printed",
            {"low": [33, 59]},
            ("judgements", "overall", "steps", BAND, "band", "printed"),
        ),
    ],
)
def test_set_may_add_what_the_schema_knows(
    path: str, value: Any, there: tuple[str | int, ...]
) -> None:
    """Optional keys, and weights, which are 1 unless stated."""
    found: Any = _edited(_set(path, value))
    for part in there:
        found = found[part]
    assert value == found


def test_insert_before_and_after_a_step() -> None:
    floor = {"floor": {"at": "low", "when": {"all": "all", "is": "1"}}, "source": "rule-book"}
    kinds = [
        [next(iter(step)) for step in _steps(_edited(Edit("insert", "overall.cap", floor, where)))]
        for where in ("before", "after")
    ]
    front = ["percent_of_maximum", "round", "band"]
    assert [[*front, "floor", "cap"], [*front, "cap", "floor"]] == kinds


def test_a_later_edit_may_reach_into_an_inserted_step() -> None:
    step = {"id": "new", "floor": {"at": "low", "when": {}}, "source": "rule-book"}
    edits = [Edit("insert", "overall.cap", step, "after"), _set("overall.new.at", "middle")]
    assert "middle" == _steps(_edited(*edits))[4]["floor"]["at"]
    assert "low" == step["floor"]["at"]  # type: ignore[index]


def test_remove_a_step_and_a_key() -> None:
    edited = _edited(Edit("remove", "overall.cap"), Edit("remove", "overall.band.low"))
    assert {"middle": 60, "high": 80} == _steps(edited)[BAND]["band"]
    assert 3 == len(_steps(edited))


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("overall.band.hihg", "overall.band.high"),
        ("overall.bnad.high", "overall.band.high"),
        ("overal.band.high", "overall.band.high"),
        ("overall.mising", "overall.missing"),
        ("publishes.headlin", "publishes.headline"),
        ("overall.cap.when.any.x", "overall.cap.when.any"),
        ("sumary", "summary"),
    ],
)
def test_an_edit_that_matches_nothing_names_the_nearest_path(path: str, nearest: str) -> None:
    with pytest.raises(AssuranceError) as raised:
        apply_edits(TREE, [_set(path, 1)], "here")
    (fault,) = raised.value.faults
    assert ("no-match", f"here: {path}", f"did you mean '{nearest}'?") == (
        fault.code,
        fault.place,
        fault.remedy,
    )


@pytest.mark.parametrize("path", ["", ".", "[0]", "overall.steps[9]", "overall.inputs[3]", "zzz"])
def test_paths_that_lead_nowhere(path: str) -> None:
    assert [("no-match", "nothing at this path")] == _refused(_set(path, 1))


def test_remove_needs_something_to_remove() -> None:
    assert [("no-match", "nothing at this path")] == _refused(Edit("remove", "overall.missing"))


def test_insert_needs_a_step_as_its_place() -> None:
    edit = Edit("insert", "overall.scale", {"minimum": {}}, "before")
    assert [("no-match", "a place that is no step")] == _refused(edit)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("overall.band.high", 80),
        ("overall.band.high", Decimal("80.0")),
        ("overall.inputs", ["care", "safety", "access"]),
        ("publishes", {"areas": "all", "headline": "overall"}),
    ],
)
def test_an_edit_that_changes_nothing_is_refused(path: str, value: Any) -> None:
    assert ["no-change"] == [code for code, _ in _refused(_set(path, value))]


@pytest.mark.parametrize("value", [True, "1", None])
def test_what_only_looks_the_same_is_a_change(value: Any) -> None:
    """`true` is not 1 and `"1"` is not 1: the result is then read, and refused, like any."""
    assert repr(value) == repr(_steps(_edited(_set("overall.round.to", value)))[1]["round"]["to"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (_set("overall.band.high", 90), _set("overall.band.high", 95)),
        (_set("overall.band.high", 90), _set("overall.band", {"low": 1})),
        (_set("overall.band", {"low": 1}), _set("overall.band.high", 90)),
        (_set("overall.cap.at", "low"), Edit("remove", "overall.cap")),
        (_set("overall.inputs", ["care"]), _set("overall.inputs[0]", "duty")),
        (_set("overall.band.high", 90), _set("judgements.overall.steps[2].band.high", 95)),
        (_set("overall.steps[2].band.high", 90), Edit("remove", "overall.band")),
    ],
)
def test_two_edits_of_one_place_conflict(one: Edit, other: Edit) -> None:
    """However the paths are written, and in either order."""
    assert [("conflict", f"a second edit of {one.path}")] == _refused(one, other)
    assert ["conflict"] == [code for code, _ in _refused(other, one)]


def test_edits_of_neighbours_do_not_conflict() -> None:
    assert _edited(_set("overall.band.high", 90), _set("overall.band.middle", 61))


def test_all_faults_of_several_edits_are_reported() -> None:
    found = _refused(_set("overall.band.hihg", 1), _set("overall.band.low", 33))
    assert ["no-match", "no-change"] == [code for code, _ in found]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ({}, [("missing", "no 'set', 'insert' or 'remove'")]),
        ({"set": "a"}, [("missing", "no 'to'")]),
        ({"set": "a", "to": 1, "remove": "b"}, [("unknown-key", "'set' and 'remove' together")]),
        ({"set": "a", "to": 1, "after": "b"}, [("unknown-key", "'after'")]),
        ({"insert": {}}, [("missing", "no 'before' or 'after'")]),
        (
            {"insert": {}, "before": "a", "after": "b"},
            [("unknown-key", "'before' and 'after' together")],
        ),
        ({"remove": "a", "to": 1}, [("unknown-key", "'to'")]),
    ],
)
def test_an_edit_does_exactly_one_thing(edit: Tree, expected: list[tuple[str, str]]) -> None:
    faults = Faults(read_located("edits: []", "a.yaml"))
    read_edits([edit], faults)
    assert expected == briefly(tuple(fault for _, fault in faults.faults))


@pytest.mark.parametrize(
    "edit",
    [
        _set("overall.band.high", 90),
        _set("overall.band", {"low": 0}),
        _set("overall.band.printed", {"low": [33, 59]}),
        Edit("remove", "overall.band.low"),
    ],
)
def test_a_step_that_is_changed_cites_the_edit(edit: Edit) -> None:
    """Law 8: what the regulator said is no source for what somebody changed."""
    steps = _steps(_edited(edit))
    assert ["rule-book", "rule-book", "mine", "rule-book"] == [step["source"] for step in steps]


def test_an_inserted_step_cites_its_own_source_or_the_edits() -> None:
    step: Tree = {"minimum": {}}
    for one, expected in ((step, "mine"), ({**step, "source": "x"}, "x")):
        edited = _edited(Edit("insert", "overall.band", one, "before"))
        assert expected == _steps(edited)[BAND]["source"]


def test_an_edit_may_give_the_source_of_a_step_itself() -> None:
    """In either order; and what is not a step has no source to change."""
    edits = [_set("overall.band.high", 90), _set("overall.band.source", "x")]
    for order in (edits, edits[::-1]):
        assert "x" == _steps(_edited(*order))[BAND]["source"]
    assert TREE["judgements"]["overall"]["steps"] == _steps(
        _edited(_set("overall.missing", "omit"))
    )


def test_a_changed_step_without_a_source_is_refused() -> None:
    with pytest.raises(AssuranceError) as raised:
        apply_edits(TREE, [_set("overall.band.high", 90)], "here")
    assert [("missing", "no 'source'")] == briefly(raised.value.faults)


def _paths(here: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    if isinstance(here, dict | list):
        for key, one in here.items() if isinstance(here, dict) else enumerate(here):
            yield from _paths(one, (*path, key))


@given(st.data())
def test_a_path_that_an_error_prints_can_be_edited(data: st.DataObject) -> None:
    """What is written for any place of any design leads back to that place."""
    framework = data.draw(strategies.frameworks())
    tree = data.draw(strategies.design_trees(framework))
    for path in _paths(tree):
        if path:
            is_step = len(path) == 4 and path[2] == "steps"
            assert path == tree_path(tree, written_path(tree, path), "here", to_step=is_step)
