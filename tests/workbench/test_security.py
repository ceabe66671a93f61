"""What is refused, and what every answer says to the browser."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from assurance_core import load_plugins
from assurance_core.workbench.app import make_app
from assurance_core.workbench.security import HEADERS
from tests.workbench.test_upload import GOOD, send


@pytest.mark.parametrize(
    "address", ["/compare?data=cqc-la", "/nowhere", "/static/workbench.css", "/data/cqc-la.csv"]
)
def test_every_answer_carries_the_policy(client: TestClient, address: str) -> None:
    """Pages, errors, files and the stylesheet alike."""
    headers = client.get(address).headers
    assert HEADERS == {name: headers.get(name, "") for name in HEADERS}
    assert "script-src" not in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil"])
def test_a_name_that_somebody_points_at_this_machine_is_refused(
    client: TestClient, host: str
) -> None:
    """Otherwise a page elsewhere could read the workbench through its reader's browser."""
    answer = client.get("/compare", headers={"host": host})
    assert 421 == answer.status_code
    assert "use the address that it printed" in answer.text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:1"])
def test_the_names_of_this_machine_are_taken(client: TestClient, host: str) -> None:
    assert 200 == client.get("/upload", headers={"host": host}).status_code


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:9999"},
        {"origin": "http://localhost", "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {},
    ],
)
def test_what_another_page_sends_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    """Only the workbench's own page may send a form."""
    answer = send(client, GOOD, headers=headers)
    assert 403 == answer.status_code
    assert "<h1>Forbidden</h1>" in answer.text


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_nothing_else_can_be_done(client: TestClient, method: str) -> None:
    own: dict[str, Any] = {"headers": {"origin": "http://localhost"}}
    assert 405 == getattr(client, method)("/compare", **own).status_code


@pytest.mark.parametrize(
    "address",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/data/../../etc/passwd",
        "/data/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/data/%2Fetc%2Fpasswd",
        "/designs/%2Fetc%2Fpasswd.json",
        "/designs/file.yaml",
        "/compare?data=%2Fetc%2Fpasswd",
        "/compare?data=plugins%2Fcqc_la%2Fdata%2Fpublished.csv",
        "/compare?data=cqc-la&a=plugins%2Fcqc_la%2Fdesigns%2Fsingle-word.yaml",
    ],
)
def test_no_address_leads_to_a_file(client: TestClient, address: str) -> None:
    """Data and designs go by their ids alone: no file is opened by a name that was sent."""
    answer = client.get(address)
    assert answer.status_code in (400, 404)
    assert "root:" not in answer.text


def test_a_workbench_for_others_takes_the_name_it_is_called_by() -> None:
    """With --host, whoever starts it has decided who may reach it."""
    app = make_app(load_plugins(["cqc_la"]), hosts=())
    shared = TestClient(app, base_url="http://policy-server:8000")
    assert 200 == shared.get("/upload").status_code


def test_a_fault_of_our_own_is_a_page_without_its_details(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The terminal says what happened; the page says where to look."""
    from assurance_core.workbench import app as module

    def crash(*_: Any) -> Any:
        raise RuntimeError("secret detail")

    monkeypatch.setitem(module.PAGES, "/compare", crash)
    broken = TestClient(
        make_app(load_plugins(["cqc_la"])),
        base_url="http://localhost",
        raise_server_exceptions=False,
    )
    answer = broken.get("/compare")
    assert 500 == answer.status_code
    assert "please report it" in answer.text
    assert "secret detail" not in answer.text
    assert "secret detail" in caplog.text
    assert HEADERS["X-Frame-Options"] == answer.headers["x-frame-options"]
