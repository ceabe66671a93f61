"""Ages and published outcomes: every figure of M13, M14 and M15, with its interval and basis."""

from collections.abc import Sequence
from datetime import date as Day  # noqa: N812

import numpy as np
import pytest
from attrs import evolve

from assurance_core.engine.compile import compile_design
from assurance_core.lab.contender import Contender
from assurance_core.lab.metrics.bootstrap import weights_by_name
from assurance_core.lab.metrics.figure import Basis, Figure
from assurance_core.lab.metrics.published import judgement_gap, published, reproducibility
from assurance_core.lab.metrics.staleness import last_day, staleness
from assurance_core.lab.metrics.study import Study, prepare
from assurance_core.model.assessment import NOT_KNOWN, Assessment, Body, Cell, Published, Score
from assurance_core.model.dates import PartialDate
from assurance_core.model.design import RatingDesign
from tests.lab.documents import Tree, design, framework, scale

SEED = 4


def interval(values: Sequence[float], names: Sequence[str]) -> tuple[float, float]:
    """Return the middle 95 of 100 of means over bodies drawn anew."""
    means = [
        sum(w * v for w, v in zip(row, values, strict=True)) / sum(row)
        for row in weights_by_name(names, SEED).tolist()
        if sum(row)
    ]
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def check(figure: Figure, values: Sequence[float], names: Sequence[str]) -> None:
    expected = (sum(values) / len(values), *interval(values, names))
    assert pytest.approx(expected) == (figure.value, figure.low, figure.high)


# M13


def dated(name: str, date: str, *carried: bool) -> Assessment:
    scores: dict[str, Cell] = {"open": NOT_KNOWN}
    for number, one in enumerate(carried):
        scores[f"s{number}"] = Score("1", carried_forward=one)
    return Assessment("demo", Body(name), scores, date=PartialDate.parse(date) if date else None)


RATED = (
    dated("Ripon", "2022-06-01", True),
    dated("York", "2020-03-01", True),
    dated("York", "2021", True, False),
    dated("Hull", "2019-06", False, False),
    dated("Hull", "2019-06-30", True, False),
    dated("Bath", "2024-12-31", False),
    dated("Bath", "2025-01-02", True, True),
    dated("Ripon", "2021-12-31", False),  # behind the later one: it does not count
    dated("Leeds", "", False),
)
# Of each body the latest by the date; of two that end on one day the later in the data.
LATEST = {
    "Bath": (Day(2024, 12, 31), Day(2024, 12, 31)),
    "Hull": (Day(2019, 6, 30), Day(2019, 6, 30)),
    "Ripon": (Day(2022, 6, 1), Day(2022, 6, 1)),
    "York": (Day(2021, 1, 1), Day(2021, 12, 31)),
}


@pytest.mark.parametrize("old_after", [3.0, 3.5])
def test_ages_are_those_between_two_days(old_after: float) -> None:
    metric = staleness(RATED, PartialDate.parse("2025-01-01"), 9, SEED, old_after)
    end = Day(2025, 1, 1)
    least = [(end - last).days / 365.25 for _, last in LATEST.values()]
    most = [(end - first).days / 365.25 for first, _ in LATEST.values()]
    names = list(LATEST)
    middle = [(a + b) / 2 for a, b in zip(least, most, strict=True)]
    found = {one.id: one.observed for one in metric.measures}
    check(found[""], middle, names)
    check(found["least"], least, names)
    check(found["most"], most, names)
    check(found["older"], [float(one > old_after) for one in least], names)
    check(found["older_most"], [float(one > old_after) for one in most], names)
    assert (3, 6) == (found["carried"].count, found["carried"].of)
    assert (4, 9) == (found["never"].count, found["never"].of)
    assert Basis("observed", 9) == found["never"].basis
    assert Basis("observed", 4, 4, "2019-06-30", "2024-12-31") == found[""].basis


def test_an_age_to_a_year_is_not_below_0() -> None:
    """At least none, where what was rated in a year is looked at in that year."""
    metric = staleness([dated("York", "2024-06-01", False)], PartialDate.parse("2024"), None, SEED)
    found = {one.id: one.observed.value for one in metric.measures}
    most = (Day(2024, 12, 31) - Day(2024, 6, 1)).days / 365.25
    assert pytest.approx({"least": 0.0, "most": most, "": most / 2}) == {
        key: found[key] for key in ("least", "most", "")
    }
    assert "never" not in found


def test_all_the_bodies_there_are_leave_none_out() -> None:
    """And more than there are say that the number is of something else."""
    at = PartialDate.parse("2025-01-01")
    assert 0.0 == staleness(RATED, at, 5, SEED).measure("never").observed.value
    assert "never" not in {one.id for one in staleness(RATED, at, 4, SEED).measures}


def test_ages_are_counted_to_the_last_day_in_the_data() -> None:
    """A day of publication counts; without a date there are no ages."""
    later = evolve(RATED[0], published_on=PartialDate.parse("2025-02"))
    assert "2025-02" == str(last_day([*RATED, later]))
    assert last_day([RATED[-1]]) is None
    assert "the data hold no dates" == staleness([RATED[-1]], None, None, SEED).reason
    before = staleness(RATED, PartialDate.parse("2018"), None, SEED)
    assert "no dated assessment by 2018" == before.reason


# M14, M15


def lowest() -> RatingDesign:
    of = framework(dict.fromkeys("ab", "score"), {"score": scale("Score", ["1", "2", "3"], "2")})
    steps: list[Tree] = [{"minimum": {}}]
    return design(of, {"overall": {"scale": "demo/score", "inputs": "all", "steps": steps}})


def limited() -> RatingDesign:
    """The assessor's level, capped."""
    of = lowest().framework
    when = {"any": "all", "at_most": "1"}
    steps: list[Tree] = [{"start": "judged"}, {"cap": {"at": "2", "when": when}}]
    return design(of, {"overall": {"scale": "demo/score", "inputs": "all", "steps": steps}})


GRADED = [("A", "12", "2"), ("A", "33", "3"), ("B", "23", "1"), ("C", "33", "1"), ("D", "33", "3")]


def graded(judged: bool, by: str = "demo/design") -> list[Assessment]:
    return [
        Assessment(
            "demo",
            Body(name),
            {key: Score(one) for key, one in zip("ab", scores, strict=True)},
            judged={"overall": word} if judged else {},
            date=PartialDate.parse(f"2024-0{number}"),
            published=Published(headline=word, by=by),
        )
        for number, (name, scores, word) in enumerate(GRADED, 1)
    ]


def studied(of: RatingDesign, assessments: Sequence[Assessment]) -> Study:
    return prepare(Contender(of), assessments, compile_design(of), 1)


NAMES = [name for name, _, _ in GRADED]


def test_the_gap_to_judged_grades() -> None:
    """The rule's word is the lowest score: 1, 3, 2, 3, 3 against 2, 3, 1, 1, 3."""
    rows = graded(judged=True)
    study = studied(lowest(), rows)
    metric = judgement_gap(published(study, rows), study, SEED)
    check(metric.measure().observed, [1, 0, 1, 1, 0], NAMES)
    check(metric.measure("direction").observed, [-1, 0, 1, 1, 0], NAMES)
    ceiling, split = (metric.measure(key).observed for key in ("ceiling", "split"))
    # Of the three bodies with both scores at 3, two have a 3 and one has a 1.
    assert ((4, 5), (1, 3)) == ((ceiling.count, ceiling.of), (split.count, split.of))
    assert Basis("observed", 5, 4, "2024-01", "2024-05") == metric.measure().observed.basis
    assert reproducibility(published(study, rows), SEED).reason.endswith("see M14")


def test_words_from_a_rule_are_reproduced_or_agreed_with() -> None:
    rows = graded(judged=False)
    study = studied(lowest(), rows)
    metric = reproducibility(published(study, rows), SEED)
    check(metric.measure().observed, [0, 1, 0, 0, 1], NAMES)
    assert () == metric.notes
    assert judgement_gap(published(study, rows), study, SEED).reason.endswith("see M15")
    others = reproducibility(published(study, graded(judged=False, by="demo/other")), SEED)
    assert (
        "The outcomes were not published under this design: this is agreement.",
    ) == others.notes
    unsaid = reproducibility(published(study, graded(judged=False, by="")), SEED)
    assert 1 == len(unsaid.notes)


def test_a_design_that_takes_the_grade_only_limits_it() -> None:
    """The cap bites nowhere: where a score is at 1 the grade is not above 2."""
    rows = graded(judged=True)
    study = studied(limited(), rows)
    held = published(study, rows)
    check(reproducibility(held, SEED).measure().observed, [1, 1, 1, 1, 1], NAMES)
    assert ("The design takes the judged grade as given and only limits it.",) == reproducibility(
        held, SEED
    ).notes
    assert "the design takes the judged grade itself" == judgement_gap(held, study, SEED).reason


def test_only_what_is_complete_and_of_a_version_that_is_read_is_held_against() -> None:
    first, second, *rest = graded(judged=False)
    unknown = evolve(first, scores={**first.scores, "b": NOT_KNOWN})
    stranger = evolve(second, version="v9")
    study = studied(lowest(), rest)
    held = published(study, [unknown, stranger, *rest])
    assert [one.body.name for one in rest] == [row.assessment.body.name for row in held.rows]
    nothing = published(study, [unknown, stranger])
    assert "no published word stands beside complete scores" == nothing.why_not
    silent = [evolve(one, published=Published()) for one in rest]
    assert "no outcome was published" == published(study, silent).why_not
