"""One job on one file, in a process of its own: python -m benchmarks.file_jobs rate arrow IN OUT.

To copy is to read the nine columns of scores and write them again, by the same engine with the same
settings. To rate is `assurance rate --engine`, with a few columns of outcomes or with all.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

CHOSEN = ("outcome", "score", "limited_by", "consequences")
"""The columns that most would take on: word, score and flags."""
ENGINES = ("arrow", "duckdb", "polars", "spark")


def copy(engine: str, source: Path, target: Path) -> None:
    """Copy a file by an engine."""
    if engine == "arrow":
        from assurance_core.tables.engines.arrow import open_file, open_writer

        # As when rating: a block is read while the one before is written.
        with (
            open_file(source) as stream,
            open_writer(target, stream.schema) as writer,
            ThreadPoolExecutor(1) as other,
        ):
            coming = other.submit(next, stream, None)
            while (batch := coming.result()) is not None:
                coming = other.submit(next, stream, None)
                writer.write_batch(batch)
    elif engine == "duckdb":
        import duckdb

        from assurance_core.tables.engines.duckdb import MEMORY

        with duckdb.connect(config={"memory_limit": MEMORY}) as connection:
            read = f"SELECT * FROM read_parquet('{source}')"
            connection.execute(f"COPY ({read}) TO '{target}' (FORMAT parquet)")
    elif engine == "polars":
        import polars

        polars.scan_parquet(source).sink_parquet(target)
    else:
        from assurance_core.tables.engines.spark import open_session

        session = open_session()
        session.read.parquet(str(source)).write.parquet(str(target))
        session.stop()


def rate(engine: str, source: Path, target: Path, columns: tuple[str, ...]) -> None:
    """Rate a file by an engine."""
    from importlib import import_module

    from assurance_core import load_plugins
    from assurance_core.report.outcome_batches import rater_of

    design = load_plugins(["cqc_la"]).design("cqc-la/single-word")
    module = import_module(f"assurance_core.tables.engines.{engine}")
    module.rate_file(rater_of(design, columns=columns), source, target)


def main() -> None:
    """Do what is asked for, and print the seconds that it took, without the start of Python."""
    what, engine, source, target = sys.argv[1:]
    start = time.perf_counter()
    if what == "copy":
        copy(engine, Path(source), Path(target))
    else:
        rate(engine, Path(source), Path(target), CHOSEN if what == "rate" else ())
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main()
