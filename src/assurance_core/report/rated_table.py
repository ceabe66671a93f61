"""The report of many assessments under one design: a row each."""

from __future__ import annotations

from collections.abc import Sequence

from assurance_core.model.assessment import Assessment
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.report.comparison_report import score_string
from assurance_core.report.comparison_words import outcome_words
from assurance_core.report.document import FOOTER, Column, Report, Section, Table, items
from assurance_core.report.rated import Rated
from assurance_core.report.words import count_words


def rated_table_report(
    design: RatingDesign, rated: Sequence[Rated | tuple[Assessment, AssuranceError]]
) -> Report:
    """Return one row for each assessment; a row that cannot be rated says why."""
    rows = []
    for one in rated:
        if isinstance(one, Rated):
            assessment, words = one.assessment, outcome_words(one.outcome, one.possible)
        else:
            assessment, error = one
            words = "cannot tell: " + "; ".join(f"{f.place} {f.found}" for f in error.faults)
        date = str(assessment.date) if assessment.date else ""
        rows.append((assessment.body.name, date, score_string(assessment), words))
    word = design.framework.bodies.capitalize()
    columns = (Column(word, width=30), Column("Date"), Column("Scores"), Column("Outcome"))
    table = Table("", columns, tuple(rows))
    lead = f"{count_words(len(rows), 'assessment')} under {design.id}."
    sections = [Section("One by one", (table,))]
    if design.lineage:
        sections.append(Section("To bear in mind", (items(design.lineage),)))
    return Report(design.name, (lead,), tuple(sections), FOOTER)
