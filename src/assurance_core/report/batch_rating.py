"""Which outcome each row of a batch has.

Most rows of a large table are alike in all that decides an outcome. So rows are put in groups, one
row of each group is read and rated as it would be in a table of ten, and all the others of its
group get the same. Complete profiles are grouped by what the tables of a compiled design say of
them; rows with other cells by these cells. Nothing is rated by a second set of rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from assurance_core.engine.graph import Leaf
from assurance_core.engine.groups import grouped
from assurance_core.engine.rule import CompiledDesign
from assurance_core.engine.same_outcome import same_outcome
from assurance_core.lab.contender import Compiled
from assurance_core.lab.coverage import DEFAULT_STATUSES
from assurance_core.lab.result import Result, cannot_rate, not_in_force, result_of
from assurance_core.model.assessment import Assessment, Body, Score
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.outcome import PossibleOutcomes
from assurance_core.report.kept_outcomes import KeptOutcomes
from assurance_core.report.outcome_table import OutcomeRow
from assurance_core.tables.batches import Batch, BatchForm, read_alone
from assurance_core.tables.coded import Cell, CodedColumn

ANY_BODY = "\ue000"
"""Stands for the name of a body in what is said of every body alike: a character of no script."""
_MOST_FAULTS = 100
_MOST_CELLS = 1 << 16

Numbers = NDArray[Any]


@frozen(eq=False)
class Complete:
    """Rows whose scores are all known.

    Attributes:
        rule: their design.
        rows: their places in the batch.
        positions: of each leaf, row by row.
    """

    rule: CompiledDesign
    rows: Numbers
    positions: Mapping[str, NDArray[np.uint8]]


@frozen(eq=False)
class RatedBatch:
    """What was found of the rows of a batch.

    Attributes:
        kept: places of the rows that have an outcome.
        abouts: of each row: the number of what is said of its assessment.
        outcomes: of each row: the number of its outcome.
        complete: rows whose scores are all known, by design.
    """

    kept: Numbers
    abouts: Numbers
    outcomes: Numbers
    complete: tuple[Complete, ...]


@frozen(eq=False)
class _About:
    """What is said of some assessments, but for their scores.

    Attributes:
        assessment: one of them.
        rule: the design for them; None where they cannot be rated.
        numbers: of what is said of them where they are rated, and where they cannot be.
    """

    assessment: Assessment
    rule: CompiledDesign | None
    numbers: tuple[int, int]


class BatchRating:
    """Rates the batches of one stream, and keeps what it has worked out for the next."""

    def __init__(
        self, compiled: Compiled, form: BatchForm, abouts: KeptOutcomes, outcomes: KeptOutcomes
    ) -> None:
        """Begin with nothing worked out.

        Args:
            compiled: the design.
            form: what the columns of the stream hold.
            abouts: keeps what is said of assessments.
            outcomes: keeps their outcomes.
        """
        self._compiled = compiled
        self._form = form
        self._abouts = abouts
        self._outcomes = outcomes
        self._unrated: set[int] = set()
        self._positions: dict[tuple[str, str, Cell], int] = {}

    def rate(self, batch: Batch) -> RatedBatch:
        """Return what the rows of a batch are rated.

        Raises:
            AssuranceError: with the faults of the batch, by row and column.
        """
        self._forget()
        rows = batch.arrow.num_rows
        groups = grouped([(one.codes, len(one.cells)) for one in batch.about.values()], rows)
        abouts = [self._about(batch, row) for row in groups.rows.tolist()]
        bad = batch.suspect() | np.array([one is None for one in abouts])[groups.numbers]
        outcomes: Numbers = np.full(rows, -1, dtype=np.int32)
        complete = []
        for rule in dict.fromkeys(one.rule for one in abouts if one and one.rule):
            mine = np.array([one is not None and one.rule is rule for one in abouts])
            found = self._complete(batch, rule, mine[groups.numbers] & ~bad)
            if found is not None and len(found.rows):
                outcomes[found.rows] = self._rate_complete(batch, found)
                complete.append(found)
        others = np.flatnonzero((outcomes < 0) & ~bad)
        if len(others):
            outcomes[others] = self._rate_others(batch, others, abouts, groups.numbers)
        faults = np.flatnonzero(bad | (outcomes < 0))
        if len(faults):
            _refuse(batch, faults)
        formal = [one is not None and one.assessment.status in DEFAULT_STATUSES for one in abouts]
        numbers = [(0, 0) if one is None else one.numbers for one in abouts]
        pairs = np.array(numbers, dtype=np.int32)
        unrated = np.isin(outcomes, list(self._unrated)).astype(np.int32) if self._unrated else 0
        kept = np.flatnonzero(np.array(formal)[groups.numbers] & (outcomes >= 0))
        return RatedBatch(kept, pairs[groups.numbers, unrated], outcomes, tuple(complete))

    def _forget(self) -> None:
        self._abouts.forget()
        if self._outcomes.forget():
            self._unrated.clear()
        if len(self._positions) > _MOST_CELLS:
            self._positions.clear()

    def _about(self, batch: Batch, row: int) -> _About | None:
        """Return what is said of the assessment of a row; None where some of it is at fault."""
        reading = batch.read_about(row)
        if reading.assessment is None:
            return None
        one = evolve(reading.assessment, body=Body(ANY_BODY))
        cells = tuple(column.cell(row) for column in batch.about.values())
        notes = not_in_force(self._compiled.contender.design, one)

        def said(notes: tuple[str, ...]) -> OutcomeRow:
            return self._row(one, Result(None, PossibleOutcomes(()), notes=notes))

        numbers = (
            self._abouts.number((cells, True), lambda: said(notes)),
            self._abouts.number((cells, False), lambda: said(())),
        )
        try:
            return _About(one, self._compiled.rule(one), numbers)
        except AssuranceError:
            return _About(one, None, numbers)

    def _row(self, one: Assessment, result: Result) -> OutcomeRow:
        return OutcomeRow(one, self._compiled.contender, result)

    def _complete(
        self, batch: Batch, rule: CompiledDesign, among: NDArray[np.bool_]
    ) -> Complete | None:
        """Return the rows whose scores are all known; None where a design reads other things."""
        leaves = {leaf.id: leaf for leaf in rule.leaves}
        if not leaves or any(key not in batch.scored for key in leaves):
            return None
        positions: dict[str, NDArray[np.uint8]] = {}
        for key, column in batch.scored.items():
            found = self._positions_of(rule, key, leaves.get(key), column)
            among = among & (found > 0)
            positions[key] = found
        rows = np.flatnonzero(among)
        if len(rows) < len(among):
            positions = {key: found[rows] for key, found in positions.items()}
        return Complete(rule, rows, {key: positions[key] for key in leaves})

    def _positions_of(
        self, rule: CompiledDesign, key: str, leaf: Leaf | None, column: CodedColumn
    ) -> NDArray[np.uint8]:
        """Return the position of each row's level; 0 where the cell is anything else.

        A column that is no leaf has 1 where its cell is not at fault.
        """
        version = (rule.source_version or rule.version).id
        by_code = np.zeros(len(column.cells), dtype=np.uint8)
        for code, cell in enumerate(column.cells):
            known = (version, key, cell)
            if known not in self._positions:
                one = read_alone(self._form.framework, version, key, cell)
                self._positions[known] = 0 if one is None else _position(one, leaf)
            by_code[code] = self._positions[known]
        if column.codes.dtype == np.uint8 and (by_code == np.arange(len(by_code))).all():
            return column.codes
        found: NDArray[np.uint8] = by_code[column.codes]
        return found

    def _rate_complete(self, batch: Batch, complete: Complete) -> Numbers:
        rule, rows = complete.rule, complete.rows
        version = (rule.source_version or rule.version).id
        groups, facts = same_outcome(rule, complete.positions)
        found = [
            self._outcomes.number((version, fact), partial(self._rated, rule, batch, row))
            for row, fact in zip(rows[groups.rows].tolist(), facts, strict=True)
        ]
        numbers: Numbers = np.array(found, dtype=np.int32)[groups.numbers]
        return numbers

    def _rated(self, rule: CompiledDesign, batch: Batch, row: int) -> OutcomeRow:
        one = batch.read(row).assessment
        assert one is not None
        return self._row(one, result_of(rule, one))

    def _rate_others(
        self, batch: Batch, rows: Numbers, abouts: Sequence[_About | None], about: Numbers
    ) -> Numbers:
        """Return outcomes of rows whose scores are not all known; -1 for those at fault."""
        scored = batch.scored
        columns = [(one.codes[rows], len(one.cells)) for one in scored.values()]
        groups = grouped([(about[rows], len(abouts)), *columns], len(rows))
        found = []
        for row in rows[groups.rows].tolist():
            of = abouts[int(about[row])]
            assert of is not None
            key = (of.assessment.version, tuple(one.cell(row) for one in scored.values()))
            found.append(self._other(batch, row, key))
        numbers: Numbers = np.array(found, dtype=np.int32)[groups.numbers]
        return numbers

    def _other(self, batch: Batch, row: int, key: tuple[str, tuple[Cell, ...]]) -> int:
        known = self._outcomes.known(key)
        if known is not None:
            return known
        one = batch.read(row).assessment
        if one is None:
            return -1
        one = evolve(one, body=Body(ANY_BODY))
        try:
            result, rated = result_of(self._compiled.rule(one), one), True
        except AssuranceError as error:
            result, rated = cannot_rate(error), False
        number = self._outcomes.number(key, lambda: self._row(one, result))
        if not rated:
            self._unrated.add(number)
        return number


def _position(one: Assessment, leaf: Leaf | None) -> int:
    if leaf is None:
        return 1
    if leaf.kind == "statement":
        cell = one.scores.get(leaf.id)
        level = cell.level if isinstance(cell, Score) else ""
    else:
        level = next(iter(one.judged.values()), "")
    found = leaf.scale.by_id.get(level)
    return found.position if found else 0


def _refuse(batch: Batch, rows: Numbers) -> None:
    """Raise for the rows at fault; those without any cell are none."""
    faults: list[Fault] = []
    for row in rows.tolist():
        faults += batch.read(row).faults
        if len(faults) >= _MOST_FAULTS:
            break
    if faults:
        raise AssuranceError(faults)
