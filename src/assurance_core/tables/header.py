"""The header of a table: which column holds what, and whether it has a row a body or a score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.framework import Framework, Statement
from assurance_core.model.scale import fold
from assurance_core.tables.grid import Grid, check_columns
from assurance_core.tables.typed import listed

FIXED = (
    "body",
    "code",
    "date",
    "published",
    "version",
    "status",
    "headline",
    "score",
    "consequences",
    "evidence",
    "source",
    "note",
)
JUDGED = "judged."
"""In front of a judgement's id: the level that the assessor chose."""
_LOOKED_AT = 20
"""Rows below the first that may hold the headings instead."""
STATEMENT = "statement"
LEVEL = "level"
LONG = (STATEMENT, LEVEL)
"""The columns of a long table: what was scored, and its level."""


@frozen
class Header:
    """The headings of a table, read.

    Attributes:
        grid: the table.
        places: of the columns, by fixed name, statement id or `judged.JUDGEMENT`.
        long: a row holds one score, not all those of a body.
        keys: statement ids, by every way of writing them.
        notices: which headings were read as something else.
    """

    grid: Grid
    places: Mapping[str, int]
    long: bool
    keys: Mapping[str, str]
    notices: tuple[str, ...] = ()

    def column(self, key: str) -> str:
        """Return a column as errors call it."""
        return self.grid.column(self.places[key])

    def statement(self, word: str) -> str:
        """Return what a cell of the column `statement` names, as a column of a wide table."""
        return word if word.startswith(JUDGED) else self.keys.get(fold(word), "")


def read_header(grid: Grid, framework: Framework) -> Header:
    """Return the header of a table.

    Columns without a heading are left out; they have to be empty. A table with a column `statement`
    is a long one, unless that is the name of a statement.

    Args:
        grid: the table.
        framework: whose statements the columns are.

    Raises:
        AssuranceError: with every fault of the header.
    """
    check_columns(sum(bool(word) for word in grid.head), grid.head_place)
    statements = {s.id: s for version in framework.versions for s in version.statements}
    keys = _statement_keys(statements.values())
    long = STATEMENT not in keys and STATEMENT in (fold(word) for word in grid.head)
    known = {fold(name): name for name in (*FIXED, *(LONG if long else ()))}
    if not long:
        known |= keys
    places: dict[str, int] = {}
    faults: list[Fault] = []
    notices: list[str] = []
    for place, word in enumerate(grid.head):
        judged = word.startswith(JUDGED) and not long
        key = word if judged else known.get(fold(word), "")
        where = f"{grid.head_place}, {grid.column(place)}"
        if not word:
            continue
        if not key:
            names = [*known.values(), *(() if long else (one.name for one in statements.values()))]
            names = list(dict.fromkeys(names))
            faults.append(
                Fault("bad-table", where, f"'{word}'", "a known column", nearest(word, names))
            )
        elif key in places:
            found = f"a second column for {key}"
            faults.append(
                Fault("duplicate", where, found, "each column once", "remove one of the two")
            )
        elif word != key:
            notices.append(f'{grid.name}: column "{word}" is read as {key}')
        places.setdefault(key, place)
    if not places.keys() - {""}:
        raise _no_heading(grid, known)
    faults += _lacking(grid, framework, places, long)
    if faults:
        raise AssuranceError(faults)
    return Header(grid, places, long, keys, tuple(notices))


def _no_heading(grid: Grid, known: Mapping[str, str]) -> AssuranceError:
    """Return the error for a first row that names no column, with the row that does, if any."""
    words = [f"'{word}'" for word in grid.head if word]
    remedy = "name the columns there, or start from a template: assurance new assessment"
    for row in grid.rows[:_LOOKED_AT]:
        texts = [cell for cell in row.cells.values() if isinstance(cell, str)]
        if "body" in map(fold, texts) and sum(fold(text) in known for text in texts) > 1:
            remedy = f"remove the rows above row {row.number}, where the headings stand"
            break
    found = f"no known heading: {listed(words)}" if words else "no heading"
    expected = "the heading body, and the statements or statement and level"
    return AssuranceError(Fault("bad-table", grid.head_place, found, expected, remedy))


def _statement_keys(statements: Iterable[Statement]) -> dict[str, str]:
    return {fold(word): one.id for one in statements for word in (one.id, one.name, *one.aliases)}


def _lacking(
    grid: Grid, framework: Framework, places: Mapping[str, int], long: bool
) -> list[Fault]:
    """Return a fault for each column without which a table says nothing."""
    faults = []
    if "body" not in places:
        faults.append(
            Fault(
                "bad-table",
                grid.head_place,
                "no column 'body'",
                "a column with the names of the bodies",
                "name that column body",
            )
        )
    if long:
        if LEVEL not in places:
            faults.append(
                Fault(
                    "bad-table",
                    grid.head_place,
                    "a column 'statement', and no column 'level'",
                    "both, in a table with a row for each score",
                    "name the column with the levels level",
                )
            )
        return faults
    statements = {one for version in framework.versions for one in version.statement_ids()}
    # Where nothing is scored, what was judged is all that a table can hold.
    holds = statements or [key for key in places if key.startswith(JUDGED)]
    if "headline" not in places and not any(key in places for key in holds):
        faults.append(
            Fault(
                "bad-table",
                grid.head_place,
                "no statement among the columns",
                f"the statements of {framework.id}",
                "start from a template: assurance new assessment "
                f"--framework {framework.id} -o FILE.csv",
            )
        )
    return faults
