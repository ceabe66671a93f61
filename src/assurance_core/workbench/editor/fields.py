"""One setting of a step as a field: what it is called, what it may hold, what it holds now."""

from __future__ import annotations

import json
from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from attrs import frozen

from assurance_core.documents.growing_tree import DECIMAL, INT
from assurance_core.documents.texts import read_located
from assurance_core.model.errors import AssuranceError
from assurance_core.model.scale import Scale
from assurance_core.report.templating import slug
from assurance_core.rules.scope import level_words

Options = tuple[tuple[str, str], ...]

PREFIX = "field."
MOST_CHARACTERS = 40


@frozen
class Field:
    """One setting.

    Attributes:
        path: as edits write it.
        label: in plain words.
        kind: a number, a whole number, or one of the options.
        value: what the design has, as text.
        options: values with their words.
    """

    path: str
    label: str
    kind: Literal["number", "whole", "choice"]
    value: str
    options: Options = ()

    @property
    def name(self) -> str:
        """The name under which a form sends it."""
        return f"{PREFIX}{self.path}"

    @property
    def id(self) -> str:
        """The place in the page to which an error leads."""
        return f"field-{slug(self.path)}"

    @property
    def known(self) -> frozenset[str]:
        """The values that may be chosen."""
        return frozenset(value for value, _ in self.options)

    @property
    def shown(self) -> str:
        """What the design has, in words."""
        return dict(self.options).get(self.value, self.value)

    def same(self, entered: str) -> bool:
        """Say whether an entered text means what the design has."""
        if self.kind != "choice" and DECIMAL.fullmatch(entered) and len(entered) <= MOST_CHARACTERS:
            return bool(Fraction(entered) == Fraction(self.value))
        return entered == self.value

    def wrong(self, entered: str) -> str:
        """Return what an entered text should be; empty where it can be read."""
        if self.kind == "choice":
            return "" if entered in self.known else "one of the entries of the list"
        pattern, words = (INT, "a whole number") if self.kind == "whole" else (DECIMAL, "a number")
        if not pattern.fullmatch(entered) or len(entered) > MOST_CHARACTERS:
            return f"{words} in digits, such as {self.value}"
        return ""

    def written(self, entered: str) -> str:
        """Return an entered text as an edit writes it, so that a word stays a word.

        Example:
            >>> grade = Field("overall.cap.at", "No better than", "choice", "good")
            >>> grade.written("requires_improvement"), grade.written("true")
            ('requires_improvement', '"true"')
        """
        if self.kind != "choice" or INT.fullmatch(entered) or _is_a_word(entered):
            return entered
        return json.dumps(entered, ensure_ascii=False)


def _is_a_word(text: str) -> bool:
    """Say whether a document takes a text without quotes for itself."""
    try:
        return bool(read_located(text, "edit").value == text)
    except AssuranceError:
        return False


def level_options(scales: Iterable[Scale]) -> Options:
    """Return the levels of some scales, worst first; a level that several have stands once."""
    return tuple({level.id: level_words(level) for one in scales for level in one.levels}.items())
