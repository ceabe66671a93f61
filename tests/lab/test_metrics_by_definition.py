"""Every figure of a scorecard is what a second scorecard makes of its definition.

On drawn designs, with bodies drawn too: on the bodies, with their intervals, and on all profiles.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.lab.metrics import information, pairs, reliability, study
from assurance_core.lab.metrics.families import metrics_of
from assurance_core.lab.metrics.figure import Figure, Measure, Metric
from assurance_core.lab.metrics.study import Study, prepare
from assurance_core.lab.noise_settings import CENTRAL, SETTINGS
from tests.lab.naive_metrics import Value
from tests.lab.studied import Drawn, by_hand, cards, studied

DRAWS = 10
Named = Mapping[tuple[str, str], Value]


def drawn_weights(data: st.DataObject, size: int) -> list[list[float]]:
    """Draw bodies with replacement, a few times."""
    draws = st.lists(st.integers(0, size - 1), min_size=size, max_size=size)
    return [
        [float(drawn.count(n)) for n in range(size)]
        for drawn in data.draw(st.lists(draws, min_size=DRAWS, max_size=DRAWS))
    ]


def measures(metric: Metric) -> list[Measure]:
    return [*metric.measures, *metric.rows]


def key_of(found: Study, metric: Metric, measure: Measure) -> tuple[str, str]:
    """Return what the second scorecard calls a figure: it numbers statements and levels."""
    name, _, ending = measure.id.rpartition(".")
    if metric.id == "A2" and name:
        return "A2", f"{[leaf.id for leaf in found.leaves].index(name)}.{ending}"
    if metric.id == "M3" and name:
        assert found.scale is not None
        return "M3", f"{found.scale.by_id[name].position - 1}.{ending}"
    return metric.id, measure.id


def value_of(named: Named, key: tuple[str, str]) -> Value:
    """Return a figure: 0 for a limiter that never bites, and for a distance that nobody has."""
    rare = key[0] == "A4" or key[1].startswith("at_")
    return named.get(key, 0.0 if rare else None)


def check(figure: Figure, expected: Value, what: object) -> None:
    """Hold a figure against a value: the figure itself, and what it counts."""
    assert (expected is None) == (figure.value is None) == bool(figure.reason), what
    if expected is not None:
        assert pytest.approx(expected, abs=1e-9) == figure.value, what
    if figure.of:
        assert figure.count is not None
        assert pytest.approx(expected, abs=1e-9) == figure.count / figure.of, what


def check_interval(figure: Figure, drawn: Sequence[Value], what: object) -> None:
    """Hold an interval against the middle of the values that the draws have."""
    values = [one for one in drawn if one is not None]
    if figure.value is None or len(values) < 0.9 * len(drawn):
        assert (None, None) == (figure.low, figure.high), what
    else:
        expected = np.quantile(values, [0.025, 0.975])
        assert pytest.approx(tuple(expected), abs=1e-9) == (figure.low, figure.high), what


# Whose figures rest on more than the profiles that are measured; or are found elsewhere.
APART = {"A1", "M7"}
# Without a bootstrap: a maximum, a count of symbols, or a share that says how common a limiter is.
WITHOUT = {"M3", "A4", "A2.", "M10.", "A3.delta"}


def has_interval(metric: Metric, measure: Measure) -> bool:
    whole = metric.id in WITHOUT or f"{metric.id}.{measure.id}" in WITHOUT
    return not whole and (metric.id, measure.id) != ("A2", "below")


@pytest.mark.parametrize("small_range", [1, 1 << 22])
@given(drawn=studied(), data=st.data())
def test_figures_are_those_of_their_definition(
    small_range: int, drawn: Drawn, data: st.DataObject
) -> None:
    """And an interval is that of the same figure on bodies drawn anew."""
    found, here, every = drawn.study, drawn.here, drawn.every
    weights = drawn_weights(data, len(here.rows))
    observed = here.figures([1.0] * len(here.rows))
    whole = every.figures([1.0] * len(every.rows))
    redrawn = [here.figures(one) for one in weights]
    with patch.object(information, "_SMALL_RANGE", small_range):
        metrics = metrics_of(found, np.array(weights))
    for metric in metrics:
        if not metric.applicable or metric.id in APART:
            continue
        for one in measures(metric):
            key = key_of(found, metric, one)
            if key[0] in ("A2", "M3") and key not in observed:
                continue
            check(one.observed, value_of(observed, key), key)
            check(one.every, value_of(whole, key), key)
            if has_interval(metric, one):
                check_interval(one.observed, [value_of(named, key) for named in redrawn], key)


@given(drawn=cards(), data=st.data())
def test_what_a_card_tells_is_counted_without_a_word(drawn: Drawn, data: st.DataObject) -> None:
    """Its number and its areas, or nothing at all."""
    here, every = drawn.here, drawn.every
    weights = drawn_weights(data, len(here.rows))
    metrics = {one.id: one for one in metrics_of(drawn.study, np.array(weights), ["M1", "M10"])}
    shows = drawn.study.rule.published.score is not None or bool(every.shown(every.rows[0]))
    kept, bits = metrics["M1"].measure("shown"), metrics["M10"].measure("shown")
    if not shows:
        assert "it shows neither a word nor a number nor areas" == kept.every.reason
        assert (0.0, 0.0) == (bits.observed.value, bits.every.value)
        return
    sides = [(one, one.figures([1.0] * len(one.rows))) for one in (here, every)]
    for measure, key in ((kept, ("M1", "shown")), (bits, ("M10", "shown"))):
        for figure, (_, expected) in zip((measure.observed, measure.every), sides, strict=True):
            check(figure, expected[key], key)
        redrawn = [here.figures(one)[key] for one in weights]
        check_interval(measure.observed, redrawn, key)
    symbols = metrics["M10"].measure().every.value
    assert float(len(every.shown(every.rows[0]))) == symbols


@given(drawn=studied())
def test_influence_is_counted_step_by_step(
    drawn: Drawn,
) -> None:
    found, here, every = drawn.study, drawn.here, drawn.every
    (metric,) = metrics_of(found, np.zeros((0, 0)), ["A1"])
    for side, hand in (("observed", here), ("every", every)):
        shares = hand.influence()
        assert pytest.approx(shares) == [getattr(row, side).value for row in metric.rows]
        assert pytest.approx(max(shares)) == getattr(metric.measure(), side).value
        squares = sum((one / sum(shares)) ** 2 for one in shares) if any(shares) else None
        check(getattr(metric.measure("spread"), side), squares and 1 / squares, side)


@given(drawn=studied())
def test_the_weakest_statement_is_the_one_that_is_weak_most_often(drawn: Drawn) -> None:
    """On the bodies and on all profiles, each from its own statements."""
    (metric,) = metrics_of(drawn.study, np.zeros((0, len(drawn.here.rows))), ["A2"])
    if not metric.applicable:
        return
    for side in ("observed", "every"):
        for measure, ending in (("", ".lowest"), ("below", ".below")):
            rows = [getattr(one, side).value for one in metric.rows if one.id.endswith(ending)]
            known = [one for one in rows if one is not None]
            found = getattr(metric.measure(measure), side).value
            assert (max(known) if known else None) == found


@pytest.mark.parametrize("most_noisy", [0, 1 << 20])
@given(drawn=studied(), data=st.data())
def test_noise_is_every_way_in_which_scores_can_move(
    most_noisy: int, drawn: Drawn, data: st.DataObject
) -> None:
    """By the tensor and by diagrams; at each size, in both models."""
    found, here, every = drawn.study, drawn.here, drawn.every
    weights = drawn_weights(data, len(here.rows))
    with patch.object(reliability, "MOST_NOISY", most_noisy):
        (metric,) = metrics_of(found, np.array(weights), ["M7"])
    setting = data.draw(st.sampled_from(SETTINGS))
    key = "" if setting is CENTRAL else f"{setting.id}."
    observed, whole = (one.noise(setting.chance, [1.0] * len(one.rows)) for one in (here, every))
    redrawn = [here.noise(setting.chance, one) for one in weights]
    for model, prefix in (("independent", ""), ("same", "same_")):
        for place, name in enumerate(("wrong", "consistency", "kappa")):
            ending = f"{key}{prefix}{name}"
            one = metric.measure("" if ending == "wrong" else ending)
            check(one.observed, observed[model][place], ending)
            check(one.every, whole[model][place], ending)
            check_interval(one.observed, [named[model][place] for named in redrawn], key)


@given(drawn=studied())
def test_a_space_that_is_too_large_is_measured_on_profiles_drawn(
    drawn: Drawn,
) -> None:
    """By the same definitions; pairs are those of fewer profiles."""
    whole, here, every = drawn.study, drawn.here, drawn.every
    with (
        patch.object(study, "MOST_PROFILES", 1),
        patch.object(study, "draw", partial(study.draw, size=40)),
        patch.object(pairs, "MOST_PAIRED", 12),
    ):
        found = prepare(whole.contender, whole.observed.assessments, whole.rule, 3)
        metrics = metrics_of(found, np.zeros((0, 0)))
    assert found.states is None
    assert found.drawn is not None
    few = study.draw(found.rule, found.leaves, found.card, 3, 12)
    positions = {40: found.drawn.positions, 12: few.positions}
    hands = {n: by_hand(found, [tuple(r) for r in (p - 1).tolist()]) for n, p in positions.items()}
    sampled = {n: hand.figures([1.0] * n) for n, hand in hands.items()}
    observed = here.figures([1.0] * len(here.rows))
    exact = every.figures([1.0] * len(every.rows))
    for metric in metrics:
        if not metric.applicable or metric.id in APART:
            continue
        for one in measures(metric):
            key = key_of(found, metric, one)
            if key[0] in ("A2", "M3") and key not in observed:
                continue
            check(one.observed, value_of(observed, key), key)
            if one.every.basis.kind == "all profiles":
                check(one.every, value_of(exact, key), key)
            elif one.every.basis.kind == "sampled":
                assert (3, len(every.rows)) == (one.every.basis.seed, one.every.basis.space)
                check(one.every, value_of(sampled[one.every.basis.size], key), key)
