"""Every error with which other steps than those on numbers do not compile, in full."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.rules.conftest import refusal

MEAN: dict[str, Any] = {"weighted_mean": {}}
START: dict[str, Any] = {"start": "access"}
WHEN = {"any": "care", "is": 1}


AFTER_LEVEL = "put {} behind a band, a table, a median or start"


@pytest.mark.parametrize(
    ("steps", "keys", "expected"),
    [
        (
            [{"cap": {"at": "poor", "when": WHEN}}],
            {},
            (
                "bad-step",
                "overall.cap",
                "the running value is nothing yet",
                "a level",
                AFTER_LEVEL.format("cap"),
            ),
        ),
        (
            [MEAN, {"map": {"1": "poor"}}],
            {},
            (
                "bad-step",
                "overall.map",
                "the running value is a number",
                "a level",
                AFTER_LEVEL.format("map"),
            ),
        ),
        (
            [MEAN, {"table": {"rows": [{"when": WHEN, "then": "poor"}]}}],
            {},
            (
                "bad-step",
                "overall.table",
                "the running value is a number",
                "a level",
                AFTER_LEVEL.format("table"),
            ),
        ),
        (
            [START, {"minimum": {}}],
            {"scale": "score"},
            (
                "bad-step",
                "overall.minimum",
                "minimum behind other steps",
                "the first step of the judgement",
                "move it to the front, or into a judgement of its own",
            ),
        ),
        (
            [START, {"start": "care"}],
            {"scale": "score"},
            (
                "bad-step",
                "overall.start_2",
                "start behind other steps",
                "the first step of the judgement",
                "move it to the front, or into a judgement of its own",
            ),
        ),
        (
            [{"start": "people"}],
            {"scale": "score"},
            (
                "bad-step",
                "overall.start",
                "'people', which is 2 inputs",
                "one input",
                "name one input",
            ),
        ),
        (
            [MEAN],
            {},
            (
                "bad-step",
                "overall.steps",
                "steps that end with a number",
                "a level of demo/grade",
                "end with a band, a table or a map onto the judgement's scale",
            ),
        ),
        (
            [START],
            {},
            (
                "bad-step",
                "overall.steps",
                "steps that end with a level of demo/score",
                "a level of demo/grade",
                "end with a band, a table or a map onto the judgement's scale",
            ),
        ),
        (
            [{"minimum": {}}],
            {"inputs": ["access", "leadership"]},
            (
                "bad-step",
                "overall.minimum",
                "inputs on different scales: demo/grade, demo/score",
                "inputs of one scale",
                "map each input to one common scale in a judgement of its own (start: X, then map),"
                " and aggregate these",
            ),
        ),
        (
            [START, {"map": {"1": "poor", "2": "poor", "4": "good"}}],
            {},
            (
                "gap",
                "overall.map",
                "no target for 3",
                "a target for each level of demo/score",
                "add 3: to the map",
            ),
        ),
        (
            [START, {"cap": {"at": "5", "when": WHEN}}],
            {"scale": "score"},
            (
                "bad-level",
                "overall.cap.at",
                "'5'",
                "a level of demo/score: 1, 2, 3, 4",
                "use one of: 1, 2, 3, 4",
            ),
        ),
        (
            [{"table": {"rows": [{"when": WHEN, "then": "poor"}]}}],
            {},
            (
                "gap",
                "overall.table",
                "a profile that falls through: 1, 2, 1",
                "an outcome for every combination of its inputs' levels",
                "add a row for it, or otherwise:",
            ),
        ),
        (
            [{"table": {"rows": [{"when": WHEN}], "otherwise": "poor"}}],
            {},
            (
                "bad-step",
                "overall.table.rows[0]",
                "a row with both or neither",
                "then or unknown",
                "keep one of them",
            ),
        ),
    ],
)
def test_steps_that_cannot_stand(
    steps: list[dict[str, Any]],
    keys: dict[str, Any],
    expected: tuple[str, str, str, str, str],
    refused: Callable[..., str],
) -> None:
    """A step that cannot stand where it stands says where, what, and what to do."""
    assert refusal(*expected) == refused(*steps, **keys)


def test_all_faults_of_all_judgements_come_at_once(refused: Callable[..., str]) -> None:
    """Two judgements with a gap each are reported together."""
    gap = {"band": {"poor": 1.5}, "source": "rule-book"}
    part = {
        "scale": "demo/grade",
        "inputs": ["care"],
        "steps": [{**MEAN, "source": "rule-book"}, gap],
    }
    text = refused(MEAN, {"band": {"poor": 1.5}}, others={"part": part})
    assert ["demo/design: part.band", "demo/design: overall.band"] == [
        line.partition("]: ")[2] for line in text.splitlines() if line.startswith("error[gap]")
    ]
