"""The examples of the page on long tables, run as they stand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyarrow import parquet

from tests.engines.rated import REGISTRY, published
from tests.pages import blocks

PAGE = Path(__file__).resolve().parents[2] / "docs/how-to/cluster.md"
EXAMPLES = {one.name: one.text for one in blocks(PAGE.read_text("utf-8")) if one.name}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_counts_the_councils_by_their_word(name: str, tmp_path: Path) -> None:
    parquet.write_table(published(REGISTRY.datasets["cqc-la"]), tmp_path / "scores.parquet")
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", EXAMPLES[name]],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    assert "outstanding" in done.stdout
    assert "requires_improvement" in done.stdout
