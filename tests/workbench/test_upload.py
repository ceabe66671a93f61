"""Tables of one's own: in memory, never on disk, every fault listed."""

from __future__ import annotations

import html
import tempfile
import threading
from typing import Any

import pytest
from starlette.testclient import TestClient

from assurance_core import load_plugins
from assurance_core.workbench import uploads
from assurance_core.workbench.app import make_app
from assurance_core.workbench.site import Site, Variant
from assurance_core.workbench.uploads import MOST_UPLOADS, Uploads
from tests.workbench.conftest import OWN
from tests.workbooks import workbook

HEADER = (
    "body,Assessing needs,Supporting people to live healthier lives,Equity in experience and"
    ' outcomes,"Care provision, integration and continuity",Partnerships and communities,'
    '"Safe systems, pathways and transitions",Safeguarding,"Governance, management and'
    ' sustainability","Learning, improvement and innovation"\n'
)
GOOD = HEADER + "Mine,3,3,3,3,3,3,3,3,3\nYours,4,4,4,3,3,3,3,3,3\n"


def send(client: TestClient, text: str | bytes, name: str = "mine.csv", **changes: Any) -> Any:
    """Send a table as the upload page's form does."""
    content = text.encode() if isinstance(text, str) else text
    options: dict[str, Any] = {
        "files": {"file": (name, content, "text/csv")},
        "data": {"framework": "cqc-la"},
        "headers": OWN,
    }
    return client.post("/upload", **{**options, **changes})


def test_an_uploaded_table_is_compared_like_any_data(client: TestClient) -> None:
    """The address names the content: the same file leads to the same address."""
    first, again = send(client, GOOD), send(client, GOOD)
    assert 303 == first.status_code
    assert first.headers["location"] == again.headers["location"]
    page = client.get(first.headers["location"], follow_redirects=True)
    assert "mine.csv (your own data)" in page.text
    assert "Yours" in page.text
    listed = client.get("/data").text
    assert "Your own data, in memory only." in listed


def test_a_workbook_is_taken_as_well(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """In memory like any other; a fault is named by sheet, row and column."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a temporary file was made")

    for name in ("TemporaryFile", "NamedTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    head = ["body", "Safeguarding"]
    good, bad = ({"rows": [head, ["Mine", level]]} for level in (3, 5))
    sent = send(client, workbook(good), "mine.xlsx")
    assert 303 == sent.status_code
    assert "mine.xlsx" in client.get("/data").text
    answer = send(client, workbook(bad), "mine.xlsx")
    assert 422 == answer.status_code
    shown = html.unescape(answer.text.replace("<wbr>", ""))
    assert 'mine.xlsx sheet "Sheet1" row 2 (Mine), column B "Safeguarding"' in shown


def test_the_page_offers_what_can_be_read(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Workbooks only where the extra is there."""
    assert 'accept=".csv,text/csv,.xlsx,.xlsm"' in client.get("/upload").text
    monkeypatch.setattr("assurance_core.workbench.pages.upload.find_spec", lambda _name: None)
    page = client.get("/upload").text
    assert 'accept=".csv,text/csv"' in page
    assert "workbook" not in page.lower().replace("workbench", "")


def test_an_upload_has_its_own_data_page(client: TestClient) -> None:
    """Its source is for its owner to state."""
    location = send(client, GOOD).headers["location"]
    upload = location.partition("data=")[2]
    page = client.get(f"/data/{upload}").text
    assert "A table of your own: its source is yours to state. It is only in memory." in page


def test_one_bad_cell_is_named_by_row_and_column(client: TestClient) -> None:
    """What was found, what was expected, what to do; nothing is kept."""
    answer = send(client, GOOD.replace("Yours,4", "Yours,5"))
    assert 422 == answer.status_code
    assert "There is a problem" in answer.text
    assert "mine.csv row 3 (Yours), column B" in answer.text.replace("<wbr>", "")
    assert "1, 2, 3 or 4" in answer.text or "1, 2, 3, 4" in answer.text


def test_a_table_that_is_too_large_is_refused_before_it_is_read(client: TestClient) -> None:
    """A clear message, and the status that says so."""
    answer = send(client, b"x" * 10_100_000)
    assert 413 == answer.status_code
    assert "a table of at most 10 MB" in answer.text


def test_a_form_without_a_stated_length_is_cut_off_at_the_limit(client: TestClient) -> None:
    """Nothing over the limit is read, whatever the sender says of its size."""
    boundary = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'

    def chunks() -> Any:
        yield boundary
        for _ in range(12):
            yield b"x" * 1_000_000

    headers = {**OWN, "content-type": "multipart/form-data; boundary=b"}
    answer = client.post("/upload", content=chunks(), headers=headers)
    assert 413 == answer.status_code


def test_no_upload_touches_the_disk(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even one of nine megabytes: the form reader would put it into a temporary file by itself."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a temporary file was made")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    name = "x" * 5_000
    rows = "".join(f"{name} {number},3,3,3,3,3,3,3,3,3\n" for number in range(1_900))
    assert 9_000_000 < len(HEADER + rows) < 10_000_000
    assert 303 == send(client, HEADER + rows).status_code


def test_a_table_with_more_rows_than_a_page_can_show_is_refused(client: TestClient) -> None:
    """The remedy is the command line, which has no such limit."""
    rows = "".join(f"Council {number},3,3,3,3,3,3,3,3,3\n" for number in range(5_001))
    answer = send(client, HEADER + rows)
    assert 422 == answer.status_code
    assert "5,001 rows" in answer.text
    assert "assurance compare … --data FILE" in answer.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"files": None}, "choose a file and send the form again"),
        ({"files": {"other": ("a.csv", b"x", "text/csv")}}, "choose a file"),
        ({"files": {"file": ("", b"", "text/csv")}}, "choose a file"),
        ({"data": {"framework": "nothing"}}, "the id of an installed framework"),
        ({"data": {}}, "the id of an installed framework"),
        ({"files": {"file": ("a.csv", b"\xff\xfe\x00", "text/csv")}}, "text in UTF-8"),
        ({"files": {"file": ("a.csv", b"", "text/csv")}}, "an empty file"),
    ],
)
def test_what_is_wrong_with_an_upload_is_said(
    client: TestClient, changes: dict[str, Any], words: str
) -> None:
    answer = send(client, GOOD, **changes)
    assert 422 == answer.status_code
    assert words in answer.text


def test_a_body_named_like_a_tag_is_shown_as_text(client: TestClient) -> None:
    """Every value is escaped, in every form."""
    location = send(client, GOOD.replace("Mine", "<script>alert(1)</script>")).headers["location"]
    page = client.get(location, follow_redirects=True)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<script>" not in page.text
    place = str(page.url).removeprefix("http://localhost")
    report = client.get(place.replace("/compare?", "/compare.html?"))
    assert "<script>" not in report.text


def test_a_body_named_like_a_formula_is_no_formula(client: TestClient) -> None:
    """A CSV that is opened in a spreadsheet runs nothing."""
    location = send(client, GOOD.replace("Mine", "=1+1")).headers["location"]
    page = client.get(location, follow_redirects=True)
    place = str(page.url).removeprefix("http://localhost")
    table = client.get(place.replace("/compare?", "/compare.csv?")).text
    assert "'=1+1," in table


def test_the_oldest_upload_goes_first() -> None:
    """Memory stays bounded."""
    framework = load_plugins(["cqc_la"]).framework("cqc-la")
    uploads = Uploads()
    for number in range(MOST_UPLOADS + 2):
        uploads.add(GOOD.encode(), f"{number}.csv", framework)
    names = [one.name for one in uploads.listed()]
    assert [f"{number}.csv" for number in range(MOST_UPLOADS + 1, 1, -1)] == names


def test_what_was_worked_out_for_an_upload_goes_with_it() -> None:
    """Nothing of a table stays behind when it makes room for another."""
    site = Site(load_plugins(["cqc_la"]))
    framework = site.registry.framework("cqc-la")
    first = site.uploads.add(GOOD.encode(), "first.csv", framework)
    word = Variant("cqc-la/single-word")
    kept = site.comparison(site.data(first.id), word, Variant("cqc-la/report-card"))
    again = site.comparison(site.data(first.id), word, Variant("cqc-la/report-card"))
    assert kept is again
    for number in range(MOST_UPLOADS):
        site.uploads.add(GOOD.encode(), f"{number}.csv", framework)
    assert () == site.kept_for(first.id)


def test_one_workbench_does_not_see_the_uploads_of_another(client: TestClient) -> None:
    """Nothing is global: each application holds its own."""
    location = send(client, GOOD).headers["location"]
    other = TestClient(make_app(load_plugins(["cqc_la"])), base_url="http://localhost")
    assert 404 == other.get(location).status_code


def test_an_empty_table_to_fill_in_can_be_had_for_each_framework(client: TestClient) -> None:
    """With what the assessor judges, without which designs of judgement can rate nothing."""
    page = client.get("/upload?framework=ofsted-ilacs").text
    assert 'href="/upload.csv?framework=ofsted-ilacs"' in page
    assert "<dt>judged.overall</dt>" in page
    table = client.get("/upload.csv?framework=ofsted-ilacs")
    assert "text/csv; charset=utf-8" == table.headers["content-type"]
    assert table.text.startswith("body,date,headline,score,impact_of_leaders,")
    assert "judged.overall" in table.text
    assert 404 == client.get("/upload.csv?framework=nothing").status_code


def test_a_table_is_read_aside_so_that_other_pages_need_not_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Reading the largest table takes seconds."""
    readers: list[int] = []
    add = Uploads.add

    def note(*given: Any) -> Any:
        readers.append(threading.get_ident())
        return add(*given)

    async def served_by() -> int:
        return threading.get_ident()

    monkeypatch.setattr(Uploads, "add", note)
    app = make_app(load_plugins(["cqc_la"]))
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as one:
        assert 303 == send(one, GOOD).status_code
        assert one.portal
        assert readers != [one.portal.call(served_by)]


def test_a_table_with_too_many_rows_is_not_read_first(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading it would take long, and hold all of it in memory."""
    monkeypatch.setattr(uploads, "read_table_bytes", None)
    answer = send(client, HEADER + "Council,3,3,3,3,3,3,3,3,3\n" * 5_001)
    assert 422 == answer.status_code
    assert "5,001 rows" in answer.text


def test_a_page_shows_a_hundred_faults_and_says_how_many_more_there_are(client: TestClient) -> None:
    """A table with the columns swapped has one fault a cell."""
    answer = send(client, HEADER + "".join(f"{n},{'9,' * 8}9\n" for n in range(1_000)))
    assert 422 == answer.status_code
    assert 100 == answer.text.count("<dt>Found</dt>")
    assert "And 8,900 more, which are not listed here." in answer.text


def test_whoever_sent_a_bad_table_is_led_back_to_the_form(client: TestClient) -> None:
    """To choose the mended file; other errors have nothing to choose again."""
    assert '<a href="/upload">Choose a file again</a>' in send(client, HEADER).text
    assert "Choose a file again" not in client.get("/data/nothing").text


def test_no_browser_keeps_what_was_uploaded(client: TestClient) -> None:
    """The page promises that nothing of it is written to the disk."""
    location = send(client, GOOD).headers["location"]
    upload = location.partition("data=")[2]
    for address in (location, f"/data/{upload}", f"/data/{upload}.csv", f"/data/{upload}.json"):
        answer = client.get(address, follow_redirects=True)
        assert "no-store" == answer.headers["cache-control"]
    assert "no-store" == send(client, HEADER).headers["cache-control"]
