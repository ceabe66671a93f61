"""Aggregates, rounding and bands: from points to a number to a level."""

from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from assurance_core.documents.patches import what_if
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.model.outcome import Headline, NoHeadline, Number
from assurance_core.model.patch import Edit
from tests.rules.conftest import Make

Steps = tuple[dict[str, Any], ...]
BAND = {"band": {"poor": 0, "fair": 2, "good": 3}}


def _score(make: Make, *steps: dict[str, Any], scores: tuple[Any, ...], **keys: Any) -> Number:
    score = make(*steps, **keys).rate([*scores, "good"]).score
    assert score is not None
    return score


def test_a_trace_holds_each_number_exactly(make: Make) -> None:
    """Five points of twelve, rounded twice: each step's value before and after it."""
    rounds = [{"round": {"to": to, "toward": "up"}, "id": f"to_{to}"} for to in (1, 10)]
    outcome = make({"percent_of_maximum": {}}, *rounds, BAND).explain((1, 2, 2, "good"))
    exact, whole, tens = Fraction(125, 3), Fraction(42), Fraction(50)
    values = [(one.before, one.after) for one in outcome.trace]
    assert [(None, exact), (exact, whole), (whole, tens)] == values[:3]
    assert tens == values[3][0]


@pytest.mark.parametrize(
    ("step", "value", "of"),
    [
        ({"sum": {}}, Fraction(6), 12),
        ({"sum": {"weights": {"care": 2}}}, Fraction(8), 16),
        ({"sum": {"weights": {"people": 0.5}}}, Fraction(9, 2), 8),
        ({"percent_of_maximum": {}}, Fraction(50), 100),
        ({"percent_of_maximum": {"weights": {"safety": 2}}}, Fraction(900, 16), 100),
        ({"weighted_mean": {}}, Fraction(2), 4),
        ({"weighted_mean": {"weights": {"access": 0}}}, Fraction(5, 2), 4),
    ],
)
def test_aggregates(step: dict[str, Any], value: Fraction, of: int, make: Make) -> None:
    """1, 2, 3 added up, as a share of the most there can be, and as a mean; with weights."""
    score = _score(make, step, BAND, scores=(1, 2, 3))
    assert (value, Fraction(of)) == (score.value, score.of)


def test_a_sum_across_scales_adds_points(make: Make) -> None:
    """Said explicitly: a score of 1 to 4, and a grade of 1 to 3, which counts twice."""
    step = {"sum": {"across_scales": True, "weights": {"leadership": 2}}}
    rule = make(step, BAND, inputs=["access", "leadership"])
    outcome = rule.explain((4, 1, 1, "fair"))
    assert outcome.score is not None
    assert (Fraction(8), Fraction(10)) == (outcome.score.value, outcome.score.of)
    assert "8 of 10 points" == outcome.trace[0].detail


@pytest.mark.parametrize(
    ("to", "toward", "value"),
    [
        (1, "up", Fraction(84)),
        (1, "down", Fraction(83)),
        (1, "half_up", Fraction(83)),
        (0.5, "up", Fraction(167, 2)),
        (10, "half_even", Fraction(80)),
        (0.01, "up", Fraction(8334, 100)),
    ],
)
def test_rounding_to_a_multiple(to: float, toward: str, value: Fraction, make: Make) -> None:
    """10 of 12 points, 83.33 per cent, rounded; the exact number stays beside it."""
    steps: Steps = ({"percent_of_maximum": {}}, {"round": {"to": to, "toward": toward}})
    score = _score(make, *steps, {"band": {"poor": 0}}, scores=(4, 4, 2))
    assert (value, Fraction(250, 3)) == (score.value, score.exact)


@pytest.mark.parametrize(
    ("toward", "value"), [("up", 3), ("down", 2), ("half_up", 3), ("half_even", 2)]
)
def test_halves(toward: str, value: int, make: Make) -> None:
    """2.5 is where the four directions part."""
    steps: Steps = (
        {"weighted_mean": {"weights": {"safety": 0}}},
        {"round": {"to": 1, "toward": toward}},
        BAND,
    )
    assert value == _score(make, *steps, scores=(2, 3, 1)).value


@pytest.mark.parametrize(
    ("scores", "level"), [((2, 2, 1), "poor"), ((2, 2, 2), "fair"), ((3, 3, 3), "good")]
)
def test_short_bands_begin_at_their_bound(scores: tuple[int, ...], level: str, make: Make) -> None:
    """A level runs from its lowest value, included, to the next level's, excluded."""
    headline = make({"weighted_mean": {}}, BAND).rate([*scores, "poor"]).headline
    assert isinstance(headline, Headline)
    assert level == headline.level


def test_long_bands_as_a_regulator_prints_them(make: Make) -> None:
    """Ranges with both bounds included; every value that can be reached is in one."""
    ranges = {"poor": [3, 5], "fair": [6, 8], "good": [9, 12]}
    rule = make({"sum": {}}, {"band": {"ranges": ranges}})
    words = [rule.rate([a, b, c, "good"]).headline for a, b, c in ((1, 2, 2), (2, 2, 2), (4, 4, 4))]
    assert ["poor", "fair", "good"] == [getattr(one, "level", "") for one in words]


@pytest.mark.parametrize(
    "band",
    [
        {"poor": 8, "fair": 5, "good": 3},
        {"ranges": {"poor": [8, 12], "fair": [5, 7], "good": [3, 4]}},
    ],
)
def test_a_lower_number_may_be_better(band: dict[str, Any], make: Make) -> None:
    """A level still begins at its lowest value and runs up to the next bound: a worse level's."""
    rule = make({"sum": {}}, {"band": band})
    profiles = ((1, 1, 1), (1, 1, 2), (1, 2, 2), (2, 2, 3), (2, 3, 3), (4, 4, 4))
    words = [getattr(rule.rate([*one, "good"]).headline, "level", "") for one in profiles]
    assert ["good", "good", "fair", "fair", "poor", "poor"] == words
    detail = rule.explain((1, 2, 2, "good")).trace[1].detail
    assert "5 is at or above 5 and below 8, where Poor begins" == detail


def test_a_falling_band_in_words(make: Make) -> None:
    """Lowest number first, as in one that rises."""
    rule = make({"sum": {}}, {"band": {"poor": 8, "fair": 5, "good": 3}})
    words = rule.judgements[0].steps[1].step.words
    assert "Band: Good from 3; Fair from 5; Poor from 8" == words


def test_a_range_may_be_unknown(make: Make) -> None:
    """A value in it has no headline, with the reason, and no score; its neighbours have."""
    unknown = [{"range": [6, 6], "reason": "no total of 6 has been published"}]
    rule = make({"sum": {}}, {"band": {"poor": 3, "good": 8, "unknown": unknown}})
    outcome = rule.rate((2, 2, 2, "good"))
    assert NoHeadline("no total of 6 has been published") == outcome.headline
    assert outcome.score is None
    assert "poor" == getattr(rule.rate((2, 2, 1, "good")).headline, "level", "")
    words = rule.judgements[0].steps[1].step.words
    assert "Band: Poor from 3; no outcome at 6; Good from 8" == words


def test_printed_ranges_are_kept_exactly(make: Make) -> None:
    """What a regulator prints beside a short band is there for the audit, decimals and all."""
    band = {"poor": 0, "good": 62.5, "printed": {"poor": [0, 62.4], "good": [62.5, 100]}}
    rule = make({"percent_of_maximum": {}}, {"band": band})
    printed = rule.judgements[0].steps[-1].step.printed
    assert {1: (Fraction(0), Fraction(312, 5)), 3: (Fraction(125, 2), Fraction(100))} == printed


def test_ranges_without_rounding_leave_a_gap(single_word: CompiledDesign) -> None:
    """Without the round step 38.89 falls between the council's printed ranges: a profile shows it.

    1, 1, 1, 1, 1, 2, 2, 2, 3 has the same total; the first such profile of the space is shown.
    """
    score = single_word.rate((1, 1, 1, 1, 1, 2, 2, 2, 3)).score
    assert score is not None
    assert Fraction(350, 9) == score.exact
    ranges = {
        "inadequate": [25, 38],
        "requires_improvement": [39, 62],
        "good": [63, 87],
        "outstanding": [88, 100],
    }
    edits = [Edit("set", "overall.band", {"ranges": ranges}), Edit("remove", "overall.round")]
    design = evolve(what_if(single_word.design, edits), id="printed")
    with pytest.raises(AssuranceError) as caught:
        compile_design(design)
    assert (
        "error[gap]: printed: overall.band\n"
        "  found:    a profile that falls through: 1, 1, 1, 1, 1, 1, 1, 3, 4, "
        "which comes to about 38.89\n"
        "  expected: an outcome for every combination of its inputs' levels\n"
        "  do:       add a round step, close the gap between ranges, or name the range under "
        "unknown: with the reason"
    ) == str(caught.value)
