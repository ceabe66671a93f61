"""Build sdists and wheels, the same bytes each time.

The time that archives carry is that of the commit (SOURCE_DATE_EPOCH), not that of the build. What
builds them is locked in requirements-dist.lock, as another version may write other bytes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

CHECKSUMS = "SHA256SUMS"


def version(root: Path) -> str:
    """Return the version of the core."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["version"])


def source_date(root: Path) -> int:
    """Return the seconds since 1970 that archives carry: SOURCE_DATE_EPOCH or the last commit's."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return int(given or run("git", "log", "-1", "--format=%ct", cwd=root))


def changed(root: Path) -> bool:
    """Say whether the repository differs from its last commit."""
    return bool(run("git", "status", "--porcelain", cwd=root).strip())


def empty(folder: Path) -> Path:
    """Make a folder, or take everything out of it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def build_all(root: Path, out: Path, epoch: int) -> dict[str, Path]:
    """Build the core and every plugin; return the wheel of each by the distribution's name.

    Each wheel is built from its sdist, so that the sdist is known to be whole.
    """
    wheels = {}
    for project in [root, *sorted(path.parent for path in root.glob("plugins/*/pyproject.toml"))]:
        before = set(out.glob("*.whl"))
        build(project, out, epoch)
        (wheel,) = set(out.glob("*.whl")) - before
        name = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]["name"]
        wheels[name] = wheel
    return wheels


def build(project: Path, out: Path, epoch: int) -> None:
    """Build the sdist and the wheel of one project."""
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, project,
        environment={"SOURCE_DATE_EPOCH": str(epoch)})  # fmt: skip


def same_bytes(first: Path, second: Path) -> None:
    """Stop unless two folders hold the same files.

    Raises:
        SystemExit: they do not; it names the files.
    """
    one, two = (
        {path.name: sha256(path) for path in folder.iterdir()} for folder in (first, second)
    )
    differ = sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))
    if differ:
        raise SystemExit("Two builds differ in: " + ", ".join(differ))


def write_checksums(out: Path) -> None:
    """Write SHA256SUMS, which `sha256sum --check` reads."""
    files = sorted(path for path in out.iterdir() if path.name != CHECKSUMS)
    text = "".join(f"{sha256(path)}  {path.name}\n" for path in files)
    (out / CHECKSUMS).write_text(text, "utf-8", newline="\n")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(
    *command: object, cwd: Path | None = None, environment: dict[str, str] | None = None
) -> str:
    """Return what a command printed.

    Variables that steer Python are left out, so that the build is the same for everybody.

    Raises:
        SystemExit: the command failed; it says with what.
    """
    around = {key: text for key, text in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=around
        | {"PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        | (environment or {}),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        words = " ".join(map(str, command))
        raise SystemExit(f"Failed ({done.returncode}): {words}\n{done.stdout}{done.stderr}")
    return done.stdout
