"""Plain trees to attrs values, once their schema has been checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve

from assurance_core.documents.located import Located, Mark, shown
from assurance_core.documents.paths import Path
from assurance_core.model.citation import Citation
from assurance_core.model.dates import PartialDate, Period
from assurance_core.model.errors import AssuranceError, Fault, nearest

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")


@cache
def converter() -> Converter:
    """Return the converter for what a schema has checked: level ids and years become text."""
    from cattrs import Converter

    made = Converter(forbid_extra_keys=True)
    made.register_structure_hook(str, lambda value, _: str(value))
    return made


def structure(value: Any, kind: type[T]) -> T:
    """Return a plain value as an attrs value of this class."""
    return converter().structure(value, kind)


def read_date(value: Any) -> PartialDate | None:
    """Return a date that the schema has checked, or None."""
    return None if value is None else PartialDate.parse(str(value))


def read_sources(value: Mapping[str, Any]) -> dict[str, Citation]:
    """Return citations by id."""
    return {key: evolve(structure(citation, Citation), id=key) for key, citation in value.items()}


class Faults:
    """Collects the faults of one document, so that all are reported at once."""

    def __init__(self, document: Located) -> None:
        self.document = document
        self.faults: list[tuple[Mark, Fault]] = []

    def add(
        self, code: str, path: Path, found: str, expected: str, remedy: str, at_key: bool = False
    ) -> None:
        """Note a fault at a path of the document; see `Located.fault`."""
        fault = self.document.fault(code, path, found, expected, remedy, at_key)
        self.faults.append((self.document.mark(path, at_key) or (0, 0), fault))

    def known(
        self, word: str, known: Iterable[str], path: Path, what: str, at_key: bool = False
    ) -> bool:
        """Say whether a word is known; note a fault with the nearest one if it is not."""
        words = list(known)
        if word in words:
            return True
        remedy = nearest(word, words) if words else "there is none: add it first, or remove this"
        self.add("unknown-id", path, shown(word), what, remedy, at_key)
        return False

    def one_of(self, value: Mapping[str, Any], keys: Sequence[str], path: Path) -> bool:
        """Say whether exactly one of these keys is there; note a fault otherwise."""
        given = [key for key in keys if key in value]
        quoted = [f"'{key}'" for key in keys]
        listed = " or ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted)
        if not given:
            remedy = "add one of them" if keys[1:] else f"add {keys[0]}:"
            self.add("missing", path, f"no {listed}", listed, remedy)
        elif len(given) > 1:
            found = " and ".join(f"'{key}'" for key in given) + " together"
            place, remedy = (*path, given[1]), "keep one of them"
            self.add("unknown-key", place, found, listed, remedy, at_key=True)
        return len(given) == 1

    def absorb(self, path: Path, error: AssuranceError) -> None:
        """Note the faults of an error that was raised for a value at this path."""
        for fault in error.faults:
            self.add(fault.code, path, fault.found, fault.expected, fault.remedy)

    def period(self, value: Mapping[str, Any], path: Path) -> Period:
        """Return `{from, to, why}` as a period; each bound a date, left out, or `unknown`."""
        start, end = (
            None if value.get(key) == "unknown" else read_date(value.get(key))
            for key in ("from", "to")
        )
        if start and end and start.first >= end.first:
            found = f"from {start} to {end}"
            self.add("bad-date", path, found, "an end after the start", "mend one of the two")
        return Period(
            start,
            end,
            value.get("from") == "unknown",
            value.get("to") == "unknown",
            value.get("why", ""),
        )

    def raise_if_any(self) -> None:
        """Raise `AssuranceError` with everything noted, by line, if anything was."""
        if self.faults:
            self.faults.sort(key=lambda one: one[0])
            raise AssuranceError(dict.fromkeys(fault for _, fault in self.faults))
