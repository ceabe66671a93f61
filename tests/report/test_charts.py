"""The pictures: where things stand is exact, and each says in words what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations

import pytest
from markupsafe import Markup

from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.compare import Comparison
from assurance_core.model.scale import Scale
from assurance_core.report.charts.bands import Band, bands_of, to_next
from assurance_core.report.charts.card import card
from assurance_core.report.charts.counts import counts
from assurance_core.report.charts.flow import flow
from assurance_core.report.charts.heat_map import Shown, heat_map
from assurance_core.report.charts.score_line import score_line
from assurance_core.report.charts.shades import key, shade
from assurance_core.report.document import Figure
from assurance_core.report.rated import rate_for_report
from tests.report.compared import assessed, demo, few, registry


def drawn(figure: Figure | None) -> Markup:
    assert figure
    return figure.picture("f")


def total(figure: Figure | None) -> int:
    """The sum of a figure's table."""
    assert figure
    assert figure.table
    return sum(int(cell) for row in figure.table.rows for cell in row[1:])


# Shades


@pytest.mark.parametrize("size", range(1, 12))
def test_shades_never_grow_darker_towards_the_better_end(size: int) -> None:
    """Scales of any length, with an edge at either end."""
    scale = Scale.of("x/y", [f"l{number}" for number in range(size)])
    shades = [shade(level, scale) for level in scale.levels]
    numbers = [int(one.split()[0].removeprefix("shade-")) for one in shades]
    assert sorted(numbers) == numbers
    assert "lowest" in shades[0]
    assert size == 1 or "highest" in shades[-1]


def test_the_key_explains_numbers_once() -> None:
    """A word needs no key; scales that are alike share theirs."""
    scale = registry().framework("cqc-la").scales["score"]
    words = registry().framework("cqc-la").scales["rating"]
    assert ["1", "2", "3", "4"] == [one.sign for one in key([scale, words, scale])]


# The flow


@pytest.mark.parametrize("place", [0, 1])
def test_everybody_is_in_the_flow(place: int) -> None:
    """Those of whom it cannot be told too."""
    comparison = demo()
    assert len(comparison.bodies) == total(flow(comparison, comparison.pairs[place]))


def test_a_change_of_word_stands_out() -> None:
    """By an edge and by words, not by a shade alone."""
    comparison = demo()
    figure = flow(comparison, comparison.pairs[1])
    assert figure
    assert "The word changes for 2 of 56 assessments" == figure.title
    assert 1 == drawn(figure).count('class="ribbon moved"')
    assert "Good 27" in figure.description


def test_without_words_no_change_is_drawn() -> None:
    """Against a design without a headline nothing is counted as changed."""
    comparison = demo()
    figure = flow(comparison, comparison.pairs[0])
    assert "moved" not in drawn(figure)


def test_a_flow_between_too_many_outcomes_is_not_drawn() -> None:
    """Fifteen different scores are no outcomes to draw bands between."""
    scores = ["111111111", "211111111", "221111111", "222111111", "222211111", "222221111",
              "222222111", "222222211", "222222221", "222222222", "322222222", "332222222",
              "333222222"]  # fmt: skip
    bodies = [assessed(f"Body {number:02}", one) for number, one in enumerate(scores)]
    comparison = few(*bodies, designs="single-word score-only")
    assert flow(comparison, comparison.pairs[0]) is None


def test_three_numbers_add_up_to_everybody() -> None:
    """Changed, unchanged, cannot tell: each with what it means."""
    comparison = demo()
    numbers = re.findall(r'class="big">(\d+)<', drawn(counts(comparison, comparison.pairs[1])))
    assert ["2", "51", "3"] == numbers


# The line of scores


def dots(figure: Figure | None) -> list[tuple[float, float]]:
    found = re.findall(r'<circle class="dot" cx="([\d.]+)" cy="([\d.]+)"', drawn(figure))
    return [(float(x), float(y)) for x, y in found]


def line_of(comparison: Comparison, place: int = 0) -> Figure | None:
    results = [(body.assessment.body.name, body.results[place]) for body in comparison.bodies]
    return score_line(comparison.contenders[place].design, results, "council")


def test_bands_come_from_the_design() -> None:
    """And from a what-if of it."""
    word, edited = (registry().design(f"cqc-la/{one}") for one in ("single-word", "half-up"))
    assert [Fraction(one) for one in (25, 39, 63, 88)] == [one.lowest for one in bands_of(word)]
    assert bands_of(word) == bands_of(edited)


def test_a_score_without_a_word_has_no_bands() -> None:
    """A band that nobody publishes is not drawn."""
    assert () == bands_of(registry().design("cqc-la/score-only"))
    assert "start" not in drawn(line_of(few(assessed("A", "3" * 9), designs="score-only themes")))


def test_dots_stand_at_their_scores_and_do_not_touch() -> None:
    """A dot left of a threshold is below it."""
    places = dots(line_of(demo()))
    assert 41 == len(places)
    for (x1, y1), (x2, y2) in combinations(places, 2):
        assert (x1 - x2) ** 2 + (y1 - y2) ** 2 > 99
    assert {round(24 + (score - 25) / 75 * 672, 1) for score in (28, 64, 89)} <= {
        round(x, 1) for x, _ in places
    }


def test_the_table_beside_the_line_names_everybody() -> None:
    """Whoever does not see the dots reads the names; the rest are counted."""
    figure = line_of(demo())
    assert figure
    assert figure.table
    assert 41 == sum(int(row[2]) for row in figure.table.rows)
    assert ("89", "Outstanding", "1", "Camden") == figure.table.rows[-1]
    assert "15 councils without a known score are not on the line." in figure.description


def test_a_word_that_is_not_its_bands_is_a_diamond() -> None:
    """A limiter has acted; the description says so."""
    comparison = few(assessed("Limited", "444444144"), assessed("Plain", "333333333"))
    plain, limited = line_of(comparison, 0), line_of(comparison, 1)
    assert "limited" not in drawn(plain)
    assert 1 == drawn(limited).count('class="dot limited"')
    assert limited
    assert "A diamond" in limited.description


def test_a_design_without_a_score_has_no_line() -> None:
    """Nothing is made up."""
    assert line_of(few(assessed("A", "3" * 9), designs="single-word narrative"), 1) is None


# Tables of levels


def one_row(scores: str) -> Markup:
    comparison = few(assessed("A", scores))
    version = registry().framework("cqc-la").versions[-1]
    assessments = [body.assessment for body in comparison.bodies]
    shown = [Shown("X", None, [body.results[0] for body in comparison.bodies])]
    return heat_map("council", version.statements, assessments, shown, "T").picture("f")


def test_every_cell_has_a_word_or_a_number() -> None:
    """And what is missing is a state of its own."""
    cells = re.findall(r'<td class="([^"]*)">([^<]*)<', one_row("14.3x2223"))
    assert all(text.strip() for _, text in cells)
    assert ("shade-0 lowest", "1") in cells
    assert ("shade-4 highest", "4") in cells
    assert ("unknown", "not known") in cells
    assert ("unknown", "not assessed") in cells


def test_bodies_stand_in_the_same_order_in_the_picture_and_in_the_table() -> None:
    """The table is what a spreadsheet gets."""
    comparison = demo()
    statements = registry().framework("cqc-la").versions[-1].statements
    assessments = [body.assessment for body in comparison.bodies]
    shown = [Shown("X", None, [body.results[0] for body in comparison.bodies])]
    figure = heat_map("council", statements, assessments, shown, "T")
    assert figure.table
    rows = re.findall(r'<th scope="row">([^<]*)', drawn(figure))
    assert [one.body.name for one in assessments] == rows
    assert rows == [row[0] for row in figure.table.rows]


# The card


@pytest.mark.parametrize(
    ("design", "scores", "word", "shown"),
    [
        ("cqc-la/single-word", "334344344", "Outstanding", "4 (exceptional standard)"),
        ("cqc-la/report-card", "334344344", "No one word", "What is shown"),
        ("cqc-la/single-word", "33434434.", "Good or Outstanding", "Not every score is known"),
        ("cqc-la/narrative", "334344344", "No one word", "The scores it was given"),
    ],
)
def test_a_card_says_the_word_or_that_there_is_none(
    rule_of: Callable[[str], CompiledDesign], design: str, scores: str, word: str, shown: str
) -> None:
    """Under any design, complete or not."""
    page = card(rate_for_report(rule_of(design), assessed("Somewhere", scores))).picture("f")
    assert f'<p class="card-word">{word}</p>' in page
    assert shown in page


def test_how_far_a_score_is_below_the_next_word() -> None:
    """In points of the shown score; nothing for a word that a limiter made, or the highest one."""
    comparison = demo()
    bands = bands_of(comparison.contenders[0].design)
    stands = [(81, "good"), (39, "requires_improvement"), (89, "outstanding"), (81, "inadequate")]
    assert ["7 below Outstanding", "24 below Good", "", ""] == [
        to_next(bands, Fraction(score), level) for score, level in stands
    ]


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (True, ["5 above Fair", "8 above Good", "", ""]),
        (False, ["Fair below 31", "Good below 21", "", ""]),
    ],
)
def test_how_far_a_score_is_from_the_next_word_where_fewer_is_better(
    last: bool, words: list[str]
) -> None:
    """A range has its last number; a band that runs to the next is told by where that begins."""
    bands = [
        Band("good", "Good", 3, Fraction(0), Fraction(20) if last else None),
        Band("fair", "Fair", 2, Fraction(21), Fraction(30) if last else None),
        Band("poor", "Poor", 1, Fraction(31), Fraction(40) if last else None),
    ]
    stands = [(35, "poor"), (28, "fair"), (20, "good"), (28, "poor")]
    assert words == [to_next(bands, Fraction(score), level) for score, level in stands]
