"""The design editor: a design as a form, and what an edit of it means before any result."""

from __future__ import annotations

from attrs import evolve, frozen
from markupsafe import Markup

from assurance_core.documents.writer import to_yaml
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.report.design_report import standing
from assurance_core.report.html import Page
from assurance_core.report.templating import slug
from assurance_core.workbench.answer import Answer, Moved
from assurance_core.workbench.asked import Asked, address
from assurance_core.workbench.choices import Choice
from assurance_core.workbench.editor.adding import Adding, limiters_to_add, read_limiters
from assurance_core.workbench.editor.download import edited_document
from assurance_core.workbench.editor.entered import Entered, read_entered
from assurance_core.workbench.editor.form import Group, design_form
from assurance_core.workbench.editor.meaning import (
    Edited,
    edited_design,
    edited_report,
    edited_sections,
)
from assurance_core.workbench.editor.problems import Problem, problems_of
from assurance_core.workbench.pages.studied import framework_data, reads, usual_data, usual_design
from assurance_core.workbench.site import Data, Site, Variant
from assurance_core.workbench.templating import render_page

PATH = "/edit"


@frozen(eq=False)
class Shown:
    """What the form shows.

    Attributes:
        data: with which the design can be compared, if any.
        parent: the design without the edits.
        groups: its steps.
        adding: where a limiter can be added.
        entered: what was entered.
        variant: the edits.
    """

    data: Data | None
    parent: CompiledDesign
    groups: tuple[Group, ...]
    adding: tuple[Adding, ...]
    entered: Entered
    variant: Variant


def edit_page(site: Site, asked: Asked) -> Answer | Moved:
    """Return a design as a form, and what its edits mean.

    What the form sends is led to an address that holds the edits alone. What is wrong is shown in
    the form, with everything that was entered.
    """
    design_id, data = _subject(site, asked)
    parent = site.rule(Variant(design_id))
    groups = design_form(parent)
    entered = read_entered(asked, groups)
    adding = limiters_to_add(parent)
    limiters = read_limiters(asked, adding)
    variant = Variant(design_id, entered.sets, entered.removes, limiters)
    values = _values(variant, data)
    if asked.form == "page" and address(PATH, asked.values) != address(PATH, values):
        return Moved(address(PATH, values))
    faults = [*entered.faults]
    try:
        # What can be read is checked beside what cannot: all faults are shown at once.
        site.rule(evolve(variant, sets=entered.readable))
    except AssuranceError as error:
        faults += error.faults
    shown = Shown(data, parent, groups, adding, entered, variant)
    if faults:
        if asked.form != "page":
            raise AssuranceError(faults)
        problems = problems_of(faults, groups)
        return Answer(lambda: _page(site, shown, problems), status=400)
    edited = edited_design(site, variant, parent, data)
    document = edited_document(edited.rule.design, parent.design, variant)
    return Answer(
        page=lambda: _page(site, shown, (), edited),
        json=lambda: document,
        report=lambda: edited_report(edited),
        texts={"yaml": lambda: to_yaml(document)},
        file_name=slug(document["id"]),
    )


def _subject(site: Site, asked: Asked) -> tuple[str, Data | None]:
    """Return which design is edited, and the data with which it can be compared, if any."""
    wanted, named = asked.one("design"), asked.one("data")
    data = site.data(named) if named else None
    if wanted:
        framework = site.design(Variant(wanted)).framework.id
        if data is None or not reads(site, wanted, data):
            data = _first_data(site, framework)
        return wanted, data
    data = data or _first_data(site)
    readable = site.readable(data) if data else ()
    if data and readable:
        return usual_design(readable, data), data
    return min(site.registry.designs, default=""), None


def _first_data(site: Site, framework: str = "") -> Data | None:
    """Return installed data: the first of a framework, if one is named, else the usual ones."""
    found = framework_data(site, framework) if framework else usual_data(site)
    return site.data(found) if found else None


def _values(variant: Variant, data: Data | None) -> tuple[tuple[str, str], ...]:
    return (("design", variant.id), ("data", data.id if data else ""), *variant.edits)


def _page(
    site: Site, shown: Shown, problems: tuple[Problem, ...], edited: Edited | None = None
) -> Markup:
    design, data, variant = shown.parent.design, shown.data, shown.variant
    values = _values(variant, data)
    by_field: dict[str, list[Problem]] = {}
    for one in problems:
        if one.field:
            by_field.setdefault(one.field.path, []).append(one)
    return render_page(
        "edit.html",
        title=f"{'Error: ' if problems else ''}Edit {design.name}",
        here=PATH,
        path=PATH,
        page=Page(),
        design=design,
        standing=standing(design),
        data=data,
        choices=_choices(site, variant.id),
        groups=shown.groups,
        adding=shown.adding,
        limiters=variant.caps,
        entered=shown.entered,
        problems=problems,
        by_field=by_field,
        values=values,
        edits=variant.edits,
        unedited=values[:2],
        sections=edited_sections(edited) if edited else (),
        compare=_compare_link(site, variant, data) if edited and data else None,
    )


def _choices(site: Site, chosen: str) -> dict[str, list[Choice]]:
    """Return every design by its framework, and the what-ifs that patches make."""
    found: dict[str, list[Choice]] = {}
    for _, one in sorted(site.registry.designs.items()):
        group = found.setdefault(one.framework.name, [])
        group.append(Choice(one.id, one.name, one.id == chosen))
    for _, patch in sorted(site.registry.patches.items()):
        group = found.setdefault("What-ifs", [])
        group.append(Choice(patch.id, patch.name, patch.id == chosen))
    return found


def _compare_link(site: Site, variant: Variant, data: Data) -> Choice:
    """Return the comparison with the design in force, or the last that was."""
    first = usual_design(site.readable(data), data)
    values = [("data", data.id), ("a", first)]
    if first != variant.id or variant.edits:
        values += [("b", variant.id), *variant.edits]
    name = site.design(Variant(first)).name
    return Choice(address("/compare", values), f"Compare with “{name}”", False)
