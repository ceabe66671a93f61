"""Who sits next to a threshold: profiles one step of one statement away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from attrs import frozen

from assurance_core.engine.bulk import rate_positions
from assurance_core.engine.graph import Leaf
from assurance_core.engine.profile import Profile, profile_of_assessment
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.assessment import Assessment
from assurance_core.model.outcome import Headline
from assurance_core.model.scale import Level
from assurance_core.rules.values import IntColumn


@frozen
class Step:
    """One statement moved by one level, and the headline that gives.

    Attributes:
        leaf: the statement.
        to: its level after the step.
        headline: the headline after the step.
    """

    leaf: Leaf
    to: Level
    headline: Headline


@frozen
class Neighbours:
    """The single steps that change a body's headline."""

    up: tuple[Step, ...]
    down: tuple[Step, ...]


def neighbours(rule: CompiledDesign, assessment: Assessment) -> Neighbours:
    """Return the single steps of one statement that change the headline.

    Args:
        rule: a design with a headline.
        assessment: with every score that the design reads; judged levels are left as they are.

    Raises:
        AssuranceError: `missing-score`.
    """
    (found,) = all_neighbours(rule, [profile_of_assessment(rule, assessment)])
    return found


def all_neighbours(rule: CompiledDesign, profiles: Sequence[Profile]) -> tuple[Neighbours, ...]:
    """Return for each profile the single steps that change its headline; rated all at once.

    Args:
        rule: a design; where it has no headline there are none.
        profiles: with every score that the design reads, but for stated absences.
    """
    scale = rule.headline_scale
    if scale is None or not profiles:
        return tuple(Neighbours((), ()) for _ in profiles)
    here = np.array([one.positions for one in profiles], dtype=np.int64)
    moves = list(_moves(rule, here))
    rated = _headlines(rule, np.concatenate([here, *(moved for _, _, moved in moves)]))
    own, rest = rated[: len(here)], rated[len(here) :]
    steps: list[tuple[list[Step], list[Step]]] = [([], []) for _ in profiles]
    for leaf, rows, moved in moves:
        there, rest = rest[: len(rows)], rest[len(rows) :]
        changed = (there > 0) & (own[rows] > 0) & (there != own[rows])
        place = rule.leaves.index(leaf)
        for number in np.flatnonzero(changed).tolist():
            level = scale.at(int(there[number]))
            headline = Headline(level.id, level.name, level.position, scale.id)
            row = int(rows[number])
            step = Step(leaf, leaf.scale.at(int(moved[number, place])), headline)
            steps[row][0 if level.position > own[row] else 1].append(step)
    return tuple(Neighbours(tuple(up), tuple(down)) for up, down in steps)


def _moves(rule: CompiledDesign, here: IntColumn) -> Iterator[tuple[Leaf, IntColumn, IntColumn]]:
    """Go through the single steps: the statement, which profiles can take it, and where it leads.

    Args:
        rule: whose leaves are the columns.
        here: positions, by profile and leaf.
    """
    for place, leaf in enumerate(rule.leaves):
        if leaf.kind == "judged":
            continue
        column = here[:, place]
        for step in (-1, 1):
            there = column + step
            rows = np.flatnonzero((column > 0) & (there >= 1) & (there <= len(leaf.scale)))
            moved = here[rows]
            moved[:, place] += step
            yield leaf, rows, moved


def _headlines(rule: CompiledDesign, positions: IntColumn) -> IntColumn:
    """Return the position of the headline's level for each row; below 1 where there is none."""
    leaves = (leaf.id for leaf in rule.leaves)
    columns = np.ascontiguousarray(positions.T)
    rated = rate_positions(rule, dict(zip(leaves, columns, strict=True)))
    found: IntColumn = rated.judgements[str(rule.published.headline)].positions
    return found
