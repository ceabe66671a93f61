"""The report of `assurance paths`: what would have to change for another outcome."""

from __future__ import annotations

from assurance_core.lab.coverage import Coverage
from assurance_core.lab.distance import Margins
from assurance_core.lab.paths import BodyPaths, Paths
from assurance_core.lab.routes import ChangeSet, Routes
from assurance_core.report.document import (
    FOOTER,
    Block,
    Column,
    Paragraph,
    Report,
    Section,
    Table,
    items,
)
from assurance_core.report.studied import (
    absent_lines,
    cannot_tell,
    coverage_lines,
    dated,
    design_lines,
    figure_words,
)
from assurance_core.report.words import (
    any_spaced,
    count_words,
    plural,
    score_signs,
    short_level,
    who,
)

NOT_A_PLAN = (
    "This is arithmetic on scores. It is not a plan for improvement: it does not know what a step "
    "asks of those who would have to take it, and steps are not equally hard."
)


def paths_report(found: Paths, cover: Coverage | None, name: str = "", target: str = "") -> Report:
    """Return the report.

    Args:
        found: the answer.
        cover: what the data cover; None where one assessment was given.
        name: what the data are called.
        target: as asked for; empty for each body's next level.
    """
    single = found.bodies[0] if len(found.bodies) == 1 and not found.unplaced else None
    every = [
        *(one.assessment for one in found.bodies),
        *(one.assessment for one in found.unplaced),
    ]
    about = every[0].body.name if len(every) == 1 else name or found.contender.design.name
    if single:
        lead = _lead_of_one(found, single)
        sections = _one_body(found, single)
    else:
        lead = _lead(found)
        sections = _bodies(found, target)
    lines = coverage_lines(cover, found.contender.framework.bodies, len(found.bodies))
    lines += absent_lines([(one.assessment, one.absent) for one in found.bodies])
    lines.append(
        "Exact. A step moves one statement by one level; all sets of changes with the fewest steps "
        "are counted. Levels that an assessor judges are left as they are."
    )
    sections += [
        *cannot_tell(found.unplaced, dated(every)),
        *_margins(found),
        Section("What was computed", (items([*design_lines(found.contender, every), *lines]),)),
    ]
    title = f"What would have to change: {about}"
    return Report(title, (*lead, NOT_A_PLAN), tuple(sections), FOOTER)


def _lead(found: Paths) -> list[str]:
    near = found.observed
    if not near.bodies:
        if found.unplaced:
            return ["Of no assessment is every score known."]
        return ["No assessment was given: what is shown holds for all profiles."]
    word = found.contender.framework.bodies
    names = {one.assessment.body.name for one in found.bodies}
    noun = word if len(names) == near.bodies else "assessment"
    return [
        f"{near.on_the_edge} of the {count_words(near.bodies, noun)} whose scores are all known "
        f"{_are(near.on_the_edge)} one step of one statement from another outcome "
        f"under {found.contender.design.id}: one step up would lift {near.can_rise}, one step down "
        f"would lower {near.can_fall}. The mean distance to another outcome is "
        f"{figure_words(near.mean)} steps."
    ]


def _lead_of_one(found: Paths, body: BodyPaths) -> list[str]:
    parts = [f"{body.outcome} under {found.contender.design.id}."]
    if body.gain:
        parts.append(_sentence(f"To reach {_or_better(found, body)}", body.gain))
    elif body.target:
        parts.append(f"{body.target} is already reached.")
    else:
        parts.append("No level is higher.")
    if body.lose:
        parts.append(_sentence("To fall to a lower level", body.lose))
    else:
        parts.append("No level is lower.")
    return [" ".join(parts)]


def _or_better(found: Paths, body: BodyPaths) -> str:
    top = found.scale.levels[-1].name == body.target
    return body.target if top else f"{body.target} or better"


def _sentence(start: str, routes: Routes) -> str:
    if routes.steps is None:
        return f"{start}, no changes of statements are enough."
    sets = count_words(routes.count, "smallest set of changes", "smallest sets of changes")
    return f"{start} takes {count_words(routes.steps, 'step')}; there {_are(routes.count)} {sets}."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _one_body(found: Paths, body: BodyPaths) -> list[Section]:
    sections = []
    if body.gain:
        heading = f"To reach {_or_better(found, body)}"
        sections.append(Section(heading, _routes(body.gain)))
    if body.lose:
        sections.append(Section(f"What would lose {body.outcome}", _routes(body.lose)))
    margin = "No changes of statements lead to another outcome."
    if body.radius is not None:
        margin = (
            f"{count_words(body.radius, 'step')} to the nearest other outcome, up or down. Scores, "
            f"in the framework's order: {score_signs(body.assessment)}."
        )
    return [*sections, Section("The margin", (Paragraph(margin),))]


def _routes(routes: Routes) -> tuple[Block, ...]:
    if routes.steps is None:
        text = (
            "No changes of statements are enough: the levels that are judged, or the rules, bar it."
        )
        return (Paragraph(text),)
    blocks: list[Block] = []
    if routes.sets:
        shown = len(routes.sets)
        kind = "All of them" if shown == routes.count else f"The first {shown} of {routes.count:,}"
        text = (
            f"{kind}, each {count_words(routes.steps, 'step')} in all. Statements that come first "
            "in the framework change first: the order says nothing about which is easier or better."
        )
        blocks += [Paragraph(text), items([_set_words(one) for one in routes.sets], numbered=True)]
    if len(routes.within) > 1 and routes.count > 1:
        columns = (Column("Statement"), Column("Sets", "right"))
        rows = tuple((leaf.name, f"{count:,}") for leaf, count in routes.within)
        caption = f"In how many of the {routes.count:,} sets each statement changes"
        blocks.append(Table(caption, columns, rows))
    return tuple(blocks)


def _set_words(one: ChangeSet) -> str:
    moves = [
        f"{change.leaf.name} {short_level(change.before)} to {short_level(change.after)}"
        for change in one.changes
    ]
    return f"{'; '.join(moves)}: {one.outcome}"


def _bodies(found: Paths, target: str) -> list[Section]:
    if not found.bodies:
        return []
    with_dates = dated([one.assessment for one in found.bodies])
    aim = "Up to the next level"
    if target:
        aim = f"Up to {_or_better(found, found.bodies[0])}"
    columns = [Column(found.contender.framework.bodies.capitalize(), width=25)]
    columns += [Column("Date")] if with_dates else []
    columns += [
        Column("Scores"),
        Column("Outcome", width=22),
        Column(aim, width=20),
        Column("Down to a lower level", width=20),
        Column("Margin", "right"),
    ]
    spaced = any_spaced(one.assessment for one in found.bodies)
    rows = []
    for body in found.bodies:
        cells = [body.assessment.body.name]
        cells += [str(body.assessment.date or "")] if with_dates else []
        cells += [score_signs(body.assessment, spaced), body.outcome]
        cells += [_cell(body.gain, bool(body.target)), _cell(body.lose, False)]
        rows.append((*cells, "none" if body.radius is None else str(body.radius)))
    text = (
        "Steps, and in how many smallest sets of changes. Margin: steps to the nearest other "
        f"outcome. The {plural(found.contender.framework.bodies)} are in alphabetical order."
    )
    sections = [Section("One by one", (Paragraph(text), Table("", tuple(columns), tuple(rows))))]
    return sections + _listed(found, with_dates)


def _listed(found: Paths, with_dates: bool) -> list[Section]:
    """Return the sets themselves, body by body, where they were asked for."""
    sections = []
    for body in found.bodies:
        blocks: list[Block] = []
        for routes, words in ((body.gain, f"Up to {_or_better(found, body)}"), (body.lose, "Down")):
            if routes and routes.sets:
                blocks.append(Paragraph(f"{words}: {_cell(routes, False)}; listed here:"))
                blocks.append(items([_set_words(one) for one in routes.sets], numbered=True))
        if blocks:
            sections.append(Section(who(body.assessment, with_dates), tuple(blocks)))
    return sections


def _cell(routes: Routes | None, reached: bool) -> str:
    if routes is None:
        return "reached" if reached else "none"
    if routes.steps is None:
        return "out of reach"
    return f"{routes.steps} ({count_words(routes.count, 'set')})"


def _margins(found: Paths) -> list[Section]:
    """Return how near to another outcome: the bodies, and all profiles, side by side."""
    observed = dict(found.observed.by_radius)
    shares: list[tuple[str, dict[int | None, int], int, float | None]] = []
    if found.observed.bodies > 1:
        count = found.observed.bodies
        shares.append((f"{count} observed", observed, count, found.observed.mean))
    shares += [
        (_margins_name(found, one), dict(one.by_radius), one.counted, one.mean)
        for one in found.whole
    ]
    radii = sorted(
        {radius for _, counts, _, _ in shares for radius in counts},
        key=lambda one: (one is None, one or 0),
    )
    columns = [Column("Computed on", width=40)]
    columns += [Column("none" if one is None else str(one), "right") for one in radii]
    columns.append(Column("Mean", "right"))
    rows = tuple(
        (
            name,
            *(f"{100 * counts.get(one, 0) / size:.1f} %" for one in radii),
            figure_words(mean),
        )
        for name, counts, size, mean in shares
    )
    caption = "Share by number of steps to the nearest other outcome"
    return [Section("How near another outcome is", (Table(caption, tuple(columns), rows),))]


def _margins_name(found: Paths, one: Margins) -> str:
    parts = [f"all {one.profiles:,} profiles"]
    if one.seed is not None:
        parts = [f"{one.counted:,} of {one.profiles:,} profiles, drawn with seed {one.seed}"]
    if len({each.version for each in found.whole}) > 1:
        parts.append(f"version {one.version}")
    return ", ".join([*parts, *([one.judged] if one.judged else [])])
