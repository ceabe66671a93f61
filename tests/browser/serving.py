"""The workbench as a program of its own, as its users start it; and pages that lie in a folder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


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


@contextmanager
def served_folder(folder: Path) -> Iterator[str]:
    """Serve the pages of a folder on a free port, and stop at the end.

    Yields:
        Its address, without a slash at the end.
    """
    quiet = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), quiet) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_words: object) -> None:
        """Say nothing of each page that is asked for."""
