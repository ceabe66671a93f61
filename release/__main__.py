"""Build everything that is handed out and try it in bare environments: make dist."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from release import bare, builds, pythons, sbom

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Build, list, check, and say what was done."""
    parser = argparse.ArgumentParser(prog="make dist", description=__doc__)
    parser.add_argument(
        "--pythons",
        nargs="+",
        metavar="PYTHON",
        help="the Pythons to check with, by path or name; else every fitting one that is found",
    )
    parser.add_argument("--again", action="store_true", help="build all twice, compare the bytes")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="the folder to fill")
    options = parser.parse_args()

    epoch = builds.source_date(ROOT)
    if builds.changed(ROOT):
        say("Note: there are changes that are not committed; what is built here holds them.")
    found, absent = pythons.find(ROOT, options.pythons)
    for version in absent:
        say(f"Note: no Python {version} was found here, so nothing is checked with it.")

    say("Building sdists and wheels ...")
    out = builds.empty(options.out)
    made = builds.build_all(ROOT, out, epoch)
    with tempfile.TemporaryDirectory(prefix="assurance-dist-") as folder:
        scratch = Path(folder)
        for python in found:
            say(f"Checking with Python {python.version} ...")
            bare.check(ROOT, python, out, scratch, epoch)
        if options.again:
            say("Building all of it again ...")
            second = builds.empty(scratch / "again")
            builds.build_all(ROOT, second, epoch)
            for python in found:
                bare.check(ROOT, python, second, builds.empty(scratch / "second"), epoch)
            builds.same_bytes(out, second)

    bill = out / f"assurance-{builds.version(ROOT)}.cdx.json"
    bill.write_text(sbom.make(ROOT, made, epoch), "utf-8", newline="\n")
    sbom.validate(bill.read_text("utf-8"))
    builds.write_checksums(out)

    for line in summary(out, found):
        print(line)
    return 0


def summary(out: Path, found: list[pythons.Python]) -> list[str]:
    """Say what lies in the folder and what it was tried with."""
    files = sorted(path for path in out.iterdir() if path.is_file())
    lines = [f"{path.stat().st_size / 1e6:8.2f} MB  {path.name}" for path in files]
    tried = ", ".join(python.version for python in found) or "none"
    return [*lines, f"{len(files)} files in {os.path.relpath(out)}; tried with Python {tried}"]


def say(message: str) -> None:
    """Tell the person who waits."""
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
