"""Which plugin gave an object."""

from __future__ import annotations

from attrs import frozen


@frozen
class Provenance:
    """The distribution and version that gave an object, or the file a user named."""

    distribution: str
    version: str = ""
    file: str = ""

    def __str__(self) -> str:
        return f"{self.distribution} {self.version}".strip()


UNKNOWN_ORIGIN = Provenance("not from a plugin")
