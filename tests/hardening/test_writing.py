"""A result goes to its file whole or not at all: killed, or without room."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commands import CAMDEN, refused

RATE = ("rate", "--design", "cqc-la/single-word", "--scores", CAMDEN)
OLD, NEW = "old\n" * 100_000, "new\n" * 1_500_000

DIES_AT = """
import os, signal, sys
from assurance_core.cli.output import write
point, file = sys.argv[1:]

def die(event, arguments):
    if event == point:
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(die)
write("new\\n" * 1_500_000, file)
"""
WRITES_ON_AND_ON = """
import sys
from assurance_core.cli.output import write
print("ready", flush=True)
while True:
    write("old\\n" * 100_000, sys.argv[1])
    write("new\\n" * 1_500_000, sys.argv[1])
"""
HAS_LITTLE_ROOM = """
import resource
from assurance_core.cli.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
main()
"""

posix = pytest.mark.skipif(os.name == "nt", reason="signals and limits of POSIX")


@posix
@pytest.mark.parametrize("point", ["tempfile.mkstemp", "open", "os.chmod", "os.rename"])
def test_killed_at_any_step_the_old_file_stays(tmp_path: Path, point: str) -> None:
    """Each thing that writing does, up to the last, which is the one that counts."""
    file = tmp_path / "out.txt"
    file.write_text(OLD, "utf-8")
    done = subprocess.run([sys.executable, "-c", DIES_AT, point, str(file)], check=False)
    assert -signal.SIGKILL == done.returncode
    assert OLD == file.read_text("utf-8")


@posix
@pytest.mark.slow
def test_killed_at_random_the_file_is_the_old_or_the_new(tmp_path: Path) -> None:
    """A reader meanwhile finds one or the other as well."""
    file = tmp_path / "out.txt"
    file.write_text(OLD, "utf-8")
    when = random.Random(7)
    for _ in range(8):
        command = [sys.executable, "-c", WRITES_ON_AND_ON, str(file)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout
            assert b"ready\n" == writer.stdout.readline()
            found = {file.read_text("utf-8") for _ in range(3)}
            time.sleep(when.uniform(0, 0.05))
            writer.kill()
        assert set() == (found | {file.read_text("utf-8")}) - {OLD, NEW}


@posix
def test_a_disk_without_room_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk: writing stops in the middle."""
    file = tmp_path / "out.html"
    file.write_text("old\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", HAS_LITTLE_ROOM, *RATE, "-o", str(file)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (
        2,
        "",
        f"error[file]: {file}\n"
        "  found:    file too large\n"
        "  expected: a file that can be written\n"
        "  do:       check the folder and its rights\n",
    ) == (done.returncode, done.stdout, done.stderr)
    assert ["old\n"] == [one.read_text("utf-8") for one in tmp_path.iterdir()]


FULL = Path("/dev/full")
full = pytest.mark.skipif(not FULL.is_char_device(), reason="no /dev/full here")


@full
def test_standard_output_without_room_is_one_clear_error() -> None:
    """As when a result is sent to a file on a full disk by the shell."""
    with FULL.open("wb") as disk:
        done = subprocess.run(
            [sys.executable, "-m", "assurance_core", *RATE],
            stdout=disk,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert (
        2,
        "error[file]: standard output\n"
        "  found:    no space left on device\n"
        "  expected: room for the result\n"
        "  do:       make room there, or write to a file elsewhere: -o FILE\n",
    ) == (done.returncode, done.stderr)


@full
def test_a_device_without_room_is_one_clear_error() -> None:
    assert (
        "error[file]: /dev/full\n"
        "  found:    no space left on device\n"
        "  expected: a file that can be written\n"
        "  do:       check the folder and its rights\n"
    ) == refused(*RATE, "-o", str(FULL))
