"""Look for inputs that crash a reader, guided by coverage: make fuzz.

atheris changes inputs so as to reach code that none has reached before. One process for each
target. What leads somewhere new stays in .fuzz/corpus/, and the next run begins with it; --keep
copies the shortest that run all the same branches to tests/fuzz/corpus/. An input that crashes is
left in .fuzz/, to be put there too, with its mending. Without --seconds, each target is tried for a
minute.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import atheris
import pytest
from coverage import Coverage

if TYPE_CHECKING:
    from tests.fuzz.targets import Target

TARGETS = ("document", "json", "receipt", "table", "workbook", "parquet", "scores")
ROOT = Path(__file__).resolve().parents[2]
LEFT = ROOT / ".fuzz"
LONGEST = 16_384
"""Bytes of an input: room for a receipt, the longest of the seeds."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--keep", action="store_true", help="keep what reached new code; no search")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    chosen = options.targets or list(TARGETS)
    if unknown := set(chosen) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    if options.child:
        _fuzz(chosen[0], options.seconds)
        return 0
    if options.keep:
        for target in chosen:
            _keep(target)
        return 0
    program = [sys.executable, "-m", "tests.fuzz", "--child", "--seconds", str(options.seconds)]
    return max(subprocess.call([*program, target], cwd=ROOT) for target in chosen)


def _keep(target: str) -> None:
    """Copy each input that runs a branch which no shorter one runs."""
    from tests.fuzz.prepare import CORPUS, demo_registry, seeds
    from tests.fuzz.targets import targets

    found = sorted((LEFT / "corpus" / target).glob("*"), key=lambda one: one.stat().st_size)
    kept = CORPUS / target
    kept.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="assurance-fuzz-") as name:
        folder = Path(name)
        registry = demo_registry(folder, pytest.MonkeyPatch())
        reader = targets(registry, folder)[target]
        known = set()
        for data in seeds(target, registry).values():
            known |= _branches(reader, data)
        for file in found:
            new = _branches(reader, file.read_bytes()) - known
            if new:
                shutil.copyfile(file, kept / file.name)
                known |= new
    print(f"{target}: {len([*kept.iterdir()])} kept")


def _branches(reader: Target, data: bytes) -> set[tuple[str, tuple[int, int]]]:
    measured = Coverage(data_file=None, branch=True, config_file=False, include=[f"{ROOT}/src/*"])
    with measured.collect():
        reader(data)
    found = measured.get_data()
    return {(file, arc) for file in found.measured_files() for arc in found.arcs(file) or ()}


def _fuzz(target: str, seconds: int) -> None:
    with atheris.instrument_imports(include=["assurance_core"], enable_loader_override=False):
        from tests.fuzz.prepare import demo_registry, seeds, words
        from tests.fuzz.targets import targets

    found = LEFT / "corpus" / target
    found.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="assurance-fuzz-") as name:
        folder = Path(name)
        registry = demo_registry(folder, pytest.MonkeyPatch())
        begin = folder / "begin"
        begin.mkdir()
        for seed, data in seeds(target, registry).items():
            (begin / seed).write_bytes(data)
        (folder / "words").write_text("".join(f'"{word}"\n' for word in words()), "utf-8")
        arguments = [
            f"-max_total_time={seconds}",
            f"-dict={folder / 'words'}",
            f"-artifact_prefix={LEFT}/{target}-",
            f"-max_len={LONGEST}",
            "-timeout=20",
            "-print_final_stats=1",
            "-verbosity=1",
            str(found),
            str(begin),
        ]
        atheris.Setup([sys.argv[0], *arguments], targets(registry, folder)[target])
        atheris.Fuzz()


if __name__ == "__main__":
    raise SystemExit(main())
