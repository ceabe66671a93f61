"""Bodies as points of a design's space, and why those of which too little is known are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.engine.compile import compile_design
from assurance_core.engine.graph import Leaf
from assurance_core.engine.profile import NOT_KNOWN_WORDS, profile_of_assessment
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.contender import Compiled, Contender, as_compiled
from assurance_core.lab.diagram import Folded, Folds
from assurance_core.lab.result import cannot_rate
from assurance_core.lab.space import Space
from assurance_core.model.assessment import Assessment
from assurance_core.model.dates import PartialDate
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.scale import Level
from assurance_core.rules.scope import level_words


@frozen
class Absent:
    """A leaf that has no score for a stated reason, and stays without one.

    Attributes:
        leaf: the leaf.
        reason: which kind of absence it is, and why.
    """

    leaf: Leaf
    reason: str


@frozen(eq=False)
class Placed:
    """An assessment that is one point of a space.

    Attributes:
        assessment: every score that the judgement reads is known, or absent as the design allows.
        group: number of its space among those of `Places`.
        levels: of the leaves of that space, counted from 0.
        state: of the judgement that is studied.
        absent: what the judgement reads and the design deals with as absent.
    """

    assessment: Assessment
    group: int
    levels: tuple[int, ...]
    state: int
    absent: tuple[Absent, ...]


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
        groups: the folded space for each framework version and each set of leaves that is absent,
            in the order in which they are met.
        whole: those of them in which nothing is absent, one for each framework version.
        outcomes: words of all outcomes: levels, worst first, then reasons for none.
        levels: how many of them are levels.
        placed, unplaced: the assessments, in the order given.
    """

    judgement: str
    groups: tuple[Folded, ...]
    whole: tuple[Folded, ...]
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
    design: Contender | Compiled,
    assessments: Sequence[Assessment],
    judgement: str = "",
    as_of: PartialDate | None = None,
) -> Places:
    """Find each assessment's place in the space of a design.

    Args:
        design: the design, and how it reads the assessments.
        assessments: of one framework; none for the space alone.
        judgement: which judgement is studied; the headline's unless given.
        as_of: chooses the framework version instead of each assessment's date.

    Raises:
        AssuranceError: `no-choice` for a design without a headline where no judgement is named;
            `missing` for a judgement that reads no scores; `too-large`, or a design that does not
            compile.
    """
    rule_for = as_compiled(design, as_of)
    contender = rule_for.contender
    spaces = _Spaces(rule_for.folds, judgement)
    placed: list[Placed] = []
    unplaced: list[Unplaced] = []
    for assessment in assessments:
        try:
            rule = rule_for.rule(assessment)
        except AssuranceError as error:
            # A version that the design does not read, or a date that does not choose one.
            unplaced.append(Unplaced(assessment, cannot_rate(error).possible.reason))
            continue
        found = _placed(spaces, rule, assessment)
        if isinstance(found, str):
            unplaced.append(Unplaced(assessment, found))
        else:
            placed.append(found)
    if not spaces.groups:
        spaces.number(_newest(contender))
    groups = tuple(spaces.groups)
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
    return Places(
        judgement=target,
        groups=groups,
        whole=tuple(spaces.whole),
        outcomes=(*names, *reasons),
        levels=len(names),
        placed=tuple(placed),
        unplaced=tuple(unplaced),
    )


class _Spaces:
    """The spaces that assessments have met so far: one for each version and set of absent leaves.

    Attributes:
        groups: all of them, in the order in which they are met.
        whole: those in which nothing is absent.
    """

    def __init__(self, folds: Folds, judgement: str) -> None:
        self._folds = folds
        self.groups: list[Folded] = []
        self.whole: list[Folded] = []
        self._judgement = judgement
        self._numbers: dict[tuple[str, frozenset[str]], int] = {}

    def number(self, rule: CompiledDesign, absent: frozenset[str] = frozenset()) -> int:
        """Return the place of a space among the groups.

        Raises:
            AssuranceError: as `space_of`.
        """
        version = (rule.source_version or rule.version).id
        if (version, absent) not in self._numbers:
            made = self._folds.of(rule, self._judgement, absent)
            self._numbers[version, absent] = len(self.groups)
            self.groups.append(made)
            self.whole += [] if absent else [made]
        return self._numbers[version, absent]


def _placed(spaces: _Spaces, rule: CompiledDesign, assessment: Assessment) -> Placed | str:
    """Return where an assessment stands, or why it has no place.

    Professional judgement in place of a rule's level is left aside: the rules are studied.
    """
    whole = spaces.groups[spaces.number(rule)].space
    try:
        profile = profile_of_assessment(rule, assessment, allow_unknown=True)
    except AssuranceError as error:
        return cannot_rate(error).possible.reason
    positions = dict(zip((leaf.id for leaf in rule.leaves), profile.positions, strict=True))
    missing = [leaf for leaf in whole.leaves if not positions[leaf.id]]
    unknown = {rule.leaves[place].id for place in profile.unknown}
    names = [leaf.name for leaf in missing if leaf.id in unknown]
    if names:
        return _missing_words(NOT_KNOWN_WORDS, names)
    absent = tuple(Absent(leaf, profile.absent[leaf.id]) for leaf in missing)
    try:
        group = spaces.number(rule, frozenset(leaf.id for leaf in missing))
    except AssuranceError as error:
        return f"{absent_words(absent)}: {cannot_rate(error).possible.reason}"
    space = spaces.groups[group].space
    if not space.leaves:
        return f"nothing that could move, as no score is there: {absent_words(absent)}"
    levels = tuple(positions[leaf.id] - 1 for leaf in space.leaves)
    return Placed(assessment, group, levels, state_of(space, levels), absent)


def _newest(contender: Contender) -> CompiledDesign:
    if contender.crosswalk and contender.source:
        source = contender.source.versions[-1]
        return compile_design(
            contender.design, crosswalk=contender.crosswalk, source_version=source
        )
    return compile_design(contender.design)


def absent_words(absent: Sequence[Absent]) -> str:
    """Return which scores are absent and why; those with the same reason together."""
    alike: dict[str, list[str]] = {}
    for one in absent:
        alike.setdefault(one.reason, []).append(one.leaf.name)
    return "; ".join(f"{', '.join(names)}: {reason}" for reason, names in alike.items())


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
