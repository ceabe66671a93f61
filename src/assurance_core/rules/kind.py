"""A step kind: how one kind of rule is bound, run and put in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from assurance_core.rules.scope import Scope
from assurance_core.rules.values import BoolColumn, Columns, IntColumn, Running, ValueType

Apply = Callable[[Running, Columns], Running]
Detail = Callable[[Running, Running, Columns], str]
TellsApart = Callable[[Columns], Sequence[IntColumn | BoolColumn]]


def no_detail(_before: Running, _after: Running, _columns: Columns) -> str:
    """Return nothing: the rule and the values say it all."""
    return ""


@frozen(eq=False)
class BoundStep:
    """A step with everything looked up.

    Attributes:
        gives: what the running value is afterwards.
        reads: ids of the inputs it reads; the engine hands it no others.
        words: the rule in plain words, without a full stop.
        apply: running value and columns in, running value out.
        detail: what decided it on one profile, in plain words.
        limiter: it can only change a level that is already there (cap, floor, adjust).
        advises: the level it suggests, or empty.
        printed: of a band, its ranges as the regulator prints them, by position.
        printed_otherwise: of a band whose ranges as printed are not those of its thresholds: how
            they differ. They are then held against nothing.
        remedy: what to do where a profile gets no level from it.
        rows: of a table, each in plain words, as `detail` numbers them.
        tells_apart: all that it takes from the columns it reads: profiles alike in these get the
            same from it, whatever the running value. None: the columns themselves.
    """

    gives: ValueType
    reads: tuple[str, ...]
    words: str
    apply: Apply
    detail: Detail = no_detail
    limiter: bool = False
    advises: str = ""
    holds: Callable[[Running, Columns], Any] | None = None
    printed: Mapping[int, tuple[Fraction, Fraction]] = field(factory=dict)
    printed_otherwise: str = ""
    remedy: str = "give it a level"
    rows: tuple[str, ...] = ()
    tells_apart: TellsApart | None = None


@frozen(eq=False)
class StepKind:
    """One kind of rule, as plugins add them.

    Attributes:
        name: the key in documents: `band`, `cap`, …
        bind: settings, scope and the type of the running value in; a bound step out.
        schema: JSON Schema of the settings; None for the built-in kinds, which stand in the
            schema of designs.
    """

    name: str
    bind: Callable[[Any, Scope, ValueType], BoundStep]
    schema: Mapping[str, Any] | None = None
