"""The examples in the README, and in those of the plugins, are what the command prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from assurance_core.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"


def _blocks(file: Path) -> list[tuple[str, str]]:
    """Return the console examples of a README: command and what is shown of its output."""
    pattern = r"```console\n\$ assurance (.*?)\n(.*?)```"
    return re.findall(pattern, file.read_text("utf-8"), re.DOTALL)


BLOCKS = _blocks(README)
PLUGIN_BLOCKS = [
    pytest.param(command, shown, id=command)
    for file in sorted(ROOT.glob("plugins/*/README.md"))
    for command, shown in _blocks(file)
]

OWN_FILES = ("mine.yaml", "scores.xlsx", "camden.json", "validate", " -o ")
LISTED = [
    command
    for command in re.findall(r"`assurance ([^`…]*)`", README.read_text("utf-8"))
    if not any(word in command for word in OWN_FILES)
]


@pytest.mark.parametrize("command", LISTED)
def test_each_command_in_the_readme_runs(command: str) -> None:
    """A reader can paste every command that names no file of their own."""
    result = CliRunner().invoke(cli, shlex.split(command))
    assert 0 == result.exit_code, result.stderr


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=[command for command, _ in BLOCKS])
def test_each_console_example_prints_what_it_shows(command: str, shown: str) -> None:
    """Every part between the ellipses stands in the output, in the order in which it is shown."""
    result = CliRunner().invoke(cli, shlex.split(command))
    assert 0 == result.exit_code
    rest = result.stdout
    for part in shown.split("…\n"):
        assert part in rest
        rest = rest[rest.index(part) + len(part) :]


@pytest.mark.slow
@pytest.mark.parametrize(("command", "shown"), PLUGIN_BLOCKS)
def test_each_console_example_of_a_plugin_prints_what_it_shows(command: str, shown: str) -> None:
    """The same of the plugins' READMEs; some audit millions of profiles."""
    test_each_console_example_prints_what_it_shows(command, shown)


def test_there_are_console_examples() -> None:
    """The pattern above finds the examples, so that the test cannot pass on none."""
    assert len(BLOCKS) == 4
    assert PLUGIN_BLOCKS


def test_the_design_in_the_readme_is_valid(tmp_path: Path) -> None:
    """The design document shown can be validated and compared as it stands."""
    (document,) = re.findall(r"```yaml\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    file = tmp_path / "mine.yaml"
    file.write_text(document, "utf-8")
    assert 0 == CliRunner().invoke(cli, ["validate", str(file)]).exit_code
    compared = CliRunner().invoke(cli, ["compare", "cqc-la/single-word", str(file)])
    assert 0 == compared.exit_code
    assert "The lowest score counts" in compared.stdout
