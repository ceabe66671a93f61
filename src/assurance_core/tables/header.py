"""The header of a table: which column holds what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.framework import Framework
from assurance_core.model.scale import fold

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


@frozen
class Header:
    """The first row of a table, read.

    Attributes:
        table: the file's name.
        cells: as written.
        places: of the columns, by fixed name, statement id or `judged.JUDGEMENT`.
    """

    table: str
    cells: tuple[str, ...]
    places: Mapping[str, int]

    def name(self, place: int) -> str:
        """Return a column as errors call it: `column H "safeguarding"`."""
        return f'column {column_letter(place)} "{self.cells[place]}"'

    @property
    def judged(self) -> tuple[str, ...]:
        """The judgements whose level the assessor chose, in order."""
        return tuple(key.removeprefix(JUDGED) for key in self.places if key.startswith(JUDGED))


def read_header(
    row: Sequence[str], table: str, framework: Framework
) -> tuple[Header, tuple[str, ...]]:
    """Return the header of a table, and which headings were read as something else.

    Columns without a heading are left out; they have to be empty.

    Args:
        row: the first row.
        table: the file's name, for errors.
        framework: whose statements the columns are.

    Raises:
        AssuranceError: with every fault of the header.
    """
    statements = {s.id: s for version in framework.versions for s in version.statements}
    keys = {fold(name): name for name in FIXED}
    for one in statements.values():
        keys |= {fold(word): one.id for word in (one.id, one.name, *one.aliases)}
    header = Header(table, tuple(cell.strip() for cell in row), {})
    places: dict[str, int] = {}
    faults: list[Fault] = []
    notices: list[str] = []
    for place, word in enumerate(header.cells):
        key = word if word.startswith(JUDGED) else keys.get(fold(word), "")
        where = f"{table} row 1, {header.name(place)}"
        if not word:
            continue
        if not key:
            known = [*FIXED, *statements, *(one.name for one in statements.values())]
            faults.append(
                Fault("bad-table", where, f"'{word}'", "a known column", nearest(word, known))
            )
        elif key in places:
            found = f"a second column for {key}"
            faults.append(
                Fault("duplicate", where, found, "each column once", "remove one of the two")
            )
        elif word != key:
            notices.append(f'{table}: column "{word}" is read as {key}')
        places.setdefault(key, place)
    if "body" not in places:
        faults.append(
            Fault(
                "bad-table",
                f"{table} row 1",
                "no column 'body'",
                "a column with the names of the bodies",
                "name that column body",
            )
        )
    # Where nothing is scored, what was judged is all that a table can hold.
    holds = statements or [key for key in places if key.startswith(JUDGED)]
    if "headline" not in places and not any(key in places for key in holds):
        faults.append(
            Fault(
                "bad-table",
                f"{table} row 1",
                "no statement among the columns",
                f"the statements of {framework.id}",
                "start from a template: assurance new assessment "
                f"--framework {framework.id} -o FILE.csv",
            )
        )
    if faults:
        raise AssuranceError(faults)
    return Header(table, header.cells, places), tuple(notices)


def column_letter(place: int) -> str:
    """Return a column as spreadsheets name it.

    Example:
        >>> column_letter(0), column_letter(27)
        ('A', 'AB')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
