"""HTML reports as a reader meets them.

The tools find no violation of what they can check; they cannot say that a page is accessible.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.checks import CLEAR, CONTRAST, LETTERING, axe_violations, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_violation(browser: Browser, report: Path, width: int) -> None:
    """Zero automatic violations of WCAG 2.2 A and AA; and every image and region has a name."""
    # The report's own policy lets no script in, so it is lifted for this one.
    with opened(browser, report.as_uri(), width, bypass_csp=True) as page:
        assert [] == axe_violations(page)


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_page_never_scrolls_sideways(browser: Browser, report: Path, width: int) -> None:
    """What is wide scrolls in a region of its own."""
    with opened(browser, report.as_uri(), width) as page:
        assert width == page.evaluate("document.documentElement.scrollWidth")


def test_text_twice_as_large_still_fits(browser: Browser, report: Path) -> None:
    """200 % text on a screen of 1280 pixels."""
    with opened(browser, report.as_uri(), bypass_csp=True) as page:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert 1280 == page.evaluate("document.documentElement.scrollWidth")


def test_whatever_scrolls_can_be_reached_by_keyboard(browser: Browser, report: Path) -> None:
    """Tab by tab through the page: each stop can be seen, and every scrolling part is one."""
    with opened(browser, report.as_uri(), 320) as page:
        scrolling = page.evaluate(
            "[...document.querySelectorAll('main *')].filter(one => one.checkVisibility()"
            " && one.scrollWidth > one.clientWidth"
            " && getComputedStyle(one).overflowX === 'auto').length"
        )
        stops = page.locator(
            "a:visible, summary:visible, [tabindex='0']:visible, main[tabindex]"
        ).count()
        reached = []
        for _ in range(stops + 1):
            page.keyboard.press("Tab")
            tag, scrolls, outline = page.evaluate(
                "(() => { const one = document.activeElement, style = getComputedStyle(one);"
                " return [one.tagName, one.scrollWidth > one.clientWidth"
                " && style.overflowX === 'auto', style.outlineStyle]; })()"
            )
            if tag == "BODY":
                break
            assert "solid" == outline
            reached.append(scrolls)
        assert scrolling == sum(reached)


def test_the_skip_link_leads_to_the_content(browser: Browser, report: Path) -> None:
    """The first stop of all; out of sight until it is reached."""
    with opened(browser, report.as_uri()) as page:
        link = page.locator(".skip")
        box = link.bounding_box()
        assert box
        assert box["x"] < 0
        page.keyboard.press("Tab")
        box = link.bounding_box()
        assert box
        assert box["x"] >= 0
        page.keyboard.press("Enter")
        assert "main" == page.evaluate("document.activeElement.id")


def test_the_letters_of_pictures_are_clear(browser: Browser, report: Path) -> None:
    """A contrast of 4.5 against whatever lies under them, none over another, none cut off."""
    with opened(browser, report.as_uri()) as page:
        assert [] == [found for found in page.evaluate(CONTRAST) if found[1] < CLEAR]
        assert [] == page.evaluate(LETTERING)


def test_pictures_have_names(browser: Browser, report: Path) -> None:
    """A screen reader hears the title, then the description."""
    with opened(browser, report.as_uri()) as page:
        for picture in page.locator("svg").all():
            ids = str(picture.get_attribute("aria-labelledby")).split()
            assert all(page.locator(f"#{one}").text_content() for one in ids)
            assert "img" == picture.get_attribute("role")


def test_forced_colours_keep_every_difference(browser: Browser, report: Path) -> None:
    """Where the reader's own colours replace ours, edges and words still tell levels apart."""
    with opened(browser, report.as_uri(), forced_colors="active") as page:
        widths = page.evaluate(
            "[...document.querySelectorAll('td.lowest, td.highest, td.unknown')].map(one =>"
            " getComputedStyle(one).borderTopStyle)"
        )
        assert set(widths) <= {"solid", "double", "dashed"}
        empty = page.evaluate(
            "[...document.querySelectorAll('.heat td')].filter(one => !one.innerText.trim()).length"
        )
        assert 0 == empty


def test_it_prints(browser: Browser, report: Path) -> None:
    """No part is cut off at the paper's edge: nothing is wider than the page."""
    with opened(browser, report.as_uri(), 688) as page:
        page.emulate_media(media="print")
        wide = page.evaluate(
            "[...document.querySelectorAll('table, svg')].filter(one => one.checkVisibility()"
            " && one.getBoundingClientRect().right > 690).map(one => one.outerHTML.slice(0, 80))"
        )
        assert [] == wide


def test_it_reads_the_same_without_scripts(browser: Browser, report: Path) -> None:
    """It has none."""
    with opened(browser, report.as_uri()) as page:
        text = page.inner_text("body")
    with opened(browser, report.as_uri(), java_script_enabled=False) as page:
        assert text == page.inner_text("body")


def test_a_csv_can_be_downloaded(browser: Browser, report: Path) -> None:
    """The link holds the file."""
    with opened(browser, report.as_uri()) as page:
        link = page.locator(".download a").first
        with page.expect_download() as download:
            link.click()
        content = Path(download.value.path()).read_text("utf-8")
        assert len(content.splitlines()) > 4
        assert download.value.suggested_filename.endswith(".csv")
