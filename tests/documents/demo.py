"""A small framework and design, as text, that the tests of documents share."""

from typing import Any

from assurance_core.documents.designs import read_design
from assurance_core.documents.frameworks import read_framework
from assurance_core.documents.reader import Document, read_document_text
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import Fault
from assurance_core.model.framework import Framework
from tests.demo_plugin import BASE

FRAMEWORK, DESIGN, ASSESSMENT = BASE["framework.yaml"], BASE["word.yaml"], BASE["assessment.yaml"]


def document(text: str, *changes: tuple[str, str], name: str = "a.yaml") -> Document:
    """Read a text with changes as a document."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return read_document_text(text, name)


def framework(*changes: tuple[str, str]) -> Framework:
    """Return the demo framework, with changes."""
    return read_framework(document(FRAMEWORK, *changes))


def design(*changes: tuple[str, str]) -> RatingDesign:
    """Return the demo design, with changes."""
    return read_design(document(DESIGN, *changes), framework())


def briefly(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    """Return code and found of each fault."""
    return [(one.code, one.found) for one in faults]


def other_framework() -> Framework:
    """Return the demo framework under another id."""
    return framework(("id: demo\n", "id: other\n"))


Tree = dict[str, Any]
