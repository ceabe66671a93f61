"""Steps and rows that do nothing are those of an evaluation of every profile, step by step."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any
from unittest.mock import patch

from attrs import define, evolve, field
from hypothesis import given

from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.dead_steps import DeadStep, dead_steps
from assurance_core.lab.scenes import judgements_of
from assurance_core.lab.space import Space
from assurance_core.model.design import RatingDesign, Step
from assurance_core.model.errors import AssuranceError
from assurance_core.rules.values import NumberType
from tests import naive
from tests.lab.trees import anything, forms

LIMITERS = ("cap", "floor", "adjust")
Cells = dict[str, str]


@define
class Seen:
    """What one step did in the evaluation of all profiles."""

    changed: bool = False
    held: bool = False
    fired: set[int] = field(factory=set)
    # For each row, the rows that fired where its condition held; -1 is none of them.
    instead: dict[int, set[int]] = field(factory=dict)


class Recorded:
    """Every step of a design's judgements on every profile, as the naive evaluator takes it."""

    def __init__(self, design: RatingDesign, rule: CompiledDesign, profiles: list[Cells]) -> None:
        self.steps: dict[int, Seen] = {}
        self.levels: list[dict[str, str | None]] = []
        self.falls = False
        with patch.object(naive, "_step", self._record(naive._step)):
            for cells in profiles:
                try:
                    rated = naive.rate(design, rule.version, cells)
                except (ValueError, StopIteration):
                    self.falls = True
                    return
                self.levels.append({name: one.level for name, one in rated.items()})

    def of(self, step: Step) -> Seen:
        return self.steps.setdefault(id(step.settings), Seen())

    def _record(self, take: Any) -> Any:
        def recorded(kind: str, settings: Any, scene: naive.Scene) -> None:
            seen = self.steps.setdefault(id(settings), Seen())
            before = (scene.number, scene.result, scene.result_scale)
            if kind == "table":
                self._rows(settings["rows"], scene, seen)
            if kind in (*LIMITERS, "advise") and naive.holds(settings["when"], scene):
                seen.held = True
            try:
                take(kind, settings, scene)
            except naive.UnknownError:
                seen.changed = True
                raise
            seen.changed |= before != (scene.number, scene.result, scene.result_scale)

        return recorded

    @staticmethod
    def _rows(rows: list[Mapping[str, Any]], scene: naive.Scene, seen: Seen) -> None:
        hold = [place for place, row in enumerate(rows) if naive.holds(row["when"], scene)]
        first = hold[0] if hold else -1
        seen.fired.add(first)
        for row in hold:
            seen.instead.setdefault(row, set()).add(first)


def _without(design: RatingDesign, judgement: str, place: int) -> RatingDesign | None:
    """Return a design without a step; None where that is none, but for profiles falling through."""
    one = design.judgements[judgement]
    left = evolve(one, steps=(*one.steps[:place], *one.steps[place + 1 :]))
    made = evolve(design, judgements={**design.judgements, judgement: left})
    try:
        compile_design(made)
    except (AssuranceError, IndexError) as error:
        if not isinstance(error, AssuranceError) or {one.code for one in error.faults} != {"gap"}:
            return None
    return made


def _dead(space: Space) -> Iterator[DeadStep]:
    rule, design = space.rule, space.rule.design
    lowest = {leaf.id: leaf.scale.ids[0] for leaf in rule.leaves}
    profiles = [
        {**lowest, **dict(zip([leaf.id for leaf in space.leaves], levels, strict=True))}
        for levels in product(*(leaf.scale.ids for leaf in space.leaves))
    ]
    whole = Recorded(design, rule, profiles)
    for bound in judgements_of(space):
        one = design.judgements[bound.node.judgement.id]
        for place, (step, named) in enumerate(zip(one.steps, bound.steps, strict=True)):
            seen, words, path = whole.of(step), named.step.words, named.path
            if step.kind == "table":
                for row in range(len(step.settings["rows"])):
                    if row not in seen.fired:
                        instead = seen.instead.get(row, set())
                        by = tuple(f"row {other + 1}" for other in sorted(instead))
                        yield DeadStep(path, words, row + 1, "never", bool(instead), by)
            if step.kind == "advise":
                if not seen.held:
                    yield DeadStep(path, words, condition_holds=False)
                continue
            before = bound.steps[place - 1].step.gives if place else None
            # A step to another scale is one that changes something, whether it is ever taken.
            numbers = isinstance(before, NumberType) and isinstance(named.step.gives, NumberType)
            if not seen.changed and (numbers or before == named.step.gives):
                limits = step.kind in LIMITERS
                by = tuple(sorted(_freed(rule, one.id, place, profiles))) if limits else ()
                held = seen.held if limits else None
                yield DeadStep(path, words, 0, "never", held, by)
            elif place and (left := _without(design, one.id, place)):
                other = Recorded(left, rule, profiles)
                levels = [[row[one.id] for row in rows.levels] for rows in (whole, other)]
                if not other.falls and levels[0] == levels[1]:
                    yield DeadStep(path, words, 0, "no_level")


def _freed(
    rule: CompiledDesign, judgement: str, place: int, profiles: list[Cells]
) -> Iterator[str]:
    """Give the limiters before an idle one without which it would change something."""
    steps = rule.design.judgements[judgement].steps
    for number, other in enumerate(steps[:place]):
        if other.kind in LIMITERS and (left := _without(rule.design, judgement, number)):
            found = Recorded(left, rule, profiles)
            if found.of(steps[place]).changed:
                yield f"{judgement}.{other.id}"


@given(anything)
def test_what_does_nothing_is_what_an_evaluation_step_by_step_finds(drawn: RatingDesign) -> None:
    """Each step and row, with what its condition does and what stands in its way."""
    for space in forms(drawn):
        expected = list(_dead(space))
        found = list(dead_steps(space))
        key = lambda one: (one.path, one.row)  # noqa: E731
        assert [_plain(one) for one in sorted(expected, key=key)] == [
            _plain(one) for one in sorted(found, key=key)
        ]


def _plain(one: DeadStep) -> object:
    return (one.path, one.words, one.row, one.idle, one.condition_holds, one.shadowed_by)
