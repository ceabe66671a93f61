"""M5, M6: who stands one step from another word, and how many steps it takes."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.lab import placed
from assurance_core.lab.diagram import NEVER, Folded
from assurance_core.lab.distance import steps_to_states
from assurance_core.lab.metrics.bootstrap import Weights
from assurance_core.lab.metrics.claims import CLAIMS, NAMES
from assurance_core.lab.metrics.figure import Figure, Measure, Metric, no_figure, not_applicable
from assurance_core.lab.metrics.information import NO_WORD
from assurance_core.lab.metrics.profiles import Mask, Profiles, every_profile, observed_profiles
from assurance_core.lab.metrics.study import TOO_LARGE, Rows, Study, states_of

NOBODY = "no assessment is complete"


@frozen(eq=False)
class Near:
    """For each profile: whether one step of one statement changes the outcome, and which way.

    Attributes:
        any: to another state.
        fall: to a lower level.
        rise: to a higher one.
    """

    any: Mask
    fall: Mask
    rise: Mask


def near_in_space(states: NDArray[Any], axes: int, levels: int) -> Near:
    """Return which profiles of a space have a neighbour in another state.

    Args:
        states: the state of every profile.
        axes: the first so many can move; a level that the assessor chose does not.
        levels: states below this are levels; others have no order.
    """
    found = Near(*(np.zeros(states.shape, dtype=bool) for _ in range(3)))
    for axis in range(axes):
        low, high = [slice(None)] * states.ndim, [slice(None)] * states.ndim
        low[axis], high[axis] = slice(None, -1), slice(1, None)
        for here, there in ((tuple(low), tuple(high)), (tuple(high), tuple(low))):
            _note(found, here, states[here], states[there], levels)
    return found


def near_of_rows(study: Study, rows: Rows) -> Near:
    """Return which rows have a neighbour in another state, by rating every neighbour."""
    found = Near(*(np.zeros(len(rows), dtype=bool) for _ in range(3)))
    for place, leaf in enumerate(study.leaves[: study.card]):
        for step in (-1, 1):
            moved = rows.positions[:, place] + step
            inside = np.flatnonzero((moved >= 1) & (moved <= len(leaf.scale)))
            columns = {one.id: rows.positions[inside, at] for at, one in enumerate(study.leaves)}
            columns[leaf.id] = moved[inside]
            if len(inside):
                there = states_of(study.rule, columns, len(inside))
                _note(found, (inside,), rows.states[inside], there, study.levels)
    return found


def _note(found: Near, here: Any, before: NDArray[Any], after: NDArray[Any], levels: int) -> None:
    ordered = (before < levels) & (after < levels)
    found.any[here] |= before != after
    found.fall[here] |= ordered & (after < before)
    found.rise[here] |= ordered & (after > before)


def steps_to_another(states: NDArray[Any], axes: int) -> NDArray[np.int16]:
    """Return for each profile the fewest steps to another state; 0 where none can be reached.

    A profile's nearest neighbour in another state is one step further from it than from the next
    profile on the way, so the distances grow outwards from the thresholds.

    Example:
        >>> steps_to_another(np.array([0, 0, 0, 1, 1]), 1).tolist()
        [3, 2, 1, 1, 2]
    """
    reached = near_in_space(states, axes, 0).any
    distance = reached.astype(np.int16)
    front = reached
    steps = 1
    while front.any():
        steps += 1
        beside = np.zeros(states.shape, dtype=bool)
        for axis in range(axes):
            low, high = [slice(None)] * states.ndim, [slice(None)] * states.ndim
            low[axis], high[axis] = slice(None, -1), slice(1, None)
            beside[tuple(low)] |= front[tuple(high)]
            beside[tuple(high)] |= front[tuple(low)]
        front = beside & (distance == 0)
        distance[front] = steps
    return distance


def cliffs(study: Study, weights: Weights) -> Metric:
    """Return M5: the share that one step of one statement takes to another word."""
    if study.scale is None:
        return not_applicable("M5", NAMES["M5"], CLAIMS["M5"], NO_WORD)
    here, there = observed_profiles(study, weights), every_profile(study)
    near = near_of_rows(study, study.observed)
    if study.states is not None:
        far = near_in_space(study.states, study.card, study.levels)
    else:
        assert study.drawn is not None
        far = near_of_rows(study, study.drawn)
    measures = []
    for key, words, mask, other in (
        ("", "one step of one statement changes the word", near.any, far.any),
        ("fall", "one step takes it to a lower word", near.fall, far.fall),
        ("rise", "one step takes it to a higher word", near.rise, far.rise),
    ):
        figures = (
            here.share(mask, here.every, NOBODY), there.share(other, there.every, NOBODY)
        )  # fmt: skip
        measures.append(Measure(key, words, "share", *figures))
    return Metric("M5", NAMES["M5"], CLAIMS["M5"], tuple(measures))


def robustness(study: Study, weights: Weights) -> Metric:
    """Return M6: the fewest steps of statements that change the word, on average."""
    if study.scale is None:
        return not_applicable("M6", NAMES["M6"], CLAIMS["M6"], NO_WORD, "steps")
    here, there = observed_profiles(study, weights), every_profile(study)
    distance: NDArray[Any]
    observed: NDArray[Any]
    if study.states is not None:
        distance = steps_to_another(study.states, study.card)
        rows = study.observed.positions - 1
        observed = distance[tuple(rows[:, place] for place in range(rows.shape[1]))]
    elif study.folds is not None and study.drawn is not None:
        observed = _steps_of_rows(study, study.folds, study.observed)
        distance = _steps_of_rows(study, study.folds, study.drawn)
    else:
        return not_applicable("M6", NAMES["M6"], CLAIMS["M6"], TOO_LARGE, "steps")
    main = Measure(
        "", "steps to the nearest other word, on average", "steps",
        _mean(here, observed), _mean(there, distance),
    )  # fmt: skip
    rows_by_steps = tuple(
        Measure(
            f"at_{steps}", f"{steps} step{'s' if steps > 1 else ''}", "share",
            here.share(observed == steps, here.every, NOBODY),
            there.share(distance == steps, there.every, NOBODY),
        )
        for steps in range(1, int(max(distance.max(), observed.max(initial=0))) + 1)
    )  # fmt: skip
    notes = ("A step is one level of one statement; steps of several statements add up.",)
    return Metric("M6", NAMES["M6"], CLAIMS["M6"], (main,), notes, rows_by_steps)


def _steps_of_rows(study: Study, folds: Folded, rows: Rows) -> NDArray[np.int64]:
    """Return the fewest steps from each row to another state; 0 where none can be reached."""
    levels = study.levels_in(folds.space, rows)
    costs = steps_to_states(folds, levels)
    costs[np.arange(len(rows)), placed.states_of(folds.space, levels)] = NEVER
    least = costs.min(axis=1)
    return np.where(least < NEVER, least, 0)


def _mean(profiles: Profiles, distance: NDArray[Any]) -> Figure:
    if not (distance > 0).any():
        return no_figure("no step leads to another word")
    return profiles.mean(distance, distance > 0, NOBODY)
