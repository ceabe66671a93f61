"""A table of published assessments, with what is known about it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen

from assurance_core.model.assessment import Finding
from assurance_core.model.citation import Citation, SourceStatus
from assurance_core.model.provenance import UNKNOWN_ORIGIN, Provenance


@frozen
class EvidenceKind:
    """What a word in a table's evidence column means, and how far it can be relied on."""

    status: SourceStatus
    meaning: str


@frozen
class Reading:
    """One of several things that sources say."""

    says: str
    source: Citation


@frozen
class Disagreement:
    """Sources that say different things, and what this data adopts."""

    id: str
    about: str
    readings: tuple[Reading, ...]
    adopted: str
    bodies: tuple[str, ...] = ()


@frozen
class Dataset:
    """Published assessments in a table beside a document that describes it.

    Attributes:
        id: unique among installed plugins.
        framework: id of the framework.
        table: the CSV file.
        published_by: design or series that the published headline and score follow.
        evidence: meaning of the words in the evidence column.
        findings: strengths and improvements by body.
        bodies_total: how many bodies there are in all.
        coverage_note: what the coverage means.
    """

    id: str
    name: str
    framework: str
    table: Path
    sources: Mapping[str, Citation]
    evidence: Mapping[str, EvidenceKind] = field(factory=dict)
    published_by: str = ""
    as_at: str = ""
    bodies_total: int | None = None
    coverage_note: str = ""
    disagreements: tuple[Disagreement, ...] = ()
    findings: Mapping[str, tuple[Finding, ...]] = field(factory=dict)
    notes: tuple[str, ...] = ()
    provenance: Provenance = UNKNOWN_ORIGIN
