"""One body's scores under one framework version, and what was published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from assurance_core.model.citation import Citation
from assurance_core.model.dates import PartialDate

AssessmentStatus = Literal["formal", "indicative", "provisional", "superseded"]
AbsenceKind = Literal["not_assessed", "not_applicable", "withheld"]


@frozen
class Body:
    """What is assessed: its name as the regulator writes it, and its official code if known."""

    name: str
    code: str = ""


@frozen
class Score:
    """A level given to a statement or an evidence category, by level id.

    Attributes:
        level: the level's id.
        date: when it was given, if that differs from the assessment's date.
        carried_forward: taken over from an earlier assessment.
    """

    level: str
    date: PartialDate | None = None
    carried_forward: bool = False


@frozen
class Absence:
    """There is no score, and it is known why."""

    kind: AbsenceKind
    reason: str


@frozen
class NotKnown:
    """There is a score, but it is not known to us (an empty cell)."""


NOT_KNOWN = NotKnown()
Cell = Score | Absence | NotKnown


@frozen
class Finding:
    """A strength or an area for improvement, in own words. Printed; read by no step."""

    kind: Literal["strength", "improvement"]
    text: str
    source: Citation | None = None
    statement: str = ""


@frozen
class Override:
    """A judgement's final level, replaced by professional judgement, with the reason."""

    level: str
    reason: str


@frozen
class Published:
    """What the regulator published.

    Attributes:
        headline: level id, if one was published.
        score: the published number, as whole number, if one was.
        by: id of the design or series under which it was published.
        consequences: ids of the design's consequences that were published; empty where it is not
            known which were.
    """

    headline: str | None = None
    score: int | None = None
    by: str = ""
    consequences: tuple[str, ...] = ()


@frozen(repr=False)
class Assessment:
    """One body's assessment.

    Attributes:
        framework: id of the framework.
        version: id of its version, or empty: then chosen by date.
        body: what was assessed.
        scores: a cell for each statement, by id.
        evidence: a cell for each evidence category, by `statement.category`.
        judged: levels chosen by the assessor, by judgement.
        overrides: professional judgement, by judgement.
        date: chooses the versions in force; often the inspection's.
        published_on: when the outcome was published.
        status: formal, indicative, provisional or superseded.
        published: what was published, if anything is known.
        findings: strengths and areas for improvement; read by no step.
        source: where the scores come from.
        note: what to know about it.
    """

    framework: str
    body: Body
    scores: Mapping[str, Cell] = field(factory=dict)
    version: str = ""
    evidence: Mapping[str, Cell] = field(factory=dict)
    judged: Mapping[str, str] = field(factory=dict)
    overrides: Mapping[str, Override] = field(factory=dict)
    date: PartialDate | None = None
    published_on: PartialDate | None = None
    status: AssessmentStatus = "formal"
    published: Published = Published()
    findings: tuple[Finding, ...] = ()
    source: Citation | None = None
    note: str = ""

    def complete(self) -> bool:
        """Say whether no cell is unknown to us."""
        return not any(isinstance(cell, NotKnown) for cell in self.scores.values())

    def __repr__(self) -> str:
        """Return whose it is, and its scores in order; what has no level is a dash or a dot."""
        scores = " ".join(map(_shown, self.scores.values()))
        when = f", {self.date}" if self.date else ""
        return f"Assessment({self.body.name!r}, {self.framework} {self.version}{when}: {scores})"


def _shown(cell: Cell) -> str:
    if isinstance(cell, Score):
        return cell.level
    return "·" if isinstance(cell, NotKnown) else "–"
