"""No input that was ever kept crashes its reader. `make fuzz` looks for more; see __main__.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz.prepare import demo_registry, seeds
from tests.fuzz.targets import Target, targets

SEEDS = [(target, name) for target in ("document", "table", "scores") for name in seeds(target)]


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Target]]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        folder = tmp_path_factory.mktemp("fuzz")
        yield dict(targets(demo_registry(folder, monkeypatch), folder))


@pytest.mark.parametrize(("target", "name"), SEEDS)
def test_an_input_that_was_kept_crashes_nothing(
    readers: dict[str, Target], target: str, name: str
) -> None:
    assert None is readers[target](seeds(target)[name])


def test_a_crash_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors of ours are answers; anything else goes through."""
    from tests.fuzz import targets as module

    made = targets(demo_registry(tmp_path, monkeypatch), tmp_path)

    def fail(*_arguments: object) -> None:
        raise KeyError("not ours")

    monkeypatch.setattr(module, "check_document", fail)
    with pytest.raises(KeyError):
        made["document"](b"a: 1")
