"""Assessment documents: one body's scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assurance_core.documents.paths import Path
from assurance_core.documents.reader import Document
from assurance_core.documents.scores import ABSENCES, read_level
from assurance_core.documents.structure import Faults, read_date, read_sources
from assurance_core.model.assessment import (
    NOT_KNOWN,
    Absence,
    Assessment,
    Body,
    Cell,
    Finding,
    Override,
    Published,
    Score,
)
from assurance_core.model.dates import PartialDate
from assurance_core.model.errors import AssuranceError
from assurance_core.model.framework import Framework, FrameworkVersion, Statement
from assurance_core.model.scale import Scale


def read_assessment(document: Document, framework: Framework) -> Assessment:
    """Return the assessment of a checked document; raise with all its faults.

    Statements may be named by id, name or alias. Every statement of the version must be there:
    an empty value says that its score is not known to us.
    """
    tree, faults = document.tree, Faults(document.located)
    version = _version(tree, framework, faults)
    faults.raise_if_any()  # The version decides what else can be at fault.
    sources = read_sources(tree.get("sources", {}))
    said: list[tuple[Path, str]] = []
    if "source" in tree:
        said.append((("source",), tree["source"]))
    findings = tree.get("findings", ())
    said += [
        (("findings", i, "source"), f["source"]) for i, f in enumerate(findings) if "source" in f
    ]
    for path, source in said:
        faults.known(source, sources, path, "the id of a source")
    for i, finding in enumerate(findings):
        if "statement" in finding:
            _statement(finding["statement"], version, ("findings", i, "statement"), faults)
    scores = _scores(tree, version, faults)
    evidence = _evidence(tree, version, faults)
    if version.statements and "scores" not in tree and "evidence" not in tree:
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
        judged={key: str(level) for key, level in tree.get("judged", {}).items()},
        overrides={
            key: Override(str(one["level"]), one["reason"])
            for key, one in tree.get("overrides", {}).items()
        },
        date=read_date(tree.get("date")),
        published_on=read_date(tree.get("published_on")),
        status=tree.get("status", "formal"),
        published=Published(
            None if "headline" not in published else str(published["headline"]),
            published.get("score"),
            published.get("by", ""),
            tuple(published.get("consequences", ())),
        ),
        findings=tuple(
            Finding(
                one["kind"],
                one["text"],
                sources.get(one.get("source", "")),
                one.get("statement", ""),
            )
            for one in findings
        ),
        source=sources[tree["source"]] if "source" in tree else None,
        note=tree.get("note", ""),
    )


def _version(tree: Mapping[str, Any], framework: Framework, faults: Faults) -> FrameworkVersion:
    """Return the version whose statements count: the named one, else by date, else the newest."""
    newest = framework.versions[-1]
    if "version" in tree:
        ids = [version.id for version in framework.versions]
        faults.known(tree["version"], ids, ("version",), f"a version of {framework.id}")
        return framework.version(tree["version"]) or newest
    date = read_date(tree.get("date"))
    found = framework.versions_on(date) if date else (newest,)
    if not found:
        faults.add(
            "no-choice",
            ("date",),
            f"{date}, when {'no' if found == () else 'it is not sure which'} version was in force",
            f"a date in one of: {'; '.join(f'{v.id} {v.in_force}' for v in framework.versions)}",
            "name the version, with version:",
        )
    return found[-1] if found else newest


def _statement(
    word: str, version: FrameworkVersion, path: Path, faults: Faults, at_key: bool = False
) -> Statement | None:
    """Return the statement with this id, name or alias; note a fault if there is none."""
    found = version.find_statement(word)
    if found is None:
        names = [name for one in version.statements for name in (one.id, one.name)]
        faults.known(word, names, path, f"a statement of version {version.id}", at_key)
    return found


def _scores(tree: Mapping[str, Any], version: FrameworkVersion, faults: Faults) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for key, value in tree.get("scores", {}).items():
        path: Path = ("scores", key)
        statement = _statement(key, version, path, faults, at_key=True)
        if statement is None:
            continue
        if statement.id in cells:
            found = f"'{key}', which is {statement.id}, again"
            remedy = "remove one of the two"
            faults.add("duplicate", path, found, "each statement once", remedy, at_key=True)
        cells[statement.id] = _cell(value, statement.scale, path, faults)
    if "scores" in tree:
        for statement in version.statements:
            if statement.id not in cells:
                remedy = f"add {statement.id}: with a score, or with nothing if it is not known"
                expected = f"each statement of version {version.id}"
                faults.add("missing", ("scores",), f"no '{statement.id}'", expected, remedy)
    return cells


def _evidence(
    tree: Mapping[str, Any], version: FrameworkVersion, faults: Faults
) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    known, what = version.evidence_categories, f"an evidence category of version {version.id}"
    for key, categories in tree.get("evidence", {}).items():
        statement = _statement(key, version, ("evidence", key), faults, at_key=True)
        if statement is None:
            continue
        for category, value in categories.items():
            path: Path = ("evidence", key, category)
            if faults.known(category, known, path, what, at_key=True):
                cells[f"{statement.id}.{category}"] = _cell(value, statement.scale, path, faults)
    return cells


def _cell(value: Any, scale: Scale, path: Path, faults: Faults) -> Cell:
    if value is None:
        return NOT_KNOWN
    if not isinstance(value, dict):
        return _score(value, scale, path, faults)
    if not faults.one_of(value, ("score", *ABSENCES), path):
        return NOT_KNOWN
    for kind in ABSENCES:
        if kind in value:
            for key in value:
                if key != kind:
                    place, found = (*path, key), f"'{key}' beside {kind}"
                    faults.add("unknown-key", place, found, f"{kind} alone", "remove it", True)
            return Absence(kind, value[kind])
    date = read_date(value.get("date"))
    carried = value.get("carried_forward", False)
    return _score(value["score"], scale, (*path, "score"), faults, date, carried)


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
        "consequences": list(assessment.published.consequences) or None,
    }
    if any(value is not None for value in published.values()):
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
        while key in sources:  # Another document's source of the same id.
            key += "-2"
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
