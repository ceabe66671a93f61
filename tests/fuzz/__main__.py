"""Look for inputs that crash a reader, guided by coverage: make fuzz.

atheris changes inputs so as to reach code that none has reached before. One process for each
target. What leads somewhere new stays in .fuzz/corpus/, and the next run begins with it; --keep
puts the few that reach all the same code into tests/fuzz/corpus/. An input that crashes is left in
.fuzz/, to be put there too, with its mending. Without --seconds, each target is tried for a minute.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import atheris
import pytest

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
        _fuzz(chosen[0], options.seconds, options.keep)
        return 0
    program = [sys.executable, "-m", "tests.fuzz", "--child", "--seconds", str(options.seconds)]
    program += ["--keep"] if options.keep else []
    return max(subprocess.call([*program, target], cwd=ROOT) for target in chosen)


def _fuzz(target: str, seconds: int, keep: bool) -> None:
    with atheris.instrument_imports(include=["assurance_core"], enable_loader_override=False):
        from tests.fuzz.prepare import CORPUS, demo_registry, seeds, words
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
        arguments = [f"-max_len={LONGEST}", "-timeout=20", "-verbosity=1"]
        if keep:
            (CORPUS / target).mkdir(exist_ok=True)
            arguments += ["-set_cover_merge=1", str(CORPUS / target), str(found)]
        else:
            arguments += [
                f"-max_total_time={seconds}",
                f"-dict={folder / 'words'}",
                f"-artifact_prefix={LEFT}/{target}-",
                "-print_final_stats=1",
                str(found),
                str(begin),
            ]
        atheris.Setup([sys.argv[0], *arguments], targets(registry, folder)[target])
        atheris.Fuzz()


if __name__ == "__main__":
    raise SystemExit(main())
