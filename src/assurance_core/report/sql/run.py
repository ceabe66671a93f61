"""The rules of a design as columns of a statement: the engine's own steps, run on formulas."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import product
from math import prod
from operator import mul
from typing import Any

import numpy as np
from attrs import evolve, frozen

from assurance_core.engine.bound import BoundJudgement, NamedStep
from assurance_core.engine.graph import Leaf
from assurance_core.engine.rule import CompiledDesign
from assurance_core.engine.run import run_steps
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.report.sql.lines import Lines
from assurance_core.report.words import rule_lines, source_words
from assurance_core.rules.formula import Formula, NoFormulaError, column, each
from assurance_core.rules.values import ABSENT, Columns, Levels, Numbers, Running

MOST_KEYS = 1 << 16
"""The most rows of the table that a step in Python is written as."""


@frozen(eq=False)
class JudgedLines:
    """A judgement or consequence, with the formulas of what is said of it.

    Attributes:
        judgement: which.
        position: level, or a reason's code below 0.
        number: the last number it held, or None.
        bit: for each limiter, by path, where it changed the level.
        advised: for each level that a step advises, where it does.
    """

    judgement: BoundJudgement
    position: Any
    number: Numbers | None
    bit: tuple[tuple[str, Any], ...]
    advised: tuple[tuple[str, Any], ...]


def needed(rule: CompiledDesign) -> frozenset[str]:
    """Return the leaves without which the design gives no outcome."""
    every = (one for one in rule.judgements if one.node.judgement.missing == "error")
    return frozenset(key for one in every for key in one.keys)


def score_columns(rule: CompiledDesign, lines: Lines) -> dict[str, Formula]:
    """Return a column for each leaf that something reads, by id."""
    must = needed(rule)
    return {
        leaf.id: column(lines.name(leaf.id), _levels(leaf, leaf.id not in must))
        for leaf in rule.leaves
        if leaf.id in rule.leaves_read
    }


def run_on_formulas(
    rule: CompiledDesign, scores: Mapping[str, Formula], lines: Lines
) -> tuple[JudgedLines, ...]:
    """Run every judgement and consequence on formulas.

    Args:
        rule: the compiled design.
        scores: a column for each leaf that something reads, by id.
        lines: gets the columns that the steps give, in order.

    Raises:
        AssuranceError: `too-large`.
    """
    columns: dict[str, Any] = dict(scores)
    found = []
    for one in (*rule.judgements, *rule.consequences):
        judged = _run(one, columns, lines)
        columns[one.node.key] = judged.position
        found.append(judged)
    return tuple(found)


def _levels(leaf: Leaf, may_be_absent: bool) -> frozenset[int]:
    return frozenset(range(ABSENT if may_be_absent else 1, len(leaf.scale) + 1))


def _run(judgement: BoundJudgement, columns: Mapping[str, Any], lines: Lines) -> JudgedLines:
    key = judgement.node.key
    numbers: list[Numbers] = []

    def apply(named: NamedStep, running: Running, seen: Columns) -> Running:
        words = _words(judgement, named)
        try:
            after = named.step.apply(running, seen)
        except NoFormulaError:
            after = _tabulated(named, running, seen)
        name = key if judgement.by_condition else f"{key}.{named.path.rpartition('.')[2]}"
        kept: Numbers | Levels = lines.add_running(name, after, words)
        if isinstance(kept, Numbers):
            numbers.append(kept)
        return kept

    steps = tuple(
        evolve(one, step=evolve(one.step, apply=partial(apply, one))) for one in judgement.steps
    )
    ran = run_steps(evolve(judgement, steps=steps), judgement.given(columns))
    name = judgement.node.judgement.name
    position = lines.add(key, ran.positions, (f"{name}: the level, or the number of a reason.",))
    if isinstance(position, Formula) and isinstance(position.values, frozenset):
        # Every profile has a level or a reason for none: a judgement is never absent.
        position = evolve(position, values=position.values - {ABSENT})
    return JudgedLines(
        judgement,
        position,
        numbers[-1] if numbers else None,
        tuple(zip(judgement.limiters, ran.bit, strict=True)),
        tuple(zip(judgement.advises, ran.advised, strict=True)),
    )


def _tabulated(named: NamedStep, running: Running, seen: Columns) -> Levels:
    """Return a step that is no function on formulas as a table: a key for each case, and its level.

    The step is called on every case there can be, as the compiler does.
    """
    before: dict[str, Any] = {"": running.positions} if isinstance(running, Levels) else {}
    read = {**before, **seen}
    values = [each(one) for one in read.values()]
    size = prod(map(len, values))
    if size > MOST_KEYS:
        raise _too_many(named, size)
    mesh = dict(zip(read, np.ix_(*map(np.array, values)), strict=True))
    given = Levels(mesh.pop("")) if before else None
    after = named.step.apply(given, mesh)
    assert isinstance(after, Levels)
    positions = np.broadcast_to(after.positions, tuple(map(len, values)))
    key: Any = 0
    stride = 1
    strides: list[int] = []
    for one, known in zip(reversed(read.values()), reversed(values), strict=True):
        key = one * stride + key
        strides.insert(0, stride)
        stride *= known[-1] - known[0] + 1
    cases = (sum(map(mul, case, strides)) for case in product(*values))
    table = dict(zip(cases, positions.reshape(-1).tolist(), strict=True))
    found: Any = Formula("table", (key, table), frozenset(table.values()))
    return Levels(found)


def _too_many(named: NamedStep, size: int) -> AssuranceError:
    return AssuranceError(
        Fault(
            "too-large",
            named.path,
            f"a step in Python with {size:,} cases",
            f"at most {MOST_KEYS:,}, to be written as a table",
            "write the judgement's decision table instead: --format csv, or parquet",
        )
    )


def _words(judgement: BoundJudgement, named: NamedStep) -> tuple[str, ...]:
    """Return what is said of a step: its rule, its path, and its source."""
    name = judgement.node.judgement.name
    rule, *rows = rule_lines(named.step.words, named.step.rows)
    return (f"{name}: {rule}", *rows, f"{named.path}: {source_words(named.source)}")
