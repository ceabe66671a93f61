"""What somebody entered, read from an address: edits, and what cannot be read.

The form sends every field; what differs from the design becomes an edit, and the address that the
page is led to holds the edits alone. What is wrong stays in the address too, so that it is still
there to be corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from assurance_core.documents.located import shown
from assurance_core.documents.texts import read_located
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.workbench.asked import Asked
from assurance_core.workbench.editor.fields import PREFIX, Field
from assurance_core.workbench.editor.form import Group


@frozen
class Entered:
    """What was entered.

    Attributes:
        sets: each `PATH=VALUE`, those of the form in its order.
        removes: paths of steps that are left out.
        further_sets: those of the sets that the form has no field for.
        further_removes: those of the removes that the form has no box for.
        readable: those of the sets that can be read.
        texts: what each field holds now, by its path.
        faults: what cannot be read.
    """

    sets: tuple[str, ...]
    removes: tuple[str, ...]
    further_sets: tuple[str, ...]
    further_removes: tuple[str, ...]
    readable: tuple[str, ...]
    texts: Mapping[str, str]
    faults: tuple[Fault, ...]


def read_entered(asked: Asked, groups: Sequence[Group]) -> Entered:
    """Read the edits of an address: canonical ones, and what the form sends.

    Raises:
        AssuranceError: `duplicate`, or `no-match` for a field that the form does not have.
    """
    removes = tuple(dict.fromkeys(asked.all("remove")))
    fields = {field.path: field for group in groups for field in group.fields}
    given, further = _given(asked.all("set"), fields)
    given |= _sent(asked, fields)
    sets, readable, faults, texts = [], [], [], {}
    for group in groups:
        for field in group.fields:
            entered = texts[field.path] = given.get(field.path, field.value)
            if group.path in removes or field.same(entered):
                continue
            sets.append(f"{field.path}={field.written(entered)}")
            expected = field.wrong(entered)
            if expected:
                faults.append(_wrong(field, entered, expected))
            else:
                readable.append(sets[-1])
    boxes = {group.path for group in groups if group.limiter}
    return Entered(
        sets=(*sets, *further),
        removes=removes,
        further_sets=further,
        further_removes=tuple(one for one in removes if one not in boxes),
        readable=(*readable, *further),
        texts=texts,
        faults=tuple(faults),
    )


def _given(
    sets: Iterable[str], fields: Mapping[str, Field]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return what the address sets: the texts of fields, and the rest as it stands."""
    given: dict[str, str] = {}
    further = []
    for one in dict.fromkeys(sets):
        path, sign, value = (part.strip() for part in one.partition("="))
        if path not in fields or not sign:
            further.append(one)
            continue
        if path in given:
            raise _twice(path)
        given[path] = _unquoted(value) if fields[path].kind == "choice" else value
    return given, tuple(further)


def _sent(asked: Asked, fields: Mapping[str, Field]) -> dict[str, str]:
    """Return what the form sent, by path."""
    sent: dict[str, str] = {}
    for name, value in asked.values:
        if not name.startswith(PREFIX):
            continue
        path = name.removeprefix(PREFIX)
        if path in sent:
            raise _twice(path)
        if path not in fields:
            raise AssuranceError(
                Fault(
                    "no-match",
                    f"edit: {path}",
                    "nothing that can be set at this path",
                    "a setting of this design",
                    nearest(path, list(fields)),
                )
            )
        sent[path] = value.strip()
    return sent


def _unquoted(value: str) -> str:
    if not value.startswith('"'):
        return value
    try:
        return str(read_located(value, "edit").value)
    except AssuranceError:
        return value


def _wrong(field: Field, entered: str, expected: str) -> Fault:
    return Fault(
        "wrong-type",
        f"edit: {field.path}",
        shown(entered) if entered else "nothing",
        expected,
        "correct it",
    )


def _twice(path: str) -> AssuranceError:
    return AssuranceError(
        Fault(
            "duplicate",
            f"edit: {path}",
            "more than one value",
            "each setting once",
            "leave all but one out of the address",
        )
    )
