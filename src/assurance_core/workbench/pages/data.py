"""The data pages: sources, coverage, gaps, and where sources disagree."""

from __future__ import annotations

from typing import Any

from assurance_core.lab.coverage import choose_assessments, coverage
from assurance_core.model.assessment import Absence, Assessment, NotKnown, Score
from assurance_core.report.comparison_answer import coverage_answer
from assurance_core.report.csv_text import csv_text
from assurance_core.report.document import Block, Column, Paragraph, Report, Section, Table, items
from assurance_core.report.html import Page
from assurance_core.report.published_report import published_answer, published_report
from assurance_core.report.words import count_words, plural, source_words, status_lines
from assurance_core.workbench.answer import Answer
from assurance_core.workbench.asked import Asked, address
from assurance_core.workbench.site import Data, Site
from assurance_core.workbench.templating import downloads, render_page

PATH = "/data"


def all_data_page(site: Site, asked: Asked) -> Answer:
    """Return which data there are, and what each covers."""
    every = [site.data(one) for one in sorted(site.registry.datasets)]
    every += [site.data(one.id) for one in site.uploads.listed()]
    listed = [(one, _coverage_line(one)) for one in every]
    columns = (Column("Data"), Column("Name"), Column("Framework"), Column("What it covers"))
    table = Table(
        "", columns, tuple((one.id, one.name, one.framework.name, line) for one, line in listed)
    )
    return Answer(
        lambda: render_page(
            "all_data.html",
            title="Data",
            here=PATH,
            listed=listed,
            downloads=downloads(PATH, (), "csv", "json"),
        ),
        json=lambda: {
            "format": "assurance/data/1",
            "data": [{"id": one.id, "name": one.name, "coverage": _cover(one)} for one in every],
        },
        texts={"csv": lambda: csv_text(table)},
        file_name="data",
    )


def data_page(site: Site, asked: Asked) -> Answer:
    """Return what is known of one table."""
    data = site.data(asked.name)

    def report() -> Report:
        return _report(site, data)

    path = f"{PATH}/{data.id}"
    return Answer(
        lambda: render_page(
            "data.html",
            title=data.name,
            here=PATH,
            report=report(),
            page=Page(),
            compare=address("/compare", [("data", data.id)]),
            downloads=downloads(path, (), "html", "xlsx", "csv", "json"),
        ),
        json=lambda: _json(site, data),
        report=report,
        texts={"csv": lambda: csv_text(_table(data))},
        file_name=data.id,
    )


def _cover(data: Data) -> dict[str, Any]:
    chosen = choose_assessments(data.assessments)
    return coverage_answer(
        coverage(data.assessments, chosen, data.bodies_total, data.coverage_note)
    )


def _coverage_line(data: Data) -> str:
    cover = _cover(data)
    word = data.framework.bodies
    total = cover["bodies_total"]
    of = f" of {total} {plural(word)}" if total and cover["bodies"] <= total else ""
    who = f"{cover['bodies']}{of}" if of else count_words(cover["bodies"], word)
    line = f"{count_words(cover['assessments'], 'assessment')} of {who}, {cover['complete']} with"
    return f"{line} every score"


def _report(site: Site, data: Data) -> Report:
    lines = [f"{_coverage_line(data)}.", *([data.coverage_note] if data.coverage_note else [])]
    left = {key: value for key, value in _cover(data)["left_out"].items() if value}
    if left:
        named = ", ".join(f"{count} {status}" for status, count in left.items())
        lines.append(f"Left out of comparisons: {named}.")
    sections = [Section("Coverage", (items(lines),))]
    dataset = data.dataset
    if dataset:
        if dataset.as_at:
            lines.append(f"As at {dataset.as_at}.")
        sources = [source_words(one) for one in dataset.sources.values()]
        statuses = [one.status for one in dataset.sources.values()]
        blocks: list[Block] = [items(sources)]
        if dataset.evidence:
            rows = tuple((word, one.meaning, one.status) for word, one in dataset.evidence.items())
            columns = (Column("Evidence"), Column("What it means"), Column("Source status"))
            blocks.append(Table("What a row rests on", columns, rows))
            statuses += [one.status for one in dataset.evidence.values()]
        blocks += [Paragraph("How far a source can be relied on:"), items(status_lines(statuses))]
        sections.append(Section("Sources", tuple(blocks)))
        if dataset.notes:
            sections.append(Section("Notes", (items(dataset.notes),)))
    else:
        note = "A table of your own: its source is yours to state. It is only in memory."
        sections.append(Section("Sources", (items([note, *data.notices]),)))
    sections += _gaps(data)
    if dataset:
        published = published_report(dataset, site.checks(data))
        lead = tuple(Paragraph(line) for line in published.lead)
        sections.append(Section("Do the rules reproduce what was published?", lead))
        sections += published.sections
    sections.append(Section("The table", (_table(data),)))
    lead_line = f"Scores of {data.framework.name}."
    return Report(data.name, (lead_line,), tuple(sections))


def _gaps(data: Data) -> list[Section]:
    """Return whose scores are not all known: nothing is ever filled in."""
    gaps = []
    for one in data.assessments:
        unknown = sum(isinstance(cell, NotKnown) for cell in one.scores.values())
        if unknown:
            when = f" ({one.date})" if one.date else ""
            of = f"{unknown} of {len(one.scores)}"
            gaps.append(f"{one.body.name}{when}: {of} scores are not known to us")
    if not gaps:
        return [Section("Gaps", (Paragraph("Every score of every row is known."),))]
    return [Section("Gaps", (items(gaps),))]


def _table(data: Data) -> Table:
    statements = list(dict.fromkeys(key for one in data.assessments for key in one.scores))
    names = {
        statement.id: statement.name
        for version in data.framework.versions
        for statement in version.statements
    }
    heads = [data.framework.bodies.capitalize(), "Date", "Status", "Published word", "Score"]
    columns = [Column(one) for one in heads]
    columns += [Column(names.get(one, one), "right") for one in statements]
    columns += [Column("Source"), Column("Note")]
    rows = tuple(
        (
            one.body.name,
            str(one.date or ""),
            one.status,
            (one.published.headline or "").replace("_", " "),
            "" if one.published.score is None else str(one.published.score),
            *(_cell(one, key) for key in statements),
            source_words(one.source) if one.source else "",
            one.note,
        )
        for one in data.assessments
    )
    return Table("Every row, as it is held", tuple(columns), rows)


def _cell(assessment: Assessment, statement: str) -> str:
    cell = assessment.scores.get(statement)
    if isinstance(cell, Score):
        return cell.level.replace("_", " ")
    if isinstance(cell, Absence):
        return cell.kind.replace("_", " ")
    # A row of another version of the framework has no such statement at all.
    return "not known" if isinstance(cell, NotKnown) else ""


def _json(site: Site, data: Data) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "format": "assurance/data-page/1",
        "id": data.id,
        "name": data.name,
        "coverage": _cover(data),
    }
    if data.dataset:
        answer["published"] = published_answer(data.dataset, site.checks(data))
    return answer
