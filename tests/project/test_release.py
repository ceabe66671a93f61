"""What make dist makes: the same bytes each time, and a whole bill of materials."""

import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from assurance_core.documents.files import MAX_BYTES
from assurance_core.documents.growing_tree import MAX_DEPTH, MAX_DIGITS
from assurance_core.tables.grid import MAX_ROWS, MOST_COLUMNS
from assurance_core.tables.xlsx_check import MOST_UNPACKED
from release import builds, pythons, sbom

ROOT = Path(__file__).resolve().parents[2]
LOCK = """\
attrs==26.1.0 \\
    --hash=sha256:{b} \\
    --hash=sha256:{a}
    # via
    #   -c requirements.lock
    #   assurance-core (pyproject.toml)
    #   jsonschema
numpy==2.4.6 ; python_full_version < '3.12' \\
    --hash=sha256:{a}
    # via assurance-core (pyproject.toml)
""".format(a="a" * 64, b="b" * 64)


@pytest.mark.slow
def test_two_builds_of_the_core_are_the_same_bytes(tmp_path: Path) -> None:
    """Neither the folder nor the age or the rights of a checkout leave a trace."""
    made = []
    for name, mask, age in [("first", 0o022, 1_000_000_000), ("elsewhere", 0o077, 1_500_000_000)]:
        copy = tmp_path / name / "core"
        before = os.umask(mask)
        try:
            copy.mkdir(parents=True)
            for each in ("src", "schemas"):
                shutil.copytree(ROOT / each, copy / each, copy_function=shutil.copyfile,
                                ignore=shutil.ignore_patterns("__pycache__"))  # fmt: skip
            for each in ("pyproject.toml", "README.md", "LICENSE"):
                shutil.copyfile(ROOT / each, copy / each)
        finally:
            os.umask(before)
        for path in copy.rglob("*"):
            os.utime(path, (age, age))
        out = tmp_path / name / "dist"
        builds.build(copy, out, epoch=1_700_000_000)
        made.append({path.name: builds.sha256(path) for path in out.iterdir()})
    assert 2 == len(made[0])
    assert made[0] == made[1]


def test_two_builds_that_differ_are_named(tmp_path: Path) -> None:
    for name, text in [("one", "a"), ("two", "b")]:
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.whl").write_text("same", "utf-8")
        (tmp_path / name / "core.whl").write_text(text, "utf-8")
    (tmp_path / "two" / "more.whl").write_text("", "utf-8")
    with pytest.raises(SystemExit) as stopped:
        builds.same_bytes(tmp_path / "one", tmp_path / "two")
    assert "Two builds differ in: core.whl, more.whl" == str(stopped.value)


def test_the_date_of_a_build_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert 1_700_000_000 == builds.source_date(ROOT)


def test_checksums_name_every_file_but_their_own(tmp_path: Path) -> None:
    (tmp_path / "b.whl").write_bytes(b"")
    (tmp_path / "a.whl").write_bytes(b"a")
    builds.write_checksums(tmp_path)
    builds.write_checksums(tmp_path)
    expected = (
        "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  a.whl\n"
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b.whl\n"
    )
    assert expected == (tmp_path / builds.CHECKSUMS).read_text("utf-8")


# The Pythons


def test_the_pythons_that_are_looked_for_are_those_that_the_project_names() -> None:
    assert ["3.11", "3.12", "3.13"] == pythons.supported(ROOT)


def test_the_python_that_runs_is_found_by_its_path() -> None:
    found, absent = pythons.find(ROOT, [sys.executable])
    assert [".".join(map(str, sys.version_info[:3]))] == [one.version for one in found]
    assert re.fullmatch(r"cp3\d+-\w+", found[0].tag)
    assert [] == absent


def test_a_program_that_is_no_python_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        pythons.find(ROOT, [str(tmp_path / "python9")])
    assert f"--pythons: {tmp_path / 'python9'} is not a Python that runs" == str(stopped.value)


# The bill of materials


def test_a_lock_is_read_with_hashes_markers_and_who_asked() -> None:
    expected = (
        sbom.Locked("attrs", "26.1.0", "", ("a" * 64, "b" * 64), ("assurance-core", "jsonschema")),
        sbom.Locked(
            "numpy", "2.4.6", "python_full_version < '3.12'", ("a" * 64,), ("assurance-core",)
        ),
    )
    assert expected == sbom.read_lock(LOCK)


@pytest.fixture
def wheels(tmp_path: Path) -> dict[str, Path]:
    (tmp_path / "wheel.whl").write_bytes(b"")
    return dict.fromkeys(("assurance-core", "assurance-cqc-la"), tmp_path / "wheel.whl")


def test_the_bill_of_materials_is_the_same_each_time(wheels: dict[str, Path]) -> None:
    assert sbom.make(ROOT, wheels, 1_700_000_000) == sbom.make(ROOT, wheels, 1_700_000_000)


def test_the_bill_of_materials_names_every_package_of_the_lock(wheels: dict[str, Path]) -> None:
    bill = json.loads(sbom.make(ROOT, wheels, 1_700_000_000))
    lock = (ROOT / sbom.LOCK).read_text("utf-8")
    locked = re.findall(r"^([\w.-]+)==(\S+)", lock, re.M)
    assert {*locked, ("assurance-cqc-la", builds.version(ROOT))} == {
        (one["name"], one["version"]) for one in bill["components"]
    }
    assert lock.count("--hash=sha256:") == sum(
        len(one["hashes"]) for one in bill["components"] if "licenses" not in one
    )


def test_everything_in_the_bill_of_materials_is_there_because_something_needs_it(
    wheels: dict[str, Path],
) -> None:
    """Only the core and the plugins are wanted for themselves."""
    bill = json.loads(sbom.make(ROOT, wheels, 1_700_000_000))
    needed = {ref for one in bill["dependencies"] for ref in one["dependsOn"]}
    every = {one["bom-ref"] for one in bill["components"]}
    assert {f"pkg:pypi/assurance-cqc-la@{builds.version(ROOT)}"} == every - needed
    assert every | {bill["metadata"]["component"]["bom-ref"]} == {
        one["ref"] for one in bill["dependencies"]
    }


# The papers


def test_the_citation_names_the_version_that_is_built() -> None:
    version = re.search(r"^version: (\S+)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.M)
    assert version
    assert builds.version(ROOT) == version[1]


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (MAX_BYTES, "{:,} bytes"),
        (MAX_DEPTH, "{} levels"),
        (MAX_DIGITS, "numbers of {} digits"),
        (MAX_ROWS, "tables of {:,} rows"),
        (MOST_COLUMNS, "{:,} columns"),
        (MOST_UNPACKED, "workbooks of {:,} bytes unpacked"),
    ],
)
def test_the_limits_that_are_promised_are_those_of_the_code(limit: int, words: str) -> None:
    assert words.format(limit) in (ROOT / "SECURITY.md").read_text("utf-8")
