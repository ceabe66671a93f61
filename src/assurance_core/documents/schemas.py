"""The JSON Schemas of every document and answer, and faults in our own words.

A schema's `description` says what is expected at a place, and stands in the fault for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from assurance_core.documents.growing_tree import INT
from assurance_core.documents.located import Located, shown
from assurance_core.documents.paths import Path
from assurance_core.model.dates import PartialDate
from assurance_core.model.errors import AssuranceError, Fault, nearest

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

StepSchemas = Mapping[str, Mapping[str, Any]]


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


def step_settings(kind: str) -> Mapping[str, Any] | None:
    """Return the schema of a built-in step kind's settings, or None."""
    steps = load_schema("design")["$defs"]["step"]["properties"]
    found: Mapping[str, Any] | None = steps.get(kind)
    return found


def step_schemas(kinds: Mapping[str, Any]) -> StepSchemas:
    """Return the settings' schemas of step kinds that plugins add, by name."""
    return {name: kind.schema or {} for name, kind in kinds.items()}


def check(document: Located, name: str, steps: StepSchemas | None = None) -> None:
    """Raise `AssuranceError` with every fault of a document against a schema.

    Args:
        document: the values with their places.
        name: the schema's.
        steps: settings of step kinds that plugins add, by kind.
    """
    validator = _validator(name, json.dumps(steps, sort_keys=True) if steps else "")
    errors = sorted(
        validator.iter_errors(document.value),
        key=lambda error: document.mark(tuple(error.absolute_path)) or (0, 0),
    )
    faults = [
        fault
        for error in errors
        for fault in _WORDS.get(str(error.validator), _other)(document, error)
    ]
    if faults:
        raise AssuranceError(dict.fromkeys(faults))


@cache
def _validator(name: str, steps: str) -> Validator:
    """Return the validator of a schema; `steps` is JSON, so that it can be a key of the cache."""
    schema: Any = load_schema(name)
    if steps and name == "design":
        schema = json.loads(json.dumps(schema))
        schema["$defs"]["step"]["properties"].update(json.loads(steps))
    return _strict()(schema)


@cache
def _strict() -> Callable[[Any], Validator]:
    """Return a validator by which 3.0 and true are no whole numbers, and dates are checked."""
    from jsonschema import Draft202012Validator, FormatChecker, validators

    types = Draft202012Validator.TYPE_CHECKER.redefine(
        "integer", lambda _, value: isinstance(value, int) and not isinstance(value, bool)
    )
    formats = FormatChecker(formats=())
    formats.checks("partial-date", raises=AssuranceError)(_is_date)
    formats.checks("period-bound", raises=AssuranceError)(
        lambda value: value == "unknown" or _is_date(value)
    )
    extend: Any = validators.extend  # not typed
    strict = extend(Draft202012Validator, {"pattern": _pattern}, type_checker=types)
    return lambda schema: strict(schema, format_checker=formats)


def _is_date(value: object) -> bool:
    if isinstance(value, str | int) and not isinstance(value, bool):
        PartialDate.parse(str(value))
    return True


def _pattern(_validator: Any, pattern: str, value: Any, _schema: Any) -> Iterator[ValidationError]:
    """Check a pattern as JSON Schema means it: `$` is the end, not a line end before it."""
    from jsonschema import ValidationError

    if isinstance(value, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _unknown_keys(document: Located, error: Any) -> Iterator[Fault]:
    known = list(error.schema.get("properties", ()))
    for key in error.instance:
        if key not in known:
            path = (*error.absolute_path, key)
            remedy = nearest(key, known)
            yield document.fault(
                "unknown-key", path, shown(key), "a known key", remedy, at_key=True
            )


def _missing_keys(document: Located, error: Any) -> Iterator[Fault]:
    for key in error.validator_value:
        if key not in error.instance:
            path = tuple(error.absolute_path)
            yield document.fault("missing", path, f"no '{key}'", f"'{key}'", f"add {key}:")


def _wrong_type(document: Located, error: Any) -> Iterator[Fault]:
    types = error.validator_value
    types = [types] if isinstance(types, str) else types
    expected = error.schema.get("description") or " or ".join(_TYPES[one] for one in types)
    remedy = _type_remedy(error.instance, types) or f"write {expected}"
    yield _wrong(document, error, expected, remedy)


def _not_listed(document: Located, error: Any) -> Iterator[Fault]:
    rule = error.validator_value
    allowed = [
        one if isinstance(one, str) else shown(one)
        for one in (rule if error.validator == "enum" else [rule])
    ]
    expected = f"one of {', '.join(allowed)}" if len(allowed) > 1 else allowed[0]
    yield _wrong(document, error, expected, nearest(str(error.instance), allowed))


def _wrong_form(document: Located, error: Any) -> Iterator[Fault]:
    """Text that does not fit a pattern, or the name of a key that does not."""
    expected = error.schema.get("description") or f"text like {error.validator_value}"
    remedy = _rewritten(str(error.instance), str(error.validator_value))
    path: Path = tuple(error.absolute_path)
    if "format" in error.schema:
        remedy = "write the date as precisely as it is known, such as 2025-03-21 or 2025-03"
        yield document.fault("bad-date", path, shown(error.instance), expected, remedy)
    elif "propertyNames" in error.absolute_schema_path:
        path = (*path, error.instance)
        found = shown(error.instance)
        yield document.fault("wrong-type", path, found, expected, remedy, at_key=True)
    else:
        yield _wrong(document, error, expected, remedy)


def _other(document: Located, error: Any) -> Iterator[Fault]:
    """Too small, too large, too short, too long."""
    said = error.schema.get("description")
    words = _SIZES.get(str(error.validator))
    expected = said or (words[0].format(error.validator_value) if words else "another value")
    yield _wrong(document, error, expected, words[1] if words else f"see {error.validator}")


_WORDS: Mapping[str, Callable[[Located, Any], Iterator[Fault]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "type": _wrong_type,
    "enum": _not_listed,
    "const": _not_listed,
    "pattern": _wrong_form,
    "format": _wrong_form,
}

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "a mapping",
    "array": "a list",
    "null": "nothing",
}

_SIZES = {
    "minimum": ("{} or more", "raise it"),
    "maximum": ("{} or less", "lower it"),
    "exclusiveMinimum": ("more than {}", "raise it"),
    "minItems": ("a list of at least {}", "add to the list"),
    "maxItems": ("a list of at most {}", "shorten the list"),
    "minLength": ("text that is not empty", "write the text"),
    "minProperties": ("at least {} key", "add one"),
}


def _wrong(document: Located, error: Any, expected: str, remedy: str) -> Fault:
    path: Path = tuple(error.absolute_path)
    return document.fault("wrong-type", path, shown(error.instance), expected, remedy)


def _type_remedy(value: Any, types: list[str]) -> str:
    if value is None:
        return "write a value, or remove the key"
    if isinstance(value, Decimal) and "integer" in types:
        return "write a whole number, without a decimal point"
    if isinstance(value, str) and {"integer", "number"} & set(types) and INT.fullmatch(value):
        return "write the number without quotes"
    if "string" in types and "integer" not in types and isinstance(value, int | Decimal):
        return f'put it in quotes: "{shown(value)}"'
    return ""


def _rewritten(text: str, pattern: str) -> str:
    """Propose what the text may have meant, if that fits the pattern."""
    words = re.findall(r"[a-z0-9/]+", text.casefold())
    for proposal in ("-".join(words), "_".join(words), f"https://{text}"):
        if proposal and re.search(pattern, proposal):
            return f"write for example '{proposal}'"
    return "write it in that form"
