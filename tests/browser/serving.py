"""The workbench as a program of its own, as its users start it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def served(*options: str) -> Iterator[str]:
    """Start `assurance serve` on a free port, and stop it at the end.

    Yields:
        Its address, without a slash at the end.
    """
    command = [sys.executable, "-m", "assurance_core", "serve", "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            first = process.stderr.readline()
            assert first.startswith("The workbench is at http://"), first
            yield first.split()[4].rstrip("/")
        finally:
            process.terminate()
