"""Faults found after reading, given back their place in the file they came from."""

from __future__ import annotations

from assurance_core.documents.edits import tree_path
from assurance_core.documents.located import Located, at, excerpt
from assurance_core.documents.paths import Path, path_words, split_path
from assurance_core.model.errors import AssuranceError, Fault


def located_error(error: AssuranceError, document: Located, name: str) -> AssuranceError:
    """Return the error with `file:line:column` where a fault names a path of this document.

    Args:
        error: faults whose place is `NAME: PATH`.
        document: the document that was read. In a patch, or a design based on another, the place
            is the edit of that path.
        name: what stands in front of the path: a design's id, or the file's name.
    """
    return AssuranceError(_located(fault, document, name) for fault in error.faults)


def _located(fault: Fault, document: Located, name: str) -> Fault:
    prefix = f"{name}: "
    if not fault.place.startswith(prefix):
        return fault
    words = fault.place.removeprefix(prefix)
    path = _edit(document, words) if "edits" in document.value else _longest(document, words)
    mark = document.mark(path)
    place = f"{at(document.name, mark)}: {words}"
    return Fault(
        fault.code, place, fault.found, fault.expected, fault.remedy, excerpt(document.lines, mark)
    )


def _edit(document: Located, words: str) -> Path:
    """Return the place of the edit that leads to this path, or into it, or to its parent."""
    wanted = split_path(words)
    best: tuple[int, Path] = (0, ())
    for number, edit in enumerate(document.value["edits"]):
        for key in ("set", "remove", "before", "after"):
            parts = split_path(edit.get(key, ""))
            common = min(len(parts), len(wanted))
            if parts[:common] == wanted[:common] and common and common >= best[0]:
                best = (common, ("edits", number, key))
    return best[1]


def _longest(document: Located, words: str) -> Path:
    """Return the place of the longest beginning of a path that is in the document."""
    parts = split_path(words)
    while parts:
        try:
            found = tree_path(document.value, path_words(parts), "")
        except AssuranceError:
            found = ()
        if found in document.marks and found:
            return found
        parts.pop()
    return ()
