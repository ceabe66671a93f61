"""A design prepared for its metrics: its space as a tensor, and the observed bodies as rows.

Outcomes are *states*: the levels of the headline, worst first, and after them the reasons for which
there is none. The *card* is the statements (and evidence) that an assessor scores; a level that the
assessor chose for the whole is no part of it and stands on axes of its own, behind the card's.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import prod

import numpy as np
from attrs import define, frozen
from numpy.typing import NDArray

from assurance_core.engine.bulk import rate_positions
from assurance_core.engine.graph import Leaf
from assurance_core.engine.profile import profile_of_assessment
from assurance_core.engine.rule import CompiledDesign
from assurance_core.engine.table import MOST_PROFILES
from assurance_core.lab.contender import Contender
from assurance_core.lab.diagram import Folded, fold
from assurance_core.lab.metrics.figure import Basis
from assurance_core.lab.space import Space, space_of
from assurance_core.model.assessment import Assessment
from assurance_core.model.errors import AssuranceError
from assurance_core.model.scale import Scale

Ints = NDArray[np.int64]
SAMPLE_SIZE = 50_000
TOO_LARGE = "the space is too large for one tensor, and its judgements share inputs"


@frozen(eq=False)
class Rows:
    """Profiles as rows: those observed, or some drawn at random.

    Attributes:
        positions: of every leaf, card first; 1 is the worst.
        states: of the headline; all 0 without one.
        assessments: of observed rows.
        basis: what they are.
        card: how many of the columns are the card.
    """

    positions: Ints
    states: Ints
    assessments: tuple[Assessment, ...]
    basis: Basis
    card: int

    @property
    def scores(self) -> Ints:
        """The positions on the card alone."""
        return self.positions[:, : self.card]

    def __len__(self) -> int:
        return len(self.states)


@define(frozen=True, slots=False, eq=False)
class Study:
    """One design, ready to be measured.

    Attributes:
        contender: the design, with its crosswalk.
        rule: compiled for the framework version of the rows.
        leaves: the axes: the card, then judged levels.
        card: how many of the axes are the card.
        scale: of the headline; None for a design without one.
        names: of the states.
        space: where it has a headline and its space is not too large.
        states: the state of every profile, over the leaves; None where there is no headline or the
            space is too large for one tensor.
        observed: the complete assessments.
        drawn: profiles drawn at random, where there is no tensor.
    """

    contender: Contender
    rule: CompiledDesign
    leaves: tuple[Leaf, ...]
    card: int
    scale: Scale | None
    names: tuple[str, ...]
    space: Space | None
    states: NDArray[np.int16] | None
    observed: Rows
    drawn: Rows | None

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of levels of every leaf."""
        return tuple(len(leaf.scale) for leaf in self.leaves)

    @property
    def size(self) -> int:
        """The number of profiles."""
        return prod(self.shape)

    @property
    def levels(self) -> int:
        """How many of the states are levels."""
        return len(self.scale) if self.scale else 0

    @property
    def good(self) -> int | None:
        """The lowest state that meets the standard, or None where the scale has none."""
        if self.scale is None or not self.scale.good_from:
            return None
        return self.scale.by_id[self.scale.good_from].position - 1

    @property
    def good_scores(self) -> tuple[int, ...] | None:
        """For each column of the card its lowest position that meets the standard, or None."""
        scales = [leaf.scale for leaf in self.leaves[: self.card]]
        if not all(scale.good_from for scale in scales):
            return None
        return tuple(scale.by_id[scale.good_from].position for scale in scales)

    @cached_property
    def folds(self) -> Folded | None:
        """The space folded into diagrams, which serve where one tensor is too large."""
        return fold(self.space) if self.space else None

    def levels_in(self, space: Space, rows: Rows) -> Ints:
        """Return the levels of rows as a space has them: its leaves, counted from 0."""
        ids = [leaf.id for leaf in self.leaves]
        return rows.positions[:, [ids.index(leaf.id) for leaf in space.leaves]] - 1

    @property
    def all_profiles(self) -> Basis:
        """The basis of figures over all profiles."""
        return Basis("all profiles", self.size)


def prepare(
    contender: Contender, assessments: Sequence[Assessment], rule: CompiledDesign, seed: int
) -> Study:
    """Return a design ready to be measured.

    Args:
        contender: the design.
        assessments: of one framework version, every score known.
        rule: the design compiled for that version.
        seed: of profiles drawn at random, where the space is too large.
    """
    card = [leaf for leaf in rule.leaves if leaf.kind != "judged"]
    leaves = (*card, *(leaf for leaf in rule.leaves if leaf.kind == "judged"))
    scale = rule.headline_scale
    space = _space(rule) if scale else None
    names = (*(level.name for level in scale.levels), *rule.reasons) if scale else ()
    observed = _observed(rule, leaves, len(card), assessments)
    states = _tensor(rule, space, leaves)
    drawn = None
    if states is None and prod(len(leaf.scale) for leaf in leaves) > MOST_PROFILES:
        drawn = draw(rule, leaves, len(card), seed)
    return Study(contender, rule, leaves, len(card), scale, names, space, states, observed, drawn)


def states_of(rule: CompiledDesign, columns: dict[str, Ints], length: int) -> Ints:
    """Return the headline's state of many profiles; all 0 for a design without a headline."""
    scale = rule.headline_scale
    if scale is None or rule.published.headline is None:
        return np.zeros(length, dtype=np.int64)
    positions = rate_positions(rule, columns).judgements[rule.published.headline].positions
    return np.where(positions > 0, positions - 1, len(scale) - 1 - positions).astype(np.int64)


def draw(
    rule: CompiledDesign, leaves: Sequence[Leaf], card: int, seed: int, size: int = SAMPLE_SIZE
) -> Rows:
    """Draw profiles at random, each of the space equally likely."""
    random = np.random.default_rng(seed)
    positions = np.stack(
        [random.integers(1, len(leaf.scale) + 1, size=size) for leaf in leaves], axis=1
    )
    columns = {leaf.id: positions[:, place] for place, leaf in enumerate(leaves)}
    space = prod(len(leaf.scale) for leaf in leaves)
    basis = Basis("sampled", size, seed=seed, space=space)
    states = states_of(rule, columns, size)
    return Rows(positions, states, (), basis, card)


def _space(rule: CompiledDesign) -> Space | None:
    try:
        return space_of(rule)
    except AssuranceError:
        return None


def _tensor(
    rule: CompiledDesign, space: Space | None, leaves: Sequence[Leaf]
) -> NDArray[np.int16] | None:
    """Return the states over all leaves; those that nothing reads are axes without a difference."""
    shape = tuple(len(leaf.scale) for leaf in leaves)
    if space is None or not space.flat or prod(shape) > MOST_PROFILES:
        return None
    root = space.root
    codes = [*range(len(root.scale))]
    codes += [len(root.scale) + rule.reasons.index(text) for text in root.reasons]
    states = np.array(codes, dtype=np.int16)[root.states]
    places = [[leaf.id for leaf in leaves].index(key) for key in root.inputs]
    states = np.transpose(states, np.argsort(places))
    form = [len(leaf.scale) if leaf.id in root.inputs else 1 for leaf in leaves]
    return np.ascontiguousarray(np.broadcast_to(states.reshape(form), shape))


def _observed(
    rule: CompiledDesign, leaves: Sequence[Leaf], card: int, assessments: Sequence[Assessment]
) -> Rows:
    rows: list[list[int]] = []
    kept: list[Assessment] = []
    order = [[leaf.id for leaf in rule.leaves].index(leaf.id) for leaf in leaves]
    for one in assessments:
        try:
            profile = profile_of_assessment(rule, one, allow_unknown=True)
        except AssuranceError:
            continue
        if all(position > 0 for position in profile.positions):
            rows.append([profile.positions[place] for place in order])
            kept.append(one)
    positions = np.array(rows, dtype=np.int64).reshape(len(rows), len(leaves))
    columns = {leaf.id: positions[:, place] for place, leaf in enumerate(leaves)}
    states = states_of(rule, columns, len(rows)) if rows else np.zeros(0, dtype=np.int64)
    dates = [one.date for one in kept if one.date]
    basis = Basis(
        "observed",
        len(kept),
        bodies=len({one.body.name for one in kept}),
        first=min(dates, key=lambda date: date.first).text if dates else "",
        last=max(dates, key=lambda date: date.last).text if dates else "",
    )
    return Rows(positions, states, tuple(kept), basis, card)
