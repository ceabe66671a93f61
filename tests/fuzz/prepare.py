"""What a fuzzed reader needs around it, and what to begin with."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from assurance_core import __version__, compile_design
from assurance_core.documents.texts import read_located
from assurance_core.documents.writer import to_json
from assurance_core.model.assessment import Assessment, Body, Score
from assurance_core.plugins import Registry, load_plugins
from assurance_core.report.rated import rate_for_report
from assurance_core.report.receipt import receipt
from tests.demo_plugin import BASE, DEMO, install, use_only
from tests.workbooks import changed, workbook

CORPUS = Path(__file__).parent / "corpus"
"""Inputs that once crashed a reader, or that lead somewhere, by target."""

ROOT = Path(__file__).resolve().parents[2]
SHEET = "xl/worksheets/sheet1.xml"
"""The part of a workbook that holds its cells."""


def demo_registry(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """Return a registry with the demo plugin alone; a dataset finds its table in the folder."""
    site = folder / "site"
    site.mkdir()
    install(site, "demo", DEMO)
    use_only(site, monkeypatch)
    (folder / "table.csv").write_text(BASE["table.csv"], "utf-8")
    return load_plugins()


def seeds(target: str, registry: Registry) -> dict[str, bytes]:
    """Return the inputs to begin with, by name: what was kept, and what is valid."""
    kept = {file.name: file.read_bytes() for file in sorted((CORPUS / target).glob("*"))}
    return kept | _valid(target, registry)


def _valid(target: str, registry: Registry) -> dict[str, bytes]:
    makers: dict[str, Callable[[], dict[str, bytes]]] = {
        "document": lambda: {name: text.encode() for name, text in _DOCUMENTS.items()},
        "json": lambda: {name: _as_json(name).encode() for name in _DOCUMENTS},
        "receipt": lambda: {"whole": _receipt(registry).encode()},
        "table": lambda: {"whole": BASE["table.csv"].encode()},
        "workbook": lambda: {"whole": _workbook(), "sheet": _part(_workbook(), SHEET)},
        "parquet": lambda: {"whole": _parquet()},
        "scores": dict,
    }
    return makers[target]()


_DOCUMENTS = {name: text for name, text in BASE.items() if name.endswith((".yaml", ".json"))}


def _as_json(name: str) -> str:
    return json.dumps(read_located(_DOCUMENTS[name], name).value)


def _receipt(registry: Registry) -> str:
    rule = compile_design(registry.design("demo/word"))
    scores = {one.id: Score(one.scale.ids[0]) for one in rule.leaves}
    assessment = Assessment("demo", Body("Somewhere"), scores, version=rule.version.id)
    rated = rate_for_report(rule, assessment, explain=True)
    frameworks = {key: one.document for key, one in registry.frameworks.items()}
    return to_json(receipt(rated, frameworks, __version__))


def _rows() -> list[list[str]]:
    return list(csv.reader(io.StringIO(BASE["table.csv"])))


def _workbook() -> bytes:
    return workbook({"rows": [[int(c) if c.isdecimal() else c for c in row] for row in _rows()]})


def packed(part: str, content: bytes) -> bytes:
    """Return a workbook with this content in place of one of its parts."""
    return changed(_workbook(), part, lambda _: content)


def _part(book: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as opened:
        return opened.read(name)


def _parquet() -> bytes:
    import pyarrow
    from pyarrow import parquet

    header, *rows = _rows()
    columns = {name: [row[place] for row in rows] for place, name in enumerate(header)}
    data = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), data, compression="none")
    return data.getvalue()


def words() -> list[str]:
    """Return what the schemas name, for the fuzzer to put in."""
    schemas = "".join(file.read_text("utf-8") for file in sorted(ROOT.glob("schemas/*.json")))
    return sorted({*re.findall(r'"([a-z_]{2,30})"', schemas)} | {"assurance/design/1", "demo/word"})
