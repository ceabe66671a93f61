"""Levels and scales: what a statement or a judgement can be."""

from __future__ import annotations

from functools import cached_property

from attrs import define, field, frozen


@frozen
class Level:
    """One step of a scale.

    Attributes:
        position: 1 for the worst, rising; conditions and medians compare positions.
        id: a snake_case word or a number as text: `requires_improvement`, `3`.
        name: as shown to readers.
        points: what sums and percentages count; the position unless stated.
        aliases: other ways in which the level is written.
        meaning: a longer text, if the regulator gives one.
    """

    position: int
    id: str
    name: str
    points: int
    aliases: tuple[str, ...] = ()
    meaning: str = ""


@define(frozen=True, slots=False)
class Scale:
    """An ordered set of named levels, worst first.

    Attributes:
        id: `framework/scale`.
        name: as shown to readers.
        levels: from the worst to the best.
        source: id of the citation, in the framework's sources.
        good_from: id of the lowest level that meets the regulator's standard, if it has one.

    Example:
        >>> scale = Scale.of("demo/grade", ["bad", "good"])
        >>> scale.level("good").position, len(scale)
        (2, 2)
    """

    id: str
    name: str
    levels: tuple[Level, ...] = field()
    source: str = ""
    good_from: str = ""

    @classmethod
    def of(cls, id: str, level_ids: list[str]) -> Scale:
        """Make a scale from level ids alone, for examples and tests."""
        levels = (
            Level(position, level_id, level_id.replace("_", " ").capitalize(), position)
            for position, level_id in enumerate(level_ids, 1)
        )
        return cls(id, id, tuple(levels))

    def __len__(self) -> int:
        return len(self.levels)

    @cached_property
    def by_id(self) -> dict[str, Level]:
        """Return the levels by id."""
        return {level.id: level for level in self.levels}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the levels, worst first."""
        return tuple(level.id for level in self.levels)

    @cached_property
    def numbered(self) -> bool:
        """Say whether every level's id is a whole number, as in scores from 1 to 4."""
        return all(level.id.isdecimal() for level in self.levels)

    @cached_property
    def falling(self) -> bool:
        """Say whether the levels are numbers, and a lower one is better."""
        numbers = [int(level.id) for level in self.levels] if self.numbered else []
        return len(numbers) > 1 and numbers == sorted(numbers, reverse=True)

    @cached_property
    def by_word(self) -> dict[str, Level]:
        """Return the levels by every way of writing them, folded to lower case."""
        words: dict[str, Level] = {}
        for level in self.levels:
            for word in (level.id, level.name, *level.aliases):
                words[fold(word)] = level
        return words

    def level(self, level_id: str) -> Level:
        """Return the level with this id; KeyError if there is none."""
        return self.by_id[level_id]

    def at(self, position: int) -> Level:
        """Return the level at a position (1 is the worst)."""
        return self.levels[position - 1]

    def below_good(self, level: Level) -> bool | None:
        """Say whether a level is below the standard; None where the scale has no standard."""
        if not self.good_from:
            return None
        return level.position < self.by_id[self.good_from].position

    def same_levels(self, other: Scale) -> bool:
        """Say whether two scales have the same level ids in the same order."""
        return self.ids == other.ids


def fold(word: str) -> str:
    """Return a word as it is compared: lower case, single spaces, one kind of apostrophe.

    Example:
        >>> fold("  Requires_Improvement ")
        'requires improvement'
    """
    return " ".join(
        word.casefold().replace("_", " ").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split()
    )
