"""The first screen: what would change, and for whom."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from assurance_core import load_plugins
from assurance_core.workbench.app import make_app

EIGHTY = "/compare?data=cqc-la&a=cqc-la%2Fsingle-word&b=cqc-la%2Foutstanding-from-80"
SENTENCE = (
    "If “One word” were replaced by “Outstanding from 80”, the word would change for 2 of the"
    " 56 councils (North Yorkshire and Wokingham); it would stay for 51, and for 3 the published"
    " data cannot tell."
)


def test_the_first_page_leads_to_an_address_that_says_everything(client: TestClient) -> None:
    """Whoever opens the workbench gets an address that can be copied."""
    first = client.get("/")
    second = client.get(first.headers["location"])
    assert (303, "/compare") == (first.status_code, first.headers["location"])
    assert 303 == second.status_code
    assert (
        "/compare?data=cqc-la&a=cqc-la%2Fsingle-word&b=cqc-la%2Fwith-limiters"
        == second.headers["location"]
    )
    assert 200 == client.get(second.headers["location"]).status_code


def test_the_first_page_is_about_the_data_with_most_designs() -> None:
    """Whatever else is installed, and whatever comes first by name."""
    every = TestClient(make_app(load_plugins()), base_url="http://localhost")
    first = every.get("/compare", follow_redirects=False)
    assert first.headers["location"].startswith("/compare?data=cqc-la&a=cqc-la%2Fsingle-word&b=")


def test_the_page_says_what_would_change_for_whom(client: TestClient) -> None:
    """The sentence, the three numbers, and the bodies."""
    page = client.get(EIGHTY)
    assert 200 == page.status_code
    assert SENTENCE in page.text
    assert page.text.index("What would change, and for whom?") < page.text.index("Wokingham")


def test_an_edit_in_the_address_is_applied_to_design_b(client: TestClient) -> None:
    """The same edit as the patch's gives the same bodies."""
    page = client.get(
        "/compare?data=cqc-la&a=cqc-la%2Fsingle-word&b=cqc-la%2Fsingle-word"
        "&set=overall.band.outstanding%3D80"
    )
    assert 200 == page.status_code
    assert "change for 2 of the 56 councils (North Yorkshire and Wokingham)" in page.text


def test_the_same_question_as_data(client: TestClient) -> None:
    """Every page has its JSON, CSV, report and workbook."""
    query = EIGHTY.partition("?")[2]
    answer = client.get(f"/compare.json?{query}").json()
    assert SENTENCE == answer["pairs"][0]["sentence"]
    table = client.get(f"/compare.csv?{query}")
    assert table.text.startswith("Council,Date,One word")
    assert 57 == len(table.text.splitlines())
    report = client.get(f"/compare.html?{query}")
    assert report.headers["content-disposition"] == 'attachment; filename="comparison.html"'
    assert SENTENCE in report.text
    assert client.get(f"/compare.xlsx?{query}").content.startswith(b"PK")


def test_a_form_that_a_page_does_not_have(client: TestClient) -> None:
    """The error lists the forms that there are."""
    page = client.get("/compare.yaml?data=cqc-la")
    assert 400 == page.status_code
    assert "use one of: csv, html, json, xlsx" in page.text


def test_an_unknown_design_is_a_page_with_a_remedy(client: TestClient) -> None:
    """It names what was meant."""
    page = client.get("/compare?data=cqc-la&a=cqc-la/single-wrod&b=cqc-la/report-card")
    assert 404 == page.status_code
    assert "did you mean &#39;cqc-la/single-word&#39;?" in page.text


def test_the_comparison_leads_to_the_editor(client: TestClient) -> None:
    """Design B can be edited from here, with the edits that it has."""
    plain = client.get("/compare?data=cqc-la&a=cqc-la%2Fsingle-word&b=cqc-la%2Fthemes").text
    assert '<a href="/edit?design=cqc-la%2Fthemes&amp;data=cqc-la">Edit design B</a>' in plain


@pytest.mark.parametrize("path", ["/", "/compare", "/edit"])
def test_a_reader_begins_with_the_data_that_most_designs_read(path: str) -> None:
    """There is most to compare; where ids decided, the first plugin by name would be shown."""
    app = make_app(load_plugins(["area_send", "cqc_la"]))
    with TestClient(app, base_url="http://localhost") as one:
        assert "data=cqc-la" in str(one.get(path).url)


def test_a_design_without_a_word_shows_what_follows_for_each_body() -> None:
    """Beside the words of the other: what a reader of this one would see."""
    app = make_app(load_plugins(["area_send"]))
    query = "data=area-send&a=area-send%2F2023&b=area-send%2Fconsequence-only"
    with TestClient(app, base_url="http://localhost") as one:
        page = one.get(f"/compare?{query}").text
        table = one.get(f"/compare.csv?{query}").text
    row = page[page.index(">Barking and Dagenham</a>") :].partition("</tr>")[0]
    assert "Inconsistent</td>" in row
    assert '<td class="outcome">the next full inspection comes in about three years</td>' in row
    assert "What comes next, and no outcome: what follows" in table.splitlines()[0]
