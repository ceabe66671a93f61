"""A list of edits to a design, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from attrs import field, frozen

from assurance_core.model.citation import Citation
from assurance_core.model.provenance import UNKNOWN_ORIGIN, Provenance


@frozen
class Edit:
    """One change.

    Attributes:
        action: `set` a value, `insert` a step, or `remove`.
        path: `JUDGEMENT.STEP.KEY`; for an insert, the step it goes before or after.
        value: the new value or the new step.
        where: for an insert: `before` or `after`.
    """

    action: Literal["set", "insert", "remove"]
    path: str
    value: Any = None
    where: Literal["", "before", "after"] = ""

    def __str__(self) -> str:
        if self.action == "set":
            return f"set {self.path} to {_short(self.value)}"
        if self.action == "insert":
            kind = next((key for key in self.value if key not in ("id", "source")), "step")
            return f"insert {kind} {self.where} {self.path}"
        return f"remove {self.path}"


@frozen
class Patch:
    """A named list of edits.

    Attributes:
        id: `namespace/name`, or empty for edits given on the command line.
        applies_to: id of the design.
        edits: applied in order.
        sources: citations that the edits refer to.
    """

    edits: tuple[Edit, ...]
    id: str = ""
    name: str = "what-if"
    summary: str = ""
    applies_to: str = ""
    status: Literal["what_if", "proposed"] = "what_if"
    sources: Mapping[str, Citation] = field(factory=dict)
    source_documents: Mapping[str, Any] = field(factory=dict)
    document: Mapping[str, Any] = field(factory=dict)
    examples: tuple[Any, ...] = ()
    provenance: Provenance = UNKNOWN_ORIGIN


def _short(value: object) -> str:
    text = _plain(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _plain(value: object) -> str:
    """Return a value as its document has it, without the marks of a programming language."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_plain(one)}" for key, one in value.items()) or "nothing"
    if isinstance(value, list | tuple):
        return ", ".join(_plain(one) for one in value) or "nothing"
    return "nothing" if value is None else str(value)
