"""Install what was built in an empty environment, try it far from the repository, make the .pyz.

A .pyz is one file that runs without being installed: `python3.12 assurance-….pyz`. NumPy is
compiled for one version of Python and one system, and so is the .pyz, as its name says.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from dev import DEMO
from release import builds
from release.pythons import Python

LOCK = "requirements-pyz.lock"
MODULE = "assurance_core.cli.main:main"
# They name the folder in which pip worked, so that no two builds would be the same.
OF_THIS_FOLDER = ("RECORD", "direct_url.json", "REQUESTED", "__pycache__", "*.pth")


def check(root: Path, python: Python, out: Path, scratch: Path, epoch: int) -> None:
    """Check the wheels with one Python, then make its .pyz and check that.

    Raises:
        SystemExit: something does not work; it says what.
    """
    home = scratch / python.tag
    builds.run(python.program, "-m", "venv", "--without-pip", home)
    inside = next(path for path in home.glob("*/python*") if path.stem == "python")
    pip = [sys.executable, "-m", "pip", "--python", inside, "install", "--quiet", "--no-compile"]
    builds.run(*pip, "--require-hashes", "--only-binary", ":all:", "-r", root / LOCK)
    names = sorted({path.name.split("-")[0] for path in out.glob("*.whl")})
    builds.run(*pip, "--no-deps", "--no-index", "--pre", "--find-links", out, *names)
    said = try_out([inside, "-m", "assurance_core"], scratch)

    pyz = out / f"assurance-{builds.version(root)}-{python.tag}.pyz"
    make_pyz(Path(builds.run(inside, "-c", _PURELIB).strip()), python, pyz, scratch, epoch)
    if said != try_out([python.program, pyz], scratch):
        raise SystemExit(f"{pyz.name} compares differently from the wheels")


def make_pyz(packages: Path, python: Python, pyz: Path, scratch: Path, epoch: int) -> None:
    """Put what is installed into one file that runs."""
    staged = scratch / f"pyz-{python.tag}"
    unwanted = shutil.ignore_patterns(*OF_THIS_FOLDER)
    shutil.copytree(packages, staged, ignore=unwanted)
    for path in staged.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    short = ".".join(python.version.split(".")[:2])
    builds.run(
        sys.executable, "-m", "shiv", "--reproducible", "--site-packages", staged,
        "--entry-point", MODULE, "--python", f"/usr/bin/env python{short}", "--output-file", pyz,
        environment={"SOURCE_DATE_EPOCH": str(epoch)},
    )  # fmt: skip


def try_out(program: list[object], scratch: Path) -> str:
    """Run the program from the root folder, and return the comparison that it prints.

    It has no home folder to lean on, and unpacks itself, if it has to, in the scratch folder.
    """
    around = {"HOME": str(scratch / "nobody"), "SHIV_ROOT": str(scratch / "unpacked")}
    top = Path(scratch.anchor)
    said = {
        words: builds.run(*program, *words.split(), cwd=top, environment=around)
        for words in ("--help", "doctor", DEMO.partition(" ")[2])
    }
    helped, doctor, comparison = said.values()
    if "compare" not in helped or "Nothing is broken." not in doctor:
        raise SystemExit(f"--help or doctor does not say what it should:\n{helped}\n{doctor}")
    return comparison


_PURELIB = "import sysconfig; print(sysconfig.get_path('purelib'))"
