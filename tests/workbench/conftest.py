"""The workbench without a network: requests go straight to the application."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from assurance_core import load_plugins
from assurance_core.workbench.app import make_app

OWN = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
"""What a browser says when a page of the workbench sends a form."""


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """A browser of sorts, which follows no redirect by itself."""
    app = make_app(load_plugins(["cqc_la", "ofsted_ilacs"]))
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as made:
        yield made
