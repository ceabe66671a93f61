"""Look for inputs that crash a reader, guided by coverage: make fuzz.

atheris changes inputs so as to reach code that none has reached before. One process for each
target; an input that crashes is left in .fuzz/, to be put into corpus/ with its mending. Without
--seconds, each target is tried for one minute.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import atheris
import pytest

TARGETS = ("document", "table", "scores")
ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    chosen = options.targets or list(TARGETS)
    if unknown := set(chosen) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    if options.child:
        _fuzz(chosen[0], options.seconds)
        return 0
    program = [sys.executable, "-m", "tests.fuzz", "--child", "--seconds", str(options.seconds)]
    return max(subprocess.call([*program, target], cwd=ROOT) for target in chosen)


def _fuzz(target: str, seconds: int) -> None:
    with atheris.instrument_imports(include=["assurance_core"], enable_loader_override=False):
        from tests.fuzz.prepare import demo_registry, seeds, words
        from tests.fuzz.targets import targets

    crashes = ROOT / ".fuzz"
    crashes.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="assurance-fuzz-") as name:
        folder = Path(name)
        begin = folder / "begin"
        begin.mkdir()
        for seed, data in seeds(target).items():
            (begin / seed).write_bytes(data)
        (folder / "words").write_text("".join(f'"{word}"\n' for word in words()), "utf-8")
        reader = targets(demo_registry(folder, pytest.MonkeyPatch()), folder)[target]
        arguments = [
            f"-max_total_time={seconds}",
            f"-dict={folder / 'words'}",
            f"-artifact_prefix={crashes}/{target}-",
            "-max_len=4096",
            "-timeout=20",
            "-print_final_stats=1",
            "-verbosity=1",
            str(begin),
        ]
        atheris.Setup([sys.argv[0], *arguments], reader)
        atheris.Fuzz()


if __name__ == "__main__":
    raise SystemExit(main())
