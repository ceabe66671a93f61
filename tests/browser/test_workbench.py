"""The workbench as a policy team meets it: in a browser, with the keyboard, without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.checks import (
    CLEAR,
    CONTRAST,
    LETTERING,
    axe_violations,
    opened,
    wider_than_the_screen,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

COMPARE = "/compare?data=cqc-la&a=cqc-la%2Fsingle-word&b=cqc-la%2Foutstanding-from-80"
SENTENCE = (
    "If “One word” were replaced by “Outstanding from 80”, the word would change for 2 of the 56"
    " councils (North Yorkshire and Wokingham); it would stay for 51, and for 3 the published data"
    " cannot tell."
)
PAGES = {
    "compare": COMPARE,
    "card": "/compare?data=cqc-la&a=cqc-la%2Fsingle-word&b=cqc-la%2Freport-card",
    "left-out": "/compare?data=cqc-la&a=cqc-la%2Fsingle-word&b=cqc-la%2Freport-card"
    "&edited=cqc-la%2Fsingle-word&set=overall.band.outstanding%3D80",
    "what-follows": "/compare?data=area-send&a=area-send%2F2023&b=area-send%2Fconsequence-only",
    "inspections": "/compare?data=ofsted-ilacs&a=ofsted-ilacs%2F2023&b=ofsted-ilacs%2F2026",
    "edit": "/edit?design=cqc-la%2Fsingle-word&data=cqc-la&set=overall.band.outstanding%3D80",
    "edit-wrong": "/edit?design=cqc-la%2Fsingle-word&data=cqc-la&set=overall.band.good%3Dten",
    "edit-limiters": "/edit?design=cqc-la%2Fwith-limiters&data=cqc-la",
    "body": "/body?data=cqc-la&body=Camden",
    "partly-known": "/body?data=cqc-la&body=Barking+and+Dagenham",
    "designs": "/designs",
    "design": "/designs/cqc-la/single-word",
    "scorecard": "/scorecard?data=cqc-la&design=cqc-la%2Fsingle-word",
    "all-data": "/data",
    "data": "/data/cqc-la",
    "upload": "/upload",
    "unknown": "/designs/cqc-la/single-wrod",
    "wrong": "/compare?data=cqc-la&set=overall.band.outstandng%3D80",
    "nowhere": "/nowhere",
}
TABLE = (
    "body,Assessing needs,Supporting people to live healthier lives,Equity in experience and"
    ' outcomes,"Care provision, integration and continuity",Partnerships and communities,"Safe'
    ' systems, pathways and transitions",Safeguarding,"Governance, management and sustainability",'
    '"Learning, improvement and innovation"\n'
    "Mine,3,3,3,3,3,3,3,3,3\nYours,4,5,4,3,3,3,3,3,3\n"
)


def sentence(page: Page) -> str:
    """Return the answer of the first screen."""
    return page.locator(".answer .lead").inner_text()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_violation(browser: Browser, workbench: str, name: str, width: int) -> None:
    """Zero automatic violations of WCAG 2.2 A and AA, on every page and every error."""
    with opened(browser, workbench + PAGES[name], width, bypass_csp=True) as page:
        assert [] == axe_violations(page)


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways(browser: Browser, workbench: str, name: str) -> None:
    """On a telephone, a tablet and a desk; and with text of 200 %."""
    with opened(browser, workbench + PAGES[name], 320, bypass_csp=True) as page:
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert 0 == wider_than_the_screen(page), width
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert 0 == wider_than_the_screen(page)


def test_no_words_are_squeezed_into_a_column_of_letters(browser: Browser, workbench: str) -> None:
    """A link of a few words takes a few lines at most, however wide the screen is."""
    with opened(browser, workbench + PAGES["inspections"], 320) as page:
        for width in (320, 500, 768, 900, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            tall = page.evaluate(
                "[...document.querySelectorAll('form a, .actions a, nav a')].filter(one =>"
                " one.getBoundingClientRect().height > 100).map(one => one.textContent)"
            )
            assert [] == tall, width


def test_the_letters_of_pictures_are_clear(browser: Browser, workbench: str) -> None:
    """A contrast of 4.5 against whatever lies under them, none over another, none cut off."""
    with opened(browser, workbench + COMPARE) as page:
        assert [] == [found for found in page.evaluate(CONTRAST) if found[1] < CLEAR]
        assert [] == page.evaluate(LETTERING)


def test_the_compare_flow(browser: Browser, workbench: str) -> None:
    """From the first page: choose designs, read who changes, open a body, come back."""
    with opened(browser, workbench + "/") as page:
        page.get_by_label("Replace this design (A)").select_option("cqc-la/single-word")
        page.get_by_label("with this one (B)").select_option("cqc-la/outstanding-from-80")
        page.get_by_role("button", name="Compare").click()
        assert SENTENCE == sentence(page)
        changed = page.locator(".counts .big").all_inner_texts()
        assert ["2", "51", "3"] == changed
        page.get_by_role("rowheader", name="Wokingham").get_by_role("link").click()
        assert "Wokingham" in page.locator("h1").inner_text()
        assert 2 == page.locator(".card").count()
        page.get_by_role("link", name="Back to the comparison").click()
        assert SENTENCE == sentence(page)


def test_the_same_address_gives_the_same_sentence_to_somebody_else(
    browser: Browser, workbench: str
) -> None:
    """Open, change, copy the link, open it in a fresh browser: the same sentence."""
    with opened(browser, workbench + "/") as page:
        page.get_by_label("with this one (B)").select_option("cqc-la/safeguarding-cap")
        page.get_by_role("button", name="Compare").click()
        copied, said = page.url, sentence(page)
    with opened(browser, copied) as page:
        assert said == sentence(page)
        assert copied == page.url


def test_outstanding_from_80_in_the_editor(browser: Browser, workbench: str) -> None:
    """A threshold is edited in the form, the rules are read back, and Wokingham changes.

    The address holds the edit: somebody else who opens it reads the same sentence.
    """
    with opened(browser, workbench + COMPARE.replace("outstanding-from-80", "single-word")) as page:
        page.get_by_role("link", name="Edit design B").click()
        page.get_by_label("Outstanding", exact=False).first.fill("80")
        page.get_by_role("button", name="Check").first.click()
        assert "Outstanding from 80" in page.locator("main").inner_text()
        page.get_by_role("link", name="Compare with").first.click()
        assert "Wokingham" in sentence(page)
        assert "set=overall.band.outstanding%3D80" in page.url
        copied, said = page.url, sentence(page)
    with opened(browser, copied) as page:
        assert said == sentence(page)
        assert copied == page.url


def test_an_upload_with_one_bad_cell(browser: Browser, workbench: str, tmp_path: Path) -> None:
    """The cell is named by row and column; mended, the table is compared."""
    file = tmp_path / "scores.csv"
    with opened(browser, workbench + "/upload") as page:
        file.write_text(TABLE, "utf-8")
        page.get_by_label("What was assessed").select_option("cqc-la")
        page.get_by_label("A CSV file").set_input_files(file)
        page.get_by_role("button", name="Read the table").click()
        problem = page.get_by_role("alert").inner_text()
        assert "scores.csv row 3 (Yours), column C" in problem
        file.write_text(TABLE.replace(",5,", ",4,"), "utf-8")
        page.goto(workbench + "/upload")
        page.get_by_label("What was assessed").select_option("cqc-la")
        page.get_by_label("A CSV file").set_input_files(file)
        page.get_by_role("button", name="Read the table").click()
        assert "Yours" in page.locator("table.heat").first.inner_text()


def test_the_compare_flow_with_the_keyboard_alone(browser: Browser, workbench: str) -> None:
    """Every control is a stop that can be seen; choosing and sending need no mouse."""
    with opened(browser, workbench + COMPARE) as page:
        seen: list[Any] = []
        for _ in range(40):
            page.keyboard.press("Tab")
            name, outline = page.evaluate(
                "(() => { const one = document.activeElement;"
                " return [one.id || one.textContent.trim(), getComputedStyle(one).outlineStyle]; })"
                "()"
            )
            assert outline == "solid" or name == "main", name
            seen.append(name)
            if name == "b":
                page.keyboard.press("Home")
                page.keyboard.type("Worst")
            if name == "Compare" and "b" in seen:
                break
        page.keyboard.press("Enter")
        page.wait_for_url("**worst-statement**")
        assert "“Worst statement”" in sentence(page)


def test_everything_works_without_scripts(browser: Browser, workbench: str) -> None:
    """There are none."""
    with opened(browser, workbench + COMPARE, java_script_enabled=False) as page:
        page.get_by_label("with this one (B)").select_option("cqc-la/worst-statement")
        page.get_by_role("button", name="Compare").click()
        assert "“Worst statement”" in page.locator(".answer .lead").inner_text()


@pytest.mark.parametrize("name", ["compare", "body", "edit"])
def test_forced_colours_keep_every_difference(browser: Browser, workbench: str, name: str) -> None:
    """Edges and words still tell levels apart, and what can be pressed has an edge."""
    with opened(browser, workbench + PAGES[name], forced_colors="active") as page:
        styles = page.evaluate(
            "[...document.querySelectorAll('td.lowest, td.highest, td.unknown, button, select,"
            " input:not([type=hidden]):not([type=checkbox]):not([type=radio])')]"
            ".map(one => getComputedStyle(one).borderTopStyle)"
        )
        assert styles
        assert set(styles) <= {"solid", "double", "dashed", "inset", "outset"}


@pytest.mark.parametrize("name", ["compare", "body", "design"])
def test_it_prints(browser: Browser, workbench: str, name: str) -> None:
    """No part is cut off at the paper's edge, and no form is printed."""
    with opened(browser, workbench + PAGES[name], 688) as page:
        page.emulate_media(media="print")
        wide = page.evaluate(
            "[...document.querySelectorAll('table, svg')].filter(one => one.checkVisibility()"
            " && one.getBoundingClientRect().right > 690).map(one => one.outerHTML.slice(0, 80))"
        )
        assert [] == wide
        assert 0 == page.locator("form:visible").count()
