"""One HTML file: complete in itself, valid in its parts, and safe whatever a body is called."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assurance_core.lab.compare import Comparison
from assurance_core.report.comparison_report import comparison_report
from assurance_core.report.document import Column, Paragraph, Report, Section, Table, items
from assurance_core.report.html import csv_address, to_html
from assurance_core.report.notebook import show
from assurance_core.report.templating import linked, stylesheet
from tests.commands import run
from tests.report.compared import HOSTILE, demo, hostile

VOID = {"meta", "br", "wbr", "link", "input", "path", "rect", "line", "circle"}


class Seen(HTMLParser):
    """What stands in a page; fails on a tag that is closed out of turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        assert [] == self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert tag == self._open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())


def page_of(comparison: Comparison) -> str:
    return to_html(comparison_report(comparison))


@pytest.fixture(scope="module")
def page() -> str:
    return page_of(demo())


@pytest.fixture(scope="module")
def seen(page: str) -> Seen:
    return Seen(page)


def test_it_needs_nothing_but_itself(page: str, seen: Seen) -> None:
    """No script, no picture from elsewhere, and a policy under which nothing may be loaded."""
    assert {} == {
        tag: seen.all(tag) for tag in ("script", "img", "link", "iframe") if seen.all(tag)
    }
    assert "url(" not in page
    assert "@import" not in page
    (policy,) = [one["content"] for one in seen.all("meta") if "http-equiv" in one]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert [] == [one for _, one in seen.tags if "style" in one or any(k[:2] == "on" for k in one)]


def test_it_says_what_it_is_to_those_who_do_not_see_it(seen: Seen) -> None:
    """A language, one first heading, a way past the start, and a name for whatever scrolls."""
    assert [{"lang": "en-GB"}] == seen.all("html")
    assert 1 == len(seen.all("h1"))
    assert {"class": "skip", "href": "#main"} == seen.all("a")[0]
    regions = [one for one in seen.all("div") if one.get("role") == "region"]
    assert regions
    assert all(one["tabindex"] == "0" and one["aria-label"] for one in regions)
    assert len(regions) == len({one["aria-label"] for one in regions})


def test_every_table_has_a_caption_and_headings(seen: Seen) -> None:
    """A screen reader names the table and, in each cell, its row and column."""
    assert len(seen.all("table")) == len(seen.all("caption"))
    assert {"col", "row"} == {one["scope"] for one in seen.all("th")}


def test_every_picture_has_a_title_and_a_description(seen: Seen) -> None:
    """An SVG without a name is read out shape by shape."""
    ids = {one["id"] for _, one in seen.tags if "id" in one}
    pictures = seen.all("svg")
    assert 4 == len(pictures)
    for one in pictures:
        assert "img" == one["role"]
        assert set(one["aria-labelledby"].split()) <= ids


def test_ids_are_unique_and_links_lead_somewhere(seen: Seen) -> None:
    """The contents list leads to every section."""
    ids = Counter(one["id"] for _, one in seen.tags if "id" in one)
    assert {1} == set(ids.values())
    inside = [one["href"][1:] for one in seen.all("a") if one["href"].startswith("#")]
    assert set(inside) <= set(ids)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_only_ever_text(name: str) -> None:
    """Nobody's name becomes markup, in text, in pictures or in attributes."""
    found = Seen(page_of(hostile()))
    assert name in found.words
    assert [] == found.all("script")


def test_a_table_can_be_taken_away_as_csv() -> None:
    """The file is in the link; a spreadsheet takes no cell of it for a formula."""
    table = Table("", (Column("Name"), Column("Score", "right")), (("=1+1", "89"), ('a,"b', "x")))
    kind, _, content = csv_address(table).partition(";base64,")
    assert "data:text/csv;charset=utf-8" == kind
    rows = list(csv.reader(io.StringIO(base64.b64decode(content).decode())))
    assert [["Name", "Score"], ["'=1+1", "89"], ['a,"b', "x"]] == rows


def test_only_web_addresses_become_links() -> None:
    """A citation is followed by its address; nothing else in a text is one."""
    assert '<a href="https://a.org/b" rel="noreferrer">https://a.org/b</a>).' == linked(
        "https://a.org/b)."
    )
    assert "javascript:alert(1)" == linked("javascript:alert(1)")


def test_headings_that_are_alike_keep_apart() -> None:
    """Ids, captions and labels count up."""
    wide = Table("Alike", tuple(Column(one) for one in "abcd"), ())
    section = Section("Same", (Paragraph("x"), wide, items(["one"]), wide))
    found = Seen(to_html(Report("R", (), (section, section), "")))
    assert ["same", "same-2"] == [one["id"] for one in found.all("h2")]
    labels = [one["aria-label"] for one in found.all("div") if "aria-label" in one]
    assert ["Alike", "Alike 2", "Alike 3", "Alike 4"] == labels


def test_further_sections_stand_before_the_bodies() -> None:
    """Other analyses plug in as sections."""
    report = comparison_report(demo(), further=[Section("Scorecard", (Paragraph("x"),))])
    headings = [one.heading for one in report.sections]
    assert headings.index("Scorecard") + 1 == headings.index("One by one")


def test_no_wording_declares_a_winner(seen: Seen) -> None:
    """Nothing is ranked, and the order is the alphabet's."""
    words = re.findall(r"[a-z]+", seen.words.lower())
    assert set() == {"winner", "wins", "best", "worst", "ranking", "rank", "league"} & set(words)
    names = [body.assessment.body.name for body in demo().bodies]
    assert sorted(names) == names


def test_the_stylesheet_is_small() -> None:
    """Our own, and under 15 kB."""
    assert len(stylesheet().encode()) < 15_000


def test_the_command_writes_it_by_the_ending_or_by_name(tmp_path: Path) -> None:
    """The same bytes each time."""
    command = ("rate", "--design", "cqc-la/single-word", "--scores", "3,3,4,3,4,4,3,4,4")
    file = tmp_path / "card.html"
    run(*command, "-o", str(file))
    assert file.read_text("utf-8") == run(*command, "--format", "html").stdout
    assert "Outstanding" in Seen(file.read_text("utf-8")).words


def test_a_notebook_shows_it_in_a_frame() -> None:
    """Its stylesheet stays inside."""
    frame = show(comparison_report(hostile()))._repr_html_()
    assert frame.startswith("<iframe sandbox=")
    assert 2 == frame.count("<")
