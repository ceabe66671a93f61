"""`assurance serve`: the workbench, a page on the machine itself."""

from __future__ import annotations

import contextlib
import socket
import sys

import click

from assurance_core.cli.context import open_registry
from assurance_core.model.errors import AssuranceError, Fault

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="0 takes any that is free.")
@click.option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
def serve_command(host: str, port: int, open_page: bool) -> None:
    """Open the workbench: compare and edit rating designs in a browser.

    It listens on this machine alone, needs no account and no network, and keeps nothing.
    """
    try:
        import uvicorn

        from assurance_core.workbench.app import make_app
    except ImportError as error:
        raise AssuranceError(
            Fault(
                "missing",
                "serve",
                f"no module '{error.name}'",
                "the extra 'serve'",
                "install it: python3 -m pip install 'assurance-core[serve]'",
            )
        ) from None
    registry = open_registry()
    hosts = ("127.0.0.1", "localhost", "[::1]") if host in _LOOPBACK else ()
    listening = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}/"
    click.echo(f"The workbench is at {address} (Ctrl+C stops it).", err=True)
    if not hosts:
        click.echo(
            f"It listens on {host}: anyone who can reach this machine can use it. It has no"
            " accounts.",
            err=True,
        )
    if open_page:
        click.launch(address)
    config = uvicorn.Config(
        make_app(registry, hosts), log_level="warning", server_header=False, lifespan="off"
    )
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens, so that a taken port is an error of its own."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except (OSError, OverflowError) as error:
        listening.close()
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise AssuranceError(
            Fault(
                "file",
                f"{host}:{port}",
                reason,
                "an address and a port that are free",
                "choose another with --port, or --port 0 for any",
            )
        ) from None
    return listening
