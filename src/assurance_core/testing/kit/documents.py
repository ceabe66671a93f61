"""Checks of the documents: valid, in their namespaces, with sources, and in the wheel."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from assurance_core.documents.locate import located_error
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.plugins.hookspecs import FOLDERS
from assurance_core.report.words import count_words
from assurance_core.tables.datasets import read_dataset_table
from assurance_core.testing.kit.findings import Findings
from assurance_core.testing.kit.subject import Subject, namespace


def check_declaration(subject: Subject) -> Findings:
    """Check that the declaration can be read, and that what it names is the plugin's own."""
    faults = list(subject.declaration_faults)
    if subject.declared and subject.info.status == "loaded":
        own = {document.id for document in subject.documents}
        place = "conformance/plugin.yaml: "
        for key, named in (
            ("properties", subject.declared.properties),
            ("data", subject.declared.data),
        ):
            faults += [
                Fault(
                    "unknown-id",
                    f"{place}{key}.{one}",
                    f"'{one}'",
                    "an id of this plugin",
                    "correct the id, or remove the entry",
                )
                for one in named
                if one not in own
            ]
    return Findings("conformance/plugin.yaml", tuple(faults))


def check_documents(subject: Subject) -> Findings:
    """Check that documents are valid, designs compile in every version, and tables are read."""
    info = subject.info
    if info.status != "loaded":
        cause = Fault(
            "plugin",
            f"plugin {info.name}",
            info.cause,
            "a plugin that can be loaded",
            "mend the cause, then check again",
        )
        return Findings("", info.faults or (cause,))
    faults: list[Fault] = []
    notes: list[str] = []
    for document in subject.documents:
        why = subject.registry.unavailable.get(document.id)
        if why and subject.needed_elsewhere(document):
            notes.append(f"{document.id} is not checked: {why}")
        elif why:
            remedy = "correct what it names, or list its namespace under needs: of the declaration"
            found, expected = f"'{document.id}': {why}", "a document that can be used"
            faults.append(document.located.fault("plugin", ("id",), found, expected, remedy))
    for design_id, design in subject.ratable.items():
        faults += _compile_faults(subject, design_id, design)
    for dataset in subject.datasets.values():
        try:
            read_dataset_table(dataset, subject.registry.framework(dataset.framework))
        except AssuranceError as error:
            faults += error.faults
    looked_at = count_words(len(subject.documents), "document")
    return Findings(looked_at, tuple(dict.fromkeys(faults)), tuple(notes))


def _compile_faults(subject: Subject, design_id: str, design: RatingDesign) -> Iterator[Fault]:
    document = subject.document(design_id, "design", "patch")
    for version in design.versions:
        try:
            subject.rule(design_id, version)
        except AssuranceError as error:
            yield from located_error(error, document.located, design.id).faults


def check_namespaces(subject: Subject) -> Findings:
    """Check that ids are in namespaces of the plugin: so two plugins never clash by chance."""
    assert subject.declared
    own = subject.declared.namespaces
    faults = [
        document.located.fault(
            "namespace",
            ("id",),
            f"'{document.id}'",
            f"an id that is {' or '.join(f'{one} or {one}/…' for one in own)}",
            "rename it, or add its namespace to namespaces: of the declaration",
        )
        for document in subject.documents
        if namespace(document.id) not in own
    ]
    used = {namespace(document.id) for document in subject.documents}
    faults += [
        Fault(
            "namespace",
            "conformance/plugin.yaml: namespaces",
            f"'{one}', in which the plugin has nothing",
            "namespaces of the plugin's own ids",
            "remove it",
        )
        for one in own
        if one not in used
    ]
    return Findings(f"{count_words(len(subject.documents), 'id')}", tuple(faults))


def check_sources(subject: Subject) -> Findings:
    """Check that every step, scale, version, consequence and row says where it comes from."""
    faults: list[Fault] = []
    steps = rows = 0
    for design_id, design in subject.ratable.items():
        cited = [
            (f"{judgement.id}.{step.id}", step.source)
            for judgement in design.judgements.values()
            for step in judgement.steps
        ]
        steps += len(cited)
        cited += [(f"consequences.{one.id}", one.source) for one in design.consequences]
        faults += [_no_source(design_id, path) for path, one in cited if one not in design.sources]
    for key, framework in subject.frameworks.items():
        cited = [(f"scales.{name}", scale.source) for name, scale in framework.scales.items()]
        cited += [(f"versions.{one.id}", one.source) for one in framework.versions]
        faults += [_no_source(key, path) for path, one in cited if one not in framework.sources]
    for dataset in subject.datasets.values():
        try:
            framework = subject.registry.framework(dataset.framework)
            assessments = read_dataset_table(dataset, framework).assessments
        except AssuranceError:
            continue  # Told by the check of documents.
        rows += len(assessments)
        faults += [
            _no_source(dataset.table.name, f"{one.body.name} {one.date or ''}".strip())
            for one in assessments
            if one.source is None
        ]
    looked_at = f"{count_words(steps, 'step')}, {count_words(rows, 'row')}"
    return Findings(looked_at, tuple(faults))


def _no_source(where: str, what: str) -> Fault:
    return Fault(
        "missing",
        f"{where}: {what}",
        "no source",
        "where it comes from",
        "name a source, with its status; what is not confirmed is marked unconfirmed",
    )


def check_wheel(subject: Subject) -> Findings:
    """Check that folders of documents are in the wheel, where the plugin's source is at hand."""
    folder = subject.folder
    project = folder / "pyproject.toml" if folder else None
    if folder is None or project is None or not project.is_file():
        return Findings(skipped="the plugin's pyproject.toml is not at hand")
    tree = tomllib.loads(project.read_text("utf-8"))
    if tree.get("build-system", {}).get("build-backend") != "hatchling.build":
        return Findings(skipped="the plugin is not built by hatchling")
    wheel = tree.get("tool", {}).get("hatch", {}).get("build", {}).get("targets", {})
    shipped = wheel.get("wheel", {}).get("force-include", {})
    packages = wheel.get("wheel", {}).get("packages", ["src/PACKAGE"])
    package = str(packages[0]).rpartition("/")[2]
    there = [
        name
        for name in (*FOLDERS, "conformance")
        if (folder / name).is_dir() and any((folder / name).iterdir())
    ]
    faults = [
        Fault(
            "not-shipped",
            "pyproject.toml: tool.hatch.build.targets.wheel.force-include",
            f"no '{name}', which holds documents",
            "every folder of documents",
            f'add "{name}" = "{package}/documents/{name}"',
        )
        for name in there
        if not str(shipped.get(name, "")).endswith(f"/documents/{name}")
    ]
    return Findings(count_words(len(there), "folder"), tuple(faults))
