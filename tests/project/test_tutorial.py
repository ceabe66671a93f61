"""The tutorial, step by step, as a stranger follows it: outside the repository, from wheels."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = (ROOT / "docs" / "tutorial-plugin.md").read_text("utf-8")
BLOCK = re.compile(r"^```(?P<kind>\S+)(?P<rest>.*)\n(?P<text>(?:.*\n)*?)^```$", re.MULTILINE)
CAPTION = re.compile(r":caption: (\S+)\n\n")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the commands are those of a POSIX shell")


def _console(text: str) -> Iterator[tuple[str, str]]:
    """Go through the commands of a block, each with what is shown of its output."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown


@pytest.fixture
def stranger(tmp_path: Path) -> dict[str, str]:
    """An environment that holds our wheel, its dependencies and no plugin."""
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home)}))
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        # Ours are left out: what is installed in place here must not be what is imported there.
        if "assurance" not in entry.name and entry.suffix != ".pth":
            (site / entry.name).symlink_to(entry)
    environment = {key: text for key, text in os.environ.items() if not key.startswith("PYTHON")}
    environment |= {
        "PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONUTF8": "1",
        # Nothing is fetched, whatever the tutorial's commands say.
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads it as the option's value: no isolation.
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    _run(f"{sys.executable} -m build --wheel --no-isolation --outdir dist {ROOT}", tmp_path)
    _run("python -m pip install --quiet dist/*.whl", tmp_path, environment)
    return environment


def _run(command: str, folder: Path, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    expected = 1 if " fails " in done.stdout else 0
    assert expected == done.returncode, f"{command}\n{done.stdout}"
    return done.stdout


@pytest.mark.slow
def test_every_step_of_the_tutorial_does_what_it_says(
    stranger: dict[str, str], tmp_path: Path
) -> None:
    """Commands and files in the order of the text; each output holds what is shown of it."""
    folder = start = tmp_path / "elsewhere" / "work"
    start.mkdir(parents=True)
    commands = files = 0
    for block in BLOCK.finditer(TUTORIAL):
        if block["kind"] == "{code-block}":
            name = CAPTION.match(block["text"])
            assert name
            (folder / name[1]).write_text(block["text"][name.end() :], "utf-8")
            files += 1
            continue
        if block["kind"] == "text":  # It sets the machine up, as the fixture does.
            continue
        assert "console" == block["kind"]
        for command, shown in _console(block["text"]):
            commands += 1
            if command.startswith("cd "):
                folder = (folder / command[3:]).resolve()
                continue
            rest = _run(command, folder, stranger)
            for part in re.split(r"…\n?", shown):
                assert part in rest, f"{command}\n{part}\n--- is not in\n{rest}"
                rest = rest[rest.index(part) + len(part) :]
    assert (6, 15) == (files, commands)
    assert start.parent == folder
