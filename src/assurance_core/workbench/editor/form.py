"""A design as groups of fields: one group for each step, with its rule and its source beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from assurance_core.documents.edits import MAY_ADD
from assurance_core.documents.paths import step_kind, step_names
from assurance_core.documents.schemas import step_settings
from assurance_core.engine.bound import BoundJudgement
from assurance_core.engine.rule import CompiledDesign
from assurance_core.report.words import source_words
from assurance_core.workbench.editor.fields import Field
from assurance_core.workbench.editor.walk import Around, fields_of

LIMITERS = ("cap", "floor", "adjust")
"""Steps that can be left out: what stands behind them still has a level to work on."""

_TITLES = {
    "adjust": "Adjustment",
    "advise": "Advice",
    "band": "Thresholds",
    "cap": "Limit from above",
    "floor": "Limit from below",
    "lower_median": "Lower median",
    "map": "Levels translated",
    "maximum": "Best input",
    "minimum": "Worst input",
    "percent_of_maximum": "Percentage of the maximum",
    "round": "Rounding",
    "start": "Where it starts",
    "sum": "Sum of points",
    "table": "Table",
    "upper_median": "Upper median",
    "weighted_mean": "Weighted mean",
}


@frozen
class Group:
    """One step.

    Attributes:
        number: of the step in its judgement.
        path: of the step.
        title: what kind of rule it is.
        judgement: name of its judgement.
        words: the rule as the design has it.
        source: with its status.
        fields: what can be set.
        folded: the fields are many of one kind, and usually left alone: weights.
        limiter: it can be left out.
    """

    number: int
    path: str
    title: str
    judgement: str
    words: str
    source: str
    fields: tuple[Field, ...]
    folded: bool
    limiter: bool


def design_form(rule: CompiledDesign) -> tuple[Group, ...]:
    """Return a design as groups of fields, in the order in which its steps act.

    Args:
        rule: the design, compiled: its names come from the newest version that it reads.
    """
    found: list[Group] = []
    for key, judgement in rule.design.document["judgements"].items():
        bound = _bound(rule, key)
        if bound is None:
            continue
        themes = {one.id: one.name for one in rule.version.themes}
        around = Around(bound.node, themes, bool(judgement.get("for_each")))
        names = step_names(judgement["steps"])
        for number, step in enumerate(judgement["steps"], 1):
            found.append(_group(rule, f"{key}.{names[number - 1]}", number, step, bound, around))
    return tuple(found)


def _bound(rule: CompiledDesign, key: str) -> BoundJudgement | None:
    """Return a judgement, or the first of those that one of the document stands for."""
    own = (one for one in rule.judgements if one.own)
    return next((one for one in own if key in _ids(one)), None)


def _ids(one: BoundJudgement) -> tuple[str, str]:
    return one.node.judgement.template, one.node.judgement.id


def _group(
    rule: CompiledDesign,
    path: str,
    number: int,
    step: Mapping[str, Any],
    bound: BoundJudgement,
    around: Around,
) -> Group:
    kind = step_kind(step)
    schema = step_settings(kind)
    if schema is None:
        schema = getattr(rule.design.step_kinds.get(kind), "schema", None) or {}
    named = next(one for one in bound.steps if one.path == path)
    return Group(
        number=number,
        path=path,
        title=_TITLES.get(kind, kind.replace("_", " ").capitalize()),
        judgement=rule.design.judgements[path.partition(".")[0]].name,
        words=named.step.words,
        source=source_words(named.source),
        fields=tuple(fields_of(kind, step[kind], schema, path, around)),
        folded=any(one.get(MAY_ADD) for one in schema.get("properties", {}).values()),
        limiter=kind in LIMITERS,
    )
