"""The design editor: a form, its canonical address, and what an edit means."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from assurance_core.documents.reader import read_document_text
from assurance_core.plugins import Registry
from tests.commands import run

ONE_WORD = "/edit?design=cqc-la%2Fsingle-word&data=cqc-la"
LIMITED = "/edit?design=cqc-la%2Fwith-limiters&data=cqc-la"
EIGHTY = f"{ONE_WORD}&set=overall.band.outstanding%3D80"


def _words(page: str) -> str:
    """Return a page as a reader sees it: without its tags, with single blanks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _sent(client: TestClient, url: str, **changed: str) -> str:
    """Send a page's form as a browser does, with some fields changed; return where it leads."""
    page = client.get(url).text
    form = page[page.index('class="edit"') :].partition("</form>")[0]
    values = []
    for tag in re.findall(r"<input [^>]+>", form):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if given.get("type") != "checkbox" or " checked" in tag:
            values.append((given["name"], html.unescape(given["value"])))
    for name, inside in re.findall(
        r'<select id="[^"]+" name="([^"]+)"[^>]*>(.*?)</select>', form, re.S
    ):
        every = re.findall(r'<option value="([^"]*)"( selected)?>', inside)
        chosen = next((value for value, selected in every if selected), every[0][0])
        values.append((name, html.unescape(chosen)))
    renamed = {key.replace("__", "."): value for key, value in changed.items()}
    assert set(renamed) <= {name for name, _ in values}
    query = "&".join(f"{name}={quote(renamed.get(name, value))}" for name, value in values)
    answer = client.get(f"/edit?{query}")
    assert 303 == answer.status_code
    return answer.headers["location"]


def test_a_form_that_was_not_changed_has_no_edits(client: TestClient, registry: Registry) -> None:
    """Every installed design has its editor; sending it as it is leads back to it."""
    for design_id in [*registry.designs, *registry.patches]:
        first = client.get(f"/edit?design={design_id}")
        url = first.headers.get("location", f"/edit?design={design_id}")
        page = client.get(url)
        assert (design_id, 200) == (design_id, page.status_code)
        assert "How it reads" in page.text or "nothing to set in it" in page.text
        if 'class="edit"' in page.text:
            assert (design_id, url) == (design_id, _sent(client, url))


def test_an_edited_threshold_leads_to_an_address_that_can_be_copied(client: TestClient) -> None:
    """The address holds what differs from the design, and nothing else."""
    assert EIGHTY == _sent(client, ONE_WORD, field__overall__band__outstanding="80")
    assert EIGHTY == _sent(client, EIGHTY)
    assert ONE_WORD == _sent(client, EIGHTY, field__overall__band__outstanding="88.0")


def test_an_edit_is_read_in_plain_words_before_any_result(client: TestClient) -> None:
    """The rules, then what differs, then the audit's warnings with a profile."""
    page = client.get(EIGHTY)
    assert 200 == page.status_code
    words = _words(page.text)
    told = [
        "How it reads: Overall rating",
        "Good from 63; Outstanding from 80.",
        "Difference from the design without the edits The rules differ in 1 place.",
        "What to know before using it",
        "New with these edits: A council with 2 statements at 1 can still be Outstanding.",
        "A council with 4 statements at 1 can still be Good. For example 1, 1, 1, 1, 3, 4, 4,",
        "Before these edits: A council with 1 statement at 1 can still be Outstanding.",
        "What would change, and for whom?",
    ]
    places = [words.find(one) for one in told]
    assert -1 not in places, [one for one, place in zip(told, places, strict=True) if place < 0]
    assert sorted(places) == places
    assert "[derived] Published percentages of 23 councils" in words


def test_the_regulators_printed_ranges_are_not_blamed_for_an_edit(client: TestClient) -> None:
    """They are not those of the edited thresholds, and the page says so."""
    assert "A value lies between the printed ranges." in _words(client.get(ONE_WORD).text)
    words = _words(client.get(EIGHTY).text)
    assert (
        "The ranges that the regulator prints are not those of these"
        " thresholds, and nothing is held against them: Outstanding from 80, printed from 88."
    ) in words
    assert "A value lies between the printed ranges." not in words


def test_the_edit_is_carried_to_the_comparison(client: TestClient) -> None:
    """From the editor to the bodies that would be rated differently, and back."""
    page = client.get(EIGHTY)
    link = next(html.unescape(one) for one in re.findall(r'href="(/compare\?[^"]+)"', page.text))
    compared = client.get(link)
    assert 200 == compared.status_code
    assert "change for 2 of the 56 councils (North Yorkshire and Wokingham)" in compared.text
    assert html.escape(EIGHTY) in compared.text


def test_a_limiter_is_switched_off(client: TestClient) -> None:
    """A ticked box leaves a rule out; edits inside it fall away with it."""
    url = f"{LIMITED}&remove=overall.good_limiter"
    words = _words(client.get(url).text)
    assert "overall.good_limiter Without: No better than Requires improvement" in words
    assert "With them: nothing" in words
    assert "New with these edits: A council with 4 statements at 1 can still be Good." in words
    both = f"{LIMITED}&set=overall.good_limiter.at%3Dgood&remove=overall.good_limiter"
    assert url == client.get(both).headers["location"]


def test_a_level_of_a_limiter_is_chosen_by_its_name(client: TestClient) -> None:
    """The condition's level is a list of names; the edit holds the id."""
    changed = {"field.overall.good_limiter.when.and[1].at_most": "2"}
    found = _sent(client, LIMITED, **changed)
    assert f"{LIMITED}&set=overall.good_limiter.when.and%5B1%5D.at_most%3D2" == found
    words = _words(client.get(found).text)
    assert (
        "With them: No better than Requires improvement if (the result so far is at Good)" in words
    )


def test_a_weight_that_the_design_does_not_state_is_set(client: TestClient) -> None:
    """Every input counts 1 unless stated, and so each has its field."""
    name = "field.overall.percent_of_maximum.weights.safeguarding"
    url = _sent(client, ONE_WORD, **{name: "2"})
    assert url.endswith("&set=overall.percent_of_maximum.weights.safeguarding%3D2")
    assert "counting Safeguarding 2 times" in _words(client.get(url).text)


def test_a_limiter_is_added_and_compared(client: TestClient) -> None:
    """The small form becomes a rule behind all others, in the address too."""
    url = _sent(
        client,
        ONE_WORD,
        new__overall__at="requires_improvement",
        new__overall__count="2",
        new__overall__at_most="1",
    )
    cap = "overall%20at%20requires_improvement%20when%202%20of%20all%20at_most%201"
    assert f"{ONE_WORD}&cap={cap}" == url
    page = client.get(url)
    words = _words(page.text)
    assert "Overall rating no better than Requires improvement if at least 2 of all inputs" in words
    assert "No better than Requires improvement if no fewer than 2 of the 9 inputs are at" in words
    assert "A council with 1 statement at 1 can still be Good." in words
    assert url == _sent(client, url)
    link = next(html.unescape(one) for one in re.findall(r'href="(/compare\?[^"]+)"', page.text))
    assert cap in link
    assert 200 == client.get(link).status_code
    document = client.get(url.replace("/edit", "/edit.json")).json()
    assert "added_limiter_1" == document["judgements"]["overall"]["steps"][-1]["id"]


@pytest.mark.parametrize(
    ("entered", "problem"),
    [
        ("abc", "Found 'abc' Expected a number in digits, such as 88 What to do correct it"),
        ("", "Found nothing Expected a number in digits, such as 88 What to do correct it"),
        ("50", "Expected each level all above the one before it, or each all below it"),
        ("1e99", "Expected numbers that stay exact in 64 bits"),
        ("1e999999", "Found '1e999999' Expected a number in digits, such as 88"),
        ("<b>", "Found '<b>' Expected a number in digits, such as 88"),
    ],
)
def test_a_wrong_value_is_kept_and_said_to_be_wrong(
    client: TestClient, entered: str, problem: str
) -> None:
    """The summary leads to the field, which says the same and still holds what was entered."""
    url = _sent(client, ONE_WORD, field__overall__band__outstanding=entered)
    page = client.get(url)
    assert 400 == page.status_code
    words = _words(page.text)
    assert problem in words
    assert words.index("There is a problem") < words.index("Edit a design")
    assert 'aria-invalid="true"' in page.text
    assert f'value="{html.escape(entered)}"' in page.text
    links = re.findall(r'<a href="#(field-overall-band[^"]*)">', page.text)
    assert links
    assert f'id="{links[0]}"' in page.text
    assert "<b>" not in page.text
    assert 400 == client.get(url.replace("/edit", "/edit.yaml")).status_code


def test_every_wrong_value_is_reported_at_once(client: TestClient) -> None:
    """What can be read is checked beside what cannot."""
    page = client.get(f"{ONE_WORD}&set=overall.round.to%3Dabc&set=overall.band.outstanding%3D50")
    assert 400 == page.status_code
    problems = page.text[: page.text.index("<h1>")]
    assert ["Rounding: To a multiple of", "Thresholds: Outstanding from"] == re.findall(
        r'<a href="#field[^"]*">([^<]+)</a>', problems
    )


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("design=cqc-la/single-wrod", 404, "did you mean 'cqc-la/single-word'?"),
        ("design=cqc-la/single-word&data=nothing", 404, "'nothing'"),
        ("field.overall.band.god=3", 400, "did you mean 'overall.band.good'?"),
        ("field.overall.band.good=3&field.overall.band.good=4", 400, "more than one value"),
        ("set=overall.band.good%3D60&set=overall.band.good%3D61", 400, "more than one value"),
        ("set=overall.band.god%3D3", 400, "did you mean 'overall.band.good'?"),
        ("set=nonsense", 400, "PATH=VALUE"),
        ("set=overall.band%3D%5B%5B%5B", 400, "There is a problem"),
        ("remove=overall.cap", 400, "nothing at this path"),
        ("remove=overall.band", 400, "There is a problem"),
        ("set=overall.round.toward%3Dsideways", 400, "one of the entries of the list"),
        ("cap=nonsense", 400, "untick it, and add it again"),
        ("cap=all%20at%20good%20when%201%20of%20all%20at_most%201", 400, "a judgement of"),
        ("cap=overall%20at%20best%20when%201%20of%20all%20at_most%201", 400, "'best'"),
        ("design=a&design=b", 400, "leave all but one out of the address"),
    ],
)
def test_a_wrong_address_is_a_page_with_a_remedy(
    client: TestClient, query: str, status: int, told: str
) -> None:
    """Nobody gets a crash for what they typed."""
    named = query if "design=" in query else f"design=cqc-la/single-word&data=cqc-la&{query}"
    page = client.get(f"/edit?{named}")
    page = client.get(page.headers["location"]) if 303 == page.status_code else page
    assert (status, True) == (page.status_code, told in _words(page.text))


def test_edits_without_a_field_can_be_dropped(client: TestClient) -> None:
    """What an address edits beyond the form stays, with a box of its own."""
    url = f"{ONE_WORD}&set=overall.missing%3Dno_outcome"
    page = client.get(url)
    assert 200 == page.status_code
    assert "Set overall.missing=no_outcome" in _words(page.text)
    assert url == _sent(client, url)


@pytest.mark.parametrize(
    "url",
    [
        EIGHTY,
        f"{LIMITED}&remove=overall.good_limiter",
        "/edit?design=ofsted-ilacs/cqc-arithmetic&set=overall.band.good%3D60",
        "/edit?design=cqc-la/outstanding-from-80",
        "/edit?design=cqc-la/evidence-categories&set=statement_score.round.toward%3Ddown",
        "/edit?design=cqc-la/narrative",
    ],
)
def test_the_downloaded_document_is_valid(client: TestClient, url: str, tmp_path: Path) -> None:
    """YAML and JSON hold the whole design, and `validate` accepts it."""
    answer = client.get(url.replace("/edit", "/edit.yaml", 1))
    assert 200 == answer.status_code
    tree = read_document_text(answer.text, "design.yaml").tree
    assert json.loads(json.dumps(tree)) == client.get(url.replace("/edit", "/edit.json", 1)).json()
    file = tmp_path / "design.yaml"
    file.write_text(answer.text, encoding="utf-8")
    assert "" == run("validate", str(file)).stderr


def test_the_downloaded_document_rates_like_the_edited_design(client: TestClient) -> None:
    """An id of its own, the edit as it stands, and where it comes from."""
    answer = client.get(EIGHTY.replace("/edit", "/edit.yaml"))
    named = 'attachment; filename="cqc-la-single-word-edited.yaml"'
    assert named == answer.headers["content-disposition"]
    tree = read_document_text(answer.text, "design.yaml").tree
    assert ("cqc-la/single-word-edited", "One word, edited") == (tree["id"], tree["name"])
    assert 80 == tree["judgements"]["overall"]["steps"][2]["band"]["outstanding"]
    assert ["What-if on cqc-la/single-word: set overall.band.outstanding to 80."] == tree["notes"]


def test_the_report_says_the_same(client: TestClient) -> None:
    """One file: the rules, what differs, and the warnings."""
    report = _words(client.get(EIGHTY.replace("/edit", "/edit.html")).text)
    assert "Outstanding from 80." in report
    assert "A council with 4 statements at 1 can still be Good." in report


def test_the_editor_begins_with_the_design_in_force(client: TestClient) -> None:
    """Whoever opens it from the menu gets a design to edit."""
    assert ONE_WORD == client.get("/edit").headers["location"]


PATHS = (
    "overall",
    "overall.band",
    "overall.band.good",
    "overall.good_limiter.when.and[7].any",
    "overall.inputs",
    "overall.percent_of_maximum.weights.safeguarding",
    "overall.round.to",
    "overall.steps",
    "consequences",
    "format",
    "judgements",
    "publishes",
    "sources",
    "[0]",
    "",
)
VALUES = ("", "0", "-1", "1e99", "0.1", "[1, 2]", "{a: 1}", "true", "null", "good", "[", "<script>")
edits = st.one_of(
    st.tuples(st.just("set"), st.builds("{}={}".format, *map(st.sampled_from, (PATHS, VALUES)))),
    st.tuples(st.just("remove"), st.sampled_from(PATHS)),
    st.tuples(st.sampled_from([f"field.{one}" for one in PATHS]), st.sampled_from(VALUES)),
    st.tuples(st.just("cap"), st.text(max_size=20)),
)


@given(values=st.lists(edits, max_size=3))
def test_no_address_makes_it_fail(client: TestClient, values: list[tuple[str, str]]) -> None:
    """Whatever is edited into whatever, the answer is a page that says what is wrong."""
    query = [("design", "cqc-la/with-limiters"), ("data", "cqc-la"), *values]
    page = client.get(f"/edit?{urlencode(query)}")
    page = client.get(page.headers["location"]) if 303 == page.status_code else page
    assert page.status_code in (200, 400)
    assert "<script>" not in page.text
