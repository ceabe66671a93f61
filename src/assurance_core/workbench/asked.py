"""What a page was asked for: its address, read once and written back the same way.

The whole state of a page is in its address, so that a copied link shows the same page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlencode

from attrs import frozen

from assurance_core.model.errors import AssuranceError, Fault

MOST_VALUES = 1_000
LONGEST_VALUE = 2_000


@frozen
class Asked:
    """One request.

    Attributes:
        path: without its ending: `/compare`.
        form: its ending: `html` for the page itself, `json`, `csv`, `yaml`, `report`, `xlsx`.
        values: the query, in the order in which it was written.
        name: the part of the path that names something: a design's id.
    """

    path: str
    form: str = "page"
    values: tuple[tuple[str, str], ...] = ()
    name: str = ""

    def all(self, key: str) -> tuple[str, ...]:
        """Return every value of a key that says something."""
        return tuple(value.strip() for name, value in self.values if name == key and value.strip())

    def one(self, key: str, default: str = "") -> str:
        """Return the value of a key.

        Raises:
            AssuranceError: `duplicate`, where it is given more than once.
        """
        found = self.all(key)
        if len(found) > 1:
            raise AssuranceError(
                Fault(
                    "duplicate",
                    key,
                    f"{len(found)} values",
                    "one value",
                    "leave all but one out of the address",
                )
            )
        return found[0] if found else default


def checked_values(values: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return a query if it is of a size that a person could have written.

    Raises:
        AssuranceError: `too-large`.
    """
    if len(values) > MOST_VALUES:
        found, expected = f"{len(values)} values", f"at most {MOST_VALUES}"
    elif any(len(text) > LONGEST_VALUE for pair in values for text in pair):
        found = f"a value of more than {LONGEST_VALUE} characters"
        expected = f"at most {LONGEST_VALUE} characters"
    else:
        return tuple(values)
    raise AssuranceError(Fault("too-large", "address", found, expected, "shorten the address"))


def address(path: str, values: Iterable[tuple[str, str]] = ()) -> str:
    """Return a path with a query; empty values are left out.

    Example:
        >>> address("/compare", [("data", "x"), ("set", "overall.band.good=62"), ("a", "")])
        '/compare?data=x&set=overall.band.good%3D62'
    """
    query = urlencode([(key, value) for key, value in values if value], quote_via=quote)
    return f"{path}?{query}" if query else path
