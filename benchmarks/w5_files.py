"""W5: rate files of 10^4 to 10^8 rows by every engine, beside a plain copy of the same columns."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from random import Random
from statistics import median

import numpy as np

from benchmarks.rule import LEVELS, SEED, STATEMENTS

SIZES = (10**4, 10**5, 10**6, 10**7, 10**8)
QUICK_SIZES = (10**4, 10**5, 10**6)
_AT_ONCE = 1 << 20
_SMALL = 10**7
"""Of CSV and by Spark, files are no larger."""
LEAST, MOST_MEMORY = 0.6, 1024.0
"""What we promise of the largest file: the speed beside a copy, and megabytes."""

Job = tuple[str, str, str]
"""What is read (`parquet` or `csv`), by which engine, and what is done: copy, rate, rate-all."""


def time_files(quick: bool, rounds: int, only: Sequence[str]) -> bool:
    """Time every engine on every size, print the tables, and say whether all outcomes agree."""
    print("\nW5 rate files: rows a second and peak memory", flush=True)
    agreed = True
    with tempfile.TemporaryDirectory(prefix="assurance-bench-") as name:
        for size in QUICK_SIZES if quick else SIZES:
            folder = Path(name) / str(size)
            folder.mkdir()
            write_scores(folder / "scores.parquet", size)
            if size <= _SMALL:
                write_csv(folder / "scores.parquet", folder / "scores.csv")
            agreed = _time_size(folder, size, 1 if size > _SMALL else rounds, only) and agreed
            shutil.rmtree(folder)
    return agreed


def _jobs(size: int, only: Sequence[str]) -> list[Job]:
    engines = ["arrow", "duckdb", "polars", *(["spark"] if size <= _SMALL else [])]
    jobs = [("parquet", one, what) for one in engines for what in ("copy", "rate", "rate-all")]
    if size <= _SMALL:
        jobs += [("csv", "arrow", "rate")]
    return [job for job in jobs if job[1].startswith(tuple(only))]


def _time_size(folder: Path, size: int, rounds: int, only: Sequence[str]) -> bool:
    jobs = _jobs(size, only)
    seconds: dict[Job, list[float]] = {job: [] for job in jobs}
    memory: dict[Job, float] = dict.fromkeys(jobs, 0.0)
    agreed: dict[str, object] = {}
    order = Random(rounds)
    for _ in range(rounds):
        for job in order.sample(jobs, len(jobs)):
            target = folder / "out.parquet"
            taken, peak = run_job(job, folder, target)
            seconds[job].append(taken)
            memory[job] = max(memory[job], peak)
            if job[2] == "rate":
                agreed["-".join(job[:2])] = tally(target)
            shutil.rmtree(target) if target.is_dir() else target.unlink()
    _print(size, seconds, memory)
    wrong = [name for name, found in agreed.items() if found != next(iter(agreed.values()))]
    if wrong:
        print(f"  outcomes of {', '.join(wrong)} differ from the others", file=sys.stderr)
    return not wrong


def run_job(job: Job, folder: Path, target: Path) -> tuple[float, float]:
    """Run a job in a process, and return its seconds and the most memory that it had, in MB.

    Where it starts others, as Spark does, theirs is added.
    """
    ending, engine, what = job
    command = [sys.executable, "-m", "benchmarks.file_jobs", what, engine]
    command += [str(folder / f"scores.{ending}"), str(target)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    peak = [0.0]
    watched = threading.Thread(target=_watch, args=(process, peak), daemon=True)
    watched.start()
    out, err = process.communicate()
    watched.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{err}")
    return float(out), peak[0]


def _watch(process: subprocess.Popen[str], peak: list[float]) -> None:
    """Keep the most memory that a process and those it started have had together, in MB."""
    finished = threading.Event()
    while process.poll() is None:
        peak[0] = max(peak[0], _memory_of_session(process.pid))
        finished.wait(0.02)


def _memory_of_session(session: int) -> float:
    total = 0
    for one in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(one.name)) == session:
                total += int((one / "statm").read_text().split()[1])
        except (OSError, IndexError):
            continue  # It has ended meanwhile.
    return total * os.sysconf("SC_PAGE_SIZE") / 1e6


def write_scores(file: Path, rows: int) -> None:
    """Write nine columns of random scores, the same every time."""
    import pyarrow
    from pyarrow import parquet

    from assurance_core import load_plugins

    versions = load_plugins(["cqc_la"]).framework("cqc-la").versions
    ids = versions[-1].statement_ids()
    assert len(ids) == STATEMENTS
    numbers = np.random.default_rng(SEED)
    schema = pyarrow.schema([(one, pyarrow.int8()) for one in ids])
    with parquet.ParquetWriter(file, schema) as writer:
        for start in range(0, rows, _AT_ONCE):
            count = min(_AT_ONCE, rows - start)
            scores = [numbers.integers(1, LEVELS + 1, count, dtype=np.int8) for _ in ids]
            writer.write_batch(pyarrow.record_batch(scores, schema=schema))


def write_csv(source: Path, target: Path) -> None:
    """Write a Parquet file as CSV."""
    from pyarrow import csv, parquet

    file = parquet.ParquetFile(source)
    with csv.CSVWriter(target, file.schema_arrow) as writer:
        for batch in file.iter_batches():
            writer.write_batch(batch)


def tally(outcomes: Path) -> object:
    """Return how many rows there are of each outcome."""
    import duckdb

    files = f"{outcomes}/*.parquet" if outcomes.is_dir() else str(outcomes)
    query = f"SELECT *, count(*) FROM read_parquet('{files}') GROUP BY ALL ORDER BY ALL"
    return duckdb.sql(query).fetchall()


def _print(size: int, seconds: dict[Job, list[float]], memory: dict[Job, float]) -> None:
    print(f"  {size:,} rows")
    print(f"  {'':28} {'million rows/s':>16} {'best':>8} {'MB':>8} {'speed, copy = 1':>16}")
    for job, found in seconds.items():
        ending, engine, what = job
        name = f"{engine} {what}" + (" from csv" if ending == "csv" else "")
        beside = seconds.get((ending, engine, "copy"))
        ratio = f"{median(beside) / median(found):.2f}" if beside and what != "copy" else ""
        speed, best = (size / one / 1e6 for one in (median(found), min(found)))
        print(f"  {name:28} {speed:16.3g} {best:8.3g} {memory[job]:8.0f} {ratio:>16}", flush=True)
    copied, rated = ("parquet", "arrow", "copy"), ("parquet", "arrow", "rate")
    if size == SIZES[-1] and {copied, rated} <= seconds.keys():
        speed = median(seconds[copied]) / median(seconds[rated])
        for words, value, holds in (
            (f"of the speed of a copy (at least {LEAST})", speed, speed >= LEAST),
            (f"MB (below {MOST_MEMORY:.0f})", memory[rated], memory[rated] < MOST_MEMORY),
        ):
            print(f"  {'yes' if holds else 'NO '} arrow, 10^8 rows: {value:.3g} {words}")
