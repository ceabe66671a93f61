"""Audit: what a design allows, proved over its whole space."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from assurance_core.engine.compile import compile_design
from assurance_core.engine.graph import Leaf
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.binding import binding_counts
from assurance_core.lab.by_level import Hidden, Veto, counts_by_level, hidden, vetoes
from assurance_core.lab.cliffs import next_to_a_threshold
from assurance_core.lab.compensation import Compensation, compensation
from assurance_core.lab.dead_steps import DeadStep, dead_steps
from assurance_core.lab.near_gaps import NearGap, near_gaps, printed_bands, printed_otherwise
from assurance_core.lab.sampled import Sampled, sample
from assurance_core.lab.shapley import SettlingShares, settling_shares
from assurance_core.lab.single_steps import (
    Influence,
    Transitions,
    Witness,
    all_transitions,
    falling_step,
    influences,
    levels_of,
    profile_for,
)
from assurance_core.lab.space import Counts, Space, space_of
from assurance_core.lab.symmetry import Symmetry, symmetry
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.model.scale import Level


@frozen(eq=False)
class Part:
    """Everything that is given as a share of profiles, for all of them or for one judged level.

    Attributes:
        leaf, level: the judged axis and where it is held; None for the whole space.
        size: the number of profiles.
        counts: profiles by state of the outcome.
        near: profiles that one step of one statement takes to another outcome.
        limiters: by path, profiles in which it bites.
        hidden: of the good or better ones, those with one statement low.
    """

    leaf: Leaf | None
    level: Level | None
    size: int
    counts: Counts
    near: int
    limiters: Mapping[str, int]
    hidden: tuple[Hidden, ...]


@frozen(eq=False, repr=False)
class JudgementAudit:
    """What one judgement of a design allows.

    Attributes:
        id, name: of the judgement.
        space: its space.
        parts: one, or one for each level of each judged axis.
        examples: by state that can be reached, a profile that gives it.
        falling: a profile at which a better score gives a worse level; None where it is monotone.
        symmetry: which statements can change places.
        dead: steps and rows that change nothing.
        bands: paths of bands with printed ranges.
        printed_otherwise: how bands differ from their ranges as printed; see `near_gaps`.
        gaps: values between printed ranges.
        moves: for each leaf, how often a step up takes the outcome from one state to another.
        influences: by leaf, one-step pairs whose outcomes differ.
        settling: by leaf, how often it settles the outcome; None where that is not available.
        compensation: for each outcome that can be reached, the low scores it can hold.
        vetoes: statements that force or forbid an outcome.
    """

    id: str
    name: str
    space: Space
    parts: tuple[Part, ...]
    examples: Mapping[int, Mapping[str, Level]]
    falling: Witness | None
    symmetry: Symmetry
    dead: tuple[DeadStep, ...]
    bands: tuple[str, ...]
    printed_otherwise: tuple[str, ...]
    gaps: tuple[NearGap, ...]
    moves: Mapping[str, Transitions]
    influences: Mapping[str, Influence]
    settling: SettlingShares | None
    compensation: tuple[Compensation, ...]
    vetoes: tuple[Veto, ...]

    @property
    def counts(self) -> Counts:
        """Profiles of the whole space by state."""
        return self.space.counts[self.space.target]

    @property
    def unreachable(self) -> tuple[Level, ...]:
        """The levels that no profile gives."""
        levels = self.space.root.scale.levels
        return tuple(one for one, count in zip(levels, self.counts, strict=False) if not count)

    def __repr__(self) -> str:
        """Return its name: the whole value would fill the screen."""
        return f"JudgementAudit({self.id!r}, {self.space.size:,} profiles)"

    @property
    def statement_steps(self) -> Influence:
        """One-step pairs of all statements together; an assessor's own level is none of them."""
        every = [self.influences[leaf.id] for leaf in self.space.leaves if leaf.kind != "judged"]
        return Influence(sum(one.changed for one in every), sum(one.pairs for one in every))


@frozen(eq=False)
class NotAudited:
    """A judgement of which nothing can be proved, why, and what a sample shows of it."""

    id: str
    name: str
    why: str
    sampled: Sampled


@frozen(eq=False, repr=False)
class Audit:
    """What a design allows.

    Attributes:
        rule: the design, compiled.
        judgements: the headline; where there is none, each judgement that is published or that a
            consequence reads.
        not_audited: judgements whose space is too large and does not fall apart.
        shown: names of the scores that are shown as they are given, where there is no headline.
    """

    rule: CompiledDesign
    judgements: tuple[JudgementAudit, ...]
    not_audited: tuple[NotAudited, ...]
    shown: tuple[str, ...]

    def __repr__(self) -> str:
        """Return its name: the whole value would fill the screen."""
        return f"Audit({self.rule.design.id!r})"


def audit(
    design: RatingDesign | CompiledDesign,
    judgement: str = "",
    version: str = "",
    *,
    settling: bool = True,
) -> Audit:
    """Prove what a design allows, over the whole space of its headline.

    Args:
        design: the design; it is compiled here unless it is already.
        judgement: id of another judgement to audit.
        version: id of the framework version; the newest that the design reads unless given.
        settling: whether to work out how often each statement settles the outcome, which takes
            longer than all the rest on a space of millions and decides no requirement.

    Raises:
        AssuranceError: the design does not compile, or `no-choice` for an unknown judgement.
    """
    rule = design if isinstance(design, CompiledDesign) else compile_design(design, version)
    names = {one.node.judgement.id: one.node.judgement.name for one in rule.judgements if one.own}
    audited = []
    left_out = []
    for one in (judgement,) if judgement else published_judgements(rule):
        try:
            audited.append(audit_judgement(rule, one, settling=settling))
        except AssuranceError as error:
            if {fault.code for fault in error.faults} != {"too-large"}:
                raise
            left_out.append(NotAudited(one, names[one], error.faults[0].found, sample(rule, one)))
    shown: tuple[str, ...] = ()
    if rule.published.headline is None and not judgement:
        leaves = {leaf.id for leaf in rule.leaves}
        shown = tuple(area.name for area in rule.published.areas if area.node in leaves)
    return Audit(rule, tuple(audited), tuple(left_out), shown)


def published_judgements(rule: CompiledDesign) -> tuple[str, ...]:
    """Return the headline's judgement; where there is no headline, all that reach a reader.

    Those are the judgements that are published and those that decide a consequence.
    """
    published = rule.published
    if published.headline:
        return (published.headline,)
    by_key = {one.node.key: one.node.judgement.id for one in rule.judgements if one.own}
    found = [published.score] if published.score else []
    found += [by_key[area.node] for area in published.areas if area.node in by_key]
    found += [by_key[key] for one in rule.consequences for key in one.keys if key in by_key]
    return tuple(dict.fromkeys(found))


def audit_judgement(
    rule: CompiledDesign, judgement: str, *, settling: bool = True
) -> JudgementAudit:
    """Prove what one judgement of a compiled design allows; `settling` as of `audit`.

    Raises:
        AssuranceError: `no-choice` where there is no such judgement; `too-large`.
    """
    space = space_of(rule, judgement)
    moves = all_transitions(space)
    by_level = counts_by_level(space)
    node = next(one.node for one in rule.judgements if one.node.key == space.target)
    return JudgementAudit(
        id=node.judgement.id,
        name=node.judgement.name,
        space=space,
        parts=_parts(space, by_level),
        examples={
            state: levels_of(space, profile_for(space, space.target, state))
            for state, count in enumerate(space.counts[space.target])
            if count
        },
        falling=falling_step(space, moves),
        symmetry=symmetry(space),
        dead=dead_steps(space),
        bands=printed_bands(space),
        printed_otherwise=printed_otherwise(space),
        gaps=near_gaps(space),
        moves=moves,
        influences=influences(moves),
        settling=settling_shares(space) if settling else None,
        compensation=compensation(space),
        vetoes=vetoes(space, by_level),
    )


def _parts(space: Space, by_level: Mapping[str, tuple[Counts, ...]]) -> tuple[Part, ...]:
    """Return the whole space, or a part for each level of each judged axis."""
    judged = [leaf for leaf in space.leaves if leaf.kind == "judged"]
    if not judged:
        return (_part(space, by_level),)
    parts = []
    for leaf in judged:
        for level in leaf.scale.levels:
            held = space.given(leaf.id, level.position)
            parts.append(_part(held, counts_by_level(held), leaf, level))
    return tuple(parts)


def _part(
    space: Space,
    by_level: Mapping[str, tuple[Counts, ...]],
    leaf: Leaf | None = None,
    level: Level | None = None,
) -> Part:
    return Part(
        leaf=leaf,
        level=level,
        size=space.size,
        counts=space.counts[space.target],
        near=next_to_a_threshold(space),
        limiters=binding_counts(space),
        hidden=hidden(space, by_level),
    )
