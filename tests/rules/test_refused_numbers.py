"""Every error with which aggregates, rounding and bands do not compile, in full."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.rules.conftest import refusal

MEAN: dict[str, Any] = {"weighted_mean": {}}
START: dict[str, Any] = {"start": "access"}
BAND: dict[str, Any] = {"band": {"poor": 0}}


@pytest.mark.parametrize(
    ("steps", "keys", "expected"),
    [
        (
            [BAND],
            {},
            (
                "bad-step",
                "overall.band",
                "the running value is nothing yet",
                "a number",
                "put band behind an aggregate",
            ),
        ),
        (
            [START, {"round": {"to": 1, "toward": "up"}}],
            {},
            (
                "bad-step",
                "overall.round",
                "the running value is a level",
                "a number",
                "put round behind an aggregate",
            ),
        ),
        (
            [MEAN, {"round": {"to": 0, "toward": "up"}}, BAND],
            {},
            ("bad-step", "overall.round.to", "0", "a number above 0", "write to: 1"),
        ),
        (
            [{"sum": {}}, BAND],
            {"inputs": ["access", "leadership"]},
            (
                "bad-step",
                "overall.sum",
                "inputs on different scales: demo/grade, demo/score",
                "inputs of one scale",
                "write sum: {across_scales: true} if their points are to be added up as they are",
            ),
        ),
        (
            [{"sum": {"across_scales": True}}, BAND],
            {"inputs": []},
            (
                "bad-step",
                "overall.sum",
                "no inputs",
                "at least one input",
                "name inputs, or use start or table",
            ),
        ),
        (
            [{"sum": {}}, BAND],
            {"missing": "omit"},
            (
                "bad-step",
                "overall.sum",
                "a sum where inputs may be left out",
                "an aggregate that does not depend on how many inputs are there",
                "use percent_of_maximum or weighted_mean, or missing: no_outcome",
            ),
        ),
        (
            [{"weighted_mean": {"weights": {"care": 0}}}, BAND],
            {"missing": "omit"},
            (
                "bad-step",
                "overall.weighted_mean.weights.care",
                "a weight of 0 where inputs may be left out",
                "a positive weight for each input",
                "take care out of the inputs",
            ),
        ),
        (
            [{"weighted_mean": {"weights": {"all": 0}}}, BAND],
            {},
            (
                "bad-step",
                "overall.weighted_mean.weights",
                "weights that sum to zero",
                "a positive sum",
                "give some input a weight",
            ),
        ),
        (
            [{"sum": {"weights": {"car": 2}}}, BAND],
            {},
            (
                "unknown-id",
                "overall.sum.weights.car",
                "'car'",
                "an input of this judgement, a theme, a group or all",
                "did you mean 'care'?",
            ),
        ),
        (
            [{"sum": {"weights": {"all": 1000000, "access": 1e-12}}}, BAND],
            {},
            (
                "too-large",
                "overall.sum",
                "numbers up to about 8000000.00",
                "numbers that stay exact in 64 bits",
                "use smaller weights, points or bounds, with fewer decimals",
            ),
        ),
        (
            [MEAN, {"band": {}}],
            {},
            (
                "bad-step",
                "overall.band",
                "a band without levels",
                "at least one level",
                "give lowest values",
            ),
        ),
        (
            [MEAN, {"band": {"poor": 2, "good": 2}}],
            {},
            (
                "bad-band",
                "overall.band.good",
                "from the worst level to the best: poor from 2, good from 2",
                "each level all above the one before it, or each all below it",
                "move a bound, so that the numbers rise or fall throughout",
            ),
        ),
        (
            [MEAN, {"band": {"poor": 3, "fair": 0, "good": 2}}],
            {},
            (
                "bad-band",
                "overall.band.good",
                "from the worst level to the best: poor from 3, fair from 0, good from 2",
                "each level all above the one before it, or each all below it",
                "move a bound, so that the numbers rise or fall throughout",
            ),
        ),
        (
            [MEAN, {"band": {"poor": 25, "good": 63}}],
            {},
            (
                "bad-band",
                "overall.band",
                "bands from 25, values up to 4",
                "bands among the values that the step before can give",
                "check whether the bounds are points or percentages",
            ),
        ),
        (
            [MEAN, {"band": {"poor": 1.5}}],
            {},
            (
                "gap",
                "overall.band",
                "a profile that falls through: 1, 1, 1, which comes to 1",
                "an outcome for every combination of its inputs' levels",
                "let poor begin there or below, or name the range under unknown: with the reason",
            ),
        ),
        (
            [MEAN, {"band": {"por": 0}}],
            {},
            (
                "bad-level",
                "overall.band.por",
                "'por'",
                "a level of demo/grade: poor, fair, good",
                "did you mean 'poor'?",
            ),
        ),
        (
            [MEAN, {"band": {"ranges": {"poor": [0, 4]}, "good": 3}}],
            {},
            (
                "bad-band",
                "overall.band.good",
                "'good' beside ranges",
                "ranges only",
                "use one form",
            ),
        ),
        (
            [MEAN, {"band": {"ranges": {"poor": [4, 0]}}}],
            {},
            (
                "bad-band",
                "overall.band.ranges.poor",
                "4 to 0",
                "the lower bound first",
                "swap the two bounds",
            ),
        ),
        (
            [MEAN, {"band": {"ranges": {"poor": [0, 2], "good": [2, 4]}}}],
            {},
            (
                "bad-band",
                "overall.band.ranges.good",
                "from the worst level to the best: poor from 0 to 2, good from 2 to 4",
                "each level all above the one before it, or each all below it",
                "move a bound, so that the numbers rise or fall throughout",
            ),
        ),
        (
            [MEAN, {"band": {"ranges": {"poor": [3, 4], "fair": [0, 1], "good": [2, 2]}}}],
            {},
            (
                "bad-band",
                "overall.band.ranges.good",
                "from the worst level to the best: poor from 3 to 4, fair from 0 to 1, good at 2",
                "each level all above the one before it, or each all below it",
                "move a bound, so that the numbers rise or fall throughout",
            ),
        ),
        (
            [MEAN, {"band": {"poor": 0, "unknown": [{"range": [3, 2], "reason": "why"}]}}],
            {},
            (
                "bad-band",
                "overall.band.unknown[0].range",
                "3 to 2",
                "the lower bound first",
                "swap the two bounds",
            ),
        ),
        (
            [
                MEAN,
                {
                    "band": {
                        "ranges": {"poor": [0, 4]},
                        "unknown": [{"range": [4, 5], "reason": "why"}],
                    }
                },
            ],
            {},
            (
                "bad-band",
                "overall.band.unknown[0].range",
                "4 to 5, and another range from 0 to 4",
                "ranges that do not overlap",
                "move one of the two bounds",
            ),
        ),
    ],
)
def test_numbers_that_cannot_stand(
    steps: list[dict[str, Any]],
    keys: dict[str, Any],
    expected: tuple[str, str, str, str, str],
    refused: Callable[..., str],
) -> None:
    """A step that cannot stand where it stands says where, what, and what to do."""
    assert refusal(*expected) == refused(*steps, **keys)
