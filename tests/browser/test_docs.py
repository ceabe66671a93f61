"""The pages of the documentation in a browser, as `make docs` leaves them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.checks import axe_violations, opened, wider_than_the_screen
from tests.browser.serving import served_folder

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(
    file.relative_to(DOCS).with_suffix(".html").as_posix() for file in DOCS.rglob("*.md")
)


@pytest.fixture(scope="module")
def docs() -> Iterator[str]:
    """The built pages, served on this machine; their address."""
    with served_folder(ROOT / "build" / "docs") as address:
        yield address


@pytest.mark.parametrize("name", [*PAGES, "search.html"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_has_no_barrier(browser: Browser, docs: str, name: str, width: int) -> None:
    """Zero automatic violations of WCAG 2.2 A and AA, no sideways scroll, nothing from outside."""
    with opened(browser, f"{docs}/{name}", width) as page:
        assert [] == axe_violations(page)
        assert 0 == wider_than_the_screen(page)


@pytest.mark.parametrize("name", ["index.html", "tutorial-python.html", "reference/commands.html"])
def test_its_dark_colours_are_clear_too(browser: Browser, docs: str, name: str) -> None:
    """Text, links, Python and console examples, tables."""
    with opened(browser, f"{docs}/{name}", color_scheme="dark") as page:
        assert [] == axe_violations(page)
