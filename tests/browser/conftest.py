"""Tests in a real browser. `make test-browser` installs what they need and runs them.

`make test` needs Python only and leaves this folder out. Nothing here is ever skipped: where the
browser is asked for and missing, the tests fail.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.commands import run

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = os.environ.get("ASSURANCE_BROWSER")
collect_ignore_glob = [] if CHROMIUM else ["test_*.py"]

DEMO = "compare cqc-la/single-word ofsted-style/report-card cqc-la/outstanding-from-80"
REPORTS = {
    "demo": f"{DEMO} --data cqc-la",
    "limiters": "compare cqc-la/single-word cqc-la/with-limiters cqc-la/score-only --data cqc-la",
    "inspections": "compare ofsted-ilacs/2023 ofsted-ilacs/2026",
    "table": "rate --design cqc-la/single-word --data cqc-la",
    "word": "explain --design cqc-la/single-word --data cqc-la --body Camden",
    "card": "rate --design ofsted-style/report-card --data cqc-la --body Hull",
    "partly-known": "explain --design cqc-la/single-word --data cqc-la --body Swindon",
}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    # Where the tests run as root, in a container, Chromium cannot make a sandbox of its own.
    root = os.name != "nt" and os.geteuid() == 0
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"] if root else []
        )
        yield started
        started.close()


@pytest.fixture(scope="session", params=REPORTS)
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report as a file."""
    file = tmp_path_factory.mktemp("report") / f"{request.param}.html"
    run(*REPORTS[request.param].split(), "-o", str(file))
    return file


@pytest.fixture(scope="session")
def workbench() -> Iterator[str]:
    """The workbench, served on this machine as `assurance serve` does; its address."""
    from tests.browser.serving import served

    with served() as address:
        yield address
