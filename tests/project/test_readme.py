"""The examples in the README, and in those of the plugins, are what the command prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from assurance_core.cli.main import cli
from tests.pages import assert_shows

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

FINDINGS = {
    "audit cqc-la/single-word": "- Good: up to 4 statements at the lowest level",
    "audit cqc-provider/single-assessment": "Up to 26 below the standard",
    "validate --published ofsted-ilacs": "can reproduce more than 266 of 271",
    "audit ofsted-education/report-card": "  Up to 8 below the standard, for example Needs",
    "audit ofsted-sccif/overall": "Up to 2 below the standard, for example Requires",
    "validate --published area-send": "Published consequences reproduced: 67 of 67.",
    "validate --published hmi-probation": "Differs for: West Sussex 2022-06-22.",
    "rate --design cms-five-star/2022 --scores 5,1,1": "three stars under cms-five-star/2022",
    "audit council-stars/2002": "  448  43.8 %",
    "audit audit-commission-cpa/2005": "- one star: up to 7 statements at the lowest level",
    "audit care-inspectorate-wales/lowest-theme": "Requires significant improvement       175",
}
"""Of each regime, the command beside its finding in the table, and where the finding shows."""

OWN_FILES = (
    "mine.yaml",
    "scores.csv",
    "scores.xlsx",
    "camden.json",
    "validate",
    " -o ",
    "toy_rater",
)
LISTED = [
    command
    for command in re.findall(r"`assurance ([^`…]*)`", README.read_text("utf-8"))
    if command not in FINDINGS and not any(word in command for word in OWN_FILES)
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
    assert_shows(shown, result.stdout)


def test_the_console_examples_of_the_plugins_are_found() -> None:
    """So that the test below cannot pass on none, nor on blocks that show nothing."""
    found = {
        file.parent.name: len(_blocks(file)) for file in sorted(ROOT.glob("plugins/*/README.md"))
    }
    assert {
        "area_send": 3,
        "audit_commission_cpa": 4,
        "cms_five_star": 1,
        "council_stars": 5,
        "cqc_la": 0,
        "cqc_provider": 3,
        "hmi_probation": 2,
        "ofsted_education": 3,
        "ofsted_ilacs": 0,
        "ofsted_sccif": 3,
        "profiles_only": 7,
    } == found
    assert all(
        str(shown).replace("…", "").strip() for one in PLUGIN_BLOCKS for shown in one.values[1:]
    )


@pytest.mark.slow
@pytest.mark.parametrize(("command", "shown"), PLUGIN_BLOCKS)
def test_each_console_example_of_a_plugin_prints_what_it_shows(command: str, shown: str) -> None:
    """The same of the plugins' READMEs; some audit millions of profiles."""
    test_each_console_example_prints_what_it_shows(command, shown)


@pytest.mark.parametrize(("command", "shown"), FINDINGS.items(), ids=list(FINDINGS))
def test_each_finding_about_a_regime_is_what_its_command_prints(command: str, shown: str) -> None:
    """The table says nothing that the command beside it does not."""
    result = CliRunner().invoke(cli, shlex.split(command))
    assert 0 == result.exit_code, result.stderr
    assert shown in result.stdout


def test_each_plugin_has_its_line_and_its_finding() -> None:
    """In the order of the table; none is left out."""
    rows = re.findall(r"^\| \[.*?\]\(plugins/(\w+)/README.md\).*: `assurance (.*?)` \|$",
                      README.read_text("utf-8"), re.MULTILINE)  # fmt: skip
    assert list(FINDINGS) == [command for _, command in rows]
    names = sorted(file.parent.name for file in ROOT.glob("plugins/*/pyproject.toml"))
    assert names == sorted(name for name, _ in rows)


def test_there_are_console_examples() -> None:
    """The pattern above finds the examples, so that the test cannot pass on none."""
    assert len(BLOCKS) == 5
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
