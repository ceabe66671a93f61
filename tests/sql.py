"""What a design's SQL statement has to give: the engine's answers, in a database's words."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assurance_core.engine.bulk import JudgedColumns, rate_columns
from assurance_core.engine.compile import compile_design
from assurance_core.engine.graph import Leaf
from assurance_core.engine.rule import CompiledDesign
from assurance_core.engine.run import run_steps
from assurance_core.engine.scores import number_of
from assurance_core.model.scale import Scale
from assurance_core.report.sql.names import quoted
from assurance_core.report.sql.statement import sql_statement
from assurance_core.testing import strategies

Row = tuple[Any, ...]
Answer = dict[str, list[Any]]
Columns = Mapping[str, NDArray[np.int64]]
MOST_ROWS = 1 << 18
SEED = 20260401
ROUNDINGS = ("up", "down", "half_up", "half_even")


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


def in_database(rule: CompiledDesign, columns: Columns) -> list[list[Any]]:
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


def expected(rule: CompiledDesign, columns: Columns) -> Answer:
    """Return what the statement has to give for each row, from the engine, by column."""
    rows = len(next(iter(columns.values())))
    ones = np.ones(rows, dtype=np.int64)
    nodes: dict[str, Any] = {leaf.id: columns.get(leaf.id, ones) for leaf in rule.leaves}
    found = rate_columns(rule, {leaf.id: _numbers(leaf)[nodes[leaf.id]] for leaf in rule.leaves})
    made: Answer = {"body": list(range(rows)), "reason": [None] * rows}
    for one in rule.judgements:
        if not one.own:
            continue
        name = one.node.judgement.id
        judged = found.judgements[name]
        made |= _judged(rule, name, one.node.scale, judged)
        if one.advises:
            advised = run_steps(one, one.given(nodes)).advised
            made[f"{name}.advised"] = _joined(one.advises, advised, rows)
        if one.limiters:
            made[f"{name}.limited_by"] = _joined(tuple(judged.bit), list(judged.bit.values()), rows)
        nodes[one.node.key] = judged.positions.astype(np.int64)
    for consequence, follows in found.consequences.items():
        made[f"consequence.{consequence}"] = follows.astype(int).tolist()
    return made


def _numbers(leaf: Leaf) -> Any:
    """Return the number of each level of a leaf, no score first."""
    return np.array([0, *(number_of(level, leaf.scale) for level in leaf.scale.levels)])


def _judged(rule: CompiledDesign, name: str, scale: Scale, found: JudgedColumns) -> Answer:
    positions = found.positions.tolist()
    made: Answer = {name: [scale.at(one).id if one > 0 else None for one in positions]}
    if found.score is not None:
        above, below = (part.tolist() for part in found.score)
        ratios = list(zip(above, below, strict=True))
        made[f"{name}.score_numerator"] = [one if other else None for one, other in ratios]
        made[f"{name}.score_denominator"] = [other or None for _, other in ratios]
    reasons = [rule.reasons[-1 - one] if one < 0 else None for one in positions]
    return {**made, f"{name}.no_level_because": reasons}


def _joined(names: Sequence[str], truths: Sequence[Any], rows: int) -> list[str | None]:
    columns = [np.broadcast_to(one, rows).tolist() for one in truths]
    found = [
        " ".join(name for name, truth in zip(names, row, strict=True) if truth)
        for row in zip(*columns, strict=True)
    ]
    return [one or None for one in found]


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
    return {name: [None] * len(rows) for name in like} | found


def differences(got: Answer, wanted: Answer) -> dict[str, tuple[int, Any, Any]]:
    """Return for each column that differs: the first row, what was given and what was expected.

    A column of which nothing is expected, as no profile has a level, may hold nothing.
    """
    found = {}
    nothing = [None] * len(wanted["reason"])
    for name in {**wanted, **got}:
        pairs = enumerate(zip(got[name], wanted.get(name, nothing), strict=True))
        bad = next(((row, one, other) for row, (one, other) in pairs if one != other), None)
        if bad:
            found[name] = bad
    return found


def in_sqlite(rule: CompiledDesign, columns: Columns) -> Answer:
    """Return what SQLite gives."""
    with closing(sqlite3.connect(":memory:")) as database:
        kinds = table_columns(rule)
        database.execute(create_table(kinds))
        places = ", ".join("?" * len(kinds))
        rows = zip(*in_database(rule, columns), strict=True)
        database.executemany(f"INSERT INTO assessments VALUES ({places})", rows)
        answer = database.execute(sql_statement(rule))
        return given(
            [one[0] for one in answer.description], sorted(answer), expected(rule, columns)
        )


def create_table(kinds: Mapping[str, str]) -> str:
    """Return the statement that makes the table."""
    return f"CREATE TABLE assessments ({', '.join(f'{quoted(n)} {k}' for n, k in kinds.items())})"


def below_zero(
    toward: str, missing: str = "omit", statements: Sequence[str] = "abc", headline: str = "overall"
) -> CompiledDesign:
    """Return a design whose points lie on both sides of 0, rounded in a direction.

    In SQL what is left of a negative number is negative, and in Python it is not.
    """
    levels = [(1, -7), (2, -2), (3, 0), (4, 3)]
    source: dict[str, Any] = {"source": "rule-book"}
    framework = strategies.framework_of(
        {
            "format": "assurance/framework/1",
            "id": "demo",
            "name": "Demo",
            "regulator": "Nobody",
            "bodies": "body",
            "sources": strategies.SOURCES,
            "scales": {
                "score": {
                    "name": "Score",
                    **source,
                    "levels": [{"id": str(i), "name": str(i), "points": p} for i, p in levels],
                },
                "grade": {
                    "name": "Grade",
                    **source,
                    "levels": [{"id": one, "name": one} for one in ("poor", "fair", "good")],
                },
            },
            "statements": {one: {"name": one, "scale": "score"} for one in statements},
            "versions": [
                {
                    "id": "v1",
                    "name": "First",
                    "in_force": {},
                    **source,
                    "themes": [{"id": "every", "name": "Every", "statements": list(statements)}],
                }
            ],
        }
    )
    steps: list[dict[str, Any]] = [
        {"weighted_mean": {"weights": {statements[0]: 1.5}}},
        {"round": {"to": 0.5, "toward": toward}, "id": "halves"},
        {"round": {"to": 2, "toward": toward}, "id": "twos"},
        {"band": {"poor": -10, "fair": -2, "good": 2}},
    ]
    judgement = {
        "scale": "demo/grade",
        "inputs": "all",
        "missing": missing,
        "steps": [{**one, **source} for one in steps],
    }
    tree = {
        "format": "assurance/design/1",
        "id": "demo/below-zero",
        "name": "Below zero",
        "summary": "For a test.",
        "framework": "demo",
        "status": "what_if",
        "judgements": {headline: judgement},
        "publishes": {"headline": headline, "areas": "none"},
    }
    return compile_design(strategies.design_of(tree, framework))
