"""One judgement of a compiled design, for one profile: a look-up, or a run on a batch of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from assurance_core.engine.bound import BoundJudgement
from assurance_core.engine.run import Ran, run_steps
from assurance_core.engine.table import Table, class_outcome, ran_facts
from assurance_core.model.assessment import Override
from assurance_core.model.outcome import JudgementOutcome
from assurance_core.rules.values import IntColumn


@frozen(eq=False)
class Plan:
    """Where a judgement finds its inputs among the positions of a profile.

    Attributes:
        judgement: what is rated.
        table: its whole space, if that is small enough.
        places: of its inputs, in order.
        named: the same, each behind the name that its steps use.
        strides: of its inputs in the table, by place.
        origin: where the strides of a profile of 1s lead, which is the start of the table.
        ready: outcome and position by class, as far as they are ready made.
        reasons: texts of reasons, for outcomes without a level.
        same_places: whether the plan before has the same places, and so the same key.
        same_names: whether the names are the same too.
    """

    judgement: BoundJudgement
    table: Table | None
    places: tuple[int, ...]
    named: tuple[tuple[str, int], ...]
    strides: tuple[tuple[int, int], ...]
    origin: int
    ready: tuple[tuple[JudgementOutcome, int], ...]
    reasons: tuple[str, ...]
    same_places: bool
    same_names: bool

    @classmethod
    def of(
        cls,
        judgement: BoundJudgement,
        table: Table | None,
        index: Mapping[str, int],
        reasons: tuple[str, ...],
        before: Plan | None,
    ) -> Plan:
        """Return the plan of a judgement; `index` gives the place of every leaf and node."""
        places = tuple(index[key] for key in judgement.keys)
        named = tuple(zip(judgement.names, places, strict=True))
        # Without a table nothing is looked up, and nothing is ready made.
        steps = table.strides if table else ()
        outcomes = table.outcomes.values() if table else ()
        positions = table.positions.tolist() if table else ()
        return cls(
            judgement,
            table,
            places,
            named,
            strides=tuple(zip(places, steps, strict=False)),
            origin=sum(steps),
            ready=tuple(zip(outcomes, positions, strict=False)),
            reasons=reasons,
            same_places=before is not None and before.places == places,
            same_names=before is not None and before.named == named,
        )

    def given(self, positions: Sequence[int]) -> dict[str, IntColumn]:
        """Return the inputs of one profile by name: columns that are single whole numbers."""
        given: dict[str, Any] = {name: positions[place] for name, place in self.named}
        return given

    def key(self, positions: Sequence[int]) -> int:
        """Return where a profile stands in the table; below 0 where some input has no level.

        Plans that read the same places have the same keys.
        """
        key = -self.origin
        for place, stride in self.strides:
            position = positions[place]
            if position <= 0:
                return -1
            key += position * stride
        return key

    def rate(self, positions: Sequence[int], key: int) -> tuple[JudgementOutcome, int]:
        """Return the outcome of one profile with its key, and its position or reason's code."""
        if key >= 0 and self.table is not None:
            number = self.table.classes.item(key)
            if self.ready:
                return self.ready[number]
            row = self.table.columns[number]
            return class_outcome(self.judgement, row, self.reasons), int(row[0])
        ran = run_steps(self.judgement, self.given(positions))
        return self.outcome(ran), int(ran.positions)

    def outcome(self, ran: Ran) -> JudgementOutcome:
        """Return the outcome of one profile from a run on columns of length one."""
        facts = ran_facts(ran)
        # Facts that some complete profile has are those of a class, whose outcome is ready made.
        ready = self.table.outcomes.get(facts) if self.table else None
        return ready or class_outcome(self.judgement, facts, self.reasons)


def overridden(
    judgement: BoundJudgement, outcome: JudgementOutcome, override: Override
) -> JudgementOutcome:
    """Return the outcome with professional judgement in place of the rules' level."""
    return evolve(
        outcome,
        level=judgement.node.scale.level(override.level),
        reason="",
        overridden=outcome.level,
        override_reason=override.reason,
    )
