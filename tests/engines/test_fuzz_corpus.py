"""No Parquet file that the fuzzer ever left crashes the reader: see tests/fuzz."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.prepare import demo_registry, seeds
from tests.fuzz.targets import targets


def test_no_input_that_was_kept_crashes_its_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = demo_registry(tmp_path, monkeypatch)
    reader = targets(registry, tmp_path)["parquet"]
    for name, data in seeds("parquet", registry).items():
        assert None is reader(data), name
