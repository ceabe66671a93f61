"""A tree of plain values that grows by what a parser meets, with the place of everything."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, NoReturn

from assurance_core.documents.located import Mark, at, excerpt
from assurance_core.documents.paths import Path, path_words
from assurance_core.model.errors import AssuranceError, Fault

MAX_DEPTH = 40
MAX_DIGITS = 40

INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,2})?")
_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE, _FALSE = {"true", "True", "TRUE"}, {"false", "False", "FALSE"}
MEND = "mend the line, or the one before it"


class Tree:
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
