"""Many profiles at once: arrays in, arrays out, levels checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.engine.bound import BoundJudgement, input_names, run_steps
from assurance_core.engine.table import Table
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.scale import Scale
from assurance_core.rules.values import IntColumn

if TYPE_CHECKING:
    from assurance_core.engine.rule import CompiledDesign


@frozen(eq=False)
class JudgedColumns:
    """One judgement of many profiles.

    Attributes:
        positions: level of each row; 0 or below where there is none.
        score: numerator and denominator of each row's score; None without numbers.
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
            level as in `CompiledDesign.rate`. 0 is an absent score.

    Returns:
        Arrays of the same length.

    Raises:
        AssuranceError: `bad-score` with the row, `missing-score`, `missing` or `wrong-type`.
    """
    given = _leaf_columns(rule, columns)
    nodes: dict[str, IntColumn] = dict(given)
    judged: dict[str, JudgedColumns] = {}
    follows: dict[str, NDArray[np.bool_]] = {}
    count = len(rule.judgements)
    every = (*rule.judgements, *rule.consequences)
    for number, (one, table) in enumerate(zip(every, rule.tables, strict=True)):
        result = _judge(one, table, nodes)
        nodes[one.node.key] = result.positions
        if number >= count:
            follows[one.node.judgement.id] = result.positions > 1
        elif one.node.role == "judgement":
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
    _refuse_missing(rule, given)
    return given


def _positions(array: NDArray[Any], scale: Scale, leaf_id: str) -> IntColumn:
    numbers = [int(level.id) if scale.numbered else level.position for level in scale.levels]
    lowest = numbers[0]
    if numbers == list(range(lowest, lowest + len(numbers))) and (lowest >= 1):
        bad = ((array < lowest) | (array > numbers[-1])) & (array != 0)
        shifted = array.astype(np.int64) - (lowest - 1)
        positions: IntColumn = np.where(array == 0, 0, shifted)
    else:
        # Here 0 may be a level of its own, so an absent score cannot be told by it.
        table = {number: position for position, number in enumerate(numbers, 1)}
        positions = np.array([table.get(int(one), -1) for one in array], dtype=np.int64)
        bad = positions < 0
    if bad.any():
        row = int(np.argmax(bad))
        raise AssuranceError(
            Fault(
                "bad-score",
                f"columns.{leaf_id}, row {row}",
                str(array[row]),
                f"from {scale.ids[0]} to {scale.ids[-1]}"
                if scale.numbered
                else f"from 1 to {len(scale)}",
                "mend the row; rows are counted from 0",
            )
        )
    return positions


def _refuse_missing(rule: CompiledDesign, given: Mapping[str, IntColumn]) -> None:
    for one in rule.judgements:
        if one.node.judgement.missing != "error":
            continue
        for key in input_names(one):
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
    keys = input_names(judgement)
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
    index: IntColumn = np.zeros(len(nodes[keys[0]]), dtype=np.int64)
    for key, stride in zip(keys, table.strides, strict=True):
        index += (nodes[key] - 1) * stride
    classes = table.classes[index]
    score = None
    if table.columns[:, 2].any():
        score = (table.columns[classes, 1], table.columns[classes, 2])
    return JudgedColumns(table.positions[classes], score)
