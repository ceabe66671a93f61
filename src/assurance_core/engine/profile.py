"""From scores or an assessment to positions of the leaves: the one way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import field, frozen

from assurance_core.engine.graph import Leaf
from assurance_core.model.assessment import (
    NOT_KNOWN,
    Absence,
    Assessment,
    Cell,
    Override,
    Score,
)
from assurance_core.model.errors import AssuranceError, Fault, nearest

if TYPE_CHECKING:
    from assurance_core.engine.rule import CompiledDesign

NOT_KNOWN_WORDS = "not known to us"
ABSENCE_WORDS = {
    "not_assessed": "not assessed",
    "not_applicable": "not applicable",
    "withheld": "withheld",
}


@frozen
class Profile:
    """One profile, read and checked.

    Attributes:
        positions: of the leaves, in order; 0 where there is no score.
        absent: why, by leaf.
        unknown: places of the leaves whose score is not known to us.
        overrides: professional judgement, by judgement.
    """

    positions: tuple[int, ...]
    absent: Mapping[str, str] = field(factory=dict)
    unknown: tuple[int, ...] = ()
    overrides: Mapping[str, Override] = field(factory=dict)


def absence_words(absence: Absence) -> str:
    """Return why there is no score, as it is printed.

    Example:
        >>> absence_words(Absence("not_applicable", "no sixth form"))
        'not applicable: no sixth form'
    """
    return f"{ABSENCE_WORDS[absence.kind]}: {absence.reason}"


def bad_score(leaf: Leaf, value: object, place: str) -> Fault:
    """Return the fault for a value that is no level of a leaf's scale."""
    ids = leaf.scale.ids
    expected = f"one of {', '.join(ids)}" if len(ids) <= 12 else f"from {ids[0]} to {ids[-1]}"
    found = f"'{value}'" if isinstance(value, str) else str(value)
    remedy = "give a level of this statement's scale"
    if leaf.scale.numbered and isinstance(value, str) and value.strip() in leaf.scale.by_id:
        remedy = "give the number without quotes"
    return Fault("bad-score", f"{place}.{leaf.id}", found, expected, remedy)


def check_missing(
    rule: CompiledDesign, missing: Sequence[Leaf], place: str, absent: Mapping[str, str]
) -> None:
    """Raise for every score that is missing and not to be done without (laws 4 and 14).

    A score that is not known to us is never taken for an absent one, whatever the design does
    with those; one that is absent for a stated reason is the design's to deal with.

    Args:
        rule: the compiled design.
        missing: leaves without a score.
        place: what errors call the scores.
        absent: the stated reasons, by leaf.
    """
    if not missing:
        return
    needed = {
        key for one in rule.judgements if one.node.judgement.missing == "error" for key in one.keys
    }
    faults = []
    for leaf in missing:
        if leaf.id not in (needed if leaf.id in absent else rule.leaves_read):
            continue
        remedy = "give the score, or use a design that says what to do without it"
        if leaf.kind == "judged":
            remedy = f"give the assessor's level: judged {leaf.id.partition('.')[2]}=LEVEL"
        elif leaf.id not in needed:
            remedy = "give the score, or say why there is none: not_assessed, not_applicable, …"
        faults.append(
            Fault(
                "missing-score",
                f"{place}.{leaf.id}",
                absent.get(leaf.id, "no score"),
                f"a score: {rule.design.id} cannot do without",
                remedy,
            )
        )
    if faults:
        raise AssuranceError(faults)


def profile_of_assessment(
    rule: CompiledDesign, assessment: Assessment, allow_unknown: bool = False
) -> Profile:
    """Return the profile of an assessment.

    Args:
        rule: the compiled design.
        assessment: of the framework that the design reads, or that its crosswalk maps from.
        allow_unknown: leave scores that are not known to us at 0 instead of raising.

    Raises:
        AssuranceError: `missing-score`, `different-framework` or `bad-score`.
    """
    _check_framework(rule, assessment)
    positions: list[int] = []
    stated: dict[str, str] = {}
    unknown: list[int] = []
    faults: list[Fault] = []
    cells_of = {"statement": assessment.scores, "evidence": assessment.evidence}
    for number, leaf in enumerate(rule.leaves):
        if leaf.kind == "judged":
            cell = _judged_cell(assessment, leaf)
        else:
            cell = cells_of[leaf.kind].get(leaf.id, NOT_KNOWN)
        position = 0
        if isinstance(cell, Score):
            level = leaf.scale.by_id.get(cell.level)
            if level:
                position = level.position
            else:
                faults.append(bad_score(leaf, cell.level, assessment.body.name))
        elif isinstance(cell, Absence):
            stated[leaf.id] = absence_words(cell)
        else:
            unknown.append(number)
        positions.append(position)
    faults += _override_faults(rule, assessment)
    if faults:
        raise AssuranceError(faults)
    missing = [leaf for leaf in rule.leaves if leaf.id in stated] if stated else []
    if not allow_unknown:
        missing += [rule.leaves[place] for place in unknown]
    check_missing(rule, missing, assessment.body.name, stated)
    absent = {**stated, **{rule.leaves[place].id: NOT_KNOWN_WORDS for place in unknown}}
    return Profile(tuple(positions), absent, tuple(unknown), assessment.overrides)


def _judged_cell(assessment: Assessment, leaf: Leaf) -> Cell:
    level = assessment.judged.get(leaf.id.partition(".")[2])
    return NOT_KNOWN if level is None else Score(level)


def _check_framework(rule: CompiledDesign, assessment: Assessment) -> None:
    reads = rule.crosswalk.source_framework if rule.crosswalk else rule.design.framework.id
    if assessment.framework != reads:
        raise AssuranceError(
            Fault(
                "different-framework",
                assessment.body.name,
                f"an assessment under {assessment.framework}",
                f"one under {reads}, which {rule.design.id} reads",
                "choose another design, or name a crosswalk",
            )
        )


def _override_faults(rule: CompiledDesign, assessment: Assessment) -> list[Fault]:
    if not assessment.overrides:
        return []
    own = {one.node.judgement.id: one.node.scale for one in rule.judgements if one.own}
    faults = []
    for judgement, override in assessment.overrides.items():
        place = f"{assessment.body.name}: overrides.{judgement}"
        if judgement not in own:
            faults.append(
                Fault(
                    "unknown-id",
                    place,
                    f"'{judgement}'",
                    f"a judgement of {rule.design.id}",
                    nearest(judgement, list(own)),
                )
            )
            continue
        scale = own[judgement]
        if override.level not in scale.by_id:
            faults.append(
                Fault(
                    "bad-level",
                    f"{place}.level",
                    f"'{override.level}'",
                    f"one of {', '.join(scale.ids)}",
                    nearest(override.level, scale.ids),
                )
            )
        if not override.reason.strip():
            faults.append(
                Fault(
                    "missing",
                    f"{place}.reason",
                    "no reason",
                    "the reason for the professional judgement",
                    "say why the rules' level was replaced",
                )
            )
    return faults
