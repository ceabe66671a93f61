"""What a design's SQL statement has to give: the engine's own answers, in the words of a database."""

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assurance_core.engine.bulk import JudgedColumns, rate_columns
from assurance_core.engine.graph import Leaf
from assurance_core.engine.rule import CompiledDesign
from assurance_core.engine.scores import number_of
from assurance_core.model.scale import Scale

Row = tuple[Any, ...]
Answer = dict[str, list[Any]]
MOST_ROWS = 1 << 18
SEED = 20260401


def leaves_read(rule: CompiledDesign) -> list[Leaf]:
    """Return the leaves that a statement has a column for."""
    return [leaf for leaf in rule.leaves if leaf.id in rule.leaves_read]


def is_number(leaf: Leaf) -> bool:
    """Say whether a table has numbers for the levels of a leaf."""
    return leaf.scale.numbered


def profiles(rule: CompiledDesign, most: int = MOST_ROWS) -> dict[str, NDArray[np.int64]]:
    """Return positions by leaf: the whole space, or as many profiles drawn from it."""
    sizes = [len(leaf.scale) for leaf in leaves_read(rule)]
    ids = [leaf.id for leaf in leaves_read(rule)]
    if prod(sizes) <= most:
        mesh = np.indices(sizes).reshape(len(sizes), -1) + 1
        return dict(zip(ids, mesh, strict=True))
    draw = np.random.default_rng(SEED)
    return {one: draw.integers(1, size + 1, most) for one, size in zip(ids, sizes, strict=True)}


def with_absences(rule: CompiledDesign, rows: int) -> dict[str, NDArray[np.int64]]:
    """Return drawn profiles in which any score is absent that the design can do without."""
    must = {
        key for one in rule.judgements if one.node.judgement.missing == "error" for key in one.keys
    }
    draw = np.random.default_rng(SEED)
    return {
        leaf.id: draw.integers(1 if leaf.id in must else 0, len(leaf.scale) + 1, rows)
        for leaf in leaves_read(rule)
    }


def in_database(rule: CompiledDesign, columns: Mapping[str, NDArray[np.int64]]) -> list[list[Any]]:
    """Return the columns of the table, a number for each row first."""
    rows = len(next(iter(columns.values())))
    given: list[list[Any]] = [list(range(rows))]
    for leaf in leaves_read(rule):
        words: list[Any] = [0 if is_number(leaf) else "not_assessed"]
        for level in leaf.scale.levels:
            words.append(number_of(level, leaf.scale) if is_number(leaf) else level.id)
        given.append([words[one] for one in columns[leaf.id].tolist()])
    return given


def table_columns(rule: CompiledDesign) -> dict[str, str]:
    """Return the columns of the table with their types, in the order of `in_database`."""
    kinds = {leaf.id: "INTEGER" if is_number(leaf) else "TEXT" for leaf in leaves_read(rule)}
    return {"body": "INTEGER", **kinds}


def expected(rule: CompiledDesign, columns: Mapping[str, NDArray[np.int64]]) -> Answer:
    """Return what the statement has to give for each row, from the engine, by column."""
    rows = len(next(iter(columns.values())))
    given = {leaf.id: _as_numbers(leaf.scale, columns.get(leaf.id), rows) for leaf in rule.leaves}
    found = rate_columns(rule, given)
    made: Answer = {"body": list(range(rows)), "reason": [None] * rows}
    for one in rule.judgements:
        if one.own:
            judged = found.judgements[one.node.judgement.id]
            made |= _judged(rule, one.node.judgement.id, one.node.scale, judged)
    for consequence, follows in found.consequences.items():
        made[f"consequence.{consequence}"] = follows.astype(int).tolist()
    return made


def _as_numbers(scale: Scale, positions: Any, rows: int) -> NDArray[np.int64]:
    numbers = np.array([0, *(number_of(level, scale) for level in scale.levels)])
    found: NDArray[np.int64] = numbers[np.ones(rows, dtype=int) if positions is None else positions]
    return found


def _judged(rule: CompiledDesign, name: str, scale: Scale, found: JudgedColumns) -> Answer:
    positions = found.positions.tolist()
    made: Answer = {name: [scale.at(one).id if one > 0 else None for one in positions]}
    if found.score is not None:
        above, below = (part.tolist() for part in found.score)
        ratios = list(zip(above, below, strict=True))
        made[f"{name}.score_numerator"] = [one if other else None for one, other in ratios]
        made[f"{name}.score_denominator"] = [other or None for _, other in ratios]
    for path, bit in found.bit.items():
        said = made.setdefault(f"{name}.limited_by", [""] * len(positions))
        made[f"{name}.limited_by"] = [
            f"{one} {path}".strip() if bites else one
            for one, bites in zip(said, bit.tolist(), strict=True)
        ]
    reasons = [rule.reasons[-1 - one] if one < 0 else None for one in positions]
    return {**made, f"{name}.no_level_because": reasons}


def given(names: Sequence[str], rows: Sequence[Row], like: Answer) -> Answer:
    """Return what a database gave, by column, with a column for everything that is expected.

    A whole score is a ratio over 1; what is said of no row has no column.
    """
    columns = [list(one) for one in zip(*rows, strict=True)]
    found: Answer = dict(zip(names, columns, strict=True))
    for name in [one for one in found if one.endswith(".score")]:
        scores = found.pop(name)
        found[f"{name}_numerator"] = scores
        found[f"{name}_denominator"] = [None if one is None else 1 for one in scores]
    for name in like:
        if name.endswith(".limited_by") and name in found:
            found[name] = [one or "" for one in found[name]]
        elif name not in found:
            found[name] = [None] * len(rows)
    return found
