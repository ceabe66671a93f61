"""A design's page: its rules in words, what it allows, and what its sources are worth."""

from __future__ import annotations

from assurance_core.lab.coverage import DEFAULT_STATUSES
from assurance_core.report.audit_answer import audit_answer
from assurance_core.report.audit_report import audit_report
from assurance_core.report.design_report import design_answer, design_report
from assurance_core.report.document import Column, Paragraph, Report, Section, Table
from assurance_core.report.html import Page
from assurance_core.report.listing_report import listing_answer, listing_report, publishes_words
from assurance_core.report.scorecard_answer import scorecard_answer
from assurance_core.report.scorecard_report import scorecard_report
from assurance_core.report.words import STATUS_WORDS
from assurance_core.workbench.answer import Answer, Moved
from assurance_core.workbench.asked import Asked, address
from assurance_core.workbench.pages.question import read_include
from assurance_core.workbench.pages.studied import (
    framework_data,
    usual_data,
    usual_design,
    variant_asked,
)
from assurance_core.workbench.site import Site, Variant
from assurance_core.workbench.templating import downloads, render_page

PATH = "/designs"


def designs_page(site: Site, asked: Asked) -> Answer:
    """Return what is installed: regimes with their designs, patches and data."""
    registry = site.registry
    groups = [
        (
            framework,
            [
                (one, publishes_words(one), STATUS_WORDS[one.status])
                for _, one in sorted(registry.designs.items())
                if one.framework.id == framework.id
            ],
            [
                one
                for _, one in sorted(registry.patches.items())
                if registry.design(one.applies_to).framework.id == framework.id
            ],
        )
        for framework in sorted(registry.frameworks.values(), key=lambda one: one.name)
    ]
    return Answer(
        lambda: render_page(
            "designs.html",
            title="Designs",
            here=PATH,
            groups=groups,
            left_out=[one for one in registry.plugins if one.status == "broken"],
            downloads=downloads(PATH, (), "html", "xlsx", "csv", "json"),
        ),
        json=lambda: listing_answer(registry),
        report=lambda: listing_report(registry),
        texts={"csv": lambda: _csv(site)},
        file_name="designs",
    )


def _csv(site: Site) -> str:
    from assurance_core.report.csv_text import csv_text

    rows = tuple(
        (one.id, one.name, one.framework.name, publishes_words(one), STATUS_WORDS[one.status])
        for _, one in sorted(site.registry.designs.items())
    )
    names = ("Design", "Name", "Framework", "Publishes", "Status")
    return csv_text(Table("", tuple(Column(name) for name in names), rows))


def design_page(site: Site, asked: Asked) -> Answer:
    """Return one design; edits in the address are applied to it."""
    variant = variant_asked(asked, asked.name)
    design = site.design(variant)
    rule = site.rule(variant)
    data_id = framework_data(site, design.framework.id)

    def report() -> Report:
        return _report(site, variant)

    path = f"{PATH}/{asked.name}"
    links = [("Edit this design", address("/edit", [("design", variant.id), *variant.edits]))]
    if data_id:
        values = [("data", data_id), ("design", variant.id), *variant.edits]
        links += [
            (
                "Compare it with another",
                address("/compare", [("data", data_id), ("b", variant.id)]),
            ),
            (
                "Its scorecard: the claims of the debate, with figures",
                address("/scorecard", values),
            ),
        ]
    return Answer(
        page=lambda: render_page(
            "design.html",
            title=design.name,
            here=PATH,
            design=design,
            report=report(),
            page=Page(),
            links=links,
            downloads=downloads(path, variant.edits, "html", "xlsx", "json"),
        ),
        json=lambda: {
            "format": "assurance/design-page/1",
            "design": design_answer(rule),
            "audit": audit_answer(site.audit(variant)),
        },
        report=report,
        file_name=variant.id.replace("/", "-"),
    )


def _report(site: Site, variant: Variant) -> Report:
    rules = design_report(site.rule(variant))
    audited = audit_report(site.audit(variant))
    allows = Section("What this design allows", tuple(Paragraph(line) for line in audited.lead))
    return Report(
        rules.title, rules.lead, (*rules.sections, allows, *audited.sections), audited.footer
    )


def scorecard_page(site: Site, asked: Asked) -> Answer | Moved:
    """Return what can be counted of the claims of the debate, for one or more designs.

    The edits of an address are those of its first design.
    """
    data_id, designs = asked.one("data"), asked.all("design")
    if asked.form == "page" and not (data_id and designs):
        return Moved(_usual_scorecard(site, data_id))
    data = site.data(data_id)
    variants = [Variant(one) for one in designs]
    edited = variant_asked(asked, variants[0].id if variants else "")
    variants = [edited, *variants[1:]]
    statuses = (*DEFAULT_STATUSES, *read_include(asked))
    card = site.scorecard(data, tuple(variants), asked.one("crosswalk"), statuses)

    def report() -> Report:
        return scorecard_report(card, data.name)

    return Answer(
        page=lambda: render_page(
            "report_page.html",
            title="Scorecard",
            here=PATH,
            report=report(),
            page=Page(),
            downloads=downloads("/scorecard", asked.values, "html", "xlsx", "json"),
        ),
        json=lambda: scorecard_answer(card),
        report=report,
        file_name="scorecard",
    )


def _usual_scorecard(site: Site, data_id: str) -> str:
    """Return the address of the scorecard of the usual design on some data."""
    data = site.data(data_id or usual_data(site))
    design = usual_design(site.readable(data), data)
    return address("/scorecard", [("data", data.id), ("design", design)])
