"""Patch documents, designs based on others, and what-ifs: one mechanism."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve

from assurance_core.documents.designs import read_design, renamed
from assurance_core.documents.edit_words import name_with_edits
from assurance_core.documents.edits import apply_edits, edit_sources, read_edits
from assurance_core.documents.locate import located_error
from assurance_core.documents.located import Located, shown
from assurance_core.documents.reader import Document, check_document
from assurance_core.documents.schemas import StepSchemas, step_schemas
from assurance_core.documents.structure import Faults, read_sources
from assurance_core.documents.texts import read_located
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.framework import Framework
from assurance_core.model.patch import Edit, Patch

_NOT_INHERITED = ("series", "in_force", "examples", "declares", "unreachable", "notes")
_OF_DERIVED = ("format", "based_on", "edits", "sources")
USER_SOURCE = "what-if"
_USER = "The edit of whoever asked this what-if"


def read_patch(document: Document) -> Patch:
    """Return the patch of a checked document; raise with all its faults."""
    tree, faults = document.tree, Faults(document.located)
    edits = read_edits(tree["edits"], faults)
    faults.raise_if_any()
    return Patch(
        edits=edits,
        id=tree["id"],
        name=tree["name"],
        summary=tree.get("summary", ""),
        applies_to=tree["applies_to"],
        status=tree.get("status", "what_if"),
        sources=read_sources(tree.get("sources", {})),
        source_documents=tree.get("sources", {}),
        document=tree,
        examples=tuple(tree.get("examples", ())),
    )


def derived_tree(document: Document, parent: Mapping[str, Any]) -> dict[str, Any]:
    """Return the full tree of a document that is based on another.

    Args:
        document: a checked `derived-design` or `derived-crosswalk`.
        parent: the full tree of the document it names.
    """
    own, faults = document.tree, Faults(document.located)
    edits = read_edits(own["edits"], faults)
    faults.raise_if_any()
    name = document.located.name
    kept = {key: value for key, value in parent.items() if key not in _NOT_INHERITED}
    try:
        tree = apply_edits(kept, edits, name, edit_sources(own["edits"], ""))
    except AssuranceError as error:
        raise located_error(error, document.located, name) from None
    if document.kind == "derived-design":
        tree["status"] = "what_if"
    tree |= {key: value for key, value in own.items() if key not in _OF_DERIVED}
    merged = {**parent.get("sources", {}), **own.get("sources", {})}
    if merged:
        tree["sources"] = merged
    return tree


def as_document(tree: Mapping[str, Any], name: str, steps: StepSchemas | None = None) -> Document:
    """Return an edited tree as a checked document; its errors name no line."""
    return check_document(Located(tree, name), steps)


def derive_design(
    document: Document,
    parent: RatingDesign,
    frameworks: Mapping[str, Framework],
    step_kinds: Mapping[str, Any],
) -> RatingDesign:
    """Return a design that is based on another.

    Raises:
        AssuranceError: faults of the edits or of the result, or an unknown framework.
    """
    tree, name = derived_tree(document, parent.document), document.located.name
    try:
        design = _read_edited(tree, name, frameworks, step_kinds)
    except AssuranceError as error:
        raise located_error(error, document.located, name) from None
    return evolve(design, lineage=(*parent.lineage, f"based on {parent.id}"))


def _read_edited(
    tree: Mapping[str, Any],
    name: str,
    frameworks: Mapping[str, Framework],
    step_kinds: Mapping[str, Any],
) -> RatingDesign:
    """Read an edited tree like any document."""
    document = as_document(tree, name, step_schemas(step_kinds))
    framework = frameworks.get(tree["framework"])
    if framework is None:
        known = nearest(tree["framework"], list(frameworks))
        raise AssuranceError(
            document.located.fault(
                "unknown-id",
                ("framework",),
                shown(tree["framework"]),
                "an installed framework",
                f"{known} (or install the plugin that gives it)",
            )
        )
    return read_design(document, framework, step_kinds)


def what_if(
    design: RatingDesign,
    change: Mapping[str, Any] | Patch | Sequence[Edit],
    frameworks: Mapping[str, Framework] | None = None,
    document: Located | None = None,
) -> RatingDesign:
    """Return a new design: the given one with edits. The given one stays as it is.

    Args:
        design: the parent.
        change: values by path, a patch, or edits.
        frameworks: by id; only needed where an edit moves the design to another framework.
        document: the patch's document; faults then name its lines.

    Raises:
        AssuranceError: `no-match`, `no-change`, `conflict`, or whatever is wrong with the result.
    """
    patch = change if isinstance(change, Patch) else Patch(_edits(change))
    if not patch.edits:
        raise AssuranceError(
            Fault(
                "no-change", "what-if", "no edits", "at least one edit", "give a path and a value"
            )
        )
    name = patch.id or "what-if"
    try:
        made = _edited(design, patch, name, frameworks or {})
    except AssuranceError as error:
        if document is None:
            raise
        for known in (name, f"{design.id} with {name}"):
            error = located_error(error, document, known)
        raise error from None
    told = [edit for edit in patch.edits if edit.path not in _NOT_INHERITED]
    words = "; ".join(map(str, told))
    short = patch.id.rpartition("/")[2] if patch.id else ",".join(_brief(e) for e in patch.edits)
    lineage = f"what-if on {design.id}: {words}"
    if not patch.id:
        label = name_with_edits(design, told) if told else design.name
    elif patch.applies_to == design.id:
        label = patch.name
    else:
        label = f"{design.name}, {patch.name}"
    made = renamed(made, f"{design.id}+{short}", label, *design.lineage, lineage)
    return evolve(made, provenance=design.provenance)


def _edited(
    design: RatingDesign, patch: Patch, name: str, frameworks: Mapping[str, Framework]
) -> RatingDesign:
    kept = {key: value for key, value in design.document.items() if key not in _NOT_INHERITED}
    own = patch.id or USER_SOURCE
    values = patch.document.get("edits", [{} for _ in patch.edits])
    tree = apply_edits(kept, patch.edits, name, edit_sources(values, own))
    # Whoever made an edit that cites nothing is its source.
    citation = {"title": f"The patch {patch.name}" if patch.id else _USER, "status": "proposed"}
    sources = tree.get("sources", {})
    if isinstance(sources, Mapping):  # If an edit made it something else, its schema says so.
        tree["sources"] = {**sources, own: citation, **patch.source_documents}
    tree["status"] = patch.status
    known = {**frameworks, design.framework.id: design.framework}
    return _read_edited(tree, f"{design.id} with {name}", known, design.step_kinds)


def _brief(edit: Edit) -> str:
    text = f"{edit.path}={edit.value}" if edit.action == "set" else str(edit).replace(" ", "-")
    return text if len(text) <= 40 else text[:37] + "..."


def _edits(change: Mapping[str, Any] | Sequence[Edit]) -> tuple[Edit, ...]:
    if isinstance(change, Mapping):
        return tuple(Edit("set", path, value) for path, value in change.items())
    return tuple(change)


def parse_set(text: str) -> Edit:
    """Return `PATH=VALUE` of a command line as an edit; the value is read as YAML.

    Example:
        >>> parse_set("overall.band.outstanding=80")
        Edit(action='set', path='overall.band.outstanding', value=80, where='')
    """
    path, sign, value = text.partition("=")
    if not sign or not path.strip() or not value.strip():
        raise AssuranceError(
            Fault(
                "bad-syntax",
                "--set",
                shown(text),
                "PATH=VALUE",
                "write for example --set overall.band.outstanding=80",
            )
        )
    return Edit("set", path.strip(), read_located(value.strip(), "--set").value)
