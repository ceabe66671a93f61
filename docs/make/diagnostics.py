"""The page of diagnostic codes: meaning, remedy, and what the command prints."""

from __future__ import annotations

from pathlib import Path

from assurance_core.documents.texts import read_located
from assurance_core.model.errors import CODES
from docs.make.markdown import block, page, table, words

CASES = Path(__file__).resolve().parents[2] / "tests" / "bad_inputs" / "cases"

INTRODUCTION = """
Every error has a code from this list, a place, what was found, what was expected and what to
do. All faults of a document are reported at once. The message itself names the remedy for the
case at hand; here is what the code means in general.

With `--format json`, checks that find faults say them as a document of the format
[faults](formats.md#faults).
"""


def diagnostics() -> str:
    """Return the page."""
    written = words("diagnostics")
    parts = [table(("code", "meaning"), [(f"[{code}](#{code})", CODES[code]) for code in CODES])]
    for code, meaning in CODES.items():
        about = written[code]
        parts += [
            f"## {code}",
            f"{meaning[0].upper()}{meaning[1:]}.",
            f"**For example:** {about['example']}",
        ]
        if "case" in about:
            parts += [_printed(about["case"])]
        parts += [f"**What to do:** {about['remedy']}"]
    return page("Diagnostics", INTRODUCTION, parts)


def _printed(case: str) -> str:
    """Return what a bad input prints: the tests hold the command to this text."""
    file = CASES / f"{case}.yaml"
    return block("text", str(read_located(file.read_text("utf-8"), file.name).value["stderr"]))
