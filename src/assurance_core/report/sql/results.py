"""What a statement gives: a level for each judgement, with its score and what limited it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from assurance_core.engine.consequences import FOLLOWS
from assurance_core.engine.rule import CompiledDesign
from assurance_core.report.decision_table_report import LIMITED_BY, NO_LEVEL
from assurance_core.report.sql.expression import expression
from assurance_core.report.sql.names import literal, quoted
from assurance_core.report.sql.run import JudgedLines
from assurance_core.rules.formula import Formula, each
from assurance_core.rules.scope import number_words
from assurance_core.rules.values import UNCOVERED, Numbers

REASON = "reason"
CONSEQUENCE = "consequence."
"""In front of the id of a consequence: the column that says whether it follows."""
_NO_RULE = "no rule covers these scores"
_UNRATED = f"WHEN {quoted(REASON)} IS NOT NULL THEN NULL"

Cases = Sequence[tuple[str, str]]


@frozen
class ResultColumn:
    """A column of the result.

    Attributes:
        name: its heading.
        text: the expression.
        meaning: what it holds, for readers.
    """

    name: str
    text: str
    meaning: str


def result_columns(rule: CompiledDesign, judged: Sequence[JudgedLines]) -> list[ResultColumn]:
    """Return the columns of a result, the reason of a row last."""
    count = len(rule.judgements)
    columns = [
        column for one in judged[:count] if one.judgement.own for column in _judgement(rule, one)
    ]
    columns += [_consequence(one) for one in judged[count:]]
    meaning = "Why a row is not rated: every score that is not known or no level."
    return [*columns, ResultColumn(REASON, quoted(REASON), meaning)]


def _judgement(rule: CompiledDesign, one: JudgedLines) -> Iterator[ResultColumn]:
    judgement, scale = one.judgement.node.judgement, one.judgement.node.scale
    name, position = judgement.id, expression(one.position)
    codes = each(one.position)
    levels = [(f"{position} = {level.position}", literal(level.id)) for level in scale.levels]
    listed = ", ".join(scale.ids)
    yield ResultColumn(name, _cases(levels), f"{judgement.name}: the level, one of {listed}.")
    if one.number:
        yield from _score(name, one.number, one.judgement.of, f"{position} > 0")
    if one.bit:
        meaning = "The limiters that changed the level, by their paths."
        yield ResultColumn(f"{name}.{LIMITED_BY}", _joined(one.bit), meaning)
    if one.advised:
        meaning = "Levels that a rule suggests without deciding."
        yield ResultColumn(f"{name}.advised", _joined(one.advised), meaning)
    reasons = [(f"{position} = {code}", literal(_reason(rule, code))) for code in codes if code < 0]
    if reasons:
        yield ResultColumn(
            f"{name}.{NO_LEVEL}", _cases(reasons), "Why a row that is rated has no level."
        )


def _reason(rule: CompiledDesign, code: int) -> str:
    return _NO_RULE if code == UNCOVERED else rule.reasons[-1 - code]


def _score(name: str, number: Numbers, of: Any, there: str) -> Iterator[ResultColumn]:
    most = f", of {number_words(of)}" if of is not None else ""
    above: Any = number.numerator
    below: Any = number.denominator
    if isinstance(below, int) and below == 1:
        yield ResultColumn(
            f"{name}.score", _cases([(there, expression(above))]), f"The score{most}."
        )
        return
    for part, value in (("numerator", above), ("denominator", below)):
        meaning = f"The {part} of the score{most}, which is exact."
        yield ResultColumn(f"{name}.score_{part}", _cases([(there, expression(value))]), meaning)


def _consequence(one: JudgedLines) -> ResultColumn:
    judgement = one.judgement.node.judgement
    follows = _cases([(f"{expression(one.position)} = {FOLLOWS}", "1")], "0")
    meaning = f"1 where it follows: {judgement.name}; else 0."
    return ResultColumn(f"{CONSEQUENCE}{judgement.id}", follows, meaning)


def _cases(cases: Cases, otherwise: str = "") -> str:
    """Return what the first case that holds says; NULL where the row is not rated."""
    lines = [_UNRATED, *(f"WHEN {where} THEN {then}" for where, then in cases)]
    lines += [f"ELSE {otherwise}"] if otherwise else []
    return "\n    ".join(["CASE", *lines]) + "\n  END"


def _joined(parts: Sequence[tuple[str, Any]]) -> str:
    """Return the names of all the parts that hold, with blanks between them; NULL if none does."""
    texts = []
    for name, truth in parts:
        if isinstance(truth, Formula):
            texts.append(f"CASE WHEN {expression(truth)} THEN {literal(name)} || ' ' ELSE '' END")
        elif truth:
            texts.append(f"{literal(name)} || ' '")
    found = " ||\n    ".join(texts) or "''"
    return f"CASE WHEN {quoted(REASON)} IS NULL THEN NULLIF(RTRIM(\n    {found}), '') END"
