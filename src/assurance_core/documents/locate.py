"""Faults found after reading, given back their place in the file they came from."""

from __future__ import annotations

from assurance_core.documents.edits import split_path, tree_path
from assurance_core.documents.located import Located, Path
from assurance_core.model.errors import AssuranceError, Fault


def located_error(error: AssuranceError, document: Located, design_id: str) -> AssuranceError:
    """Return the error with `file:line:column` where a fault names a path of this design.

    Args:
        error: faults whose place is `DESIGN: PATH`.
        document: the document the design was read from.
        design_id: the id that stands in the places.
    """
    return AssuranceError(_located(fault, document, design_id) for fault in error.faults)


def _located(fault: Fault, document: Located, design_id: str) -> Fault:
    prefix = f"{design_id}: "
    if not fault.place.startswith(prefix):
        return fault
    path = _longest(document, fault.place.removeprefix(prefix))
    return document.fault(fault.code, path, fault.found, fault.expected, fault.remedy)


def _longest(document: Located, path: str) -> Path:
    """Return the place of the longest beginning of a path that is in the document."""
    parts = split_path(path)
    while parts:
        text = ""
        for part in parts:
            text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
        try:
            found = tree_path(document.value, text, "")
        except AssuranceError:
            parts.pop()
            continue
        if found in document.marks:
            return found
        parts.pop()
    return ()
