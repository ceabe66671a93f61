"""HTML reports as a reader meets them.

The tools find no violation of what they can check; they cannot say that a page is accessible.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = Path(__file__).resolve().parents[2] / ".browser/node_modules/axe-core/axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CLEAR = 4.5

# The contrast of each text of a picture against what is drawn under its middle; axe leaves SVG out.
CONTRAST = """() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map(part => {
      part /= 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = [];
  for (const text of document.querySelectorAll('svg text')) {
    const box = text.getBoundingClientRect();
    const under = [...text.ownerSVGElement.querySelectorAll('rect, path')].filter(shape => {
      const b = shape.getBoundingClientRect();
      const x = box.x + box.width / 2, y = box.y + box.height / 2;
      return b.left <= x && x <= b.right && b.top <= y && y <= b.bottom;
    }).map(shape => getComputedStyle(shape).fill);
    for (const ground of ['rgb(255, 255, 255)', ...under]) {
      const pair = [light(getComputedStyle(text).fill), light(ground)].sort((a, b) => b - a);
      found.push([text.textContent, (pair[0] + 0.05) / (pair[1] + 0.05)]);
    }
  }
  return found;
}"""

# Texts of one picture that lie over each other, or that its frame cuts off.
LETTERING = """() => {
  const found = [];
  for (const svg of document.querySelectorAll('svg')) {
    const frame = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBBox()]);
    for (const [text, b] of boxes)
      if (b.x < 0 || b.y < 0 || b.x + b.width > frame.width || b.y + b.height > frame.height)
        found.push(`cut off: ${text}`);
    boxes.forEach(([one, a], n) => boxes.slice(n + 1).forEach(([other, b]) => {
      if (a.x < b.x + b.width && b.x < a.x + a.width &&
          a.y + 4 < b.y + b.height && b.y + 4 < a.y + a.height)
        found.push(`${one} over ${other}`);
    }));
  }
  return found;
}"""


@contextmanager
def opened(browser: Browser, file: Path, width: int = 1280, **options: Any) -> Iterator[Page]:
    """Open a report; anything on the console and any request but the file itself is a failure."""
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)
    page = context.new_page()
    console: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: console.append(message.text))
    page.on("pageerror", lambda error: console.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(file.as_uri())
    yield page
    assert [] == console
    assert [file.as_uri()] == requests
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_violation(browser: Browser, report: Path, width: int) -> None:
    """Zero automatic violations of WCAG 2.2 A and AA; and every image and region has a name."""
    # The report's own policy lets no script in, so it is lifted for this one.
    with opened(browser, report, width, bypass_csp=True) as page:
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("tags => axe.run({runOnly: tags})", WCAG)
        assert found["passes"]
        assert [] == [
            (one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]
        ]


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_page_never_scrolls_sideways(browser: Browser, report: Path, width: int) -> None:
    """What is wide scrolls in a region of its own."""
    with opened(browser, report, width) as page:
        assert width == page.evaluate("document.documentElement.scrollWidth")


def test_text_twice_as_large_still_fits(browser: Browser, report: Path) -> None:
    """200 % text on a screen of 1280 pixels."""
    with opened(browser, report, bypass_csp=True) as page:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert 1280 == page.evaluate("document.documentElement.scrollWidth")


def test_whatever_scrolls_can_be_reached_by_keyboard(browser: Browser, report: Path) -> None:
    """Tab by tab through the page: each stop can be seen, and every scrolling part is one."""
    with opened(browser, report, 320) as page:
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
    with opened(browser, report) as page:
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
    with opened(browser, report) as page:
        assert [] == [found for found in page.evaluate(CONTRAST) if found[1] < CLEAR]
        assert [] == page.evaluate(LETTERING)


def test_pictures_have_names(browser: Browser, report: Path) -> None:
    """A screen reader hears the title, then the description."""
    with opened(browser, report) as page:
        for picture in page.locator("svg").all():
            ids = str(picture.get_attribute("aria-labelledby")).split()
            assert all(page.locator(f"#{one}").text_content() for one in ids)
            assert "img" == picture.get_attribute("role")


def test_forced_colours_keep_every_difference(browser: Browser, report: Path) -> None:
    """Where the reader's own colours replace ours, edges and words still tell levels apart."""
    with opened(browser, report, forced_colors="active") as page:
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
    with opened(browser, report, 688) as page:
        page.emulate_media(media="print")
        wide = page.evaluate(
            "[...document.querySelectorAll('table, svg')].filter(one => one.checkVisibility()"
            " && one.getBoundingClientRect().right > 690).map(one => one.outerHTML.slice(0, 80))"
        )
        assert [] == wide


def test_it_reads_the_same_without_scripts(browser: Browser, report: Path) -> None:
    """It has none."""
    with opened(browser, report) as page:
        text = page.inner_text("body")
    with opened(browser, report, java_script_enabled=False) as page:
        assert text == page.inner_text("body")


def test_a_csv_can_be_downloaded(browser: Browser, report: Path) -> None:
    """The link holds the file."""
    with opened(browser, report) as page:
        link = page.locator(".download a").first
        with page.expect_download() as download:
            link.click()
        content = Path(download.value.path()).read_text("utf-8")
        assert len(content.splitlines()) > 4
        assert download.value.suggested_filename.endswith(".csv")
