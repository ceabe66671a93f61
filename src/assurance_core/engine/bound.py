"""A judgement with every step bound, and the one loop that runs steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from assurance_core.engine.graph import Node
from assurance_core.model.citation import Citation
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.rules.kind import BoundStep, StepKind
from assurance_core.rules.scope import Input, Scope
from assurance_core.rules.values import (
    ABSENT,
    UNCOVERED,
    BoolColumn,
    IntColumn,
    Levels,
    LevelType,
    Numbers,
    NumberType,
    Running,
    ValueType,
)

Columns = Mapping[str, IntColumn]


@frozen(eq=False)
class NamedStep:
    """A bound step with its path, kind and source."""

    path: str
    kind: str
    source: Citation
    step: BoundStep


@frozen(eq=False)
class BoundJudgement:
    """A judgement ready to run.

    Attributes:
        node: what it reads.
        steps: bound, in order.
        of: the highest its number can be, for readers; None if it holds no number.
        too_few: code of the reason given where too little is there.
        by_condition: a consequence: absent inputs meet no condition, and no reason is passed on.
    """

    node: Node
    steps: tuple[NamedStep, ...]
    of: Any
    too_few: int
    by_condition: bool = False


@frozen(eq=False)
class Ran:
    """What running a judgement gave, in columns.

    Attributes:
        positions: level, or a reason's code below 0.
        number: the last number it held.
        exact: the last number before the first rounding.
        bit: for each limiter, where it changed the level.
        advised: for each advising step, where it advises.
    """

    positions: IntColumn
    number: Numbers | None
    exact: Numbers | None
    bit: tuple[BoolColumn, ...]
    advised: tuple[BoolColumn, ...]


Recorder = Callable[[NamedStep, Running, Running, Columns], None]


def bind_judgement(
    node: Node,
    kinds: Mapping[str, StepKind],
    sources: Mapping[str, Citation],
    place: str,
    add_reason: Callable[[str], int],
) -> BoundJudgement:
    """Bind every step of a judgement; the compiler's check that each can stand where it stands.

    Args:
        node: the judgement with its inputs.
        kinds: step kinds by name.
        sources: citations by id.
        place: `DESIGN: `, in front of every path in errors.
        add_reason: gives a text the code of a reason.

    Raises:
        AssuranceError: a step that cannot stand where it stands.
    """
    judgement = node.judgement
    name = judgement.template or judgement.id
    inputs = tuple(Input(s.id, s.name, s.scale) for s in node.sources)
    running: ValueType = None
    of = None
    steps = []
    for step in judgement.steps:
        scope = Scope(
            place=f"{place}{name}.{step.id}",
            scale=node.scale,
            inputs=inputs,
            names=node.names,
            omits=judgement.missing == "omit",
            judged=node.judged,
            add_reason=add_reason,
        )
        bound = kinds[step.kind].bind(step.settings, scope, running)
        if running is None and bound.limiter:
            scope.need_level(running, step.kind)
        running = bound.gives
        if isinstance(running, NumberType):
            of = running.of
        steps.append(NamedStep(f"{name}.{step.id}", step.kind, sources[step.source], bound))
    if not isinstance(running, LevelType) or running.scale.id != node.scale.id:
        found = f"a level of {running.scale.id}" if isinstance(running, LevelType) else "a number"
        raise AssuranceError(
            Fault(
                "bad-step",
                f"{place}{name}.steps",
                f"steps that end with {found}",
                f"a level of {node.scale.id}",
                "end with a band, a table or a map onto the judgement's scale",
            )
        )
    too_few = add_reason(_too_few_words(node)) if judgement.missing != "error" else 0
    return BoundJudgement(node, tuple(steps), of, too_few)


def _too_few_words(node: Node) -> str:
    judgement = node.judgement
    if judgement.missing == "no_outcome":
        return f"{judgement.name}: not every input was assessed"
    least = judgement.omit_down_to
    return f"{judgement.name}: fewer than {least} input{'s' if least > 1 else ''} assessed"


def run_steps(judgement: BoundJudgement, columns: Columns, record: Recorder | None = None) -> Ran:
    """Run a judgement's steps on columns: the one implementation of every evaluation.

    Args:
        judgement: what to run.
        columns: positions by key of leaf or node, broadcasting against each other.
        record: called after each step, for traces.

    Raises:
        AssuranceError: `gap`, where a profile falls through a band or a table.
    """
    given = {source.id: columns[source.node] for source in judgement.node.sources}
    if judgement.node.judged:
        given[judgement.node.judged] = columns[judgement.node.judged]
    override, given = _policy(judgement, given)
    running: Running = None
    number: Numbers | None = None
    exact: Numbers | None = None
    bit: list[BoolColumn] = []
    advised: list[BoolColumn] = []
    for named in judgement.steps:
        step = named.step
        seen = {name: given[name] for name in step.reads}
        before, running = running, step.apply(running, seen)
        if isinstance(running, Numbers):
            number = running
            if named.kind != "round" and (exact is None or before is None):
                exact = running
        if isinstance(running, Levels):
            _check_covered(running.positions, override, given, named, judgement)
            if step.limiter and isinstance(before, Levels):
                bit.append(running.positions != before.positions)
        if step.holds is not None:
            advised.append(step.holds(before, seen))
        if record:
            record(named, before, running, seen)
    assert isinstance(running, Levels)
    positions = running.positions
    if override is not None:
        positions = np.where(override != 0, override, positions)
    return Ran(positions, number, exact, tuple(bit), tuple(advised))


def _policy(
    judgement: BoundJudgement, given: dict[str, IntColumn]
) -> tuple[IntColumn | None, dict[str, IntColumn]]:
    """Return where a reason replaces the outcome, and columns that steps can read.

    An input without an outcome passes its reason on. Too few inputs give the reason for that.
    """
    if all(bool((column > 0).all()) for column in given.values()):
        return None, given
    if judgement.by_condition:
        return None, {name: np.maximum(column, ABSENT) for name, column in given.items()}
    override: IntColumn = np.zeros((), dtype=np.int64)
    for column in reversed(given.values()):
        override = np.where(column < ABSENT, column, override)
    policy, least = judgement.node.judgement.missing, judgement.node.judgement.omit_down_to
    ids = [source.id for source in judgement.node.sources]
    present: IntColumn = np.zeros((), dtype=np.int64)
    for name in ids:
        present = present + (given[name] > ABSENT)
    if judgement.node.judged:
        override = np.where(
            (override == 0) & (given[judgement.node.judged] == 0), judgement.too_few, override
        )
    needed = len(ids) if policy != "omit" else least
    if policy == "error" and ((override == 0) & (present < needed)).any():
        raise _missing(judgement)
    override = np.where((override == 0) & (present < needed), judgement.too_few, override)
    usable = {}
    for name, column in given.items():
        # Where a reason replaces the outcome anyway, any level will do for the steps.
        fill = ABSENT if policy == "omit" and name in ids else 1
        usable[name] = np.where(column > ABSENT, column, np.where(override != 0, 1, fill))
    return override, usable


def _missing(judgement: BoundJudgement) -> AssuranceError:
    one = judgement.node.judgement
    return AssuranceError(
        Fault(
            "missing-score",
            one.id,
            "an input without a score",
            f"a score for each input of {one.name}",
            "give the score, or set missing: to no_outcome or omit",
        )
    )


def _check_covered(
    positions: IntColumn,
    override: IntColumn | None,
    given: Columns,
    named: NamedStep,
    judgement: BoundJudgement,
) -> None:
    if positions.size and positions.min() > UNCOVERED:
        return
    bad = positions == UNCOVERED
    if override is not None:
        bad = bad & (override == 0)
    if not bad.any():
        return
    names = list(given)
    arrays = np.broadcast_arrays(bad, *(given[name] for name in names))
    index = tuple(int(axis[0]) for axis in np.nonzero(arrays[0])) if arrays[0].ndim else ()
    scales = {s.id: s.scale for s in judgement.node.sources}
    shown = []
    for name, array in zip(names, arrays[1:], strict=True):
        scale = scales.get(name, judgement.node.scale)
        position = int(array[index])
        shown.append(scale.at(position).id if position > 0 else "absent")
    raise AssuranceError(
        Fault(
            "gap",
            named.path,
            f"a profile that falls through: {', '.join(shown)}",
            "an outcome for every profile",
            "add a round step, close the gap between ranges, or add otherwise:",
        )
    )


def input_names(judgement: BoundJudgement) -> Sequence[str]:
    """Return the keys of the leaves and nodes a judgement reads, the judged axis last."""
    keys = [source.node for source in judgement.node.sources]
    return [*keys, judgement.node.judged] if judgement.node.judged else keys
