"""The Pythons of this machine that the project says it works with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

CLASSIFIER = "Programming Language :: Python :: 3."
ASK = (
    "import json, sys, sysconfig; print(json.dumps([sys.executable, sysconfig.get_platform(),"
    " sys.implementation.cache_tag, *sys.version_info[:3]]))"
)


@dataclass(frozen=True)
class Python:
    """An interpreter.

    Attributes:
        program: its path.
        version: such as 3.12.1.
        tag: what a file is named that works with such a one only: cp312-linux_x86_64.
    """

    program: str
    version: str
    tag: str


def find(root: Path, given: list[str] | None = None) -> tuple[list[Python], list[str]]:
    """Return the Pythons to check with, and the versions for which there is none.

    Args:
        root: the repository; the classifiers in its pyproject.toml say what is wanted.
        given: programs that the user names. All of them have to work.

    Raises:
        SystemExit: a program that the user names is no Python.
    """
    if given:
        return [ask(one) or _stop(one) for one in given], []
    found, absent = [], []
    for version in supported(root):
        candidates = (one for program in _programs(version) if (one := ask(program)))
        first = next((one for one in candidates if one.version.startswith(version + ".")), None)
        if first:
            found.append(first)
        else:
            absent.append(version)
    return found, absent


def supported(root: Path) -> list[str]:
    """Return the versions that the project names: 3.11 and so on."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return ["3." + one[len(CLASSIFIER) :] for one in project["classifiers"] if CLASSIFIER in one]


def ask(program: str) -> Python | None:
    """Return what a program is, or nothing if it is no Python that runs."""
    try:
        done = subprocess.run([program, "-I", "-c", ASK], capture_output=True, check=False)
        path, platform, cache_tag, *numbers = json.loads(done.stdout)
    except (OSError, ValueError):
        return None
    short = cache_tag.replace("cpython-", "cp")
    tag = f"{short}-{platform.replace('-', '_').replace('.', '_')}"
    return Python(path, ".".join(map(str, numbers)), tag)


def _programs(version: str) -> list[str]:
    """Return where to look for a version: the path, then the folder of pyenv, if it is used."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    installed = sorted(str(path) for path in pyenv.glob(f"{version}.*/bin/python"))
    on_path = shutil.which(f"python{version}")
    return ([on_path] if on_path else []) + installed


def _stop(program: str) -> Python:
    raise SystemExit(f"--pythons: {program} is not a Python that runs")
