"""Put the documents of all plugins together: frameworks first, then what reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import define, evolve, field, frozen

from assurance_core.documents.crosswalks import read_crosswalk
from assurance_core.documents.datasets import read_dataset
from assurance_core.documents.designs import read_design
from assurance_core.documents.frameworks import read_framework
from assurance_core.documents.patches import as_document, derived_tree, read_patch
from assurance_core.documents.reader import Document
from assurance_core.model.crosswalk import Crosswalk
from assurance_core.model.dataset import Dataset
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.framework import Framework
from assurance_core.model.patch import Patch
from assurance_core.model.provenance import Provenance


@frozen(eq=False)
class Gift:
    """What one plugin gives: its documents, read and checked, and its step kinds."""

    name: str
    provenance: Provenance
    folder: Path | None
    documents: tuple[Document, ...]
    step_kinds: tuple[Any, ...]


@define
class Given:
    """What all plugins give together, by id."""

    frameworks: dict[str, Framework] = field(factory=dict)
    designs: dict[str, RatingDesign] = field(factory=dict)
    patches: dict[str, Patch] = field(factory=dict)
    crosswalks: dict[str, Crosswalk] = field(factory=dict)
    datasets: dict[str, Dataset] = field(factory=dict)
    step_kinds: dict[str, Any] = field(factory=dict)
    unavailable: dict[str, str] = field(factory=dict)


Failure = tuple[str, AssuranceError]
_Waiting = tuple[Gift, Document]


def assemble(gifts: Sequence[Gift]) -> tuple[Given, Failure | None]:
    """Return everything by id, or the first plugin whose documents do not hold, with the cause."""
    given = Given()
    _step_kinds(gifts, given)
    clashes = _clashes(gifts, given)

    def each(*kinds: str) -> list[_Waiting]:
        return [
            (gift, document)
            for gift in sorted(gifts, key=lambda one: one.name)
            for document in gift.documents
            if document.kind in kinds and document.id not in clashes.get(_space(document), ())
        ]

    try:
        for gift, document in each("framework"):
            framework = _reading(gift, read_framework, document)
            given.frameworks[framework.id] = evolve(framework, provenance=gift.provenance)
        for gift, document in each("design"):
            _add_design(gift, document, given)
        _derived(each("derived-design"), given.designs, given, _add_derived_design)
        for gift, document in each("crosswalk"):
            _add_crosswalk(gift, document, given)
        _derived(each("derived-crosswalk"), given.crosswalks, given, _add_derived_crosswalk)
        for gift, document in each("patch"):
            patch = _reading(gift, read_patch, document)
            given.patches[patch.id] = evolve(patch, provenance=gift.provenance)
        for gift, document in each("dataset"):
            folder = (gift.folder or Path()) / "data"
            dataset = _reading(gift, read_dataset, document, folder)
            given.datasets[dataset.id] = evolve(dataset, provenance=gift.provenance)
    except _Failed as failed:
        return given, (failed.name, failed.error)
    return given, None


class _Failed(Exception):
    def __init__(self, name: str, error: AssuranceError) -> None:
        super().__init__(name)
        self.name = name
        self.error = error


def _reading(gift: Gift, read: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return read(*arguments)
    except AssuranceError as error:
        raise _Failed(gift.name, error) from None


def _space(document: Document) -> str:
    """Return what shares ids: designs and patches are both named where a design is."""
    kind = document.kind.removeprefix("derived-")
    return "design" if kind == "patch" else kind


def _clashes(gifts: Sequence[Gift], given: Given) -> dict[str, set[str]]:
    """Note ids that two plugins give: they are available from neither."""
    owners: dict[tuple[str, str], list[str]] = {}
    for gift in gifts:
        for document in gift.documents:
            owners.setdefault((_space(document), document.id), []).append(str(gift.provenance))
    clashes: dict[str, set[str]] = {}
    for (space, one), plugins in owners.items():
        if len(plugins) > 1:
            listed = " and ".join(sorted(plugins))
            given.unavailable[one] = f"it is given twice, by {listed}: remove one of the two"
            clashes.setdefault(space, set()).add(one)
    return clashes


def _step_kinds(gifts: Sequence[Gift], given: Given) -> None:
    owners: dict[str, list[str]] = {}
    for gift in gifts:
        for kind in gift.step_kinds:
            owners.setdefault(kind.name, []).append(str(gift.provenance))
            given.step_kinds[kind.name] = kind
    for name, plugins in owners.items():
        if len(plugins) > 1:
            del given.step_kinds[name]
            given.unavailable[f"step kind {name}"] = (
                f"it is given twice, by {' and '.join(sorted(plugins))}"
            )


def _framework(given: Given, framework_id: str, document: Document) -> Framework | None:
    """Return a framework, or None after noting why the document is unavailable."""
    framework = given.frameworks.get(framework_id)
    if framework is None:
        given.unavailable[document.id] = (
            f"it needs the framework {framework_id}, which no loaded plugin gives"
        )
    return framework


def _add_design(gift: Gift, document: Document, given: Given) -> None:
    framework = _framework(given, document.tree["framework"], document)
    if framework:
        design = _reading(gift, read_design, document, framework, given.step_kinds)
        given.designs[design.id] = evolve(design, provenance=gift.provenance)


def _derived(
    waiting: list[_Waiting],
    parents: Mapping[str, Any],
    given: Given,
    add: Callable[[Gift, Document, Given], None],
) -> None:
    """Add documents based on others, each once its parent is there."""
    while waiting:
        ready = [(g, d) for g, d in waiting if d.tree["based_on"] in parents]
        if not ready:
            for _, document in waiting:
                parent = document.tree["based_on"]
                given.unavailable[document.id] = (
                    f"it is based on {parent}, which no loaded plugin gives"
                )
            return
        for gift, document in ready:
            add(gift, document, given)
        waiting = [(g, d) for g, d in waiting if d.tree["based_on"] not in parents]


def derive_design(
    document: Document,
    parent: RatingDesign,
    given: Mapping[str, Framework],
    step_kinds: Mapping[str, Any],
) -> RatingDesign:
    """Return a design that is based on another.

    Raises:
        AssuranceError: faults of the edits or of the result, or an unknown framework.
    """
    tree = derived_tree(document, parent.document)
    framework = given.get(tree["framework"])
    if framework is None:
        raise AssuranceError(
            Fault(
                "unknown-id",
                f"{document.located.name}: framework",
                f"'{tree['framework']}'",
                "an installed framework",
                "install the plugin that gives it",
            )
        )
    schemas = {key: kind.schema for key, kind in step_kinds.items()}
    full = as_document(tree, document.located.name, schemas)
    design = read_design(full, framework, step_kinds)
    return evolve(design, lineage=(*parent.lineage, f"based on {parent.id}"))


def _add_derived_design(gift: Gift, document: Document, given: Given) -> None:
    parent = given.designs[document.tree["based_on"]]
    design = _reading(gift, derive_design, document, parent, given.frameworks, given.step_kinds)
    given.designs[design.id] = evolve(design, provenance=gift.provenance)


def _add_crosswalk(gift: Gift, document: Document, given: Given) -> None:
    source = _framework(given, document.tree["from"], document)
    target = _framework(given, document.tree["to"], document)
    if source and target:
        crosswalk = _reading(gift, read_crosswalk, document, source, target)
        given.crosswalks[crosswalk.id] = evolve(crosswalk, provenance=gift.provenance)


def _add_derived_crosswalk(gift: Gift, document: Document, given: Given) -> None:
    parent = given.crosswalks[document.tree["based_on"]]
    tree = _reading(gift, derived_tree, document, parent.document)
    _add_crosswalk(gift, _reading(gift, as_document, tree, document.located.name), given)
