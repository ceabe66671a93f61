"""Many profiles at once: arrays in, arrays out, levels checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from assurance_core.engine.bound import BoundJudgement
from assurance_core.engine.consequences import FOLLOWS
from assurance_core.engine.run import run_steps
from assurance_core.engine.scores import number_of
from assurance_core.engine.table import Table
from assurance_core.model.assessment import Override
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.scale import Scale
from assurance_core.rules.values import IntColumn

if TYPE_CHECKING:
    from assurance_core.engine.rule import CompiledDesign


NO_OVERRIDES: Mapping[str, Override] = MappingProxyType({})


@frozen(eq=False)
class JudgedColumns:
    """One judgement of many profiles.

    Attributes:
        positions: level of each row; 0 or below where there is none.
        score: numerator and denominator of each row's score, 0 over 0 where the row has no level;
            None without numbers.
    """

    positions: NDArray[Any]
    score: tuple[NDArray[Any], NDArray[Any]] | None


@frozen(eq=False)
class OutcomeColumns:
    """The outcomes of many profiles.

    Attributes:
        headline: position of each row's headline on its scale; 0 where there is none; None for a
            design without a headline.
        score: numerator and denominator of each row's score, or None.
        judgements: every judgement, by id.
        consequences: for each consequence, which rows it follows for.
    """

    headline: NDArray[Any] | None
    score: tuple[NDArray[Any], NDArray[Any]] | None
    judgements: Mapping[str, JudgedColumns]
    consequences: Mapping[str, NDArray[np.bool_]]


def rate_columns(
    rule: CompiledDesign, columns: Mapping[str, Any] | Sequence[Any]
) -> OutcomeColumns:
    """Rate many profiles.

    Args:
        rule: the compiled design.
        columns: an array of whole numbers for each leaf, by id or in order; each number names a
            level as in `CompiledDesign.rate`. 0 is an absent score, unless the scale has a level 0.

    Returns:
        Arrays of the same length.

    Raises:
        AssuranceError: `bad-score` with the row, `missing-score`, `missing` or `wrong-type`.
    """
    given = _leaf_columns(rule, columns)
    _refuse_missing(rule, given)
    return rate_positions(rule, given)


def rate_positions(
    rule: CompiledDesign,
    positions: Mapping[str, IntColumn],
    overrides: Mapping[str, Override] = NO_OVERRIDES,
) -> OutcomeColumns:
    """Rate many profiles whose levels have been checked.

    Args:
        rule: the compiled design.
        positions: of every leaf, by id; 0 where absent.
        overrides: professional judgement that holds for all rows, by judgement.
    """
    nodes: dict[str, IntColumn] = dict(positions)
    judged: dict[str, JudgedColumns] = {}
    follows: dict[str, NDArray[np.bool_]] = {}
    count = len(rule.judgements)
    every = (*rule.judgements, *rule.consequences)
    for number, (one, table) in enumerate(zip(every, rule.tables, strict=True)):
        result = _judge(one, table, nodes)
        if one.own and one.node.judgement.id in overrides and number < count:
            level = one.node.scale.level(overrides[one.node.judgement.id].level)
            result = evolve(result, positions=np.full_like(result.positions, level.position))
        nodes[one.node.key] = result.positions
        if number >= count:
            follows[one.node.judgement.id] = result.positions == FOLLOWS
        elif one.own:
            judged[one.node.judgement.id] = result
    published = rule.published
    return OutcomeColumns(
        headline=np.maximum(judged[published.headline].positions, 0)
        if published.headline
        else None,
        score=judged[published.score].score if published.score else None,
        judgements=judged,
        consequences=follows,
    )


def _leaf_columns(
    rule: CompiledDesign, columns: Mapping[str, Any] | Sequence[Any]
) -> dict[str, IntColumn]:
    ids = [leaf.id for leaf in rule.leaves]
    if not isinstance(columns, Mapping):
        if len(columns) != len(ids):
            raise AssuranceError(
                Fault(
                    "missing",
                    f"{rule.design.id}: columns",
                    f"{len(columns)} columns",
                    f"{len(ids)}: {', '.join(ids)}",
                    "give one column for each, in this order",
                )
            )
        columns = dict(zip(ids, columns, strict=True))
    given: dict[str, IntColumn] = {}
    for leaf in rule.leaves:
        if leaf.id not in columns:
            raise AssuranceError(
                Fault(
                    "missing",
                    f"{rule.design.id}: columns",
                    f"no '{leaf.id}'",
                    "a column for each leaf",
                    "add the column; 0 for absent scores",
                )
            )
        array = np.asarray(columns[leaf.id])
        if array.dtype.kind not in "iu":
            raise AssuranceError(
                Fault(
                    "wrong-type",
                    f"columns.{leaf.id}",
                    f"an array of {array.dtype}",
                    "an array of whole numbers",
                    "convert the column",
                )
            )
        given[leaf.id] = _positions(array, leaf.scale, leaf.id)
    if len({len(column) for column in given.values()}) > 1:
        raise AssuranceError(
            Fault(
                "bad-table",
                f"{rule.design.id}: columns",
                "columns of different lengths",
                "one length",
                "check how the columns were made",
            )
        )
    return given


def _positions(array: NDArray[Any], scale: Scale, leaf_id: str) -> IntColumn:
    """Return the positions that numbers stand for; 0 is absent unless it is a level's number."""
    numbers = [number_of(level, scale) for level in scale.levels]
    lowest, highest = min(numbers), max(numbers)
    bad = (array < lowest) | (array > highest)
    if 0 not in numbers:
        bad &= array != 0
        lowest = 0
    known: IntColumn = np.full(highest - lowest + 1, -1, dtype=np.int64)
    known[np.array(numbers) - lowest] = range(1, len(numbers) + 1)
    if 0 not in numbers:
        known[0] = 0
    positions = known[np.where(bad, numbers[0], array).astype(np.int64) - lowest]
    bad |= positions < 0
    if bad.any():
        row = int(np.argmax(bad))
        raise AssuranceError(
            Fault(
                "bad-score",
                f"columns.{leaf_id}, row {row}",
                str(array[row]),
                f"from {min(numbers)} to {max(numbers)}",
                "mend the row; rows are counted from 0",
            )
        )
    return positions


def _refuse_missing(rule: CompiledDesign, given: Mapping[str, IntColumn]) -> None:
    for one in rule.judgements:
        if one.node.judgement.missing != "error":
            continue
        for key in one.keys:
            if key in given and not given[key].all():
                row = int(np.argmin(given[key] != 0))
                raise AssuranceError(
                    Fault(
                        "missing-score",
                        f"columns.{key}, row {row}",
                        "no score",
                        f"a score: {rule.design.id} cannot do without",
                        "leave the row out, or use a design that says what to do",
                    )
                )


def _judge(
    judgement: BoundJudgement, table: Table | None, nodes: Mapping[str, IntColumn]
) -> JudgedColumns:
    keys = judgement.keys
    if table is None or any((nodes[key] <= 0).any() for key in keys):
        ran = run_steps(judgement, {key: nodes[key] for key in keys})
        length = len(next(iter(nodes.values())))
        score = None
        if ran.number is not None:
            score = (
                np.broadcast_to(ran.number.numerator, length),
                np.broadcast_to(ran.number.denominator, length),
            )
        return JudgedColumns(np.broadcast_to(ran.positions, length), score)
    index: IntColumn = np.zeros(len(next(iter(nodes.values()))), dtype=np.int64)
    for key, stride in zip(keys, table.strides, strict=True):
        index += (nodes[key] - 1) * stride
    classes = table.classes[index]
    score = None
    if table.columns[:, 2].any():
        score = (table.columns[classes, 1], table.columns[classes, 2])
    return JudgedColumns(table.positions[classes], score)
