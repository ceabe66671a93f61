"""Where results go: streams, files, formats and exit codes."""

import json
import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.commands import CAMDEN, refused, run

RATE = ("rate", "--design", "cqc-la/single-word", "--scores", CAMDEN)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("out.txt", "Scores given: One word\n==="),
        ("out.md", "# Scores given: One word\n"),
        ("out.MARKDOWN", "# Scores given: One word\n"),
        ("out.json", '{\n  "format": "assurance/outcome/1",\n'),
    ],
)
def test_the_ending_chooses_the_format(tmp_path: Path, name: str, start: str) -> None:
    """Nothing goes to standard output then."""
    file = tmp_path / name
    assert "" == run(*RATE, "-o", str(file)).stdout
    assert file.read_text("utf-8").startswith(start)


def test_format_goes_before_the_ending(tmp_path: Path) -> None:
    """--format says what is meant."""
    file = tmp_path / "out.dat"
    run(*RATE, "--format", "json", "-o", str(file))
    assert 89 == json.loads(file.read_text("utf-8"))["score"]


def test_an_unknown_ending_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    """Nothing is written, a receipt that was asked for neither."""
    file = tmp_path / "out.xyz"
    message = refused(*RATE, "-o", str(file), "--receipt", str(tmp_path / "receipt.json"))
    assert (
        "error[unknown-format]: -o\n"
        f"  found:    '{file}'\n"
        "  expected: a file that ends in .json, .md, .markdown, .txt, .html, .htm, .xlsx, "
        ".csv, .parquet\n"
        "  do:       name such a file, or add --format\n"
    ) == message
    assert [] == list(tmp_path.iterdir())


def test_a_dash_is_standard_output() -> None:
    """As other programs have it."""
    assert run(*RATE).stdout == run(*RATE, "-o", "-").stdout


def test_a_file_is_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure while writing leaves the old file, and no other beside it."""
    file = tmp_path / "out.txt"
    file.write_text("old\n", "utf-8")

    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    assert (
        f"error[file]: {file}\n"
        "  found:    no space left on device\n"
        "  expected: a file that can be written\n"
        "  do:       check the folder and its rights\n"
    ) == refused(*RATE, "-o", str(file))
    assert ["old\n"] == [one.read_text("utf-8") for one in tmp_path.iterdir()]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """No traceback."""
    file = tmp_path / "nowhere" / "out.txt"
    assert refused(*RATE, "-o", str(file)).startswith(f"error[file]: {file}\n")


def test_what_was_mended_in_a_table_goes_to_standard_error(tmp_path: Path) -> None:
    """Results alone stand on standard output, so that they can be piped."""
    header = run("new", "assessment", "--framework", "cqc-la", "--format", "csv").stdout
    file = tmp_path / "mine.csv"
    rows = header.replace("safeguarding", "Safeguarding") + f" Camden ,2025,,,{CAMDEN},,\n"
    file.write_bytes(b"\xef\xbb\xbf" + rows.replace("\n", "\r\n").encode())
    arguments = ("rate", "--design", "cqc-la/single-word", "--data", str(file), "--format", "json")
    result = run(*arguments)
    assert 89 == json.loads(result.stdout)[0]["score"]
    assert (
        "mine.csv: the byte order mark at its start was skipped\n"
        "mine.csv: its line ends are those of Windows, and were accepted\n"
        "mine.csv: blanks before or after some cells were removed\n"
        'mine.csv: column "Safeguarding" is read as safeguarding\n'
    ) == result.stderr


def test_a_misspelt_command_and_a_misspelt_option() -> None:
    """Exit 2, with the nearest one."""
    assert (
        "error[unknown-id]: command\n"
        "  found:    'compair'\n"
        "  expected: a command\n"
        "  do:       did you mean 'compare'?\n"
    ) == refused("compair")
    assert "(Did you mean one of: '--design'" in refused("rate", "--desing", "x")


def test_help_and_version() -> None:
    """-h everywhere; every command in the order of the user's work."""
    shown = run("-h").stdout
    places = [shown.index(f"\n  {name}") for name in ("rate", "explain", "compare", "doctor")]
    assert sorted(places) == places
    assert run("--version").stdout.startswith("assurance, version ")
    for name in ("rate", "compare", "show", "validate", "replay", "list", "doctor", "new",
                 "table", "check-plugin"):  # fmt: skip
        assert f"assurance {name}" in run(name, "-h").stdout


def test_a_locale_that_is_not_utf_8_does_not_matter() -> None:
    """The arrow and the quotation marks come out; no colour, no traceback."""
    ran = subprocess.run(
        [sys.executable, "-m", "assurance_core", "compare", "cqc-la/single-word", "cqc-la/half-up"],
        env={"PATH": "/usr/bin", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert 0 == ran.returncode, ran.stderr
    assert "If “One word” were replaced by" in ran.stdout.decode("utf-8")
    assert b"\x1b" not in ran.stdout + ran.stderr


@pytest.mark.parametrize(("columns", "widest"), [("80", 80), ("20", 60), ("200", 100)])
def test_a_terminal_that_is_narrow_gets_narrow_text(columns: str, widest: int) -> None:
    """Down to a width at which tables can still be read; a pipe gets 100 columns always."""
    command = [sys.executable, "-m", "assurance_core", "show", "cqc-la/single-word"]
    env = os.environ | {"COLUMNS": columns}
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, env=env, stdout=theirs) as process:
        os.close(theirs)
        written = b""
        with suppress(OSError):  # The terminal is closed from the other end.
            while part := os.read(ours, 65536):
                written += part
    os.close(ours)
    assert 0 == process.returncode
    lengths = [len(line) for line in written.decode("utf-8").splitlines() if "://" not in line]
    assert widest - 12 < max(lengths) <= widest
    piped = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", check=True)
    assert run("show", "cqc-la/single-word").stdout == piped.stdout


def test_a_reader_that_stops_early_is_no_error() -> None:
    """`assurance … | head` prints no traceback."""
    command = f"{sys.executable} -m assurance_core compare ofsted-ilacs/2023 ofsted-ilacs/2026"
    ran = subprocess.run(
        ["bash", "-c", f"{command} | head -1"], capture_output=True, text=True, check=False
    )
    assert ("", 1) == (ran.stderr, ran.stdout.count("\n"))


def test_a_device_is_written_to_and_needs_no_ending(tmp_path: Path) -> None:
    """A pipe stands for /dev/null here: it takes text, and is still a pipe afterwards."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert "" == run(*RATE, "-o", str(pipe)).stdout
        assert os.read(reader, 1 << 16).decode() == run(*RATE).stdout
    finally:
        os.close(reader)
    assert pipe.is_fifo()
