"""`assurance scorecard` and `assurance sweep`: what they print, and that it stays put."""

import pytest

from tests.commands import answer, run

CARD = ("scorecard", "cqc-la/single-word", "cqc-la/report-card")
SWEEP = (
    "sweep", "cqc-la/single-word", "--vary", "overall.band.good=62,63,64",
    "--min", "M2", "--max", "M12@all=0.9", "--workers", "1",
)  # fmt: skip
VERDICTS = ("winner", "best design", "outperform", "superior", "beats")


@pytest.mark.parametrize("command", [CARD, SWEEP], ids=["scorecard", "sweep"])
def test_text_is_narrow_and_declares_no_winner(command: tuple[str, ...]) -> None:
    shown = run(*command).stdout
    assert all(len(line) <= 100 for line in shown.splitlines())
    assert "is a verdict" in shown
    assert "Harbaugh and Rasmusen" in shown
    assert [] == [word for word in VERDICTS if word in shown.casefold()]


@pytest.mark.parametrize("command", [CARD, SWEEP], ids=["scorecard", "sweep"])
def test_the_same_command_prints_the_same_bytes(command: tuple[str, ...]) -> None:
    assert run(*command, "--format", "json").stdout == run(*command, "--format", "json").stdout


def test_every_metric_of_the_notes_is_there_with_its_claim() -> None:
    shown = run(*CARD).stdout
    for number in range(1, 16):
        assert f"\nM{number} " in shown
    assert "Observed: 41 complete assessments of 41 councils" in shown
    assert "all 262,144 profiles" in shown
    assert 15 <= shown.count("The claim: ")


def test_the_json_answer() -> None:
    found = answer(*CARD)
    masking = next(one for one in found["designs"][0]["metrics"] if one["id"] == "M2")
    observed = masking["measures"][0]["observed"]
    assert (16, 23) == (observed["count"], observed["of"])
    assert {"kind": "observed", "size": 41, "bodies": 41} == {
        key: observed["computed_on"][key] for key in ("kind", "size", "bodies")
    }
    assert found["attribution"] is None


def test_each_edit_of_a_patch_has_its_part() -> None:
    found = answer("scorecard", "cqc-la/single-word", "--patch", "cqc-la/press-80-and-62")
    edits = found["attribution"]["edits"]
    assert 2 == len(edits)
    parts = [int(one["all_profiles"]["changed"]) for one in edits]
    assert found["attribution"]["all_profiles"]["changed"] == sum(parts)


def test_designs_across_a_crosswalk() -> None:
    found = answer("scorecard", "cqc-la/single-word", "ofsted-style/report-card")
    assert 41 == found["assessments"]
    assert not found["agreements"][0]["metric"]["applicable"]


def test_inspections_whose_grade_is_judged() -> None:
    found = answer("scorecard", "ofsted-ilacs/reconstruction", "--data", "ofsted-ilacs")
    gap = next(one for one in found["designs"][0]["metrics"] if one["id"] == "M14")
    assert 8 == gap["measures"][0]["observed"]["count"]


def test_a_sweep_says_which_combination_is_todays() -> None:
    assert "as it stands today" in run(*SWEEP).stdout
    points = answer(*SWEEP)["points"]
    assert [False, True, False] == [one["as_it_stands"] for one in points]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--vary", "overall.band.good"), "bad-syntax"),
        (("--vary", "overall.band.good=1", "--vary", "overall.band.good=2"), "duplicate"),
        (("--vary", "overall.band.god=62", "--min", "M2"), "no-match"),
        ((), "missing"),
    ],
)
def test_a_sweep_that_cannot_be_made(options: tuple[str, ...], code: str) -> None:
    assert code in run("sweep", "cqc-la/single-word", *options, exits=2).stderr
