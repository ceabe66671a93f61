"""One judgement of a compiled design, for one profile: a look-up, or a run on a batch of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import evolve, frozen

from assurance_core.engine.bound import BoundJudgement
from assurance_core.engine.run import run_steps
from assurance_core.engine.table import Table, class_outcome, ran_outcome
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
        strides: of its inputs in the table, by place.
        reasons: texts of reasons, for outcomes without a level.
    """

    judgement: BoundJudgement
    table: Table | None
    places: tuple[int, ...]
    strides: tuple[tuple[int, int], ...]
    reasons: tuple[str, ...]

    @classmethod
    def of(
        cls,
        judgement: BoundJudgement,
        table: Table | None,
        index: Mapping[str, int],
        reasons: tuple[str, ...],
    ) -> Plan:
        """Return the plan of a judgement; `index` gives the place of every leaf and node."""
        places = tuple(index[key] for key in judgement.keys)
        strides = tuple(zip(places, table.strides, strict=True)) if table else ()
        return cls(judgement, table, places, strides, reasons)

    def columns(self, positions: Sequence[int]) -> dict[str, IntColumn]:
        """Return the inputs of one profile as columns of length one, by key."""
        return {
            key: np.array(positions[place], dtype=np.int64)
            for key, place in zip(self.judgement.keys, self.places, strict=True)
        }

    def rate(self, positions: Sequence[int]) -> tuple[JudgementOutcome, int]:
        """Return the outcome of one profile, and its position or its reason's code."""
        table = self.table
        if table is not None:
            key = 0
            for place, stride in self.strides:
                position = positions[place]
                if position <= 0:
                    break
                key += (position - 1) * stride
            else:
                number = table.classes.item(key)
                if table.outcomes:
                    return table.outcomes[number], table.positions.item(number)
                row = table.columns[number]
                return class_outcome(self.judgement, row, self.reasons), int(row[0])
        ran = run_steps(self.judgement, self.columns(positions))
        return ran_outcome(self.judgement, ran, self.reasons), int(ran.positions.item())


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
