"""Many profiles at once: arrays in, arrays out, levels checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import define, evolve, frozen
from numpy.typing import NDArray

from assurance_core.engine.blocks import narrow, spread
from assurance_core.engine.bound import BoundJudgement
from assurance_core.engine.consequences import FOLLOWS
from assurance_core.engine.published import Published
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
class Facts:
    """What is said of each row, or of each code.

    Attributes:
        positions: level; below 1 where there is none.
        score: numerator and denominator, 0 over 0 where there is no level; None without numbers.
        bit: for each limiter, by path, whether it changed the level.
    """

    positions: NDArray[Any]
    score: tuple[NDArray[Any], NDArray[Any]] | None
    bit: Mapping[str, NDArray[np.bool_]]

    @classmethod
    def of(cls, judgement: BoundJudgement, columns: NDArray[Any]) -> Facts:
        """Return the facts of rows as `Table.columns` has them."""
        limiters = judgement.limiters
        score = (columns[:, 1], columns[:, 2]) if columns[:, 2].any() else None
        bit = {path: (columns[:, 5] >> k & 1) != 0 for k, path in enumerate(limiters)}
        return cls(columns[:, 0], score, bit)

    def narrow(self) -> Facts:
        """Return the same in the narrowest types."""
        score = self.score and (narrow(self.score[0]), narrow(self.score[1]))
        return Facts(narrow(self.positions), score, self.bit)


@define(frozen=True, slots=False, eq=False)
class JudgedColumns:
    """One judgement of many profiles; its columns are made when one is first asked for.

    Complete profiles rated at once get them in the narrowest type that holds what the judgement can
    say, and may share memory: they are to be read.
    """

    _facts: Facts
    _codes: NDArray[Any] | None = None

    @cached_property
    def _rows(self) -> Facts:
        facts = self._facts
        if self._codes is None:
            return facts
        positions, *others = spread(
            self._codes, [facts.positions, *(facts.score or ()), *facts.bit.values()]
        )
        score = (others[0], others[1]) if facts.score else None
        bits = others[2:] if facts.score else others
        return Facts(positions, score, dict(zip(facts.bit, bits, strict=True)))

    @property
    def positions(self) -> NDArray[Any]:
        """The level of each row; 0 or below where there is none."""
        return self._rows.positions

    @cached_property
    def levels(self) -> NDArray[Any]:
        """The level of each row; 0 where there is none."""
        has_reasons = self._facts.positions.min(initial=0) < 0
        return np.maximum(self.positions, 0) if has_reasons else self.positions

    @property
    def score(self) -> tuple[NDArray[Any], NDArray[Any]] | None:
        """Numerator and denominator of each row's score, or None where there are no numbers.

        A row without a level has 0 over 0.
        """
        return self._rows.score

    @property
    def bit(self) -> Mapping[str, NDArray[np.bool_]]:
        """For each limiter, by path, the rows whose level it changed."""
        return self._rows.bit

    def replaced(self, position: int) -> JudgedColumns:
        """Return the same with one level for all rows, as professional judgement has it."""
        positions = np.full_like(self._facts.positions, position)
        return evolve(self, facts=evolve(self._facts, positions=positions))


@define(frozen=True, slots=False, eq=False)
class OutcomeColumns:
    """The outcomes of many profiles.

    Attributes:
        judgements: every judgement, by id.
    """

    judgements: Mapping[str, JudgedColumns]
    _published: Published
    _following: Mapping[str, JudgedColumns]

    @property
    def headline(self) -> NDArray[Any] | None:
        """Position of each row's headline on its scale, 0 where there is none.

        None for a design without a headline.
        """
        headline = self._published.headline
        return self.judgements[headline].levels if headline else None

    @property
    def score(self) -> tuple[NDArray[Any], NDArray[Any]] | None:
        """Numerator and denominator of each row's score, or None."""
        return self.judgements[self._published.score].score if self._published.score else None

    @cached_property
    def consequences(self) -> Mapping[str, NDArray[np.bool_]]:
        """For each consequence, which rows it follows for."""
        return {key: one.positions == FOLLOWS for key, one in self._following.items()}


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
    rated = _rate_complete(rule, given)
    if rated is not None:
        return rated
    positions = {leaf.id: _positions(given[leaf.id], leaf.scale, leaf.id) for leaf in rule.leaves}
    _refuse_missing(rule, positions)
    return rate_positions(rule, positions)


def _rate_complete(
    rule: CompiledDesign, given: Mapping[str, NDArray[Any]]
) -> OutcomeColumns | None:
    """Rate profiles that have every score; None where some have not, or where it cannot be done."""
    complete = rule.complete
    rows = len(next(iter(given.values()), ()))
    if complete is None or not rows:
        return None
    codes = complete.codes(given, rows)
    if codes is None:
        return None
    every = [
        JudgedColumns(Facts.of(one, table.columns[coded.classes]).narrow(), codes[coded.place])
        for one, table, coded in zip(complete.judgements, rule.tables, complete.coded, strict=True)
        if table is not None
    ]
    return _outcomes(rule, every)


def _outcomes(rule: CompiledDesign, every: Sequence[JudgedColumns]) -> OutcomeColumns:
    count = len(rule.judgements)
    judged = zip(rule.judgements, every[:count], strict=True)
    following = zip(rule.consequences, every[count:], strict=True)
    return OutcomeColumns(
        judgements={one.node.judgement.id: found for one, found in judged if one.own},
        published=rule.published,
        following={one.node.judgement.id: found for one, found in following},
    )


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
    found: list[JudgedColumns] = []
    count = len(rule.judgements)
    every = (*rule.judgements, *rule.consequences)
    for number, (one, table) in enumerate(zip(every, rule.tables, strict=True)):
        result = _judge(one, table, nodes)
        if one.own and one.node.judgement.id in overrides and number < count:
            level = one.node.scale.level(overrides[one.node.judgement.id].level)
            result = result.replaced(level.position)
        nodes[one.node.key] = result.positions
        found.append(result)
    return _outcomes(rule, found)


def _leaf_columns(
    rule: CompiledDesign, columns: Mapping[str, Any] | Sequence[Any]
) -> dict[str, NDArray[Any]]:
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
    given: dict[str, NDArray[Any]] = {}
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
        given[leaf.id] = array
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
        ran = run_steps(judgement, judgement.given(nodes))
        length = len(next(iter(nodes.values())))

        def whole(column: NDArray[Any]) -> NDArray[Any]:
            return np.broadcast_to(column, length)

        number = None
        if ran.number is not None:
            number = (whole(ran.number.numerator), whole(ran.number.denominator))
        limiters = judgement.limiters
        bit = {path: whole(one) for path, one in zip(limiters, ran.bit, strict=True)}
        return JudgedColumns(Facts(whole(ran.positions), number, bit))
    index: IntColumn = np.zeros(len(next(iter(nodes.values()))), dtype=np.int64)
    for key, stride in zip(keys, table.strides, strict=True):
        index += (nodes[key] - 1) * stride
    return JudgedColumns(Facts.of(judgement, table.columns), table.classes[index])
