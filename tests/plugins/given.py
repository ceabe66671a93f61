"""Plugins as objects, and what a registry says of plugins."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assurance_core.plugins import Registry, hookimpl


def statuses(registry: Registry) -> dict[str, str]:
    return {one.name: one.status for one in registry.plugins}


def cause_of(registry: Registry, name: str) -> str:
    return next(one.cause for one in registry.plugins if one.name == name)


class Folder:
    """A plugin as an object, for notebooks and tests: a folder of documents."""

    def __init__(self, folder: Path, documents: Mapping[str, str]) -> None:
        self._folder = folder
        for path, text in documents.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")

    @hookimpl
    def assurance_documents(self) -> Path:
        return self._folder


class Steps:
    """A plugin that gives step kinds only."""

    def __init__(self, *kinds: Any) -> None:
        self._kinds = kinds

    @hookimpl
    def assurance_step_kinds(self) -> Any:
        return self._kinds
