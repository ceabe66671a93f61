"""What we ship: the locks, the metadata, and the wheels as a stranger would install them."""

import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = [
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-browser.lock",
]
BENCH_LOCK = "requirements-bench.lock"
PYZ_LOCK = "requirements-pyz.lock"
DIST_LOCK = "requirements-dist.lock"
DOCS_LOCK = "requirements-docs.lock"
ENGINES_LOCK = "requirements-engines.lock"
FUZZ_LOCK = "requirements-fuzz.lock"
EVERY_LOCK = [*LOCKS, BENCH_LOCK, PYZ_LOCK, DIST_LOCK, DOCS_LOCK, ENGINES_LOCK, FUZZ_LOCK]
PLUGINS = sorted(path.parent for path in ROOT.glob("plugins/*/pyproject.toml"))
GROUP = "assurance_core.plugins"
# Folders of a plugin that hold no documents.
NOT_DOCUMENTS = {"src", "tests", "docs", "dist"}

every_plugin = pytest.mark.parametrize("plugin", PLUGINS, ids=lambda path: path.name)


def _project(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))


def _package(plugin: Path) -> str:
    """The import package of a plugin, such as assurance_cqc_la."""
    return f"assurance_{plugin.name}"


def _document_folders(plugin: Path) -> list[str]:
    return sorted(
        path.name
        for path in plugin.iterdir()
        if path.name not in NOT_DOCUMENTS and path.name[0] not in "._" and _files_below(path)
    )


def _name(requirement: str) -> str:
    match = re.match(r"[\w.-]+", requirement)
    assert match, requirement
    return re.sub(r"[-_.]+", "-", match.group()).lower()


def _locked(lock: str) -> dict[str, set[str]]:
    """The versions that a lock holds for each name."""
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text("utf-8"), re.M):
        versions.setdefault(_name(name), set()).add(version)
    return versions


# The locks


@pytest.mark.parametrize("lock", EVERY_LOCK)
def test_a_lock_holds_no_address(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text("utf-8")


@pytest.mark.parametrize("lock", EVERY_LOCK)
def test_a_lock_has_a_hash_for_every_package(lock: str) -> None:
    entries = re.split(r"^(?=[\w.-]+==)", (ROOT / lock).read_text("utf-8"), flags=re.M)[1:]
    assert entries
    assert [] == [entry for entry in entries if "--hash=sha256:" not in entry]


@pytest.mark.parametrize(
    ("lock", "group"),
    [
        *zip(
            [*LOCKS, DIST_LOCK, DOCS_LOCK, ENGINES_LOCK, FUZZ_LOCK],
            ["build", "dev", "browser", "dist", "docs", "engines", "fuzz"],
            strict=True,
        )
    ],
)
def test_a_lock_holds_what_the_project_asks_for(lock: str, group: str) -> None:
    project = _project(ROOT)
    wanted = project["project"]["dependencies"] + [
        entry for entry in project["dependency-groups"][group] if isinstance(entry, str)
    ]
    assert [] == [entry for entry in wanted if _name(entry) not in _locked(lock)]


def test_the_lock_of_the_benchmarks_holds_every_engine_that_is_compared() -> None:
    lines = (ROOT / "requirements-bench.in").read_text("utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert wanted
    assert [] == [entry for entry in wanted if _name(entry) not in _locked(BENCH_LOCK)]


def test_what_is_handed_out_is_what_is_tested() -> None:
    """The .pyz and the bill of materials hold the run-time part of the lock, and nothing else."""
    handed_out, tested = _locked(PYZ_LOCK), _locked("requirements.lock")
    project = _project(ROOT)["project"]
    extras = project["optional-dependencies"]
    wanted = project["dependencies"] + extras["excel"] + extras["serve"]
    assert set() == {_name(entry) for entry in wanted} - handed_out.keys()
    assert handed_out == {name: tested.get(name) for name in handed_out}


@pytest.mark.parametrize(("smaller", "larger"), [*pairwise(LOCKS)])
def test_a_lock_repeats_the_smaller_one(smaller: str, larger: str) -> None:
    """One environment serves all: what the demo runs on is what the tests run on."""
    small, large = _locked(smaller), _locked(larger)
    assert small == {name: large.get(name) for name in small}


# The metadata


def test_there_are_plugins() -> None:
    assert PLUGINS


@every_plugin
def test_a_plugin_declares_one_entry_point(plugin: Path) -> None:
    entry_points = _project(plugin)["project"]["entry-points"]
    assert {GROUP: {plugin.name: f"{_package(plugin)}.plugin"}} == entry_points


@every_plugin
def test_a_plugin_ships_every_folder_of_documents(plugin: Path) -> None:
    wheel = _project(plugin)["tool"]["hatch"]["build"]["targets"]["wheel"]
    expected = {
        folder: f"{_package(plugin)}/documents/{folder}" for folder in _document_folders(plugin)
    }
    assert expected == wheel["force-include"]


@every_plugin
def test_a_plugin_is_checked_like_the_core(plugin: Path) -> None:
    tools = _project(ROOT)["tool"]
    assert f"$MYPY_CONFIG_FILE_DIR/plugins/{plugin.name}/src" in tools["mypy"]["mypy_path"]
    assert _package(plugin) in tools["importlinter"]["root_packages"]
    assert _package(plugin) in tools["coverage"]["run"]["source_pkgs"]


# The wheels


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Wheels by folder name, each built from its sdist, without a network."""
    built = {}
    for folder in [ROOT, *PLUGINS]:
        out = tmp_path_factory.mktemp("dist")
        # Without --wheel, build makes the sdist, unpacks it and makes the wheel from that.
        _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, folder, cwd=out)
        assert 1 == len(list(out.glob("*.tar.gz")))
        (wheel,) = out.glob("*.whl")
        built["core" if folder == ROOT else folder.name] = wheel
    return built


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory: pytest.TempPathFactory, wheels: dict[str, Path]) -> Path:
    """A new environment that holds our wheels, as installed by pip.

    Their dependencies come from this environment through a .pth file. Python reads no
    further .pth file in the folder that it names, so our own code, which is
    installed in place there, cannot be what is imported.
    """
    home = tmp_path_factory.mktemp("bare") / "venv"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    python = _program(home, "python")
    purelib = "import sysconfig; print(sysconfig.get_path('purelib'))"
    ours, theirs = (_run(each, "-c", purelib).strip() for each in (python, sys.executable))
    _run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps",
         "--no-index", *wheels.values())  # fmt: skip
    (Path(ours) / "dependencies.pth").write_text(theirs + "\n", "utf-8")
    return python


def _program(home: Path, name: str) -> Path:
    return home / "Scripts" / f"{name}.exe" if os.name == "nt" else home / "bin" / name


def _run(*command: object, cwd: Path | None = None) -> str:
    """What a command printed; fails with all of it if the command does."""
    environment = {key: text for key, text in os.environ.items() if not key.startswith("PYTHON")}
    environment |= {"PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert 0 == done.returncode, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_the_cores_wheel_holds_code_schemas_templates_and_the_type_marker(
    wheels: dict[str, Path],
) -> None:
    names = set(zipfile.ZipFile(wheels["core"]).namelist())
    schemas = {f"assurance_core/schemas/{path.name}" for path in ROOT.glob("schemas/*.json")}
    report = ROOT / "src" / "assurance_core" / "report"
    pages = {
        f"assurance_core/report/{path.relative_to(report).as_posix()}"
        for folder in ("templates", "static")
        for path in (report / folder).iterdir()
    }
    assert schemas
    assert pages
    scaffold = {
        f"assurance_core/cli/scaffold/{name}"
        for name in _files_below(ROOT / "src" / "assurance_core" / "cli" / "scaffold")
    }
    assert scaffold
    code = {"assurance_core/py.typed", "assurance_core/__init__.py"}
    assert set() == (code | schemas | pages | scaffold) - names


@pytest.mark.slow
@every_plugin
def test_a_plugins_wheel_holds_code_documents_and_the_type_marker(
    plugin: Path, wheels: dict[str, Path]
) -> None:
    package = _package(plugin)
    names = set(zipfile.ZipFile(wheels[plugin.name]).namelist())
    documents = {
        f"{package}/documents/{folder}/{name}"
        for folder in _document_folders(plugin)
        for name in _files_below(plugin / folder)
    }
    assert documents
    assert set() == ({f"{package}/py.typed", f"{package}/plugin.py"} | documents) - names


@pytest.mark.slow
def test_a_wheel_holds_nothing_that_does_not_belong(wheels: dict[str, Path]) -> None:
    """Only the package and its metadata: no tests, nothing at the top of site-packages."""
    packages = {"core": "assurance_core"} | {each.name: _package(each) for each in PLUGINS}
    for folder, wheel in wheels.items():
        tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
        assert [packages[folder]] == [top for top in tops if not top.endswith(".dist-info")]


@pytest.mark.slow
def test_the_installed_wheels_run_from_anywhere(bare_python: Path) -> None:
    """With no repository in sight, the command finds schemas, plugins and documents."""
    top = Path(bare_python.anchor)
    for package in ["assurance_core", *map(_package, PLUGINS)]:
        place = _run(bare_python, "-c", f"import {package}; print({package}.__file__)", cwd=top)
        assert bare_python.parents[1] in Path(place.strip()).parents

    by_command = _run(_program(bare_python.parents[1], "assurance"), "list", cwd=top)
    by_module = _run(bare_python, "-m", "assurance_core", "list", cwd=top)
    assert "cqc-la" in by_command
    assert by_command == by_module
