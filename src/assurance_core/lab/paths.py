"""What would have to change for another outcome, and how little would lose this one.

It is arithmetic on scores: which smallest sets of changes to statements, counted in steps of one
level, lead to a level or better, and which to a lower one. It is not a plan for improvement:
nothing here knows what a step asks of those who would have to take it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from assurance_core.lab.contender import Compiled, Contender, contender_of
from assurance_core.lab.diagram import NEVER, Costs, Folded
from assurance_core.lab.distance import Margins, margins, mean_radius, steps_to_states
from assurance_core.lab.placed import Absent, Placed, Places, Unplaced, place
from assurance_core.lab.routes import Routes, routes
from assurance_core.model.assessment import Assessment
from assurance_core.model.dates import PartialDate
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.scale import Scale, fold

MOST_SETS = 10


@frozen(eq=False)
class BodyPaths:
    """One body: what would gain a level, what would lose one, and its margin.

    Attributes:
        assessment: the assessment.
        outcome: its word under the design, or the reason for none.
        target: the level that `gain` leads to, or better; empty where there is none to reach.
        gain: to the target; None where the body is there already or no level is higher.
        lose: to any lower level; None where there is none.
        up, down: the fewest steps to any higher and to any lower level; None if none lead there.
        radius: the fewest steps to any other outcome (metric M6); None if none lead there.
        absent: scores that are absent and stay so.
    """

    assessment: Assessment
    outcome: str
    target: str
    gain: Routes | None
    lose: Routes | None
    up: int | None
    down: int | None
    radius: int | None
    absent: tuple[Absent, ...] = ()


@frozen(eq=False)
class Cliffs:
    """How near the bodies are to another outcome: metrics M5 and M6.

    Attributes:
        bodies: how many were counted.
        on_the_edge: how many are one step from another outcome.
        can_rise, can_fall: how many one step takes to a higher, to a lower level.
        by_radius: how many have each radius, smallest first; None where nothing leads elsewhere.
    """

    bodies: int
    on_the_edge: int
    can_rise: int
    can_fall: int
    by_radius: tuple[tuple[int | None, int], ...]

    @property
    def mean(self) -> float | None:
        """The mean radius of those from which another outcome can be reached."""
        return mean_radius([one for one in self.by_radius if one[0] is not None])


@frozen(eq=False)
class Paths:
    """The answer: what would have to change?

    Attributes:
        contender: the design.
        judgement: id of the judgement that is studied.
        scale: its levels.
        bodies: those whose scores are all known or absent as the design allows, as given.
        unplaced: the others: of them it cannot be told.
        observed: how near the bodies are to another outcome.
        whole: the same of all profiles, for each framework version and each judged level apart.
    """

    contender: Contender
    judgement: str
    scale: Scale
    bodies: tuple[BodyPaths, ...]
    unplaced: tuple[Unplaced, ...]
    observed: Cliffs
    whole: tuple[Margins, ...]


def paths(
    design: Contender | Compiled,
    assessments: Sequence[Assessment],
    *,
    target: str = "",
    judgement: str = "",
    most: int = MOST_SETS,
    as_of: PartialDate | None = None,
) -> Paths:
    """Work out what would have to change.

    Args:
        design: the design, and how it reads the assessments. What is asked of again and again may
            come `Compiled`, for the same `as_of`.
        assessments: of one framework.
        target: id or name of the level to reach, or better; each body's next level unless given.
        judgement: which judgement is studied; the headline's unless given.
        most: how many smallest sets to list for a body, each way; all are counted.
        as_of: chooses the framework version instead of each assessment's date.

    Raises:
        AssuranceError: `unknown-id` for the target; `no-choice` for a design without a headline
            where no judgement is named; `too-large`.
    """
    places = place(design, assessments, judgement, as_of)
    scale = places.groups[0].space.root.scale
    wanted = _target(scale, target)
    found: dict[int, BodyPaths] = {}
    for group, folds in enumerate(places.groups):
        members = places.members(group)
        if members:
            levels = np.array([places.placed[number].levels for number in members], dtype=np.int64)
            costs = steps_to_states(folds, levels)
            for number, row in zip(members, costs, strict=True):
                found[number] = _body(places, folds, places.placed[number], row, wanted, most)
    bodies = tuple(found[number] for number in sorted(found))
    return Paths(
        contender=contender_of(design),
        judgement=places.judgement,
        scale=scale,
        bodies=bodies,
        unplaced=places.unplaced,
        observed=_cliffs(bodies),
        whole=tuple(one for folds in places.whole for one in folds.once(margins)),
    )


def _target(scale: Scale, text: str) -> int | None:
    if not text:
        return None
    level = scale.by_word.get(fold(text))
    if level is None:
        raise AssuranceError(
            Fault(
                "unknown-id",
                "target",
                f"'{text}'",
                f"one of {', '.join(scale.ids)}",
                nearest(text, scale.ids),
            )
        )
    return level.position - 1


def _body(
    places: Places, folds: Folded, body: Placed, costs: Costs, wanted: int | None, most: int
) -> BodyPaths:
    levels = places.levels
    # A body without a level stands below all of them: whatever it reaches is higher.
    own = body.state if body.state < levels else -1
    goal = own + 1 if wanted is None else wanted
    above, below = range(own + 1, levels), range(max(own, 0))
    others = [state for state in range(len(costs)) if state != body.state]
    to_gain = own < goal < levels
    return BodyPaths(
        assessment=body.assessment,
        outcome=places.outcomes[places.own(body)],
        target=places.outcomes[goal] if goal < levels else "",
        gain=routes(folds, body.levels, tuple(range(goal, levels)), most) if to_gain else None,
        lose=routes(folds, body.levels, tuple(below), most) if below else None,
        up=_least(costs, above),
        down=_least(costs, below),
        radius=_least(costs, others),
        absent=body.absent,
    )


def _least(costs: Costs, states: Sequence[int]) -> int | None:
    least = min((int(costs[state]) for state in states), default=NEVER)
    return least if least < NEVER else None


def _cliffs(bodies: Sequence[BodyPaths]) -> Cliffs:
    radii = [one.radius for one in bodies]
    distinct = sorted(set(radii), key=lambda one: (one is None, one or 0))
    return Cliffs(
        bodies=len(bodies),
        on_the_edge=radii.count(1),
        can_rise=sum(one.up == 1 for one in bodies),
        can_fall=sum(one.down == 1 for one in bodies),
        by_radius=tuple((radius, radii.count(radius)) for radius in distinct),
    )
