"""The records of a table: each becomes an assessment, or faults in a spreadsheet's terms."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from assurance_core.documents.scores import read_cell_text
from assurance_core.model.assessment import (
    NOT_KNOWN,
    Assessment,
    AssessmentStatus,
    Body,
    Cell,
    Published,
)
from assurance_core.model.citation import Citation, SourceStatus
from assurance_core.model.dates import PartialDate
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.framework import Framework, FrameworkVersion
from assurance_core.model.scale import Scale, fold
from assurance_core.tables.header import FIXED, JUDGED
from assurance_core.tables.records import Record

STATUSES: tuple[AssessmentStatus, ...] = ("formal", "indicative", "provisional", "superseded")


@frozen
class Reference:
    """What a table's published columns and evidence words mean.

    Attributes:
        published_by: design or series that `headline` and `score` follow.
        evidence: citation status by word of the evidence column.
    """

    published_by: str = ""
    evidence: Mapping[str, SourceStatus] = field(factory=dict)


class RecordReader:
    """Reads one record after the other.

    Attributes:
        assessments: those of the records without a fault, in order.
        faults: of all records.
    """

    def __init__(self, framework: Framework, reference: Reference) -> None:
        self.assessments: list[Assessment] = []
        self.faults: list[Fault] = []
        self._framework = framework
        self._reference = reference
        self._seen: dict[tuple[str, ...], int] = {}
        self._record = Record(0, "")

    def read(self, record: Record) -> None:
        """Read what a table says of one assessment."""
        self._record = record
        before = len(self.faults)
        self.faults += record.faults
        body = self._cell("body")
        if not body and "body" in record.cells:
            found, expected = "nothing", "the name of the body"
            self._fault("body", "missing", found, expected, "write the name")
        undated = len(self.faults)
        dates = {key: self._date(key) for key in ("date", "published")}
        date = dates["date"] or dates["published"]
        version = None
        if not record.shifted:
            if len(self.faults) == undated or self._cell("version"):
                version = self._version("date" if dates["date"] else "published", date)
            if version is None:
                self._check_scores()
        assessment = Assessment(
            framework=self._framework.id,
            body=Body(body, self._cell("code")),
            scores=self._scores(version) if version else {},
            version=version.id if version else "",
            judged=self._judged(),
            date=date,
            published_on=dates["published"],
            status=self._status(),
            published=Published(
                self._word("headline"),
                self._score(),
                self._reference.published_by,
                self._consequences(),
            ),
            source=self._source(),
            note=self._cell("note"),
        )
        if len(self.faults) == before:
            self._keep(assessment)

    def _cell(self, column: str) -> str:
        cell = self._record.cells.get(column)
        return cell.text if cell else ""

    def _fault(self, column: str, code: str, found: str, expected: str, remedy: str) -> None:
        place = self._record.cells[column].place
        self.faults.append(Fault(code, place, found, expected, remedy))

    def _refuse(self, column: str, error: AssuranceError) -> None:
        """Take over what an error says, with the place in the table."""
        for one in error.faults:
            self._fault(column, one.code, one.found, one.expected, one.remedy)

    def _keep(self, one: Assessment) -> None:
        key = (fold(one.body.name), str(one.date), str(one.published_on), one.status)
        if key in self._seen:
            self._fault(
                "body",
                "duplicate",
                f"'{one.body.name}' again, as in row {self._seen[key]}",
                "one row for each body, date and status",
                "remove one of the two",
            )
        self._seen.setdefault(key, self._record.row)
        self.assessments.append(one)

    def _date(self, column: str) -> PartialDate | None:
        text = self._cell(column)
        try:
            return PartialDate.parse(text) if text else None
        except AssuranceError as error:
            self._refuse(column, error)
            return None

    def _version(self, dated_by: str, date: PartialDate | None) -> FrameworkVersion | None:
        text, versions = self._cell("version"), self._framework.versions
        if text:
            found = self._framework.version(text)
            if found is None:
                known = [one.id for one in versions]
                expected = f"a version: {', '.join(known)}"
                self._fault("version", "unknown-id", f"'{text}'", expected, nearest(text, known))
            return found
        if date is None:
            return versions[-1]
        on = self._framework.versions_on(date)
        if not on:
            self._fault(
                dated_by,
                "no-choice",
                f"{date}, which decides no version",
                f"a date in one of: {'; '.join(f'{one.id} {one.in_force}' for one in versions)}",
                "add a column version, and name it there",
            )
            return None
        return on[-1]

    def _status(self) -> AssessmentStatus:
        text = self._cell("status")
        for status in STATUSES:
            if text.casefold() == status:
                return status
        if text:
            expected = f"one of {', '.join(STATUSES)}"
            self._fault("status", "wrong-type", f"'{text}'", expected, nearest(text, STATUSES))
        return "formal"

    def _score(self) -> int | None:
        text = self._cell("score")
        number = text.removesuffix("%").strip()
        if number.isdecimal():
            return int(number)
        if text:
            self._fault(
                "score",
                "wrong-type",
                f"'{text}'",
                "a whole number",
                "write the published number, or leave the cell empty",
            )
        return None

    def _consequences(self) -> tuple[str, ...]:
        """Return ids with semicolons between them; whose they are, the design decides."""
        return tuple(one.strip() for one in self._cell("consequences").split(";") if one.strip())

    def _judged(self) -> dict[str, str]:
        keys = [key for key in self._record.cells if key.startswith(JUDGED)]
        words = {key.removeprefix(JUDGED): self._word(key) for key in keys}
        return {judgement: word for judgement, word in words.items() if word is not None}

    def _word(self, column: str) -> str | None:
        """Return the level id of a grade word; which scale it is of, the design decides."""
        text = self._cell(column)
        if not text:
            return None
        scales = self._framework.scales.values()
        for scale in scales:
            if fold(text) in scale.by_word:
                return scale.by_word[fold(text)].id
        known = list(dict.fromkeys(level.name for scale in scales for level in scale.levels))
        expected = f"a level of {self._framework.id}"
        self._fault(column, "bad-level", f"'{text}'", expected, nearest(text, known))
        return None

    def _scores(self, version: FrameworkVersion) -> dict[str, Cell]:
        cells: dict[str, Cell] = {}
        for statement in version.statements:
            text = self._cell(statement.id)
            cells[statement.id] = NOT_KNOWN
            if text:
                try:
                    cells[statement.id] = read_cell_text(text, statement.scale, "")
                except AssuranceError as error:
                    self._refuse(statement.id, error)
        for column in self._record.cells:
            elsewhere = column not in FIXED and not column.startswith(JUDGED)
            if elsewhere and column not in cells and self._cell(column):
                self._fault(
                    column,
                    "bad-score",
                    f"'{self._cell(column)}'",
                    f"an empty cell: version {version.id} has no such statement",
                    "clear the cell, or mend the date or version",
                )
        return cells

    def _check_scores(self) -> None:
        """Note what is no score under any version, where it cannot be told which holds."""
        scales: dict[str, list[Scale]] = {}
        for version in self._framework.versions:
            for statement in version.statements:
                scales.setdefault(statement.id, []).append(statement.scale)
        for column, fitting in scales.items():
            text, errors = self._cell(column), []
            for scale in fitting if text else ():
                try:
                    read_cell_text(text, scale, "")
                except AssuranceError as error:
                    errors.append(error)
            if text and len(errors) == len(fitting):
                self._refuse(column, errors[-1])

    def _source(self) -> Citation | None:
        evidence, link = self._cell("evidence"), self._cell("source")
        if not evidence and not link:
            return None
        status = self._reference.evidence.get(evidence, "unconfirmed")
        return Citation(evidence.replace("_", " ") or "source of the row", status, link)
