"""Whatever is asked, the workbench answers: no route ever fails by itself."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from assurance_core.workbench.app import FORMS, NAMED_PAGES, PAGES
from tests.workbench.conftest import OWN

KEYS = (
    "data",
    "a",
    "b",
    "set",
    "remove",
    "crosswalk",
    "body",
    "date",
    "design",
    "framework",
    "include",
    "left",
    "edited",
    "anew",
    "cap",
)
KNOWN = (
    "cqc-la",
    "ofsted-ilacs",
    "cqc-la/single-word",
    "cqc-la/report-card",
    "cqc-la/outstanding-from-80",
    "ofsted-style/report-card",
    "ofsted-style/from-cqc-la",
    "Camden",
    "Swindon",
    "indicative",
    "undated",
    "2025-02-28",
    "2025",
    "overall.band.outstanding=80",
    "overall.band.outstanding=-1",
    "overall.band.outstanding=[1,2]",
    "overall.band.outstanding=1e400",
    "overall.band.outstanding=!!python/object:x {}",
    "overall.round.to=0",
    "overall.round=5",
    "judgements=null",
    "publishes.headline=nothing",
    "format=x",
    "framework=ofsted-ilacs",
    "overall.band",
    "overall.percent_of_maximum",
    "<script>alert(1)</script>",
    "\0",
)
values = st.one_of(st.sampled_from(KNOWN), st.text(max_size=30))
queries = st.lists(st.tuples(st.sampled_from(KEYS), values), max_size=6)
paths = st.one_of(
    st.sampled_from(sorted(PAGES)),
    st.tuples(st.sampled_from(sorted(PAGES)), st.sampled_from(FORMS)).map(".".join),
    st.tuples(st.sampled_from(sorted(NAMED_PAGES)), values).map(
        lambda pair: f"{pair[0]}/{quote(pair[1])}"
    ),
    st.tuples(st.sampled_from(sorted(NAMED_PAGES)), values, st.sampled_from(FORMS)).map(
        lambda parts: f"{parts[0]}/{quote(parts[1])}.{parts[2]}"
    ),
    st.text(max_size=20).map(lambda text: "/" + quote(text)),
)
SLOW = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)


def fine(answer: Any) -> bool:
    """Say whether an answer is none of our own failures."""
    return bool(answer.status_code in (200, 303, 307, 400, 404, 405, 413, 421, 422, 403))


@settings(max_examples=300, deadline=None, suppress_health_check=SLOW)
@given(path=paths, query=queries)
def test_every_address_has_an_answer(
    client: TestClient, path: str, query: list[tuple[str, str]]
) -> None:
    """Any path with any query: a page, or what is wrong with the address; never a failure."""
    address = f"{path}?{urlencode(query, errors='surrogatepass')}" if query else path
    answer = client.get(address)
    assert fine(answer), (address, answer.status_code)
    for _ in range(3):
        if answer.status_code == 303:
            answer = client.get(answer.headers["location"])
            assert fine(answer), address
    assert 303 != answer.status_code, f"{address} leads in a circle"
    assert "<script" not in answer.text


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(
    content=st.one_of(
        st.binary(max_size=400),
        st.lists(st.lists(values, max_size=5).map(",".join), max_size=5).map(
            lambda rows: "\n".join(["body,safeguarding", *rows]).encode("utf-8", "replace")
        ),
    ),
    name=st.text(max_size=20),
    framework=values,
    kind=st.sampled_from(
        ["multipart/form-data; boundary=b", "multipart/form-data", "text/plain", ""]
    ),
    whole=st.booleans(),
)
def test_every_upload_has_an_answer(
    client: TestClient, content: bytes, name: str, framework: str, kind: str, whole: bool
) -> None:
    """Any bytes under any name, in a form that is whole or not."""
    if whole:
        files = {"file": (name, content, "text/csv")}
        answer = client.post("/upload", files=files, data={"framework": framework}, headers=OWN)
    else:
        answer = client.post("/upload", content=content, headers={**OWN, "content-type": kind})
    assert fine(answer), answer.status_code
