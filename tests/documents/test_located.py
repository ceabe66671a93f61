"""Places and excerpts, as errors print them."""

import pytest

from assurance_core.documents.located import Located, excerpt, shown
from assurance_core.documents.paths import split_path, written_path
from assurance_core.documents.texts import read_located


def test_a_fault_shows_the_line_with_a_caret() -> None:
    fault = read_located("a:\n  b: 1\n", "a.yaml").fault("wrong-type", ("a", "b"), "1", "x", "y")
    assert "a.yaml:2:6: a.b" == fault.place
    assert "2 |   b: 1\n  |      ^" == fault.excerpt


def test_a_long_line_is_cut_around_the_caret() -> None:
    line = "x" * 500
    first, second = excerpt([line], (1, 300)).splitlines()
    assert len(first) <= 100
    assert "x" == first[second.index("^")]


def test_an_excerpt_prints_no_control_characters() -> None:
    assert "\x1b" not in excerpt(["a: \x1b[31mred"], (1, 1))


def test_without_marks_there_is_the_name_and_the_path() -> None:
    assert "what-if: a" == Located({"a": 1}, "what-if").fault("missing", ("a",), "", "", "").place


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("three", "'three'"),
        ("a\nb", "'a\\nb'"),
        (True, "true"),
        (None, "nothing"),
        ([], "a list of 0"),
        ({}, "{}"),
        ({"a": 1}, "a mapping with a"),
        ("x" * 100, "'" + "x" * 76 + "..."),
    ],
)
def test_values_are_shown_on_one_short_line(value: object, expected: str) -> None:
    assert expected == shown(value)


DESIGN = {
    "judgements": {
        "overall": {
            "scale": "demo/grade",
            "steps": [
                {"minimum": {}},
                {"cap": {"at": "low"}},
                {"id": "limit", "cap": {"when": {"and": [{"any": "all"}]}}},
                {"cap": {}, "source": "x"},
            ],
        }
    },
    "publishes": {"headline": "overall"},
}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("publishes", "headline"), "publishes.headline"),
        (("judgements",), "judgements"),
        (("judgements", "overall"), "overall"),
        (("judgements", "overall", "scale"), "overall.scale"),
        (("judgements", "overall", "steps"), "overall.steps"),
        (("judgements", "overall", "steps", 0), "overall.minimum"),
        (("judgements", "overall", "steps", 1, "cap", "at"), "overall.cap_1.at"),
        (("judgements", "overall", "steps", 3, "source"), "overall.cap_2.source"),
        (
            ("judgements", "overall", "steps", 2, "cap", "when", "and", 0, "any"),
            "overall.limit.when.and[0].any",
        ),
    ],
)
def test_errors_write_paths_as_edits_do(path: tuple[str | int, ...], expected: str) -> None:
    assert expected == written_path(DESIGN, path)


def test_a_faulty_design_still_has_paths() -> None:
    tree = {"judgements": {"overall": {"steps": ["minimum", {}]}}}
    path = ("judgements", "overall", "steps", 0)
    assert "overall.steps[0]" == written_path(tree, path)


def test_a_written_path_splits_into_its_parts() -> None:
    assert ["a", "rows", 0, "when", "and", 12] == split_path("a.rows[0].when.and[12]")
