"""An edited design as a document of its own, which `validate` accepts."""

from __future__ import annotations

from typing import Any

from assurance_core.model.design import RatingDesign
from assurance_core.workbench.site import Variant


def edited_document(design: RatingDesign, parent: RatingDesign, variant: Variant) -> dict[str, Any]:
    """Return the whole document of a design with its edits.

    Args:
        design: with the edits.
        parent: without them.
        variant: which design and which edits: an edited design has an id of its own.
    """
    document = dict(design.document)
    if not variant.edits and document["id"] == variant.id:
        return document
    edited = "-edited" if variant.edits else ""
    document["id"] = f"{variant.id}{edited}"
    document["name"] = f"{parent.name}, edited" if edited else parent.name
    notes = [one[:1].upper() + one[1:] for one in design.lineage]
    document["notes"] = [*document.get("notes", ()), *(f"{one}." for one in notes)]
    return document
