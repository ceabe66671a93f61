"""Conformance documents: what a plugin declares of itself."""

from __future__ import annotations

from assurance_core.documents.reader import Document
from assurance_core.documents.structure import structure
from assurance_core.model.conformance import Conformance


def read_conformance(document: Document) -> Conformance:
    """Return the declaration of a checked document."""
    tree = {key: value for key, value in document.tree.items() if key != "format"}
    return structure(tree, Conformance)
