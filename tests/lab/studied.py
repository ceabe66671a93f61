"""Small designs with a few bodies, drawn, and what a second scorecard makes of them."""

from collections.abc import Hashable, Sequence
from functools import partial
from math import prod

from hypothesis import assume
from hypothesis import strategies as st

from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.contender import Contender
from assurance_core.lab.metrics.study import Study, prepare
from assurance_core.lab.scenes import judgements_of
from assurance_core.lab.space import space_of
from assurance_core.model.design import RatingDesign
from assurance_core.testing import strategies
from tests import naive
from tests.lab.bodies import assessments_of
from tests.lab.enumerated import Enumerated, Profile
from tests.lab.naive_metrics import NaiveMetrics
from tests.support import compiled

MOST_PROFILES = 80


@st.composite
def designs(draw: st.DrawFn) -> RatingDesign:
    """Draw a design whose scales have a standard, or not, and that shows more or less."""
    tree = draw(strategies.framework_trees(3))
    for scale in tree["scales"].values():
        if draw(st.integers(0, 3)):
            scale["good_from"] = draw(st.sampled_from(scale["levels"]))["id"]
    framework = strategies.framework_of(tree)
    tree = draw(strategies.design_trees(framework))
    if "headline" in tree["publishes"]:
        judgements = list(tree["judgements"])
        statements = [one.id for one in framework.versions[-1].statements]
        shown = [tree["publishes"]["areas"], judgements, [*judgements, *statements]]
        tree["publishes"]["areas"] = draw(st.sampled_from(shown))
        if draw(st.booleans()):
            tree["publishes"]["score"] = "none"
    return strategies.design_of(tree, framework)


@st.composite
def small_designs(draw: st.DrawFn) -> CompiledDesign:
    """Draw a design with a headline and few profiles, compiled."""
    rule = compiled(draw(designs()))
    assume(rule.published.headline is not None)
    assume(prod(len(leaf.scale) for leaf in rule.leaves) <= MOST_PROFILES)
    return rule


class Drawn:
    """A design with a few bodies, and what a second scorecard makes of them and of all profiles."""

    def __init__(self, study: Study) -> None:
        seen = [tuple((row - 1).tolist()) for row in study.observed.positions]
        self.study = study
        self.here = by_hand(study, seen)
        self.every = by_hand(study, None)


@st.composite
def studied(draw: st.DrawFn) -> Drawn:
    """Draw a design and a few bodies."""
    rule = draw(small_designs())
    bodies = draw(st.lists(strategies.profiles(rule.design), min_size=2, max_size=7))
    return Drawn(prepare(Contender(rule.design), assessments_of(rule, bodies), rule, 1))


@st.composite
def cards(draw: st.DrawFn) -> Drawn:
    """Draw a design without a headline, with a number or areas or neither, and a few bodies."""
    framework = draw(strategies.frameworks(3))
    tree = draw(strategies.design_trees(framework))
    areas = draw(st.sampled_from(("all", "none")))
    tree["publishes"] = {"no_headline": "only a card", "areas": areas}
    if draw(st.booleans()):
        tree["publishes"]["score"] = "overall"
    rule = compiled(strategies.design_of(tree, framework))
    assume(prod(len(leaf.scale) for leaf in rule.leaves) <= MOST_PROFILES)
    bodies = draw(st.lists(strategies.profiles(rule.design), min_size=2, max_size=7))
    return Drawn(prepare(Contender(rule.design), assessments_of(rule, bodies), rule, 1))


def by_hand(found: Study, rows: Sequence[Profile] | None) -> NaiveMetrics:
    """Return the second view of some profiles, or of all."""
    rule = found.rule
    needed = judgements_of(space_of(rule, "overall"))
    parts = {one.node.judgement.id for one in needed}
    hand = Enumerated(rule, "overall", found.leaves, rule.reasons, parts)
    return NaiveMetrics(
        hand,
        found.card,
        found.good,
        found.good_scores and tuple(one - 1 for one in found.good_scores),
        partial(shown, found),
        list(hand.states) if rows is None else rows,
    )


def shown(found: Study, profile: Profile) -> tuple[Hashable, ...]:
    """Return the word, the number if there is one, and every area."""
    cells = {leaf.id: leaf.scale.ids[at] for leaf, at in zip(found.leaves, profile, strict=True)}
    rule, published = found.rule, found.rule.published
    rated = naive.rate(rule.design, rule.version, cells)
    symbols: list[Hashable] = []
    if published.headline:
        symbols.append(rated[published.headline].level or rated[published.headline].reason)
    if any(one.of is not None for one in rule.judgements if one.node.key == published.score):
        symbols.append(rated[str(published.score)].score)
    symbols += [
        cells[area.node]
        if area.node in cells
        else rated[area.node].level or rated[area.node].reason
        for area in published.areas
    ]
    return tuple(symbols)
