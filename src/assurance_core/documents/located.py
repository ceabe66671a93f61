"""A document as plain values, with the line and column of every path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from assurance_core.documents.paths import Path, written_path
from assurance_core.model.errors import Fault

Mark = tuple[int, int]


@frozen(eq=False)
class Located:
    """Plain values read from a text.

    Attributes:
        value: mappings, lists, text, whole numbers, decimals, booleans and None.
        name: the file's name, or a word for where the text came from.
        marks: line and column (both from 1) of each value; a mapping or list behind a key has the
            key's. There are none for a tree made by edits.
        keys: line and column of each key.
        lines: the text, for excerpts.
    """

    value: Any
    name: str
    marks: Mapping[Path, Mark] = field(factory=dict)
    keys: Mapping[Path, Mark] = field(factory=dict)
    lines: Sequence[str] = ()

    def fault(
        self, code: str, path: Path, found: str, expected: str, remedy: str, at_key: bool = False
    ) -> Fault:
        """Return a fault at a path, with the line of the document and a caret.

        Args:
            code, found, expected, remedy: as in `Fault`.
            path: where the fault is; the nearest place above it if it is not in the document.
            at_key: the key is at fault, not its value.
        """
        mark = self.mark(path, at_key)
        place = ": ".join(filter(None, [at(self.name, mark), written_path(self.value, path)]))
        return Fault(code, place, found, expected, remedy, excerpt(self.lines, mark))

    def mark(self, path: Path, at_key: bool = False) -> Mark | None:
        """Return line and column of a path, or of the nearest place above it."""
        if at_key and path in self.keys:
            return self.keys[path]
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path)


def at(name: str, mark: Mark | None) -> str:
    """Return `file:line:column`, or the file alone."""
    return f"{name}:{mark[0]}:{mark[1]}" if mark else name


def excerpt(lines: Sequence[str], mark: Mark | None) -> str:
    """Return the line at a mark with a caret under the column, cut to fit a terminal.

    Example:
        >>> print(excerpt(["id: demo", "nmae: x"], (2, 1)))
        2 | nmae: x
          | ^
    """
    if not mark or mark[0] > len(lines):
        return ""
    line, column = mark
    start = max(0, column - 60)
    shown = "".join(
        one if one.isprintable() else " " for one in lines[line - 1][start : start + 90]
    )
    margin = " " * len(str(line))
    return f"{line} | {shown.rstrip()}\n{margin} | {' ' * (column - 1 - start)}^"


def shown(value: Any) -> str:
    """Return a value as errors show it, on one line.

    Example:
        >>> shown("three"), shown(True), shown(None), shown([1, 2])
        ("'three'", 'true', 'nothing', 'a list of 2')
    """
    if isinstance(value, str):
        text = f"'{value}'"
    elif isinstance(value, bool):
        text = str(value).lower()
    elif value is None:
        text = "nothing"
    elif isinstance(value, Mapping):
        text = f"a mapping with {', '.join(map(str, list(value)[:4]))}" if value else "{}"
    elif isinstance(value, Sequence):
        text = f"a list of {len(value)}"
    else:
        text = str(value)
        if isinstance(value, Decimal) and text.isdigit():
            text += " as a decimal"
    text = text if text.isprintable() else text.encode("unicode_escape").decode()
    return text if len(text) <= 80 else text[:77] + "..."
