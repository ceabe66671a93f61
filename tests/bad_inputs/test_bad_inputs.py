"""Bad inputs as data: what stands in which file, the command, and the whole text of the error.

A case is a file in `cases/`: `says` what is wrong, `files` to write (a text; or `from:` a file of
`base/` with `replace:` pairs; or `bytes:` in hexadecimal, `encoded:` texts each behind its
encoding, `size:` of a sparse file, `repeat:` a text, `folder:`, the sheets of a `workbook:` as
`tests.workbooks` has them, of which only the first `keep:` bytes are written), `plugins` to install
beside the demo plugin, `env`, the command to `run`, and `stderr`. To write the messages anew, and
then review them as a difference:

    ASSURANCE_RESET=1 python -m pytest tests/bad_inputs
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assurance_core.cli.main import cli
from assurance_core.documents.texts import read_located
from assurance_core.model.errors import CODES
from tests.demo_plugin import BASE, DEMO, install, use_only
from tests.workbooks import workbook

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.yaml"))

TABLES = (".csv", ".xlsx", ".xls", ".ods", ".parquet")

every_case = pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)


def _case(file: Path) -> dict[str, Any]:
    case: dict[str, Any] = read_located(file.read_text("utf-8"), file.name).value
    return case


def _text(given: Any) -> str:
    """The text of a file: written out, or one of the base files with changes."""
    if isinstance(given, str):
        return given
    text = BASE[given["from"]]
    for old, new in given.get("replace", ()):
        assert old in text, f"{old!r} is not in {given['from']}"
        text = text.replace(old, new, 1)
    return text


def _write(file: Path, given: Any) -> None:
    if isinstance(given, dict) and "folder" in given:
        file.mkdir()
    elif isinstance(given, dict) and "bytes" in given:
        file.write_bytes(bytes.fromhex(given["bytes"]))
    elif isinstance(given, dict) and "encoded" in given:
        file.write_bytes(b"".join(text.encode(name) for name, text in given["encoded"]))
    elif isinstance(given, dict) and "workbook" in given:
        file.write_bytes(workbook(*given["workbook"])[: given.get("keep")])
    elif isinstance(given, dict) and "repeat" in given:
        file.write_text(given["repeat"] * given["times"] + given.get("end", ""), "utf-8")
    elif isinstance(given, dict) and "size" in given:
        with file.open("wb") as stream:
            stream.truncate(given["size"])
    else:
        file.write_text(_text(given), "utf-8")
    if isinstance(given, dict) and "mode" in given:
        file.chmod(given["mode"])


def _prepare(case: dict[str, Any], tmp_path: Path) -> tuple[Path, Path]:
    """Write the case's files and plugins; return the folder to work in and that of the plugins."""
    work, site = tmp_path / "work", tmp_path / "site"
    work.mkdir()
    site.mkdir()
    install(site, "demo", DEMO)
    for name, given in case.get("plugins", {}).items():
        documents = {path: _text(text) for path, text in given.get("documents", {}).items()}
        code = {"code": given["code"]} if "code" in given else {}
        install(site, name, documents, **code)
    for name, given in case.get("files", {}).items():
        _write(work / name, given)
    return work, site


def _enter(case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand where a case's files are, with its plugins alone; return the folder."""
    work, site = _prepare(case, tmp_path)
    use_only(site, monkeypatch)
    monkeypatch.chdir(work)
    return work


def _run(case: dict[str, Any]) -> Result:
    return CliRunner().invoke(cli, shlex.split(case["run"]), prog_name="assurance")


@every_case
def test_a_bad_input_is_one_clear_error(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole text on stderr, exit 2, nothing on stdout, nothing written, no traceback."""
    case = _case(file)
    work = _enter(case, tmp_path, monkeypatch)
    for key, value in case.get("env", {}).items():
        monkeypatch.setenv(key, value)
    if "mode" in str(case.get("files")) and os.geteuid() == 0:
        pytest.skip("root reads every file")
    before = sorted(work.iterdir())
    result = _run(case)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    if os.environ.get("ASSURANCE_RESET"):
        _reset(file, result.stderr)
        case = _case(file)
    assert case["stderr"] == result.stderr
    assert case.get("exit", 2) == result.exit_code
    assert "" == result.stdout or case.get("exit") == 0
    assert before == sorted(work.iterdir())


def _is_table(case: dict[str, Any]) -> bool:
    """A case in which a table is bad: a file that is rated, or the one of a dataset."""
    return any(Path(name).suffix in TABLES for name in case.get("files", {}))


def _is_rated(case: dict[str, Any]) -> bool:
    return _is_table(case) and "rate" == case["run"].split()[0] and " -o " not in case["run"]


@pytest.mark.parametrize(
    "file", [file for file in CASES if _is_rated(_case(file))], ids=lambda file: file.stem
)
def test_of_a_bad_table_nothing_is_written(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outputs are whole or not at all: what was there before stays as it was."""
    case = _case(file)
    work = _enter(case, tmp_path, monkeypatch)
    for name in ("before.csv", "before.csv-metadata.json"):
        (work / name).write_text("as it was", "utf-8")
    before = {one.name: one.stat().st_mtime_ns for one in work.iterdir()}
    result = _run({"run": f"{case['run']} -o before.csv"})
    assert (case["stderr"], 2) == (result.stderr, result.exit_code)
    assert before == {one.name: one.stat().st_mtime_ns for one in work.iterdir()}


def test_more_than_forty_kinds_of_bad_table_are_covered() -> None:
    """Each says what is wrong in words of its own, and names a place in the file."""
    cases = [_case(file) for file in CASES if _is_table(_case(file))]
    assert len({case["says"] for case in cases}) == len(cases) >= 75
    assert {Path(name).suffix for case in cases for name in case["files"]} >= set(TABLES)


def _reset(file: Path, stderr: str) -> None:
    text, _, _ = file.read_text("utf-8").partition("stderr: |")
    lines = "".join(f"  {line}".rstrip() + "\n" for line in stderr.splitlines())
    file.write_text(f"{text.rstrip()}\nstderr: |\n{lines}", "utf-8")


@every_case
def test_every_error_has_code_place_and_remedy(file: Path) -> None:
    """What the policy person gets: what is wrong, where, and what to do next."""
    errors = re.findall(
        r"error\[([a-z-]+)\]: (.+)\n +found: +(.+)\n +expected: +(.+)\n +do: +(.+)\n",
        _case(file)["stderr"],
    )
    assert errors
    assert _case(file)["stderr"].count("error[") == len(errors)
    assert not {code for code, *_ in errors} - set(CODES)
    assert "Traceback" not in _case(file)["stderr"]


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(CASES) >= 75


def test_every_base_file_is_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A case is bad for its own reason: what it is made from is valid."""
    work, site = _prepare({"files": {name: {"from": name} for name in BASE}}, tmp_path)
    use_only(site, monkeypatch)
    monkeypatch.chdir(work)
    documents = " ".join(name for name in BASE if not name.endswith(".csv"))
    result = _run({"run": f"validate {documents}"})
    assert ("", 0) == (result.stderr, result.exit_code)


def test_the_installed_command_prints_no_traceback(tmp_path: Path) -> None:
    """Through the interpreter and the real plugins, as a user runs it."""
    (tmp_path / "mine.yaml").write_bytes(b"\x00\x01")
    ran = subprocess.run(
        [sys.executable, "-m", "assurance_core", "validate", "mine.yaml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (2, "") == (ran.returncode, ran.stdout)
    assert ran.stderr.startswith("error[bad-encoding]: mine.yaml:1:1\n")
