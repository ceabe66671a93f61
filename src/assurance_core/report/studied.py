"""What reports of `noise` and `paths` share: on what something was computed, and of whom not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assurance_core.lab.contender import Contender
from assurance_core.lab.coverage import Coverage
from assurance_core.lab.placed import Absent, Unplaced, absent_words
from assurance_core.model.assessment import Assessment
from assurance_core.report.document import Paragraph, Section, items
from assurance_core.report.words import (
    STATUS_WORDS,
    count_words,
    crosswalk_words,
    joined,
    plural,
    who,
)

_SURE = 0.9995
_ALL = 1 - 1e-9


def chance_words(chance: float) -> str:
    """Return a probability as a percentage; the ends are only reached where they are exact.

    Example:
        >>> chance_words(0.0889), chance_words(0.0), chance_words(1e-6), chance_words(0.99999)
        ('8.9 %', '0 %', 'under 0.1 %', 'over 99.9 %')
    """
    if chance <= 0:
        return "0 %"
    if chance >= _ALL:
        return "100 %"
    if chance < 1 - _SURE:
        return "under 0.1 %"
    return "over 99.9 %" if chance > _SURE else f"{100 * chance:.1f} %"


def figure_words(value: float | None) -> str:
    """Return a figure with two decimals, or that there is none.

    Example:
        >>> figure_words(0.7571), figure_words(None)
        ('0.76', 'none')
    """
    return "none" if value is None else f"{value:.2f}"


def coverage_lines(cover: Coverage | None, word: str, known: int) -> list[str]:
    """Return what the data cover, a line each.

    Args:
        cover: of the data; None where one assessment was given.
        word: what the bodies are called.
        known: how many assessments have every score that is read.
    """
    if cover is None:
        return []
    if cover.assessments == 1:
        return [f"1 assessment, dated {cover.first}." if cover.first else "1 assessment."]
    total = cover.bodies_total
    of = f" of {total}" if total and cover.bodies <= total else ""
    name = plural(word) if of or cover.bodies != 1 else word
    line = f"{count_words(cover.assessments, 'assessment')} of {cover.bodies:,}{of} {name}"
    line += f"; {known:,} with every score that the rules read"
    if cover.first:
        line += f"; dated {cover.first} to {cover.last}"
    lines = [f"{line}."]
    if cover.left_out:
        left = ", ".join(f"{count:,} {status}" for status, count in cover.left_out)
        lines.append(f"Left out: {left}.")
    sources = ", ".join(f"{count:,} {status}" for status, count in cover.source_status)
    if sources:
        lines.append(f"Where the scores come from: {sources}.")
    return [*lines, cover.note] if cover.note else lines


def dated(assessments: Sequence[Assessment]) -> bool:
    """Say whether bodies need their dates to be told apart."""
    return len({one.body.name for one in assessments}) < len(assessments)


def cannot_tell(unplaced: Sequence[Unplaced], with_dates: bool) -> list[Section]:
    """Return of whom it cannot be told, and why."""
    if not unplaced:
        return []
    text = (
        "Not every score that the rules read is known, or the rules do not read the assessment. "
        "Nothing is filled in, and these are in no figure."
    )
    alike: dict[str, list[str]] = {}
    for one in unplaced:
        alike.setdefault(one.reason, []).append(who(one.assessment, with_dates))
    lines = [f"{joined(names)}: {reason}." for reason, names in alike.items()]
    return [Section("Cannot tell", (Paragraph(text), items(lines)))]


def design_lines(contender: Contender, assessments: Sequence[Assessment]) -> list[str]:
    """Return which design was studied, how it was made, and what was left aside."""
    design = contender.design
    lines = [f"{design.name} ({design.id}; {STATUS_WORDS[design.status]}): {design.summary}"]
    lines += [f"How it was made: {line}" for line in design.lineage]
    if contender.crosswalk:
        lines.append(crosswalk_words(contender.crosswalk))
    overridden = sum(bool(one.overrides) for one in assessments)
    if overridden:
        lines.append(
            f"Professional judgement in {count_words(overridden, 'assessment')} is left aside: the "
            "rules alone are studied."
        )
    return lines


def subject_answer(assessment: Assessment) -> dict[str, Any]:
    """Return whose assessment it is, and when."""
    return {
        "body": assessment.body.name,
        "code": assessment.body.code or None,
        "date": assessment.date.text if assessment.date else None,
    }


def absent_lines(absent: Sequence[tuple[Assessment, Sequence[Absent]]]) -> list[str]:
    """Return which scores are absent, and that they stay so; a line for each assessment.

    Args:
        absent: the assessments that were studied, each with what is absent of it.
    """
    with_dates = dated([one for one, _ in absent])
    return [
        f"{who(one, with_dates)} was rated without some scores, as the rules allow, and they stay "
        f"absent: {absent_words(missing)}."
        for one, missing in absent
        if missing
    ]


def absent_answer(absent: Sequence[Absent]) -> list[dict[str, Any]]:
    """Return which scores are absent, and why."""
    return [{"id": one.leaf.id, "name": one.leaf.name, "reason": one.reason} for one in absent]


def unplaced_answer(unplaced: Sequence[Unplaced]) -> list[dict[str, Any]]:
    """Return of whom it cannot be told, and why."""
    return [{**subject_answer(one.assessment), "reason": one.reason} for one in unplaced]
