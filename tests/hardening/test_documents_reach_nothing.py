"""A document cannot run code, open a file that was not named, or reach the network.

Shown from outside: a process with an audit hook reads hostile documents, and the hook is told of
everything that leaves the interpreter. All that may happen is that the named file is opened.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.commands import CAMDEN

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "bad_inputs" / "cases"
TOUCH = "touch /owned"

STATEMENTS = (
    "assessing_needs",
    "supporting_healthier_lives",
    "equity_in_experience_and_outcomes",
    "care_provision_integration_continuity",
    "partnerships_and_communities",
    "safe_systems_pathways_transitions",
    "safeguarding",
    "governance_management_sustainability",
    "learning_improvement_innovation",
)
OUTSIDE = {
    "tag-apply": "a: !!python/object/apply:os.system ['touch owned']",
    "tag-new": "a: !!python/object/new:subprocess.Popen [[touch, owned]]",
    "tag-name": "a: !!python/name:os.system",
    "tag-module": "a: !!python/module:antigravity",
    "tag-directive": "%TAG ! tag:yaml.org,2002:python/\n---\na: !module:antigravity",
    "aliases": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
    "merge": "<<: {a: 1}",
    "reference": '{"format": "assurance/design/1", "$ref": "file:///etc/passwd"}',
    "schema": '{"format": "assurance/design/1", "$schema": "http://localhost/schema.json"}',
    "external": "format: assurance/design/1\nbased_on: ../../../../etc/passwd\nedits: []",
    "table-above": "format: assurance/dataset/1\ntable: ../../../../etc/passwd",
    "table-link": "format: assurance/dataset/1\ntable: http://localhost/table.csv",
    "step": "format: assurance/design/1\njudgements: {a: {steps: [{python: os.system}]}}",
}
"""Documents that ask for something outside themselves. None is valid."""

TEXTS = {
    "template": "{{ cycler.__init__.__globals__.os.system('touch owned') }}",
    "include": "{% include '/etc/passwd' %}{% import 'os' as os %}",
    "format": "{0.__class__.__mro__} %(x)s ${HOME} `touch owned` $(touch owned)",
    "markup": "<script src='http://localhost/x.js'></script><img src=x onerror=alert(1)>",
    "link": "[here](javascript:alert(1)) ![picture](http://localhost/x.png)",
    "formula": "=cmd|' /C calc'!A0",
}
"""Texts that mean something to a template, a shell, a browser or a spreadsheet."""

RATE = ("rate", "--design", "cqc-la/single-word", "--scores", CAMDEN)
FORMATS = ("text", "json", "markdown", "html")


def _design(text: str) -> str:
    said = json.dumps(text)
    return (
        f"format: assurance/design/1\nid: mine/design\nname: {said}\nsummary: {said}\n"
        "based_on: cqc-la/single-word\nstatus: proposed\n"
        f"sources: {{mine: {{title: {said}, status: proposed, note: {said}}}}}\n"
        "edits:\n  - {set: overall.band.outstanding, to: 80, source: mine}\n"
    )


def _assessment(text: str) -> str:
    said = json.dumps(text)
    scores = "".join(f"  {one}: 3\n" for one in STATEMENTS)
    return (
        f"format: assurance/assessment/1\nframework: cqc-la\nbody: {said}\ndate: 2025-05\n"
        f"scores:\n{scores}"
    )


def _table(text: str) -> str:
    quoted = '"' + text.replace('"', '""') + '"'
    return f"body,date,{','.join(STATEMENTS)}\n{quoted},2025-05,{CAMDEN}\n"


def _watched(commands: list[list[str]]) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.hardening.reading"],
        input="".join(json.dumps(one) + "\n" for one in commands),
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def test_a_document_that_asks_for_something_outside_itself_gets_nothing(tmp_path: Path) -> None:
    """Of each, the file itself is opened, and that is all; each is refused."""
    commands, expected = [], []
    for name, text in OUTSIDE.items():
        file = tmp_path / f"{name}.yaml"
        file.write_text(text + "\n", "utf-8")
        commands.append(["validate", str(file)])
        expected.append({"exit": 2, "seen": [f"open {file.name}"]})
    assert expected == _watched(commands)
    assert sorted(f"{name}.yaml" for name in OUTSIDE) == _names(tmp_path)


def test_every_bad_input_that_is_kept_opens_its_own_file_alone(tmp_path: Path) -> None:
    """The corpus of bad inputs, as files: whatever is wrong with one, nothing else happens."""
    commands, names = [], []
    for case in sorted(CASES.glob("*.yaml")):
        file = tmp_path / case.name
        file.write_bytes(case.read_bytes())
        commands.append(["validate", str(file)])
        names.append(file.name)
    answers = _watched(commands)
    assert [[f"open {name}"] for name in names] == [one["seen"] for one in answers]


@pytest.mark.slow
def test_a_text_in_a_document_stays_text(tmp_path: Path) -> None:
    """Valid documents, through every command that prints them, in every format."""
    commands, written = [], set()
    for name, text in TEXTS.items():
        design, assessment, table = (
            tmp_path / f"{name}-{kind}" for kind in ("design.yaml", "assessment.yaml", "table.csv")
        )
        design.write_text(_design(text), "utf-8")
        assessment.write_text(_assessment(text), "utf-8")
        table.write_text(_table(text), "utf-8")
        written |= {design.name, assessment.name, table.name}
        for form in FORMATS:
            for command in (
                ["show", design],
                ["explain", assessment, "--design", design],
                ["compare", "cqc-la/single-word", design, "--data", table],
            ):
                commands.append([*map(str, command), "--format", form])
    answers = _watched(commands)
    assert [0] * len(commands) == [one["exit"] for one in answers]
    seen = {event for one in answers for event in one["seen"]}
    assert {f"open {name}" for name in written} == seen
    assert sorted(written) == _names(tmp_path)


def test_the_watcher_sees_what_is_done(tmp_path: Path) -> None:
    """Without this, a watcher that sees nothing would make the tests above pass."""
    out = tmp_path / "out.txt"
    (answer,) = _watched([[*RATE, "-o", str(out)]])
    assert ["tempfile.mkstemp", "open", "open", "os.chmod", "os.rename", "os.remove"] == [
        event.split()[0] for event in answer["seen"]
    ]


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
