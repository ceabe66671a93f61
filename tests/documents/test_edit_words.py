"""Edits in words: what people read in the name of a what-if."""

import pytest

from assurance_core import load_plugins, what_if
from assurance_core.documents.edit_words import edit_words
from assurance_core.documents.patches import parse_set
from assurance_core.model.design import RatingDesign
from assurance_core.model.patch import Edit

OPEN, CLOSE = "\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"


@pytest.fixture(scope="module")
def designs() -> dict[str, RatingDesign]:
    return dict(load_plugins().designs)


SINGLE, PROVIDER = "cqc-la/single-word", "cqc-provider/single-assessment"


@pytest.mark.parametrize(
    ("design", "edit", "words"),
    [
        (SINGLE, "overall.band.outstanding=80", "'Outstanding' from 80 instead of 88"),
        (SINGLE, "overall.band.good=62.5", "'Good' from 62.5 instead of 63"),
        (
            SINGLE,
            "overall.round.toward=half_up",
            "rounding to the nearest (halves up) instead of up",
        ),
        (SINGLE, "overall.round.to=5", "rounding to a multiple of 5 instead of 1"),
        (
            SINGLE,
            "overall.percent_of_maximum.weights.safeguarding=2",
            "'Safeguarding' counted 2 times instead of 1",
        ),
        (SINGLE, "overall.percent_of_maximum.weights.governance_management_sustainability=0", None),
        (SINGLE, "overall.band.splendid=99", ""),
        (SINGLE, "overall.band.printed.good=[1, 2]", ""),
        (SINGLE, "overall.cap.at=good", ""),
        (SINGLE, "somewhere.band.good=3", ""),
        (SINGLE, "name=Mine", ""),
        (SINGLE, "publishes.headline=other", ""),
    ],
)
def test_what_is_set(
    designs: dict[str, RatingDesign], design: str, edit: str, words: str | None
) -> None:
    """In the names of levels and statements; nothing where the document gives no words."""
    found = edit_words(designs[design], parse_set(edit))
    expected = "'Governance, management and sustainability' counted 0 times instead of 1"
    shown = found.replace(OPEN, "'").replace(CLOSE, "'")
    assert (expected if words is None else words) == shown


def test_a_design_of_several_judgements_says_in_which(designs: dict[str, RatingDesign]) -> None:
    found = edit_words(designs[PROVIDER], parse_set("key_question.band.good=60"))
    assert (
        f"{OPEN}Good{CLOSE} from 60 instead of 63 in {OPEN}Rating of a key question{CLOSE}" == found
    )


def test_the_name_of_a_what_if_puts_its_edits_together(designs: dict[str, RatingDesign]) -> None:
    """What is set, what is left out, and by its path what has no words."""
    edits = [
        parse_set("overall.band.outstanding=90"),
        parse_set("overall.band.good=60"),
        Edit("remove", "overall.round"),
        parse_set("publishes.score=none"),
    ]
    made = what_if(designs[SINGLE], edits)
    assert (
        f"One word, with {OPEN}Outstanding{CLOSE} from 90 instead of 88 and {OPEN}Good{CLOSE} from"
        " 60 instead of 63; without rounding; set publishes.score to none"
    ) == made.name
    assert (
        "what-if on cqc-la/single-word: set overall.band.outstanding to 90; set overall.band.good"
        " to 60; remove overall.round; set publishes.score to none",
    ) == made.lineage


def test_a_further_limit(designs: dict[str, RatingDesign]) -> None:
    step = {"cap": {"at": "good", "when": {"any": "all", "at_most": "1"}}, "source": "x"}
    edit = Edit("insert", "overall.band", step, "after")
    assert f"a further limit, no better than {OPEN}Good{CLOSE}" == edit_words(designs[SINGLE], edit)
    assert "" == edit_words(designs[SINGLE], Edit("insert", "overall.band", {"x": 1}, "after"))
