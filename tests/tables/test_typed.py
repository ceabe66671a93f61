"""Typed cells as text: a number is taken if it is whole, and nothing is rounded (law 10)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.tables.grid import BadCell
from assurance_core.tables.typed import cell_text, is_whole_number


@given(st.integers(-(2**53) + 1, 2**53 - 1))
def test_a_whole_number_is_written_the_same_whatever_holds_it(number: int) -> None:
    assert {str(number)} == {cell_text(one) for one in (number, float(number), Decimal(number))}


@given(st.floats() | st.decimals())
def test_a_number_is_never_changed(number: float | Decimal) -> None:
    """What is written is the number itself; what is not whole keeps its point, or its name."""
    text = cell_text(number)
    assert isinstance(text, str)
    if is_whole_number(number):
        assert Fraction(number) == Fraction(text)
        assert text.removeprefix("-").isdecimal()
    else:
        assert not text.isdecimal() or not -(2**53) < number < 2**53
        assert str(number) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (None, ""),
        (" 3 ", "3"),
        ("3.0", "3.0"),
        (date(2025, 3, 1), "2025-03-01"),
        (datetime(2025, 3, 1), "2025-03-01"),
        (datetime(2025, 3, 1, 10, 30), "2025-03-01 10:30:00"),
        (datetime(2025, 3, 1, tzinfo=UTC), "2025-03-01 00:00:00+00:00"),
    ],
)
def test_other_values_are_written_as_they_are(value: object, text: str) -> None:
    """Text stays text; a truth value is no number; a time of day is not dropped."""
    assert text == cell_text(value)


def test_what_is_no_cell_is_named() -> None:
    assert BadCell(
        "a value of the type list", "text, a number or a date", "convert the column"
    ) == cell_text(["x"])
    assert BadCell(
        "a text of 32,768 characters", "at most 32,767 characters", "shorten the text"
    ) == cell_text("x" * 32_768)
