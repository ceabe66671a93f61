"""Documents out: the same bytes each time."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.documents.writer import LARGEST_SAFE, canonical, plain, sha256, to_json, to_yaml

TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (LARGEST_SAFE, LARGEST_SAFE),
        (LARGEST_SAFE + 1, "9007199254740993"),
        (-LARGEST_SAFE - 1, "-9007199254740993"),
        (True, True),
        (Decimal("0.10"), 0.1),
        (Decimal("0.1000000000000000000001"), "0.1000000000000000000001"),
        ((1, 2), [1, 2]),
    ],
)
def test_no_reader_can_round_what_json_carries(value: object, expected: object) -> None:
    assert {"a": expected} == plain({"a": value})


@given(TREES)
def test_json_reads_back_and_is_stable(tree: object) -> None:
    assert plain(tree) == json.loads(to_json(tree))
    assert to_json(tree) == to_json(json.loads(to_json(tree)))


@given(st.dictionaries(st.text(max_size=3), TREES))
def test_a_hash_does_not_depend_on_the_order_of_keys(tree: dict[str, object]) -> None:
    assert sha256(tree) == sha256(dict(reversed(tree.items())))


def test_canonical_json_is_what_the_receipt_says() -> None:
    assert '{"a":[1,"é"],"b":null}' == canonical({"b": None, "a": [1, "é"]})
    expected = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert expected == sha256({})


def test_json_ends_with_a_line_end_and_keeps_the_order() -> None:
    assert '{\n  "b": 1,\n  "a": "Ö"\n}\n' == to_json({"b": 1, "a": "Ö"})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1e5", "{a: '1e5'}\n"),
        ("08.5", "{a: '08.5'}\n"),
        ("3", "{a: '3'}\n"),
        ("NO", "{a: 'NO'}\n"),
        ("2025-03-21", "{a: '2025-03-21'}\n"),
        (Decimal("1.50"), "{a: 1.50}\n"),
        (Decimal("80"), "{a: 80.0}\n"),
        (Decimal("1E+2"), "{a: 1E+2}\n"),
        ("Zoë", "{a: Zoë}\n"),
    ],
)
def test_yaml_quotes_what_could_be_read_as_something_else(value: object, expected: str) -> None:
    assert expected == to_yaml({"a": value})
