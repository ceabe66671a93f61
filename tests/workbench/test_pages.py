"""Every page in every form: what it says, and that what it gives is valid."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from assurance_core import load_plugins
from assurance_core.documents.schemas import load_schema
from assurance_core.workbench.app import make_app

BODY = "/body?data=cqc-la&body=Camden&date=2025-02-28&a=cqc-la%2Fsingle-word&b=cqc-la%2Freport-card"
PAGES = {
    "compare": "/compare?data=cqc-la&a=cqc-la%2Fsingle-word&b=cqc-la%2Freport-card",
    "crosswalk": "/compare?data=cqc-la&a=cqc-la%2Fsingle-word&b=ofsted-style%2Freport-card",
    "inspections": "/compare?data=ofsted-ilacs&a=ofsted-ilacs%2F2023&b=ofsted-ilacs%2F2026",
    "body": BODY,
    "partly-known": BODY.replace("Camden&date=2025-02-28", "Barking+and+Dagenham"),
    "designs": "/designs",
    "design": "/designs/cqc-la/single-word",
    "patch": "/designs/cqc-la/outstanding-from-80",
    "no-headline": "/designs/cqc-la/no-national-assessment",
    "edited": "/designs/cqc-la/single-word?set=overall.band.outstanding%3D80",
    "scorecard": "/scorecard?data=cqc-la&design=cqc-la%2Fsingle-word",
    "all-data": "/data",
    "data": "/data/cqc-la",
    "other-data": "/data/ofsted-ilacs",
}
NO_REPORT = ("all-data",)


def form_of(address: str, form: str) -> str:
    """Return the address of another form of a page."""
    path, sign, query = address.partition("?")
    return f"{path}.{form}{sign}{query}"


def page(client: TestClient, address: str) -> str:
    """Return a page, after the address has been completed."""
    answer = client.get(address, follow_redirects=True)
    assert 200 == answer.status_code, answer.text
    return answer.text


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_and_has_nothing_that_its_policy_forbids(
    client: TestClient, name: str
) -> None:
    """One h1, one main, no script, no style attribute, ids used once, and links that lead on."""
    text = page(client, PAGES[name])
    assert (1, 1) == (text.count("<h1"), text.count("<main"))
    assert [] == re.findall(r"<script|<style|style=|javascript:|onclick", text)
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert sorted(set(ids)) == sorted(ids)
    for wanted in re.findall(r'href="#([^"]+)"', text):
        assert wanted in ids


@pytest.mark.parametrize("name", PAGES)
def test_a_page_as_data_is_valid(client: TestClient, name: str) -> None:
    """Each JSON answer has a schema, which it keeps."""
    answer = client.get(form_of(PAGES[name], "json"), follow_redirects=True)
    assert 200 == answer.status_code, answer.text
    found = json.loads(answer.text)
    schema = load_schema(found["format"].split("/")[1])
    assert [] == [one.message for one in Draft202012Validator(schema).iter_errors(found)]


@pytest.mark.parametrize("name", [name for name in PAGES if name not in NO_REPORT])
def test_every_result_is_a_report_in_one_file(client: TestClient, name: str) -> None:
    """The file needs nothing else: its style is in it, and its policy forbids the rest."""
    report = client.get(form_of(PAGES[name], "html"), follow_redirects=True)
    assert 200 == report.status_code
    assert "default-src 'none'" in report.text
    assert "<link" not in report.text
    assert "attachment" in report.headers["content-disposition"]


@pytest.mark.parametrize("name", ["compare", "designs", "all-data", "data"])
def test_every_table_is_to_be_had_as_csv(client: TestClient, name: str) -> None:
    answer = client.get(form_of(PAGES[name], "csv"), follow_redirects=True)
    assert "text/csv; charset=utf-8" == answer.headers["content-type"]
    assert len(answer.text.splitlines()) > 1


def test_every_link_of_the_pages_leads_somewhere(client: TestClient) -> None:
    """Crawl what the pages link to, one step deep: nothing is missing, nothing fails."""
    links = {
        link.replace("&amp;", "&")
        for name in PAGES
        for link in re.findall(r'href="(/[^"]*)"', page(client, PAGES[name]))
    }
    # Of the many bodies, a few: all are made in the same way.
    bodies = sorted(link for link in links if link.startswith("/body"))
    chosen = sorted(links - set(bodies)) + bodies[::25]
    answers = {
        link: client.get(link, follow_redirects=True).status_code
        for link in chosen
        if not link.startswith("/edit")
    }
    assert {} == {link: code for link, code in answers.items() if code != 200}


def test_a_body_shows_its_word_and_its_card_side_by_side(client: TestClient) -> None:
    """Why, each step with its source; what would have to change; how sure."""
    text = page(client, BODY)
    assert '<p class="card-word">Outstanding</p>' in text
    assert '<p class="card-word">No one word</p>' in text
    for words in (
        "Score: 89 of 100 (exactly 800/9",
        "[derived] Published percentages of 23 councils",
        "What would have to change",
        "not a plan for improvement",
        "How likely each outcome is",
    ):
        assert words in text


def test_a_body_with_two_publications_links_to_the_other(client: TestClient) -> None:
    """The newest formal one is shown unasked."""
    text = page(client, "/body?data=cqc-la&body=Swindon")
    assert "Other assessments:" in text
    assert "(superseded)" in text


def test_a_design_says_its_rules_and_what_it_allows(client: TestClient) -> None:
    """The audit's figures stand on the same page as the rules and their sources."""
    text = page(client, PAGES["design"])
    for words in ("Round up to a whole number.", "130,366", "63,936", "[unconfirmed]"):
        assert words in text


def test_the_data_page_says_what_is_not_known(client: TestClient) -> None:
    """Sources, coverage, gaps, disagreements."""
    text = page(client, PAGES["data"])
    for words in (
        "56 assessments of 56 of 153 councils, 41 with every score.",
        "not national estimates",
        "9 of 9 scores are not known to us",
        "Where sources disagree",
        "41 of 41",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/body?data=cqc-la", 400, "a body in Published CQC ratings"),
        ("/body?data=cqc-la&body=Camdem", 404, "did you mean &#39;Camden&#39;?"),
        ("/body?data=cqc-la&body=Camden&date=2020-01-01", 404, "use one of: 2025-02-28"),
        ("/body?data=cqc-la&body=Camden&date=yesterday", 400, "YYYY"),
        ("/designs/cqc-la/nothing", 404, "the id of an installed design"),
        ("/data/nothing", 404, "the id of an installed dataset"),
        ("/data/upload-0123456789abcdef", 404, "upload the table again"),
        ("/scorecard.json?data=cqc-la", 400, "the id of a design"),
        ("/compare?data=cqc-la&data=ofsted-ilacs", 400, "leave all but one out of the address"),
        ("/compare?data=cqc-la&set=x", 400, "PATH=VALUE"),
        ("/compare?data=cqc-la&set=overall.band.outstandng%3D80", 400, "overall.band.outstanding"),
        ("/compare?data=cqc-la&remove=overall.band", 400, "bad-step"),
        ("/nowhere", 404, "There is no page at this address"),
    ],
)
def test_what_is_wrong_is_said_with_a_remedy(
    client: TestClient, address: str, status: int, words: str
) -> None:
    answer = client.get(address, follow_redirects=True)
    if words == "bad-step":  # Without its band the single word has no level: the rules refuse that.
        assert 400 == answer.status_code
        return
    assert status == answer.status_code
    assert words in answer.text


@pytest.mark.parametrize("address", ["/scorecard", "/scorecard?data=cqc-la"])
def test_a_scorecard_without_a_design_is_that_of_the_usual_one(
    client: TestClient, address: str
) -> None:
    """As every page, it leads to an address that says everything."""
    answer = client.get(address)
    assert 303 == answer.status_code
    assert "/scorecard?data=cqc-la&design=cqc-la%2Fsingle-word" == answer.headers["location"]


def test_a_comparison_leads_to_the_scorecard_of_both_designs(client: TestClient) -> None:
    """The one with the edits comes first: the edits of an address are those of its first design."""
    page = client.get(
        "/compare?data=cqc-la&a=cqc-la%2Fsingle-word&b=cqc-la%2Fsingle-word"
        "&set=overall.band.outstanding%3D80"
    ).text
    link = (
        "/scorecard?data=cqc-la&design=cqc-la%2Fsingle-word"
        "&set=overall.band.outstanding%3D80&design=cqc-la%2Fsingle-word"
    )
    assert f'href="{link.replace("&", "&amp;")}"' in page
    scorecard = client.get(link).text
    level = "\N{LEFT SINGLE QUOTATION MARK}Outstanding\N{RIGHT SINGLE QUOTATION MARK}"
    assert f"“One word, with {level} from 80 instead of 88” and “One word”" in scorecard


def test_what_counts_all_profiles_says_so_on_the_page_of_one_body(client: TestClient) -> None:
    """Its readers would take the figures for those of the body."""
    page = client.get("/body?data=cqc-la&body=Wokingham", follow_redirects=True).text
    assert "Of all profiles, not of Wokingham alone: How near another outcome is" in page
    assert "Of all profiles, not of Wokingham alone: How reliable the outcomes are" in page


def test_every_row_of_the_data_stands_with_its_source(client: TestClient) -> None:
    """How far it can be relied on, and where to read it; what is not known says so."""
    table = client.get("/data/cqc-la.csv").text
    rows = {one["Council"]: one for one in csv.DictReader(io.StringIO(table, newline=""))}
    barking, camden = rows["Barking and Dagenham"], rows["Camden"]
    assert "not known" == barking["Safeguarding"]
    assert barking["Source"].startswith("[secondary] partial https://")
    assert "3" == camden["Safeguarding"]
    assert camden["Source"].startswith("[")


def test_the_data_of_words_are_told_in_words(client: TestClient) -> None:
    """An id such as requires_improvement is for documents."""
    table = client.get("/data/ofsted-ilacs.csv").text
    assert "requires improvement" in table
    assert "requires_improvement" not in table


def test_a_body_whose_outcome_is_chosen_has_a_page_too() -> None:
    """Where nothing is scored, no score can be a step off; every row of a comparison leads here."""
    app = make_app(load_plugins(["area_send"]))
    with TestClient(app, base_url="http://localhost") as one:
        page = one.get("/body?data=area-send&body=Bexley")
        assert 200 == page.status_code
        assert "Neither design works a word out from scores" in page.text
        answer = one.get("/body.json?data=area-send&body=Bexley").json()
        assert (None, None) == (answer["paths"], answer["noise"])


def test_a_headline_called_none_is_refused(client: TestClient) -> None:
    """The word that withholds a score is no judgement; it once broke the page."""
    answer = client.get(
        "/compare?data=cqc-la&a=cqc-la%2Fsingle-word&b=cqc-la%2Fsingle-word"
        "&set=publishes.headline%3Dnone"
    )
    assert 404 == answer.status_code
    assert "a judgement of this design" in answer.text
