"""How much of the movement between two designs each edit causes.

Edits work together: a band that is lowered and a cap that is added may undo each other. So each
edit is credited with what it adds, averaged over all orders in which the edits could be made (the
Shapley value). An order counts only if it gives a design at every point: an edit may need another
one first. The shares sum to the whole movement. Exact: every set of edits is compiled once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
from attrs import frozen

from assurance_core.documents.patches import what_if
from assurance_core.lab.contender import Contender
from assurance_core.lab.coverage import DEFAULT_STATUSES, choose_assessments
from assurance_core.lab.metrics.agreement import crosstabs
from assurance_core.lab.metrics.figure import Basis
from assurance_core.lab.metrics.study import Study, prepare
from assurance_core.lab.scorecard import SEED, compiled_for, of_one_version
from assurance_core.model.assessment import Assessment
from assurance_core.model.dates import PartialDate
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.patch import Edit, Patch

MOST_EDITS = 10
Measured = tuple[int, ...]
KINDS = ("changed", "higher", "lower")


@frozen(eq=False)
class EditShare:
    """What one edit causes.

    Attributes:
        edit: the edit.
        observed, every: of changed, higher and lower, in this order: its part of the count.
    """

    edit: Edit
    observed: tuple[Fraction, ...]
    every: tuple[Fraction, ...]


@frozen(eq=False)
class Attribution:
    """The movement between a design and its what-if, by edit.

    Attributes:
        design: the design.
        changed: the design with all edits.
        shares: one for each edit, in order; they sum to the totals.
        observed, every: how many are changed, higher and lower in all.
        observed_on, every_on: what that was counted on.
        orders: how many orders of the edits give a design at every point.
    """

    design: RatingDesign
    changed: RatingDesign
    shares: tuple[EditShare, ...]
    observed: Measured
    every: Measured
    observed_on: Basis
    every_on: Basis
    orders: int


def attribution(
    design: RatingDesign,
    changes: Sequence[Patch],
    assessments: Sequence[Assessment],
    *,
    statuses: Sequence[str] = DEFAULT_STATUSES,
    version: str = "",
    as_of: PartialDate | None = None,
    seed: int = SEED,
    progress: Callable[[int, int], None] | None = None,
) -> Attribution:
    """Say how much of the movement each edit causes.

    Args:
        design: the design.
        changes: patches, one after the other; their edits are taken together.
        assessments: of the design's framework.
        statuses: which assessments take part.
        version: the framework version; as in `scorecard`.
        as_of: chooses the framework version instead of each assessment's date.
        seed: of profiles drawn, where there are too many.
        progress: called with the number of sets of edits done and the number there are.

    Raises:
        AssuranceError: `too-large` for more than ten edits; `no-choice` for a design without a
            headline; whatever is wrong with the design that all edits give.
    """
    edits = tuple(edit for patch in changes for edit in patch.edits)
    if len(edits) > MOST_EDITS:
        raise AssuranceError(
            Fault(
                "too-large",
                "edits",
                f"{len(edits)} edits",
                f"{MOST_EDITS} at most: every set of them is compiled",
                "take edits that belong together as one step, one patch at a time",
            )
        )
    sources = {key: one for patch in changes for key, one in patch.source_documents.items()}
    chosen = choose_assessments(assessments, statuses)
    studied, kept, _ = of_one_version(Contender(design), chosen, version, as_of)

    def study(one: RatingDesign) -> Study:
        contender = Contender(one)
        return prepare(contender, kept, compiled_for(contender, studied), seed)

    base = study(design)
    if base.scale is None:
        raise AssuranceError(
            Fault(
                "no-choice",
                design.id,
                "a design without a headline",
                "designs with a headline",
                "compare the two designs instead",
            )
        )
    zero = (0,) * len(KINDS)
    found: dict[int, tuple[Measured, Measured] | None] = {0: (zero, zero)}
    full = (1 << len(edits)) - 1
    whole = what_if(design, Patch(edits, source_documents=sources))
    last = _movement(base, study(whole), seed)
    for members in range(1, full + 1):
        some = tuple(edit for place, edit in enumerate(edits) if members >> place & 1)
        try:
            made = what_if(design, Patch(some, source_documents=sources))
            found[members] = _movement(base, study(made), seed)[:2]
        except AssuranceError:
            found[members] = None
        if progress:
            progress(members, full)
    found[full] = last[:2]
    shares, orders = _shapley(found, len(edits))
    return Attribution(
        design=design,
        changed=whole,
        shares=tuple(
            EditShare(edit, tuple(one[: len(KINDS)]), tuple(one[len(KINDS) :]))
            for edit, one in zip(edits, shares, strict=True)
        ),
        observed=last[0],
        every=last[1],
        observed_on=last[2],
        every_on=last[3],
        orders=orders,
    )


def _movement(base: Study, other: Study, seed: int) -> tuple[Measured, Measured, Basis, Basis]:
    """Return how many are changed, higher and lower: observed, and of all profiles."""
    tables = crosstabs(base, other, seed)
    if tables is None:
        raise AssuranceError(
            Fault(
                "no-choice",
                other.contender.design.id,
                "a headline on other levels, or none",
                "headlines on the same levels",
                "compare the two designs instead",
            )
        )
    levels = base.levels
    counted = []
    for table in (tables.observed, tables.every):
        changed = int(table.sum() - np.trace(table))
        ordered = table[:levels, :levels]
        counted.append((changed, int(np.triu(ordered, 1).sum()), int(np.tril(ordered, -1).sum())))
    return counted[0], counted[1], tables.observed_on, tables.every_on


def _shapley(
    found: dict[int, tuple[Measured, Measured] | None], edits: int
) -> tuple[list[list[Fraction]], int]:
    """Return each edit's share of every count, and the number of orders that count.

    An order is a way from no edits to all of them. A step of an edit is weighted by the share of
    ways that take it: those that lead to it, times those that lead on from it.
    """
    full = (1 << edits) - 1
    there = {members for members, value in found.items() if value is not None}
    to = dict.fromkeys(there, 0)
    onward = dict.fromkeys(there, 0)
    to[0] = onward[full] = 1
    for members in sorted(there):
        for edit in range(edits):
            before = members & ~(1 << edit)
            if before != members and before in there:
                to[members] += to[before]
    for members in sorted(there, reverse=True):
        for edit in range(edits):
            after = members | 1 << edit
            if after != members and after in there:
                onward[members] += onward[after]
    orders = to[full]
    if not orders:
        raise AssuranceError(
            Fault(
                "conflict",
                "edits",
                "no order of the edits gives a design at every point",
                "edits that can be made one after the other",
                "take edits that belong together as one, by setting the whole step",
            )
        )
    counts = 2 * len(KINDS)
    shares = [[Fraction(0)] * counts for _ in range(edits)]
    for members in there:
        for edit in range(edits):
            after = members | 1 << edit
            if after == members or after not in there:
                continue
            weight = Fraction(to[members] * onward[after], orders)
            low, high = _flat(found[members]), _flat(found[after])
            for place in range(counts):
                shares[edit][place] += weight * (high[place] - low[place])
    return shares, orders


def _flat(value: tuple[Measured, Measured] | None) -> Measured:
    assert value is not None
    return (*value[0], *value[1])
