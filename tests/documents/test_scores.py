"""One converter for levels, on every way in."""

from decimal import Decimal

import pytest

from assurance_core.documents.scores import read_level, read_level_text
from assurance_core.model.errors import AssuranceError
from assurance_core.model.scale import Level, Scale

NUMBERS = Scale(
    "demo/score", "Score", (Level(1, "1", "poor", 1, ("bad",)), Level(2, "2", "fine", 2))
)
WORDS = Scale.of("demo/grade", ["needs_attention", "good"])


@pytest.mark.parametrize(
    ("value", "scale", "expected"),
    [
        (1, NUMBERS, "1"),
        ("fine", NUMBERS, "2"),
        ("BAD ", NUMBERS, "1"),
        ("needs_attention", WORDS, "needs_attention"),
        ("Needs  attention", WORDS, "needs_attention"),
    ],
)
def test_a_document_names_a_level(value: object, scale: Scale, expected: str) -> None:
    assert expected == read_level(value, scale, "x").id


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        (True, "true and false are no scores: write the level"),
        (Decimal("2.0"), "write a whole number, without a decimal point"),
        (2.0, "write a whole number, without a decimal point"),
        ("2", "write the number without quotes"),
        ("02", "did you mean '2'?"),
        (
            "-",
            "a score that is not known is left empty; if there is none, write "
            "{not_assessed: REASON}, not_applicable or withheld",
        ),
        ("", "write one of 1, 2"),
        (0, "write one of 1, 2"),
        (3, "write one of 1, 2"),
        (None, "write one of 1, 2"),
        ([1], "write one of 1, 2"),
    ],
)
def test_what_is_no_score(value: object, remedy: str) -> None:
    """Law 10: `true`, `3.0` and `"3"` are no scores."""
    with pytest.raises(AssuranceError) as raised:
        read_level(value, NUMBERS, "scores.care")
    (fault,) = raised.value.faults
    assert ("bad-score", "scores.care", remedy) == (fault.code, fault.place, fault.remedy)


def test_a_number_names_no_level_of_a_scale_of_words() -> None:
    with pytest.raises(AssuranceError, match="one of needs_attention, good"):
        read_level(1, WORDS, "x")


def test_on_the_command_line_everything_is_text() -> None:
    assert ["2", "2", "1"] == [
        read_level_text(text, NUMBERS, "x").id for text in ("2", " fine ", "Bad")
    ]


@pytest.mark.parametrize("text", ["3.0", "true", "2.", "٢", "²", "+2", "0x2", "2 2"])
def test_text_that_only_looks_like_a_level(text: str) -> None:
    with pytest.raises(AssuranceError, match="bad-score"):
        read_level_text(text, NUMBERS, "x")
