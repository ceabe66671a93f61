"""Two designs against each other: the share, each κ and the reversals by their definitions."""

from collections.abc import Sequence
from functools import partial
from itertools import combinations, product
from math import prod
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assurance_core.engine.compile import compile_design
from assurance_core.engine.graph import Leaf
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.contender import Contender
from assurance_core.lab.metrics import agreement
from assurance_core.lab.metrics.bootstrap import weights_of
from assurance_core.lab.metrics.figure import Figure
from assurance_core.lab.metrics.study import prepare
from assurance_core.testing import strategies
from tests import naive
from tests.lab.bodies import assessments_of
from tests.lab.documents import Tree, design, framework, scale
from tests.lab.naive_metrics import Value, corrected, mean
from tests.support import compiled

MOST_PROFILES = 200
SAMPLE = 30
SEED = 7
Words = tuple[int, int]
Cells = dict[str, str]


@st.composite
def two_rules(draw: st.DrawFn) -> tuple[CompiledDesign, CompiledDesign]:
    """Draw two designs on one framework, with a headline each and few profiles."""
    framework = draw(strategies.frameworks(3))
    trees = [draw(strategies.design_trees(framework)) for _ in range(2)]
    for name, tree in zip(("one", "other"), trees, strict=True):
        tree["id"] = f"demo/{name}"
    one, other = (compiled(strategies.design_of(tree, framework)) for tree in trees)
    assume(one.published.headline is not None)
    assume(other.published.headline is not None)
    leaves = {leaf.id: leaf for leaf in (*one.leaves, *other.leaves)}
    assume(prod(len(leaf.scale) for leaf in leaves.values()) <= MOST_PROFILES)
    return one, other


def word_of(rule: CompiledDesign, cells: Cells) -> int:
    """Return a word counted from 0; whatever the reason for having none, it is behind the last."""
    scale = rule.headline_scale
    assert scale is not None
    rated = naive.rate(rule.design, rule.version, cells)["overall"]
    return len(scale) if rated.level is None else scale.level(rated.level).position - 1


def words_of(
    rules: tuple[CompiledDesign, CompiledDesign], profiles: Sequence[Cells]
) -> list[Words]:
    return [(word_of(rules[0], one), word_of(rules[1], one)) for one in profiles]


def naive_kappa(words: Sequence[Words], weights: Sequence[float], power: int, size: int) -> Value:
    """Return κ: how near words are, beyond how near those of any two bodies are by chance."""

    def apart(one: int, other: int) -> float:
        return float(one != other) if power == 0 else (abs(one - other) / (size - 1)) ** power

    rated = [
        (pair, weight)
        for pair, weight in zip(words, weights, strict=True)
        if max(pair) < size and weight
    ]
    own = mean([apart(*pair) for pair, _ in rated], [weight for _, weight in rated])
    crossed = mean(
        [apart(one[0], other[1]) for (one, _), (other, _) in product(rated, rated)],
        [a * b for (_, a), (_, b) in product(rated, rated)],
    )
    return None if own is None or crossed is None else corrected(1 - own, 1 - crossed)


def naive_reversals(words: Sequence[Words], size: int) -> Value:
    pairs = list(combinations(words, 2))
    turned = sum(
        max(*one, *other) < size and (one[0] - other[0]) * (one[1] - other[1]) < 0
        for one, other in pairs
    )
    return turned / len(pairs) if pairs else None


def check(figure: Figure, expected: Value) -> None:
    assert (expected is None) == (figure.value is None) == bool(figure.reason)
    if expected is not None:
        assert pytest.approx(expected, abs=1e-9) == figure.value


def figures(words: Sequence[Words], weights: Sequence[float], size: int) -> dict[str, Value]:
    found = {"": mean([float(one == other) for one, other in words], weights)}
    for power, name in enumerate(("unweighted", "linear", "quadratic")):
        found[f"kappa_{name}"] = naive_kappa(words, weights, power, size)
    return found


def profiles_of(leaves: Sequence[Leaf], sampled: bool) -> list[Cells]:
    """Return every profile, or those that are drawn with the seed of the test."""
    if not sampled:
        every = list(product(*(leaf.scale.ids for leaf in leaves)))
    else:
        random = np.random.default_rng(SEED)
        drawn = [random.integers(0, len(leaf.scale), size=SAMPLE) for leaf in leaves]
        columns = [
            [leaf.scale.ids[at] for at in one] for leaf, one in zip(leaves, drawn, strict=True)
        ]
        every = list(zip(*columns, strict=True))
    return [dict(zip([leaf.id for leaf in leaves], levels, strict=True)) for levels in every]


@pytest.mark.parametrize("sampled", [False, True])
@given(rules=two_rules(), data=st.data())
def test_two_designs_agree_as_their_words_do(
    sampled: bool, rules: tuple[CompiledDesign, CompiledDesign], data: st.DataObject
) -> None:
    """On bodies, with intervals; on all profiles, or on some drawn where there are too many."""
    leaves = list({leaf.id: leaf for rule in rules for leaf in rule.leaves}.values())
    cells = st.fixed_dictionaries({one.id: st.sampled_from(one.scale.ids) for one in leaves})
    bodies = data.draw(st.lists(cells, max_size=5))
    assessments = assessments_of(rules[0], bodies)
    studies = [prepare(Contender(rule.design), assessments, rule, 1) for rule in rules]
    with (
        patch.object(agreement, "MOST_PROFILES", 0 if sampled else 1 << 24),
        patch.object(agreement, "SAMPLE_SIZE", SAMPLE),
        patch.object(agreement, "weights_of", partial(weights_of, draws=10)),
    ):
        found = agreement.agreement(studies, 0, 1, SEED)
    scales = [rule.headline_scale for rule in rules]
    assert scales[0] is not None
    assert scales[1] is not None
    if scales[0].ids != scales[1].ids:
        assert found.metric.reason.startswith("different levels: ")
        return
    size = len(scales[0])
    here = words_of(rules, bodies)
    for words, side in (
        (here, "observed"),
        (words_of(rules, profiles_of(leaves, sampled)), "every"),
    ):
        expected = figures(words, [1.0] * len(words), size)
        expected["reversals"] = naive_reversals(words, size)
        for key, value in expected.items():
            check(getattr(found.metric.measure(key), side), value)
        table = getattr(found, side)
        places = range(len(table))
        assert [[words.count((a, b)) for b in places] for a in places] == [*map(list, table)]
        assert len(words) == sum(map(sum, table))
    drawn = [figures(here, row, size) for row in weights_of(studies[0].observed, SEED, 10).tolist()]
    for key in drawn[0] if here else ():
        figure = found.metric.measure(key).observed
        values = [value for one in drawn if (value := one[key]) is not None]
        if figure.value is not None and len(values) >= 9:
            interval = np.quantile(values, [0.025, 0.975]).tolist()
            assert pytest.approx(interval) == [figure.low, figure.high]
        else:
            assert (None, None) == (figure.low, figure.high)


def test_whatever_the_reason_for_having_no_word_it_is_one_state() -> None:
    """One design has three reasons, the other none: they agree on nothing where one has a word."""
    rows: list[Tree] = [
        {"when": {"any": "a", "is": level}, "unknown": f"reason {level}"} for level in "123"
    ]
    table: Tree = {"table": {"rows": rows, "otherwise": "2"}}
    both: tuple[list[Tree], list[Tree]] = ([table], [{"minimum": {}}])
    of = framework(
        dict.fromkeys("ab", "score"), {"score": scale("Score", ["1", "2", "3", "4"], "2")}
    )
    rules = [
        compile_design(
            design(of, {"overall": {"scale": "demo/score", "inputs": ["a", "b"], "steps": steps}})
        )
        for steps in both
    ]
    bodies = [{"a": a, "b": b} for a in "1234" for b in "1234"]
    assessments = assessments_of(rules[0], bodies)
    studies = [prepare(Contender(rule.design), assessments, rule, 1) for rule in rules]
    found = agreement.agreement(studies, 0, 1, SEED)
    words = words_of((rules[0], rules[1]), bodies)
    table_of = tuple(tuple(words.count((a, b)) for b in range(5)) for a in range(5))
    assert table_of == found.every == found.observed
    assert 5 == len(found.names)
