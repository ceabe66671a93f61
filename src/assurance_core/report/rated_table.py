"""The report of many assessments under one design: a row each."""

from __future__ import annotations

from collections.abc import Sequence

from assurance_core.model.design import RatingDesign
from assurance_core.report.document import FOOTER, Column, Report, Section, Table, items
from assurance_core.report.rated import Rated, Unrated
from assurance_core.report.words import count_words, outcome_words, score_signs


def rated_table_report(design: RatingDesign, rated: Sequence[Rated | Unrated]) -> Report:
    """Return one row for each assessment; a row that cannot be rated says why."""
    rows = [
        (
            one.assessment.body.name,
            str(one.assessment.date or ""),
            score_signs(one.assessment),
            outcome_words(one.result.outcome, one.result.possible),
        )
        for one in rated
    ]
    word = design.framework.bodies.capitalize()
    columns = (Column(word, width=30), Column("Date"), Column("Scores"), Column("Outcome"))
    sections = [Section("One by one", (Table("", columns, tuple(rows)),))]
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
