"""A framework that scores nothing: what the assessor chose is all there is."""

from pathlib import Path

import pytest

from tests.commands import answer, flowing, refused, run, text
from tests.demo_plugin import install, use_only

FRAMEWORK = """\
format: assurance/framework/1
id: visits
name: Visits
regulator: The inspectorate
bodies: area
sources:
  guide: {title: Guide, status: official}
scales:
  outcome:
    name: Outcome
    source: guide
    levels: [{id: poor, name: Poor}, {id: fair, name: Fair}, {id: good, name: Good}]
statements: {}
versions:
  - {id: "1", name: First, in_force: {from: "2020"}, source: guide, statements: []}
"""
DESIGN = """\
format: assurance/design/1
id: visits/word
name: One of three
summary: One of three outcomes is chosen.
framework: visits
status: in_force
in_force: {from: "2020"}
judgements:
  overall:
    name: Outcome
    scale: visits/outcome
    inputs: []
    steps:
      - {start: judged, source: guide}
publishes: {headline: overall, areas: none}
consequences:
  - {id: back_soon, when: {any: overall, at_most: fair}, then: a visit soon, source: guide}
  - {id: letter, when: {any: overall, is: poor}, then: a letter, source: guide}
"""
SILENT = DESIGN.replace("visits/word", "visits/silent").replace(
    "publishes: {headline: overall, areas: none}",
    "publishes: {no_headline: No word is given., score: none, areas: none}",
)
DATASET = """\
format: assurance/dataset/1
id: visits
name: Published visits
framework: visits
published_by: visits/word
table: published.csv
sources: {}
"""
TABLE = """\
body,date,headline,consequences,judged.overall
Ash,2021,poor,letter;back_soon,poor
Elm,2021,fair,back_soon,fair
Oak,2021,good,,good
"""


@pytest.fixture(autouse=True)
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install a plugin with that framework; return its table."""
    documents = {
        "frameworks/visits.yaml": FRAMEWORK,
        "designs/word.yaml": DESIGN,
        "designs/silent.yaml": SILENT,
        "data/visits.yaml": DATASET,
        "data/published.csv": TABLE,
    }
    install(tmp_path, "visits", documents)
    use_only(tmp_path, monkeypatch)
    (table,) = tmp_path.rglob("published.csv")
    return table


def test_what_is_judged_is_enough_to_rate() -> None:
    """--judged alone stands for an assessment."""
    found = answer("rate", "--design", "visits/word", "--judged", "overall=poor")
    assert ("poor", ["back_soon", "letter"]) == (
        found["headline"]["level"], [one["id"] for one in found["consequences"]],
    )  # fmt: skip


def test_scores_are_refused_because_there_is_nothing_to_score() -> None:
    """With and without names of statements."""
    for scores in ("3", "care=3"):
        assert refused("rate", "--design", "visits/word", "--scores", scores) == (
            "error[bad-score]: --scores\n"
            f"  found:    '{scores}'\n"
            "  expected: no scores: version 1 scores nothing\n"
            "  do:       leave --scores out; what the assessor chose is given with --judged\n"
        )


def test_nothing_given_is_refused_with_what_to_give() -> None:
    """The remedy does not propose scores."""
    assert refused("rate", "--design", "visits/word") == (
        "error[missing]: assessment\n"
        "  found:    nothing to rate\n"
        "  expected: one of FILE, --judged, --data\n"
        "  do:       for example --judged overall=good\n"
    )


def test_a_receipt_without_scores_replays(tmp_path: Path) -> None:
    """Its assessment holds what was judged and no scores."""
    file = str(tmp_path / "receipt.json")
    given = ("--design", "visits/word", "--judged", "overall=fair", "--receipt", file)
    run("explain", *given)
    assert "The outcome and its trace are the same, byte for byte." in text("replay", file)


def test_the_templates_are_read_back(tmp_path: Path) -> None:
    """YAML and CSV ask for what is judged alone."""
    file = tmp_path / "mine.yaml"
    run("new", "assessment", "--framework", "visits", "-o", str(file))
    written = file.read_text("utf-8")
    assert written.startswith("# Nothing is scored here.\n")
    assert "scores: {}\n" in written
    filled = written.replace("body:", "body: Ash").replace("# judged", "judged")
    file.write_text(filled.replace("#   overall:", "  overall: good"), "utf-8")
    assert "good" == answer("rate", "--design", "visits/word", str(file))["headline"]["level"]
    table = tmp_path / "mine.csv"
    table.write_text("body,judged.overall\nAsh,good\n", "utf-8")
    (found,) = answer("rate", "--design", "visits/word", "--data", str(table))
    assert "good" == found["headline"]["level"]


def test_what_is_shown_speaks_of_no_scores() -> None:
    """Neither an empty list nor a count of nought."""
    assert "Nothing is scored: there are no statements.\n" in text("show", "visits")
    shown = text("show", "visits/word")
    assert "It reads no scores: its level is the assessor's choice.\n" in shown
    assert "If an input has no score" not in shown
    audited = flowing("audit", "visits/word")
    assert (
        "Outcome reads no scores, only what is judged. What follows about it is proved over all 3 "
        "profiles."
    ) in audited
    for heading in ("One step from another outcome", "How many low scores an outcome can hold"):
        assert heading not in audited


def test_a_design_that_publishes_only_what_follows_says_so() -> None:
    """It is not nothing."""
    compared = flowing("compare", "visits/word", "visits/silent")
    assert "readers would lose the word and see what follows." in compared
    (listed,) = [one for one in answer("list")["designs"] if one["id"] == "visits/silent"]
    assert "what follows" == listed["publishes"]


def test_published_consequences_are_reproduced() -> None:
    """All that follow are to be published, in any order; an empty cell is not compared."""
    (found,) = answer("validate", "--published", "visits")["designs"]
    assert {"reproduced": 2, "compared": 2} == found["consequences"]
    assert [True, True, None] == [one["consequences_reproduced"] for one in found["rows"]]
    assert ["letter", "back_soon"] == found["rows"][0]["published"]["consequences"]
    assert ["back_soon", "letter"] == found["rows"][0]["consequences"]
    shown = text("validate", "--published", "visits")
    assert "- The word is the assessor's choice and comes out as it went in.\n" in shown
    assert "- Published consequences reproduced: 2 of 2.\n" in shown


@pytest.mark.parametrize(
    ("written", "words"),
    [("letter", "letter"), ("back_soon;letter;prize", "back soon, letter and prize")],
)
def test_another_consequence_fails(plugin: Path, written: str, words: str) -> None:
    """One too few, or one that the design does not know: exit 1, with both sides."""
    plugin.write_text(TABLE.replace("letter;back_soon", written), "utf-8")
    shown = flowing("validate", "--published", "visits", exits=1)
    assert "- Published consequences reproduced: 1 of 2." in shown
    assert (
        "Ash 2021: published poor, by the rule Poor; published as what follows: "
        f"{words}, by the rule: back soon and letter"
    ) in shown


@pytest.mark.parametrize("command", ["noise", "paths"])
def test_what_moves_scores_is_refused(command: str) -> None:
    """No score can be a step off where there is none."""
    assert refused(command, "visits/word") == (
        "error[missing]: visits/word: overall\n"
        "  found:    no scores: it reads only what is judged\n"
        "  expected: a judgement that reads scores, which can be a step off\n"
        "  do:       see what follows from each level with: assurance show visits/word\n"
    )


def test_a_scorecard_says_that_nothing_is_scored() -> None:
    """Only what is said of the published data has figures."""
    (found,) = answer("scorecard", "visits/word")["designs"]
    applicable = {one["id"]: one["applicable"] for one in found["metrics"]}
    assert (False, False, True) == tuple(applicable[one] for one in ("M1", "A1", "M15"))
    (measure,) = found["metrics"][0]["measures"]
    assert "nothing is scored" == measure["all_profiles"]["not_applicable"]
