"""Conditions: when a limiter bites, a row of a table matches, a consequence follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import compress
from typing import Any

from attrs import frozen

from assurance_core.model.scale import Scale
from assurance_core.rules import matching
from assurance_core.rules.kind import TellsApart
from assurance_core.rules.matching import RESULT, Tests
from assurance_core.rules.scope import Scope, level_words
from assurance_core.rules.values import (
    ABSENT,
    BoolColumn,
    Columns,
    IntColumn,
    Running,
    ValueType,
    invert,
)

_QUANTIFIERS = ("any", "all", "none", "count")
_RELATIONS = {"at_most": "at or below", "at_least": "at or above", "is": "at"}
_OR = {"at_most": "or worse", "at_least": "or better"}
_PAIRS = {"above": "better than", "below": "worse than", "same_as": "the same as"}


@frozen(eq=False)
class Condition:
    """A condition with everything looked up.

    Attributes:
        inputs: names of the inputs it looks at, by id; `result` is not among them.
        words: in plain words, to stand behind `if`.
        holds: running value and columns in, a column of truth out.
        names_met: on one profile, the names of the inputs that decide it.
        tests: where each of its tests of inputs holds: all that it takes from the columns.
    """

    inputs: Mapping[str, str]
    words: str
    holds: Callable[[Running, Columns], BoolColumn]
    names_met: Callable[[Running, Columns], list[str]]
    tests: TellsApart

    @property
    def reads(self) -> tuple[str, ...]:
        """The ids of the inputs it looks at."""
        return tuple(self.inputs)


def absent_words(condition: Condition, columns: Columns) -> str:
    """Return, for one profile, which inputs of a condition meet nothing as they are absent."""
    absent = [name for one, name in condition.inputs.items() if columns[one] <= ABSENT]
    return f"; absent, so meeting no condition: {', '.join(absent)}" if absent else ""


def bind_condition(
    given: Mapping[str, Any], scope: Scope, before: ValueType, key: str
) -> Condition:
    """Look up everything a condition names.

    Args:
        given: the condition as its document has it.
        scope: the judgement around it.
        before: the type of the running value, for `result`.
        key: where the condition stands, for errors.

    Raises:
        AssuranceError: `bad-condition`, `unknown-id` or `bad-level`.
    """
    heads = [head for head in (*_QUANTIFIERS, "input", "and", "or", "not") if head in given]
    if len(heads) != 1:
        raise scope.fault(
            key,
            f"a condition with {', '.join(heads) or 'none of its key words'}",
            "exactly one of any, all, none, count, input, and, or, not",
            "join several conditions with and: [...]",
            "bad-condition",
        )
    head = heads[0]
    if head in ("and", "or"):
        _only(given, {head}, scope, key)
        parts = [
            bind_condition(one, scope, before, f"{key}.{head}[{i}]")
            for i, one in enumerate(given[head])
        ]
        return _joined(head, parts)
    if head == "not":
        _only(given, {head}, scope, key)
        return _negated(bind_condition(given["not"], scope, before, f"{key}.not"))
    if head == "input":
        return _pair(given, scope, key)
    return _quantified(head, given, scope, before, key)


def _only(given: Mapping[str, Any], allowed: set[str], scope: Scope, key: str) -> None:
    extra = [one for one in given if one not in allowed]
    if extra:
        raise scope.fault(
            f"{key}.{extra[0]}",
            f"'{extra[0]}' beside {' and '.join(sorted(allowed & set(given)))}",
            "a condition that says one thing",
            "join several conditions with and: [...]",
            "bad-condition",
        )


def _one_of(given: Mapping[str, Any], words: Sequence[str], scope: Scope, key: str) -> str:
    found = [word for word in words if word in given]
    if len(found) != 1:
        raise scope.fault(
            key,
            f"{', '.join(found) or 'none of them'}",
            f"exactly one of {', '.join(words)}",
            "say what is compared",
            "bad-condition",
        )
    return found[0]


def _quantified(
    head: str, given: Mapping[str, Any], scope: Scope, before: ValueType, key: str
) -> Condition:
    counts = ("no_more_than", "no_fewer_than")
    _only(given, {head, *_RELATIONS, *(counts if head == "count" else ())}, scope, key)
    relation = _one_of(given, tuple(_RELATIONS), scope, key)
    level, name = given[relation], given[head]
    if name == RESULT:
        scales = {RESULT: scope.need_level(before, "a condition on result").scale}
        what = "the result so far"
    else:
        ids = scope.resolve(name, f"{key}.{head}")
        if not ids:
            raise scope.fault(key, f"'{name}', which is empty", "some inputs", "name inputs")
        scales = {input_id: scope.input(input_id).scale for input_id in ids}
        what = _what(name, ids, scope)
    positions = [
        (one, scope.position(scale, level, f"{key}.{relation}")) for one, scale in scales.items()
    ]
    tests = Tests(relation, tuple(positions))
    of = _relation_words(relation, next(iter(scales.values())), str(level))
    holds: Callable[[Running, Columns], BoolColumn]
    if head == "count":
        bound = _one_of(given, counts, scope, key)
        limit = given[bound]
        words = f"{bound.replace('_', ' ')} {limit} of {what} {'is' if limit == 1 else 'are'} {of}"
        holds = partial(matching.count, tests, bound, limit)
    else:
        prefix = f"{head} of " if len(scales) > 1 else ("not " if head == "none" else "")
        several = len(scales) > 1 and head == "all"
        words = f"{prefix}{what} {'are' if several else 'is'} {of}"
        holds = partial(matching.any_all_none, tests, head)
    inputs = {one: scope.input(one).name for one in scales if one != RESULT}
    names = tuple(inputs.get(one, "the result so far") for one in scales)
    return Condition(
        inputs, words, holds, partial(_names_met, tests, names), partial(_tests, holds, inputs)
    )


def _relation_words(relation: str, scale: Scale, level: str) -> str:
    """Return a relation to a level; where a lower number is better, `below` would say too much."""
    shown = level_words(scale.level(level))
    if scale.falling and relation in _OR:
        return f"{shown} {_OR[relation]}"
    return f"{_RELATIONS[relation]} {shown}"


def _what(name: str, ids: tuple[str, ...], scope: Scope) -> str:
    if len(ids) == 1:
        return scope.input(ids[0]).name
    return (
        f"the {len(ids)} inputs"
        if name == "all"
        else f"the {len(ids)} inputs in {name.replace('_', ' ')}"
    )


def _names_met(tests: Tests, names: Sequence[str], running: Running, columns: Columns) -> list[str]:
    return list(compress(names, tests.met(running, columns)))


def _tests(
    holds: Callable[[Running, Columns], BoolColumn], inputs: Mapping[str, str], columns: Columns
) -> list[BoolColumn]:
    """Return where a single test of inputs holds; one of the running level takes no columns."""
    return [holds(None, columns)] if inputs else []


def _no_names(_running: Running, _columns: Columns) -> list[str]:
    return []


def _pair(given: Mapping[str, Any], scope: Scope, key: str) -> Condition:
    _only(given, {"input", *_PAIRS}, scope, key)
    relation = _one_of(given, tuple(_PAIRS), scope, key)
    ids = []
    for part, name in (("input", given["input"]), (relation, given[relation])):
        resolved = scope.resolve(name, f"{key}.{part}")
        if len(resolved) != 1:
            raise scope.fault(
                f"{key}.{part}", f"'{name}', {len(resolved)} inputs", "one input", "name one input"
            )
        ids.append(resolved[0])
    left, right = (scope.input(input_id) for input_id in ids)
    if not left.scale.same_levels(right.scale):
        raise scope.fault(
            key,
            f"{left.id} on {left.scale.id}, {right.id} on {right.scale.id}",
            "two inputs on the same levels",
            "map one of the two in a judgement of its own",
            "bad-condition",
        )
    words = f"{left.name} is {_PAIRS[relation]} {right.name}"
    inputs = {left.id: left.name, right.id: right.name}
    holds = partial(matching.pair, left.id, right.id, relation)
    return Condition(inputs, words, holds, _no_names, partial(_tests, holds, inputs))


def _joined(head: str, parts: Sequence[Condition]) -> Condition:
    inputs = {name: label for part in parts for name, label in part.inputs.items()}
    words = f" {head} ".join(f"({p.words})" if len(parts) > 1 else p.words for p in parts)

    def holds(running: Running, columns: Columns) -> BoolColumn:
        result = parts[0].holds(running, columns)
        for part in parts[1:]:
            other = part.holds(running, columns)
            result = (result & other) if head == "and" else (result | other)
        return result

    def names(running: Running, columns: Columns) -> list[str]:
        every = [name for part in parts for name in part.names_met(running, columns)]
        return list(dict.fromkeys(every))

    def tests(columns: Columns) -> list[IntColumn | BoolColumn]:
        return [test for part in parts for test in part.tests(columns)]

    return Condition(inputs, words, holds, names, tests)


def _negated(part: Condition) -> Condition:
    return Condition(
        part.inputs,
        f"not ({part.words})",
        lambda running, columns: invert(part.holds(running, columns)),
        part.names_met,
        part.tests,
    )
