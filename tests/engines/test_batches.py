"""Batches of Arrow are rated as a table read whole is, in blocks and in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core import AssuranceError, Contender, rate_batches, read_table
from assurance_core.lab.contender import compiled
from assurance_core.model.dataset import Dataset
from assurance_core.tables import batches
from tests.engines.rated import REGISTRY, contenders, design, lines, published, rated_whole

SINGLE = design("cqc-la/single-word")
LIMITED = design("cqc-la/with-limiters")
COUNCILS = SINGLE.contender.framework
IDS = COUNCILS.versions[-1].statement_ids()
EVERY = [
    pytest.param(dataset, contender, id=f"{dataset.id} under {contender.design.id}")
    for dataset in REGISTRY.datasets.values()
    for contender in contenders(dataset.framework)
]


@pytest.mark.parametrize(("dataset", "contender"), EVERY)
def test_every_dataset_under_every_design_is_rated_as_by_the_command(
    dataset: Dataset, contender: Contender
) -> None:
    table, of = published(dataset), compiled(contender, check=True)
    expected = lines(rated_whole(table, of))
    assert expected == lines(rate_batches(table, of).read_all())


def scores(rows: int, seed: int = 1, ids: tuple[str, ...] = IDS) -> dict[str, Any]:
    """Return random whole scores from 1 to 4, of bytes."""
    numbers = np.random.default_rng(seed)
    return {one: numbers.integers(1, 5, rows, dtype=np.int8) for one in ids}


def named(columns: dict[str, Any]) -> Any:
    """Return a table whose rows have names of their own."""
    rows = len(next(iter(columns.values())))
    return pyarrow.table({"body": [f"Body {number}" for number in range(rows)], **columns})


CELLS = st.sampled_from(
    ["1", "2", "3", "4", "3", "4", None, "", " 2 ", "withheld: a trial", "not assessed: new"]
)
ABOUT = st.fixed_dictionaries(
    {
        "code": st.sampled_from([None, "E1", " E2"]),
        "date": st.sampled_from([None, "2024-03", "2025-01-31", "2025"]),
        "status": st.sampled_from([None, "formal", "Formal", "provisional"]),
        "version": st.sampled_from([None, "2023", "2023-pilot"]),
        "headline": st.sampled_from([None, "Good", "inadequate"]),
        "score": st.sampled_from([None, "63", "88%"]),
        "note": st.sampled_from([None, "a note"]),
    }
)


@given(
    rows=st.lists(st.tuples(ABOUT, st.lists(CELLS, min_size=9, max_size=9)), min_size=1),
    block=st.integers(1, 7),
    design_id=st.sampled_from(["cqc-la/single-word", "cqc-la/with-limiters", "cqc-la/themes"]),
)
def test_any_table_is_rated_as_by_the_command(rows: Any, block: int, design_id: str) -> None:
    """Names, dates, versions, published words, absences and holes, wherever blocks begin."""
    of = design(design_id)
    cells = [{**about, **dict(zip(IDS, levels, strict=True))} for about, levels in rows]
    table = named({key: [row[key] for row in cells] for key in cells[0]})
    expected = lines(rated_whole(table, of))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "BLOCK", block)
        assert expected == lines(rate_batches(table, of).read_all())


@pytest.mark.parametrize(
    "kind",
    ["int8", "uint8", "int16", "int64", "float32", "double", "string", "large_string"],
)
def test_a_score_is_the_same_in_every_type(kind: str) -> None:
    columns = scores(300)
    expected = lines(rate_batches(named(columns), SINGLE).read_all())
    typed = {one: pyarrow.array(column).cast(kind) for one, column in columns.items()}
    assert expected == lines(rate_batches(named(typed), SINGLE).read_all())
    coded = {one: column.dictionary_encode() for one, column in typed.items()}
    assert expected == lines(rate_batches(named(coded), SINGLE).read_all())


def test_scores_that_are_not_known_leave_holes_in_every_type() -> None:
    columns = {
        one: pyarrow.array(column, mask=np.arange(300) % 9 == number)
        for number, (one, column) in enumerate(scores(300).items())
    }
    for kind in ("int8", "uint8", "int64", "double", "string"):
        table = named({one: column.cast(kind) for one, column in columns.items()})
        expected = lines(rated_whole(table, LIMITED))
        assert expected == lines(rate_batches(table, LIMITED).read_all())


@pytest.mark.parametrize(
    ("kind", "lowest"),
    [("uint16", 0), ("uint32", 0), ("uint64", 0), ("int8", -(1 << 7)), ("int64", -(1 << 63))],
)
def test_the_lowest_number_of_a_type_is_a_cell_like_any_other(kind: str, lowest: int) -> None:
    """No type has room for a number below its lowest."""
    columns = {one: pyarrow.array(column).cast(kind) for one, column in scores(2).items()}
    changed = next(iter(columns))
    table = named({**columns, changed: pyarrow.array([lowest] * 2, kind)})
    with pytest.raises(AssuranceError) as whole:
        rated_whole(table, SINGLE)
    with pytest.raises(AssuranceError) as rated:
        rate_batches(table, SINGLE).read_all()
    assert str(whole.value) == str(rated.value)


def test_a_design_whose_space_is_too_large_for_a_table_is_rated_by_its_steps() -> None:
    """34 statements, of which no table could be made."""
    of = design("cqc-provider/single-assessment")
    ids = of.contender.framework.versions[-1].statement_ids()
    table = named(scores(400, ids=ids))
    expected = lines(rated_whole(table, of))
    assert expected == lines(rate_batches(table, of).read_all())


def test_a_judged_level_has_a_column() -> None:
    of = design("ofsted-ilacs/2023")
    version = of.contender.framework.versions[0]
    ids = version.statement_ids()
    words = ["inadequate", "requires_improvement", "good", "outstanding"]
    numbers = np.random.default_rng(3)
    columns: dict[str, Any] = {one: numbers.choice(words, 200).tolist() for one in ids}
    columns["judged.overall"] = numbers.choice([*words, ""], 200).tolist()
    columns["version"] = [version.id] * 200
    table = named(columns)
    expected = lines(rated_whole(table, of))
    assert expected == lines(rate_batches(table, of).read_all())


@pytest.mark.parametrize(
    "bad",
    [
        {"safeguarding": pyarrow.array([3, 5, 0, 4])},
        {"safeguarding": pyarrow.array([3, 2.5, None, 4])},
        {"safeguarding": pyarrow.array([None, True, None, None])},
        {"safeguarding": ["3", "-", "true", "3.0"]},
        {"safeguarding": [[3], None, [], [4]]},
        {"date": ["2025", "soon", None, "2025-13"]},
        {"status": ["formal", "old", None, None], "safeguarding": ["3", "3", "n/a", "3"]},
        {"version": [None, "1999", None, None]},
        {"headline": ["Good", "Fine", None, None]},
        {"score": ["63", "many", None, None]},
        {"body": ["A", None, " ", "D"]},
        {"": [None, "x", None, None]},
        {"body": ["A", "B\u200b", "C\x00", "\ufffdD"]},
        {"body": pyarrow.array(["A", "B", "C\u200b", "C\u200b"]).dictionary_encode()},
        {"body": pyarrow.array(["A", "B", "C\u200b", "C\u200b"], pyarrow.large_string())},
        {"code": [b"1", None, b"2", b"3"]},
        {"code": [None, "E1\u202e", None, "\x7f"]},
        {"note": [[1], None, [], None]},
        {"note": [None, "x" * 40_000, None, "\x1f"]},
        {"source": ["https://example.org/\ufeff", "", None, None]},
        {"consequences": ["", "letter\x00", None, None], "evidence": ["x", None, None, "\x02"]},
    ],
    ids=lambda bad: " ".join(bad) or "no heading",
)
def test_bad_cells_are_refused_in_the_words_of_a_table_read_whole(bad: dict[str, Any]) -> None:
    """All faults at once, by row and column, and no outcome of that block."""
    table = pyarrow.table({"body": ["A", "B", "C", "D"], **scores(4), **bad})
    with pytest.raises(AssuranceError) as whole:
        read_table(table, COUNCILS)
    with pytest.raises(AssuranceError) as streamed:
        rate_batches(table, SINGLE).read_all()
    assert str(whole.value) == str(streamed.value)


def test_names_and_notes_in_any_script_are_no_fault() -> None:
    body = ["Caf\u00e9", "\u0141\u00f3d\u017a\n", " A\tB", "\U0001f600"]
    table = pyarrow.table({"body": body, **scores(4), "note": body, "code": [1, None, 2, 3]})
    assert lines(rated_whole(table, SINGLE)) == lines(rate_batches(table, SINGLE).read_all())


def test_rows_are_counted_through_the_whole_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BLOCK", 64)
    columns = scores(1000)
    columns["safeguarding"][777] = 7
    with pytest.raises(AssuranceError) as error:
        rate_batches(named(columns), SINGLE, name="big.parquet").read_all()
    assert (
        'error[bad-score]: big.parquet row 778 (Body 777), column "safeguarding"\n'
        "  found:    '7'\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       use one of: 1, 2, 3, 4"
    ) == str(error.value).strip()


@pytest.mark.parametrize(
    "bad",
    [{"safegarding": ["3"]}, {"assessing_needs": ["3"], "Assessing needs": ["3"]}],
    ids=["unknown", "twice"],
)
def test_a_bad_header_is_refused_before_anything_is_read(bad: dict[str, Any]) -> None:
    table = pyarrow.table({"body": ["A"], **bad})
    with pytest.raises(AssuranceError) as whole:
        read_table(table, COUNCILS)
    with pytest.raises(AssuranceError) as streamed:
        rate_batches(table, SINGLE)
    assert str(whole.value) == str(streamed.value)


def test_a_long_table_is_refused() -> None:
    """The rows of one assessment may lie in different batches."""
    table = pyarrow.table({"body": ["A"], "statement": ["safeguarding"], "level": ["3"]})
    with pytest.raises(AssuranceError) as error:
        rate_batches(table, SINGLE)
    assert (
        "error[bad-table]: table\n"
        "  found:    a row for each score\n"
        "  expected: a row for each assessment: those of one may lie far apart in a stream\n"
        "  do:       make a column of each statement, or rate the table without an engine"
    ) == str(error.value).strip()


def test_names_are_not_needed() -> None:
    """Rows without a name have the same outcomes; where there is none, the reason names no one."""
    columns: dict[str, Any] = {
        one: column.astype(str).tolist() for one, column in scores(3).items()
    }
    columns["safeguarding"][1] = "withheld: a trial"
    rated = rate_batches(pyarrow.table(columns), SINGLE).read_all()
    with_names = rate_batches(named(columns), SINGLE).read_all()
    assert [None] * 3 == rated["body"].to_pylist()
    assert rated["outcome"] == with_names["outcome"]
    assert "no name.safeguarding: withheld: a trial" == rated["reason"][1].as_py()
    assert "Body 1.safeguarding: withheld: a trial" == with_names["reason"][1].as_py()


def test_columns_are_chosen_by_name() -> None:
    rated = rate_batches(named(scores(2)), SINGLE, columns=["outcome", "body"])
    assert ["body", "outcome"] == rated.schema.names
    with pytest.raises(AssuranceError) as error:
        rate_batches(named(scores(2)), SINGLE, columns=["outcom"])
    assert (
        "error[unknown-id]: columns\n"
        "  found:    'outcom'\n"
        "  expected: a column of outcomes\n"
        "  do:       did you mean 'outcome'?"
    ) == str(error.value).strip()


def test_a_stream_is_read_no_further_than_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million batches would be as well: one at a time is held."""
    monkeypatch.setattr(batches, "BLOCK", 10)
    table = pyarrow.table(scores(10))
    given_out = []

    def endless() -> Iterator[Any]:
        while True:
            given_out.append(1)
            yield table.to_batches()[0]

    stream = pyarrow.RecordBatchReader.from_batches(table.schema, endless())
    rated = rate_batches(stream, SINGLE)
    assert [10, 10, 10] == [next(rated).num_rows for _ in range(3)]
    assert len(given_out) <= 4


def test_outcomes_that_were_kept_too_long_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory has a bound, and what was forgotten is worked out again."""
    monkeypatch.setattr(batches, "BLOCK", 10)
    monkeypatch.setattr("assurance_core.report.kept_outcomes.MOST_KEPT", 5)
    table = named(scores(500))
    expected = lines(rated_whole(table, LIMITED))
    assert expected == lines(rate_batches(table, LIMITED).read_all())


def test_a_table_without_rows_has_outcomes_without_rows() -> None:
    table = named(scores(5)).slice(0, 0)
    assert 0 == rate_batches(table, SINGLE).read_all().num_rows
