"""Every example in the pages, run as a reader would: files, commands and Python in order.

A block with a caption is a file. A console block holds `assurance` commands; where one is meant to
fail, the next is `echo $?`. Commands that set a machine up (git, make, pip) stand in `text` blocks.
The plugin tutorial has a test of its own, in an environment of its own.
"""

import doctest
import re
import shlex
from pathlib import Path

import pytest

from assurance_core.cli.main import COMMANDS
from tests.commands import run
from tests.pages import Block, assert_shows, blocks, commands

DOCS = Path(__file__).resolve().parents[2] / "docs"
SLOW = {"reference/commands.md", "study.md"}
PAGES = sorted(
    file.relative_to(DOCS).as_posix()
    for file in DOCS.rglob("*.md")
    if file.name != "tutorial-plugin.md"
)
INLINE = re.compile(r"(?<!`)`assurance ([a-z][^`\n]*)`")
OURS = re.compile(r"…|[A-Z]{3}|^(?:serve|new [a-z]+$)")
"""In a command: a word for the reader to fill in, or one that does not come to an end."""
KINDS = {"console", "file", "python", "text", "yaml", "{toctree}"}


def _console(block: Block) -> None:
    code = 0
    every = list(commands(block.text))
    for (command, shown), (following, _) in zip(every, [*every[1:], ("", "")], strict=True):
        if command == "echo $?":
            assert f"{code}\n" == shown
            continue
        program, *arguments = shlex.split(command)
        assert "assurance" == program, "another command than ours stands in a text block"
        code = int(following == "echo $?")
        if code:
            code = 2 if "error[" in shown else 1
        done = run(*arguments, exits=code)
        assert_shows(shown, done.stderr if code == 2 else done.stdout + done.stderr)


def _python(block: Block, page: str, names: dict[str, object]) -> None:
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    test = doctest.DocTestParser().get_doctest(block.text, names, page, None, 0)
    assert test.examples, "an example in Python has prompts and what they print"
    runner = doctest.DocTestRunner(optionflags=flags)
    said: list[str] = []
    runner.run(test, out=said.append, clear_globs=False)
    names.update(test.globs)
    assert "" == "".join(said)


@pytest.mark.parametrize(
    "page", [pytest.param(one, marks=pytest.mark.slow if one in SLOW else ()) for one in PAGES]
)
def test_the_examples_of_a_page_do_what_they_show(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From top to bottom in an empty folder; then every command within the text."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    text = (DOCS / page).read_text("utf-8")
    for block in blocks(text):
        assert block.kind in KINDS
        if block.kind == "file":
            file = tmp_path / block.name
            file.parent.mkdir(exist_ok=True)
            file.write_text(block.text, "utf-8")
        elif block.kind == "console":
            _console(block)
        elif block.kind == "python":
            _python(block, page, names)
    for command in INLINE.findall(text):
        words = shlex.split(command)
        assert words[0] in COMMANDS
        if (len(words) > 1 or words[0] in {"list", "doctor"}) and not OURS.search(command):
            run(*words)


def test_the_examples_are_found() -> None:
    """The patterns find files, commands and Python, so that the test cannot pass on none."""
    kinds = [one.kind for page in PAGES for one in blocks((DOCS / page).read_text("utf-8"))]
    assert {"console", "file", "python"} <= set(kinds)
