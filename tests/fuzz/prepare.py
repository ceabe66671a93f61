"""What a fuzzed reader needs around it, and what to begin with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assurance_core.plugins import Registry, load_plugins
from tests.demo_plugin import BASE, DEMO, install, use_only

CORPUS = Path(__file__).parent / "corpus"
"""Inputs that once crashed a reader, or that lead somewhere, by target."""

ROOT = Path(__file__).resolve().parents[2]


def demo_registry(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """Return a registry with the demo plugin alone; a dataset finds its table in the folder."""
    site = folder / "site"
    site.mkdir()
    install(site, "demo", DEMO)
    use_only(site, monkeypatch)
    (folder / "table.csv").write_text(BASE["table.csv"], "utf-8")
    return load_plugins()


def seeds(target: str) -> dict[str, bytes]:
    """Return the inputs to begin with, by name."""
    found = {file.name: file.read_bytes() for file in sorted((CORPUS / target).glob("*"))}
    of_target = {"document": r".*(yaml|json)", "table": r".*csv"}.get(target, "nothing")
    return found | {
        name: text.encode() for name, text in BASE.items() if re.fullmatch(of_target, name)
    }


def words() -> list[str]:
    """Return what the schemas name, for the fuzzer to put in."""
    schemas = "".join(file.read_text("utf-8") for file in sorted(ROOT.glob("schemas/*.json")))
    return sorted({*re.findall(r'"([a-z_]{2,30})"', schemas)} | {"assurance/design/1", "demo/word"})
