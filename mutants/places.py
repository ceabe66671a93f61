"""What is mutated, which tests may notice, and where results are kept."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("rules", "engine", "lab")
SOURCE = ROOT / "src" / "assurance_core"
KEPT = ROOT / ".mutants"

# These start other processes, a browser or a database, where no mutant can follow them.
LEFT_OUT = {"benchmarks", "browser", "engines", "mutants"}
LEFT_OUT_FILES = {"test_packaging.py", "test_readme.py", "test_repository.py", "test_tutorial.py"}


def sources(names: Iterable[str] = ()) -> list[Path]:
    """Return the modules to mutate.

    Args:
        names: packages or modules, such as `lab` or `rules/band`; none means all three packages.

    Raises:
        SystemExit: a name is no module of the three packages.
    """
    modules = [path for package in PACKAGES for path in sorted((SOURCE / package).rglob("*.py"))]
    wanted = {name.removesuffix(".py") for name in names}
    known = {path.relative_to(SOURCE).with_suffix("").as_posix(): path for path in modules}
    unknown = wanted - set(known) - set(PACKAGES)
    if unknown:
        raise SystemExit(f"mutants: no such module: {', '.join(sorted(unknown))}")
    return [
        path for name, path in known.items() if not wanted or {name, name.split("/")[0]} & wanted
    ]


def test_paths() -> list[Path]:
    """Return where the tests are that may kill a mutant: one entry a file, and all docstrings."""
    folders = [
        folder
        for folder in [*(ROOT / "tests").iterdir(), *ROOT.glob("plugins/*/tests")]
        if folder.is_dir() and folder.name not in LEFT_OUT
    ]
    tests = {path for folder in folders for path in folder.rglob("test_*.py")}
    return [ROOT / "src", *sorted(path for path in tests if path.name not in LEFT_OUT_FILES)]


def helpers(test: Path) -> set[Path]:
    """Return what a file of tests leans on: modules of `tests` that it imports, and their own."""
    found: set[Path] = set()
    waiting = [test, *(folder / "conftest.py" for folder in test.parents)]
    while waiting:
        path = waiting.pop()
        if path in found or not path.is_relative_to(ROOT) or not path.is_file():
            continue
        found.add(path)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "tests":
                module = ROOT.joinpath(*str(node.module).split("."))
                waiting += [
                    module.with_suffix(".py"),
                    *(module / f"{one.name}.py" for one in node.names),
                ]
    return found - {test}


def fingerprint(paths: Iterable[Path]) -> str:
    """Return a hash of what some files hold."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(ROOT).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
