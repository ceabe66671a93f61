"""Bodies as points of a design's space, and why those of which too little is known are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.engine.compile import compile_design
from assurance_core.engine.profile import NOT_KNOWN_WORDS, profile_of_assessment
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.contender import Contender, compiled
from assurance_core.lab.diagram import Folded, fold
from assurance_core.lab.result import cannot_rate
from assurance_core.lab.space import Space, space_of
from assurance_core.model.assessment import Assessment
from assurance_core.model.dates import PartialDate
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.scale import Level
from assurance_core.rules.scope import level_words


@frozen(eq=False)
class Placed:
    """An assessment that is one point of a space.

    Attributes:
        assessment: with every score that the judgement reads.
        group: number of its space among those of `Places`.
        levels: of the leaves, counted from 0.
        state: of the judgement that is studied.
    """

    assessment: Assessment
    group: int
    levels: tuple[int, ...]
    state: int


@frozen(eq=False)
class Unplaced:
    """An assessment of which it cannot be told: too little is known. Nothing is filled in."""

    assessment: Assessment
    reason: str


@frozen(eq=False)
class Places:
    """Assessments in the space of one judgement of a design.

    Attributes:
        judgement: id of the judgement that is studied.
        groups: the folded space for each framework version, in the order in which they are met.
        outcomes: words of all outcomes: levels, worst first, then reasons for none.
        levels: how many of them are levels.
        placed, unplaced: the assessments, in the order given.
    """

    judgement: str
    groups: tuple[Folded, ...]
    outcomes: tuple[str, ...]
    levels: int
    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]

    def members(self, group: int) -> list[int]:
        """Return the numbers of the placed assessments in one space."""
        return [number for number, one in enumerate(self.placed) if one.group == group]

    def columns(self, group: int) -> list[int]:
        """Return, for each state of one space, its place among the outcomes."""
        return [self.outcomes.index(word) for word in self.groups[group].space.names()]

    def own(self, body: Placed) -> int:
        """Return the place of a body's own outcome."""
        return self.columns(body.group)[body.state]


def place(
    contender: Contender,
    assessments: Sequence[Assessment],
    judgement: str = "",
    as_of: PartialDate | None = None,
) -> Places:
    """Find each assessment's place in the space of a design.

    Args:
        contender: the design, and how it reads the assessments.
        assessments: of one framework; none for the space alone.
        judgement: which judgement is studied; the headline's unless given.
        as_of: chooses the framework version instead of each assessment's date.

    Raises:
        AssuranceError: `no-choice` for a design without a headline where no judgement is named;
            `missing` for a judgement that reads no scores; `too-large`, or a design that does not
            compile.
    """
    rule_for = compiled(contender, as_of, check=True)
    folds: dict[str, Folded] = {}
    placed: list[Placed] = []
    unplaced: list[Unplaced] = []
    for assessment in assessments:
        try:
            rule = rule_for.rule(assessment)
        except AssuranceError as error:
            # A version that the design does not read, or a date that does not choose one.
            unplaced.append(Unplaced(assessment, cannot_rate(error).possible.reason))
            continue
        version = (rule.source_version or rule.version).id
        if version not in folds:
            folds[version] = fold(space_of(rule, judgement))
        space = folds[version].space
        found = levels_of_assessment(space, assessment)
        if isinstance(found, str):
            unplaced.append(Unplaced(assessment, found))
        else:
            group = list(folds).index(version)
            placed.append(Placed(assessment, group, found, state_of(space, found)))
    if not folds:
        folds[""] = fold(space_of(_newest(contender), judgement))
    groups = tuple(folds.values())
    target = groups[0].space.target
    if all(leaf.kind == "judged" for one in groups for leaf in one.space.leaves):
        raise AssuranceError(
            Fault(
                "missing",
                f"{contender.design.id}: {target}",
                "no scores: it reads only what is judged",
                "a judgement that reads scores, which can be a step off",
                "see what follows from each level with: assurance show " + contender.design.id,
            )
        )
    root = groups[0].space.root
    names = [level.name for level in root.scale.levels]
    reasons = dict.fromkeys(text for one in groups for text in one.space.root.reasons)
    outcomes = (*names, *reasons)
    return Places(target, groups, outcomes, len(names), tuple(placed), tuple(unplaced))


def _newest(contender: Contender) -> CompiledDesign:
    if contender.crosswalk and contender.source:
        source = contender.source.versions[-1]
        return compile_design(
            contender.design, crosswalk=contender.crosswalk, source_version=source
        )
    return compile_design(contender.design)


def levels_of_assessment(space: Space, assessment: Assessment) -> tuple[int, ...] | str:
    """Return the levels of an assessment, counted from 0, or why it has no place in the space.

    Professional judgement in place of a rule's level is left aside: the rules are studied.
    """
    rule = space.rule
    try:
        profile = profile_of_assessment(rule, assessment, allow_unknown=True)
    except AssuranceError as error:
        return cannot_rate(error).possible.reason
    positions = dict(zip((leaf.id for leaf in rule.leaves), profile.positions, strict=True))
    missing: dict[str, list[str]] = {}
    for leaf in space.leaves:
        if not positions[leaf.id]:
            reason = profile.absent.get(leaf.id, NOT_KNOWN_WORDS)
            missing.setdefault(reason, []).append(leaf.name)
    if not missing:
        return tuple(positions[leaf.id] - 1 for leaf in space.leaves)
    return "; ".join(_missing_words(reason, names) for reason, names in missing.items())


def _missing_words(reason: str, names: list[str]) -> str:
    if len(names) == 1:
        return f"{names[0]}: {reason}"
    return f"{len(names)} scores: {reason}"


def state_of(space: Space, levels: Sequence[int]) -> int:
    """Return the state of the judgement at one profile.

    Args:
        space: the space.
        levels: of the leaves, counted from 0.
    """
    found: dict[str, int] = dict(zip((leaf.id for leaf in space.leaves), levels, strict=True))
    for node in space.nodes.values():
        found[node.key] = int(node.states[tuple(found[key] for key in node.inputs)])
    return found[space.target]


def states_of(space: Space, levels: NDArray[Any]) -> NDArray[np.int64]:
    """Return the state of the judgement at many profiles.

    Args:
        space: the space.
        levels: by profile and leaf, counted from 0.
    """
    found: dict[str, NDArray[Any]] = {
        leaf.id: levels[:, number] for number, leaf in enumerate(space.leaves)
    }
    for node in space.nodes.values():
        found[node.key] = node.states[tuple(found[key] for key in node.inputs)]
    return found[space.target].astype(np.int64)


def judged_choices(space: Space) -> list[Mapping[str, int]]:
    """Return every combination of judged levels, counted from 0; one empty one if none is judged.

    What an assessor judges is no score of a statement: shares are given for each level apart.
    """
    choices: list[Mapping[str, int]] = [{}]
    for leaf in space.leaves:
        if leaf.kind == "judged":
            choices = [
                {**one, leaf.id: level} for one in choices for level in range(len(leaf.scale))
            ]
    return choices


def judged_words(space: Space, chosen: Mapping[str, int]) -> str:
    """Return judged levels in words; empty where none is judged."""
    levels: dict[str, Level] = {
        leaf.name: leaf.scale.at(chosen[leaf.id] + 1) for leaf in space.leaves if leaf.id in chosen
    }
    return ", ".join(f"{name} judged {level_words(level)}" for name, level in levels.items())
