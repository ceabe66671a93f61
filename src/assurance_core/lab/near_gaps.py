"""Near-gaps: values that fall between the ranges a regulator prints, and are saved by rounding."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from attrs import define, frozen
from numpy.typing import NDArray

from assurance_core.lab.scenes import Block, Moment, blocks, judgements_of, run_block
from assurance_core.lab.single_steps import levels_of
from assurance_core.lab.space import Space
from assurance_core.model.scale import Level
from assurance_core.rules.band import at_least, at_most
from assurance_core.rules.values import Levels, Numbers


@frozen(eq=False)
class NearGap:
    """A value, before rounding, that lies in none of a band's printed ranges.

    Attributes:
        path: of the band.
        value: the exact value.
        shown: what the band is given, after rounding.
        level: the level that it becomes; None where the band gives none.
        profiles: how many profiles have it.
        levels: one of them, by leaf.
    """

    path: str
    value: Fraction
    shown: Fraction
    level: Level | None
    profiles: int
    levels: Mapping[str, Level]


def printed_bands(space: Space) -> tuple[str, ...]:
    """Return the paths of the bands whose printed ranges are given."""
    found = [s.path for one in judgements_of(space) for s in one.steps if s.step.printed]
    return tuple(dict.fromkeys(found))


def printed_otherwise(space: Space) -> tuple[str, ...]:
    """Return how bands differ from their ranges as printed, which then say nothing of them."""
    every = [s.step.printed_otherwise for one in judgements_of(space) for s in one.steps]
    return tuple(dict.fromkeys(one for one in every if one))


def near_gaps(space: Space) -> tuple[NearGap, ...]:
    """Return every value of the space that falls between printed ranges, lowest first."""
    if not printed_bands(space):
        return ()
    found: dict[tuple[str, Fraction], NearGap] = {}
    for block in blocks(space):
        watcher = _Watcher(block, found)
        run_block(block, watcher.watch)
    return tuple(found[key] for key in sorted(found))


@define(eq=False)
class _Watcher:
    """Keeps the number before it was rounded until the band reads it."""

    block: Block
    found: dict[tuple[str, Fraction], NearGap]
    exact: Numbers | None = None

    def watch(self, moment: Moment) -> None:
        before, after = moment.before, moment.after
        if isinstance(after, Numbers) and not isinstance(before, Numbers):
            self.exact = after
        printed = moment.step.step.printed
        if not printed or self.exact is None:
            return
        exact = self.exact
        outside = moment.there
        for low, high in printed.values():
            outside = outside & ~(at_least(exact, low) & at_most(exact, high))
        for value in _values(exact, outside):
            top, bottom = value.numerator, value.denominator
            self._add(
                moment, value, outside & (exact.numerator * bottom == exact.denominator * top)
            )

    def _add(self, moment: Moment, value: Fraction, where: NDArray[np.bool_]) -> None:
        assert isinstance(moment.before, Numbers)
        assert isinstance(moment.after, Levels)
        key = (moment.step.path, value)
        known = self.found.get(key)
        above, below = moment.before.numerator, moment.before.denominator
        position = _first(moment.after.positions, where)
        profile = self.block.profile(where)
        self.found[key] = NearGap(
            path=moment.step.path,
            value=value,
            shown=Fraction(_first(above, where), _first(below, where)),
            level=moment.judgement.node.scale.at(position) if position > 0 else None,
            profiles=self.block.count(where) + (known.profiles if known else 0),
            levels=known.levels if known else part_levels(self.block.space, profile),
        )


def part_levels(space: Space, profile: Mapping[str, int]) -> Mapping[str, Level]:
    """Return the levels of a profile of some of the leaves, in the design's order."""
    if len(profile) == len(space.leaves):
        return levels_of(space, profile)
    return {
        leaf.id: leaf.scale.at(profile[leaf.id] + 1) for leaf in space.leaves if leaf.id in profile
    }


def _values(number: Numbers, where: NDArray[np.bool_]) -> list[Fraction]:
    arrays = np.broadcast_arrays(number.numerator, number.denominator, where)
    pairs = {
        (int(top), int(bottom))
        for top, bottom in np.unique(
            np.stack([arrays[0][arrays[2]], arrays[1][arrays[2]]], axis=-1), axis=0
        )
    }
    return sorted({Fraction(top, bottom) for top, bottom in pairs})


def _first(column: NDArray[np.int64], where: NDArray[np.bool_]) -> int:
    full, mask = np.broadcast_arrays(column, where)
    return int(full.ravel()[int(mask.argmax())])
