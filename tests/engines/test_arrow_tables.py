"""Parquet files and data frames in, outcomes as Parquet out."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import duckdb
import pandas
import polars
import pyarrow
import pytest
from pyarrow import parquet

from assurance_core import AssuranceError, load_plugins, read_table
from assurance_core.model.assessment import NOT_KNOWN, Score
from assurance_core.tables.files import read_table_bytes
from assurance_core.tables.reading import TableAssessments
from tests.commands import answer, run
from tests.engines.arrow_data import COUNCILS, DATA, in_parquet


def _relation() -> Any:
    return duckdb.from_arrow(pyarrow.table(DATA)).order("body")


def _scores(table: TableAssessments) -> list[tuple[str, str, Any, Any]]:
    return [
        (
            one.body.name,
            str(one.date),
            one.scores["safeguarding"],
            one.scores["assessing_needs"],
        )
        for one in table.assessments
    ]


WANTED = [
    ("Hull", "2025-03", Score("3"), Score("2")),
    ("York", "None", NOT_KNOWN, Score("4")),
]


@pytest.mark.parametrize(
    "make",
    [
        lambda: pyarrow.table(DATA),
        lambda: pyarrow.table(DATA).to_reader(),
        lambda: polars.DataFrame(DATA),
        lambda: pandas.DataFrame(DATA),
        _relation,
    ],
    ids=["pyarrow", "stream", "polars", "pandas", "duckdb"],
)
def test_any_table_with_the_arrow_interface_is_read(make: Any) -> None:
    """The same assessments whatever holds them; columns of decimals are named."""
    table = read_table(make(), COUNCILS, "frame")
    assert WANTED == _scores(table)
    (notice,) = table.notices
    assert notice.startswith("frame: whole numbers were taken from columns of decimals: ")
    assert "assessing_needs" in notice


def test_the_index_of_a_data_frame_is_left_out_and_it_is_said() -> None:
    table = read_table(pandas.DataFrame(DATA, index=["a", "b"]), COUNCILS)
    assert WANTED == _scores(table)
    assert "table: the index of the data frame was left out" == table.notices[0]


def test_categories_and_dates_are_read() -> None:
    frame = pandas.DataFrame({"body": ["Hull"], "date": [pandas.Timestamp("2025-03-01")]})
    frame["safeguarding"] = pandas.Categorical(["3"])
    (one,) = read_table(frame, COUNCILS).assessments
    assert ("2025-03-01", Score("3")) == (str(one.date), one.scores["safeguarding"])


def test_a_parquet_file_is_read_by_the_commands(tmp_path: Path) -> None:
    """Wide and long alike."""
    ids = [one.id for one in COUNCILS.versions[-1].statements]
    wide, long = tmp_path / "wide.parquet", tmp_path / "long.parquet"
    wide.write_bytes(in_parquet({"body": ["Hull"], **{one: [3] for one in ids}}))
    long.write_bytes(in_parquet({"body": ["Hull"] * 9, "statement": ids, "level": [3] * 9}))
    for file in (wide, long):
        (rated,) = answer("rate", "--design", "cqc-la/single-word", "--data", str(file))
        assert 75 == rated["score"]


def test_what_is_no_table_is_named() -> None:
    with pytest.raises(AssuranceError) as caught:
        read_table([1], COUNCILS)  # type: ignore[arg-type]
    assert "found:    a value of the type list\n" in str(caught.value)


def test_outcomes_as_parquet_say_what_the_columns_mean(tmp_path: Path) -> None:
    """The same bytes each time; lists are lists, and the description goes with the field."""
    files = [tmp_path / "one.parquet", tmp_path / "two.parquet"]
    for file in files:
        run("rate", "--design", "cqc-la/single-word", "--data", "cqc-la", "-o", str(file))
    assert files[0].read_bytes() == files[1].read_bytes()
    table = parquet.read_table(files[0])
    rows = {one["body"]: one for one in table.to_pylist()}
    assert ("outstanding", 89.0, []) == tuple(
        rows["Camden"][one] for one in ("outcome", "score", "limited_by")
    )
    assert all(field.metadata[b"description"] for field in table.schema)
    assert b"Outcomes under cqc-la/single-word" == table.schema.metadata[b"title"]


def test_a_population_in_parquet_is_the_one_in_csv(tmp_path: Path) -> None:
    """Row for row, by the reader of either; words are in a dictionary."""
    for like, design in (("cqc-la", "cqc-la/single-word"), ("ofsted-ilacs", "ofsted-ilacs/2018")):
        found = []
        for ending in ("csv", "parquet"):
            file = str(tmp_path / f"{like}.{ending}")
            run("new", "population", "--like", like, "--size", "60000", "-o", file)
            found.append(read_table_file_of(file, design))
        assert found[0] == found[1]


def read_table_file_of(file: str, design: str) -> Any:
    framework = load_plugins(["cqc_la", "ofsted_ilacs"]).design(design).framework
    return read_table_bytes(Path(file).read_bytes(), Path(file).name, framework).assessments


@pytest.mark.parametrize("design", ["cqc-la/themes", "ofsted-ilacs/2023", "cqc-la/single-word"])
def test_a_decision_table_as_parquet_has_the_rows_of_the_csv(design: str, tmp_path: Path) -> None:
    """Levels are texts, a whole score is a number, limiters are a list."""
    judgement = ("--judgement", "ensuring_safety") if design == "cqc-la/themes" else ()
    files = tmp_path / "table.parquet", tmp_path / "table.csv"
    for file in files:
        run("table", design, *judgement, "--details", "-o", str(file))
    table = parquet.read_table(files[0])
    header, *rows = csv.reader(files[1].read_text("utf-8").splitlines())
    assert header == table.column_names
    columns = [[_cell(one) for one in column.to_pylist()] for column in table.columns]
    assert rows == [list(row) for row in zip(*columns, strict=True)]
    assert table.schema.metadata[b"title"].startswith(b"Decision table: ")


def _cell(value: Any) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


def test_a_score_that_is_not_whole_is_two_numbers(tmp_path: Path) -> None:
    """It is exact: 37.5 per cent."""
    file = tmp_path / "table.parquet"
    options = ("--set", "theme.round.to=0.5", "--judgement", "ensuring_safety", "--details")
    run("table", "cqc-la/themes", *options, "-o", str(file))
    rows = parquet.read_table(file).to_pylist()
    assert (75, 2) == (rows[1]["score_numerator"], rows[1]["score_denominator"])
    assert "score" not in rows[1]
