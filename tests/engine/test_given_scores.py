"""Scores as a program gives them: what is taken, and the full text of what is not."""

from typing import Any

import numpy as np
import pytest

from assurance_core import what_if
from assurance_core.engine.bulk import OutcomeColumns
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.assessment import Absence
from assurance_core.model.errors import AssuranceError
from assurance_core.model.outcome import Headline

GOOD = (3, 3, 4, 3, 4, 4, 3, 4, 4)
FIRST = "assessing_needs"


def _refused(rule: CompiledDesign, *args: Any, **keys: Any) -> str:
    with pytest.raises(AssuranceError) as caught:
        rule.rate(*args, **keys)
    return str(caught.value)


@pytest.mark.parametrize(
    "scores",
    [
        GOOD,
        list(GOOD),
        np.array(GOOD),
        ["good standard", 3, 4, "GOOD  standard of care", 4, 4, 3, 4, 4],
    ],
)
def test_a_sequence_in_the_frameworks_order(scores: Any, single_word: CompiledDesign) -> None:
    """Numbers, numpy's included, names and aliases of levels mean the same."""
    assert single_word.rate(GOOD) == single_word.rate(scores)


def test_scores_by_id_name_or_alias(single_word: CompiledDesign) -> None:
    """A statement may be named in any of its ways."""
    given = dict(zip((s.id for s in single_word.version.statements), GOOD, strict=True))
    given["Assessing  Needs"] = given.pop(FIRST)
    given["leadership, improvement and innovation"] = given.pop("learning_improvement_innovation")
    assert single_word.rate(GOOD) == single_word.rate(given)


LEVEL = "a level of this statement's scale"


@pytest.mark.parametrize(
    ("value", "found"),
    [(True, "True"), (3.0, "3.0"), ("3", "'3'"), (0, "0"), (5, "5"), (None, "None"), ("x", "'x'")],
)
def test_what_is_no_score(value: Any, found: str, single_word: CompiledDesign) -> None:
    """True, 3.0 and "3" are no scores, on the quick way in and on the careful one."""
    expected = (
        f"error[bad-score]: scores.{FIRST}\n"
        f"  found:    {found}\n"
        "  expected: one of 1, 2, 3, 4\n"
        f"  do:       give {'the number without quotes' if value == '3' else LEVEL}"
    )
    assert expected == _refused(single_word, (value, *GOOD[1:]))


def test_too_few_and_too_many(single_word: CompiledDesign) -> None:
    """A sequence has one score for each statement."""
    listed = ", ".join(one.id for one in single_word.version.statements)
    for scores, code in ((GOOD[1:], "missing-score"), ((*GOOD, 1), "bad-score")):
        assert (
            f"error[{code}]: cqc-la/single-word: scores\n"
            f"  found:    {len(scores)} scores\n"
            f"  expected: 9: {listed}\n"
            "  do:       give one score for each statement, in this order"
        ) == _refused(single_word, scores)


def test_unknown_twice_and_missing(single_word: CompiledDesign) -> None:
    """An unknown name, a statement named twice and one left out are each told."""
    given = dict(zip((s.id for s in single_word.version.statements), GOOD, strict=True))
    assert (
        "error[duplicate]: cqc-la/single-word: scores\n"
        f"  found:    'Assessing needs', which is {FIRST}, again\n"
        "  expected: each statement once\n"
        "  do:       remove one of the two\n"
        "error[unknown-id]: cqc-la/single-word: scores\n"
        "  found:    'safegarding'\n"
        "  expected: something the design reads\n"
        "  do:       did you mean 'safeguarding'?"
    ) == _refused(single_word, {**given, "Assessing needs": 3, "safegarding": 3})
    given.pop("safeguarding")
    assert (
        "error[missing-score]: scores.safeguarding\n"
        "  found:    no score\n"
        "  expected: a score: cqc-la/single-word cannot do without\n"
        "  do:       give the score, or use a design that says what to do without it"
    ) == _refused(single_word, given)


def test_an_absence_with_its_reason(single_word: CompiledDesign) -> None:
    """A stated absence is the design's to deal with: left out where it omits, else refused."""
    absence = Absence("not_applicable", "no such duty")
    omitting = compile_design(
        what_if(single_word.design, {"overall.missing": "omit", "overall.omit_down_to": 8})
    )
    expected = "outstanding"
    outcome = omitting.explain((absence, *GOOD[1:]))
    assert isinstance(outcome.headline, Headline)
    assert expected == outcome.headline.level
    assert (
        f"error[missing-score]: scores.{FIRST}\n"
        "  found:    not applicable: no such duty\n"
        "  expected: a score: cqc-la/single-word cannot do without\n"
        "  do:       give the score, or use a design that says what to do without it"
    ) == _refused(single_word, (absence, *GOOD[1:]))


def _columns(rule: CompiledDesign, first: Any) -> dict[str, Any]:
    columns: dict[str, Any] = {leaf.id: np.array([3, 3]) for leaf in rule.leaves}
    return {**columns, FIRST: np.asarray(first)}


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (
            [3, 5],
            f"error[bad-score]: columns.{FIRST}, row 1\n"
            "  found:    5\n"
            "  expected: from 1 to 4\n"
            "  do:       mend the row; rows are counted from 0",
        ),
        (
            [-1, 3],
            f"error[bad-score]: columns.{FIRST}, row 0\n"
            "  found:    -1\n"
            "  expected: from 1 to 4\n"
            "  do:       mend the row; rows are counted from 0",
        ),
        (
            [3, 0],
            f"error[missing-score]: columns.{FIRST}, row 1\n"
            "  found:    no score\n"
            "  expected: a score: cqc-la/single-word cannot do without\n"
            "  do:       leave the row out, or use a design that says what to do",
        ),
        (
            [3.0, 3.0],
            f"error[wrong-type]: columns.{FIRST}\n"
            "  found:    an array of float64\n"
            "  expected: an array of whole numbers\n"
            "  do:       convert the column",
        ),
        (
            [True, True],
            f"error[wrong-type]: columns.{FIRST}\n"
            "  found:    an array of bool\n"
            "  expected: an array of whole numbers\n"
            "  do:       convert the column",
        ),
        (
            [3, 3, 3],
            "error[bad-table]: cqc-la/single-word: columns\n"
            "  found:    columns of different lengths\n"
            "  expected: one length\n"
            "  do:       check how the columns were made",
        ),
    ],
)
def test_columns_that_are_refused(first: Any, expected: str, single_word: CompiledDesign) -> None:
    """A column is checked before it is rated, and the row is named."""
    with pytest.raises(AssuranceError) as caught:
        single_word.rate_columns(_columns(single_word, first))
    assert expected == str(caught.value)


def test_columns_that_are_not_there(single_word: CompiledDesign) -> None:
    """By name or in order, there is a column for each leaf."""
    columns = _columns(single_word, [3, 3])
    listed = ", ".join(columns)
    with pytest.raises(AssuranceError) as caught:
        single_word.rate_columns(list(columns.values())[1:])
    assert (
        "error[missing]: cqc-la/single-word: columns\n"
        "  found:    8 columns\n"
        f"  expected: 9: {listed}\n"
        "  do:       give one column for each, in this order"
    ) == str(caught.value)
    columns.pop(FIRST)
    with pytest.raises(AssuranceError) as caught:
        single_word.rate_columns(columns)
    assert (
        "error[missing]: cqc-la/single-word: columns\n"
        f"  found:    no '{FIRST}'\n"
        "  expected: a column for each leaf\n"
        "  do:       add the column; 0 for absent scores"
    ) == str(caught.value)


@pytest.mark.parametrize("kind", [np.uint8, np.int16, np.int64, np.uint64])
def test_columns_of_any_whole_type(kind: Any, single_word: CompiledDesign) -> None:
    """Narrow and unsigned columns are rated like wide ones."""
    columns = [np.array([one, 1], dtype=kind) for one in GOOD]
    assert [4, 1] == _headlines(single_word.rate_columns(columns))
    empty = [np.array([], dtype=kind) for _ in GOOD]
    assert [] == _headlines(single_word.rate_columns(empty))


def _headlines(rated: OutcomeColumns) -> list[int]:
    assert rated.headline is not None
    return [int(position) for position in rated.headline]
