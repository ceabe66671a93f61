"""A judgement's whole space as a table: one small class number for each profile."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.engine.alike import kinds, told_apart
from assurance_core.engine.bound import BoundJudgement
from assurance_core.engine.run import Ran, run_steps
from assurance_core.model.outcome import JudgementOutcome, Number
from assurance_core.rules.values import ABSENT, IntColumn, Numbers, whole

MOST_PROFILES = 1 << 24
_BLOCK = 1 << 18
_KEPT_OUTCOMES = 4096
_ZERO: Any = 0
_NO_NUMBER = Numbers(_ZERO, _ZERO)


@frozen(eq=False, repr=False)
class Table:
    """The outcome of every profile of a judgement's inputs: complete, unless some are held absent.

    Attributes:
        shape: number of levels of each input, in order, and 1 for one that is held absent; the
            judged axis last.
        strides: how far one level of each input moves in `classes`.
        classes: a class for each profile, flat, the last input moving fastest.
        positions: by class: level, or a reason's code below 0.
        columns: by class: position, score and exact score as ratios (0 over 0 is none), and a bit
            for each limiter that bit and each step that advises.
        outcomes: by class: its facts and the outcome, ready made; empty where there are too many
            classes.
    """

    shape: tuple[int, ...]
    strides: tuple[int, ...]
    classes: NDArray[np.unsignedinteger]
    positions: IntColumn
    columns: IntColumn
    outcomes: Mapping[tuple[int, ...], JudgementOutcome]

    def __repr__(self) -> str:
        """Return its shape: the whole value would fill the screen."""
        return f"Table(shape={self.shape}, {len(self.columns)} classes)"


def space_shape(judgement: BoundJudgement) -> tuple[int, ...]:
    """Return the number of levels of each input, the judged axis last."""
    shape = [len(source.scale) for source in judgement.node.sources]
    return (*shape, len(judgement.node.scale)) if judgement.node.judged else tuple(shape)


def tabulate(
    judgement: BoundJudgement, reasons: Sequence[str], absent: Collection[str] = ()
) -> Table | None:
    """Run a judgement over its whole space, block by block: one profile of each kind.

    Args:
        judgement: what to run.
        reasons: texts of reasons for no outcome.
        absent: keys of the inputs that are held absent; the judgement's policy deals with them.

    Returns:
        The table, or None where the space has more than 2^24 profiles.

    Raises:
        AssuranceError: `gap`, where a profile gets no outcome.
    """
    full = space_shape(judgement)
    keyed = zip(judgement.names, judgement.keys, strict=True)
    held = {name for name, key in keyed if key in absent}
    shape = tuple(
        1 if key in absent else size for key, size in zip(judgement.keys, full, strict=True)
    )
    size = prod(shape)
    if size > MOST_PROFILES:
        _check_uniform(judgement, shape, held)
        return None
    outer = 0
    while prod(shape[outer:]) > _BLOCK:
        outer += 1
    inner = prod(shape[outer:])
    classes = np.empty(size, dtype=np.uint32)
    known: dict[tuple[int, ...], int] = {}
    for number, index in enumerate(np.ndindex(shape[:outer])):
        columns = _mesh(judgement.names, shape, index, held)
        alike = kinds(told_apart(judgement, columns), shape[outer:])
        picked = alike.pick(columns.values())
        ran = run_steps(judgement, dict(zip(columns, picked, strict=True)))
        by_kind = _classify(facts_of(ran), len(alike.first), known)
        classes[number * inner : (number + 1) * inner] = alike.spread(by_kind)
    columns_by_class = np.array(list(known), dtype=np.int64).reshape(len(known), -1)
    strides = tuple(prod(shape[axis + 1 :]) for axis in range(len(shape)))
    narrow = np.min_scalar_type(len(known) - 1)
    outcomes = (
        {row: class_outcome(judgement, row, reasons) for row in known}
        if len(known) <= _KEPT_OUTCOMES
        else {}
    )
    return Table(
        shape,
        strides,
        classes.astype(narrow),
        np.ascontiguousarray(columns_by_class[:, 0]),
        columns_by_class,
        outcomes,
    )


def _check_uniform(
    judgement: BoundJudgement, shape: tuple[int, ...], absent: Collection[str]
) -> None:
    """Run the profiles in which all inputs stand equally high: `gap` where a band starts too late.

    The lowest and the highest number that an aggregate can give are among them.
    """
    levels = np.arange(1, max(shape) + 1, dtype=np.int64)
    columns: dict[str, IntColumn] = {
        name: np.full_like(levels, ABSENT) if name in absent else np.minimum(levels, top)
        for name, top in zip(judgement.names, shape, strict=True)
    }
    run_steps(judgement, columns)


def _mesh(
    names: Sequence[str], shape: tuple[int, ...], fixed: tuple[int, ...], absent: Collection[str]
) -> dict[str, IntColumn]:
    """Return an open mesh over the axes behind the fixed ones: arrays that broadcast."""
    columns: dict[str, IntColumn] = {}
    inner = shape[len(fixed) :]
    for axis, name in enumerate(names):
        if name in absent:
            columns[name] = np.array(ABSENT, dtype=np.int64)
            continue
        if axis < len(fixed):
            columns[name] = np.array(fixed[axis] + 1, dtype=np.int64)
            continue
        form = [1] * len(inner)
        form[axis - len(fixed)] = shape[axis]
        columns[name] = np.arange(1, shape[axis] + 1, dtype=np.int64).reshape(form)
    return columns


def facts_of(ran: Ran) -> list[IntColumn]:
    """Return everything that tells outcomes apart: level, score, exact score, bits, advice."""
    bits: Any = 0
    for place, bit in enumerate(ran.bit + ran.advised):
        bits = bits | (whole(bit) << place)
    number, exact = ran.number or _NO_NUMBER, ran.exact or _NO_NUMBER
    return [
        ran.positions,
        number.numerator,
        number.denominator,
        exact.numerator,
        exact.denominator,
        bits,
    ]


def _classify(
    facts: Sequence[IntColumn], profiles: int, known: dict[tuple[int, ...], int]
) -> NDArray[np.uint32]:
    """Return the class of each of so many profiles.

    Args:
        facts: that broadcast to the profiles.
        profiles: how many.
        known: classes by their facts; new ones are added.
    """
    found = kinds(facts, (profiles,))
    rows = np.stack(found.pick(facts), axis=-1).tolist()
    numbers = [known.setdefault(tuple(row), len(known)) for row in rows]
    return found.spread(np.array(numbers, dtype=np.uint32))


def ran_facts(ran: Ran) -> tuple[int, ...]:
    """Return what tells outcomes apart, from a run on columns of length one."""
    return tuple(map(int, facts_of(ran)))


def class_outcome(
    judgement: BoundJudgement, row: Iterable[int], reasons: Sequence[str]
) -> JudgementOutcome:
    """Return the outcome that the facts of a class describe."""
    position, above, below, exact_above, exact_below, bits = (int(one) for one in row)
    node = judgement.node
    score = None
    if below:
        value, exact = Fraction(above, below), Fraction(exact_above, exact_below)
        score = Number(value, exact, judgement.of)
    limiters, advises = judgement.limiters, judgement.advises
    return JudgementOutcome(
        id=node.judgement.id,
        name=node.judgement.name,
        level=node.scale.at(position) if position > 0 else None,
        reason=reasons[-position - 1] if position < 0 else "",
        score=score,
        bit=_chosen(limiters, bits),
        advised=_chosen(advises, bits >> len(limiters)),
    )


def _chosen(names: Sequence[str], bits: int) -> tuple[str, ...]:
    """Return the names whose bit is set, the first name having the lowest."""
    if not bits:
        return ()
    return tuple(name for place, name in enumerate(names) if bits >> place & 1)
