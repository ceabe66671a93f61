"""A document as plain values, with the line and column of every path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from assurance_core.model.errors import Fault

Path = tuple[str | int, ...]


@frozen(eq=False)
class Located:
    """Plain values read from a text.

    Attributes:
        value: mappings, lists, text, whole numbers, decimals, booleans and None.
        name: the file's name, or a word for where the text came from.
        marks: line and column (both from 1) by path.
        lines: the text, for excerpts.
        overlong: a list of paths is not kept for trees made by edits: then there are no marks.
    """

    value: Any
    name: str
    marks: Mapping[Path, tuple[int, int]] = field(factory=dict)
    lines: Sequence[str] = ()

    def place(self, path: Path) -> str:
        """Return `file:line:column: path.in.document` for a path, as errors print it."""
        mark = self._mark(path)
        where = f"{self.name}:{mark[0]}:{mark[1]}" if mark else self.name
        words = path_words(path)
        return f"{where}: {words}" if words else where

    def fault(self, code: str, path: Path, found: str, expected: str, remedy: str) -> Fault:
        """Return a fault at a path, with the line of the document and a caret."""
        return Fault(code, self.place(path), found, expected, remedy, self._excerpt(path))

    def _mark(self, path: Path) -> tuple[int, int] | None:
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path)

    def _excerpt(self, path: Path) -> str:
        mark = self._mark(path)
        if not mark or mark[0] > len(self.lines):
            return ""
        line, column = mark
        text = self.lines[line - 1]
        start = max(0, column - 60)
        return f"{line} | {text[start : start + 90]}\n{' ' * len(str(line))} | {' ' * (column - 1 - start)}^"


def path_words(path: Path) -> str:
    """Return a path as `judgements.overall.steps[2].band.good`.

    Example:
        >>> path_words(("judgements", "overall", "steps", 2, "band"))
        'judgements.overall.steps[2].band'
    """
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
