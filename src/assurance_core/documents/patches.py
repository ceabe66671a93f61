"""Patch documents, designs based on others, and what-ifs: one mechanism."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve

from assurance_core.documents.designs import read_design, renamed
from assurance_core.documents.edits import apply_edits, read_edit
from assurance_core.documents.located import Located
from assurance_core.documents.reader import Document, StepSchemas, check_document
from assurance_core.documents.structure import read_sources
from assurance_core.documents.yaml_reader import read_located
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.framework import Framework
from assurance_core.model.patch import Edit, Patch

_NOT_INHERITED = ("series", "in_force", "examples", "declares", "unreachable", "notes")
USER_SOURCE = "what-if"
_USER_CITATION = {"title": "The edit of whoever asked this what-if", "status": "proposed"}


def read_patch(document: Document) -> Patch:
    """Return the patch of a checked document."""
    tree = document.tree
    edits = [
        read_edit(edit, document.located.place(("edits", number)))
        for number, edit in enumerate(tree["edits"])
    ]
    return Patch(
        edits=tuple(edits),
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
    own = document.tree
    edits = [
        read_edit(edit, document.located.place(("edits", number)))
        for number, edit in enumerate(own["edits"])
    ]
    kept = {key: value for key, value in parent.items() if key not in _NOT_INHERITED}
    tree = apply_edits(kept, edits, document.located.name)
    if "design" in document.kind:
        tree["status"] = "what_if"
    for key, value in own.items():
        if key not in ("format", "based_on", "edits", "sources"):
            tree[key] = value
    merged = {**parent.get("sources", {}), **own.get("sources", {})}
    if merged:
        tree["sources"] = merged
    return tree


def as_document(
    tree: Mapping[str, Any], name: str, step_schemas: StepSchemas | None = None
) -> Document:
    """Return an edited tree as a checked document; its errors name no line."""
    return check_document(Located(tree, name), step_schemas)


def what_if(
    design: RatingDesign,
    change: Mapping[str, Any] | Patch | Sequence[Edit],
    framework: Framework | None = None,
) -> RatingDesign:
    """Return a new design: the given one with edits. The given one stays as it is.

    Args:
        design: the parent.
        change: values by path, a patch, or edits.
        framework: only where an edit moves the design to another framework.

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
    kept = {key: value for key, value in design.document.items() if key not in _NOT_INHERITED}
    tree = apply_edits(kept, patch.edits, name)
    tree["sources"] = {
        **tree.get("sources", {}),
        **patch.source_documents,
        **_own_sources(tree),
    }
    tree["status"] = patch.status
    schemas = {key: kind.schema for key, kind in design.step_kinds.items()}
    document = as_document(tree, f"{design.id} with {name}", schemas)
    made = read_design(document, framework or design.framework, design.step_kinds)
    words = "; ".join(str(edit) for edit in patch.edits)
    short = patch.id.rpartition("/")[2] if patch.id else ",".join(_brief(e) for e in patch.edits)
    lineage = f"what-if on {design.id}: {words}"
    label = patch.name if patch.id else f"{design.name}, {words}"
    made = renamed(made, f"{design.id}+{short}", label, *design.lineage, lineage)
    return evolve(made, provenance=design.provenance)


def _brief(edit: Edit) -> str:
    text = f"{edit.path}={edit.value}" if edit.action == "set" else str(edit).replace(" ", "-")
    return text if len(text) <= 40 else text[:37] + "..."


def _own_sources(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Cite whoever made the edits, where an inserted step names no source of its own."""
    needed = False
    for judgement in tree.get("judgements", {}).values():
        for step in judgement["steps"]:
            if "source" not in step:
                step["source"] = USER_SOURCE
            needed = needed or step["source"] == USER_SOURCE
    return {USER_SOURCE: _USER_CITATION} if needed else {}


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
    if not sign or not path.strip():
        raise AssuranceError(
            Fault(
                "bad-syntax",
                "--set",
                f"'{text}'",
                "PATH=VALUE",
                "write for example --set overall.band.outstanding=80",
            )
        )
    return Edit("set", path.strip(), read_located(value, "--set").value)
