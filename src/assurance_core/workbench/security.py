"""What every request must be, and what every answer says to the browser.

The workbench has no accounts: whoever can reach it may use it, so it listens on the machine
itself. A page elsewhere on the web must not be able to use it through its reader's browser. So a
request has to name one of the workbench's own hosts (a name that somebody else points at this
machine is refused), and one that sends something has to come from a page of the workbench.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Said with every answer: nothing is loaded but our own stylesheet, and no page may frame ours."""

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

_SAFE = ("GET", "HEAD")
_FROM_OURSELVES = ("same-origin", "none")


def host_of(header: str) -> str:
    """Return the host of a Host header, without its port.

    Example:
        >>> host_of("localhost:8000"), host_of("[::1]:8000"), host_of("")
        ('localhost', '[::1]', '')
    """
    head, _, tail = header.strip().lower().rpartition(":")
    return head if head and tail.isdigit() else header.strip().lower()


def refusal(method: str, headers: Mapping[str, str], hosts: Collection[str]) -> tuple[int, str]:
    """Say why a request is refused.

    Args:
        method: of the request.
        headers: of the request.
        hosts: the names under which the workbench may be called; empty allows any.

    Returns:
        A status and a sentence; 0 and an empty text where nothing is wrong.
    """
    host = headers.get("host", "")
    if hosts and host_of(host) not in hosts:
        return 421, "This workbench does not go by that name: use the address that it printed."
    if method in _SAFE:
        return 0, ""
    site = headers.get("sec-fetch-site", "")
    origin = headers.get("origin", "")
    if site and site not in _FROM_OURSELVES:
        return 403, "This came from a page that is not part of the workbench."
    if origin and urlsplit(origin).netloc.lower() != host.strip().lower():
        return 403, "This came from a page that is not part of the workbench."
    if not site and not origin:
        return 403, "This does not say which page it came from. Send it from the workbench's page."
    return 0, ""
