"""Several crosswalks side by side: `--crosswalk` repeated, and labels that say which is which."""

import pytest

from tests.commands import answer, flowing, refused

CARD = "ofsted-style/report-card"
PLAIN, MET, EXCEPTIONAL = (
    f"ofsted-style/from-cqc-la{variant}" for variant in ("", "-met-from-3", "-exceptional")
)
DATA = ("--data", "cqc-la")


def by(*crosswalks: str) -> list[str]:
    """Return --crosswalk for each."""
    return [part for one in crosswalks for part in ("--crosswalk", one)]


def test_one_design_by_two_crosswalks_stands_beside_itself() -> None:
    found = answer("compare", CARD, *DATA, *by(PLAIN, EXCEPTIONAL))
    assert [(CARD, PLAIN), (CARD, EXCEPTIONAL)] == [
        (one["id"], one["crosswalk"]) for one in found["designs"]
    ]
    name = "A council report card in Ofsted's style"
    labels = [f"{name}, by {PLAIN}", f"{name}, by {EXCEPTIONAL}"]
    assert labels == [one["label"] for one in found["designs"]]
    (pair,) = found["pairs"]
    assert labels == [pair["first_label"], pair["second_label"]]
    plain, exceptional = next(
        [result["areas"] for result in one["results"]]
        for one in found["bodies"]
        if one["body"] == "Camden"
    )
    assert "exceptional" in exceptional.values()
    assert "exceptional" not in plain.values()


def test_a_design_that_needs_none_stands_there_once() -> None:
    found = answer("compare", "cqc-la/single-word", CARD, *DATA, *by(PLAIN, MET))
    assert [None, PLAIN, MET] == [one["crosswalk"] for one in found["designs"]]
    assert ["One word"] == [one["label"] for one in found["designs"]][:1]


def test_the_report_says_which_is_which() -> None:
    shown = flowing("compare", CARD, *DATA, *by(PLAIN, MET))
    for one in (PLAIN, MET):
        assert f"A council report card in Ofsted's style, by {one}" in shown
        assert f"The scores were translated by the crosswalk {one} [assumed]" in shown


def test_one_crosswalk_needs_no_label() -> None:
    found = answer("compare", "cqc-la/single-word", CARD, *DATA, *by(MET))
    assert ["One word", "A council report card in Ofsted's style"] == [
        one["label"] for one in found["designs"]
    ]


def test_a_scorecard_by_two_crosswalks() -> None:
    found = answer("scorecard", CARD, *DATA, *by(PLAIN, EXCEPTIONAL))
    assert [PLAIN, EXCEPTIONAL] == [one["crosswalk"] for one in found["designs"]]
    (agreement,) = found["agreements"]
    assert agreement["first_label"] != agreement["second_label"]


@pytest.mark.parametrize("command", ["compare", "scorecard"])
@pytest.mark.parametrize(
    ("designs", "crosswalks", "message"),
    [
        (
            (CARD,),
            (PLAIN, PLAIN),
            "error[duplicate]: --crosswalk\n"
            "  found:    'ofsted-style/from-cqc-la' again\n"
            "  expected: each crosswalk once\n"
            "  do:       remove one of the two\n",
        ),
        (
            ("cqc-la/single-word", "cqc-la/with-limiters"),
            (PLAIN,),
            "error[conflict]: --crosswalk\n"
            "  found:    'ofsted-style/from-cqc-la', though cqc-la/single-word and "
            "cqc-la/with-limiters read cqc-la as it is\n"
            "  expected: a crosswalk only where the scores are of another framework\n"
            "  do:       leave --crosswalk out\n",
        ),
    ],
)
def test_what_is_refused(
    command: str, designs: tuple[str, ...], crosswalks: tuple[str, ...], message: str
) -> None:
    assert message == refused(command, *designs, *DATA, *by(*crosswalks))
