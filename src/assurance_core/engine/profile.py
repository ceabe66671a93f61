"""From scores or an assessment to positions of the leaves: the one way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import field, frozen

from assurance_core.engine.graph import Leaf, judged_key
from assurance_core.model.assessment import Absence, Assessment, Cell, NotKnown, Override, Score
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.scale import Scale, fold

if TYPE_CHECKING:
    from assurance_core.engine.rule import CompiledDesign

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


def position_of(value: object, scale: Scale) -> int:
    """Return the position of a level given by id or number; 0 if it is none.

    A whole number is the level with that number as id; where ids are words, the position.
    """
    if isinstance(value, bool):
        return 0
    if isinstance(value, int) or (hasattr(value, "__index__") and not isinstance(value, str)):
        number = value.__index__()  # type: ignore[attr-defined]
        if scale.numbered:
            level = scale.by_id.get(str(number))
            return level.position if level else 0
        return number if 1 <= number <= len(scale) else 0
    if isinstance(value, str) and not value.strip().isdigit():
        level = scale.by_word.get(fold(value))
        return level.position if level else 0
    return 0


def _bad_score(leaf: Leaf, value: object, place: str) -> Fault:
    ids = leaf.scale.ids
    expected = f"one of {', '.join(ids)}" if len(ids) <= 12 else f"from {ids[0]} to {ids[-1]}"
    found = f"'{value}'" if isinstance(value, str) else str(value)
    return Fault(
        "bad-score", f"{place}.{leaf.id}", found, expected, "give a level of this statement's scale"
    )


def profile_of_scores(
    rule: CompiledDesign,
    scores: Sequence[int | str] | Mapping[str, int | str] | None = None,
    evidence: Mapping[str, Mapping[str, int | str]] | None = None,
    judged: Mapping[str, str] | None = None,
) -> Profile:
    """Return the profile of scores given in a program; see `CompiledDesign.rate`."""
    faults: list[Fault] = []
    given: dict[str, object] = {}
    statements = [leaf for leaf in rule.leaves if leaf.kind == "statement"]
    if isinstance(scores, Mapping):
        given.update(_by_statement(rule, scores, faults))
    elif scores is not None:
        if len(scores) != len(statements):
            raise AssuranceError(
                Fault(
                    "missing-score" if len(scores) < len(statements) else "bad-score",
                    f"{rule.design.id}: scores",
                    f"{len(scores)} scores",
                    f"{len(statements)}: {', '.join(leaf.id for leaf in statements)}",
                    "give one score for each statement, in this order",
                )
            )
        given.update({leaf.id: value for leaf, value in zip(statements, scores, strict=True)})
    for statement, categories in (evidence or {}).items():
        given.update({f"{statement}.{category}": v for category, v in categories.items()})
    given.update({judged_key(key): value for key, value in (judged or {}).items()})
    known = {leaf.id for leaf in rule.leaves}
    for key in given:
        if key not in known:
            faults.append(
                Fault(
                    "unknown-id",
                    f"{rule.design.id}: scores",
                    f"'{key}'",
                    "something the design reads",
                    nearest(key, sorted(known)),
                )
            )
    positions = []
    for leaf in rule.leaves:
        value = given.get(leaf.id)
        position = position_of(value, leaf.scale)
        if leaf.id in given and position == 0:
            faults.append(_bad_score(leaf, value, "scores"))
        positions.append(position)
    if faults:
        raise AssuranceError(faults)
    missing = [leaf for leaf, position in zip(rule.leaves, positions, strict=True) if not position]
    _check_missing(rule, missing, "scores", {})
    return Profile(tuple(positions), {leaf.id: "not given" for leaf in missing})


def _by_statement(
    rule: CompiledDesign, scores: Mapping[str, int | str], faults: list[Fault]
) -> dict[str, object]:
    version = rule.source_version or rule.version
    given: dict[str, object] = {}
    for name, value in scores.items():
        statement = version.find_statement(name)
        key = statement.id if statement else name
        if key in given:
            faults.append(
                Fault(
                    "duplicate",
                    f"{rule.design.id}: scores",
                    f"'{name}', which is {key}, again",
                    "each statement once",
                    "remove one of the two",
                )
            )
        given[key] = value
    return given


def _check_missing(
    rule: CompiledDesign, missing: Sequence[Leaf], place: str, why: Mapping[str, str]
) -> None:
    """Raise for every missing leaf that a judgement with `missing: error` reads (law 4)."""
    needed = {
        key
        for one in rule.judgements
        if one.node.judgement.missing == "error"
        for key in [*(s.node for s in one.node.sources), one.node.judged]
    }
    faults = []
    for leaf in missing:
        if leaf.id not in needed:
            continue
        if leaf.kind == "judged":
            remedy = f"give the assessor's level: judged {leaf.id.partition('.')[2]}=LEVEL"
        else:
            remedy = "give the score, or use a design that says what to do without it"
        faults.append(
            Fault(
                "missing-score",
                f"{place}.{leaf.id}",
                why.get(leaf.id, "no score"),
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
    absent: dict[str, str] = {}
    unknown: list[int] = []
    missing: list[Leaf] = []
    for number, leaf in enumerate(rule.leaves):
        cell = _cell(assessment, leaf)
        if isinstance(cell, Score):
            positions.append(leaf.scale.level(cell.level).position)
            continue
        positions.append(0)
        if isinstance(cell, Absence):
            absent[leaf.id] = f"{ABSENCE_WORDS[cell.kind]}: {cell.reason}"
            missing.append(leaf)
        else:
            absent[leaf.id] = "not known to us"
            unknown.append(number)
            if not allow_unknown:
                missing.append(leaf)
    _check_overrides(rule, assessment)
    _check_missing(rule, missing, assessment.body.name, absent)
    return Profile(tuple(positions), absent, tuple(unknown), assessment.overrides)


def _cell(assessment: Assessment, leaf: Leaf) -> Cell:
    if leaf.kind == "judged":
        judgement = leaf.id.partition(".")[2]
        level = assessment.judged.get(judgement)
        if level is None:
            return NotKnown()
        if level not in leaf.scale.by_id:
            raise AssuranceError(_bad_score(leaf, level, assessment.body.name))
        return Score(level)
    cells = assessment.evidence if leaf.kind == "evidence" else assessment.scores
    return cells.get(leaf.id, NotKnown())


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


def _check_overrides(rule: CompiledDesign, assessment: Assessment) -> None:
    own = {one.node.judgement.id: one.node for one in rule.judgements}
    for judgement, override in assessment.overrides.items():
        place = f"{assessment.body.name}: overrides.{judgement}"
        if judgement not in own:
            raise AssuranceError(
                Fault(
                    "unknown-id",
                    place,
                    f"'{judgement}'",
                    f"a judgement of {rule.design.id}",
                    nearest(judgement, list(own)),
                )
            )
        scale = own[judgement].scale
        if override.level not in scale.by_id:
            raise AssuranceError(
                Fault(
                    "bad-level",
                    f"{place}.level",
                    f"'{override.level}'",
                    f"one of {', '.join(scale.ids)}",
                    nearest(override.level, scale.ids),
                )
            )
