"""The scores that a statement reads: from what a table holds to positions."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from assurance_core.engine.graph import Leaf
from assurance_core.engine.profile import ABSENCE_WORDS
from assurance_core.engine.scores import number_of
from assurance_core.report.sql.names import literal, quoted
from assurance_core.rules.values import ABSENT

GIVEN = "given"
"""How a statement calls the table that it reads."""
_NOT_KNOWN, _NO_LEVEL = -2, -1
"""Stand for a score that the table does not have, and for one that is no level."""


@frozen
class ScoreColumn:
    """One column of scores.

    Attributes:
        leaf: what is scored.
        name: what the statement calls its positions.
        positions: for each value that the table may have, as SQL writes it; 0 is no score.
    """

    leaf: Leaf
    name: str
    positions: Mapping[str, int]

    @classmethod
    def of(cls, leaf: Leaf, name: str, may_be_absent: bool) -> ScoreColumn:
        """Return a column of numbers where the levels have numbers for ids, else of texts."""
        scale = leaf.scale
        if scale.numbered:
            positions = {str(number_of(one, scale)): one.position for one in scale.levels}
            absences = ["0"]
        else:
            positions = {literal(one.id): one.position for one in scale.levels}
            absences = [literal(one) for one in ABSENCE_WORDS]
        if may_be_absent:
            positions = {**dict.fromkeys(absences, ABSENT), **positions}
        return cls(leaf, name, positions)

    @property
    def words(self) -> str:
        """What the column holds."""
        levels = ", ".join(one for one, position in self.positions.items() if position != ABSENT)
        absences = " or ".join(
            one for one, position in self.positions.items() if position == ABSENT
        )
        return f"{self.leaf.name}: {levels}" + (f"; no score: {absences}" if absences else "")

    def position(self) -> str:
        """Return the expression of its position, or of what is wrong with it."""
        given = f"{quoted(GIVEN)}.{quoted(self.leaf.id)}"
        cases = " ".join(f"WHEN {one} THEN {place}" for one, place in self.positions.items())
        otherwise = f"CASE WHEN {given} IS NULL THEN {_NOT_KNOWN} ELSE {_NO_LEVEL} END"
        return f"CAST(CASE {given} {cases}\n      ELSE {otherwise} END AS BIGINT)"

    def reason(self) -> str:
        """Return the expression of why the row is not rated, as far as this column goes."""
        known = ", ".join(one.strip("'") for one in self.positions)
        unknown = literal(f"; {self.leaf.id} is not known")
        none = literal(f"; {self.leaf.id} is none of {known}")
        return (
            f"CASE {quoted(self.name)} WHEN {_NOT_KNOWN} THEN {unknown}\n"
            f"      WHEN {_NO_LEVEL} THEN {none} ELSE '' END"
        )
