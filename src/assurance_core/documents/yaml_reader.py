"""YAML and JSON texts to located values, strictly.

PyYAML's own loader keeps the last of two equal keys, reads `NO` as false and follows aliases. This
one walks the parser's events with a stack of its own, so deep nesting costs no recursion.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any

import yaml

from assurance_core.documents.located import Located, Path, path_words
from assurance_core.model.errors import AssuranceError, Fault

MAX_BYTES = 10_000_000
MAX_DEPTH = 40

_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,2})?")
_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE, _FALSE = {"true", "True", "TRUE"}, {"false", "False", "FALSE"}
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_text(file: FilePath, max_bytes: int = MAX_BYTES) -> str:
    """Return a file's text; raise for a missing, oversized, empty or non-text file."""
    try:
        size = file.stat().st_size
        if size > max_bytes:
            raise AssuranceError(
                Fault(
                    "too-large",
                    str(file),
                    f"{size} bytes",
                    f"at most {max_bytes} bytes",
                    "check that this is the right file, or split it",
                )
            )
        data = file.read_bytes()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise AssuranceError(
            Fault("file", str(file), reason, "a file that can be read", "check the path")
        ) from None
    return decode(data, str(file))


def decode(data: bytes, name: str) -> str:
    """Return bytes as text in UTF-8 (a byte order mark is dropped); raise if they are not."""
    try:
        text = data.decode("utf-8-sig")
        if "\0" in text:
            raise UnicodeDecodeError("utf-8", data, data.index(b"\0"), data.index(b"\0") + 1, "NUL")
    except UnicodeDecodeError as error:
        raise AssuranceError(
            Fault(
                "bad-encoding",
                name,
                f"a byte at {error.start} that is not text",
                "a text file in UTF-8",
                "save the file as UTF-8 text",
            )
        ) from None
    if not text.strip():
        raise AssuranceError(
            Fault("missing", name, "an empty file", "a document", "write one: `assurance new`")
        )
    return text


def read_located(text: str, name: str) -> Located:
    """Read YAML, or JSON where the text begins with a brace.

    Args:
        text: the document.
        name: what errors call it; a file name ending in `.json` must be JSON.

    Raises:
        AssuranceError: `bad-syntax`, `yaml-feature`, `duplicate` or `too-deep`.
    """
    if len(text) > MAX_BYTES:
        raise AssuranceError(
            Fault(
                "too-large",
                name,
                f"{len(text)} characters",
                f"at most {MAX_BYTES}",
                "check that this is the right file, or split it",
            )
        )
    is_json = name.endswith(".json")
    lines = text.splitlines()
    # JSON allows tabs between values, and never inside text: a blank changes nothing but that.
    walk = _Walk(name, lines)
    try:
        for event in yaml.parse(text.replace("\t", " ") if is_json else text, Loader=_Loader):
            walk.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        column = mark.column + 1 if mark else 1
        problem = (error.problem or "not YAML").replace("\t", "\\t")
        tab = "\t" in (lines[line - 1] if line <= len(lines) else "")
        raise AssuranceError(
            Fault(
                "bad-syntax",
                f"{name}:{line}:{column}",
                f"a tab ({problem})" if tab else problem,
                "JSON" if is_json else "YAML",
                "indent with spaces, not tabs" if tab else "mend the line, or the one before it",
                walk.excerpt(line, column),
            )
        ) from None
    except yaml.YAMLError as error:
        found = " ".join(str(error).split())[:80]
        raise AssuranceError(
            Fault("bad-syntax", name, found, "YAML or JSON", "save the file as plain text")
        ) from None
    value = _strict_json(text, name) if is_json else walk.value
    return Located(value, name, walk.marks, lines)


def _strict_json(text: str, name: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise AssuranceError(
            Fault(
                "bad-syntax",
                f"{name}:{error.lineno}:{error.colno}",
                error.msg.lower(),
                "JSON",
                "mend the line, or give the file the ending .yaml",
            )
        ) from None


class _Walk:
    """Builds values from parser events."""

    def __init__(self, name: str, lines: list[str]) -> None:
        self.name = name
        self.lines = lines
        self.marks: dict[Path, tuple[int, int]] = {}
        self.value: Any = None
        self._documents = 0
        self._open: list[tuple[Any, Path]] = []
        self._key: list[str | None] = []

    def excerpt(self, line: int, column: int) -> str:
        return Located(None, self.name, {(): (line, column)}, self.lines)._excerpt(())

    def take(self, event: Any) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse(
                    "bad-syntax",
                    line,
                    column,
                    "a second document",
                    "one document",
                    "split the file",
                )
        if isinstance(event, yaml.AliasEvent):
            self._refuse(
                "yaml-feature",
                line,
                column,
                f"the alias *{event.anchor}",
                "no aliases",
                "write the value out",
            )
        if getattr(event, "anchor", None):
            self._refuse(
                "yaml-feature",
                line,
                column,
                f"the anchor &{event.anchor}",
                "no anchors",
                "remove it",
            )
        if getattr(event, "tag", None):
            self._refuse(
                "yaml-feature", line, column, f"the tag {event.tag}", "no tags", "remove it"
            )
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line, column)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            container: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
            path = self._place(container, line, column)
            self._open.append((container, path))
            self._key.append(None)
            if len(self._open) > MAX_DEPTH:
                self._refuse(
                    "too-deep",
                    line,
                    column,
                    f"more than {MAX_DEPTH} levels",
                    f"at most {MAX_DEPTH} levels",
                    "flatten the document",
                )
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()
            self._key.pop()

    def _scalar(self, event: Any, line: int, column: int) -> None:
        if self._open and isinstance(self._open[-1][0], dict) and self._key[-1] is None:
            mapping, path = self._open[-1]
            key = event.value
            if key in mapping:
                place = path_words((*path, key))
                self._refuse(
                    "duplicate",
                    line,
                    column,
                    f"the key '{place}' a second time",
                    "each key once",
                    "remove one of the two",
                )
            self._key[-1] = key
            self.marks[(*path, key)] = (line, column)
            return
        self._place(event.value if not event.implicit[0] else _plain(event.value), line, column)

    def _place(self, value: Any, line: int, column: int) -> Path:
        if not self._open:
            self.value = value
            self.marks[()] = (line, column)
            return ()
        container, path = self._open[-1]
        if isinstance(container, list):
            here: Path = (*path, len(container))
            container.append(value)
        else:
            key = self._key[-1]
            if key is None:
                self._refuse(
                    "yaml-feature",
                    line,
                    column,
                    "a list or mapping as a key",
                    "a plain key",
                    "write a plain key",
                )
            assert key is not None
            here = (*path, key)
            container[key] = value
            self._key[-1] = None
        self.marks[here] = (line, column)
        return here

    def _refuse(
        self, code: str, line: int, column: int, found: str, expected: str, remedy: str
    ) -> None:
        place = f"{self.name}:{line}:{column}"
        raise AssuranceError(
            Fault(code, place, found, expected, remedy, self.excerpt(line, column))
        )


def _plain(text: str) -> Any:
    """Return an unquoted scalar by the core rules of YAML 1.2; decimals stay exact."""
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INT.fullmatch(text) and len(text) <= 40:
        return int(text)
    if _DECIMAL.fullmatch(text) and not text.isdigit() and len(text) <= 40:
        return Decimal(text)
    return text
