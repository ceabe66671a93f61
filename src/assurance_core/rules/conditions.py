"""Conditions: when a limiter bites, a row of a table matches, a consequence follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from attrs import frozen

from assurance_core.model.scale import Scale
from assurance_core.rules.scope import Scope, level_words
from assurance_core.rules.values import (
    ABSENT,
    BoolColumn,
    Columns,
    IntColumn,
    Levels,
    Running,
    ValueType,
)

RESULT = "result"
_QUANTIFIERS = ("any", "all", "none", "count")
_RELATIONS = {"at_most": "at or below", "at_least": "at or above", "is": "at"}
_PAIRS = {"above": "better than", "below": "worse than", "same_as": "the same as"}


@frozen(eq=False)
class Condition:
    """A condition with everything looked up.

    Attributes:
        reads: inputs it looks at, `result` not among them.
        words: in plain words, to stand behind `if`.
        holds: running value and columns in, a column of truth out.
        names_met: on one profile, the names of the inputs that decide it.
    """

    reads: tuple[str, ...]
    words: str
    holds: Callable[[Running, Columns], BoolColumn]
    names_met: Callable[[Running, Columns], list[str]]


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


def _compare(column: IntColumn, relation: str, position: int) -> BoolColumn:
    if relation == "at_most":
        return (column > ABSENT) & (column <= position)
    if relation == "at_least":
        return column >= position
    return column == position


def _quantified(
    head: str, given: Mapping[str, Any], scope: Scope, before: ValueType, key: str
) -> Condition:
    counts = ("no_more_than", "no_fewer_than")
    allowed = {head, *_RELATIONS, *(counts if head == "count" else ())}
    _only(given, allowed, scope, key)
    relation = _one_of(given, tuple(_RELATIONS), scope, key)
    level, name = given[relation], given[head]
    tests: list[tuple[str, int]] = []
    if name == RESULT:
        scale = scope.need_level(before, "a condition on result").scale
        tests.append((RESULT, scope.position(scale, level, f"{key}.{relation}")))
        shown, what = scale, "the result so far"
    else:
        ids = scope.resolve(name, f"{key}.{head}")
        if not ids:
            raise scope.fault(key, f"'{name}', which is empty", "some inputs", "name inputs")
        for input_id in ids:
            scale = scope.input(input_id).scale
            tests.append((input_id, scope.position(scale, level, f"{key}.{relation}")))
        shown = scope.input(ids[0]).scale
        what = _what(name, ids, scope)
    of = f"{_RELATIONS[relation]} {_level(shown, level)}"
    labels = {i: "the result so far" if i == RESULT else scope.input(i).name for i, _ in tests}
    reads = tuple(input_id for input_id, _ in tests if input_id != RESULT)
    met = partial(_met, tests, relation)
    if head == "count":
        bound = _one_of(given, counts, scope, key)
        limit = given[bound]
        words = f"{bound.replace('_', ' ')} {limit} of {what} {'is' if limit == 1 else 'are'} {of}"
        return Condition(
            reads,
            words,
            partial(_count, tests, relation, bound, limit),
            partial(_names, met, labels),
        )
    many = len(tests) > 1
    prefix = f"{head} of " if many else ("not " if head == "none" else "")
    words = f"{prefix}{what} is {of}"
    return Condition(
        reads, words, partial(_any_all_none, tests, relation, head), partial(_names, met, labels)
    )


def _what(name: str, ids: tuple[str, ...], scope: Scope) -> str:
    if ids == (name,) or len(ids) == 1:
        return scope.input(ids[0]).name
    return (
        f"the {len(ids)} inputs" if name == "all" else f"the {len(ids)} of {name.replace('_', ' ')}"
    )


def _level(scale: Scale, level: object) -> str:
    return level_words(scale.level(str(level)))


def _column(input_id: str, running: Running, columns: Columns) -> IntColumn:
    if input_id == RESULT:
        assert isinstance(running, Levels)
        return running.positions
    return columns[input_id]


def _any_all_none(
    tests: Sequence[tuple[str, int]], relation: str, head: str, running: Running, columns: Columns
) -> BoolColumn:
    every = head == "all"
    result: BoolColumn = np.array(every)
    for input_id, position in tests:
        one = _compare(_column(input_id, running, columns), relation, position)
        result = (result & one) if every else (result | one)
    return ~result if head == "none" else result


def _count(
    tests: Sequence[tuple[str, int]],
    relation: str,
    bound: str,
    limit: int,
    running: Running,
    columns: Columns,
) -> BoolColumn:
    total: IntColumn = np.zeros((), dtype=np.int64)
    for input_id, position in tests:
        total = total + _compare(_column(input_id, running, columns), relation, position)
    return total <= limit if bound == "no_more_than" else total >= limit


def _met(
    tests: Sequence[tuple[str, int]], relation: str, running: Running, columns: Columns
) -> list[str]:
    return [
        input_id
        for input_id, position in tests
        if bool(_compare(_column(input_id, running, columns), relation, position).item())
    ]


def _names(
    met: Callable[[Running, Columns], list[str]],
    labels: Mapping[str, str],
    running: Running,
    columns: Columns,
) -> list[str]:
    return [labels[input_id] for input_id in met(running, columns)]


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
    return Condition(
        (left.id, right.id),
        words,
        partial(_compare_pair, left.id, right.id, relation),
        lambda _running, _columns: [],
    )


def _compare_pair(
    left_id: str, right_id: str, relation: str, _running: Running, columns: Columns
) -> BoolColumn:
    left, right = columns[left_id], columns[right_id]
    there = (left > ABSENT) & (right > ABSENT)
    if relation == "above":
        return there & (left > right)
    return there & (left < right if relation == "below" else left == right)


def _joined(head: str, parts: Sequence[Condition]) -> Condition:
    reads = tuple(dict.fromkeys(name for part in parts for name in part.reads))
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

    return Condition(reads, words, holds, names)


def _negated(part: Condition) -> Condition:
    return Condition(
        part.reads,
        f"not ({part.words})",
        lambda running, columns: ~part.holds(running, columns),
        part.names_met,
    )
