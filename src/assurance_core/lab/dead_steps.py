"""Steps and rows that do nothing: never a level, never a number, or never fire at all.

A limiter whose condition never holds is told from one whose condition holds where the level is
already at or past the limit; and for a row or limiter that other rules keep from firing, those are
named. To find out, the judgement is bound again with a probe in the place of the step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import numpy as np
from attrs import define, evolve, field, frozen
from numpy.typing import NDArray

from assurance_core.engine.bound import BoundJudgement, bind_judgement
from assurance_core.lab.scenes import Block, Moment, blocks, judgements_of, run_watched
from assurance_core.lab.space import Space
from assurance_core.model.errors import AssuranceError
from assurance_core.rules import BUILT_IN
from assurance_core.rules.values import IntColumn, Levels, LevelType, Numbers

Idle = Literal["never", "no_level"]
_MARK = 1 << 16
_PROBED = ("cap", "floor", "adjust")


@frozen(eq=False)
class DeadStep:
    """A step, or a row of a table, that changes nothing.

    Attributes:
        path: of the step.
        words: the rule in plain words.
        row: number of the row in a table, from 1; 0 for a whole step.
        idle: `never` changes anything, or changes numbers but `no_level`.
        condition_holds: whether its condition ever holds; None where it has none.
        shadowed_by: what keeps it from firing: rows of the same table, paths of other limiters.
    """

    path: str
    words: str
    row: int = 0
    idle: Idle = "never"
    condition_holds: bool | None = None
    shadowed_by: tuple[str, ...] = ()


@define(eq=False)
class _Seen:
    """What was seen of one step: of a step that is repeated, in any of its judgements."""

    words: str
    kind: str
    settings: Any
    removable: bool = False
    changes: bool = False
    moves_level: bool = False
    holds: bool = False
    rows: set[int] = field(factory=set)
    rows_hold: set[int] = field(factory=set)
    shadows: dict[int, set[int]] = field(factory=dict)
    freed_without: set[str] = field(factory=set)


@frozen(eq=False)
class _Probes:
    """A judgement with its probes: the same steps, one of them replaced or left out.

    Attributes:
        without: by path, the judgement without that step, where it can do without it.
        first_rows: by path of a table, one that says which row is the first to hold.
        each_row: by path of a table, for each row one that says where its condition holds.
        advice: by path of a limiter, a step that says where its condition holds.
    """

    without: Mapping[str, BoundJudgement]
    first_rows: Mapping[str, BoundJudgement]
    each_row: Mapping[str, tuple[BoundJudgement, ...]]
    advice: Mapping[str, BoundJudgement]


def dead_steps(space: Space) -> tuple[DeadStep, ...]:
    """Return every step and row that does nothing over the whole space, in order."""
    seen: dict[str, _Seen] = {}
    probes = {}
    for one in judgements_of(space):
        if one.own:
            probes[one.node.key] = _probes(space, one)
            for step, given in zip(one.steps, one.node.judgement.steps, strict=True):
                seen.setdefault(step.path, _Seen(step.step.words, step.kind, given.settings))
    for block in blocks(space):
        _look_at(block, probes, seen)
    found: list[DeadStep] = []
    for path, what in seen.items():
        found += _verdict(path, what)
    return tuple(found)


def _probes(space: Space, one: BoundJudgement) -> _Probes:
    without, first_rows, each_row, advice = {}, {}, {}, {}
    for number, step in enumerate(one.steps):
        settings = one.node.judgement.steps[number].settings
        left_out = _rebound(space, one, number, None)
        if left_out is not None and number:
            without[step.path] = left_out
        if step.kind == "table":
            marked = [
                {"when": row["when"], "unknown": f"row {place}"}
                for place, row in enumerate(settings["rows"])
            ]
            first_rows[step.path] = _need(_rebound(space, one, number, ("table", _table(marked))))
            each_row[step.path] = tuple(
                _need(_rebound(space, one, number, ("table", _table([row])))) for row in marked
            )
        if step.kind in _PROBED:
            gives = one.steps[number - 1].step.gives
            assert isinstance(gives, LevelType)
            probe = {"at": gives.scale.levels[0].id, "when": settings["when"]}
            advice[step.path] = _need(_rebound(space, one, number, ("advise", probe)))
    return _Probes(without, first_rows, each_row, advice)


def _table(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"rows": rows, "otherwise": {"unknown": "no row"}}


def _need(one: BoundJudgement | None) -> BoundJudgement:
    assert one is not None
    return one


def _rebound(
    space: Space, one: BoundJudgement, number: int, replacement: tuple[str, Any] | None
) -> BoundJudgement | None:
    """Bind a judgement with one step replaced or left out; None where it cannot be."""
    judgement = one.node.judgement
    steps = list(judgement.steps)
    if replacement is None:
        del steps[number]
    else:
        steps[number] = evolve(steps[number], kind=replacement[0], settings=replacement[1])

    def mark(text: str) -> int:
        # `row 3` is marked by 3, and below every code of a reason of the design itself.
        row = text.removeprefix("row ")
        return -_MARK - (int(row) if row.isdecimal() else _MARK)

    node = evolve(one.node, judgement=evolve(judgement, steps=tuple(steps)))
    kinds = {**BUILT_IN, **space.rule.design.step_kinds}
    try:
        return bind_judgement(node, kinds, space.rule.design.sources, "", mark)
    except (AssuranceError, IndexError):
        return None


def _look_at(block: Block, probes: Mapping[str, _Probes], seen: dict[str, _Seen]) -> None:
    columns: dict[str, IntColumn] = dict(block.columns)
    for one in block.judgements:
        own = probes.get(one.node.key)
        if own is None:
            columns[one.node.key] = run_watched(one, columns, None)
            continue

        def watch(moment: Moment, own: _Probes = own) -> None:
            _watch(moment, own, seen[moment.step.path])

        given = {key: columns[key] for key in one.keys}
        positions = run_watched(one, given, watch)
        columns[one.node.key] = positions
        for path, other in own.without.items():
            seen[path].removable = True
            if not seen[path].moves_level:
                seen[path].moves_level = _differs(other, given, positions)
        _free(one, own, given, seen)


def _watch(moment: Moment, probes: _Probes, seen: _Seen) -> None:
    path, before, after, there = moment.step.path, moment.before, moment.after, moment.there
    index = [step.path for step in moment.judgement.steps].index(path)
    seen.changes = seen.changes or _changes(moment, index)
    if path in probes.advice:
        holds = probes.advice[path].steps[index].step.holds
        assert holds is not None
        assert isinstance(before, Levels)
        where = holds(before, moment.seen) & (before.positions > 0) & there
        seen.holds = seen.holds or bool(where.any())
    if moment.step.step.holds is not None:
        assert isinstance(after, Levels)
        where = moment.step.step.holds(before, moment.seen) & (after.positions > 0) & there
        seen.holds = seen.holds or bool(where.any())
    if path in probes.first_rows:
        first = _rows(probes.first_rows[path], index, moment)
        seen.rows |= set(np.unique(first).tolist())
        for row, probe in enumerate(probes.each_row[path]):
            holds_here = _rows(probe, index, moment) == row
            firing = np.broadcast_to(first, np.broadcast_shapes(first.shape, holds_here.shape))
            taken = firing[np.broadcast_to(holds_here, firing.shape)]
            if taken.size:
                seen.rows_hold.add(row)
                seen.shadows.setdefault(row, set()).update(np.unique(taken).tolist())


def _rows(probe: BoundJudgement, index: int, moment: Moment) -> IntColumn:
    """Return the number of the row that fires; -1 where there is none, or no level before."""
    after = probe.steps[index].step.apply(moment.before, moment.seen)
    assert isinstance(after, Levels)
    rows = -after.positions - _MARK
    inside = (rows >= 0) & (rows < _MARK) & moment.there
    return np.where(inside, rows, -1)


def _changes(moment: Moment, index: int) -> bool:
    """Say whether a step changes the running value anywhere; a first step always does."""
    before, after, there = moment.before, moment.after, moment.there
    different: NDArray[np.bool_]
    if isinstance(before, Numbers) and isinstance(after, Numbers):
        left, right = before.numerator * after.denominator, after.numerator * before.denominator
        different = left != right
    elif isinstance(before, Levels) and isinstance(after, Levels):
        gave = moment.judgement.steps[index - 1].step.gives
        if gave != moment.step.step.gives:
            return True
        different = before.positions != after.positions
    else:
        return True
    return bool((different & there).any())


def _differs(other: BoundJudgement, given: Mapping[str, IntColumn], positions: IntColumn) -> bool:
    """Say whether a judgement without a step comes to other levels; a gap is a difference."""
    try:
        found = run_watched(other, given, None)
    except AssuranceError:
        return True
    # The reasons of a judgement that is bound again have other codes: any of them is one.
    plain = [np.maximum(one, 0) for one in (found, positions)]
    return bool((plain[0] != plain[1]).any())


def _free(
    one: BoundJudgement,
    probes: _Probes,
    given: Mapping[str, IntColumn],
    seen: dict[str, _Seen],
) -> None:
    """For limiters that did nothing so far: without which limiter before them would they bite?"""
    limiters = [step.path for step in one.steps if step.step.limiter]
    for place, path in enumerate(limiters):
        if seen[path].changes:
            continue
        for other in limiters[:place]:
            if other not in probes.without or other in seen[path].freed_without:
                continue
            bites: list[bool] = []

            def watch(moment: Moment, path: str = path, bites: list[bool] = bites) -> None:
                if moment.step.path == path:
                    index = [step.path for step in moment.judgement.steps].index(path)
                    bites.append(_changes(moment, index))

            run_watched(probes.without[other], given, watch)
            if any(bites):
                seen[path].freed_without.add(other)


def _verdict(path: str, seen: _Seen) -> Iterable[DeadStep]:
    if seen.kind == "table":
        rows = seen.settings["rows"]
        for row in range(len(rows)):
            if row not in seen.rows:
                by = sorted(seen.shadows.get(row, set()) - {row, -1})
                holds = row in seen.rows_hold
                shadows = tuple(f"row {one + 1}" for one in by)
                yield DeadStep(path, seen.words, row + 1, "never", holds, shadows)
    if seen.kind == "advise":
        if not seen.holds:
            yield DeadStep(path, seen.words, condition_holds=False)
        return
    if not seen.changes:
        holds_at_all = seen.holds if seen.kind in _PROBED else None
        by_limiters = tuple(sorted(seen.freed_without))
        yield DeadStep(path, seen.words, 0, "never", holds_at_all, by_limiters)
    elif seen.removable and not seen.moves_level:
        yield DeadStep(path, seen.words, 0, "no_level")
