"""Dataset documents: what is known about a table of published assessments."""

from __future__ import annotations

from pathlib import Path as FilePath

from assurance_core.documents.reader import Document
from assurance_core.documents.structure import Faults, read_sources, structure
from assurance_core.model.assessment import Finding
from assurance_core.model.dataset import Dataset, Disagreement, EvidenceKind, Reading
from assurance_core.model.framework import Framework


def read_dataset(document: Document, framework: Framework, folder: FilePath) -> Dataset:
    """Return the dataset of a checked document; raise with all its faults.

    Args:
        document: the checked document.
        framework: the framework of its assessments.
        folder: where its table lies.
    """
    tree, faults = document.tree, Faults(document.located)
    sources = read_sources(tree["sources"])
    disagreements = []
    for i, one in enumerate(tree.get("disagreements", ())):
        readings = []
        for j, reading in enumerate(one["readings"]):
            place = ("disagreements", i, "readings", j, "source")
            if faults.known(reading["source"], sources, place, "the id of a source"):
                readings.append(Reading(reading["says"], sources[reading["source"]]))
        disagreements.append(
            Disagreement(
                one["id"],
                one["about"],
                tuple(readings),
                one["adopted"],
                tuple(one.get("bodies", ())),
            )
        )
    statements = {s.id: s for version in framework.versions for s in version.statements}
    findings: dict[str, list[Finding]] = {}
    for i, one in enumerate(tree.get("findings", ())):
        path = ("findings", i)
        if "statement" in one:
            what = f"a statement of {framework.id}"
            faults.known(one["statement"], statements, (*path, "statement"), what)
        if faults.known(one["source"], sources, (*path, "source"), "the id of a source"):
            finding = Finding(
                one["kind"], one["text"], sources[one["source"]], one.get("statement", "")
            )
            findings.setdefault(one["body"], []).append(finding)
    table = folder / tree["table"]
    if not table.is_file():
        found = f"'{tree['table']}', which is not there"
        faults.add("file", ("table",), found, "a CSV file beside the document", "check the name")
    faults.raise_if_any()
    coverage = tree.get("coverage", {})
    return Dataset(
        id=tree["id"],
        name=tree["name"],
        framework=tree["framework"],
        table=table,
        sources=sources,
        evidence={key: structure(v, EvidenceKind) for key, v in tree.get("evidence", {}).items()},
        published_by=tree.get("published_by", ""),
        as_at=str(tree.get("as_at", "")),
        bodies_total=coverage.get("bodies_total"),
        coverage_note=coverage.get("note", ""),
        disagreements=tuple(disagreements),
        findings={body: tuple(listed) for body, listed in findings.items()},
        notes=tuple(tree.get("notes", ())),
    )
