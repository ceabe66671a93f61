"""The answer depends on nothing around it: home folder, locale, line ends, other readers."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assurance_core.documents.texts import read_located
from assurance_core.engine.rule import CompiledDesign
from assurance_core.plugins import Registry
from assurance_core.tables.files import read_table_bytes
from tests.commands import CAMDEN, run
from tests.demo_plugin import BASE

COMPARE = ("compare", "cqc-la/single-word", "cqc-la/half-up")
SHOW = ("show", "cqc-la/single-word")
LOCALES = ("C", "POSIX", "C.UTF-8", "tr_TR.UTF-8")


def _said(environment: dict[str, str], *arguments: str, cwd: Path | None = None) -> bytes:
    """What the installed command prints with these variables and no others."""
    system = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT") if key in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "assurance_core", *arguments],
        env=system | environment,
        cwd=cwd,
        capture_output=True,
        check=False,
    )
    assert (0, b"") == (done.returncode, done.stderr)
    return done.stdout


@pytest.mark.parametrize("name", LOCALES)
def test_the_locale_changes_nothing(name: str) -> None:
    """One that is not installed counts as C. Turkish, where it is, has another small I."""
    plain = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    expected = run(*SHOW).stdout.encode()
    assert expected == _said({"LC_ALL": name, "LANG": name, **plain}, *SHOW)


def test_no_home_folder_is_needed(tmp_path: Path) -> None:
    """Not set, not there, and a file: nobody could write there."""
    (tmp_path / "file").write_text("", "utf-8")
    usual = run(*COMPARE).stdout.encode()
    nowhere, file = str(tmp_path / "nobody"), str(tmp_path / "file")
    surroundings: list[dict[str, str]] = [{}, {"HOME": nowhere}, {"HOME": file}]
    assert [usual] * 3 == [_said(one, *COMPARE) for one in surroundings]


def test_nothing_is_left_in_the_home_folder_nor_in_the_one_worked_in(tmp_path: Path) -> None:
    home, work = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    work.mkdir()
    around = {"HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    _said(around, *COMPARE, cwd=work)
    _said(around, "doctor", cwd=work)
    assert [] == [*home.iterdir(), *work.iterdir()]


@pytest.mark.skipif(os.name == "nt", reason="rights as POSIX has them")
def test_a_home_folder_that_nobody_may_write_in_is_enough(tmp_path: Path) -> None:
    """And with it everything a program could take for its own: caches, settings, temporary files.

    Root may write anywhere, so that the rights alone would prove nothing where tests run as root:
    what is there before and after is compared too.
    """
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o500)
    around = {"HOME": str(home), "TMPDIR": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    said = _said({**around, "PYTHONDONTWRITEBYTECODE": "1"}, *COMPARE)
    home.chmod(0o700)
    assert run(*COMPARE).stdout.encode() == said
    assert [] == [*home.iterdir()]


@pytest.mark.parametrize("name", [name for name in BASE if not name.endswith(".csv")])
def test_line_ends_of_windows_change_no_value(name: str) -> None:
    text = BASE[name]
    assert read_located(text, name).value == read_located(text.replace("\n", "\r\n"), name).value


def test_line_ends_of_windows_change_no_row(registry: Registry) -> None:
    framework = registry.framework("cqc-la")
    text = f"body,{','.join(framework.versions[-1].statement_ids())}\nHull,{CAMDEN}\n"
    tables = [read_table_bytes(one.encode(), "x.csv", framework) for one in
              (text, text.replace("\n", "\r\n"))]  # fmt: skip
    assert tables[0].assessments == tables[1].assessments
    assert 1 == len(tables[0].assessments)


def test_threads_that_share_a_rule_get_the_same_answers(
    rule_of: Callable[[str], CompiledDesign],
) -> None:
    rule = rule_of("cqc-la/single-word")
    scores = [tuple(1 + (number >> 2 * place) % 4 for place in range(9)) for number in range(4_000)]
    alone = [rule.rate(one).headline for one in scores]
    with ThreadPoolExecutor(8) as pool:
        together = [*pool.map(lambda one: rule.rate(one).headline, scores)]
    assert alone == together


def test_programs_that_read_at_the_same_time_get_the_same_answer() -> None:
    """Four at once, from a folder that none of them may write in."""
    command = [sys.executable, "-m", "assurance_core", "rate", "--design", "cqc-la/single-word"]
    readers = [
        subprocess.Popen([*command, "--scores", CAMDEN], stdout=subprocess.PIPE, cwd=Path("/"))
        for _ in range(4)
    ]
    said = [reader.communicate()[0] for reader in readers]
    assert 1 == len(set(said))
    assert b"89" in said[0]
