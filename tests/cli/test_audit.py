"""`assurance audit`: what a design allows, and a policy team's requirements."""

import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from tests.commands import answer, flowing, refused, run, text

COMMANDS = [
    "cqc-la/single-word",
    "cqc-la/evidence-categories",
    "cqc-la/themes",
    "cqc-la/report-card",
    "cqc-la/narrative",
    "cqc-la/limiters-by-range",
    "cqc-la/single-word --patch cqc-la/safeguarding-cap",
    "cqc-la/worst-statement",
    "ofsted-ilacs/2023",
    "ofsted-ilacs/2026",
    "ofsted-ilacs/reconstruction",
    "ofsted-style/report-card",
]
every_design = pytest.mark.parametrize("command", COMMANDS)


@cache
def _shown(command: str) -> str:
    return run("audit", *command.split()).stdout


def test_the_council_rule() -> None:
    """The facts that a policy team would quote, each with what it was computed on."""
    shown = flowing("audit", "cqc-la/single-word")
    assert shown.startswith("What this design allows: One word (cqc-la/single-word)")
    for fact in (
        "proved over all 262,144 profiles",
        "Requires improvement 130,366 49.7 %",
        "Yes, any two of the 9 can",
        "About 38.89 (exactly 350/9): shown as 39 and rated Requires improvement",
        "63,936 of 262,144 profiles (24.4 %) are one step of one statement from another outcome",
        "220,536 of the 1,769,472 pairs",
        "Good: up to 4 statements at the lowest level, for example 1, 1, 1, 1, 3, 4, 4, 4, 4",
        "131,072 20,994 (16.0 %) 49,716 (37.9 %)",
        "24,504 of 196,608 12.5 %",
    ):
        assert fact in shown


@every_design
def test_text_is_plain_and_fits_100_columns(command: str) -> None:
    """No line is longer; no blanks at its end; nothing that only a program would print."""
    shown = _shown(command)
    assert all(len(line) <= 100 and line.rstrip() == line for line in shown.splitlines())
    assert {"\n"} == {one for one in shown if unicodedata.category(one) == "Cc"}
    assert [] == re.findall(r"\bNone\b(?!:)|Fraction\(|<[a-z_.]+ object", shown)
    assert [] == re.findall(r"\b1 (?:statements|profiles|values)\b", shown)
    assert "\n\n\n" not in shown


@every_design
def test_no_wording_declares_a_winner(command: str) -> None:
    """No figure is called better or worse than another; only levels are."""
    shown = " ".join(_shown(command).split()).lower()
    said = shown.replace("no figure in it says that one design is better than another", "")
    assert [] == re.findall(r"\b(best|winner|fairer|should|recommend|superior)\w*", said)


@every_design
def test_json_follows_its_schema(command: str) -> None:
    """In full, with exact counts."""
    found = answer("audit", *command.split())
    for one in found["judgements"]:
        for part in one["parts"]:
            counted = sum(int(outcome["profiles"]) for outcome in part["outcomes"])
            assert int(part["profiles"]) == counted


def test_the_same_command_gives_the_same_bytes() -> None:
    for name in ("text", "markdown", "json"):
        command = ("audit", "cqc-la/with-limiters", "--format", name)
        assert run(*command).stdout == run(*command).stdout


def test_large_whole_numbers_are_text() -> None:
    """4^36 profiles do not survive a reader of JSON that has floats only."""
    (one,) = answer("audit", "cqc-la/evidence-categories")["judgements"]
    assert str(4**36) == one["profiles"]
    assert one["settles"] is None


def test_shares_are_exact_with_a_percentage_for_display() -> None:
    (one,) = answer("audit", "cqc-la/single-word")["judgements"]
    assert {
        "outcome": {"level": "inadequate", "name": "Inadequate"},
        "profiles": 706,
        "of": 262_144,
        "share": "353/131072",
        "percent": 0.27,
    } == one["parts"][0]["outcomes"][0]
    assert {"1/9"} == {share["share"] for share in one["settles"]["shares"]}


def test_what_holds_exits_0() -> None:
    found = answer("audit", "cqc-la/single-word", "--require", "monotone,symmetric,reachable")
    assert [True, True, True] == [one["holds"] for one in found["required"]]


@pytest.mark.parametrize(
    ("command", "counterexample"),
    [
        ("cqc-la/single-word --require no-near-gaps", "About 38.89 (exactly 350/9)"),
        ("cqc-la/safeguarding-cap --require symmetric", "change places, the outcome goes from"),
        ("cqc-la/themes --require no-dead-steps", "never a level"),
    ],
)
def test_what_does_not_hold_exits_1_with_the_counterexample(
    command: str, counterexample: str
) -> None:
    """In the report and on stderr: a policy team's checks read either."""
    result = run("audit", *command.split(), exits=1)
    for stream in (result.stdout, result.stderr):
        assert "does not hold" in stream
        assert counterexample in " ".join(stream.split())


def test_a_level_that_cannot_be_reached_and_a_score_that_lowers() -> None:
    """What-ifs that break a rule are found, with a profile to look at."""
    out_of_reach = ("--set", "overall.band.outstanding=101", "--require", "reachable")
    result = run("audit", "cqc-la/single-word", *out_of_reach, exits=1)
    assert "No profile of all 262,144 profiles gives Outstanding." in result.stdout
    down = ("--set", "overall.map.2=outstanding", "--require", "monotone")
    result = run("audit", "cqc-la/worst-statement", *down, exits=1)
    flat = " ".join(result.stdout.split())
    assert "takes the outcome from Outstanding down to Good" in flat


def test_another_judgement() -> None:
    """A judgement below the headline can be named."""
    shown = flowing("audit", "cqc-la/evidence-categories", "--judgement", "safeguarding")
    assert "Safeguarding reads 4 evidence scores" in shown
    assert "all 256 profiles" in shown


def test_wrong_words_are_refused() -> None:
    """With the nearest known one."""
    assert "did you mean 'monotone'?" in refused(
        "audit", "cqc-la/single-word", "--require", "monoton"
    )
    assert "overall" in refused("audit", "cqc-la/single-word", "--judgement", "overal")


def test_nothing_to_prove_is_said() -> None:
    """A card combines nothing."""
    shown = flowing("audit", "cqc-la/report-card", "--require", "monotone")
    assert "9 scores shown as given" in shown
    assert "there is nothing to prove" in shown


def test_a_file_by_its_ending(tmp_path: Path) -> None:
    """Markdown to a file; nothing on standard output."""
    file = tmp_path / "audit.md"
    assert "" == text("audit", "cqc-la/themes", "-o", str(file))
    shown = file.read_text("utf-8")
    assert shown.startswith("# What this design allows")
    assert "## Leadership: outcomes" in shown
