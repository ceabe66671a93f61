"""The decision table of a judgement: a row for every profile of its inputs, with what comes out.

The rows are those of the table by which the compiled design rates, so that the printed table and
the rule cannot differ. Whoever writes it in another form takes the inputs and walks the rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

import numpy as np
from attrs import frozen

from assurance_core.engine.bound import BoundJudgement
from assurance_core.engine.rule import CompiledDesign
from assurance_core.engine.table import Table, class_outcome, space_shape
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.outcome import JudgementOutcome
from assurance_core.model.scale import Level, Scale

MOST_ROWS = 1 << 20
_BLOCK = 1 << 14


@frozen
class TableInput:
    """One column of what goes in: a statement, an evidence category, a judgement, a judged level.

    Attributes:
        id: as profiles name it, such as `safeguarding` or `judged.overall`.
        name: as shown to readers.
        scale: its levels, worst first, are the values of the column.
    """

    id: str
    name: str
    scale: Scale


@frozen
class DecisionRow:
    """One profile with its outcome."""

    levels: tuple[Level, ...]
    outcome: JudgementOutcome


@frozen(eq=False, repr=False)
class DecisionTable:
    """What a judgement makes of every complete profile of its inputs.

    Attributes:
        id, name: of the judgement.
        scale: of what comes out.
        inputs: in order; the first one changes slowest from row to row.
        classes: for each row, its outcome's place in `outcomes`.
        outcomes: the distinct outcomes.
    """

    id: str
    name: str
    scale: Scale
    inputs: tuple[TableInput, ...]
    classes: np.ndarray[tuple[int, ...], np.dtype[np.unsignedinteger]]
    outcomes: tuple[JudgementOutcome, ...]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.classes)

    def rows(self) -> Iterator[DecisionRow]:
        """Walk the rows: levels in their scales' order, the first input slowest."""
        shape = tuple(len(one.scale) for one in self.inputs)
        levels = [one.scale.levels for one in self.inputs]
        for start in range(0, len(self), _BLOCK):
            numbers = np.arange(start, min(start + _BLOCK, len(self)))
            places = np.stack(np.unravel_index(numbers, shape), axis=-1).tolist()
            classes = self.classes[start : start + _BLOCK].tolist()
            for place, number in zip(places, classes, strict=True):
                profile = tuple(scale[at] for scale, at in zip(levels, place, strict=True))
                yield DecisionRow(profile, self.outcomes[number])

    def __repr__(self) -> str:
        """Return its size: the whole value would fill the screen."""
        return f"DecisionTable({self.id!r}, {len(self):,} rows)"


def decision_tables(
    rule: CompiledDesign, judgement: str = "", most_rows: int = MOST_ROWS
) -> tuple[DecisionTable, ...]:
    """Return the decision table of each judgement of a design, each behind what it reads.

    Args:
        rule: the compiled design.
        judgement: the id of one judgement; every one of the design unless given.
        most_rows: the most rows that a table may have.

    Raises:
        AssuranceError: `no-choice` where the design has no such judgement; `too-large`, with the
            size of every table that has more rows.
    """
    own = _judgements(rule, judgement)
    chosen = [own[judgement]] if judgement else list(own.values())
    sizes = {one.node.judgement.id: _size(one) for one in own.values()}
    large = [one.node.judgement.id for one in chosen if sizes[one.node.judgement.id] > most_rows]
    if large:
        small = [name for name, size in sizes.items() if size <= most_rows]
        raise AssuranceError(
            Fault(
                "too-large",
                f"{rule.design.id}: {name}",
                f"{sizes[name]:,} profiles of its inputs",
                f"at most {most_rows:,} rows",
                _remedy(small, sizes[name]),
            )
            for name in large
        )
    return tuple(_decision_table(rule, one) for one in chosen)


def statement_table(
    rule: CompiledDesign, judgement: str, most_rows: int = MOST_ROWS
) -> DecisionTable:
    """Return what a judgement comes to for every profile of the statements, whatever it reads.

    Args:
        rule: the compiled design.
        judgement: the id of one of its judgements.
        most_rows: the most rows that the table may have.

    Raises:
        AssuranceError: `no-choice` where the design has no such judgement; `too-large`.
    """
    one = _judgements(rule, judgement)[judgement]
    size = prod(len(leaf.scale) for leaf in rule.leaves)
    if size > most_rows:
        raise AssuranceError(
            Fault(
                "too-large",
                f"{rule.design.id}: {judgement}",
                f"{size:,} profiles of the statements",
                f"at most {most_rows:,} rows",
                _remedy([], size),
            )
        )
    place = rule.judgements.index(one)
    numbers: dict[JudgementOutcome, int] = {}
    classes = [
        numbers.setdefault(rule.evaluate(profile)[1][place], len(numbers))
        for profile in product(*(range(1, len(leaf.scale) + 1) for leaf in rule.leaves))
    ]
    return DecisionTable(
        id=judgement,
        name=one.node.judgement.name,
        scale=one.node.scale,
        inputs=tuple(TableInput(leaf.id, leaf.name, leaf.scale) for leaf in rule.leaves),
        classes=np.array(classes, dtype=np.uint32),
        outcomes=tuple(numbers),
    )


def _judgements(rule: CompiledDesign, judgement: str) -> dict[str, BoundJudgement]:
    """Return a design's own judgements by id; raise if there is none, or none of a wanted id."""
    own = {one.node.judgement.id: one for one in rule.judgements if one.own}
    if (judgement and judgement not in own) or not own:
        raise AssuranceError(
            Fault(
                "no-choice",
                f"{rule.design.id}: judgement",
                f"'{judgement}'" if judgement else "a design without judgements",
                f"a judgement: {', '.join(own) or 'the design has none'}",
                "name one of its judgements" if own else "ask about another design",
            )
        )
    return own


def _size(one: BoundJudgement) -> int:
    size = 1
    for levels in space_shape(one):
        size *= levels
    return size


def _remedy(small: list[str], size: int) -> str:
    if size <= MOST_ROWS:
        return f"write it as CSV, which may have {MOST_ROWS:,} rows: --format csv"
    if small:
        return f"name a smaller judgement with --judgement: {', '.join(small)}"
    return "ask `assurance audit` about it: it needs no list of all profiles"


def _decision_table(rule: CompiledDesign, one: BoundJudgement) -> DecisionTable:
    found: Table | None = rule.space[one.node.judgement.id]
    assert found is not None  # Fewer rows than are tabulated.
    inputs = [TableInput(source.id, source.name, source.scale) for source in one.node.sources]
    if one.node.judged:
        name = f"{one.node.judgement.name}, as judged"
        inputs.append(TableInput(one.node.judged, name, one.node.scale))
    # Ready-made outcomes stand in the order of the classes.
    outcomes = tuple(found.outcomes.values()) or tuple(
        class_outcome(one, row, rule.reasons) for row in found.columns
    )
    return DecisionTable(
        id=one.node.judgement.id,
        name=one.node.judgement.name,
        scale=one.node.scale,
        inputs=tuple(inputs),
        classes=found.classes,
        outcomes=outcomes,
    )
