"""A PostgreSQL server of the tests' own: in a temporary folder, on loopback, gone afterwards."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

UNPRIVILEGED = "nobody"
"""Who runs it where the tests are run as root, as whom it refuses to run."""


@contextmanager
def postgres() -> Iterator[psycopg.Connection[Any]]:
    """Start a server and yield a connection to it; stop it and remove its files at the end."""
    folder = Path(tempfile.mkdtemp(prefix="assurance-postgres-"))
    data, word = folder / "data", folder / "password"
    password = secrets.token_hex(16)
    word.write_text(password, "utf-8")
    as_user = _as_user(folder, word)
    port = _free_port()
    try:
        _run("initdb", "-D", data, "-U", "tests", "-A", "scram-sha-256", f"--pwfile={word}",
             "-E", "UTF8", "--no-locale", "--no-sync", **as_user)  # fmt: skip
        settings = f"-p {port} -h 127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        log = folder / "data" / "log"
        _run("pg_ctl", "-D", data, "-l", log, "-o", settings, "-w", "-t", 120, "start", **as_user)
        try:
            with psycopg.connect(
                host="127.0.0.1", port=port, user="tests", password=password, dbname="postgres"
            ) as connection:
                yield connection
        finally:
            _run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop", **as_user)
    finally:
        shutil.rmtree(folder)


def _as_user(folder: Path, word: Path) -> dict[str, Any]:
    """Return as whom programs run; hand the folder over to them."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam(UNPRIVILEGED)
    for path in (folder, word):
        os.chown(path, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": ()}


def _run(program: str, *arguments: object, **as_user: Any) -> None:
    """Run a program of the newest PostgreSQL that Debian's package has installed."""
    folders = sorted(Path("/usr/lib/postgresql").iterdir(), key=lambda one: int(one.name))
    command = [str(folders[-1] / "bin" / program), *map(str, arguments)]
    done = subprocess.run(
        command, check=False, cwd="/", env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        **as_user,
    )  # fmt: skip
    assert 0 == done.returncode, done.stdout


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
