"""No input that was ever kept crashes its reader. `make fuzz` looks for more; see __main__.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.prepare import CORPUS, demo_registry, seeds
from tests.fuzz.targets import TARGETS, targets

WITH_AN_EXTRA = ("parquet",)
"""What `make test` does not install: tests/engines tries these."""


@pytest.mark.parametrize("target", [one for one in TARGETS if one not in WITH_AN_EXTRA])
def test_no_input_that_was_kept_crashes_its_reader(
    target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = demo_registry(tmp_path, monkeypatch)
    reader = targets(registry, tmp_path)[target]
    for name, data in seeds(target, registry).items():
        assert None is reader(data), name


def test_there_is_something_of_each_target() -> None:
    kept = {target: len([*(CORPUS / target).iterdir()]) for target in TARGETS}
    assert {} == {target: count for target, count in kept.items() if not count}


def test_a_crash_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors of ours are answers; anything else goes through."""
    from tests.fuzz import targets as module

    made = targets(demo_registry(tmp_path, monkeypatch), tmp_path)

    def fail(*_arguments: object) -> None:
        raise KeyError("not ours")

    monkeypatch.setattr(module, "check_document", fail)
    with pytest.raises(KeyError):
        made["document"](b"a: 1")
