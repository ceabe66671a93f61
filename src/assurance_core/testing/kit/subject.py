"""The plugin that is checked: its documents, what it declares, and everything loaded beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from attrs import frozen

from assurance_core.documents.conformance import read_conformance
from assurance_core.documents.files import read_text
from assurance_core.documents.reader import Document, read_document_text
from assurance_core.documents.schemas import step_schemas
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.audit import Audit, audit
from assurance_core.model.conformance import Conformance
from assurance_core.model.crosswalk import Crosswalk
from assurance_core.model.dataset import Dataset
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.framework import Framework
from assurance_core.plugins import Registry
from assurance_core.plugins.loader import one_spelling, plugin_documents
from assurance_core.plugins.registry import PluginInfo

DECLARATION = "conformance/plugin.yaml"
_REFERENCES = ("framework", "from", "to", "based_on", "applies_to")

T = TypeVar("T")


@frozen(eq=False, repr=False)
class Subject:
    """A plugin under check.

    Attributes:
        info: how it was found and loaded.
        registry: everything that is loaded, the plugin included.
        documents: the plugin's own, with their places.
        declared: its declaration; None where there is none that can be read.
        declaration_faults: why there is none.
        rule: a design or patch, compiled for one framework version; each once.
        audited: the same, audited as far as requirements read it.
    """

    info: PluginInfo
    registry: Registry
    documents: tuple[Document, ...]
    declared: Conformance | None
    declaration_faults: tuple[Fault, ...]
    rule: Callable[[str, str], CompiledDesign]
    audited: Callable[[str, str], Audit]

    @property
    def folder(self) -> Path | None:
        """Where its documents are."""
        return Path(self.info.folder) if self.info.status == "loaded" else None

    @property
    def frameworks(self) -> dict[str, Framework]:
        """Its own frameworks that can be used, by id."""
        return self._own(self.registry.frameworks, "framework")

    @property
    def designs(self) -> dict[str, RatingDesign]:
        """Its own designs that can be used, by id; patches are not among them."""
        return self._own(self.registry.designs, "design")

    @property
    def ratable(self) -> dict[str, RatingDesign]:
        """Its own designs, and the what-if that each of its patches makes, by id."""
        patched = self._own(self.registry.patches, "patch")
        return {**self.designs, **{one: self.registry.design(one) for one in patched}}

    @property
    def crosswalks(self) -> dict[str, Crosswalk]:
        """Its own crosswalks that can be used, by id."""
        return self._own(self.registry.crosswalks, "crosswalk")

    @property
    def datasets(self) -> dict[str, Dataset]:
        """Its own datasets that can be used, by id."""
        return self._own(self.registry.datasets, "dataset")

    def document(self, document_id: str, *kinds: str) -> Document:
        """Return one of its own documents: of these kinds, as ids of several kinds may be alike.

        Raises:
            LookupError: it has no such document.
        """
        for one in self.documents:
            if one.id == document_id and plain_kind(one) in kinds:
                return one
        raise LookupError(f"{self.info.name} has no {' or '.join(kinds)} {document_id}")

    def needed_elsewhere(self, document: Document) -> bool:
        """Say whether a document names something of a plugin that the declaration says it needs."""
        needs = self.declared.needs if self.declared else ()
        named = (str(document.tree.get(key, "")) for key in _REFERENCES)
        return any(namespace(one) in needs for one in named)

    def _own(self, loaded: Mapping[str, T], kind: str) -> dict[str, T]:
        own = sorted(one.id for one in self.documents if plain_kind(one) == kind)
        return {one: loaded[one] for one in own if one in loaded}

    def __repr__(self) -> str:
        """Return its name: the whole value would fill the screen."""
        return f"Subject({self.info.name!r}, {len(self.documents)} documents)"


def namespace(document_id: str) -> str:
    """Return what stands before the `/` of an id; all of it where there is none."""
    return document_id.partition("/")[0]


def plain_kind(document: Document) -> str:
    """Return a document's kind, whether it is full or derived from another."""
    return document.kind.removeprefix("derived-")


def find_subject(name: str, registry: Registry) -> Subject:
    """Return an installed plugin to check, by its name or that of its distribution.

    Raises:
        AssuranceError: `unknown-id`, where there is no such plugin, or it is not allowed.
    """
    info = _info(name, registry.plugins)
    documents: tuple[Document, ...] = ()
    folder = Path(info.folder)
    if info.status == "loaded" and folder.is_dir():
        documents = tuple(plugin_documents(folder, step_schemas(registry.step_kinds)))
    declared, faults = _declaration(folder)

    @cache
    def rule(design_id: str, version: str) -> CompiledDesign:
        return compile_design(registry.design(design_id), version)

    @cache
    def audited(design_id: str, version: str) -> Audit:
        return audit(rule(design_id, version), settling=False)

    return Subject(info, registry, documents, declared, faults, rule, audited)


def _info(name: str, plugins: Iterable[PluginInfo]) -> PluginInfo:
    known = {
        one_spelling(word): one
        for one in plugins
        for word in (one.provenance.distribution, one.name)
    }
    found = known.get(one_spelling(name))
    if found is None or found.status == "not allowed":
        names = sorted({one.name for one in known.values()})
        remedy = nearest(name, names) if names else "install the plugin: there is none"
        raise AssuranceError(
            Fault(
                "unknown-id",
                "plugin",
                f"'{name}'" + (", which is not allowed" if found else ""),
                "the name of an installed plugin",
                f"allow {found.name} with --plugins or ASSURANCE_PLUGINS" if found else remedy,
            )
        )
    return found


def _declaration(folder: Path) -> tuple[Conformance | None, tuple[Fault, ...]]:
    """Return the declaration, or why there is none."""
    file = folder / DECLARATION
    if not file.is_file():
        fault = Fault(
            "missing",
            DECLARATION,
            "no such file",
            "what the plugin declares of itself",
            "write it, with format: assurance/conformance/1 and namespaces: as its first lines",
        )
        return None, (fault,)
    try:
        document = read_document_text(read_text(file, name=DECLARATION), DECLARATION)
        if document.kind != "conformance":
            found, expected = (
                f"a document of the kind {document.kind}",
                "one of the kind conformance",
            )
            remedy = "write format: assurance/conformance/1"
            fault = document.located.fault("unknown-format", ("format",), found, expected, remedy)
            return None, (fault,)
    except AssuranceError as error:
        return None, error.faults
    return read_conformance(document), ()
