"""The step kinds: one small file each, and the mapping that names them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from assurance_core.rules import (
    aggregate,
    band,
    level_map,
    limiters,
    order,
    rounding,
    start,
    table,
)
from assurance_core.rules.kind import StepKind

BUILT_IN: Mapping[str, StepKind] = MappingProxyType(
    {
        kind.name: kind
        for module in (aggregate, order, start, rounding, band, limiters, table, level_map)
        for kind in module.KINDS
    }
)
"""The built-in step kinds by the key that names them in documents."""
