"""The first screen: if design A were replaced by design B, what would change for whom?"""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve, frozen

from assurance_core.lab.compare import Comparison
from assurance_core.lab.contender import Contender
from assurance_core.model.assessment import Assessment
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.report.comparison_answer import comparison_answer
from assurance_core.report.comparison_report import ONE_BY_ONE, bodies_section, comparison_report
from assurance_core.report.comparison_words import sentence
from assurance_core.report.csv_text import csv_text
from assurance_core.report.document import Figure, Report, Section
from assurance_core.report.html import Page
from assurance_core.workbench.answer import Answer, Moved
from assurance_core.workbench.asked import Asked, address
from assurance_core.workbench.choices import data_choices, design_choices
from assurance_core.workbench.pages.studied import usual_data, usual_design
from assurance_core.workbench.site import Data, Site, Variant
from assurance_core.workbench.templating import downloads, render_page

PATH = "/compare"


@frozen
class Question:
    """What is compared; B may carry edits.

    Attributes:
        data: id of a dataset or an upload.
        first: design A.
        second: design B.
        crosswalk: which one, where several fit.
    """

    data: str
    first: Variant
    second: Variant
    crosswalk: str = ""

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """The query of its address."""
        return (
            ("data", self.data),
            ("a", self.first.id),
            ("b", self.second.id),
            *self.second.edits,
            ("crosswalk", self.crosswalk),
        )

    @property
    def edit_values(self) -> tuple[tuple[str, str], ...]:
        """The query of the page on which B is edited."""
        return (("design", self.second.id), ("data", self.data), *self.second.edits)

    @property
    def scorecard_values(self) -> tuple[tuple[str, str], ...]:
        """The query of the scorecard of both; edits are those of its first design."""
        return (
            ("data", self.data),
            ("design", self.second.id),
            *self.second.edits,
            *((("design", self.first.id),) if self.first != self.second else ()),
            ("crosswalk", self.crosswalk),
        )


def first_page(site: Site, asked: Asked) -> Moved:
    """Lead to the comparison on the data that most designs read."""
    return Moved(address(PATH, asked.values))


def compare_page(site: Site, asked: Asked) -> Answer | Moved:
    """Return the comparison that an address asks for.

    An address that leaves something out is led to one that says everything, so that the address
    which a reader copies is the whole question.
    """
    data = site.data(asked.one("data") or _first_data(site))
    question = _question(site, asked, data)
    wanted = address(PATH, question.values)
    if asked.form == "page" and address(PATH, asked.values) != wanted:
        return Moved(wanted)
    comparison = site.comparison(data, question.first, question.second, question.crosswalk)

    def report(link: Callable[[Assessment], str] | None = None) -> Report:
        return comparison_report(comparison, data.name, data.disagreements, link=link)

    return Answer(
        page=lambda: render_page(
            "compare.html",
            title="What would change?",
            here=PATH,
            question=question,
            data=data,
            comparison=comparison,
            sentence=sentence(comparison, comparison.pairs[0]),
            sections=_sections(report(_to_body(question))),
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


def _question(site: Site, asked: Asked, data: Data) -> Question:
    readable = site.readable(data)
    first = asked.one("a") or usual_design(readable, data)
    second = asked.one("b") or _another(readable, site.design(Variant(first)))
    return Question(
        data.id,
        Variant(first),
        Variant(second, asked.all("set"), asked.all("remove"), asked.all("cap")),
        asked.one("crosswalk"),
    )


def _another(readable: tuple[RatingDesign, ...], first: RatingDesign) -> str:
    """Return a design to set beside the first: a what-if whose words can be compared, if any."""
    scale = Contender(first).headline_scale
    others = [one for one in readable if one.id != first.id]
    scales = [(one, Contender(one).headline_scale) for one in others]
    comparable = [one for one, other in scales if scale and other and scale.same_levels(other)]
    what_ifs = [one for one in comparable if one.status in ("what_if", "proposed")]
    return next((one.id for one in [*what_ifs, *comparable, *others]), first.id)


def _to_body(question: Question) -> Callable[[Assessment], str]:
    def link(assessment: Assessment) -> str:
        date = assessment.date.text if assessment.date else ""
        body = (("body", assessment.body.name), ("date", date))
        return address("/body", [*question.values[:1], *body, *question.values[1:]])

    return link


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
