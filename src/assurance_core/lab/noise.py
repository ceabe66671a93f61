"""How sure is an outcome, if another inspector might have scored a step higher or lower?

Two models. *Independent*: each statement moves one step up or down, with half the chance each.
*Same direction*: a coin decides whether the whole body is seen too well or too badly, and then each
statement moves that way with the whole chance. A move off the scale is cancelled; what an assessor
judges does not move, and what is absent stays absent. Nothing is drawn at random: every possibility
is counted with its probability.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.lab.contender import Compiled, Contender, contender_of
from assurance_core.lab.diagram import Folded, state_probabilities
from assurance_core.lab.noise_settings import NoiseSetting, either_way, one_way
from assurance_core.lab.noise_space import Kernel, Pairs, pairs_of_states, spread
from assurance_core.lab.placed import (
    Absent,
    Places,
    Unplaced,
    judged_choices,
    judged_words,
    place,
)
from assurance_core.lab.space import Space
from assurance_core.model.assessment import Assessment
from assurance_core.model.dates import PartialDate
from assurance_core.model.errors import AssuranceError, Fault

Chances = tuple[float, ...]


@frozen
class Reliability:
    """What noise does to outcomes: metric M7.

    Attributes:
        misclassification: the mean chance of another outcome than the one on the true scores.
        consistency: the mean chance that two inspectors come to the same outcome.
        kappa: consistency beyond what the spread of outcomes alone would give; None where there is
            one outcome only.
    """

    misclassification: float
    consistency: float
    kappa: float | None


@frozen(eq=False)
class Both:
    """The same figures under the two models."""

    independent: Reliability
    same_direction: Reliability


@frozen(eq=False)
class BodyChances:
    """How likely each outcome is for one body; in the order of the outcomes."""

    independent: Chances
    same_direction: Chances


@frozen(eq=False)
class WholeNoise:
    """Noise over all profiles of a space.

    Attributes:
        version: id of the framework version.
        profiles: how many there are, a Python integer.
        judged: the judged levels at which it was worked out, in words; empty where none is judged.
        reliability: the figures.
    """

    version: str
    profiles: int
    judged: str
    reliability: Both


@frozen(eq=False)
class SettingNoise:
    """Everything at one size of the noise.

    Attributes:
        setting: the size.
        bodies: for each placed body, in order.
        observed: over those bodies; None where there are none.
        whole: over all profiles, for each framework version and each judged level apart.
    """

    setting: NoiseSetting
    bodies: tuple[BodyChances, ...]
    observed: Both | None
    whole: tuple[WholeNoise, ...]


@frozen(eq=False)
class NoisyBody:
    """A body with its own outcome and, if it is one of the design's words, the published one.

    Attributes:
        assessment: the assessment.
        own: place of its outcome among the outcomes.
        published: place of the published word, or None.
        absent: scores that are absent and stay so.
    """

    assessment: Assessment
    own: int
    published: int | None
    absent: tuple[Absent, ...] = ()


@frozen(eq=False)
class Noise:
    """The answer: how sure are the outcomes of a design?

    Attributes:
        contender: the design.
        judgement: id of the judgement that is studied.
        outcomes: words of all outcomes: levels, worst first, then reasons for none.
        bodies: those whose scores are all known or absent as the design allows, as given.
        unplaced: the others: of them it cannot be told.
        settings: one answer for each size of the noise.
    """

    contender: Contender
    judgement: str
    outcomes: tuple[str, ...]
    bodies: tuple[NoisyBody, ...]
    unplaced: tuple[Unplaced, ...]
    settings: tuple[SettingNoise, ...]


def noise(
    design: Contender | Compiled,
    assessments: Sequence[Assessment],
    settings: Sequence[NoiseSetting],
    *,
    judgement: str = "",
    as_of: PartialDate | None = None,
) -> Noise:
    """Work out how sure the outcomes of a design are.

    Args:
        design: the design, and how it reads the assessments. What is asked of again and again may
            come `Compiled`, for the same `as_of`.
        assessments: of one framework; none for the space alone.
        settings: sizes of the noise.
        judgement: which judgement is studied; the headline's unless given.
        as_of: chooses the framework version instead of each assessment's date.

    Raises:
        AssuranceError: `no-choice` for a design without a headline where no judgement is named;
            `too-large`, where the space is neither small nor a tree of small judgements.
    """
    places = place(design, assessments, judgement, as_of)
    return Noise(
        contender=contender_of(design),
        judgement=places.judgement,
        outcomes=places.outcomes,
        bodies=tuple(
            NoisyBody(
                one.assessment, places.own(one), _published(places, one.assessment), one.absent
            )
            for one in places.placed
        ),
        unplaced=places.unplaced,
        settings=tuple(_at(places, one) for one in settings),
    )


def _published(places: Places, assessment: Assessment) -> int | None:
    """Return the place of the published word among the outcomes, if it is one of them."""
    space, word = places.groups[0].space, assessment.published.headline
    studied = space.rule.published.headline == places.judgement
    if not studied or word not in space.root.scale.ids:
        return None
    return space.root.scale.ids.index(word)


def _at(places: Places, setting: NoiseSetting) -> SettingNoise:
    chance = setting.chance
    size = len(places.outcomes)
    independent = np.zeros((len(places.placed), size))
    same_direction = np.zeros((len(places.placed), size))
    for group, folds in enumerate(places.groups):
        members = places.members(group)
        columns = places.columns(group)
        levels = np.array([places.placed[number].levels for number in members], dtype=np.int64)
        if members:
            found = chances_of(folds, levels, chance)
            independent[np.ix_(members, columns)] = found[0]
            same_direction[np.ix_(members, columns)] = found[1]
    own = [places.own(one) for one in places.placed]
    return SettingNoise(
        setting=setting,
        bodies=tuple(
            BodyChances(tuple(one.tolist()), tuple(other.tolist()))
            for one, other in zip(independent, same_direction, strict=True)
        ),
        observed=Both(_observed(independent, own), _observed(same_direction, own)) if own else None,
        whole=tuple(one for folds in places.whole for one in folds.once(noise_of_space, chance)),
    )


def _observed(chances: NDArray[np.float64], own: Sequence[int]) -> Reliability:
    kept = chances[np.arange(len(own)), own]
    return _reliability(
        1 - float(kept.mean()),
        float((chances**2).sum(axis=1).mean()),
        chances.mean(axis=0),
    )


def _reliability(
    misclassification: float, consistency: float, shares: NDArray[np.float64]
) -> Reliability:
    by_chance = float((shares**2).sum())
    kappa = None
    if by_chance < 1 - 1e-12:
        kappa = (consistency - by_chance) / (1 - by_chance)
    # Sums of floats may pass 0 or 1 by a hair.
    return Reliability(min(max(misclassification, 0.0), 1.0), min(consistency, 1.0), kappa)


def chances_of(
    folds: Folded, levels: NDArray[np.int64], chance: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how likely each state is for many bodies, under either model; exactly.

    Args:
        folds: the space.
        levels: by body and leaf, counted from 0.
        chance: that a score moves.

    Returns:
        For the independent and the same-direction model, by body and state.
    """
    space = folds.space
    size = space.root.size
    found = np.empty((3, len(levels), size))
    for rows in folds.batches(len(levels)):
        for number, kernels in enumerate(_all_kernels(space, chance)):
            leaves = {
                leaf.id: kernels[leaf.id][levels[rows, axis]]
                for axis, leaf in enumerate(space.leaves)
            }
            found[number, rows] = state_probabilities(folds, leaves)[space.target]
    return found[0], (found[1] + found[2]) / 2


def _all_kernels(space: Space, chance: float) -> list[Mapping[str, Kernel]]:
    """Return, for each leaf, its kernel: independent, all up, all down. Judged levels stay."""

    def kernels(move: Any) -> dict[str, Kernel]:
        return {
            leaf.id: np.eye(len(leaf.scale)) if leaf.kind == "judged" else move(len(leaf.scale))
            for leaf in space.leaves
        }

    return [
        kernels(lambda size: either_way(size, chance)),
        kernels(lambda size: one_way(size, chance, 1)),
        kernels(lambda size: one_way(size, chance, -1)),
    ]


def noise_of_every_profile(
    space: Space, chance: float, *, same_direction: bool = False
) -> NDArray[np.float64]:
    """Return how likely each state is, for every profile at once.

    Args:
        space: one that is a single tensor.
        chance: that a score moves.
        same_direction: all statements the same way, instead of each on its own.

    Returns:
        By state, and then like the space's tensor.

    Raises:
        AssuranceError: `too-large`, for a space that is a tree of tensors.
    """
    if not space.flat:
        raise AssuranceError(
            Fault(
                "too-large",
                f"{space.rule.design.id}: {space.target}",
                f"{space.size:,} profiles",
                "a space that is one tensor",
                "ask for some bodies, or for the figures over all profiles",
            )
        )
    independent, up, down = _all_kernels(space, chance)
    ways = [up, down] if same_direction else [independent]
    states = space.root.states
    found = np.zeros((space.root.size, *states.shape))
    for kernels in ways:
        of_axes = [kernels[leaf.id] for leaf in space.leaves]
        for state in range(space.root.size):
            found[state] += spread((states == state).astype(np.float64), of_axes)
    found /= len(ways)
    return found


def noise_of_space(folds: Folded, chance: float) -> tuple[WholeNoise, ...]:
    """Return what noise does over all profiles, for each judged level apart; exact at any size.

    Args:
        folds: a space of one tensor, or of a tree of them.
        chance: that a score moves.
    """
    space = folds.space
    version = (space.rule.source_version or space.rule.version).id
    found = []
    for judged in judged_choices(space):
        size = space.size
        for leaf in space.leaves:
            size = size // len(leaf.scale) if leaf.id in judged else size
        reliability = reliability_of_space(folds, chance, judged)
        found.append(WholeNoise(version, size, judged_words(space, judged), reliability))
    return tuple(found)


def reliability_of_space(
    folds: Folded, chance: float, judged: Mapping[str, int] | None = None
) -> Both:
    """Return metric M7 over all profiles of a space; exact at any size.

    Args:
        folds: a space of one tensor, or of a tree of them.
        chance: that a score moves.
        judged: judged levels at which to hold the space; every one counts the same unless given.
    """
    independent, up, down = _all_kernels(folds.space, chance)
    pairs = _SpacePairs(folds, judged or {})
    alone = pairs.copies(independent, independent)
    upward, downward = pairs.copies(up, up), pairs.copies(down, down)
    between = pairs.copies(up, down)
    consistent = (np.trace(upward) + 2 * np.trace(between) + np.trace(downward)) / 4
    return Both(
        _reliability(pairs.changed(independent), float(np.trace(alone)), alone.sum(axis=1)),
        _reliability(
            (pairs.changed(up) + pairs.changed(down)) / 2,
            float(consistent),
            (upward.sum(axis=1) + downward.sum(axis=1)) / 2,
        ),
    )


@frozen(eq=False)
class _SpacePairs:
    """Joint probabilities of two readings of one profile, drawn evenly from the whole space."""

    folds: Folded
    judged: Mapping[str, int]

    def _evenly(self, leaf_id: str, levels: int) -> NDArray[np.float64]:
        if leaf_id in self.judged:
            chosen: NDArray[np.float64] = np.eye(levels)[self.judged[leaf_id]]
            return chosen
        return np.full(levels, 1 / levels)

    def copies(self, one: Mapping[str, Kernel], other: Mapping[str, Kernel]) -> Pairs:
        """Return how likely two noisy readings are in which two states."""
        leaves = {}
        for leaf in self.folds.space.leaves:
            even = self._evenly(leaf.id, len(leaf.scale))
            leaves[leaf.id] = one[leaf.id].T @ (even[:, None] * other[leaf.id])
        return pairs_of_states(self.folds, leaves)

    def changed(self, kernels: Mapping[str, Kernel]) -> float:
        """Return how likely a noisy reading has another state than the true profile."""
        leaves = {
            leaf.id: self._evenly(leaf.id, len(leaf.scale))[:, None] * kernels[leaf.id]
            for leaf in self.folds.space.leaves
        }
        return 1 - float(np.trace(pairs_of_states(self.folds, leaves)))
