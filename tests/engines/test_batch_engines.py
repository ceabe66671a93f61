"""DuckDB, Polars and Spark rate a file as pyarrow does, and as `assurance rate --data`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars
import pyarrow
import pytest
from pyarrow import csv, parquet

from assurance_core import rate_batches
from assurance_core.cli.rate_engine import ENGINES
from assurance_core.report.outcome_batches import rater_of
from assurance_core.tables.engines.polars import RatedFrame
from tests.commands import refused, run
from tests.engines.rated import REGISTRY, design, lines, published, rated_whole, sorted_batches

RATE = ("rate", "--design", "cqc-la/single-word")
SINGLE = design("cqc-la/single-word")
IDS = SINGLE.contender.framework.versions[-1].statement_ids()
ROWS = 10_000_000


@pytest.fixture(scope="module")
def councils(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled councils as Parquet."""
    file = tmp_path_factory.mktemp("councils") / "councils.parquet"
    parquet.write_table(published(REGISTRY.datasets["cqc-la"]), file)
    return file


def outcomes(file: Path) -> Any:
    """Return the outcomes in a file, or in the files of a folder."""
    return parquet.read_table(file)


def rate(engine: str, data: Path, target: Path, *options: str) -> Any:
    """Rate a file by the command and return the outcomes."""
    run(*RATE, "--data", str(data), "--engine", engine, "-o", str(target), *options)
    return outcomes(target)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_councils_have_the_same_outcomes_in_every_engine(
    engine: str, councils: Path, tmp_path: Path
) -> None:
    """Those that the command gives without an engine."""
    whole = tmp_path / "whole.parquet"
    run(*RATE, "--data", str(councils), "-o", str(whole))
    assert 56 == outcomes(whole).num_rows
    assert lines(outcomes(whole)) == lines(rate(engine, councils, tmp_path / "rated.parquet"))


@pytest.mark.parametrize("engine", ENGINES)
def test_csv_and_a_crosswalk_and_chosen_columns_in_every_engine(
    engine: str, councils: Path, tmp_path: Path
) -> None:
    data, target = tmp_path / "it's.csv", tmp_path / "rated.parquet"
    table = parquet.read_table(councils)
    csv.write_csv(table, data)
    columns = ["body", "certainty", "crosswalk", "area.safeguarding", "possible", "reason"]
    run(
        *("rate", "--design", "ofsted-style/report-card", "--framework", "cqc-la"),
        *("--data", str(data), "--engine", engine, "-o", str(target)),
        *("--columns", ", ".join(columns)),
    )
    of = REGISTRY.crosswalk_between("cqc-la", "ofsted-style", "")
    assert of.id == outcomes(target)["crosswalk"][0].as_py()
    assert set(columns) == set(outcomes(target).schema.names)


def test_the_file_describes_itself_as_one_written_without_an_engine(
    councils: Path, tmp_path: Path
) -> None:
    """Types, and what each column means."""
    whole, rated = tmp_path / "whole.parquet", tmp_path / "rated.parquet"
    run(*RATE, "--data", str(councils), "-o", str(whole))
    rate("arrow", councils, rated)
    expected = parquet.read_schema(whole)
    assert expected.equals(parquet.read_schema(rated), check_metadata=True)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_fault_leaves_what_was_there(engine: str, councils: Path, tmp_path: Path) -> None:
    """One message with row and column, and no part of a result."""
    table = parquet.read_table(councils)
    place = table.schema.get_field_index("safeguarding")
    cells = table["safeguarding"].to_pylist()
    cells[7] = "2.5"
    data, target = tmp_path / "bad.parquet", tmp_path / "rated.parquet"
    bad = table.set_column(place, "safeguarding", pyarrow.array(cells))
    parquet.write_table(bad, data)
    target.write_text("old")
    body = table["body"][7].as_py()
    part = " part 0" if engine == "spark" else ""
    assert (
        f'error[bad-score]: bad.parquet{part} row 8 ({body}), column "safeguarding"\n'
        "  found:    '2.5'\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       write a whole number, without a decimal point\n"
    ) == refused(*RATE, "--data", str(data), "--engine", engine, "-o", str(target))
    assert ["bad.parquet", "rated.parquet"] == sorted(one.name for one in tmp_path.iterdir())
    assert "old" == target.read_text()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_file_that_is_no_table_is_refused(engine: str, tmp_path: Path) -> None:
    data = tmp_path / "cut.parquet"
    data.write_bytes(b"PAR1 and nothing more")
    said = refused(
        *RATE, "--data", str(data), "--engine", engine, "-o", str(tmp_path / "o.parquet")
    )
    assert said.startswith("error[bad-syntax]: cut.parquet\n")
    assert "  expected: a Parquet or CSV file\n" in said
    assert ["cut.parquet"] == [one.name for one in tmp_path.iterdir()]


def _written(folder: Path, *rows: str) -> Path:
    """Return a file of CSV with rows for the nine statements."""
    data = folder / "scores.csv"
    data.write_text("\n".join((",".join(("body", *IDS)), *rows)) + "\n", "utf-8")
    return data


@pytest.mark.parametrize("engine", ENGINES)
def test_a_quotation_mark_in_a_name_stays_one(engine: str, tmp_path: Path) -> None:
    """CSV doubles it."""
    data = _written(tmp_path, '"O\'Neill ""East"", north",3,3,3,3,3,3,3,3,3')
    found = rate(engine, data, tmp_path / "rated.parquet")
    assert [('O\'Neill "East", north', "good")] == list(
        zip(found["body"].to_pylist(), found["outcome"].to_pylist(), strict=True)
    )


@pytest.mark.parametrize("ending", ["csv", "parquet"])
@pytest.mark.parametrize("engine", ENGINES)
def test_a_name_is_no_pattern(engine: str, ending: str, tmp_path: Path) -> None:
    """`scores[1]` is not `scores1`, of which it would be the pattern."""
    for name, body in (("scores[1]", "Hull"), ("scores1", "Leeds")):
        table = pyarrow.table({"body": [body], **{one: ["3"] for one in IDS}})
        file = tmp_path / f"{name}.{ending}"
        (csv.write_csv if ending == "csv" else parquet.write_table)(table, file)
    found = rate(engine, tmp_path / f"scores[1].{ending}", tmp_path / "rated.parquet")
    assert ["Hull"] == found["body"].to_pylist()


@pytest.mark.parametrize(
    ("engine", "row"),
    [
        (engine, row)
        for engine in ENGINES
        for row in ("Hull,3,3,3", "Hull,3,3,3,3,3,3,3,3,3,3")
        # Polars takes the last scores of a short row for unknown ones, which the outcome says.
        if (engine, row) != ("polars", "Hull,3,3,3")
    ],
)
def test_a_row_with_too_few_or_too_many_cells_is_refused(
    engine: str, row: str, tmp_path: Path
) -> None:
    """No row is passed over, cut or filled up, in the first place or in the second."""
    whole = "Leeds,3,3,3,3,3,3,3,3,3"
    for rows in ((row, whole, whole), (whole, row, whole)):
        target = tmp_path / "rated.parquet"
        data = _written(tmp_path, *rows)
        said = refused(*RATE, "--data", str(data), "--engine", engine, "-o", str(target))
        assert said.startswith(("error[bad-syntax]: scores.csv\n", "error[file]: scores.csv\n"))
        assert ["scores.csv"] == [one.name for one in tmp_path.iterdir()]


def test_a_relation_of_duckdb_is_a_stream() -> None:
    """A query in Python is rated as it is read."""
    scores = {one: [3, 4] for one in IDS}
    table = pyarrow.table({"body": ["Hull", "York"], **scores})
    relation = duckdb.from_arrow(table).filter("body = 'York'")
    assert ["York"] == rate_batches(relation, SINGLE).read_all()["body"].to_pylist()


def test_a_lazy_frame_gives_a_lazy_frame() -> None:
    """What Polars asks for is what it gets: some columns, some rows, the first of them."""
    numbers = np.random.default_rng(1)
    table = polars.DataFrame(
        {"body": [f"B{row}" for row in range(1000)]}
        | {one: numbers.integers(1, 5, 1000) for one in IDS}
    )
    rated = RatedFrame(rater_of(SINGLE.contender), table.lazy())
    everything: Any = polars.from_arrow(rate_batches(table, SINGLE).read_all())
    assert everything.equals(rated.frame.collect())
    good = polars.col("outcome") == "good"
    assert (
        everything.filter(good)
        .select("body")
        .head(5)
        .equals(rated.frame.filter(good).select("body").head(5).collect())
    )


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten million assessments, with one in a thousand scores not known, rated by pyarrow."""
    folder = tmp_path_factory.mktemp("many")
    numbers = np.random.default_rng(7)
    writer = None
    for start in range(0, ROWS, 1_000_000):
        scores = {
            one: pyarrow.array(
                numbers.integers(1, 5, 1_000_000, dtype=np.int8),
                mask=numbers.random(1_000_000) < 0.001,
            )
            for one in IDS
        }
        code = pyarrow.array(np.arange(start, start + 1_000_000)).cast("string")
        table = pyarrow.table({"code": code, **scores})
        writer = writer or parquet.ParquetWriter(folder / "many.parquet", table.schema)
        writer.write_table(table)
    assert writer
    writer.close()
    rate("arrow", folder / "many.parquet", folder / "arrow.parquet", "--columns", SHOWN)
    return folder


SHOWN = "code,certainty,outcome,possible,score,score_exact,limited_by,consequences,unknown"


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES[1:])
def test_ten_million_rows_have_the_same_outcomes_in_every_engine(
    engine: str, many: Path, tmp_path: Path
) -> None:
    target = tmp_path / "rated.parquet"
    run(
        *(*RATE, "--data", str(many / "many.parquet"), "--engine", engine),
        *("-o", str(target), "--columns", SHOWN),
    )
    assert ROWS == same_batches(many / "arrow.parquet", target)


def same_batches(one: Path, other: Path) -> int:
    """Return how many rows two files have, all of them the same when sorted."""
    rows = 0
    for expected, found in zip(sorted_batches(one), sorted_batches(other), strict=True):
        assert expected.equals(found)
        rows += expected.num_rows
    return rows


@pytest.mark.slow
def test_the_first_of_many_are_as_the_command_says(many: Path) -> None:
    """The engines do not only agree among themselves."""
    table = parquet.ParquetFile(many / "many.parquet").iter_batches(batch_size=3000)
    first = pyarrow.Table.from_batches([next(table)])
    named = first.append_column("body", first["code"])
    shown = SHOWN.split(",")
    expected = lines(rated_whole(named, SINGLE).select(shown))
    found = parquet.ParquetFile(many / "arrow.parquet").iter_batches(batch_size=3000)
    assert expected == lines(pyarrow.Table.from_batches([next(found)]).select(shown))
