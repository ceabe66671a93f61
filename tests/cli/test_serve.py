"""`assurance serve`: it listens on this machine, says where, and says why it cannot."""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.request

import pytest
from click.testing import CliRunner

from assurance_core.cli.main import cli


@pytest.mark.slow
def test_it_serves_the_workbench_on_this_machine_alone() -> None:
    """As a program of its own: the address that it prints answers, and it stops when told."""
    command = [sys.executable, "-m", "assurance_core", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        said = server.stderr.readline()
        address = said.split()[4]
        with urllib.request.urlopen(address) as page:
            text = page.read().decode()
        server.terminate()
    assert address.startswith("http://127.0.0.1:")
    assert "What would change, and for whom?" in text


def test_a_port_that_is_taken_is_an_error_with_a_remedy() -> None:
    """Exit code 2, and what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = CliRunner().invoke(cli, ["serve", "--port", str(port)])
    assert 2 == result.exit_code
    assert (
        f"error[file]: 127.0.0.1:{port}\n"
        "  found:    address already in use\n"
        "  expected: an address and a port that are free\n"
        "  do:       choose another with --port, or --port 0 for any\n"
    ) == result.stderr


def test_without_the_extra_it_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The core alone has no web server."""
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = CliRunner().invoke(cli, ["serve"])
    assert 2 == result.exit_code
    assert (
        "error[missing]: serve\n"
        "  found:    no module 'uvicorn'\n"
        "  expected: the extra 'serve'\n"
        "  do:       install it: python3 -m pip install 'assurance-core[serve]'\n"
    ) == result.stderr
