"""What stays, and what is said, where a reader chooses other data, designs or assessments."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl, urlencode

from starlette.testclient import TestClient

from tests.workbench.test_upload import send

EDIT = "overall.band.outstanding=80"
LEFT = (
    "with \N{LEFT SINGLE QUOTATION MARK}Outstanding\N{RIGHT SINGLE QUOTATION MARK} from 80"
    " instead of 88"
)
EDITED = f"/compare?data=cqc-la&a=cqc-la%2Fsingle-word&b=cqc-la%2Fsingle-word&set={EDIT}"


def _form(page: str, button: str) -> dict[str, list[str]]:
    """Return what the form with a button sends: its hidden fields and its lists."""
    forms = re.findall(r"<form.*?</form>", page, re.DOTALL)
    (form,) = (one for one in forms if f">{button}</button>" in one)
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        sent.setdefault(name, []).append(html.unescape(value))
    lists = r'<select id="[^"]+" name="([^"]+)"[^>]*>(.*?)</select>'
    for name, options in re.findall(lists, form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        assert chosen
        sent[name] = [html.unescape(chosen[1])]
    return sent


def _submit(client: TestClient, sent: dict[str, list[str]], path: str = "/compare") -> str:
    """Send a form; return the address that it leads to."""
    answer = client.get(f"{path}?{urlencode(sent, doseq=True)}")
    return str(answer.headers["location"]) if answer.status_code == 303 else str(answer.url)


def _query(address: str) -> list[tuple[str, str]]:
    return parse_qsl(address.partition("?")[2])


def test_edits_stay_where_design_a_is_changed(client: TestClient) -> None:
    sent = _form(client.get(EDITED).text, "Compare")
    address = _submit(client, sent | {"a": ["cqc-la/with-limiters"]})
    assert [
        ("data", "cqc-la"),
        ("a", "cqc-la/with-limiters"),
        ("b", "cqc-la/single-word"),
        ("set", EDIT),
    ] == _query(address)


def test_edits_go_over_to_another_design_b_if_they_fit_it(client: TestClient) -> None:
    """The page says that this design is edited now."""
    sent = _form(client.get(EDITED).text, "Compare")
    address = _submit(client, sent | {"b": ["cqc-la/with-limiters"]})
    assert [("b", "cqc-la/with-limiters"), ("set", EDIT)] == _query(address)[2:]
    page = client.get(address).text
    assert "Design B is edited." in page
    assert "“One word, with limiters, with " in page
    back = html.unescape(re.findall(r'<a href="([^"]+)">take them back</a>', page)[0])
    assert [("b", "cqc-la/with-limiters")] == _query(back)[2:]


def test_edits_that_do_not_fit_another_design_b_are_named_as_left_out(client: TestClient) -> None:
    """The address says so too: whoever gets it sees the same page."""
    sent = _form(client.get(EDITED).text, "Compare")
    address = _submit(client, sent | {"b": ["cqc-la/report-card"]})
    assert [("b", "cqc-la/report-card"), ("left", LEFT)] == _query(address)[2:]
    page = client.get(address).text
    assert f"were left out: {LEFT}." in page
    assert "Design B is edited" not in page
    assert "left" not in _form(page, "Compare")


def test_other_data_of_the_framework_keep_the_designs_and_edits(client: TestClient) -> None:
    own = dict(_query(send(client, "body,assessing_needs\nHull,1\n").headers["location"]))["data"]
    sent = _form(client.get(EDITED).text, "Use these data")
    address = _submit(client, sent | {"data": [own]})
    assert [("data", own), *_query(EDITED)[1:]] == _query(address)


def test_data_that_the_designs_cannot_read_have_designs_of_their_own(client: TestClient) -> None:
    """The edits are named as left out."""
    sent = _form(client.get(EDITED).text, "Use these data")
    found = dict(_query(_submit(client, sent | {"data": ["ofsted-ilacs"]})))
    assert found["a"].startswith("ofsted-ilacs/")
    assert LEFT == found["left"]


def test_a_body_beside_another_design_keeps_the_edits(client: TestClient) -> None:
    query = EDITED.partition("?")[2]
    page = client.get(client.get(f"/body?{query}&body=Camden").headers["location"]).text
    address = _submit(client, _form(page, "Show") | {"a": ["cqc-la/themes"]}, "/body")
    assert ("set", EDIT) in _query(address)


def test_assessments_that_are_left_out_are_taken_in_and_left_out_again(client: TestClient) -> None:
    """The address holds it; the report counts them; the scorecard is of the same."""
    page = client.get(client.get("/compare?data=cqc-la").headers["location"]).text
    listed = re.findall(r'<a href="([^"]+)">((?:Take in|Leave out) [^<]+)</a>', page)
    links = {text: html.unescape(link) for link, text in listed}
    assert ["5 indicative", "1 provisional", "1 superseded"] == [
        " ".join(one.split()[2:4]) for one in links
    ]
    taken = client.get(links["Take in 5 indicative assessments"]).text
    assert "of the 61 councils" in taken
    assert "Formal assessments take part, and indicative ones." in taken
    assert ["indicative"] == _form(taken, "Compare")["include"]
    assert "include=indicative" in re.findall(r'href="(/scorecard[^"]+)"', taken)[0]
    back = re.findall(r'<a href="([^"]+)">Leave out the indicative assessments</a>', taken)
    assert "include" not in dict(_query(html.unescape(back[0])))


def test_a_status_that_there_is_not(client: TestClient) -> None:
    page = client.get("/compare?data=cqc-la&include=informal")
    assert 404 == page.status_code
    assert "one of indicative, provisional, superseded" in page.text


def test_a_row_without_a_date_beside_a_dated_one_has_its_own_page(client: TestClient) -> None:
    table = "body,date,assessing_needs\nHull,2024-05,1\nHull,,4\nYork,,2\n"
    compared = client.get(client.get(send(client, table).headers["location"]).headers["location"])
    links = [html.unescape(one) for one in re.findall(r'href="(/body\?[^"]+)"', compared.text)]
    dates = [dict(_query(one)).get("date") for one in links]
    assert ["undated", "2024-05", None] == dates
    undated = next(one for one in links if "date=undated" in one)
    page = client.get(undated)
    assert 200 == page.status_code
    assert "2024-05</a> (formal)" in page.text or "2024-05 (formal)</a>" in page.text
    assert "Known scores: Assessing needs 4." in page.text


def test_edits_that_are_named_as_left_out_are_text(client: TestClient) -> None:
    page = client.get("/compare?data=cqc-la&a=cqc-la%2Fsingle-word&b=cqc-la%2Fthemes&left=%3Cb%3E")
    assert "were left out: &lt;b&gt;." in page.text
