"""What a step may look up while it is bound to its judgement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.scale import Level, Scale
from assurance_core.rules.values import LARGEST, LevelType, NumberType, ValueType

MAP_FIRST = (
    "map each input to one common scale in a judgement of its own (start: X, then map), and"
    " aggregate these"
)
"""What to do where an aggregate has inputs on different scales."""


@frozen
class Input:
    """One input of a judgement: its name in steps, its name for readers, its scale."""

    id: str
    name: str
    scale: Scale


@frozen
class Scope:
    """The judgement around a step.

    Attributes:
        place: design, judgement and step, as errors print it.
        scale: the scale of the judgement.
        inputs: in order.
        names: themes, groups and `all` by name, each with its inputs.
        omits: absent inputs are left out of aggregates.
        judged: name of the judged axis, or empty.
        add_reason: gives a text its code, a negative number, for profiles without an outcome.
    """

    place: str
    scale: Scale
    inputs: tuple[Input, ...]
    names: Mapping[str, tuple[str, ...]]
    omits: bool
    judged: str
    add_reason: Callable[[str], int]

    def fault(
        self, key: str, found: str, expected: str, remedy: str, code: str = "bad-step"
    ) -> AssuranceError:
        """Return an error at a key of this step, to be raised."""
        place = f"{self.place}.{key}" if key else self.place
        return AssuranceError(Fault(code, place, found, expected, remedy))

    def input(self, name: str) -> Input:
        """Return the input with this id."""
        return next(one for one in self.inputs if one.id == name)

    def resolve(self, name: str, key: str) -> tuple[str, ...]:
        """Return the inputs that a name stands for; raise if it stands for none."""
        if name in self.names:
            return self.names[name]
        if any(name == one.id for one in self.inputs):
            return (name,)
        known = [one.id for one in self.inputs] + sorted(self.names)
        raise self.fault(
            key,
            f"'{name}'",
            "an input of this judgement, a theme, a group or all",
            nearest(name, known),
            "unknown-id",
        )

    def position(self, scale: Scale, level: object, key: str) -> int:
        """Return the position of a level given by its id; raise if the scale has no such level."""
        found = scale.by_id.get(str(level)) if not isinstance(level, bool) else None
        if found is None:
            raise self.fault(
                key,
                f"'{level}'",
                f"a level of {scale.id}: {', '.join(scale.ids)}",
                nearest(str(level), scale.ids),
                "bad-level",
            )
        return found.position

    def common_scale(self, names: Sequence[str], remedy: str) -> Scale:
        """Return the scale that all these inputs share; raise if they differ or there are none."""
        self.need_inputs(names)
        scales = {self.input(name).scale.id: self.input(name).scale for name in names}
        if len(scales) > 1:
            raise self.fault(
                "",
                f"inputs on different scales: {', '.join(sorted(scales))}",
                "inputs of one scale",
                remedy,
            )
        return next(iter(scales.values()))

    def need_inputs(self, names: Sequence[str]) -> None:
        """Raise if there are no inputs."""
        if not names:
            raise self.fault(
                "", "no inputs", "at least one input", "name inputs, or use start or table"
            )

    def need_number(self, before: ValueType, kind: str) -> NumberType:
        """Return the number type before this step; raise if the running value is none."""
        if isinstance(before, NumberType):
            return before
        found = "a level" if isinstance(before, LevelType) else "nothing yet"
        raise self.fault(
            "", f"the running value is {found}", "a number", f"put {kind} behind an aggregate"
        )

    def need_level(self, before: ValueType, kind: str) -> LevelType:
        """Return the level type before this step; raise if the running value is none."""
        if isinstance(before, LevelType):
            return before
        found = "a number" if isinstance(before, NumberType) else "nothing yet"
        raise self.fault(
            "",
            f"the running value is {found}",
            "a level",
            f"put {kind} behind a band, a table, a median or start",
        )

    def need_nothing(self, before: ValueType, kind: str) -> None:
        """Raise unless this is the first step."""
        if before is not None:
            raise self.fault(
                "",
                f"{kind} behind other steps",
                "the first step of the judgement",
                "move it to the front, or into a judgement of its own",
            )

    def check_size(self, number: NumberType, factor: int = 1) -> NumberType:
        """Return the type; raise if exact arithmetic on it could leave 64 bits."""
        if max(number.numerator, number.denominator) * factor >= LARGEST:
            raise self.fault(
                "",
                f"numbers up to {number_words(number.highest)}",
                "numbers that stay exact in 64 bits",
                "use smaller weights, points or bounds, with fewer decimals",
                "too-large",
            )
        return number


def level_words(level: Level) -> str:
    """Return a level for readers: its name, or number and name where ids are numbers.

    Example:
        >>> level_words(Level(3, "3", "good standard", 3))
        '3 (good standard)'
    """
    return (
        f"{level.id} ({level.name})"
        if level.id.isdecimal() and level.name != level.id
        else level.name
    )


def exact(value: object) -> Fraction:
    """Return a whole number or decimal of a document as an exact ratio."""
    return Fraction(str(value))


def number_words(value: Fraction) -> str:
    """Return a ratio for readers: a whole number, or two decimals, rounded half up, with `about`.

    Example:
        >>> [number_words(value) for value in (Fraction(89), Fraction(5, 4), Fraction(800, 9))]
        ['89', '1.25', 'about 88.89']
    """
    if value.denominator == 1:
        return str(value.numerator)
    hundredths = value * 100
    text = decimal_words(value)
    return text if hundredths.denominator == 1 else f"about {text}"


def ratio_words(numerator: int, denominator: int) -> str:
    """Return the ratio of two whole numbers for readers, as `number_words` does.

    Example:
        >>> ratio_words(178, 2), ratio_words(800, 9)
        ('89', 'about 88.89')
    """
    whole, rest = divmod(numerator, denominator)
    return number_words(Fraction(numerator, denominator)) if rest else str(whole)


def decimal_words(value: Fraction) -> str:
    """Return a ratio with two decimals, half up, or as a whole number. For display only."""
    if value.denominator == 1:
        return str(value.numerator)
    sign = "-" if value < 0 else ""
    hundredths = (abs(value) * 200 + 1) // 2
    return f"{sign}{hundredths // 100}.{hundredths % 100:02d}"
