"""What is fuzzed: bytes in; an error of ours or a value out; anything else is a crash."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from json import dumps, loads
from pathlib import Path

from assurance_core.cli.scores import assessment_from_text
from assurance_core.cli.validate import _check as check_document
from assurance_core.documents.writer import sha256
from assurance_core.model.errors import AssuranceError
from assurance_core.plugins import Registry
from assurance_core.tables.files import read_table_bytes, read_table_file
from tests.fuzz.prepare import SHEET, packed

Target = Callable[[bytes], None]
TARGETS = ("document", "json", "receipt", "table", "workbook", "parquet", "scores")
"""The readers, by what they read."""


def targets(registry: Registry, folder: Path) -> Mapping[str, Target]:
    """Return the readers by name.

    Args:
        registry: with the demo plugin, to whose framework the seeds belong.
        folder: where an input becomes a file, as readers take files.
    """
    framework = registry.framework("demo")
    design = registry.design("demo/word")

    def document(data: bytes) -> None:
        """Every kind of document in YAML, receipts too, as deep as `assurance validate` goes."""
        file = folder / "input.yaml"
        file.write_bytes(data)
        check_document(registry, file)

    def json(data: bytes) -> None:
        """The same in JSON."""
        file = folder / "input.json"
        file.write_bytes(data)
        check_document(registry, file)

    def receipt(data: bytes) -> None:
        """A receipt whose hashes fit its parts, as whoever forges one would see to."""
        json(_with_fitting_hashes(data))

    def table(data: bytes) -> None:
        file = folder / "input.csv"
        file.write_bytes(data)
        read_table_file(file, framework)

    def workbook(data: bytes) -> None:
        """A packed workbook; or a part of one: a changed byte of what is packed only breaks it."""
        content = data if data.startswith(b"PK") else packed(SHEET, data)
        read_table_bytes(content, "input.xlsx", framework)

    def parquet(data: bytes) -> None:
        read_table_bytes(data, "input.parquet", framework)

    def scores(data: bytes) -> None:
        """What --scores, --evidence, --judged, --date and --version take, a line each."""
        lines = [*data.decode("utf-8", "replace").split("\n"), "", "", "", ""]
        options = {
            "scores": lines[0],
            "evidence": (lines[1],) if lines[1] else (),
            "judged": (lines[2],) if lines[2] else (),
            "date": lines[3],
            "version": lines[4],
            "as_of": None,
            "body": None,
        }
        assessment_from_text(design, framework, options)

    made = (document, json, receipt, table, workbook, parquet, scores)
    return {one.__name__: _ours_is_no_crash(one) for one in made}


def _with_fitting_hashes(data: bytes) -> bytes:
    try:
        tree = loads(data)
        for part in tree["sha256"]:
            tree["sha256"][part] = sha256(tree[part])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return data
    return dumps(tree).encode()


def _ours_is_no_crash(target: Target) -> Target:
    def tried(data: bytes) -> None:
        try:
            target(data)
        except AssuranceError as error:
            str(error)  # The text is made when it is shown, and that has to work as well.

    return tried
