"""The scorecard agrees with formulas written down naively, on a small design with a cap."""

from collections import Counter
from itertools import combinations, product
from math import log2
from operator import gt, lt, ne
from typing import Any

import numpy as np
import pytest

from assurance_core.engine.compile import compile_design
from assurance_core.lab.contender import Contender
from assurance_core.lab.metrics.distance import near_in_space, near_of_rows
from assurance_core.lab.metrics.figure import Basis
from assurance_core.lab.metrics.study import Rows, prepare
from assurance_core.lab.scorecard import DesignScores, scorecard
from assurance_core.model.design import RatingDesign
from assurance_core.testing.strategies import design_of, framework_of

SMALL: dict[str, Any] = {
    "format": "assurance/framework/1",
    "id": "small",
    "name": "Small",
    "regulator": "Nobody",
    "bodies": "body",
    "sources": {"here": {"title": "Here", "status": "assumed"}},
    "scales": {
        "score": {
            "name": "Score",
            "source": "here",
            "good_from": "2",
            "levels": [{"id": str(n), "name": str(n)} for n in (1, 2, 3)],
        }
    },
    "statements": {one: {"name": one, "scale": "score"} for one in ("a", "b", "c")},
    "versions": [
        {"id": "v", "name": "V", "in_force": {}, "source": "here", "statements": ["a", "b", "c"]}
    ],
}


def _small_tree() -> dict[str, Any]:
    return {
        "format": "assurance/design/1",
        "id": "small/word",
        "name": "Word",
        "summary": "A sum in bands, capped.",
        "framework": "small",
        "status": "what_if",
        "judgements": {
            "overall": {
                "scale": "small/score",
                "inputs": "all",
                "steps": [
                    {"sum": {}, "source": "here"},
                    {"band": {"1": 3, "2": 5, "3": 7}, "source": "here"},
                    {"cap": {"at": "2", "when": {"any": "a", "at_most": "1"}}, "source": "here"},
                ],
            }
        },
        "publishes": {"headline": "overall", "areas": "none"},
    }


def _small_design() -> RatingDesign:
    return design_of(_small_tree(), framework_of(SMALL))


def _word(profile: tuple[int, ...]) -> int:
    total = sum(profile)
    level = 3 if total >= 7 else 2 if total >= 5 else 1
    return min(level, 2) if profile[0] <= 1 else level


@pytest.fixture(scope="module")
def small() -> DesignScores:
    return scorecard([_small_design()], ()).designs[0]


PROFILES = list(product((1, 2, 3), repeat=3))


def _at_least(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(a >= b for a, b in zip(one, other, strict=True))


def _pair_counts() -> dict[str, int]:
    found: Counter[str] = Counter()
    for one, other in combinations(PROFILES, 2):
        card = _at_least(one, other) or _at_least(other, one)
        found["card"] += card
        found["word"] += _word(one) != _word(other)
        found["same"] += _word(one) == _word(other)
        found["same_card"] += card and _word(one) == _word(other)
        high, low = sorted((one, other), key=_word, reverse=True)
        found["against"] += _word(high) > _word(low) and not _at_least(high, low)
    return found


def test_pairs_by_cumulative_sums_are_pairs_enumerated(small: DesignScores) -> None:
    naive = _pair_counts()
    order, spread = small.metric("M9"), small.metric("M4").measure().every
    assert naive["word"] == order.measure().every.count
    assert naive["card"] == order.measure("card").every.count
    assert naive["against"] == order.measure("contradiction").every.count
    assert (naive["same_card"], naive["same"]) == (spread.count, spread.of)
    uniform = small.metric("M4").measure("uniform").every
    assert (3, 27) == (uniform.count, uniform.of)


def test_distance_is_the_nearest_other_word_by_brute_force(small: DesignScores) -> None:
    def steps(one: tuple[int, ...]) -> int:
        return min(
            sum(abs(a - b) for a, b in zip(one, other, strict=True))
            for other in PROFILES
            if _word(other) != _word(one)
        )

    found = [steps(one) for one in PROFILES]
    assert pytest.approx(sum(found) / 27) == small.metric("M6").measure().every.value
    assert found.count(1) == small.metric("M5").measure().every.count


def test_who_falls_or_rises_by_one_step_is_the_same_by_rows_and_in_the_space() -> None:
    """Every profile's neighbours written out: to another word, to a lower one, to a higher one."""
    rule = compile_design(_small_design())
    study = prepare(Contender(rule.design), (), rule, seed=1)
    rows = Rows(
        np.array(PROFILES),
        np.array([_word(one) - 1 for one in PROFILES]),
        (),
        Basis("all profiles", 27),
        3,
    )
    around = [
        [_word(other) for other in PROFILES if 1 == sum(map(abs, np.subtract(one, other)))]
        for one in PROFILES
    ]
    words = [_word(one) for one in PROFILES]
    naive = [
        [any(test(there, here) for there in near) for here, near in zip(words, around, strict=True)]
        for test in (ne, lt, gt)
    ]
    assert study.states is not None
    by_rows = near_of_rows(study, rows)
    in_space = near_in_space(study.states, 3, study.levels)
    assert naive == [one.tolist() for one in (by_rows.any, by_rows.fall, by_rows.rise)]
    assert naive == [
        one.reshape(-1).tolist() for one in (in_space.any, in_space.fall, in_space.rise)
    ]


def test_information_by_the_formula(small: DesignScores) -> None:
    def bits(counts: Counter[int]) -> float:
        total = sum(counts.values())
        return -sum(n / total * log2(n / total) for n in counts.values())

    words = Counter(_word(one) for one in PROFILES)
    left = whole = 0.0
    for place in range(3):
        whole += bits(Counter(one[place] for one in PROFILES))
        for word, count in words.items():
            among = Counter(one[place] for one in PROFILES if _word(one) == word)
            left += count / 27 * bits(among)
    assert pytest.approx(1 - left / whole) == small.metric("M1").measure().every.value
    assert pytest.approx(bits(words)) == small.metric("M10").measure("word").every.value


def test_masking_and_alarm_by_counting(small: DesignScores) -> None:
    good = [one for one in PROFILES if _word(one) >= 2]
    masked = [one for one in good if min(one) < 2]
    every = small.metric("M2").measure().every
    assert (len(masked), len(good)) == (every.count, every.of)
    weak = [one for one in PROFILES if 1 in one]
    alarm = small.metric("M11").measure().every
    assert (sum(_word(one) == 1 for one in weak), len(weak)) == (alarm.count, alarm.of)


def test_without_data_only_all_profiles_are_measured(small: DesignScores) -> None:
    for metric in ("M1", "M2", "M5", "M9"):
        measure = small.metric(metric).measure()
        assert measure.observed.value is None
        assert measure.observed.reason
        assert measure.every.value is not None


@pytest.mark.parametrize(
    ("good_from", "expected"),
    [("2", ["", "without"]), ("3", ["", "below_good", "below_good_without", "without"])],
)
def test_an_alarm_is_the_lowest_word_or_any_below_good(good_from: str, expected: list[str]) -> None:
    """Where the lowest word is the only one below good, it is one alarm and not two."""
    score = {**SMALL["scales"]["score"], "good_from": good_from}
    framework = framework_of({**SMALL, "scales": {"score": score}})
    made = design_of(_small_tree(), framework)
    alarm = scorecard([made], ()).designs[0].metric("M11")
    assert expected == sorted(one.id for one in alarm.measures)
    weak = [one for one in PROFILES if 1 in one]
    low = int(good_from) - 1
    key = "below_good" if low > 1 else ""
    every = alarm.measure(key).every
    assert (sum(_word(one) <= low for one in weak), len(weak)) == (every.count, every.of)
