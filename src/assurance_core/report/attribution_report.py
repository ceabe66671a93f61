"""What each edit of a what-if moves: a section of the scorecard, and its JSON."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from assurance_core.lab.attribution import KINDS, Attribution
from assurance_core.report.document import Column, Paragraph, Section, Table
from assurance_core.report.scorecard_words import basis_words

_NAMES = {"changed": "another word", "higher": "a higher one", "lower": "a lower one"}


def attribution_section(found: Attribution) -> Section:
    """Return how many words each edit changes, on observed bodies and on all profiles."""
    text = (
        "Edits act together, so each is credited with what it adds, averaged over the "
        f"{found.orders:,} orders in which they can be made; the parts sum to the whole. Observed: "
        f"{basis_words(found.observed_on, found.design.framework.bodies)}. All profiles: "
        f"{basis_words(found.every_on, found.design.framework.bodies)}."
    )
    columns = [Column("Edit", width=40)]
    columns += [Column(f"Observed: {_NAMES[kind]}", "right") for kind in KINDS]
    columns += [Column(f"All profiles: {_NAMES[kind]}", "right") for kind in KINDS]
    rows = [
        (str(one.edit), *(_number(part) for part in (*one.observed, *one.every)))
        for one in found.shares
    ]
    total = ("all together", *(f"{count:,}" for count in (*found.observed, *found.every)))
    table = Table("", tuple(columns), (*rows, total))
    heading = f"What each edit of “{found.design.name}” moves"
    return Section(heading, (Paragraph(text), table))


def attribution_answer(found: Attribution) -> dict[str, Any]:
    """Return an attribution as JSON; parts are exact ratios."""
    return {
        "design": found.design.id,
        "changed": found.changed.id,
        "orders": found.orders,
        "edits": [
            {
                "edit": str(one.edit),
                "observed": _by_kind([str(part) for part in one.observed]),
                "all_profiles": _by_kind([str(part) for part in one.every]),
            }
            for one in found.shares
        ],
        "observed": _by_kind(list(found.observed)),
        "all_profiles": _by_kind(list(found.every)),
    }


def _by_kind(values: list[Any]) -> dict[str, Any]:
    return dict(zip(KINDS, values, strict=True))


def _number(part: Fraction) -> str:
    return f"{int(part):,}" if part.denominator == 1 else f"{float(part):,.2f}"
