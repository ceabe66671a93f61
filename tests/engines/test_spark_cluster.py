"""A cluster of Spark: a master and two workers, each a process, of which one is killed at work."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow
import pyspark
import pytest
from pyarrow import parquet

from tests.commands import run
from tests.engines.rated import design, sorted_batches

SINGLE = design("cqc-la/single-word")
IDS = SINGLE.contender.framework.versions[-1].statement_ids()
RATE = ("rate", "--design", "cqc-la/single-word")
HERE = "127.0.0.1"
ROWS, PARTS = 1_000_000, 12
WAIT = 240
"""Seconds until we give up waiting for a process."""
SETTINGS = f"""spark.driver.host {HERE}
spark.driver.bindAddress {HERE}
spark.executor.memory 600m
spark.executor.cores 1
spark.sql.files.maxPartitionBytes 600k
spark.sql.files.openCostInBytes 0
"""


class Cluster:
    """A master and two workers.

    Attributes:
        master: its address.
        workers: their processes, each with its executors in a group of its own.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        settings = folder / "settings"
        settings.mkdir()
        (settings / "spark-defaults.conf").write_text(SETTINGS)
        self.environment = {
            **os.environ,
            "SPARK_CONF_DIR": str(settings),
            "SPARK_LOCAL_IP": HERE,
            "SPARK_LOCAL_DIRS": str(folder),
            "PYSPARK_PYTHON": sys.executable,
        }
        self._started: list[subprocess.Popen[bytes]] = []
        port = free_port()
        self.master = f"spark://{HERE}:{port}"
        self._start("master", "master.Master", "--host", HERE, "--port", str(port))
        self._wait_for("master", "I have been elected leader")
        options = ("--host", HERE, "--cores", "1", "--memory", "1g", self.master)
        self.workers = [
            self._start(name, "worker.Worker", "--work-dir", str(folder / name), *options)
            for name in ("one", "other")
        ]
        for name in ("one", "other"):
            self._wait_for(name, "Successfully registered with master")

    def _start(self, name: str, of: str, *options: str) -> subprocess.Popen[bytes]:
        program = Path(pyspark.__file__).parent / "bin" / "spark-class"
        with (self._folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [str(program), f"org.apache.spark.deploy.{of}", "--webui-port", "0", *options],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._started.append(process)
        return process

    def _wait_for(self, name: str, words: str) -> None:
        log = self._folder / f"{name}.log"
        wait_until(lambda: words in log.read_text(errors="replace"), f"{name}: {words}")

    def stop(self) -> None:
        for process in self._started:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process that we started, and those that it started, without a word of warning."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    with socket.socket() as one:
        one.bind((HERE, 0))
        port: int = one.getsockname()[1]
        return port


def wait_until(holds: Callable[[], bool], what: str) -> None:
    for _ in range(WAIT * 10):
        if holds():
            return
        time.sleep(0.1)
    raise TimeoutError(what)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    made = Cluster(folder)
    yield made
    made.stop()


def scores(file: Path) -> None:
    """Write random scores in as many pieces as there will be tasks; some are not known."""
    numbers = np.random.default_rng(5)
    rows = ROWS // PARTS
    columns = {one: pyarrow.array(numbers.integers(1, 5, ROWS, dtype=np.int8)) for one in IDS}
    hidden = pyarrow.array(columns[IDS[0]].to_numpy(), mask=numbers.random(ROWS) < 0.01)
    code = pyarrow.array(np.arange(ROWS)).cast("string")
    table = pyarrow.table({"code": code, **columns, IDS[0]: hidden})
    parquet.write_table(table, file, row_group_size=rows, compression="none")


def test_a_killed_worker_changes_nothing(cluster: Cluster, tmp_path: Path) -> None:
    """The other does its part again, and the outcomes are those of one process."""
    data, folder = tmp_path / "scores.parquet", tmp_path / "out"
    folder.mkdir()
    scores(data)
    expected, found = tmp_path / "expected.parquet", folder / "rated.parquet"
    run(*RATE, "--data", str(data), "--engine", "arrow", "-o", str(expected))
    command = (*RATE, "--data", str(data), "--engine", "spark", "--master", cluster.master)
    log = tmp_path / "job.log"
    with log.open("wb") as said:
        job = subprocess.Popen(
            [sys.executable, "-m", "assurance_core", *command, "-o", str(found)],
            env=cluster.environment,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until(lambda: done(folder) >= 3 or job.poll() is not None, "the first tasks")
        kill(cluster.workers[1])
        at_work = job.poll() is None and done(folder) < PARTS
        assert at_work, log.read_text(errors="replace")
        assert 0 == job.wait(WAIT), log.read_text(errors="replace")
    finally:
        job.kill()
    rows = 0
    for one, other in zip(sorted_batches(expected), sorted_batches(found), strict=True):
        assert one.equals(other)
        rows += one.num_rows
    assert ROWS == rows
    assert ["rated.parquet"] == [one.name for one in folder.iterdir()]


def done(folder: Path) -> int:
    """Return how many tasks have handed in their part."""
    return len(list(folder.glob(".*/*/_temporary/0/task_*")))
