"""YAML and JSON texts to located values, strictly.

PyYAML's own loader keeps the last of two equal keys, reads `NO` as false and follows aliases; JSON
readers keep no lines. Here the events of either parser build one tree, with a stack of its own, so
that deep nesting costs no recursion.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from decimal import Decimal
from itertools import accumulate
from pathlib import Path as FilePath
from typing import Any, NoReturn

import yaml

from assurance_core.documents.located import Located, Mark, at, excerpt
from assurance_core.documents.paths import Path, path_words
from assurance_core.model.errors import AssuranceError, Fault

MAX_BYTES = 10_000_000
MAX_DEPTH = 40
MAX_DIGITS = 40

INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,2})?")
_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE, _FALSE = {"true", "True", "TRUE"}, {"false", "False", "FALSE"}
_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s,:{}\[\]"]+', re.DOTALL)
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What the YAML parser says: found and remedy in plain words, and whether the fault is where the
# construct begins rather than where the parser gave up.
_SYNTAX = {
    "mapping values are not allowed": (
        "a colon where none may stand",
        "put text that contains a colon in quotes, and check how far the line is indented",
        False,
    ),
    "could not find expected ':'": (
        "a line that is not 'key: value'",
        "add the colon, with a blank behind it",
        True,
    ),
    "did not find expected key": (
        "a line that does not fit the lines above it",
        "check how far it is indented, and that quotes and brackets above it are closed",
        False,
    ),
    "did not find expected '-' indicator": (
        "a line that does not fit the list above it",
        "check how far it is indented, and that it begins with a dash",
        False,
    ),
    "did not find expected ',' or": (
        "a bracket that is not closed, or a comma that is missing",
        "close the bracket, or add the comma",
        True,
    ),
    "did not find expected node content": (
        "a bracket or comma where a value is expected",
        "close the bracket, or write the value",
        False,
    ),
    "found unexpected end of stream": (
        "text in quotes that does not end",
        "close the quotes",
        True,
    ),
    "found unknown escape character": (
        "a backslash in double quotes",
        "use single quotes, or write two backslashes",
        False,
    ),
    "found character that cannot start any token": (
        "a character that cannot begin a value",
        "put the text in quotes",
        False,
    ),
    "block sequence entries are not allowed": (
        "a dash where no list can begin",
        "put the list on lines of its own, or the text in quotes",
        False,
    ),
}
_MEND = "mend the line, or the one before it"


def read_text(file: FilePath, max_bytes: int = MAX_BYTES, name: str = "") -> str:
    """Return a file's text; raise for a missing, oversized, empty or non-text file.

    Args:
        file: where it is.
        max_bytes: the largest size.
        name: what errors call it, if not by its path.
    """
    name = name or str(file)
    try:
        with file.open("rb") as stream:
            data = stream.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise AssuranceError(
            Fault("file", name, reason, "a file that can be read", "check the path and your rights")
        ) from None
    _check_size(len(data), name, max_bytes)
    return decode(data, name)


def decode(data: bytes, name: str) -> str:
    """Return bytes as text in UTF-8 (a byte order mark is dropped); raise if they are not."""
    start = data.find(b"\0")
    text = ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start if start < 0 else min(start, error.start)
    if start >= 0:
        line = data.count(b"\n", 0, start) + 1
        raise AssuranceError(
            Fault(
                "bad-encoding",
                at(name, (line, start - data.rfind(b"\n", 0, start))),
                f"a byte that is not text (0x{data[start]:02X})",
                "text in UTF-8",
                "save the file as UTF-8 text; a file of another program, such as Excel or Word,"
                " has to be exported as text",
            )
        )
    if not text.strip():
        raise AssuranceError(
            Fault("missing", name, "an empty file", "a document", "write one: `assurance new`")
        )
    return text


def read_located(text: str, name: str) -> Located:
    """Read YAML, or JSON where the name ends in `.json`.

    Args:
        text: the document.
        name: what errors call it.

    Raises:
        AssuranceError: `bad-syntax`, `bad-encoding`, `yaml-feature`, `duplicate`, `too-deep` or
            `too-large`.
    """
    _check_size(len(text), name, MAX_BYTES)
    if any("\ud800" <= one <= "\udfff" for one in text):
        raise AssuranceError(
            Fault("bad-encoding", name, "half a character", "text in UTF-8", "write it anew")
        )
    if name.endswith(".json"):
        tree = _Tree(name, text.split("\n"))
        _read_json(text, tree)
    else:
        tree = _Tree(name, text.splitlines())
        _read_yaml(text, tree)
    return Located(tree.value, name, tree.marks, tree.keys, tree.lines)


def _check_size(size: int, name: str, largest: int) -> None:
    if size > largest:
        raise AssuranceError(
            Fault(
                "too-large",
                name,
                f"more than {largest:,} bytes",
                f"at most {largest:,} bytes",
                "check that this is the right file, or split it",
            )
        )


class _Tree:
    """A tree that grows by what a parser meets, in order."""

    def __init__(self, name: str, lines: list[str]) -> None:
        self.name = name
        self.lines = lines
        self.marks: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self.value: Any = None
        self._open: list[tuple[Any, Path]] = []
        self._key: list[str | None] = []

    def refuse(self, code: str, mark: Mark, found: str, expected: str, remedy: str) -> NoReturn:
        """Raise a fault at a line and column."""
        place = at(self.name, mark)
        raise AssuranceError(
            Fault(code, place, found, expected, remedy, excerpt(self.lines, mark))
        ) from None

    def open(self, container: Any, mark: Mark) -> None:
        """Begin a mapping or a list."""
        if len(self._open) == MAX_DEPTH:
            self.refuse(
                "too-deep",
                mark,
                f"more than {MAX_DEPTH} levels, one inside the other",
                f"at most {MAX_DEPTH} levels",
                "check for brackets that are not closed, or flatten the document",
            )
        self._open.append((container, self._place(container, mark)))
        self._key.append(None)

    def close(self) -> None:
        """End the mapping or list that was begun last."""
        self._open.pop()
        self._key.pop()

    def scalar(self, text: str, plain: bool, mark: Mark) -> None:
        """Take a key or a value; a plain one stands without quotes."""
        if self._open and isinstance(self._open[-1][0], dict) and self._key[-1] is None:
            if plain and text == "<<":
                self.refuse(
                    "yaml-feature", mark, "the merge key <<", "no merge keys", "write the keys out"
                )
            self._take_key(text, mark)
        else:
            self._place(self._plain(text, mark) if plain else text, mark)

    def _take_key(self, key: str, mark: Mark) -> None:
        mapping, path = self._open[-1]
        here = (*path, key)
        if key in mapping:
            self.refuse(
                "duplicate",
                mark,
                f"the key '{path_words(here)}' a second time",
                "each key once",
                "remove one of the two",
            )
        self._key[-1] = key
        self.keys[here] = mark

    def _place(self, value: Any, mark: Mark) -> Path:
        here: Path = ()
        if not self._open:
            self.value = value
        elif isinstance(self._open[-1][0], list):
            container, path = self._open[-1]
            here = (*path, len(container))
            container.append(value)
        else:
            container, path = self._open[-1]
            key = self._key[-1]
            if key is None:
                self.refuse(
                    "yaml-feature",
                    mark,
                    "a list or mapping as a key",
                    "text as a key",
                    "put text that begins with a bracket in quotes",
                )
            here = (*path, key)
            container[key] = value
            self._key[-1] = None
            if isinstance(value, dict | list):
                mark = self.keys[here]
        self.marks[here] = mark
        return here

    def _plain(self, text: str, mark: Mark) -> Any:
        """Return an unquoted scalar by the core rules of YAML 1.2; decimals stay exact."""
        if text in _NULL:
            return None
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        is_int = INT.fullmatch(text)
        if not is_int and (text.isdigit() or not DECIMAL.fullmatch(text)):
            return text
        if len(text) > MAX_DIGITS:
            self.refuse(
                "too-large",
                mark,
                f"a number of {len(text)} characters",
                f"a number of at most {MAX_DIGITS} characters",
                "check the number, or put it in quotes if it is text",
            )
        return int(text) if is_int else Decimal(text)


def _read_yaml(text: str, tree: _Tree) -> None:
    documents = 0
    events: Any = yaml.parse(text, Loader=_Loader)
    try:
        for event in events:
            mark = (event.start_mark.line + 1, event.start_mark.column + 1)
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    tree.refuse(
                        "bad-syntax", mark, "a second document", "one document", "split the file"
                    )
            _check_features(event, mark, tree)
            if isinstance(event, yaml.ScalarEvent):
                tree.scalar(event.value, event.implicit[0], mark)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                tree.open({} if isinstance(event, yaml.MappingStartEvent) else [], mark)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                tree.close()
    except yaml.MarkedYAMLError as error:
        _refuse_syntax(error, tree)
    except yaml.YAMLError:
        found = next(one for one in text if not (one.isprintable() or one in "\t\r\n\x85"))
        line = text.count("\n", 0, text.index(found)) + 1
        tree.refuse(
            "bad-syntax",
            (line, text.index(found) - text.rfind("\n", 0, text.index(found))),
            f"a control character (0x{ord(found):02X})",
            "YAML",
            "remove the character, or save the file as plain text",
        )


def _check_features(event: Any, mark: Mark, tree: _Tree) -> None:
    """Refuse what makes a document mean something else than it says."""
    if isinstance(event, yaml.AliasEvent):
        tree.refuse(
            "yaml-feature", mark, f"the alias *{event.anchor}", "no aliases", "write the value out"
        )
    if getattr(event, "anchor", None):
        tree.refuse(
            "yaml-feature",
            mark,
            f"the anchor &{event.anchor}",
            "no anchors",
            "remove it, or put text that begins with & in quotes",
        )
    if getattr(event, "tag", None):
        tree.refuse(
            "yaml-feature",
            mark,
            f"the tag {event.tag.replace('tag:yaml.org,2002:', '!!')}",
            "no tags",
            "remove it, or put text that begins with ! in quotes",
        )


def _refuse_syntax(error: Any, tree: _Tree) -> NoReturn:
    where: Any = error.problem_mark or error.context_mark
    mark = (where.line + 1, where.column + 1)
    line = tree.lines[where.line] if where.line < len(tree.lines) else ""
    if "\t" in line[: where.column + 1]:
        mark = (mark[0], line.index("\t") + 1)
        tree.refuse("bad-syntax", mark, "a tab", "blanks", "indent with blanks, not with tabs")
    problem = " ".join((error.problem or "").split()) or "no YAML"
    for said, (found, remedy, at_start) in _SYNTAX.items():
        if said in problem:
            if at_start and error.context_mark:
                mark = (error.context_mark.line + 1, error.context_mark.column + 1)
            tree.refuse("bad-syntax", mark, found, "YAML", remedy)
    tree.refuse("bad-syntax", mark, problem, "YAML", _MEND)


def _read_json(text: str, tree: _Tree) -> None:
    starts = [0, *accumulate(len(line) + 1 for line in tree.lines)]

    def mark_at(position: int) -> Mark:
        line = bisect_right(starts, position)
        return (line, position - starts[line - 1] + 1)

    try:
        json.loads(text, parse_constant=_no_constant, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        before = text[: error.pos].rstrip()
        comma = len(before) - 1 if before.endswith(",") else error.pos
        if re.match(r",\s*[}\]]", text[comma:]):
            found, remedy = "a comma behind the last entry", "remove the comma"
            tree.refuse("bad-syntax", mark_at(comma), found, "JSON", remedy)
        found = error.msg[0].lower() + error.msg[1:]
        tree.refuse("bad-syntax", mark_at(error.pos), found, "JSON", _MEND)
    except _ConstantError as error:
        tokens = _JSON_TOKEN.finditer(text)
        start = next(token.start() for token in tokens if token.group() == str(error))
        found, remedy = f"the word {error}", "write a number or null"
        tree.refuse("bad-syntax", mark_at(start), found, "JSON", remedy)
    except RecursionError:
        pass  # The tree refuses such depth, and says where.
    for token in _JSON_TOKEN.finditer(text):
        mark, word = mark_at(token.start()), token.group()
        if word in "{[":
            tree.open({} if word == "{" else [], mark)
        elif word in "}]":
            tree.close()
        elif word.startswith('"'):
            value = json.loads(word)
            if any("\ud800" <= one <= "\udfff" for one in value):
                tree.refuse(
                    "bad-encoding", mark, "half a character", "whole characters", "write it anew"
                )
            tree.scalar(value, False, mark)
        else:
            tree.scalar(word, True, mark)


class _ConstantError(Exception):
    """A word such as NaN, which Python's reader takes and JSON does not have."""


def _no_constant(word: str) -> NoReturn:
    raise _ConstantError(word)
