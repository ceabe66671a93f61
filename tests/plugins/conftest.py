"""A folder of plugins of one's own, apart from what is installed."""

from pathlib import Path

import pytest

from tests.demo_plugin import DEMO, install, use_only


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose distributions are the only plugins there are; the demo plugin is in it."""
    use_only(tmp_path, monkeypatch)
    install(tmp_path, "demo", DEMO)
    return tmp_path
