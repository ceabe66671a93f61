"""One body's page: its word and its report card side by side; why, how near, and how sure."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.contender import Compiled
from assurance_core.lab.result import cannot_rate
from assurance_core.model.assessment import Assessment
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.report.answers import outcome_answer
from assurance_core.report.charts.card import card
from assurance_core.report.document import Block, Paragraph, Report, Section
from assurance_core.report.html import Page
from assurance_core.report.noise_answer import noise_answer
from assurance_core.report.noise_report import noise_report
from assurance_core.report.outcome_report import outcome_report
from assurance_core.report.paths_answer import paths_answer
from assurance_core.report.paths_report import paths_report
from assurance_core.report.rated import Rated, rate_for_report
from assurance_core.workbench.answer import Answer, Moved
from assurance_core.workbench.asked import Asked, address
from assurance_core.workbench.choices import design_choices
from assurance_core.workbench.pages.question import kept_edits
from assurance_core.workbench.pages.studied import date_values, find_body, usual_design
from assurance_core.workbench.site import Data, Site, Variant
from assurance_core.workbench.templating import downloads, render_page

PATH = "/body"
_OF_ALL_PROFILES = ("How near another outcome is", "How reliable the outcomes are")


@frozen(eq=False)
class Looked:
    """One body under two designs.

    Attributes:
        data: where it is from.
        assessment: of the body.
        first, second: the designs; edits are the second's.
        rated: what the two say.
        crosswalk: which one, where several fit.
        left: edits of the design chosen before, which do not fit the second.
    """

    data: Data
    assessment: Assessment
    first: Variant
    second: Variant
    rated: tuple[Rated, Rated]
    crosswalk: str
    left: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """The query of its address."""
        return (
            ("data", self.data.id),
            ("body", self.assessment.body.name),
            ("date", date_values(self.data)(self.assessment)),
            ("a", self.first.id),
            ("b", self.second.id),
            *self.second.edits,
            ("crosswalk", self.crosswalk),
            *(("left", one) for one in self.left),
        )


def body_page(site: Site, asked: Asked) -> Answer | Moved:
    """Return what two designs make of one body, and why."""
    looked = _looked(site, asked)
    wanted = address(PATH, looked.values)
    if asked.form == "page" and address(PATH, asked.values) != wanted:
        return Moved(wanted)

    def report() -> Report:
        return _report(site, looked)

    body, date = looked.assessment.body.name, date_values(looked.data)
    return Answer(
        page=lambda: render_page(
            "body.html",
            title=body,
            here="/compare",
            looked=looked,
            report=report(),
            cards=[card(one, with_given=False) for one in looked.rated],
            page=Page(),
            path=PATH,
            first=design_choices(site, looked.data, looked.first.id),
            second=design_choices(site, looked.data, looked.second.id),
            date=date(looked.assessment),
            others=[
                (one, date(one))
                for one in looked.data.assessments
                if one.body.name == body and one is not looked.assessment
            ],
            back=address(
                "/compare",
                [
                    ("data", looked.data.id),
                    ("a", looked.first.id),
                    ("b", looked.second.id),
                    *looked.second.edits,
                    ("crosswalk", looked.crosswalk),
                ],
            ),
            downloads=downloads(PATH, looked.values, "html", "xlsx", "json"),
        ),
        json=lambda: _json(site, looked),
        report=lambda: _with_cards(looked, report()),
        file_name="body",
    )


def _looked(site: Site, asked: Asked) -> Looked:
    data = site.data(asked.one("data"))
    assessment = find_body(data, asked.one("body"), asked.one("date"))
    readable = site.readable(data)
    first = Variant(asked.one("a") or usual_design(readable, data))
    second, left = kept_edits(site, asked, asked.one("b") or _card_design(readable, first.id))
    crosswalk = asked.one("crosswalk")
    rated = tuple(
        _rate(site, site.compiled(one, data, crosswalk), assessment) for one in (first, second)
    )
    return Looked(
        data, assessment, first, second, (rated[0], rated[1]), crosswalk, left or asked.all("left")
    )


def _card_design(readable: tuple[RatingDesign, ...], first: str) -> str:
    """Return a design that shows areas and no word, if there is one."""
    others = [one for one in readable if one.id != first]
    cards = [one for one in others if one.publishes.areas and not one.publishes.headline]
    return next((one.id for one in [*cards, *others]), first)


def _rate(site: Site, design: Compiled, assessment: Assessment) -> Rated:
    rule = design.rule(assessment)
    try:
        published_by = site.published_by(assessment)
        return rate_for_report(rule, assessment, published_by, explain=True)
    except AssuranceError as error:
        return Rated(rule, assessment, cannot_rate(error), explained=True)


def _studied(looked: Looked) -> Rated | None:
    """Return the first of the two that works a word out from scores."""
    return next((one for one in looked.rated if _word_from_scores(one.rule)), None)


def _word_from_scores(rule: CompiledDesign) -> bool:
    """Say whether there is a word, and a score that could be a step off."""
    return rule.published.headline is not None and any(
        leaf.kind != "judged" for leaf in rule.leaves
    )


def _report(site: Site, looked: Looked) -> Report:
    first, second = looked.rated
    why = outcome_report(first)
    shown = ("Report card", "Area by area")
    sections = [
        Section(f"{one.heading}: {first.rule.design.name}", one.blocks)
        if one.heading == "Judgements"
        else one
        for one in why.sections
        if one.heading not in shown
    ]
    studied = _studied(looked)
    if studied is None:
        note = (
            "Neither design works a word out from scores, so nothing can be near another or unsure."
        )
        sections.append(Section("What would have to change", (Paragraph(note),)))
    else:
        variant = looked.first if studied is first else looked.second
        sections += _near_and_sure(site, looked, variant)
    lead = tuple(dict.fromkeys([*why.lead, *outcome_report(second).lead]))
    title = f"{looked.assessment.body.name}: two designs side by side"
    return Report(title, lead, tuple(sections), why.footer)


def _near_and_sure(site: Site, looked: Looked, variant: Variant) -> list[Section]:
    key = (looked.data, looked.assessment, variant, looked.crosswalk)
    found = []
    for heading, report in (
        ("What would have to change", paths_report(site.paths(*key), None)),
        ("How sure?", noise_report(site.noise(*key), site.noise_setting, None)),
    ):
        found.append(Section(heading, tuple(Paragraph(line) for line in report.lead)))
        for one in report.sections:
            found.append(Section(_heading(one.heading, heading, looked), one.blocks))
    return found


def _heading(part: str, of: str, looked: Looked) -> str:
    """Return a heading that says whether its figures are of this body or of all profiles."""
    if part in _OF_ALL_PROFILES:
        return f"Of all profiles, not of {looked.assessment.body.name} alone: {part}"
    return f"{part}: {of}" if part == "What was computed" else part


def _with_cards(looked: Looked, report: Report) -> Report:
    cards: tuple[Block, ...] = tuple(card(one, with_given=False) for one in looked.rated)
    side = Section("The same scores, shown in two ways", cards)
    return Report(report.title, report.lead, (side, *report.sections), report.footer)


def _json(site: Site, looked: Looked) -> dict[str, Any]:
    studied = _studied(looked)
    answer: dict[str, Any] = {
        "format": "assurance/body/1",
        "outcomes": [outcome_answer(one) for one in looked.rated],
        "paths": None,
        "noise": None,
    }
    if studied is not None:
        variant = looked.first if studied is looked.rated[0] else looked.second
        key = (looked.data, looked.assessment, variant, looked.crosswalk)
        answer["paths"] = paths_answer(site.paths(*key), None)
        answer["noise"] = noise_answer(site.noise(*key), None)
    return answer
