"""The page of document formats, from the JSON Schemas."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docs.make.keys import key_rows, value_words
from docs.make.markdown import page, table

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"

WRITTEN = (
    "design",
    "derived-design",
    "patch",
    "assessment",
    "framework",
    "crosswalk",
    "derived-crosswalk",
    "dataset",
    "conformance",
)
"""What people write, in the order in which they come to need it; the rest are answers."""

INTRODUCTION = """
Every document names its format in its first line, such as `format: assurance/design/1`. It is
YAML or JSON; keys that are not listed are refused, with the nearest that is. Each format has a
JSON Schema in the folder `schemas/`, which editors can use: `# yaml-language-server: $schema=…`
as the first line gives completion.

In the tables `a.b` is the key `b` within `a`, `a[]` is each entry of a list, and `a.ID` is each
entry of a mapping whose keys are ids. A linked word is a part with a table of its own.
"""


def formats() -> str:
    """Return the page."""
    found = sorted(file.name.removesuffix(".schema.json") for file in SCHEMAS.glob("*.json"))
    parts = ["## What you write"]
    for name in WRITTEN:
        parts += _format(name, level=3)
    parts += [
        "## What commands answer",
        "With `--format json`. Each has its schema too, and the answer names its format.",
    ]
    for name in found:
        if name not in WRITTEN:
            parts += _format(name, level=3)
    return page("Document formats", INTRODUCTION, parts)


def _format(name: str, level: int) -> list[str]:
    schema: Mapping[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    shared = schema.get("$defs", {})
    links = {part: f"[{part}](#{name}-{part})" for part in shared}
    says = schema["properties"]["format"]["const"]
    parts = [
        f"({name})=\n{'#' * level} {name}",
        f"{schema['title']}. `format: {says}`, schema `{name}.schema.json`.",
        table(("key", "", "value"), key_rows(schema, links)),
    ]
    for part, within in shared.items():
        rows = key_rows(within, links)
        parts += [f"({name}-{part})=\n**{part}** of {name}:"]
        parts += (
            [table(("key", "", "value"), rows)] if rows else [f"- {value_words(within, links)}"]
        )
    return parts
