"""Options that change nothing, or that are given twice, are refused alike by every command."""

import pytest

from tests.commands import CAMDEN, refused

WORD = "cqc-la/single-word"
BY_EVIDENCE = "cqc-la/evidence-categories"
EVIDENCE = ("--evidence", "safeguarding=3,2,3,3")
COMMANDS = pytest.mark.parametrize("command", ["rate", "explain", "paths", "noise"])


def asked(command: str, design: str) -> tuple[str, ...]:
    """Return a command about one design."""
    return (command, "--design", design) if command in ("rate", "explain") else (command, design)


@COMMANDS
def test_scores_that_a_design_does_not_read_are_refused(command: str) -> None:
    """Evidence for a design of scores, scores for a design of evidence; alone or beside."""
    found = "  found:    scores of evidence categories, which cqc-la/single-word does not read\n"
    alone = refused(*asked(command, WORD), *EVIDENCE)
    assert found in alone
    assert "  do:       give --scores in place of --evidence\n" in alone
    beside = refused(*asked(command, WORD), *EVIDENCE, "--scores", CAMDEN)
    assert found in beside
    assert "  do:       leave --evidence out\n" in beside
    assert (
        "error[bad-score]: --scores\n"
        "  found:    scores of statements, which cqc-la/evidence-categories does not read\n"
        "  expected: what it reads: scores of evidence categories\n"
        "  do:       give --evidence STATEMENT=level,level,… in place of --scores\n"
    ) == refused(*asked(command, BY_EVIDENCE), "--scores", CAMDEN)


@COMMANDS
@pytest.mark.parametrize("given", [("--scores", CAMDEN), ("--data", "cqc-la")])
def test_a_crosswalk_that_is_not_needed_is_refused(command: str, given: tuple[str, str]) -> None:
    assert (
        "error[conflict]: --crosswalk\n"
        "  found:    'ofsted-style/from-cqc-la', though cqc-la/single-word reads cqc-la as it is\n"
        "  expected: a crosswalk only where the scores are of another framework\n"
        "  do:       leave --crosswalk out\n"
    ) == refused(*asked(command, WORD), *given, "--crosswalk", "ofsted-style/from-cqc-la")


@COMMANDS
def test_a_judged_level_given_twice_is_refused(command: str) -> None:
    """Not even where both say the same: one of the two is a slip."""
    given = ("--scores", "good,good,good,good", "--judged", "overall=good")
    assert (
        "error[duplicate]: --judged\n"
        "  found:    'overall' again\n"
        "  expected: each judgement once\n"
        "  do:       remove one of the two\n"
    ) == refused(*asked(command, "ofsted-ilacs/2023"), *given, "--judged", "overall=inadequate")


@COMMANDS
def test_evidence_given_twice_is_refused(command: str) -> None:
    """By id and by name: it is the same statement."""
    assert (
        "error[duplicate]: --evidence\n"
        "  found:    'Safeguarding' again\n"
        "  expected: each statement once\n"
        "  do:       remove one of the two\n"
    ) == refused(*asked(command, BY_EVIDENCE), *EVIDENCE, "--evidence", "Safeguarding=1,1,1,1")
