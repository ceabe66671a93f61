"""What is fuzzed: bytes in; an error of ours or a value out; anything else is a crash."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from assurance_core.cli.scores import assessment_from_text
from assurance_core.cli.validate import _check as check_document
from assurance_core.model.errors import AssuranceError
from assurance_core.plugins import Registry
from assurance_core.tables.files import read_table_file

Target = Callable[[bytes], None]


def targets(registry: Registry, folder: Path) -> Mapping[str, Target]:
    """Return the readers by name.

    Args:
        registry: with the demo plugin, to whose framework the seeds belong.
        folder: where an input becomes a file, as readers take files.
    """
    framework = registry.framework("demo")
    design = registry.design("demo/word")

    def document(data: bytes) -> None:
        """Every kind of document, as deep as `assurance validate` goes."""
        file = folder / "input.yaml"
        file.write_bytes(data)
        check_document(registry, file)

    def table(data: bytes) -> None:
        file = folder / "input.csv"
        file.write_bytes(data)
        read_table_file(file, framework)

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

    return {one.__name__: _ours_is_no_crash(one) for one in (document, table, scores)}


def _ours_is_no_crash(target: Target) -> Target:
    def tried(data: bytes) -> None:
        try:
            target(data)
        except AssuranceError as error:
            str(error)  # The text is made when it is shown, and that has to work as well.

    return tried
