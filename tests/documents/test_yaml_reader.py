"""Texts become values strictly: YAML 1.2 core types, exact decimals, every place known."""

import json
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.documents.files import decode
from assurance_core.documents.growing_tree import MAX_DEPTH
from assurance_core.documents.texts import read_located
from assurance_core.documents.writer import to_yaml
from assurance_core.model.errors import AssuranceError

SAFE = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.decimals(-1000, 1000, places=2)
    | SAFE
    | st.sampled_from(["1e5", "08", "+08", "NO", "yes", "~", "<<", "=", "2025-03-21", "0x1F", "-"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SAFE, inner, max_size=3),
    max_leaves=8,
)


def _value(text: str, name: str = "a.yaml") -> Any:
    return read_located(text, name).value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("3", 3),
        ("-3", -3),
        ("+3", 3),
        ("010", "010"),
        ("0o10", "0o10"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2025-03-21", "2025-03-21"),
        ("2025-03", "2025-03"),
        ("'3'", "3"),
        ('"true"', "true"),
        (".inf", ".inf"),
        ("1.5", Decimal("1.5")),
        ("0.1", Decimal("0.1")),
        ("1e2", Decimal("1E+2")),
        ("3.0", Decimal("3.0")),
    ],
)
def test_scalars_are_those_of_yaml_1_2(text: str, expected: Any) -> None:
    found = _value(f"key: {text}\n")["key"]
    assert (expected, type(expected)) == (found, type(found))


def test_a_decimal_is_exact_to_the_last_digit() -> None:
    assert Decimal("0.1000000000000000000001") == _value("a: 0.1000000000000000000001")["a"]


@given(VALUES)
def test_what_is_written_as_yaml_reads_back_the_same(value: Any) -> None:
    found = _value(to_yaml({"key": value}))
    assert repr({"key": value}) == repr(found)


@given(VALUES)
def test_json_and_yaml_give_the_same_values(value: Any) -> None:
    """One tree, two parsers: a document may be written either way."""
    text = json.dumps({"key": value}, default=str)
    assert {"key": json.loads(json.dumps(value, default=str))} == _value(text, "a.json")


def test_json_takes_tabs_between_values_and_surrogate_pairs() -> None:
    assert {"a": "\N{GRINNING FACE}"} == _value('{\t"a":\t"\\ud83d\\ude00"}', "a.json")


def test_json_and_yaml_know_the_place_of_every_value() -> None:
    for name in ("a.json", "a.yaml"):
        located = read_located('{"a": {"b": 1},\n "c": [2,\n  3]}', name)
        marks = {path: located.mark(path) for path in [("a", "b"), ("c",), ("c", 1)]}
        assert {("a", "b"): (1, 13), ("c",): (2, 2), ("c", 1): (3, 3)} == marks


def test_a_value_has_its_own_place_and_a_mapping_that_of_its_key() -> None:
    located = read_located("a:\n  b: 1\nc:\n  - 2\n", "a.yaml")
    assert [(1, 1), (2, 6), (3, 1), (4, 5)] == [
        located.mark(path) for path in [("a",), ("a", "b"), ("c",), ("c", 0)]
    ]
    assert (2, 3) == located.mark(("a", "b"), at_key=True)


def test_what_is_not_there_has_the_place_of_what_is_above_it() -> None:
    located = read_located("a:\n  b: 1\n", "a.yaml")
    assert (1, 1) == located.mark(("a", "x", "y"))


def test_the_deepest_document_that_is_taken() -> None:
    assert _value("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    with pytest.raises(AssuranceError, match="too-deep"):
        _value("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))


def test_a_byte_order_mark_is_dropped() -> None:
    assert "a: 1" == decode(b"\xef\xbb\xbfa: 1", "a.yaml")


@given(st.binary(max_size=60))
def test_no_bytes_are_a_traceback(data: bytes) -> None:
    """Whatever is in a file, reading it gives values or our own error."""
    for name in ("a.yaml", "a.json"):
        with suppress(AssuranceError):
            read_located(decode(data, name), name)


@given(st.text(alphabet="{}[]:,-&*!|>'\"#%@` \n\tab1.", max_size=40))
def test_no_text_is_a_traceback(text: str) -> None:
    for name in ("a.yaml", "a.json"):
        with suppress(AssuranceError):
            read_located(text, name)


@given(st.text(alphabet='{}[]:,"1aeN.-\\u \n', max_size=30))
def test_our_json_is_json(text: str) -> None:
    """What Python's reader takes gives the same values here, but for equal keys and NaN."""
    try:
        found = _value(text, "a.json")
    except AssuranceError:
        return
    assert json.loads(text, parse_float=Decimal) == found
