"""A map from one framework's scores to another's: an assumption, shown in the trace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from attrs import field, frozen

from assurance_core.model.citation import Citation
from assurance_core.model.provenance import UNKNOWN_ORIGIN, Provenance


@frozen
class CrosswalkInput:
    """How one statement of the target gets its level.

    Attributes:
        sources: statements of the source framework.
        take: the lowest or the highest of them.
        levels: level of the source to level of the target.
    """

    sources: tuple[str, ...]
    levels: Mapping[str, str]
    take: Literal["minimum", "maximum"] = "minimum"


@frozen
class Crosswalk:
    """From one framework's statements to another's.

    Attributes:
        id: `namespace/name`.
        source_framework, target_framework: framework ids.
        inputs: one for each statement of the target.
        source: the citation.
        variant_of: the crosswalk it varies; a variant is used only when named.
        unreachable: levels of the target that cannot come out, with the reason.
    """

    id: str
    name: str
    source_framework: str
    target_framework: str
    inputs: Mapping[str, CrosswalkInput]
    source: Citation
    document: Mapping[str, Any]
    summary: str = ""
    variant_of: str = ""
    unreachable: Mapping[str, str] = field(factory=dict)
    provenance: Provenance = UNKNOWN_ORIGIN
