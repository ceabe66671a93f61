"""Consequences: conditions on an outcome, run by the same machinery as judgements."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from assurance_core.engine.bound import BoundJudgement, NamedStep
from assurance_core.engine.graph import Graph, Node, Source
from assurance_core.model.design import Consequence, Judgement, RatingDesign, Step
from assurance_core.model.scale import Scale
from assurance_core.rules.conditions import Condition, bind_condition
from assurance_core.rules.kind import BoundStep
from assurance_core.rules.scope import Input, Scope
from assurance_core.rules.values import Columns, Levels, LevelType, Running, choose

FOLLOWS = 2
_YES_NO = Scale.of("consequence", ["does_not_follow", "follows"])


def bind_consequence(
    consequence: Consequence,
    design: RatingDesign,
    graph: Graph,
    groups: Mapping[str, tuple[str, ...]],
) -> BoundJudgement:
    """Return a consequence as a judgement of two levels that no other judgement reads.

    Its condition may name statements, themes, groups, `all` (every statement) and judgements.
    """
    sources = dict(graph.statements)
    for node in graph.nodes:
        if node.role == "judgement":
            one = node.judgement
            sources[one.id] = Source(one.id, one.name, node.scale, node.key)
    names = {**groups, "all": tuple(graph.statements)}
    names = {name: ids for name, ids in names.items() if name not in sources}
    place = f"{design.id}: consequences.{consequence.id}"
    inputs = tuple(Input(s.id, s.name, s.scale) for s in sources.values())

    def no_reason(_text: str) -> int:
        return 0  # pragma: no cover - a condition gives no reason for having no outcome

    scope = Scope(place, _YES_NO, inputs, names, False, "", no_reason)
    condition = bind_condition(consequence.when, scope, None, "when")
    bound = BoundStep(
        gives=LevelType(_YES_NO),
        reads=condition.reads,
        words=f"Follows if {condition.words}",
        apply=partial(_apply, condition),
        detail=partial(_detail, condition),
        tells_apart=condition.tests,
    )
    read = tuple(sources[name] for name in bound.reads)
    judgement = Judgement(
        consequence.id,
        consequence.then,
        _YES_NO.id,
        bound.reads,
        (Step("consequence", consequence.when, consequence.source, consequence.id),),
    )
    node = Node(f"consequence.{consequence.id}", judgement, _YES_NO, read, {})
    path = f"consequences.{consequence.id}"
    step = NamedStep(path, "consequence", design.sources[consequence.source], bound)
    return BoundJudgement(node, (step,), None, 0, by_condition=True)


def _apply(condition: Condition, running: Running, columns: Columns) -> Levels:
    return Levels(choose(condition.holds(running, columns), FOLLOWS, 1))


def _detail(condition: Condition, before: Running, after: Running, columns: Columns) -> str:
    assert isinstance(after, Levels)
    if after.positions != FOLLOWS:
        return "considered; the condition does not hold"
    names = condition.names_met(before, columns)
    return f"the condition holds: {', '.join(names)}" if names else "the condition holds"
