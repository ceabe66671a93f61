"""The way in: a file or text becomes a located tree of a known kind, checked by its schema."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Any

from attrs import frozen

from assurance_core.documents.files import read_text
from assurance_core.documents.located import Located, shown
from assurance_core.documents.schemas import StepSchemas, check
from assurance_core.documents.texts import read_located
from assurance_core.model.errors import AssuranceError, nearest

KINDS = (
    "framework",
    "design",
    "crosswalk",
    "patch",
    "dataset",
    "assessment",
    "receipt",
    "conformance",
)
_DERIVED = ("design", "crosswalk")


@frozen(eq=False)
class Document:
    """A document whose schema has been checked.

    Attributes:
        kind: `framework`, `design`, `derived-design`, `crosswalk`, …
        located: its values with their places.
    """

    kind: str
    located: Located

    @property
    def tree(self) -> dict[str, Any]:
        """The plain values."""
        tree: dict[str, Any] = self.located.value
        return tree

    @property
    def id(self) -> str:
        """The document's id, or an empty text."""
        return str(self.tree.get("id", ""))


def read_file(file: FilePath, step_schemas: StepSchemas | None = None) -> Document:
    """Read a document from a file; see `read_document_text`."""
    return read_document_text(read_text(file), str(file), step_schemas)


def read_document_text(text: str, name: str, step_schemas: StepSchemas | None = None) -> Document:
    """Read a document of any kind.

    Args:
        text: YAML or JSON.
        name: what errors call it.
        step_schemas: settings of step kinds that plugins add, by kind.

    Raises:
        AssuranceError: with every fault found.

    Example:
        >>> read_document_text("format: assurance/framwork/1", "a.yaml")
        Traceback (most recent call last):
        ...
        assurance_core.model.errors.AssuranceError: error[unknown-format]: a.yaml:1:9: format
          found:    'assurance/framwork/1'
          expected: the format of a document, such as assurance/design/1
          do:       did you mean 'assurance/framework/1'?
          1 | format: assurance/framwork/1
            |         ^
    """
    return check_document(read_located(text, name), step_schemas)


def check_document(located: Located, step_schemas: StepSchemas | None = None) -> Document:
    """Return the document with its kind once it fits that kind's schema."""
    kind = _kind(located)
    check(located, kind, step_schemas)
    return Document(kind, located)


def _kind(located: Located) -> str:
    """Read the format first, so that errors speak of that kind alone."""
    tree = located.value
    formats = [f"assurance/{kind}/1" for kind in KINDS]
    expected = "the format of a document, such as assurance/design/1"
    add = "write format: as the first line"
    if not isinstance(tree, dict):
        found, wanted = shown(tree), "a mapping that begins with format:"
        raise AssuranceError(located.fault("wrong-type", (), found, wanted, add))
    if "format" not in tree:
        raise AssuranceError(located.fault("missing", (), "no 'format'", expected, add))
    given = tree["format"]
    if given not in formats:
        remedy = nearest(str(given), formats)
        if isinstance(given, str) and f"{given.rpartition('/')[0]}/1" in formats:
            remedy = "install a newer assurance-core, or write it in version 1 of the format"
        raise AssuranceError(
            located.fault("unknown-format", ("format",), shown(given), expected, remedy)
        )
    kind: str = tree["format"].split("/")[1]
    return f"derived-{kind}" if kind in _DERIVED and "based_on" in tree else kind
