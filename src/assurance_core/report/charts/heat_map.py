"""Bodies × statements beside what each design says: a table with a word or number in each cell.

What the designs say stands first, where it is in sight on a narrow screen too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial

from attrs import frozen
from markupsafe import Markup

from assurance_core.lab.result import Result
from assurance_core.model.assessment import Absence, Assessment, Score
from assurance_core.model.assessment import Cell as ScoreCell
from assurance_core.model.framework import FrameworkVersion, Statement
from assurance_core.model.outcome import Headline
from assurance_core.model.scale import Scale
from assurance_core.report.charts.shades import cell_words, key, shade
from assurance_core.report.document import Column, Figure, Table, Words
from assurance_core.report.templating import render
from assurance_core.report.words import outcome_words, possible_words
from assurance_core.rules.scope import decimal_words

_ROWS_IN_SIGHT = 20

NOT_KNOWN = "not known"
CANNOT_TELL = "cannot tell"
NOT_ASKED = "not in this version"


@frozen
class Cell:
    """What a cell says and how it looks; `tag` and `near` are further lines."""

    text: str
    classes: str = ""
    tag: str = ""
    near: str = ""


@frozen(eq=False)
class Shown:
    """One design's column: its name, the scale of its word, and what it says row by row.

    Attributes:
        changes: `changed`, `unchanged` or `cannot tell` against the first design, row by row;
            empty where nothing is held against it.
        near: how far each score is from the next word's threshold, row by row; empty where no
            score makes the word.
        follows: what follows from the scores, row by row; empty where there is a word, or the
            design states nothing that could follow.
    """

    label: str
    scale: Scale | None
    results: Sequence[Result]
    changes: Sequence[str] = ()
    near: Sequence[str] = ()
    follows: Sequence[str] = ()


def heat_map(
    body: str,
    statements: Sequence[Statement],
    assessments: Sequence[Assessment],
    designs: Sequence[Shown],
    title: str,
    note: str = "",
    text: tuple[Words, ...] = (),
    link: Callable[[Assessment], str] | None = None,
) -> Figure:
    """Return the table of bodies × statements.

    Args:
        body: the word for what is assessed.
        statements: what was scored, in order.
        assessments: one a row, in the order in which they are shown.
        designs: one or more columns behind the scores.
        title: the message.
        note: what a reader must know of the cells.
        text: what formats without pictures show instead.
        link: the address of a body's own page, where there is one.
    """
    dated = len({one.body.name for one in assessments}) < len(assessments)
    scores = _score_cells(statements, assessments)
    scored = [any(_score(result) for result in one.results) for one in designs]

    def picture(prefix: str) -> Markup:
        return render(
            "heat_map.html",
            prefix=prefix,
            title=title,
            tall=len(assessments) > _ROWS_IN_SIGHT,
            note=note,
            body=body.capitalize(),
            dated=dated,
            statements=[one.name for one in statements],
            designs=[one.label for one in designs],
            key=key(one.scale for one in statements),
            rows=[
                (
                    one.body.name,
                    link(one) if link else "",
                    str(one.date or ""),
                    [*(_outcome_cell(design, row) for design in designs), *scores[row]],
                )
                for row, one in enumerate(assessments)
            ],
            cell=cache(lambda one: render("heat_cell.html", cell=one)),
        )

    columns = [Column(body.capitalize()), Column("Date")]
    for design, has_score in zip(designs, scored, strict=True):
        columns.append(Column(design.label))
        columns += [Column(f"{design.label}: score", "right")] if has_score else []
        columns += [Column(f"{design.label}: change")] if design.changes else []
        columns += [Column(f"{design.label}: to the next word")] if design.near else []
        columns += [Column(f"{design.label}: what follows")] if design.follows else []
    columns += [Column(one.name, "right") for one in statements]
    rows = []
    for row, one in enumerate(assessments):
        cells = [one.body.name, str(one.date or "")]
        for design, has_score in zip(designs, scored, strict=True):
            result = design.results[row]
            cells.append(_word(result))
            cells += [_score(result)] if has_score else []
            cells += [design.changes[row]] if design.changes else []
            cells += [design.near[row]] if design.near else []
            cells += [design.follows[row]] if design.follows else []
        cells += [cell.text for cell in scores[row]]
        rows.append(tuple(cells))
    return Figure(title, note, picture, Table(title, tuple(columns), tuple(rows)), True, text)


def statements_of(
    versions: Sequence[FrameworkVersion], assessments: Sequence[Assessment]
) -> list[Statement]:
    """Return the statements that assessments have, in the order of the newest version."""
    held = {statement for one in assessments for statement in one.scores}
    found: dict[str, Statement] = {}
    for version in reversed(versions):
        for statement in version.statements:
            if statement.id in held:
                found.setdefault(statement.id, statement)
    return list(found.values())


def _score_cells(
    statements: Sequence[Statement], assessments: Sequence[Assessment]
) -> list[list[Cell]]:
    """Return a row of cells for each assessment; those that say the same are one."""
    columns = [(one.id, cache(partial(_score_cell, one))) for one in statements]
    return [[cell_of(one.scores.get(key)) for key, cell_of in columns] for one in assessments]


def _score_cell(statement: Statement, cell: ScoreCell | None) -> Cell:
    if isinstance(cell, Score):
        level = statement.scale.level(cell.level)
        tag = "carried forward" if cell.carried_forward else ""
        return Cell(cell_words(level), shade(level, statement.scale), tag)
    if isinstance(cell, Absence):
        return Cell(cell.kind.replace("_", " "), "unknown")
    return Cell(NOT_KNOWN if cell else NOT_ASKED, "unknown")


def _outcome_cell(design: Shown, row: int) -> Cell:
    result = design.results[row]
    change = design.changes[row] if design.changes else ""
    tag = change if change in ("changed", CANNOT_TELL) else ""
    classes = "outcome"
    if isinstance(result.headline, Headline) and design.scale:
        classes += f" {shade(design.scale.level(result.headline.level), design.scale)}"
    elif result.outcome is None:
        classes += " unknown"
    text = CANNOT_TELL
    if not result.possible.reason:
        text = outcome_words(result.outcome, result.possible)
    further = design.near or design.follows
    near = further[row] if further else ""
    if text == "no headline":  # What follows says more.
        text, near = near or text, ""
    return Cell(text, classes, "" if tag == text else tag, "" if near == text else near)


def _word(result: Result) -> str:
    """Return an outcome without its score."""
    if isinstance(result.headline, Headline):
        return result.headline.name
    return (
        outcome_words(result.outcome, result.possible)
        if result.outcome or result.headline
        else possible_words(result.possible)
    )


def _score(result: Result) -> str:
    score = result.outcome.score if result.outcome else None
    return decimal_words(score.value) if score else ""
