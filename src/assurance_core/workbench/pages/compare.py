"""The first screen: if design A were replaced by design B, what would change for whom?"""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from assurance_core.lab.compare import Comparison
from assurance_core.lab.coverage import DEFAULT_STATUSES
from assurance_core.model.assessment import Assessment
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.report.comparison_answer import comparison_answer
from assurance_core.report.comparison_report import ONE_BY_ONE, bodies_section, comparison_report
from assurance_core.report.comparison_words import sentence
from assurance_core.report.csv_text import csv_text
from assurance_core.report.document import Figure, Report, Section
from assurance_core.report.html import Page
from assurance_core.report.words import count_words
from assurance_core.workbench.answer import Answer, Moved
from assurance_core.workbench.asked import Asked, address
from assurance_core.workbench.choices import Choice, data_choices, design_choices
from assurance_core.workbench.pages.question import FURTHER_STATUSES, Question, read_question
from assurance_core.workbench.pages.studied import date_values, usual_data
from assurance_core.workbench.site import Data, Site
from assurance_core.workbench.templating import downloads, render_page

PATH = "/compare"


def first_page(site: Site, asked: Asked) -> Moved:
    """Lead to the comparison on the data that most designs read."""
    return Moved(address(PATH, asked.values))


def compare_page(site: Site, asked: Asked) -> Answer | Moved:
    """Return the comparison that an address asks for.

    An address that leaves something out is led to one that says everything, so that the address
    which a reader copies is the whole question.
    """
    data = site.data(asked.one("data") or _first_data(site))
    question = read_question(site, asked, data)
    wanted = address(PATH, question.values)
    if asked.form == "page" and address(PATH, asked.values) != wanted:
        return Moved(wanted)
    statuses = (*DEFAULT_STATUSES, *question.include)
    comparison = site.comparison(
        data, question.first, question.second, question.crosswalk, statuses
    )

    def report(link: Callable[[Assessment], str] | None = None) -> Report:
        return comparison_report(comparison, data.name, data.disagreements, link=link)

    return Answer(
        page=lambda: render_page(
            "compare.html",
            title="What would change?",
            here=PATH,
            question=question,
            data=data,
            others=_others(comparison, question),
            comparison=comparison,
            sentence=sentence(comparison, comparison.pairs[0]),
            sections=_sections(report(_to_body(question, data))),
            page=Page(),
            all_data=list(data_choices(site, data)),
            first=design_choices(site, data, question.first.id),
            second=design_choices(site, data, question.second.id),
            path=PATH,
            downloads=downloads(PATH, question.values, "html", "xlsx", "csv", "json"),
        ),
        json=lambda: comparison_answer(comparison),
        report=report,
        texts={"csv": lambda: _csv(comparison)},
        file_name="comparison",
    )


def _first_data(site: Site) -> str:
    if not site.registry.datasets:
        raise AssuranceError(
            Fault(
                "no-choice",
                "data",
                "no data",
                "a table of assessments",
                "upload one, or install a plugin that brings some",
            )
        )
    return usual_data(site)


def _to_body(question: Question, data: Data) -> Callable[[Assessment], str]:
    date = date_values(data)

    def link(assessment: Assessment) -> str:
        body = (("body", assessment.body.name), ("date", date(assessment)))
        return address("/body", [("data", data.id), *body, *question.body_values])

    return link


def _others(comparison: Comparison, question: Question) -> list[Choice]:
    """Return what takes assessments in that are left out, and what leaves them out again."""
    include = question.include
    choices = [
        Choice(
            address(PATH, question.including(*include, status)),
            f"Take in {count_words(count, f'{status} assessment')}",
            False,
        )
        for status, count in comparison.coverage.left_out
        if status in FURTHER_STATUSES
    ]
    return choices + [
        Choice(
            address(PATH, question.including(*(one for one in include if one != status))),
            f"Leave out the {status} assessments",
            True,
        )
        for status in include
    ]


def _sections(report: Report) -> dict[str, list[Section]]:
    """Return the report's sections in the order of the page: the bodies come before the rest."""
    cover, against, *further = report.sections
    (bodies,) = (one for one in further if one.heading == ONE_BY_ONE)
    numbers = tuple(one for one in against.blocks if isinstance(one, Figure) and one.is_table)
    rest = tuple(one for one in against.blocks if one not in numbers)
    return {
        "numbers": [evolve(against, blocks=numbers)],
        "below": [
            bodies,
            evolve(against, blocks=rest),
            cover,
            *(one for one in further if one is not bodies),
        ],
    }


def _csv(comparison: Comparison) -> str:
    (figure,) = (one for one in bodies_section(comparison).blocks if isinstance(one, Figure))
    assert figure.table is not None
    return csv_text(figure.table)
