"""Assessment documents: one body's scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assurance_core.documents.located import Path
from assurance_core.documents.reader import Document
from assurance_core.documents.scores import read_level
from assurance_core.documents.structure import Faults, read_sources
from assurance_core.model.assessment import (
    NOT_KNOWN,
    Absence,
    AbsenceKind,
    Assessment,
    Body,
    Cell,
    Finding,
    Override,
    Published,
    Score,
)
from assurance_core.model.dates import PartialDate
from assurance_core.model.errors import AssuranceError, nearest
from assurance_core.model.framework import Framework, FrameworkVersion
from assurance_core.model.scale import Scale

ABSENCES: tuple[AbsenceKind, ...] = ("not_assessed", "not_applicable", "withheld")


def read_assessment(document: Document, framework: Framework) -> Assessment:
    """Return the assessment of a checked document; raise with all its faults.

    Statements may be named by id, name or alias. Every statement of the version must be there:
    an empty value says that its score is not known to us.
    """
    tree, faults = document.tree, Faults(document.located)
    version = _version(tree, framework, faults)
    sources = read_sources(tree.get("sources", {}))
    source = None
    if "source" in tree and faults.known(
        tree["source"], sources, ("source",), "the id of a source"
    ):
        source = sources[tree["source"]]
    dates = {key: _date(tree, key, faults) for key in ("date", "published_on")}
    scores = _scores(tree, version, faults)
    evidence = _evidence(tree, version, faults)
    if "scores" not in tree and "evidence" not in tree:
        faults.add("missing", (), "neither scores nor evidence", "one of the two", "add scores:")
    faults.raise_if_any()
    body = tree["body"]
    published = tree.get("published", {})
    return Assessment(
        framework=framework.id,
        body=Body(body) if isinstance(body, str) else Body(body["name"], body.get("code", "")),
        scores=scores,
        version=str(tree.get("version", "")),
        evidence=evidence,
        judged=tree.get("judged", {}),
        overrides={
            key: Override(one["level"], one["reason"])
            for key, one in tree.get("overrides", {}).items()
        },
        date=dates["date"],
        published_on=dates["published_on"],
        status=tree.get("status", "formal"),
        published=Published(
            published.get("headline"), published.get("score"), published.get("by", "")
        ),
        findings=tuple(
            Finding(
                one["kind"],
                one["text"],
                sources.get(one.get("source", "")),
                one.get("statement", ""),
            )
            for one in tree.get("findings", ())
        ),
        source=source,
        note=tree.get("note", ""),
    )


def _version(tree: Mapping[str, Any], framework: Framework, faults: Faults) -> FrameworkVersion:
    if "version" in tree:
        ids = [version.id for version in framework.versions]
        if faults.known(tree["version"], ids, ("version",), f"a version of {framework.id}"):
            found = framework.version(tree["version"])
            assert found is not None
            return found
    date = tree.get("date")
    if date is not None:
        try:
            on = framework.versions_on(PartialDate.parse(str(date)))
        except AssuranceError:
            on = None
        if on:
            return on[-1]
    return framework.versions[-1]


def _date(tree: Mapping[str, Any], key: str, faults: Faults) -> PartialDate | None:
    if key not in tree:
        return None
    try:
        return PartialDate.parse(str(tree[key]))
    except AssuranceError as error:
        faults.absorb((key,), error)
        return None


def _scores(tree: Mapping[str, Any], version: FrameworkVersion, faults: Faults) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    names = [word for s in version.statements for word in (s.id, s.name)]
    for key, value in tree.get("scores", {}).items():
        path: Path = ("scores", key)
        statement = version.find_statement(key)
        if statement is None:
            faults.add(
                "unknown-id",
                path,
                f"'{key}'",
                f"a statement of version {version.id}",
                nearest(key, names),
            )
        elif statement.id in cells:
            faults.add(
                "duplicate",
                path,
                f"'{key}', which is {statement.id}, again",
                "each statement once",
                "remove one of the two",
            )
        else:
            cells[statement.id] = _cell(value, statement.scale, path, faults)
    if "scores" in tree:
        for statement in version.statements:
            if statement.id not in cells:
                faults.add(
                    "missing",
                    ("scores",),
                    f"no '{statement.id}'",
                    "each statement of the version",
                    f"add {statement.id}: with a score, or with nothing where it is not known",
                )
    return cells


def _evidence(
    tree: Mapping[str, Any], version: FrameworkVersion, faults: Faults
) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    known = version.evidence_categories
    for key, categories in tree.get("evidence", {}).items():
        statement = version.find_statement(key)
        if statement is None:
            faults.add(
                "unknown-id",
                ("evidence", key),
                f"'{key}'",
                f"a statement of version {version.id}",
                nearest(key, version.statement_ids()),
            )
            continue
        for category, value in categories.items():
            path: Path = ("evidence", key, category)
            if faults.known(
                category, list(known), path, "an evidence category in use in this version"
            ):
                cells[f"{statement.id}.{category}"] = _cell(value, statement.scale, path, faults)
    return cells


def _cell(value: Any, scale: Scale, path: Path, faults: Faults) -> Cell:
    if value is None:
        return NOT_KNOWN
    if not isinstance(value, dict):
        return _score(value, scale, path, faults)
    reasons = [key for key in ABSENCES if key in value]
    if len(reasons) + ("score" in value) != 1 or (reasons and len(value) > 1):
        faults.add(
            "bad-score",
            path,
            f"a mapping with {', '.join(value) or 'nothing'}",
            "score:, or one of not_assessed:, not_applicable:, withheld:",
            "keep one of them",
        )
        return NOT_KNOWN
    if reasons:
        return Absence(reasons[0], value[reasons[0]])
    date = None
    if "date" in value:
        try:
            date = PartialDate.parse(str(value["date"]))
        except AssuranceError as error:
            faults.absorb((*path, "date"), error)
    return _score(
        value["score"], scale, (*path, "score"), faults, date, value.get("carried_forward", False)
    )


def _score(
    value: Any,
    scale: Scale,
    path: Path,
    faults: Faults,
    date: PartialDate | None = None,
    carried_forward: bool = False,
) -> Cell:
    try:
        return Score(read_level(value, scale, "").id, date, carried_forward)
    except AssuranceError as error:
        faults.absorb(path, error)
        return NOT_KNOWN


def assessment_document(assessment: Assessment) -> dict[str, Any]:
    """Return an assessment as a document's tree, to be written or kept in a receipt."""
    tree: dict[str, Any] = {"format": "assurance/assessment/1", "framework": assessment.framework}
    if assessment.version:
        tree["version"] = assessment.version
    body = assessment.body
    tree["body"] = {"name": body.name, "code": body.code} if body.code else body.name
    for key, date in (("date", assessment.date), ("published_on", assessment.published_on)):
        if date:
            tree[key] = date.text
    if assessment.status != "formal":
        tree["status"] = assessment.status
    if assessment.scores:
        tree["scores"] = {key: _cell_value(cell) for key, cell in assessment.scores.items()}
    evidence: dict[str, dict[str, Any]] = {}
    for key, cell in assessment.evidence.items():
        statement, _, category = key.partition(".")
        evidence.setdefault(statement, {})[category] = _cell_value(cell)
    if evidence:
        tree["evidence"] = evidence
    if assessment.judged:
        tree["judged"] = dict(assessment.judged)
    if assessment.overrides:
        tree["overrides"] = {
            key: {"level": one.level, "reason": one.reason}
            for key, one in assessment.overrides.items()
        }
    published = {
        "headline": assessment.published.headline,
        "score": assessment.published.score,
        "by": assessment.published.by or None,
    }
    if assessment.published.headline or assessment.published.score is not None:
        tree["published"] = {key: value for key, value in published.items() if value is not None}
    _add_sources(tree, assessment)
    if assessment.note:
        tree["note"] = assessment.note
    return tree


def _add_sources(tree: dict[str, Any], assessment: Assessment) -> None:
    sources: dict[str, Any] = {}

    def cite(citation: Any) -> str:
        fields = ("title", "status", "link", "date", "author", "note")
        value = {key: getattr(citation, key) for key in fields if getattr(citation, key)}
        for key, known in sources.items():
            if known == value:
                return key
        key = citation.id or f"source-{len(sources) + 1}"
        sources[key] = value
        return str(key)

    findings = []
    for one in assessment.findings:
        finding: dict[str, Any] = {"kind": one.kind, "text": one.text}
        if one.statement:
            finding["statement"] = one.statement
        if one.source:
            finding["source"] = cite(one.source)
        findings.append(finding)
    if findings:
        tree["findings"] = findings
    if assessment.source:
        tree["source"] = cite(assessment.source)
    if sources:
        tree["sources"] = sources


def _cell_value(cell: Cell) -> Any:
    if isinstance(cell, Absence):
        return {cell.kind: cell.reason}
    if not isinstance(cell, Score):
        return None
    level: Any = int(cell.level) if cell.level.isdigit() else cell.level
    if cell.date is None and not cell.carried_forward:
        return level
    value = {"score": level}
    if cell.date:
        value["date"] = cell.date.text
    if cell.carried_forward:
        value["carried_forward"] = True
    return value
