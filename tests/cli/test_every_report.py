"""What holds for the output of every command: schemas, width, the same bytes, plain text."""

import json
import re
import unicodedata
from functools import cache

import pytest

from tests.commands import CAMDEN, checked, run

COMMANDS = [
    "rate --design cqc-la/single-word --scores " + CAMDEN,
    "rate --design cqc-la/single-word --data cqc-la",
    "rate --design cqc-la/report-card --data cqc-la --body Torbay",
    "rate --design ofsted-ilacs/2018 --data ofsted-ilacs",
    "rate --design ofsted-ilacs/2026 --data ofsted-ilacs",
    "explain --design cqc-la/single-word --data cqc-la --body York",
    "explain --design cqc-la/single-word --data cqc-la --body Torbay",
    "explain --design cqc-la/limiters-by-range --scores " + CAMDEN,
    "explain --design cqc-la/themes --scores " + CAMDEN,
    "explain --design cqc-la/word-and-areas --data cqc-la --body Camden",
    "explain --design cqc-la/evidence-categories --evidence safeguarding=3,2,3,3",
    "explain --design ofsted-style/report-card --data cqc-la --body Hull",
    "explain --design ofsted-ilacs/2023 --data ofsted-ilacs --body Trafford --date 2026",
    "explain --design ofsted-ilacs/reconstruction --data ofsted-ilacs --body York --date 2022",
    "compare cqc-la/single-word ofsted-style/report-card cqc-la/outstanding-from-80",
    "compare cqc-la/single-word cqc-la/with-limiters cqc-la/worst-statement cqc-la/half-up",
    "compare cqc-la/report-card cqc-la/single-word",
    "compare cqc-la/report-card cqc-la/narrative",
    "compare cqc-la/single-word cqc-la/evidence-categories",
    "compare cqc-la/single-word cqc-la/no-national-assessment --include indicative",
    "compare cqc-la/worst-statement ofsted-style/report-card --crosswalk"
    " ofsted-style/from-cqc-la-exceptional",
    "compare ofsted-ilacs/2023 ofsted-ilacs/2026 ofsted-ilacs/reconstruction",
    "validate --published cqc-la",
    "validate --published ofsted-ilacs",
    "show cqc-la/evidence-categories",
    "show cqc-la/single-word --against cqc-la/safeguarding-cap",
    "show cqc-la/no-national-assessment",
    "table cqc-la/themes",
    "table ofsted-ilacs/2023",
    "check-plugin ofsted_ilacs",
    "list",
    "doctor",
]

every_command = pytest.mark.parametrize("command", COMMANDS)


def _run(command: str, form: str) -> str:
    return run(*command.split(), "--format", form).stdout


_shown = cache(_run)


@every_command
def test_every_answer_is_valid_under_its_schema(command: str) -> None:
    """JSON is an interface: unknown keys are as wrong as missing ones."""
    assert checked(json.loads(_shown(command, "json")))


@every_command
def test_text_fits_100_columns(command: str) -> None:
    """Only a single word, such as a link, may be longer; no line ends in blanks."""
    for line in _shown(command, "text").splitlines():
        assert len(line) <= 100 or " " not in line.strip(), line
        assert line.rstrip() == line


@every_command
def test_text_is_plain(command: str) -> None:
    """No colour, no tabs, no Python values, no template left unfilled."""
    shown = _shown(command, "text")
    controls = {one for one in shown if unicodedata.category(one) == "Cc"}
    assert {"\n"} == controls
    assert [] == re.findall(r"\bNone\b(?!\.)|Fraction\(|<[a-z_.]+ object|\{['a-z]", shown)
    assert shown.endswith("\n")
    assert not shown.endswith("\n\n")


@every_command
def test_no_empty_section_and_no_singular_plural(command: str) -> None:
    """Every heading has something under it; one thing is one thing."""
    shown = _shown(command, "text")
    assert "\n\n\n" not in shown
    assert [] == re.findall(r"\b1 (?:assessments|scores|statements|profiles|councils)\b", shown)
    assert [] == re.findall(r"\b\w*(?:authority|body|category|study)s\b", shown)


@every_command
def test_markdown_renders(command: str) -> None:
    """Every table row has as many cells as its header."""
    shown = _shown(command, "markdown")
    assert shown.startswith("# ")
    for table in re.findall(r"(?:^\|.*\n)+", shown, re.MULTILINE):
        cells = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert 1 == len(cells), table


@every_command
def test_the_same_command_gives_the_same_bytes(command: str) -> None:
    """Nothing in them depends on the run."""
    for form in ("text", "json"):
        assert _shown(command, form) == _run(command, form)
