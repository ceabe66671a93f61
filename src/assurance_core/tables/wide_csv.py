"""A CSV table with one row for each assessment and one column for each statement."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from assurance_core.documents.scores import read_level_text
from assurance_core.model.assessment import (
    NOT_KNOWN,
    Assessment,
    AssessmentStatus,
    Body,
    Cell,
    Published,
    Score,
)
from assurance_core.model.citation import Citation, SourceStatus
from assurance_core.model.dates import PartialDate
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.framework import Framework, FrameworkVersion, Statement
from assurance_core.model.scale import fold

MAX_ROWS = 100_000
FIXED = (
    "body",
    "code",
    "date",
    "published",
    "version",
    "status",
    "headline",
    "score",
    "evidence",
    "source",
    "note",
)
STATUSES: tuple[AssessmentStatus, ...] = ("formal", "indicative", "provisional", "superseded")
JUDGED = "judged."


@frozen
class TableAssessments:
    """The assessments of a table, in its order, and what was mended while reading."""

    assessments: tuple[Assessment, ...]
    notices: tuple[str, ...] = ()


@frozen
class Reference:
    """What a table's published columns and evidence words mean.

    Attributes:
        published_by: design or series that `headline` and `score` follow.
        evidence: citation status by word of the evidence column.
    """

    published_by: str = ""
    evidence: Mapping[str, SourceStatus] = {}


def read_wide_csv(
    text: str, name: str, framework: Framework, reference: Reference | None = None
) -> TableAssessments:
    """Read a table with one row for each assessment.

    The header names `body`, any of the fixed columns, and every statement by id, name or alias.
    An empty cell means that the score is not known to us.

    Args:
        text: the table, as RFC 4180 has it.
        name: the file's name, for errors.
        framework: whose statements the columns are.
        reference: what the published columns mean.

    Raises:
        AssuranceError: with every fault of the table, by row and column.
    """
    rows = _rows(text, name)
    header, notices = _header(rows[0], name, framework)
    reader = _RowReader(name, framework, header, reference or Reference())
    assessments = []
    seen: dict[tuple[str, str, str, str], int] = {}
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        if any(cell != cell.strip() for cell in row):
            notices = _add(notices, f"{name}: stray blanks around some cells were removed")
        assessment = reader.read(row, number)
        if assessment is None:
            continue
        key = (
            assessment.body.name,
            str(assessment.date),
            str(assessment.published_on),
            assessment.status,
        )
        if key in seen:
            reader.fault(
                "duplicate",
                number,
                "body",
                f"'{assessment.body.name}' again, as in row {seen[key]}",
                "one row for each body and date",
                "remove one of the two",
            )
        seen.setdefault(key, number)
        assessments.append(assessment)
    if reader.faults:
        raise AssuranceError(reader.faults)
    if not assessments:
        raise AssuranceError(
            Fault("missing", name, "no rows below the header", "one row for each body", "add rows")
        )
    return TableAssessments(tuple(assessments), notices)


def _add(notices: tuple[str, ...], notice: str) -> tuple[str, ...]:
    return notices if notice in notices else (*notices, notice)


def _rows(text: str, name: str) -> list[list[str]]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise AssuranceError(
            Fault(
                "bad-syntax",
                name,
                str(error),
                "comma-separated values",
                "save the sheet as CSV UTF-8",
            )
        ) from None
    if len(rows) > MAX_ROWS:
        raise AssuranceError(
            Fault(
                "too-large",
                name,
                f"{len(rows)} rows",
                f"at most {MAX_ROWS} rows",
                "split the table",
            )
        )
    if not rows or not any(cell.strip() for cell in rows[0]):
        raise AssuranceError(
            Fault(
                "bad-table",
                name,
                "no header in the first row",
                "a header row",
                "name the columns in the first row",
            )
        )
    return rows


Columns = dict[str, int]


def _header(row: Sequence[str], name: str, framework: Framework) -> tuple[Columns, tuple[str, ...]]:
    """Return the place of each column under its own id."""
    statements = {s.id: s for version in framework.versions for s in version.statements}
    by_word = {
        fold(word): one.id
        for one in statements.values()
        for word in (one.id, one.name, *one.aliases)
    }
    columns: Columns = {}
    faults: list[Fault] = []
    notices: tuple[str, ...] = ()
    for place, cell in enumerate(row):
        word = cell.strip()
        key = word.casefold() if word.casefold() in FIXED else by_word.get(fold(word), "")
        if word.startswith(JUDGED):
            key = word
        where = f'{name} row 1, column {column_letter(place)} "{word}"'
        if not key:
            known = [*FIXED, *statements, *(one.name for one in statements.values())]
            faults.append(
                Fault("bad-table", where, f"'{word}'", "a known column", nearest(word, known))
            )
        elif key in columns:
            faults.append(
                Fault(
                    "duplicate",
                    where,
                    f"a second column for {key}",
                    "each column once",
                    "remove one of the two",
                )
            )
        elif word != key:
            notices = (*notices, f'{name}: column "{word}" is read as {key}')
        columns.setdefault(key, place)
    if "body" not in columns:
        faults.append(
            Fault(
                "bad-table",
                f"{name} row 1",
                "no column 'body'",
                "a column with the names of the bodies",
                "name that column body",
            )
        )
    if not any(key in statements for key in columns) and "headline" not in columns:
        faults.append(
            Fault(
                "bad-table",
                f"{name} row 1",
                "no statement among the columns",
                f"the statements of {framework.id}",
                "write a template: assurance new assessment --format csv",
            )
        )
    if faults:
        raise AssuranceError(faults)
    return columns, notices


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


class _RowReader:
    """Reads one row after the other and collects the faults of all."""

    def __init__(
        self, name: str, framework: Framework, columns: Columns, reference: Reference
    ) -> None:
        self.name = name
        self.framework = framework
        self.columns = columns
        self.reference = reference
        self.faults: list[Fault] = []
        self._body = ""

    def fault(
        self, code: str, row: int, column: str, found: str, expected: str, remedy: str
    ) -> None:
        who = f" ({self._body})" if self._body else ""
        letter = column_letter(self.columns[column])
        place = f'{self.name} row {row}{who}, column {letter} "{column}"'
        self.faults.append(Fault(code, place, found, expected, remedy))

    def read(self, row: Sequence[str], number: int) -> Assessment | None:
        if len(row) > max(self.columns.values()) + 1 and any(row[max(self.columns.values()) + 1 :]):
            self.faults.append(
                Fault(
                    "bad-table",
                    f"{self.name} row {number}",
                    f"{len(row)} cells",
                    f"{len(self.columns)}, as in the header",
                    "put text with commas in quotes",
                )
            )
            return None

        def cell(column: str) -> str:
            place = self.columns.get(column)
            return row[place].strip() if place is not None and place < len(row) else ""

        self._body = cell("body")
        if not self._body:
            self.fault(
                "missing", number, "body", "nothing", "the name of the body", "write the name"
            )
            return None
        before = len(self.faults)
        date = self._parsed(number, "date", cell("date"), PartialDate.parse)
        published_on = self._parsed(number, "published", cell("published"), PartialDate.parse)
        version = self._version(number, cell("version"), date or published_on)
        status = self._status(number, cell("status"))
        scores = self._scores(number, cell, version) if version else {}
        score = self._whole(number, "score", cell("score"))
        if len(self.faults) > before or version is None:
            return None
        word = fold(cell("headline")).replace(" ", "_")
        return Assessment(
            framework=self.framework.id,
            body=Body(self._body, cell("code")),
            scores=scores,
            version=version.id,
            judged={
                column.removeprefix(JUDGED): fold(cell(column)).replace(" ", "_")
                for column in self.columns
                if column.startswith(JUDGED) and cell(column)
            },
            date=date or published_on,
            published_on=published_on,
            status=status,
            published=Published(word or None, score, self.reference.published_by),
            source=self._source(cell("evidence"), cell("source")),
            note=cell("note"),
        )

    def _parsed(
        self, row: int, column: str, text: str, parse: Callable[[str], PartialDate]
    ) -> PartialDate | None:
        if not text:
            return None
        try:
            return parse(text)
        except AssuranceError as error:
            fault = error.faults[0]
            self.fault(fault.code, row, column, fault.found, fault.expected, fault.remedy)
            return None

    def _version(self, row: int, text: str, date: PartialDate | None) -> FrameworkVersion | None:
        if text:
            found = self.framework.version(text)
            if found is None:
                known = [one.id for one in self.framework.versions]
                self.fault(
                    "unknown-id",
                    row,
                    "version",
                    f"'{text}'",
                    f"a version: {', '.join(known)}",
                    nearest(text, known),
                )
            return found
        if date is None:
            return self.framework.versions[-1]
        on = self.framework.versions_on(date)
        if not on:
            column = "date" if "date" in self.columns else "published"
            listed = "; ".join(f"{one.id} {one.in_force}" for one in self.framework.versions)
            self.fault(
                "no-choice",
                row,
                column,
                f"{date}, which decides no version",
                f"a date in one of: {listed}",
                "add a column version, and name it there",
            )
            return None
        return on[-1]

    def _status(self, row: int, text: str) -> AssessmentStatus:
        for status in STATUSES:
            if text.casefold() == status:
                return status
        if text:
            self.fault(
                "wrong-type",
                row,
                "status",
                f"'{text}'",
                f"one of {', '.join(STATUSES)}",
                nearest(text, STATUSES),
            )
        return "formal"

    def _whole(self, row: int, column: str, text: str) -> int | None:
        if not text:
            return None
        if text.removesuffix("%").strip().isdecimal():
            return int(text.removesuffix("%").strip())
        self.fault(
            "wrong-type",
            row,
            column,
            f"'{text}'",
            "a whole number",
            "write the published number, or leave the cell empty",
        )
        return None

    def _scores(
        self, row: int, cell: Callable[[str], str], version: FrameworkVersion
    ) -> dict[str, Cell]:
        cells: dict[str, Cell] = {}
        own: dict[str, Statement] = {s.id: s for s in version.statements}
        for statement in own.values():
            text = cell(statement.id)
            if not text:
                cells[statement.id] = NOT_KNOWN
                continue
            try:
                cells[statement.id] = Score(read_level_text(text, statement.scale, "").id)
            except AssuranceError as error:
                fault = error.faults[0]
                self.fault(fault.code, row, statement.id, fault.found, fault.expected, fault.remedy)
        fixed = {*FIXED, *own}
        for column in self.columns:
            if column not in fixed and not column.startswith(JUDGED) and cell(column):
                self.fault(
                    "bad-score",
                    row,
                    column,
                    f"'{cell(column)}'",
                    f"an empty cell: version {version.id} has no such statement",
                    "clear the cell, or mend the date or version",
                )
        return cells

    def _source(self, evidence: str, link: str) -> Citation | None:
        if not evidence and not link:
            return None
        status = self.reference.evidence.get(evidence, "unconfirmed")
        return Citation(evidence.replace("_", " ") or "source of the row", status, link)
