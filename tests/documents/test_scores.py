"""One converter for levels, on every way in."""

from decimal import Decimal

import pytest

from assurance_core.documents.scores import read_cell_text, read_level, read_level_text
from assurance_core.model.assessment import Absence, AbsenceKind, Score
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
            "a score that is not known is left empty, in a table or an assessment file; where "
            "there is none, write for example {not_applicable: REASON}",
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


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("not applicable: no such service", "not_applicable", "no such service"),
        ("Not_Assessed : closed: for repair", "not_assessed", "closed: for repair"),
        (" withheld:by a court ", "withheld", "by a court"),
    ],
)
def test_text_may_say_why_there_is_no_score(text: str, kind: AbsenceKind, reason: str) -> None:
    """The kind, a colon and the reason; a further colon belongs to the reason."""
    assert Absence(kind, reason) == read_cell_text(text, NUMBERS, "x")


@pytest.mark.parametrize("text", ["not applicable", "not_applicable:", "Not applicable: "])
def test_an_absence_without_a_reason_is_refused(text: str) -> None:
    """Nobody could tell it from a score that was forgotten."""
    with pytest.raises(AssuranceError) as raised:
        read_cell_text(text, NUMBERS, "scores.csv row 2")
    assert (
        "error[bad-score]: scores.csv row 2\n"
        f"  found:    '{text.strip()}'\n"
        "  expected: not applicable with a reason\n"
        "  do:       write not applicable: and the reason"
    ) == str(raised.value)


def test_a_level_named_like_an_absence_is_a_level() -> None:
    """A scale's own word comes first; other text is a level or refused as before."""
    scale = Scale.of("demo/answer", ["withheld", "given"])
    assert Score("withheld") == read_cell_text("Withheld", scale, "x")
    assert Score("2") == read_cell_text("fine", NUMBERS, "x")
    with pytest.raises(AssuranceError, match="n/a"):
        read_cell_text("n/a: closed", NUMBERS, "x")
