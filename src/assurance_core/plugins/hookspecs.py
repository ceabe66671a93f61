"""The whole surface of a plugin: two hooks."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pluggy

PROJECT = "assurance_core"
ENTRY_POINTS = "assurance_core.plugins"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)

SUFFIXES = (".yaml", ".yml", ".json")
FOLDERS = ("frameworks", "designs", "crosswalks", "patches", "data")


@hookspec
def assurance_documents() -> Path:  # type: ignore[empty-body]
    """Return the folder that holds `frameworks/`, `designs/`, `crosswalks/`, `patches/`, `data/`.

    Each of these may be left out. Every `.yaml`, `.yml` and `.json` file in them is read.
    """


@hookspec
def assurance_step_kinds() -> Iterable[Any]:  # type: ignore[empty-body]
    """Return step kinds to add: see `assurance_core.rules.python_step`."""


def document_folder(package: str) -> Path:
    """Return where a plugin's documents lie: in the wheel, or the project's own folder.

    Args:
        package: name of the plugin's package, such as `assurance_demo`.

    Returns:
        `PACKAGE/documents` where the wheel put them, else the project's folder of an editable
        installation, two levels above the package.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed")
    here = Path(spec.origin).resolve().parent
    inside = here / "documents"
    return inside if inside.is_dir() else here.parents[1]
