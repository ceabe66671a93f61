"""Words that several reports share."""

from fractions import Fraction

import pytest

from assurance_core.model.assessment import NOT_KNOWN, Absence, Assessment, Body, Cell, Score
from assurance_core.model.citation import Citation
from assurance_core.model.outcome import Headline, NoHeadline, Number, PossibleOutcomes
from assurance_core.report.words import (
    any_spaced,
    joined,
    outcome_words,
    possible_words,
    score_signs,
    score_words,
    source_words,
    status_lines,
)

GOOD, BEST = Headline("good", "Good", 1, "demo/grade"), Headline("best", "Best", 2, "demo/grade")


def test_possible_words() -> None:
    """Certain, one of several, or cannot tell; one combination alone needs no "certainly"."""
    assert "Good" == possible_words(PossibleOutcomes((GOOD,), (1,), 3))
    assert "certainly Good" == possible_words(PossibleOutcomes((GOOD,), (7,), 3))
    assert "Good or Best" == possible_words(PossibleOutcomes((GOOD, BEST), (7, 1), 3))
    assert "cannot tell" == possible_words(PossibleOutcomes((GOOD, BEST), (7, 1), 2))
    assert "cannot tell: why" == possible_words(PossibleOutcomes((), reason="why"))
    assert "no headline" == possible_words(PossibleOutcomes((NoHeadline("why"),), (1,), 1))


def test_several_reasons_for_no_headline_are_told_as_one() -> None:
    """Two unknown rules that could apply are not "no headline or no headline"."""
    headlines = (NoHeadline("one reason"), NoHeadline("another"), GOOD)
    assert "no headline or Good" == possible_words(PossibleOutcomes(headlines, (1, 1, 2), 9))


def test_an_outcome_that_is_not_known() -> None:
    """A card without its scores is not known; a word that is certain is."""
    assert "not known" == outcome_words(None, PossibleOutcomes((NoHeadline("why"),), (1,), 1))
    assert "Good" == outcome_words(None, PossibleOutcomes((GOOD,), (7,), 2))


def test_score_words() -> None:
    """The exact ratio is told where the score was rounded."""
    assert "25 of 100" == score_words(Number(Fraction(25), Fraction(25), Fraction(100)))
    assert "38 (exactly 75/2, 37.50)" == score_words(Number(Fraction(38), Fraction(75, 2), None))


def test_score_signs() -> None:
    """Numbers, initials of grades, a dot for what is not known, a dash where there is no score."""
    cells: dict[str, Cell] = {"a": Score("3"), "b": NOT_KNOWN, "c": Absence("withheld", "why")}
    assert "3·–" == score_signs(Assessment("demo", Body("Here"), cells))
    grades = {"a": Score("requires_improvement"), "b": Score("good")}
    words = Assessment("demo", Body("Here"), grades)
    assert "RI G" == score_signs(words)
    scores = Assessment("demo", Body("Here"), cells)
    assert (False, True) == (any_spaced([scores]), any_spaced([scores, words]))
    assert "3 · –" == score_signs(scores, any_spaced([scores, words]))


def test_source_words() -> None:
    """The status comes first."""
    source = Citation("Paper", "proposed", "https://e.org", "2026", "Somebody", "a draft.")
    assert "[proposed] Paper, Somebody, 2026 (a draft) https://e.org" == source_words(source)


def test_statuses_are_told_once() -> None:
    """In order, each with its meaning."""
    assert [
        "[assumed]: our assumption",
        "[official]: the regulator's or the law's own page",
    ] == status_lines(["official", "assumed", "official"])


def test_joined() -> None:
    """As a sentence lists them."""
    assert ("", "a and b") == (joined([]), joined(["a", "b"]))


@pytest.mark.parametrize(
    ("of", "words"),
    [(None, "-5"), (Fraction(0), "-5"), (Fraction(-2), "-5"), (Fraction(9), "-5 of 9")],
)
def test_a_score_is_of_what_is_above_nought(of: Fraction | None, words: str) -> None:
    """Points may be negative, and "of 0" tells nobody anything."""
    assert words == score_words(Number(Fraction(-5), Fraction(-5), of))
