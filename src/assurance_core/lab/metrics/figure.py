"""What a metric is: figures that say what they were computed on, and the claim they answer."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

Kind = Literal["observed", "all profiles", "sampled", "none"]
Unit = Literal["share", "number", "bits", "levels", "steps", "years", "agreement"]


@frozen
class Basis:
    """What a figure was computed on.

    Attributes:
        kind: observed assessments, all profiles, profiles drawn at random, or nothing.
        size: how many assessments or profiles.
        bodies: of observed assessments: how many different bodies.
        first, last: of observed assessments: the dates they span.
        seed: of profiles drawn at random.
        space: of profiles drawn at random: how many there are in all.
    """

    kind: Kind = "none"
    size: int = 0
    bodies: int = 0
    first: str = ""
    last: str = ""
    seed: int | None = None
    space: int = 0


NOWHERE = Basis()


@frozen
class Figure:
    """One number, or the reason why there is none.

    Attributes:
        value: the number; None where it is not applicable.
        basis: what it was computed on.
        count, of: of a share of counted things: how many of how many.
        low, high: of an observed figure: its bootstrap interval, if it has one.
        reason: why it is not applicable.
    """

    value: float | None
    basis: Basis = NOWHERE
    count: int | None = None
    of: int | None = None
    low: float | None = None
    high: float | None = None
    reason: str = ""


def no_figure(reason: str) -> Figure:
    """Return the figure of what is not applicable."""
    return Figure(None, reason=reason)


def share(count: int, of: int, basis: Basis, nothing: str = "nothing to count") -> Figure:
    """Return a share of counted things; not applicable where there are none.

    Example:
        >>> share(16, 23, NOWHERE).value
        0.6956521739130435
    """
    if not of:
        return Figure(None, basis, reason=nothing)
    return Figure(count / of, basis, count, of)


@frozen
class Measure:
    """One thing measured, on what was observed and on all profiles, side by side.

    Attributes:
        id: unique in its metric; empty for the one that gives the metric its name.
        name: what is measured, in words.
        unit: how its figures are read.
        observed: on the bodies of the data.
        every: on all profiles of the space, each counted once.
    """

    id: str
    name: str
    unit: Unit
    observed: Figure
    every: Figure


@frozen
class Claim:
    """A claim of the debate, and who made it."""

    text: str
    source: str


@frozen
class Metric:
    """A metric of one design.

    Attributes:
        id: `M1` to `M15`, or `A1` and so on for the auxiliary ones.
        name: in words.
        claim: what it answers; None for auxiliary ones.
        measures: the first one gives the metric its name.
        notes: what to bear in mind when reading it.
        rows: further lines that explain it, such as one for each statement: words and figures.
    """

    id: str
    name: str
    claim: Claim | None
    measures: tuple[Measure, ...]
    notes: tuple[str, ...] = ()
    rows: tuple[Measure, ...] = field(default=())

    @property
    def applicable(self) -> bool:
        """Whether any of its figures has a value."""
        return any(
            figure.value is not None
            for one in self.measures
            for figure in (one.observed, one.every)
        )

    @property
    def reason(self) -> str:
        """Why it is not applicable, if it is not."""
        if self.applicable or not self.measures:
            return ""
        return self.measures[0].observed.reason or self.measures[0].every.reason

    def measure(self, measure_id: str = "") -> Measure:
        """Return a measure by its id; KeyError if there is none."""
        for one in (*self.measures, *self.rows):
            if one.id == measure_id:
                return one
        raise KeyError(measure_id)


def not_applicable(
    metric_id: str, name: str, claim: Claim | None, reason: str, unit: Unit = "share"
) -> Metric:
    """Return a metric that does not apply to a design at all."""
    none = no_figure(reason)
    return Metric(metric_id, name, claim, (Measure("", name, unit, none, none),))
