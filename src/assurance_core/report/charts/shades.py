"""How a level looks: a shade of one hue, and a thick edge at either end of its scale.

A shade alone says nothing: each cell has a number or a word. The hue is neither a traffic light nor
any regulator's colour. No palette of four or more light steps keeps a contrast of 3:1 between
neighbours, so the shades only help the eye along.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from assurance_core.model.scale import Level, Scale
from assurance_core.rules.scope import level_words

SHADES = 5


@frozen
class Key:
    """One line of a key: how a level looks, and what it is called."""

    classes: str
    sign: str
    name: str


def shade(level: Level, scale: Scale) -> str:
    """Return the classes of a cell with this level.

    Example:
        >>> scale = Scale.of("demo/grade", ["bad", "fair", "good"])
        >>> [shade(level, scale) for level in scale.levels]
        ['shade-0 lowest', 'shade-2', 'shade-4 highest']
    """
    steps = len(scale) - 1
    number = (2 * (level.position - 1) * (SHADES - 1) + steps) // (2 * steps) if steps else 0
    end = " lowest" if level.position == 1 else " highest" if level.position == len(scale) else ""
    return f"shade-{number}{end}"


def key(scales: Iterable[Scale]) -> tuple[Key, ...]:
    """Return the key to the levels that are shown as numbers, once for scales that are alike."""
    lines = {
        (level.id, level.name): Key(shade(level, scale), level.id, level.name)
        for scale in scales
        for level in scale.levels
        if level.id.isdecimal()
    }
    return tuple(lines.values())


def cell_words(level: Level) -> str:
    """Return a level as a cell shows it: its number, or else its name."""
    return level.id if level.id.isdecimal() else level_words(level)
