"""Put the documents of all plugins together: frameworks first, then what reads them."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import define, evolve, field, frozen

from assurance_core.documents.crosswalks import read_crosswalk
from assurance_core.documents.datasets import read_dataset
from assurance_core.documents.designs import read_design
from assurance_core.documents.frameworks import read_framework
from assurance_core.documents.patches import as_document, derive_design, derived_tree, read_patch
from assurance_core.documents.reader import Document
from assurance_core.model.crosswalk import Crosswalk
from assurance_core.model.dataset import Dataset
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
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

    def each(kind: str) -> list[_Waiting]:
        return [
            (gift, document)
            for gift in sorted(gifts, key=lambda one: one.name)
            for document in gift.documents
            if document.kind == kind and (id_space(document), document.id) not in clashes
        ]

    try:
        for gift, document in each("framework"):
            framework = _reading(gift, read_framework, document)
            given.frameworks[framework.id] = evolve(framework, provenance=gift.provenance)
        for gift, document in each("design"):
            _add_design(gift, document, given)
        _behind(each("derived-design"), "based_on", given.designs, given, _add_derived_design)
        for gift, document in each("crosswalk"):
            _add_crosswalk(gift, document, given)
        _behind(
            each("derived-crosswalk"), "based_on", given.crosswalks, given, _add_derived_crosswalk
        )
        targets: ChainMap[str, Any] = ChainMap(given.patches, given.designs)
        _behind(each("patch"), "applies_to", targets, given, _add_patch)
        for gift, document in each("dataset"):
            _add_dataset(gift, document, given)
    except _FailedError as failed:
        return given, (failed.name, failed.error)
    return given, None


class _FailedError(Exception):
    """A document of a plugin does not hold."""

    def __init__(self, name: str, error: AssuranceError) -> None:
        super().__init__(name)
        self.name = name
        self.error = error


def _reading(gift: Gift, read: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return read(*arguments)
    except AssuranceError as error:
        raise _FailedError(gift.name, error) from None


def id_space(document: Document) -> str:
    """Return what shares ids: designs and patches are both named where a design is."""
    kind = document.kind.removeprefix("derived-")
    return "design" if kind == "patch" else kind


def _clashes(gifts: Sequence[Gift], given: Given) -> set[tuple[str, str]]:
    """Note ids that two plugins give: they are available from neither."""
    owners: dict[tuple[str, str], list[Gift]] = {}
    for gift in gifts:
        for document in gift.documents:
            owners.setdefault((id_space(document), document.id), []).append(gift)
    clashes = {key for key, plugins in owners.items() if len(plugins) > 1}
    for space, one in clashes:
        given.unavailable[one] = _twice(owners[space, one])
    return clashes


def _twice(gifts: Sequence[Gift]) -> str:
    listed = " and ".join(sorted(f"{gift.name} ({gift.provenance})" for gift in gifts))
    return f"the plugins {listed} both give it: remove one of the two"


def _step_kinds(gifts: Sequence[Gift], given: Given) -> None:
    owners: dict[str, list[Gift]] = {}
    for gift in gifts:
        for kind in gift.step_kinds:
            owners.setdefault(kind.name, []).append(gift)
            given.step_kinds[kind.name] = kind
    for name, plugins in owners.items():
        if len(plugins) > 1:
            del given.step_kinds[name]
            given.unavailable[f"step kind {name}"] = _twice(plugins)


def _framework(given: Given, framework_id: str, document: Document) -> Framework | None:
    """Return a framework, or None after noting why the document is unavailable."""
    framework = given.frameworks.get(framework_id)
    if framework is None:
        given.unavailable[document.id] = _needs(
            f"needs the framework {framework_id}", framework_id, given
        )
    return framework


def _needs(words: str, wanted: str, given: Given) -> str:
    """Say why something that needs something else is unavailable."""
    why = given.unavailable.get(wanted)
    return f"it {words}, which " + (f"is unavailable: {why}" if why else "no loaded plugin gives")


def _add_design(gift: Gift, document: Document, given: Given) -> None:
    framework = _framework(given, document.tree["framework"], document)
    if framework:
        design = _reading(gift, read_design, document, framework, given.step_kinds)
        given.designs[design.id] = evolve(design, provenance=gift.provenance)


def _behind(
    waiting: list[_Waiting],
    key: str,
    there: Mapping[str, Any],
    given: Given,
    add: Callable[[Gift, Document, Given], None],
) -> None:
    """Add documents that name another one, each once that one is there."""
    verb = key.replace("_", " ").replace("based", "is based")
    ids = {document.id: document.tree[key] for _, document in waiting}
    while waiting:
        ready = [one for one in waiting if one[1].tree[key] in there]
        if not ready:
            break
        # Before they are added: what they make ready waits for the next round.
        waiting = [one for one in waiting if one[1].tree[key] not in there]
        for gift, document in ready:
            add(gift, document, given)
    # Those named outside give their reason first, so that what hangs on them can repeat it.
    for _, document in sorted(waiting, key=lambda one: one[1].tree[key] in ids):
        chain = [document.id]
        while chain[-1] in ids and chain[-1] not in chain[:-1]:
            chain.append(ids[chain[-1]])
        reason = _needs(f"{verb} {ids[document.id]}", ids[document.id], given)
        if chain.count(chain[-1]) > 1:
            reason = f"it {verb} itself in a circle: {' → '.join(chain)}"
        given.unavailable[document.id] = reason


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


def _add_patch(gift: Gift, document: Document, given: Given) -> None:
    patch = _reading(gift, read_patch, document)
    given.patches[patch.id] = evolve(patch, provenance=gift.provenance)


def _add_dataset(gift: Gift, document: Document, given: Given) -> None:
    framework = _framework(given, document.tree["framework"], document)
    if framework:
        folder = (gift.folder or Path()) / "data"
        dataset = _reading(gift, read_dataset, document, framework, folder)
        given.datasets[dataset.id] = evolve(dataset, provenance=gift.provenance)
