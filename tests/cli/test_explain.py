"""`assurance explain`: a trace that a councillor can follow, receipts, and partly known scores."""

import json
from pathlib import Path

import pytest

from tests.commands import CAMDEN, answer, flowing, refused, run, text

EXPLAIN = ("explain", "--design", "cqc-la/single-word")


def test_each_step_has_its_numbers_and_its_source() -> None:
    """Camden: 32 of 36 points, rounded up, outstanding from 88."""
    shown = flowing(*EXPLAIN, "--data", "cqc-la", "--body", "Camden")
    assert (
        "1. Take the points as a percentage of the most points possible. 32 of 36 points:" in shown
    )
    assert "2. Round up to a whole number. about 88.89 → 89 Source: [derived]" in shown
    assert "89 is at or above 88: 89 → Outstanding Source: [official]" in shown


def test_what_did_not_apply_is_in_the_trace() -> None:
    """The consequence was considered and does not follow; a limiter likewise."""
    shown = flowing(*EXPLAIN, "--scores", CAMDEN)
    assert "section 50(2): considered, and does not follow." in shown
    limited = flowing("explain", "--design", "cqc-la/with-limiters", "--scores", CAMDEN)
    assert "the condition does not hold: stays Outstanding" in limited
    steps = answer("explain", "--design", "cqc-la/with-limiters", "--scores", CAMDEN)["trace"]
    assert {"overall.outstanding_limiter": False, "overall.good_limiter": False} == {
        one["path"]: one["applied"] for one in steps if one["kind"] == "cap"
    }


def test_a_consequence_that_follows_says_so() -> None:
    """York has statements at 1."""
    shown = flowing(*EXPLAIN, "--data", "cqc-la", "--body", "York")
    assert "section 50(2): follows." in shown
    assert "What follows ------------ - may be notified to the Secretary of State" in shown


def test_every_complete_published_row_has_a_trace() -> None:
    """Each of the 41 is explained, step by step, to its published word."""
    rows = answer("rate", "--design", "cqc-la/single-word", "--data", "cqc-la")
    complete = [one["body"] for one in rows if one["complete"]]
    assert 41 == len(complete)
    for body in complete:
        found = answer(*EXPLAIN, "--data", "cqc-la", "--body", body)
        steps = [one for one in found["trace"] if one["judgement"] == "overall"]
        assert ["percent_of_maximum", "round", "band"] == [one["kind"] for one in steps]
        assert found["headline"]["level"] == steps[-1]["after"]["level"]


def test_a_partly_known_body_says_why_there_is_no_trace() -> None:
    """The outcome is certain, and still no step can be shown; exit 0."""
    shown = flowing(*EXPLAIN, "--data", "cqc-la", "--body", "North Yorkshire")
    assert "Certainly Good under cqc-la/single-word (cqc-la 2023)." in shown
    assert "Not known to us: 8 scores." in shown
    assert (
        "There is no step-by-step account, because the steps start from what is not known. On the "
        "command line, --scores shows them for one set of scores."
    ) in shown
    found = answer(*EXPLAIN, "--data", "cqc-la", "--body", "North Yorkshire")
    assert "trace" not in found
    assert [("Good", 1428)] == [
        (one["name"], one["profiles"]) for one in found["possible"]["headlines"]
    ]


def test_several_assessments_are_not_explained_at_once() -> None:
    """The message says what to add: a body, or one of its dates."""
    assert (
        "error[no-choice]: explain\n"
        "  found:    56 assessments\n"
        "  expected: one assessment\n"
        "  do:       add --body, for example --body 'Barking and Dagenham'\n"
    ) == refused(*EXPLAIN, "--data", "cqc-la")
    message = refused(
        "explain", "--design", "ofsted-ilacs/2023", "--data", "ofsted-ilacs", "--body", "Trafford"
    )
    assert "  do:       add --date, one of: 2019-03-04, 2022-11-21, 2026-06-08\n" in message


def test_a_crosswalk_is_named_first_and_marked_as_assumed() -> None:
    """Translated scores are an assumption, and the trace starts with it."""
    arguments = ("explain", "--design", "ofsted-style/report-card", "--data", "cqc-la")
    shown = flowing(*arguments, "--body", "Camden")
    assert "The scores were translated by the crosswalk ofsted-style/from-cqc-la [assumed]" in shown
    found = answer(*arguments, "--body", "Camden")
    assert "assumed" == found["design"]["crosswalk"]["source"]["status"]
    assert "assumed" == found["trace"][0]["source"]["status"]


# Receipts


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    """Camden's outcome with everything it rests on."""
    file = tmp_path / "camden.json"
    run(*EXPLAIN, "--data", "cqc-la", "--body", "Camden", "--receipt", str(file))
    return file


def test_replay_gives_the_same_outcome_byte_for_byte(receipt: Path) -> None:
    """What replay works out is what the receipt holds."""
    held = json.loads(receipt.read_text("utf-8"))["outcome"]
    replayed = answer("replay", str(receipt))
    assert replayed["same"] is True
    assert json.dumps(held, indent=2) == json.dumps(replayed["outcome"], indent=2)
    assert "- Camden: Outstanding\n" in text("replay", str(receipt))


def test_a_receipt_is_the_same_bytes_each_time(receipt: Path, tmp_path: Path) -> None:
    """Nothing in it depends on when or where it was written."""
    again = tmp_path / "again.json"
    run(*EXPLAIN, "--data", "cqc-la", "--body", "Camden", "--receipt", str(again))
    assert receipt.read_bytes() == again.read_bytes()


def test_receipts_of_edited_and_translated_designs_replay(tmp_path: Path) -> None:
    """The design after its edits, and the crosswalk, are in the receipt."""
    for number, arguments in enumerate(
        [
            (*EXPLAIN, "--scores", CAMDEN, "--set", "overall.band.outstanding=80"),
            ("rate", "--design", "cqc-la/commissioning-twice", "--scores", CAMDEN),
            ("rate", "--design", "ofsted-style/report-card", "--data", "cqc-la", "--body", "York"),
            ("rate", "--design", "cqc-la/narrative", "--data", "cqc-la", "--body", "Camden"),
            ("rate", "--design", "ofsted-ilacs/cqc-arithmetic", "--scores", "good,good,good,good"),
        ]
    ):
        file = tmp_path / f"{number}.json"
        run(*arguments, "--receipt", str(file))
        assert answer("replay", str(file))["same"] is True


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"good": 63', '"good": 60', "the design was changed after the receipt was written"),
        (
            '"body": {\n      "name": "Camden"',
            '"body": {\n      "name": "Cambden"',
            "the assessment was changed after the receipt",
        ),
        ('"level": "outstanding"', '"level": "good"', "an outcome that differs at outcome."),
    ],
)
def test_a_tampered_receipt_is_told(receipt: Path, old: str, new: str, says: str) -> None:
    """Exit 1, with what was changed; nothing on standard output."""
    text_of_it = receipt.read_text("utf-8")
    assert old in text_of_it
    receipt.write_text(text_of_it.replace(old, new, 1), "utf-8")
    result = run("replay", str(receipt), exits=1)
    assert "" == result.stdout
    assert result.stderr.startswith("error[mismatch]: ")
    assert says in result.stderr


def test_no_receipt_of_what_is_partly_known(tmp_path: Path) -> None:
    """A receipt is of one outcome; here there are several combinations of scores."""
    file = tmp_path / "north.json"
    message = refused(
        *EXPLAIN, "--data", "cqc-la", "--body", "North Yorkshire", "--receipt", str(file)
    )
    assert message.startswith("error[missing-score]: receipt\n")
    assert [] == list(tmp_path.iterdir())


def test_no_receipt_of_many(tmp_path: Path) -> None:
    """One receipt holds one assessment."""
    file = tmp_path / "all.json"
    message = refused(
        "rate", "--design", "cqc-la/single-word", "--data", "cqc-la", "--receipt", str(file)
    )
    assert message.startswith("error[no-choice]: --receipt\n")
    assert [] == list(tmp_path.iterdir())


def test_a_file_that_is_no_receipt_is_refused(tmp_path: Path) -> None:
    """The kind that was found is named."""
    file = tmp_path / "design.json"
    file.write_text(json.dumps({"format": "assurance/outcome/1"}), "utf-8")
    assert "error[unknown-format]" in refused("replay", str(file))


WEST_SUSSEX = ("--design", "hmi-probation/youth-justice", "--data", "hmi-probation", "--body",
               "West Sussex")  # fmt: skip


@pytest.mark.parametrize("command", ["rate", "explain"])
def test_what_was_published_otherwise_is_said(command: str) -> None:
    """With what the row says of it; a design that gives what was published says nothing."""
    otherwise = (
        "Published otherwise: Requires improvement. Note on the data: published as requires "
        "improvement; every other service with 19 to 29 points was good."
    )
    assert f"Score 26 of 36. {otherwise} " in flowing(command, *WEST_SUSSEX)
    assert otherwise == answer(command, *WEST_SUSSEX)["notes"][0]
    camden = ("--design", "cqc-la/single-word", "--data", "cqc-la", "--body", "Camden")
    assert "Published otherwise" not in text(command, *camden)


def test_a_what_if_says_what_was_published() -> None:
    """Word and score, where the word differs."""
    shown = flowing("explain", "--design", "cqc-la/outstanding-from-80", "--data", "cqc-la",
                    "--body", "Wokingham")  # fmt: skip
    assert "Published otherwise: Good, score 81." in shown
