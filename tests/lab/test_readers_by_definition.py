"""Readers who add a card up: every figure of M8 from words worked out one by one, in fractions."""

from bisect import bisect
from collections.abc import Sequence
from fractions import Fraction
from math import ceil

import numpy as np
import pytest

from assurance_core.engine.compile import compile_design
from assurance_core.lab.contender import Contender
from assurance_core.lab.metrics import composite
from assurance_core.lab.metrics.composite import reference_of, shadow_composite
from assurance_core.lab.metrics.figure import Metric
from assurance_core.lab.metrics.study import Study, draw, prepare
from assurance_core.model.assessment import Assessment, Body, Score
from assurance_core.model.dates import PartialDate
from tests.lab.documents import Tree, design, framework, scale

READERS, PROFILES, SEED = 24, 15, 11
BODIES = [(1, 3, 2), (3, 3, 3), (2, 2, 3), (1, 1, 3)]
POINTS = (0, 3, 4)


@pytest.fixture(scope="module", params=[False, True])
def study(request: pytest.FixtureRequest) -> Study:
    """A percentage of the whole card, rounded up and banded; perhaps with a limiter behind it."""
    scores = scale("Score", ["1", "2", "3"], "2")
    for level, points in zip(scores["levels"], POINTS, strict=True):
        level["points"] = points
    steps: list[Tree] = [
        {"percent_of_maximum": {}},
        {"round": {"to": 1, "toward": "up"}},
        {"band": {"1": 0, "2": 50, "3": 80}},
    ]
    if request.param:
        steps.append({"cap": {"at": "2", "when": {"any": "all", "is": "1"}}})
    made = design(
        framework(dict.fromkeys("abc", "score"), {"score": scores}),
        {"overall": {"scale": "demo/score", "inputs": "all", "steps": steps}},
        {"headline": "overall", "areas": "all"},
    )
    assessments = [
        Assessment(
            "demo",
            Body(f"Body {number}"),
            {key: Score(str(one)) for key, one in zip("abc", scores_of, strict=True)},
            date=PartialDate.parse("2024-05") if number else None,
        )
        for number, scores_of in enumerate(BODIES)
    ]
    return prepare(Contender(made), assessments, compile_design(made), 1)


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """A few readers, taken in blocks of seven; their weights."""
    monkeypatch.setattr(composite, "DRAWS", READERS)
    monkeypatch.setattr(composite, "PROFILES", PROFILES)
    monkeypatch.setattr(composite, "_BLOCK", 7)
    drawn = np.random.default_rng(SEED).dirichlet([1.0] * 3, size=READERS)
    return [[max(round(share * 10**9), 1) for share in one] for one in drawn.tolist()]


def measured(study: Study) -> Metric:
    reference = reference_of([study])
    assert reference is not None
    return shadow_composite(study, reference, SEED)


def differing(
    readers: Sequence[Sequence[int]], study: Study, bodies: Sequence[tuple[int, ...]]
) -> list[list[bool]]:
    """Return by reader and body whether the weighted percentage leads to another word."""
    found = []
    for weights in readers:
        row = []
        for body in bodies:
            points = sum(w * POINTS[at - 1] for w, at in zip(weights, body, strict=True))
            word = bisect([50, 80], ceil(Fraction(100 * points, 4 * sum(weights))))
            own = study.rule.rate(body).headline
            row.append(word + 1 != int(str(own.level)))  # type: ignore[union-attr]
        found.append(row)
    return found


def test_every_figure_is_that_of_words_worked_out_one_by_one(
    study: Study, readers: list[list[int]]
) -> None:
    drawn = draw(study.rule, study.leaves, 3, SEED, PROFILES).positions
    sides = {
        "observed": differing(readers, study, BODIES),
        "every": differing(readers, study, [tuple(row) for row in drawn.tolist()]),
    }
    metric = measured(study)
    for side, found in sides.items():
        shares = [sum(row) / len(row) for row in found]
        expected = [sum(shares) / READERS, *np.quantile(shares, [0.05, 0.95])]
        figures = [getattr(metric.measure(key), side) for key in ("", "low", "high")]
        assert pytest.approx(expected) == [one.value for one in figures]
    by_body = [sum(row[n] for row in sides["observed"]) / READERS for n in range(len(BODIES))]
    assert pytest.approx(by_body) == [row.observed.value for row in metric.rows]
    assert ["Body 0", "Body 1 2024-05"] == [row.name for row in metric.rows][:2]
    assert [("observed", 1, 1)] * 4 == [
        (b.kind, b.size, b.bodies) for b in (row.observed.basis for row in metric.rows)
    ]
    assert {"of observed bodies only"} == {row.every.reason for row in metric.rows}


def test_limiters_are_left_out_and_the_note_says_so(study: Study, readers: list[list[int]]) -> None:
    limited = any(step.step.limiter for step in study.rule.judgements[0].steps)
    (note,) = measured(study).notes
    assert note.startswith(f"{READERS} readers, drawn with seed {SEED}, ")
    assert limited == (" Its limiters are left out: readers only add up." in note)


@pytest.mark.parametrize(
    ("steps", "inputs", "found"),
    [
        ([{"weighted_mean": {}}, {"band": {"1": 0, "2": 2}}], "all", False),
        ([{"percent_of_maximum": {}}, {"band": {"1": 0, "2": 50}}], ["a", "b"], False),
        ([{"percent_of_maximum": {}}, {"band": {"1": 0, "2": 50}}], "all", True),
    ],
)
def test_a_reference_takes_a_percentage_of_the_whole_card(
    steps: list[Tree], inputs: object, found: bool
) -> None:
    of = framework(dict.fromkeys("abc", "score"), {"score": scale("Score", ["1", "2", "3"], "2")})
    made = design(of, {"overall": {"scale": "demo/score", "inputs": inputs, "steps": steps}})
    study = prepare(Contender(made), (), compile_design(made), 1)
    assert found == (reference_of([study]) is not None)


def test_a_reference_that_may_have_no_word_differs_from_every_word(
    study: Study, readers: list[list[int]]
) -> None:
    """A value in a range whose level is not known: no reader can be right there."""
    scores = scale("Score", ["1", "2", "3"], "2")
    band = {"1": 0, "3": 80, "unknown": [{"range": [60, 70], "reason": "not known"}]}
    made = design(
        framework(dict.fromkeys("abc", "score"), {"score": scores}),
        {
            "overall": {
                "scale": "demo/score",
                "inputs": "all",
                "steps": [{"percent_of_maximum": {}}, {"band": band}],
            }
        },
        {"headline": "overall", "areas": "all"},
    )
    bodies = [
        Assessment("demo", Body(name), dict.fromkeys("abc", Score(level)))
        for name, level in (("Even", "2"), ("Low", "1"))
    ]
    unknown = prepare(Contender(made), bodies, compile_design(made), 1)
    reference = reference_of([unknown])
    assert reference is not None
    words = composite.words_of_readers(reference, unknown.observed, np.array(readers))
    assert [[-1, 0]] * READERS == words.tolist()
    metric = shadow_composite(unknown, reference, SEED)
    assert [1.0, 0.0] == [row.observed.value for row in metric.rows]
