"""What every page has to pass, whoever makes it: reports and the workbench alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
def opened(browser: Browser, address: str, width: int = 1280, **options: Any) -> Iterator[Page]:
    """Open a page; anything on the console is a failure, and any request that leaves its origin.

    A request that the page itself answers with an error is not one of the console's messages here:
    error pages are opened on purpose.
    """
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)
    page = context.new_page()
    console: list[str] = []
    requests: list[str] = []
    page.on(
        "console",
        lambda message: (
            None
            if "server responded with a status" in message.text
            else console.append(message.text)
        ),
    )
    page.on("pageerror", lambda error: console.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address)
    yield page
    origin = address if address.startswith("file:") else "/".join(address.split("/")[:3])
    assert [] == console
    assert [] == [one for one in requests if not one.startswith(origin)]
    context.close()


def axe_violations(page: Page) -> list[Any]:
    """Return what axe finds of WCAG 2.2 A and AA, with every fold open.

    The page's own policy lets no script in: it has to be opened with `bypass_csp`.
    """
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("tags => axe.run({runOnly: tags})", WCAG)
    assert found["passes"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]


def wider_than_the_screen(page: Page) -> int:
    """Return by how many pixels the page itself can be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
