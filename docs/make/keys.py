"""What may stand in a document, from its JSON Schema, as rows of a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]
Row = tuple[str, str, str]

KINDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
    "number": "a number",
    "object": "a mapping",
    "string": "text",
}
OF_MANY = {"array": "lists", "integer": "whole numbers", "number": "numbers", "string": "texts"}


def key_rows(schema: Schema, parts: Mapping[str, str], under: str = "") -> list[Row]:
    """Return a row for each key of a mapping, and of the mappings within it.

    Args:
        schema: of the mapping.
        parts: names of shared parts, which have their own tables, with their links.
        under: the key that the mapping stands at.
    """
    rows: list[Row] = []
    required = schema.get("required", ())
    for key, value in schema.get("properties", {}).items():
        path = f"{under}{key}"
        rows += [(f"`{path}`", "required" if key in required else "", value_words(value, parts))]
        rows += key_rows(value, parts, f"{path}.")
        rows += _inside(value, parts, path)
    return rows


def _inside(value: Schema, parts: Mapping[str, str], path: str) -> list[Row]:
    """Return the rows of what a list or a mapping by id holds."""
    rows = key_rows(value.get("items", {}), parts, f"{path}[].")
    by_id = value.get("additionalProperties")
    if isinstance(by_id, Mapping):
        rows += key_rows(by_id, parts, f"{path}.ID.")
        rows += _inside(by_id, parts, f"{path}.ID")
    return rows


def value_words(schema: Schema, parts: Mapping[str, str]) -> str:
    """Return what a value may be, in words."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rsplit("/", 1)[-1]
        return parts.get(name, name)
    if "const" in schema:
        return f"`{_plain(schema['const'])}`"
    if "enum" in schema:
        return ", ".join(f"`{_plain(one)}`" for one in schema["enum"])
    if "anyOf" in schema or "oneOf" in schema:
        every = schema.get("anyOf") or schema["oneOf"]
        return " or ".join(dict.fromkeys(value_words(one, parts) for one in every))
    given = schema.get("type", ())
    kinds = [given] if isinstance(given, str) else list(given)
    said = " or ".join(_kind(one, schema, parts) for one in kinds) or "anything"
    about = schema.get("description", "")
    if not about:
        return said
    return str(about) if "array" not in kinds and "object" not in kinds else f"{said}: {about}"


def _kind(kind: str, schema: Schema, parts: Mapping[str, str]) -> str:
    if kind == "array" and schema.get("items"):
        return f"a list of {_many(schema['items'], parts)}"
    by_id = schema.get("additionalProperties")
    if kind == "object" and isinstance(by_id, Mapping) and by_id:
        if "properties" in schema:
            return f"a mapping; besides the keys below, each key has {value_words(by_id, parts)}"
        return f"a mapping; each key has {value_words(by_id, parts)}"
    return KINDS[kind]


def _many(items: Schema, parts: Mapping[str, str]) -> str:
    kind = items.get("type")
    if "enum" not in items and isinstance(kind, str):
        return OF_MANY.get(kind, "mappings")
    return value_words(items, parts)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
