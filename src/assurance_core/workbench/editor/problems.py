"""Faults of an edited design, each at the field that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from assurance_core.documents.paths import split_path
from assurance_core.model.errors import Fault
from assurance_core.workbench.editor.fields import Field
from assurance_core.workbench.editor.form import Group


@frozen
class Problem:
    """A fault.

    Attributes:
        fault: what was found, what was expected, what to do.
        field: where it can be mended; None where the form has no field for it.
        title: what the summary calls the place.
    """

    fault: Fault
    field: Field | None
    title: str


def problems_of(faults: Iterable[Fault], groups: Sequence[Group]) -> tuple[Problem, ...]:
    """Return faults with the fields that they are about."""
    found = []
    for fault in faults:
        path = fault.place.rpartition(": ")[2]
        group, field = _nearest(path, groups)
        title = f"{group.title}: {field.label}" if group and field else path
        found.append(Problem(fault, field, title))
    return tuple(dict.fromkeys(found))


def _nearest(path: str, groups: Sequence[Group]) -> tuple[Group | None, Field | None]:
    """Return the field at a path, else the first inside it, else one of the same step."""
    wanted = split_path(path)
    best: tuple[int, Group | None, Field | None] = (1, None, None)
    for group in groups:
        for field in group.fields:
            parts = split_path(field.path)
            common = 0
            while common < min(len(parts), len(wanted)) and parts[common] == wanted[common]:
                common += 1
            if common > best[0]:
                best = (common, group, field)
    return best[1:]
