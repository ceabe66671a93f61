"""The report of many assessments under one design: a row each."""

from __future__ import annotations

from collections.abc import Sequence

from assurance_core.model.design import RatingDesign
from assurance_core.report.charts.heat_map import Shown, heat_map, statements_of
from assurance_core.report.document import FOOTER, Column, Figure, Report, Section, Table, items
from assurance_core.report.rated import Rated, Unrated
from assurance_core.report.words import any_spaced, count_words, outcome_words, score_signs


def rated_table_report(design: RatingDesign, rated: Sequence[Rated | Unrated]) -> Report:
    """Return one row for each assessment; a row that cannot be rated says why."""
    spaced = any_spaced(one.assessment for one in rated)
    rows = [
        (
            one.assessment.body.name,
            str(one.assessment.date or ""),
            score_signs(one.assessment, spaced),
            outcome_words(one.result.outcome, one.result.possible),
        )
        for one in rated
    ]
    word = design.framework.bodies.capitalize()
    columns = (Column(word, width=30), Column("Date"), Column("Scores"), Column("Outcome"))
    table = Table("", columns, tuple(rows))
    sections = [Section("One by one", (_picture(design, rated, (table,)),))]
    notes = [*design.lineage]
    outside = sum(bool(one.result.notes) for one in rated)
    if outside:
        notes.append(
            f"{design.id} is in force {design.in_force}: on the dates of {outside} of these "
            "assessments it was not, or may not have been."
        )
    if notes:
        sections.append(Section("To bear in mind", (items(notes),)))
    lead = f"{count_words(len(rows), 'assessment')} under {design.id}."
    return Report(design.name, (lead,), tuple(sections), FOOTER)


def _picture(
    design: RatingDesign, rated: Sequence[Rated | Unrated], text: tuple[Table, ...]
) -> Figure:
    rules = [one.rule for one in rated if isinstance(one, Rated)]
    versions = list(
        {rule.version.id: rule.source_version or rule.version for rule in rules}.values()
    )
    assessments = [one.assessment for one in rated]
    scale = next((rule.headline_scale for rule in rules), None)
    return heat_map(
        design.framework.bodies,
        statements_of(versions, assessments),
        assessments,
        [Shown(design.name, scale, [one.result for one in rated])],
        f"{count_words(len(rated), 'assessment')}: the scores, and what “{design.name}” makes of"
        " them",
        text=text,
    )
