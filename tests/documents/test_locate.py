"""Faults of the compiler get back the line of the file that the design came from."""

import pytest

from assurance_core.documents.locate import located_error
from assurance_core.model.errors import AssuranceError, Fault
from tests.demo_plugin import BASE
from tests.documents.demo import DESIGN, document


def _place(place: str, text: str = DESIGN, name: str = "demo/word") -> str:
    error = AssuranceError(Fault("gap", place, "x", "y", "z"))
    return located_error(error, document(text).located, name).faults[0].place


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("overall.band.high", "18:43"),
        ("overall.band.hihg", "18:9"),
        ("overall.cap.when.any", "22:23"),
        ("overall.cap.when.and[0]", "22:11"),
        ("overall.steps", "13:5"),
        ("overall.inputs[1]", "12:20"),
        ("publishes.areas", "24:39"),
        ("nowhere.at.all", "1:1"),
    ],
)
def test_a_path_of_a_design_gets_its_line(path: str, line: str) -> None:
    """Or that of the nearest place above it; the path stays whole."""
    assert f"a.yaml:{line}: {path}" == _place(f"demo/word: {path}")


@pytest.mark.parametrize("place", ["demo/other: overall.band", "--scores", "demo/word"])
def test_other_places_stay(place: str) -> None:
    assert place == _place(place)


@pytest.mark.parametrize("path", ["overall.band.high", "overall.band", "overall.band.high.x"])
def test_a_path_that_an_edit_made_gets_the_line_of_the_edit(path: str) -> None:
    assert f"a.yaml:6:10: {path}" == _place(
        f"demo/derived: {path}", BASE["derived.yaml"], "demo/derived"
    )


def test_a_path_that_no_edit_made_gets_the_first_line() -> None:
    found = _place("demo/derived: overall.round", BASE["derived.yaml"], "demo/derived")
    assert "a.yaml:1:1: overall.round" == found
