"""Plain trees to attrs values, once their schema has been checked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve

from assurance_core.documents.located import Located, Path
from assurance_core.model.citation import Citation
from assurance_core.model.dates import PartialDate, Period
from assurance_core.model.errors import AssuranceError, Fault, nearest

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")


@cache
def converter() -> Converter:
    """Return the converter with our hooks: partial dates, periods."""
    from cattrs import Converter

    made = Converter(forbid_extra_keys=True)
    made.register_structure_hook(PartialDate, lambda value, _: PartialDate.parse(str(value)))
    made.register_structure_hook(Period, lambda value, _: read_period(value))
    # Schemas have checked the types; dates and numbers become text here.
    made.register_structure_hook(str, lambda value, _: str(value))
    return made


def structure(value: Any, kind: type[T]) -> T:
    """Return a plain value as an attrs value of this class."""
    return converter().structure(value, kind)


def read_period(value: Mapping[str, Any]) -> Period:
    """Return `{from, to, why}` as a period; each bound a date, left out, or `unknown`."""
    bounds = [value.get(key) for key in ("from", "to")]
    dates = [
        None if bound in (None, "unknown") else PartialDate.parse(str(bound)) for bound in bounds
    ]
    period = Period(
        dates[0], dates[1], bounds[0] == "unknown", bounds[1] == "unknown", value.get("why", "")
    )
    if dates[0] and dates[1] and dates[0].first >= dates[1].first:
        raise AssuranceError(
            Fault(
                "bad-date",
                "in_force",
                f"from {dates[0]} to {dates[1]}",
                "an end after the start",
                "mend one of the two dates",
            )
        )
    return period


def read_sources(value: Mapping[str, Any]) -> dict[str, Citation]:
    """Return citations by id."""
    return {key: evolve(structure(citation, Citation), id=key) for key, citation in value.items()}


class Faults:
    """Collects the faults of one document, so that all are reported at once."""

    def __init__(self, document: Located) -> None:
        self.document = document
        self.faults: list[Fault] = []

    def add(self, code: str, path: Path, found: str, expected: str, remedy: str) -> None:
        """Note a fault at a path of the document."""
        self.faults.append(self.document.fault(code, path, found, expected, remedy))

    def known(self, word: str, known: Mapping[str, Any] | list[str], path: Path, what: str) -> bool:
        """Say whether a word is known; note a fault with the nearest one if it is not."""
        if word in known:
            return True
        self.add("unknown-id", path, f"'{word}'", what, nearest(word, list(known)))
        return False

    def absorb(self, path: Path, error: AssuranceError) -> None:
        """Note the faults of an error that was raised for a value at this path."""
        for fault in error.faults:
            self.add(fault.code, path, fault.found, fault.expected, fault.remedy)

    def raise_if_any(self) -> None:
        """Raise `AssuranceError` with everything noted, if anything was."""
        if self.faults:
            raise AssuranceError(dict.fromkeys(self.faults))
