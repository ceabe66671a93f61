"""The scorecard above 2^24 profiles: exact where diagrams allow it, sampled where they do not."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest

from assurance_core.engine.compile import compile_design
from assurance_core.lab.audit import audit
from assurance_core.lab.contender import Contender
from assurance_core.lab.metrics.bootstrap import weights_of
from assurance_core.lab.metrics.families import metrics_of
from assurance_core.lab.metrics.figure import Figure, Metric
from assurance_core.lab.metrics.study import prepare
from assurance_core.lab.scorecard import DesignScores, scorecard
from assurance_core.model.assessment import Assessment, Body, Score
from assurance_core.model.design import RatingDesign
from tests.lab.documents import Tree, design, framework, provider, scale
from tests.lab.four_rules import provider_like

IDS = ("M3", "M6", "M7", "A4")


@contextmanager
def as_if_too_large() -> Iterator[None]:
    """Compose every space, however small."""
    modules = ("assurance_core.lab.space", "assurance_core.lab.metrics.study")
    with patch(f"{modules[0]}.MOST_PROFILES", 1), patch(f"{modules[1]}.MOST_PROFILES", 1):
        yield


def measured(design: RatingDesign, bodies: tuple[Assessment, ...]) -> dict[str, Metric]:
    study = prepare(Contender(design), bodies, compile_design(design), 1)
    metrics = metrics_of(study, weights_of(study.observed, 1), IDS)
    return {one.id: one for one in metrics}


@pytest.fixture(scope="module")
def both() -> tuple[dict[str, Metric], dict[str, Metric]]:
    """Six statements in two themes: by one tensor, and composed."""
    design = provider_like(2, 3)[0].rule.design
    ids = [one.id for one in design.framework.versions[-1].statements]
    bodies = tuple(
        Assessment("demo", Body(scores), {k: Score(v) for k, v in zip(ids, scores, strict=True)})
        for scores in ("333333", "444432", "111222", "344121", "222333")
    )
    with as_if_too_large():
        composed = measured(design, bodies)
    return measured(design, bodies), composed


def figures(metric: Metric, observed: bool) -> dict[str, tuple[float | None, str]]:
    def shown(one: Figure) -> tuple[float | None, str]:
        return None if one.value is None else round(one.value, 9), one.basis.kind

    return {
        one.id: shown(one.observed if observed else one.every)
        for one in (*metric.measures, *metric.rows)
    }


def test_a_statement_that_no_rule_reads_can_be_as_low_as_can_be_under_every_word() -> None:
    """So the most low scores of a word count it, by one tensor and composed."""
    scales = {"score": scale("Score", ["1", "2", "3"], "2")}
    overall: Tree = {"scale": "demo/score", "inputs": ["a", "b"], "steps": [{"minimum": {}}]}
    made = design(framework(dict.fromkeys("abc", "score"), scales), {"overall": overall})
    with as_if_too_large():
        composed = measured(made, ())["M3"]
    most = {key: value for key, (value, _) in figures(composed, observed=False).items()}
    assert {"1.lowest": 3, "2.lowest": 1, "3.lowest": 1}.items() <= most.items()
    assert figures(measured(made, ())["M3"], observed=False) == figures(composed, observed=False)


@pytest.mark.parametrize("metric", ["M3", "M7", "A4"])
def test_composed_figures_are_those_of_the_tensor(
    both: tuple[dict[str, Metric], dict[str, Metric]], metric: str
) -> None:
    """Exact over all profiles, and so on the bodies."""
    flat, composed = (one[metric] for one in both)
    assert figures(flat, observed=True) == figures(composed, observed=True)
    assert figures(flat, observed=False) == figures(composed, observed=False)
    assert {"all profiles"} == {kind for _, kind in figures(composed, observed=False).values()}


def test_distances_of_bodies_are_exact_and_those_of_the_space_sampled(
    both: tuple[dict[str, Metric], dict[str, Metric]],
) -> None:
    flat, composed = (one["M6"] for one in both)
    mine, theirs = figures(flat, observed=True), figures(composed, observed=True)
    assert mine[""] == theirs[""]
    assert {k: v for k, v in mine.items() if v[0]} == {k: v for k, v in theirs.items() if v[0]}
    exact, drawn = flat.measure().every, composed.measure().every
    assert exact.value is not None
    assert drawn.value is not None
    assert abs(exact.value - drawn.value) < 0.05
    assert ("sampled", 1, 4**6) == (drawn.basis.kind, drawn.basis.seed, drawn.basis.space)


def test_spread_and_intervals_come_with_the_composed_figures(
    both: tuple[dict[str, Metric], dict[str, Metric]],
) -> None:
    one, other = (found["M7"].measure().observed for found in both)
    assert (one.low, one.high) == pytest.approx((other.low, other.high))


@pytest.fixture(scope="module")
def thirty_four() -> DesignScores:
    return scorecard([provider()], ()).designs[0]


def test_thirty_four_statements_are_measured(thirty_four: DesignScores) -> None:
    """4^34 profiles: M3 and limiters agree with the audit, which counts in another way."""
    (audited,) = audit(provider()).judgements
    (part,) = audited.parts
    every = {
        path: (one.every.count, one.every.of)
        for path in part.limiters
        for one in [thirty_four.metric("A4").measure(path)]
    }
    assert {path: (count, 4**34) for path, count in part.limiters.items()} == every
    names = [level.id for level in audited.space.root.scale.levels]
    for one in audited.compensation:
        low = thirty_four.metric("M3").measure(f"{names[one.state]}.lowest").every
        assert (one.lowest.count, "all profiles") == (low.value, low.basis.kind)


def test_what_is_sampled_names_size_and_seed(thirty_four: DesignScores) -> None:
    for metric in ("M5", "M6"):
        basis = thirty_four.metric(metric).measure().every.basis
        assert ("sampled", 50_000, 1, 4**34) == (basis.kind, basis.size, basis.seed, basis.space)
    assert "all profiles" == thirty_four.metric("M7").measure().every.basis.kind
