"""`assurance rate --engine`: what does not go together, and what is missing, is said at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from assurance_core.cli.rate_engine import ENGINES
from assurance_core.tables.engines.whole import whole
from tests.commands import CAMDEN, refused

RATE = ("rate", "--design", "cqc-la/single-word")


@pytest.fixture
def data(tmp_path: Path) -> str:
    """A table of one council."""
    file = tmp_path / "mine.csv"
    file.write_text("body,safeguarding\nHull,3\n", "utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("--master", "spark://here:7077"),
            "error[conflict]: --master\n"
            "  found:    'spark://here:7077' without --engine\n"
            "  expected: --master with --engine\n"
            "  do:       leave --master out\n",
        ),
        (
            ("--columns", "outcome"),
            "error[conflict]: --columns\n"
            "  found:    'outcome' without --engine\n"
            "  expected: --columns with --engine\n"
            "  do:       leave --columns out\n",
        ),
        (
            ("--engine", "duckdb", "--master", "local"),
            "error[conflict]: --master\n"
            "  found:    'local' with --engine duckdb\n"
            "  expected: --master with spark alone\n"
            "  do:       leave --master out\n",
        ),
        (
            ("--engine", "arrow", "--body", "Hull"),
            "error[conflict]: --body\n"
            "  found:    --body with --engine\n"
            "  expected: --data alone, for a whole table\n"
            "  do:       leave --body out\n",
        ),
        (
            ("--engine", "arrow"),
            "error[missing]: -o\n"
            "  found:    nothing\n"
            "  expected: a file that ends in .parquet\n"
            "  do:       name one: -o FILE.parquet\n",
        ),
        (
            ("--engine", "arrow", "-o", "outcomes.csv"),
            "error[missing]: -o\n"
            "  found:    'outcomes.csv'\n"
            "  expected: a file that ends in .parquet\n"
            "  do:       name one: -o FILE.parquet\n",
        ),
    ],
    ids=["master", "columns", "master of duckdb", "body", "nowhere", "to csv"],
)
def test_options_that_do_not_go_together(data: str, options: tuple[str, ...], message: str) -> None:
    assert message == refused(*RATE, "--data", data, *options)


def test_what_is_no_table_of_any_length_is_refused(tmp_path: Path) -> None:
    assert (
        "error[missing]: --data\n"
        "  found:    'cqc-la'\n"
        "  expected: a file that ends in .parquet or .csv\n"
        "  do:       name one: --data FILE.parquet\n"
    ) == refused(*RATE, "--engine", "arrow", "--data", "cqc-la", "-o", "o.parquet")
    assert (
        "error[conflict]: --scores\n"
        "  found:    --scores with --engine\n"
        "  expected: --data alone, for a whole table\n"
        "  do:       leave --scores out\n"
    ) == refused(*RATE, "--engine", "arrow", "--scores", CAMDEN, "-o", "o.parquet")
    missing = str(tmp_path / "none.csv")
    assert (
        f"error[file]: {missing}\n"
        "  found:    no such file\n"
        "  expected: a file that exists\n"
        "  do:       check the name\n"
    ) == refused(*RATE, "--engine", "arrow", "--data", missing, "-o", "o.parquet")


PACKAGES = {"arrow": "pyarrow", "duckdb": "duckdb", "polars": "polars", "spark": "pyspark.sql"}


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_that_is_not_installed_is_named_with_its_extra(
    engine: str, data: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And no file is left."""
    package = PACKAGES[engine]
    monkeypatch.setitem(sys.modules, package, None)
    target = tmp_path / "o.parquet"
    assert (
        "error[missing]: mine.csv\n"
        f"  found:    no {package} in this Python\n"
        f"  expected: the extra `{engine}`\n"
        f"  do:       install it with: pip install 'assurance-core[{engine}]'\n"
    ) == refused(*RATE, "--engine", engine, "--data", data, "-o", str(target))
    assert ["mine.csv"] == [one.name for one in tmp_path.iterdir()]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_folder_in_the_place_of_the_outcomes_is_left_alone(
    engine: str, data: str, tmp_path: Path
) -> None:
    """It may hold anything."""
    target = tmp_path / "o.parquet"
    target.mkdir()
    (target / "precious.txt").write_text("mine", "utf-8")
    assert (
        f"error[file]: {target}\n"
        "  found:    is a directory\n"
        "  expected: a file that can be written\n"
        "  do:       check the folder and its rights\n"
    ) == refused(*RATE, "--engine", engine, "--data", data, "-o", str(target))
    assert "mine" == (target / "precious.txt").read_text("utf-8")
    assert {"mine.csv", "o.parquet"} == {one.name for one in tmp_path.iterdir()}


def test_a_pipe_in_the_place_of_the_outcomes_is_left_alone(data: str, tmp_path: Path) -> None:
    """So is a device: a file in its place would be in the way of every other program."""
    target = tmp_path / "o.parquet"
    os.mkfifo(target)
    assert (
        f"error[file]: {target}\n"
        "  found:    is a device or a pipe\n"
        "  expected: a file that can be written\n"
        "  do:       check the folder and its rights\n"
    ) == refused(*RATE, "--engine", "arrow", "--data", data, "-o", str(target))
    assert target.is_fifo()


def test_a_folder_that_spark_has_written_is_replaced_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "o.parquet"
    target.mkdir()
    (target / "_SUCCESS").touch()
    with whole(target) as made:
        made.mkdir()
        (made / "part").touch()
        assert ["_SUCCESS"] == [one.name for one in target.iterdir()]
    assert ["part"] == [one.name for one in target.iterdir()]
    assert ["o.parquet"] == [one.name for one in tmp_path.iterdir()]
