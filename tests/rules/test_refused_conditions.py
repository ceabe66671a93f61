"""Every error with which a condition does not compile, in full."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.rules.conftest import refusal

START: dict[str, Any] = {"start": "access"}
WHEN = {"any": "care", "is": 1}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (
            {"at_most": 2},
            (
                "bad-condition",
                "",
                "a condition with none of its key words",
                "exactly one of any, all, none, count, input, and, or, not",
                "join several conditions with and: [...]",
            ),
        ),
        (
            {"any": "care", "all": "care", "is": 1},
            (
                "bad-condition",
                "",
                "a condition with any, all",
                "exactly one of any, all, none, count, input, and, or, not",
                "join several conditions with and: [...]",
            ),
        ),
        (
            {"any": "care", "is": 1, "no_more_than": 2},
            (
                "bad-condition",
                ".no_more_than",
                "'no_more_than' beside any and is",
                "a condition that says one thing",
                "join several conditions with and: [...]",
            ),
        ),
        (
            {"any": "care"},
            (
                "bad-condition",
                "",
                "none of them",
                "exactly one of at_most, at_least, is",
                "say what is compared",
            ),
        ),
        (
            {"count": "people", "is": 1},
            (
                "bad-condition",
                "",
                "none of them",
                "exactly one of no_more_than, no_fewer_than",
                "say what is compared",
            ),
        ),
        (
            {"input": "care"},
            (
                "bad-condition",
                "",
                "none of them",
                "exactly one of above, below, same_as",
                "say what is compared",
            ),
        ),
        (
            {"not": WHEN, "is": 1},
            (
                "bad-condition",
                ".is",
                "'is' beside not",
                "a condition that says one thing",
                "join several conditions with and: [...]",
            ),
        ),
        (
            {"and": [WHEN, {"any": "cares", "is": 1}]},
            (
                "unknown-id",
                ".and[1].any",
                "'cares'",
                "an input of this judgement, a theme, a group or all",
                "did you mean 'care'?",
            ),
        ),
        (
            {"any": "care", "at_most": "good"},
            (
                "bad-level",
                ".at_most",
                "'good'",
                "a level of demo/score: 1, 2, 3, 4",
                "use one of: 1, 2, 3, 4",
            ),
        ),
        (
            {"input": "all", "above": "care"},
            ("bad-step", ".input", "'all', 4 inputs", "one input", "name one input"),
        ),
        (
            {"input": "care", "above": "leadership"},
            (
                "bad-condition",
                "",
                "care on demo/score, leadership on demo/grade",
                "two inputs on the same levels",
                "map one of the two in a judgement of its own",
            ),
        ),
    ],
)
def test_conditions_that_cannot_be_read(
    condition: dict[str, Any],
    expected: tuple[str, str, str, str, str],
    refused: Callable[..., str],
) -> None:
    """A condition that says nothing, two things or something unknown is refused at its place."""
    code, key, *rest = expected
    step = {"cap": {"at": "2", "when": condition}}
    inputs = ["access", "care", "safety", "leadership"]
    found = refused(START, step, scale="score", inputs=inputs)
    assert refusal(code, f"overall.cap.when{key}", *rest) == found


def test_a_condition_on_the_result_needs_one(refused: Callable[..., str]) -> None:
    """At the first step there is no running level to ask about."""
    rows = [{"when": {"any": "result", "is": "poor"}, "then": "poor"}]
    assert refusal(
        "bad-step",
        "overall.table",
        "the running value is nothing yet",
        "a level",
        "put a condition on result behind a band, a table, a median or start",
    ) == refused({"table": {"rows": rows, "otherwise": "good"}})
