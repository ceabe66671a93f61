"""What an edit means, before any result: the rules, what differs, what the design allows."""

from __future__ import annotations

from attrs import evolve, frozen

from assurance_core.engine.rule import CompiledDesign
from assurance_core.report.design_report import PUBLISHED, design_report, standing
from assurance_core.report.difference_report import differences
from assurance_core.report.document import Items, Paragraph, Report, Section
from assurance_core.report.warnings_report import Told
from assurance_core.report.words import count_words
from assurance_core.workbench.pages.studied import usual_design
from assurance_core.workbench.site import Data, Site, Variant

FOOTER = (
    "Worked out from the rules alone. It is not a product of any regulator, and nothing in it says"
    " that one design is better than another."
)


@frozen(eq=False)
class Edited:
    """A design that can be read, with what it is held against.

    Attributes:
        variant: which design, and its edits.
        rule: with the edits.
        parent: without them.
        in_force: the design in force for the same data, unless it is the parent or there is none.
        told: what its readers should be warned of.
        before: the same of the design without the edits.
    """

    variant: Variant
    rule: CompiledDesign
    parent: CompiledDesign
    in_force: CompiledDesign | None
    told: Told
    before: Told


def edited_design(
    site: Site, variant: Variant, parent: CompiledDesign, data: Data | None
) -> Edited:
    """Return a design with its edits, and what it is held against."""
    rule = site.rule(variant)
    usual = usual_design(site.readable(data), data) if data else variant.id
    return Edited(
        variant=variant,
        rule=rule,
        parent=parent,
        in_force=site.rule(Variant(usual)) if usual != variant.id else None,
        told=site.warnings(variant),
        before=site.warnings(Variant(variant.id)),
    )


def edited_sections(edited: Edited) -> tuple[Section, ...]:
    """Return what an edit means: the rules first, then what differs, then what is allowed."""
    rules = design_report(edited.rule).sections
    sections = [*rules[:-1]]
    for number, one in enumerate(rules[:-1]):
        if one.heading == PUBLISHED:
            break
        sections[number] = evolve(one, heading=f"How it reads: {one.heading}")
    if edited.variant.edits:
        name = "the design without the edits"
        sections.append(_difference(edited.parent, edited.rule, name, ("Without", "With them")))
    if edited.in_force:
        name = edited.in_force.design.name
        sections.append(_difference(edited.in_force, edited.rule, name, (name, "Here")))
    sections.append(_warned(edited))
    return (*sections, rules[-1])


def _difference(
    first: CompiledDesign, second: CompiledDesign, name: str, called: tuple[str, str]
) -> Section:
    found = differences(first, second)
    heading = f"Difference from {name}"
    if not found:
        return Section(heading, (Paragraph("The rules are the same."),))
    listed = tuple(
        (path, f"{called[0]}: {left or 'nothing'}", f"{called[1]}: {right or 'nothing'}")
        for path, left, right in found
    )
    lead = f"The rules differ in {count_words(len(found), 'place')}."
    return Section(heading, (Paragraph(lead), Items(listed)))


def _warned(edited: Edited) -> Section:
    """Return the warnings; with edits, those that are new stand first and say so."""
    told, before = edited.told, set(edited.before.warnings)
    lines = []
    if edited.variant.edits:
        new = [one for one in told.warnings if one not in before]
        kept = [one for one in told.warnings if one in before]
        lines = [(f"New with these edits: {one[0]}", *one[1:]) for one in new] + kept
        gone = [one for one in edited.before.warnings if one not in set(told.warnings)]
        lines += [(f"Before these edits: {one[0]}",) for one in gone]
    else:
        lines = list(told.warnings)
    lines += told.printed
    blocks: list[Items | Paragraph] = [Items(tuple(lines))] if lines else []
    if not told.warnings and not told.printed:
        blocks.insert(0, Paragraph("The audit finds nothing to warn of."))
    if told.sound:
        blocks.append(Paragraph(told.sound))
    return Section("What to know before using it", tuple(blocks))


def edited_report(edited: Edited) -> Report:
    """Return the same as a report."""
    design = edited.rule.design
    name = f"{edited.parent.design.name}, edited" if edited.variant.edits else design.name
    lead = (*design.lineage, standing(design))
    return Report(name, lead, edited_sections(edited), FOOTER)
