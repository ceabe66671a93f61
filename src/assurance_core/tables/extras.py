"""Packages that only some tables need: imported where they are used, or asked for by extra."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from assurance_core.model.errors import AssuranceError, Fault


def import_extra(package: str, extra: str, place: str, otherwise: str = "") -> Any:
    """Return a package of an extra.

    Args:
        package: its import name.
        extra: of this distribution.
        place: what it was needed for, for the error.
        otherwise: what can be done without it.

    Raises:
        AssuranceError: `missing`, where it is not installed.
    """
    try:
        return import_module(package)
    except ImportError:
        remedy = f"install it with: pip install 'assurance-core[{extra}]'"
        remedy += f", or {otherwise}" if otherwise else ""
        found, expected = f"no {package} in this Python", f"the extra `{extra}`"
        raise AssuranceError(Fault("missing", place, found, expected, remedy)) from None
