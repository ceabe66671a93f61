"""From the settings of a step and their schema to fields: nothing here knows a kind of step.

What a setting may hold is read from the schema: a number, one of a list, or, by its description,
the id of a level or of an input. Words come from two short tables; a setting that is in neither is
called by its key, so that the step of a plugin has its form too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from assurance_core.documents.edits import MAY_ADD
from assurance_core.engine.graph import Node
from assurance_core.model.scale import Scale
from assurance_core.workbench.editor.fields import Field, Options, level_options

_LEVEL = "the id of a level"
_INPUT = "the id of an input"
_LABELS = {
    "at": "Level",
    "by": "Levels to move by",
    "cap.at": "No better than",
    "floor.at": "No worse than",
    "advise.at": "Likely",
    "otherwise": "Otherwise",
    "round.to": "To a multiple of",
    "round.toward": "Direction",
    "then": "Outcome",
}
_CHOICES = {
    "up": "up",
    "down": "down",
    "half_up": "to the nearest, halves up",
    "half_even": "to the nearest, halves to the even one",
}
_HEADS = {
    "any": "If any of",
    "all": "If all of",
    "none": "If none of",
    "count": "Counting, of",
}
_RELATIONS = {"at_most": "is at or below", "at_least": "is at or above", "is": "is at"}
_FALLING = {"at_most": "is this or worse", "at_least": "is this or better", "is": "is at"}
"""Relations to a level where a lower number is better."""
_LIMITS = {"no_fewer_than": "for at least this many", "no_more_than": "for at most this many"}
_PAIRS = {"above": "is better than", "below": "is worse than", "same_as": "is the same as"}
_BEHIND_LEVELS = {"band": " from", "map": " becomes"}
_NOT_RULES = ("printed", "unknown", "reason")
_BOUNDS = ("lowest", "highest")


@frozen
class Around:
    """The judgement around a setting.

    Attributes:
        node: what it reads.
        themes: names of themes by id.
        repeated: it stands for one judgement of each theme or statement, so that no rule of it may
            name a single input.
    """

    node: Node
    themes: Mapping[str, str]
    repeated: bool = False

    @property
    def levels(self) -> Options:
        """The levels of the judgement."""
        return level_options([self.node.scale])

    @property
    def inputs(self) -> Options:
        """What it reads, one by one."""
        return tuple((one.id, one.name) for one in self.node.sources)

    @property
    def names(self) -> Options:
        """What a condition may look at."""
        wanted = ("all",) if self.repeated else [one for one, ids in self.node.names.items() if ids]
        groups = ((one, self._group(one)) for one in wanted)
        inputs = () if self.repeated else self.inputs
        return (*groups, ("result", "the result so far"), *inputs)

    def _group(self, name: str) -> str:
        if name == "all":
            return "all inputs"
        return self.themes.get(name, name.replace("_", " ").capitalize())

    def scales(self, name: str) -> list[Scale]:
        """Return the scales of what a name stands for."""
        if name == "result":
            return [self.node.scale]
        wanted = self.node.names.get(name, (name,))
        found = [one.scale for one in self.node.sources if one.id in wanted]
        return found or [self.node.scale]


def fields_of(
    kind: str, settings: Any, schema: Mapping[str, Any], path: str, around: Around
) -> Iterator[Field]:
    """Go through the settings of a step.

    Args:
        kind: of the step.
        settings: as its document has them.
        schema: of the settings.
        path: of the step.
        around: the judgement.
    """
    yield from _walk(settings, schema, path, _Word(kind, ""), around)


@frozen
class _Word:
    """How a setting is called: its step's kind, its words, and what stands in front of them."""

    kind: str
    label: str
    start: str = ""

    def inside(self, key: str, name: str = "") -> _Word:
        words = name or _LABELS.get(f"{self.kind}.{key}") or _LABELS.get(key)
        return _Word(self.kind, words or key.replace("_", " ").capitalize(), self.start)

    def row(self, number: int) -> _Word:
        return _Word(self.kind, self.label, f"{self.start}Row {number}: ")

    @property
    def whole(self) -> str:
        return _behind(self.start, self.label)


def _walk(
    value: Any, schema: Mapping[str, Any], path: str, word: _Word, around: Around
) -> Iterator[Field]:
    if schema.get("$ref", "").endswith("/condition"):
        yield from _condition(value, path, word.start, around)
    elif isinstance(value, Mapping):
        yield from _mapping(value, schema, path, word, around)
    elif isinstance(value, list):
        inner = schema.get("items", {})
        bounds = len(value) == 2 and "number" in _types(inner)
        for number, one in enumerate(value):
            called = (
                _Word(word.kind, f"{word.label}, {_BOUNDS[number]}", word.start)
                if bounds
                else word.row(number + 1)
            )
            yield from _walk(one, inner, f"{path}[{number}]", called, around)
    else:
        yield from _single(value, schema, path, word, around)


def _mapping(
    value: Mapping[str, Any], schema: Mapping[str, Any], path: str, word: _Word, around: Around
) -> Iterator[Field]:
    known = schema.get("properties", {})
    others = schema.get("additionalProperties")
    others = others if isinstance(others, Mapping) else {}
    names = {**dict(level_options(around.scales("all"))), **dict(around.levels)}
    for key, one in value.items():
        inside = known.get(key, others)
        if key in _NOT_RULES or inside.get(MAY_ADD):
            continue
        name = "" if key in known else names.get(key, "")
        if name and "array" not in _types(inside):
            name += _BEHIND_LEVELS.get(word.kind, "")
        yield from _walk(one, inside, f"{path}.{key}", word.inside(key, name), around)
    for key, inside in known.items():
        if inside.get(MAY_ADD):
            yield from _each_input(value.get(key, {}), f"{path}.{key}", around)


def _each_input(given: Mapping[str, Any], path: str, around: Around) -> Iterator[Field]:
    """Go through the weights of all inputs, which are 1 unless stated."""
    if around.repeated:
        return
    names = {**dict(around.inputs), **{key: key for key in given if key not in dict(around.inputs)}}
    for key, name in names.items():
        yield Field(f"{path}.{key}", name, "number", str(given.get(key, 1)))


def _types(schema: Mapping[str, Any]) -> tuple[str, ...]:
    given = schema.get("type", ())
    return (given,) if isinstance(given, str) else tuple(given)


def _single(
    value: Any, schema: Mapping[str, Any], path: str, word: _Word, around: Around
) -> Iterator[Field]:
    """Give a field, or nothing for what no form of ours can hold."""
    what, types = schema.get("description", ""), _types(schema)
    if "enum" in schema:
        options = tuple((str(one), _CHOICES.get(str(one), str(one))) for one in schema["enum"])
        yield _choice(path, word.whole, value, options)
    elif what.startswith(_LEVEL):
        yield _choice(path, word.whole, value, around.levels)
    elif what.startswith(_INPUT):
        judged = (("judged", "the level that the assessor gives"),)
        yield _choice(path, "Start with", value, (*judged, *around.inputs))
    elif "number" in types:
        yield Field(path, word.whole, "number", str(value))
    elif types == ("integer",):
        yield Field(path, word.whole, "whole", str(value))


def _choice(path: str, label: str, value: Any, options: Options) -> Field:
    text = str(value)
    if text not in dict(options):
        options = ((text, text), *options)
    return Field(path, label, "choice", text, options)


def _condition(given: Mapping[str, Any], path: str, start: str, around: Around) -> Iterator[Field]:
    """Go through a condition in the order in which it is read aloud."""
    for join in ("and", "or"):
        for number, one in enumerate(given.get(join, ())):
            joined = start if number == 0 else f"{start}{join} "
            yield from _condition(one, f"{path}.{join}[{number}]", joined, around)
    if "not" in given:
        yield from _condition(given["not"], f"{path}.not", f"{start}not: ", around)
    if "input" in given:
        yield _choice(f"{path}.input", _behind(start, "If"), given["input"], around.inputs)
    for key, words in _PAIRS.items():
        if key in given:
            yield _choice(f"{path}.{key}", words, given[key], around.inputs)
    for key, words in _HEADS.items():
        if key not in given:
            continue
        yield _choice(f"{path}.{key}", _behind(start, words), given[key], around.names)
        scales = around.scales(str(given[key]))
        falling = all(one.falling for one in scales)
        for relation, told in (_FALLING if falling else _RELATIONS).items():
            if relation in given:
                options = level_options(scales)
                yield _choice(f"{path}.{relation}", told, given[relation], options)
        for limit, told in _LIMITS.items():
            if limit in given:
                yield Field(f"{path}.{limit}", told, "whole", str(given[limit]))


def _behind(start: str, words: str) -> str:
    """Return words behind what stands in front of them, with one capital letter."""
    text = f"{start}{words[:1].lower()}{words[1:]}" if start else words
    return text[:1].upper() + text[1:]
