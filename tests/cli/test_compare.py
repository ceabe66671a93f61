"""`assurance compare`: who moves, what cannot be told, and what is said where words are lost."""

import sys
from pathlib import Path

import click
import pytest

from tests.commands import answer, flowing, refused, run, text

PRESS = "overall.band.outstanding=80"
DEMO = (
    "compare",
    "cqc-la/single-word",
    "ofsted-style/report-card",
    "cqc-la/outstanding-from-80",
    "--data",
    "cqc-la",
)


def test_the_press_figure_moves_wokingham_and_north_yorkshire() -> None:
    """One certainly, because every combination of its scores moves; three cannot be told."""
    (pair,) = answer("compare", "cqc-la/single-word", "--set", PRESS)["pairs"]
    assert ["North Yorkshire", "Wokingham"] == [one["body"] for one in pair["movers"]]
    assert (2, 51, 3) == (pair["changed"], pair["unchanged"], pair["cannot_tell"])


def test_commissioning_twice_moves_only_york() -> None:
    """York is one point above its threshold."""
    (pair,) = answer("compare", "cqc-la/single-word", "cqc-la/commissioning-twice")["pairs"]
    assert ["York"] == [one["body"] for one in pair["movers"]]
    shown = flowing("compare", "cqc-la/single-word", "cqc-la/commissioning-twice")
    assert "(York)" in shown
    assert "York: Requires improvement → Inadequate" in shown


def test_the_same_edit_as_patch_and_as_set_moves_the_same() -> None:
    """One mechanism."""
    by_patch = answer("compare", "cqc-la/single-word", "--patch", "cqc-la/outstanding-from-80")
    by_set = answer("compare", "cqc-la/single-word", "--set", PRESS)
    assert by_patch["pairs"][0]["movers"] == by_set["pairs"][0]["movers"]


def test_a_word_against_a_card_counts_no_change() -> None:
    """The sentence says what is lost and what is shown instead."""
    pair = answer(*DEMO)["pairs"][0]
    assert (False, None, None, None) == (
        pair["comparable"], pair["changed"], pair["unchanged"], pair["cannot_tell"],
    )  # fmt: skip
    assert (
        "If “One word” were replaced by “A council report card in Ofsted's style”, readers would "
        "lose the word and see 9 areas one by one. No change is counted."
    ) == pair["sentence"]


def test_what_the_word_hides() -> None:
    """16 of 23 councils at good or better have a statement below good."""
    hidden = answer(*DEMO)["hidden"]
    assert (23, 16, None) == (hidden[0]["rated_good"], len(hidden[0]["bodies"]), hidden[1])
    assert (
        "Under “One word”, 16 of the 23 with every score known and a word of Good or better have a"
        " statement below the standard."
    ) in flowing(*DEMO)


def test_who_is_next_to_a_threshold() -> None:
    """Ten councils under the rule in force; Camden would fall by any statement."""
    near = {one["body"]: one for one in answer(*DEMO)["thresholds"][0]}
    assert 10 == len(near)
    assert ([], 9) == (near["Camden"]["up"], len(near["Camden"]["down"]))
    assert 5 == len(near["York"]["down"])


def test_the_coverage_is_stated() -> None:
    """How many, how complete, what was left out, from which sources."""
    coverage = answer(*DEMO)["coverage"]
    assert (56, 56, 153, 41) == tuple(
        coverage[key] for key in ("assessments", "bodies", "bodies_total", "complete")
    )
    assert {"indicative": 5, "provisional": 1, "superseded": 1} == coverage["left_out"]


def test_other_statuses_take_part_when_asked() -> None:
    """The five pilots come in; then a council may stand there twice, with its dates."""
    found = answer(*DEMO, "--include", "indicative")
    assert 61 == found["coverage"]["assessments"]
    both = answer(*DEMO, "--include", "superseded")
    swindon = [one["date"] for one in both["bodies"] if one["body"] == "Swindon"]
    assert ["2025", "2026"] == swindon
    lines = text(*DEMO, "--include", "superseded").splitlines()
    assert ["2025", "2026"] == [one.split()[1] for one in lines if one.startswith("Swindon ")]


def test_the_same_inspections_with_and_without_an_overall_grade() -> None:
    """Across the ILACS change: the word of 2023 and the four grades of 2026, side by side."""
    found = answer("compare", "ofsted-ilacs/2023", "ofsted-ilacs/2026")
    (trafford,) = [
        one for one in found["bodies"] if (one["body"], one["date"]) == ("Trafford", "2026-06-08")
    ]
    before, after = trafford["results"]
    assert ("inadequate", None) == (before["headline"]["level"], after["headline"])
    assert {
        "impact_of_leaders": "inadequate",
        "help_and_protection": "inadequate",
        "children_in_care": "good",
        "care_leavers": "requires_improvement",
    } == after["areas"]
    assert "readers would lose the word and see 4 areas one by one" in found["pairs"][0]["sentence"]


def test_a_body_that_stands_there_twice_has_its_dates() -> None:
    """Inspections are told apart; shares of 153 authorities are not claimed for 156."""
    shown = flowing("compare", "ofsted-ilacs/2023", "ofsted-ilacs/2026")
    assert "276 assessments of 156 local authorities, 276 with every score" in shown
    assert "- Croydon 2020-02-03 (Good): " in text(
        "compare", "ofsted-ilacs/2023", "ofsted-ilacs/2026"
    )


def test_a_design_outside_its_time_is_applied_and_says_so() -> None:
    """A design named by id is always applied."""
    shown = flowing("compare", "cqc-la/single-word", "cqc-la/no-national-assessment")
    assert "It is in force from 2010 to 2023-12 (excluded): on the dates of 56 assessments" in shown


def test_a_series_needs_a_date() -> None:
    """With --as-of it is one design; without, the message lists them."""
    found = answer("compare", "ofsted-ilacs/overall", "ofsted-ilacs/reconstruction",
                   "--as-of", "2024")  # fmt: skip
    assert "ofsted-ilacs/2023" == found["designs"][0]["id"]
    assert "error[no-choice]: design\n" in refused("compare", "ofsted-ilacs/overall", "x")


def test_one_design_alone_is_refused() -> None:
    """There is nothing to set it beside."""
    assert (
        "error[missing]: DESIGNS\n"
        "  found:    one design\n"
        "  expected: two or more\n"
        "  do:       name another, or add --set or --patch\n"
    ) == refused("compare", "cqc-la/single-word")


def test_strict_stops_at_what_cannot_be_rated() -> None:
    """Too little is known of evidence: without --strict the row says so, with it all stops."""
    designs = ("compare", "cqc-la/single-word", "cqc-la/evidence-categories", "--body", "Camden")
    shown = flowing(*designs)
    assert (
        "Under “From evidence categories”, 1 assessment cannot be told: too little is known"
        in shown
    )
    assert "error[missing-score]: Camden: cqc-la/evidence-categories\n" in refused(
        *designs, "--strict"
    )


def test_a_user_table_is_compared(tmp_path: Path) -> None:
    """A spreadsheet of one's own takes the place of the bundled data."""
    file = tmp_path / "mine.csv"
    template = run("new", "assessment", "--framework", "cqc-la", "--format", "csv").stdout
    file.write_text(template + "Here,2025-01-31,,,3,3,3,3,4,3,3,3,4,,\n", "utf-8")
    found = answer("compare", "cqc-la/single-word", "--set", PRESS, "--data", str(file))
    assert ["Here"] == [one["body"] for one in found["pairs"][0]["movers"]]


@pytest.mark.parametrize("ending", ["txt", "md", "json"])
def test_it_is_the_same_bytes_each_time(ending: str, tmp_path: Path) -> None:
    """Nothing depends on the run."""
    first, second = tmp_path / f"first.{ending}", tmp_path / f"second.{ending}"
    for file in (first, second):
        assert "" == run(*DEMO, "-o", str(file)).stdout
    assert first.read_bytes() == second.read_bytes()


def test_progress_is_for_terminals_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log file gets none of it; a terminal gets a line that is wiped at the end."""
    from assurance_core.cli.measured import progress_line

    assert "" == run(*DEMO).stderr

    class Terminal:
        @staticmethod
        def isatty() -> bool:
            return True

    said: list[str] = []
    monkeypatch.setattr(sys, "stderr", Terminal)
    monkeypatch.setattr(click, "echo", lambda text, err, nl: said.append(text))
    show = progress_line("comparing")
    assert show is not None
    show(1, 2)
    show(2, 2)
    assert ["\rcomparing 1 of 2", f"\rcomparing 2 of 2\r{' ' * 40}\r"] == said


def test_the_scorecard_joins_the_comparison_when_asked() -> None:
    """One report then holds both, and one answer too."""
    text = run("compare", "cqc-la/single-word", "cqc-la/with-limiters", "--scorecard").stdout
    assert "M2 Masking" in text
    assert "What the word does not show" in text
    found = answer("compare", "cqc-la/single-word", "cqc-la/with-limiters", "--scorecard")
    assert "assurance/scorecard/1" == found["scorecard"]["format"]


@pytest.mark.parametrize("command", ["compare", "scorecard", "paths", "noise"])
def test_a_design_that_does_not_compile_is_an_error(command: str) -> None:
    """It is no reason why one council after the other cannot be told."""
    said = refused(command, "cqc-la/single-word", "--set", "overall.band.good=90")
    assert said.startswith("error[bad-band]: cqc-la/single-word+overall.band.good=90")


def test_why_it_cannot_be_told_is_said_of_each_body() -> None:
    """A version that a design does not read is not a score that is not published."""
    shown = flowing("compare", "ofsted-ilacs/2018", "ofsted-ilacs/2023")
    assert "it would stay for 168, and for 108 it cannot be told." in shown
    assert "Cannot tell, because ofsted-ilacs/2018 reads version 2018, not 2023:" in shown
    assert "not every score is known" not in shown


@pytest.mark.parametrize(
    ("arguments", "scores", "of", "others"),
    [
        (("cqc-la/single-word", "ofsted-ilacs/2023"), "cqc-la", "ofsted-ilacs", " or ofsted-style"),
        (("ofsted-ilacs/2023", "cqc-la/single-word"), "ofsted-ilacs", "cqc-la", ""),
        # There are no data of ofsted-style either: the frameworks come first.
        (("ofsted-style/report-card", "cqc-la/single-word"), "ofsted-style", "cqc-la", ""),
        (
            ("cqc-la/single-word", "ofsted-style/report-card", "--data", "ofsted-ilacs"),
            "ofsted-ilacs",
            "cqc-la",
            "",
        ),
    ],
)
def test_designs_that_nothing_joins_are_not_compared(
    arguments: tuple[str, ...], scores: str, of: str, others: str
) -> None:
    """Scores of one framework mean nothing to a design of another: it says what would fit."""
    assert (
        "error[different-framework]: crosswalk\n"
        f"  found:    scores of {scores} for a design of {of}, and no crosswalk between the two\n"
        f"  expected: a design of {scores}{others}\n"
        f"  do:       compare designs of {scores}{others}, or write a crosswalk from {scores} to"
        f" {of}\n"
    ) == refused("--plugins", "cqc_la,ofsted_ilacs", "compare", *arguments)


def test_designs_of_two_frameworks_with_a_crosswalk_are_compared() -> None:
    """Unasked where one crosswalk fits; the report says that it was used."""
    shown = flowing("compare", "cqc-la/single-word", "ofsted-style/report-card")
    assert "The scores were translated by the crosswalk ofsted-style/from-cqc-la " in shown
