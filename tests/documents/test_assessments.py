"""Assessments as documents: every absence, aliases, and back again to the same value."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.documents.assessments import assessment_document, read_assessment
from assurance_core.documents.reader import read_document_text
from assurance_core.documents.writer import to_json, to_yaml
from assurance_core.model.assessment import (
    NOT_KNOWN,
    Absence,
    Assessment,
    Body,
    Finding,
    Override,
    Published,
    Score,
)
from assurance_core.model.citation import Citation
from assurance_core.model.dates import PartialDate
from assurance_core.model.errors import AssuranceError
from assurance_core.testing import strategies
from tests.documents.demo import ASSESSMENT, briefly, document, framework

DEMO = framework()
DAY = PartialDate.parse("2023-05-17")


def _read(*changes: tuple[str, str]) -> Assessment:
    return read_assessment(document(ASSESSMENT, *changes), DEMO)


def _refused(*changes: tuple[str, str]) -> list[tuple[str, str]]:
    with pytest.raises(AssuranceError) as raised:
        _read(*changes)
    return briefly(raised.value.faults)


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("3", Score("3")),
        ("fine", Score("3")),
        ("BAD", Score("1")),
        ("", NOT_KNOWN),
        ("null", NOT_KNOWN),
        ("{not_assessed: no visit}", Absence("not_assessed", "no visit")),
        ("{not_applicable: no such care}", Absence("not_applicable", "no such care")),
        ("{withheld: under review}", Absence("withheld", "under review")),
        ("{score: 3}", Score("3")),
        (
            "{score: 2, date: 2023-05-17, carried_forward: true}",
            Score("2", DAY, carried_forward=True),
        ),
    ],
)
def test_a_cell(written: str, cell: object) -> None:
    assert cell == _read(("care: 3", f"care: {written}")).scores["care"]


def test_a_statement_by_id_name_or_alias() -> None:
    for word in ("care", "Care", "care of  people", "CARE OF PEOPLE"):
        assert Score("3") == _read(("care: 3", f'"{word}": 3')).scores["care"]


def test_a_statement_under_two_of_its_names() -> None:
    assert [("duplicate", "'Care of people', which is care, again")] == _refused(
        ("access: 1", "access: 1\n  Care of people: 2")
    )


def test_not_known_to_us_has_to_be_said() -> None:
    """A hole may be an oversight: an empty value says that we do not know."""
    assert [("missing", "no 'access'")] == _refused(("  access: 1\n", ""))


@pytest.mark.parametrize(
    ("date", "fourth"), [("2021", False), ("2024-03-31", False), ("2024-04-01", True), (None, True)]
)
def test_statements_are_those_of_the_version_in_force(date: str | None, fourth: bool) -> None:
    changes = [('version: "2020"\n', ""), ("date: 2023-05\n", f"date: {date}\n" if date else "")]
    if fourth:
        changes.append(("access: 1", "access: 1\n  duty: met"))
    assert fourth == ("duty" in _read(*changes).scores)


def test_a_date_that_does_not_decide_is_one_fault() -> None:
    """Which statements there are is not known then: nothing is said about them."""
    changes = [('version: "2020"\n', ""), ("2023-05", "2024")]
    assert [("no-choice", "2024, when it is not sure which version was in force")] == _refused(
        *changes
    )


def test_a_finding_cites_a_source_that_is_there() -> None:
    finding = (
        "findings: [{kind: strength, text: Good., source: nowhere, statement: safty}]\nscores:"
    )
    assert [("unknown-id", "'nowhere'"), ("unknown-id", "'safty'")] == _refused(
        ("scores:", finding)
    )


def test_evidence_is_of_the_version() -> None:
    evidence = "evidence: {care: {records: 3, voices: {withheld: under review}}}\nscores:"
    changes = [('"2020"', '"2024"'), ("access: 1", "access: 1\n  duty: met"), ("scores:", evidence)]
    read = _read(*changes)
    assert {"care.records", "care.voices"} == set(read.evidence)


def test_levels_that_are_numbers_may_be_written_as_numbers() -> None:
    changed = "judged: {overall: 3}\noverrides: {part: {level: 2, reason: Seen.}}\nscores:"
    read = _read(("scores:", changed))
    assert ({"overall": "3"}, Override("2", "Seen.")) == (read.judged, read.overrides["part"])


FULL = Assessment(
    framework="demo",
    body=Body("Somewhere", "E01"),
    scores={
        "care": Score("3", DAY, carried_forward=True),
        "safety": Absence("withheld", "under review"),
        "access": NOT_KNOWN,
        "duty": Score("met"),
    },
    version="2024",
    evidence={"care.records": Score("2"), "care.voices": Absence("not_assessed", "no visit")},
    judged={"overall": "high"},
    overrides={"overall": Override("low", "A death.")},
    date=PartialDate.parse("2024-05"),
    published_on=PartialDate.parse("2025"),
    status="provisional",
    published=Published("low", 40, "demo/word", ("visit_soon", "letter")),
    findings=(
        Finding("strength", "Good.", Citation("Report", "official", id="report"), "care"),
        Finding("improvement", "Late."),
    ),
    source=Citation("Minutes", "secondary", "https://example.org", "2024", "A", "B", "minutes"),
    note="A note.",
)


def _again(one: Assessment, write: Any = to_yaml, name: str = "a.yaml") -> Assessment:
    text = write(assessment_document(one))
    return read_assessment(read_document_text(text, name), DEMO)


@pytest.mark.parametrize(("write", "name"), [(to_yaml, "a.yaml"), (to_json, "a.json")])
def test_a_full_assessment_comes_back_the_same(write: Any, name: str) -> None:
    assert _again(FULL, write, name) == FULL


def test_citations_without_an_id_are_given_one() -> None:
    """Two sources of one text are one source; others are numbered."""
    report = Citation("Report", "official")
    findings = (Finding("strength", "A.", report), Finding("strength", "B.", report))
    one = Assessment(
        "demo", Body("X"), {}, findings=findings, source=Citation("Press", "secondary")
    )
    assert ["source-1", "source-2"] == list(assessment_document(one)["sources"])


def test_two_citations_of_one_id_stay_two() -> None:
    """Sources of different documents may share an id; neither may take the other's place."""
    findings = (Finding("strength", "A.", Citation("Report", "official", id="s")),)
    source = Citation("Press", "secondary", id="s")
    tree = assessment_document(Assessment("demo", Body("X"), {}, findings=findings, source=source))
    assert ["Press", "Report"] == sorted(one["title"] for one in tree["sources"].values())


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
    str.strip
)
CITATIONS = st.builds(
    Citation,
    TEXT,
    st.sampled_from(("official", "secondary", "unconfirmed")),
    st.sampled_from(("", "https://example.org")),
    st.sampled_from(("", "2024", "2024-05-01")),
    st.sampled_from(("", "An author")),
    note=st.just("") | TEXT,
)
CELLS = {
    scale: st.builds(
        Score, st.sampled_from(ids), st.none() | strategies.partial_dates(), st.booleans()
    )
    | st.builds(Absence, st.sampled_from(("not_assessed", "not_applicable", "withheld")), TEXT)
    | st.just(NOT_KNOWN)
    for scale, ids in (("score", ("1", "2", "3")), ("met", ("not_met", "met")))
}
SCORES = {
    one: CELLS["met" if one == "duty" else "score"] for one in ("care", "safety", "access", "duty")
}
ASSESSMENTS = st.builds(
    Assessment,
    st.just("demo"),
    st.builds(Body, TEXT, st.just("") | TEXT),
    st.fixed_dictionaries(SCORES),
    st.just("2024"),
    st.dictionaries(st.sampled_from(("care.records", "care.voices")), CELLS["score"]),
    st.dictionaries(st.just("overall"), st.sampled_from(("high", "3"))),
    st.dictionaries(st.just("overall"), st.builds(Override, st.just("low"), TEXT)),
    st.none() | strategies.partial_dates(),
    st.none() | strategies.partial_dates(),
    st.sampled_from(("formal", "indicative", "provisional", "superseded")),
    st.builds(
        Published,
        st.none() | st.sampled_from(("high", "3")),
        st.none() | st.integers(0, 100),
        st.just("") | st.just("demo/word"),
        st.lists(st.sampled_from(("visit_soon", "letter")), unique=True).map(tuple),
    ),
    st.lists(
        st.builds(
            Finding,
            st.sampled_from(("strength", "improvement")),
            TEXT,
            st.none() | CITATIONS,
            st.sampled_from(("", "care")),
        ),
        max_size=3,
    ).map(tuple),
    st.none() | CITATIONS,
    st.just("") | TEXT,
)


@given(ASSESSMENTS)
def test_any_assessment_comes_back_the_same(one: Assessment) -> None:
    """Value to document to text to value; citations are given the ids of the document."""
    once = _again(one)
    assert to_yaml(assessment_document(once)) == to_yaml(assessment_document(one))
    assert _again(once) == once
    assert (one.scores, one.evidence, one.judged, one.overrides, one.published) == (
        once.scores,
        once.evidence,
        once.judged,
        once.overrides,
        once.published,
    )
    assert (one.body, one.date, one.published_on, one.status, one.note) == (
        once.body,
        once.date,
        once.published_on,
        once.status,
        once.note,
    )
