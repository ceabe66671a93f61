"""The page of document formats, from the JSON Schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from docs.make.keys import Schema, key_rows, value_words
from docs.make.markdown import page, table, words

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
COLUMNS = """
In any order, under a header. Where a table has instead a row for each score, it has the columns
`statement` and `level` in place of those of the statements, and the others are the same in all
rows of one assessment.
"""
DERIVED = "derived-"
STEP = "step"
KEY_HEADER = ("key", "", "value", "what it is for")


def formats() -> str:
    """Return the page."""
    found = sorted(file.name.removesuffix(".schema.json") for file in SCHEMAS.glob("*.json"))
    meanings = words("keys")
    parts = ["## What you write"]
    shared: dict[str, str] = {}
    for name in WRITTEN:
        parts += _written(name, meanings, shared)
    columns = [(f"`{column}`", meaning) for column, meaning in meanings["columns"].items()]
    parts += [
        "### Columns of a table",
        COLUMNS.strip(),
        table(("column", "what it holds"), columns),
    ]
    parts += [
        "## What commands answer",
        "With `--format json`. Each has its schema too, and the answer names its format.",
    ]
    for name in found:
        if name not in WRITTEN:
            parts += _answer(name)
    return page("Document formats", INTRODUCTION, parts)


def _written(name: str, meanings: Mapping[str, Any], shared: dict[str, str]) -> Iterator[str]:
    """Describe a format that people write, and those of its parts that are not described yet.

    Args:
        name: of the format.
        meanings: what each key is for.
        shared: links of the parts that are described; it grows.
    """
    schema = _schema(name)
    own = schema.get("$defs", {})
    new = [part for part in own if part not in shared]
    shared |= {part: f"[{part}](#{name}-{part})" for part in new}
    yield from _heading(name, schema)
    yield _keys(schema, shared, meanings["formats"][name.removeprefix(DERIVED)])
    for part in new:
        yield f"({name}-{part})=\n**{part}** of {name}:"
        if part == STEP:
            kinds = [key for key in own[part]["properties"] if key not in meanings["parts"][STEP]]
            linked = ", ".join(f"[`{kind}`](step-kinds.md#{kind})" for kind in kinds)
            yield f"Exactly one of {linked}, with its settings, and:"
            yield _keys(_without(own[part], kinds), shared, meanings["parts"][STEP])
        elif "properties" in own[part]:
            yield _keys(own[part], shared, meanings["parts"][part])
        else:
            yield f"- {value_words(own[part], shared)}"


def _keys(schema: Schema, links: Mapping[str, str], meanings: Mapping[str, str]) -> str:
    rows = key_rows(schema, links)
    return table(KEY_HEADER, [(*row, meanings[row[0].strip("`")]) for row in rows])


def _without(schema: Schema, keys: Sequence[str]) -> Schema:
    rest = {key: one for key, one in schema["properties"].items() if key not in keys}
    return {**schema, "properties": rest}


def _answer(name: str) -> Iterator[str]:
    """Describe a format that commands answer in, with each of its parts."""
    schema = _schema(name)
    parts = schema.get("$defs", {})
    links = {part: f"[{part}](#{name}-{part})" for part in parts}
    yield from _heading(name, schema)
    yield table(KEY_HEADER[:3], key_rows(schema, links))
    for part, within in parts.items():
        yield f"({name}-{part})=\n**{part}** of {name}:"
        rows = key_rows(within, links)
        yield table(KEY_HEADER[:3], rows) if rows else f"- {value_words(within, links)}"


def _heading(name: str, schema: Schema) -> Iterator[str]:
    says = schema["properties"]["format"]["const"]
    yield f"({name})=\n### {name}"
    yield f"{schema['title']}. `format: {says}`, schema `{name}.schema.json`."


def _schema(name: str) -> Schema:
    made: Schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    return made
