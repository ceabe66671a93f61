"""Documents out: JSON and YAML, the same bytes each time."""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal
from typing import Any

import yaml

from assurance_core.documents.growing_tree import DECIMAL, INT

LARGEST_SAFE = 2**53


def plain(value: Any) -> Any:
    """Return a tree with decimals and very large whole numbers as JSON can carry them.

    Integers over 2^53, and decimals that a float would round, become text.

    Example:
        >>> plain({"small": 3, "large": 2**60})
        {'small': 3, 'large': '1152921504606846976'}
    """
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, Decimal):
        # A float stands for the decimal where it prints as the same number; text where it does not.
        return float(value) if Decimal(repr(float(value))) == value else str(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > LARGEST_SAFE:
        return str(value)
    return value


def to_json(value: Any) -> str:
    """Return JSON: two spaces, keys in the order given, a line end at the end."""
    return json.dumps(plain(value), indent=2, ensure_ascii=False) + "\n"


def canonical(value: Any) -> str:
    """Return JSON with sorted keys and no blanks: what hashes are made of."""
    return json.dumps(plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(value: Any) -> str:
    """Return the SHA-256 of a tree's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


class _Dumper(yaml.SafeDumper):
    """Block style, decimals as numbers, and text quoted wherever it could be read as a number."""


def _decimal(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    text = str(value)
    return dumper.represent_scalar(_FLOAT, f"{text}.0" if INT.fullmatch(text) else text)


_FLOAT = "tag:yaml.org,2002:float"
_Dumper.add_representer(Decimal, _decimal)
# What our reader takes for a number is more than what PyYAML's resolver does: `1e5`, `08.5`.
_Dumper.add_implicit_resolver(_FLOAT, re.compile(f"({DECIMAL.pattern})\\Z"), list("-+.0123456789"))


def to_yaml(value: Any) -> str:
    """Return YAML that `read_located` reads back to the same values."""
    text: str = yaml.dump(
        value,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=None,
        width=100,
    )
    return text
