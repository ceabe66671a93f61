"""The JSON Schemas of every document and answer, and faults in our own words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from assurance_core.documents.located import Located, Path
from assurance_core.model.errors import AssuranceError, Fault, nearest

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

DOCUMENT_KINDS = ("framework", "design", "crosswalk", "patch", "dataset", "assessment", "receipt")


def schema_folder() -> Any:
    """Return the folder of schemas: in the wheel, or the repository's for editable installs."""
    inside = files("assurance_core") / "schemas"
    return inside if inside.is_dir() else FilePath(__file__).resolve().parents[3] / "schemas"


@cache
def load_schema(name: str) -> Mapping[str, Any]:
    """Return the schema `name`, such as `design` or `outcome`."""
    text = (schema_folder() / f"{name}.schema.json").read_text(encoding="utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    return schema


def with_step_kinds(kinds: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return the schema of designs with the settings of more step kinds."""
    schema: dict[str, Any] = json.loads(json.dumps(load_schema("design")))
    schema["$defs"]["step"]["properties"].update(kinds)
    return schema


def check(document: Located, schema: Mapping[str, Any]) -> None:
    """Raise `AssuranceError` with every fault of a document against a schema."""
    faults = [
        fault
        for error in sorted(_validator(schema).iter_errors(document.value), key=_order)
        for fault in _faults(document, error)
    ]
    if faults:
        raise AssuranceError(dict.fromkeys(faults))


def _order(error: Any) -> tuple[str, ...]:
    return tuple(f"{part:>6}" if isinstance(part, int) else part for part in error.absolute_path)


def _validator(schema: Mapping[str, Any]) -> Validator:
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    checker = Draft202012Validator.TYPE_CHECKER.redefine(
        "integer", lambda _, value: isinstance(value, int) and not isinstance(value, bool)
    )
    strict = extend(Draft202012Validator, type_checker=checker)
    validator: Validator = strict(schema)
    return validator


def shown(value: Any) -> str:
    """Return a value as errors show it, cut to a line."""
    if isinstance(value, str):
        text = f"'{value}'"
    elif isinstance(value, bool):
        text = str(value).lower()
    elif value is None:
        text = "nothing"
    elif isinstance(value, Mapping):
        text = "a mapping" + (f" with {', '.join(map(str, list(value)[:4]))}" if value else "")
    elif isinstance(value, list):
        text = f"a list of {len(value)}"
    else:
        text = str(value)
    text = text.encode("unicode_escape").decode() if not text.isprintable() else text
    return text if len(text) <= 80 else text[:77] + "..."


_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "a mapping",
    "array": "a list",
    "null": "nothing",
}


def _type_words(types: Any) -> str:
    listed = [types] if isinstance(types, str) else list(types)
    return " or ".join(_TYPES[one] for one in listed)


def _faults(document: Located, error: Any) -> list[Fault]:
    """Return one schema error as faults in our own words."""
    path: Path = tuple(error.absolute_path)
    value, rule = error.instance, error.validator_value
    said = error.schema.get("description", "")
    if error.validator == "additionalProperties":
        known = list(error.schema.get("properties", ()))
        return [
            document.fault(
                "unknown-key", (*path, key), f"'{key}'", "a known key", nearest(str(key), known)
            )
            for key in value
            if key not in known
        ]
    if error.validator == "required":
        return [
            document.fault("missing", path, f"no '{key}'", f"the key '{key}'", f"add {key}:")
            for key in rule
            if key not in value
        ]
    if error.validator == "type":
        expected = said or _type_words(rule)
        return [
            document.fault("wrong-type", path, shown(value), expected, _type_remedy(value, rule))
        ]
    if error.validator in ("enum", "const"):
        allowed = [str(one) for one in (rule if error.validator == "enum" else [rule])]
        expected = f"one of {', '.join(allowed)}" if len(allowed) > 1 else allowed[0]
        return [
            document.fault("wrong-type", path, shown(value), expected, nearest(str(value), allowed))
        ]
    if error.validator == "pattern":
        expected = said or f"text like {rule}"
        code = "bad-date" if "date" in expected else "wrong-type"
        return [document.fault(code, path, shown(value), expected, "write it in that form")]
    if error.validator == "propertyNames":
        return [
            document.fault(
                "wrong-type", (*path, str(value)), shown(value), "a snake_case id", "rename it"
            )
        ]
    expected, remedy = _size_words(error.validator, rule, said)
    return [document.fault("wrong-type", path, shown(value), expected, remedy)]


def _size_words(validator: str, rule: Any, said: str) -> tuple[str, str]:
    words = {
        "minimum": (f"{rule} or more", "raise it"),
        "exclusiveMinimum": (f"more than {rule}", "raise it"),
        "maximum": (f"{rule} or less", "lower it"),
        "minItems": (f"a list of at least {rule}", "add to the list"),
        "maxItems": (f"a list of at most {rule}", "shorten the list"),
        "minLength": ("text that is not empty", "write the text"),
        "maxLength": (f"text of at most {rule} characters", "shorten the text"),
        "minProperties": (f"a mapping of at least {rule}", "add to the mapping"),
        "maxProperties": (f"a mapping of at most {rule}", "shorten the mapping"),
    }
    expected, remedy = words.get(
        validator, (said or "a value that fits the schema", "see the schema")
    )
    return said or expected, remedy


def _type_remedy(value: Any, types: Any) -> str:
    allowed = [types] if isinstance(types, str) else list(types)
    if "integer" in allowed and isinstance(value, Decimal):
        return "write a whole number, without a decimal point"
    if "integer" in allowed and isinstance(value, str) and value.strip().lstrip("+-").isdigit():
        return "write the number without quotes"
    if "string" in allowed and isinstance(value, int | Decimal | bool):
        return "put it in quotes"
    if value is None:
        return "write a value, or remove the key"
    return "write it in that form"
