"""Which of many complete profiles have the same outcome, so that it is worked out once for all.

A design tells few outcomes apart, however many assessments there are. Rows are numbered by what is
shown of them: levels that are published, the score, limiters, advice and consequences. Tables are
only looked up: no rule is written twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.engine.groups import Groups, grouped
from assurance_core.engine.rule import CompiledDesign
from assurance_core.engine.run import run_steps
from assurance_core.engine.table import facts_of
from assurance_core.rules.values import IntColumn

Facts = tuple[tuple[int, ...], ...]


@frozen(eq=False)
class _Judged:
    """A judgement of every row: `facts[codes]`, six numbers as `Table.columns` has them."""

    codes: NDArray[Any]
    facts: IntColumn


def same_outcome(
    rule: CompiledDesign, positions: Mapping[str, NDArray[Any]]
) -> tuple[Groups, tuple[Facts, ...]]:
    """Group complete profiles that have the same outcome, but for areas that are leaves.

    Args:
        rule: the compiled design.
        positions: of every leaf, by id: from 1 to the number of its levels.

    Returns:
        The groups, and of each what its rows have in common: the same whenever the design is asked.
    """
    rows = len(next(iter(positions.values())))
    shown: dict[int, tuple[NDArray[Any], list[IntColumn]]] = {}
    for number, judged in enumerate(_judged(rule, positions, rows)):
        facts = judged.facts[:, _shown_columns(rule, number)]
        # Judgements that read the same inputs often have the same codes, and are taken together.
        shown.setdefault(id(judged.codes), (judged.codes, []))[1].append(facts)
    together = [(codes, np.hstack(facts)) for codes, facts in shown.values()]
    columns = []
    for codes, by_code in together:
        distinct, numbers = np.unique(by_code, axis=0, return_inverse=True)
        columns.append((numbers.ravel().astype(np.int32)[codes], len(distinct)))
    groups = grouped(columns, rows)
    parts = [map(tuple, by_code[codes[groups.rows]].tolist()) for codes, by_code in together]
    in_common = zip(*parts, strict=True) if parts else [()] * len(groups.rows)
    return groups, tuple(in_common)


def _shown_columns(rule: CompiledDesign, number: int) -> list[int]:
    """Return the places of the facts that decide what is shown: of position, score, bits."""
    count = len(rule.judgements)
    one = (*rule.judgements, *rule.consequences)[number]
    judgement, published = one.node.judgement, rule.published
    columns = [5]
    areas = {area.node for area in published.areas}
    if number >= count or one.node.key in areas or judgement.id == published.headline:
        columns.append(0)
    if number < count and judgement.id == published.score:
        columns += [1, 2, 3, 4]
    return columns


def _judged(
    rule: CompiledDesign, positions: Mapping[str, NDArray[Any]], rows: int
) -> Iterator[_Judged]:
    every = (*rule.judgements, *rule.consequences)
    complete = rule.complete
    codes = complete.codes(positions, rows) if complete else None
    if complete and codes is not None:
        for table, coded in zip(rule.tables, complete.coded, strict=True):
            assert table is not None
            yield _Judged(codes[coded.place], table.columns[coded.classes])
        return
    nodes: dict[str, IntColumn] = {
        key: column.astype(np.int64) for key, column in positions.items()
    }
    for one, table in zip(every, rule.tables, strict=True):
        if table is None or any((nodes[key] <= 0).any() for key in one.keys):
            facts = [
                np.broadcast_to(fact, rows) for fact in facts_of(run_steps(one, one.given(nodes)))
            ]
            judged = _Judged(np.arange(rows), np.stack(facts, axis=-1))
        else:
            places: IntColumn = np.zeros(rows, dtype=np.int64)
            for key, stride in zip(one.keys, table.strides, strict=True):
                places += (nodes[key] - 1) * stride
            judged = _Judged(table.classes[places], table.columns)
        nodes[one.node.key] = judged.facts[:, 0][judged.codes]
        yield judged
