"""Every command in the README runs, and so does what is not for a reader: invented assessments."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from assurance_core.cli.main import cli

PLUGIN = Path(__file__).parents[1]
README = (PLUGIN / "README.md").read_text("utf-8")
COMMANDS = re.findall(r"`assurance ([^`]*)`", README)
CONFORMANCE = "plugins/cqc_provider/conformance"


def _run(command: str) -> str:
    words = shlex.split(command.replace(CONFORMANCE, (PLUGIN / "conformance").as_posix()))
    result = CliRunner().invoke(cli, words)
    assert 0 == result.exit_code, result.stderr
    return result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_runs(command: str) -> None:
    """A reader can paste every command."""
    assert _run(command)


def test_there_are_commands() -> None:
    """The pattern above finds them, so that the test cannot pass on none."""
    assert 6 == len(COMMANDS)


def test_scores_carried_forward_count_like_others() -> None:
    """28 of 34 scores are carried forward; safe is 22 of 32 points, 68.75, shown as 69."""
    design = "--design cqc-provider/overall --as-of 2025-06"
    printed = _run(f"rate {design} {CONFORMANCE}/carried-forward.yaml")
    assert "Good under cqc-provider/single-assessment" in printed
    assert "Safe            Good, score 69 of 100 (exactly 275/4, 68.75)" in printed
    assert "28 of 34 scores are carried forward from an earlier assessment (2024-03)." in printed


def test_professional_judgement_shows_both_ratings() -> None:
    """The invented override is told beside what the principles give."""
    design = "--design cqc-provider-kloe/overall"
    printed = _run(f"rate {design} {CONFORMANCE}/professional-judgement.yaml")
    assert "Good; by the rules Requires improvement, replaced by professional judgement" in printed


def test_designs_are_compared_on_the_invented_providers() -> None:
    """Three of seven would have another word without the limiters, one by the other reading."""
    data = f"--data {CONFORMANCE}/invented.csv"
    others = "cqc-provider/limiters-by-range cqc-provider/without-limiters"
    printed = " ".join(_run(f"compare cqc-provider/single-assessment {others} {data}").split())
    by_range = "for 1 of the 7 providers (Invented: a 1 in two strong key questions)"
    assert by_range in printed
    assert "“Without limiters”, the word would change for 3 of the 7 providers" in printed
