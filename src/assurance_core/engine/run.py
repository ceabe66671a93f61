"""The one loop that runs steps, on one profile or on whole columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import numpy as np
from attrs import define, evolve

from assurance_core.engine.bound import BoundJudgement, NamedStep
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.rules.scope import number_words
from assurance_core.rules.values import (
    ABSENT,
    UNCOVERED,
    BoolColumn,
    Columns,
    IntColumn,
    Levels,
    Numbers,
    Running,
    all_there,
    anywhere,
    choose,
    everywhere,
    greater,
)


@define(frozen=True, slots=False, eq=False)
class Ran:
    """What running a judgement gave, in columns.

    Attributes:
        positions: level, or a reason's code below 0.
        number: the last number it held; 0 over 0 where there is no level.
        exact: the number before it was rounded.
        bit: for each limiter, where it changed the level.
        advised: for each advising step, where it advises.
        replaced: where a reason replaces the outcome whatever the steps say: its code, else 0.
    """

    positions: IntColumn
    number: Numbers | None
    exact: Numbers | None
    bit: tuple[BoolColumn, ...]
    advised: tuple[BoolColumn, ...]
    replaced: IntColumn


_NOTHING: Columns = MappingProxyType({})

StepRun = tuple[NamedStep, Running, Running, Columns]
"""A step, the running value before and after it, and the columns it was handed."""


def run_steps(
    judgement: BoundJudgement,
    given: Mapping[str, IntColumn],
    record: Callable[[StepRun], None] | None = None,
) -> Ran:
    """Run a judgement's steps on columns: the one implementation of every evaluation.

    Args:
        judgement: what to run.
        given: positions of its inputs by the names its steps use, in order, broadcasting against
            each other.
        record: called after each step, for traces.

    Raises:
        AssuranceError: `gap`, where a profile falls through a band or a table; `missing-score`.
    """
    every = judgement.names
    replaced, given = _policy(judgement, given)
    running: Running = None
    number: Numbers | None = None
    exact: Numbers | None = None
    bit: list[BoolColumn] = []
    advised: list[BoolColumn] = []
    for named in judgement.steps:
        step = named.step
        reads = step.reads
        if not reads:
            seen = _NOTHING
        else:
            seen = given if reads == every else {name: given[name] for name in reads}
        before, running = running, step.apply(running, seen)
        if isinstance(running, Numbers):
            number = running
            exact = exact or running
        if isinstance(running, Levels):
            if anywhere(running.positions == UNCOVERED):
                _check_covered(running.positions, replaced, given, number, named, judgement)
            if step.limiter and isinstance(before, Levels):
                bit.append(running.positions != before.positions)
        if step.holds is not None:
            advised.append(step.holds(before, seen))
        if record:
            record((named, before, running, seen))
    assert isinstance(running, Levels)
    positions = running.positions
    if judgement.no_start:
        positions = choose(positions == ABSENT, judgement.no_start, positions)
    positions = choose(replaced != 0, replaced, positions)
    return _only_with_level(Ran(positions, number, exact, tuple(bit), tuple(advised), replaced))


def _only_with_level(ran: Ran) -> Ran:
    """Return the run without scores, bites and advice where there is no level they belong to."""
    there = ran.positions > 0
    if everywhere(there):
        return ran

    def kept(number: Numbers | None) -> Numbers | None:
        return number and Numbers(number.numerator * there, number.denominator * there)

    return evolve(
        ran,
        number=kept(ran.number),
        exact=kept(ran.exact),
        bit=tuple(one & there for one in ran.bit),
        advised=tuple(one & there for one in ran.advised),
    )


def _policy(
    judgement: BoundJudgement, given: Mapping[str, IntColumn]
) -> tuple[IntColumn, Mapping[str, IntColumn]]:
    """Return where a reason replaces the outcome, and columns that steps can read.

    An input without an outcome passes its reason on. Too few inputs give the reason for that.
    """
    replaced: Any = 0
    if all_there(given.values()):
        return replaced, given
    if judgement.by_condition:
        return replaced, {name: greater(column, ABSENT) for name, column in given.items()}
    node = judgement.node
    policy = node.judgement.missing
    if policy == "error" and any(anywhere(column == ABSENT) for column in given.values()):
        raise _missing(judgement)
    for column in reversed(list(given.values())):
        replaced = choose(column < ABSENT, column, replaced)
    present: Any = 0
    for source in node.sources:
        present = present + (given[source.id] > ABSENT)
    omits = policy == "omit"
    lacking = present < (node.judgement.omit_down_to if omits else len(node.sources))
    if node.judged:
        lacking = lacking | (given[node.judged] == ABSENT)
    replaced = choose(lacking & (replaced == 0), judgement.too_few, replaced)
    usable = {}
    for name, column in given.items():
        # Where a reason replaces the outcome, any level will do for the steps: nothing of what
        # they then say is kept.
        fill = ABSENT if omits and name != node.judged else 1
        usable[name] = choose(column > ABSENT, column, choose(replaced != 0, 1, fill))
    return replaced, usable


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
    replaced: IntColumn,
    given: Columns,
    number: Numbers | None,
    named: NamedStep,
    judgement: BoundJudgement,
) -> None:
    bad = (positions == UNCOVERED) & (replaced == 0)
    if not anywhere(bad):
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
    value = ""
    if number is not None:
        top, bottom = (
            int(np.broadcast_to(part, arrays[0].shape)[index])
            for part in (number.numerator, number.denominator)
        )
        value = f", which comes to {number_words(Fraction(top, bottom))}"
    raise AssuranceError(
        Fault(
            "gap",
            named.path,
            f"a profile that falls through: {', '.join(shown)}{value}",
            "an outcome for every combination of its inputs' levels",
            named.step.remedy,
        )
    )
