"""How quick are the workbench's pages, and do they stand many readers?

    python -m benchmarks.pages                      each page, timed in the process itself
    python -m benchmarks.pages --readers 50         many readers over the network, for a minute

Run it from the environment that `make setup` makes. A page is asked for first, which fills what is
kept, then again and again; an edit has another value every time, so that nothing of it is kept.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from itertools import count
from pathlib import Path
from urllib.parse import quote

COMPARE = "/compare?data={data}&a=cqc-la%2Fsingle-word&b=cqc-la%2F"
STATEMENTS = 9


def main() -> int:
    """Time the pages, or let many readers read; exit 1 if an answer was an error."""
    parser = argparse.ArgumentParser(prog="benchmarks.pages", description="The workbench's pages.")
    parser.add_argument("--rounds", type=int, default=15, help="times that a page is asked for")
    parser.add_argument("--readers", type=int, default=0, help="how many read at the same time")
    parser.add_argument("--seconds", type=int, default=60, help="how long they read")
    options = parser.parse_args()
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    if options.readers:
        return read_together(options.readers, options.seconds)
    return time_pages(options.rounds)


def councils(number: int) -> bytes:
    """Return a table of as many councils as there are, with every score known."""
    from assurance_core import load_plugins

    version = load_plugins(["cqc_la"]).framework("cqc-la").versions[-1]
    ids = [one.id for one in version.statements]
    rows = [",".join(["body", *ids])]
    for body in range(number):
        scores = [str(1 + (body * 7 + place * (body % 5 + 1)) % 4) for place in range(STATEMENTS)]
        rows.append(",".join([f"Council {body + 1}", *scores]))
    return "\n".join(rows).encode()


def time_pages(rounds: int) -> int:
    """Print how long each page takes on the server, without a network."""
    from starlette.testclient import TestClient

    from assurance_core import load_plugins
    from assurance_core.workbench.app import make_app

    client = TestClient(make_app(load_plugins()), base_url="http://localhost")
    sent = client.post(
        "/upload",
        files={"file": ("councils.csv", councils(153), "text/csv")},
        data={"framework": "cqc-la"},
        headers={"origin": "http://localhost"},
        follow_redirects=False,
    )
    upload = sent.headers["location"].partition("data=")[2].partition("&")[0]
    edits = (f"&set={quote(f'overall.band.outstanding={value}')}" for value in range(64, 88))
    bodies = (f"Council {number}" for number in count(1))
    body = "/body?data={data}&body={body}&a=cqc-la%2Fsingle-word&b=cqc-la%2Freport-card"
    edit = "/edit?design=cqc-la%2Fsingle-word"
    pages = {
        "compare, 153 councils": lambda: COMPARE.format(data=upload) + "report-card",
        "compare, 153 councils, a new edit": lambda: (
            COMPARE.format(data=upload) + "single-word" + next(edits)
        ),
        "the same as JSON, a new edit": lambda: (
            COMPARE.format(data=upload).replace("?", ".json?", 1) + "single-word" + next(edits)
        ),
        "compare, published councils": lambda: COMPARE.format(data="cqc-la") + "report-card",
        "editor, a new edit": lambda: f"{edit}&data={upload}{next(edits)}",
        "a body, for the first time": lambda: body.format(data=upload, body=quote(next(bodies))),
        "a body again": lambda: body.format(data=upload, body="Council%201"),
        "a design": lambda: "/designs/cqc-la/single-word",
        "designs": lambda: "/designs",
        "data": lambda: "/data/cqc-la",
        "scorecard": lambda: "/scorecard?data=cqc-la&design=cqc-la%2Fsingle-word",
    }
    wrong = 0
    print("Milliseconds on the server: what the processor did, and what passed by the clock.")
    print(f"{'':36}{'processor':>24}{'clock':>24}")
    print(f"{'':36}" + f"{'first':>8}{'median':>8}{'most':>8}" * 2)
    for name, address in pages.items():
        worked: list[float] = []
        passed: list[float] = []
        tries = min(rounds, 7) if "edit" in name else rounds
        for _ in range(tries + 1):
            wanted = address()
            work, start = time.process_time(), time.perf_counter()
            answer = client.get(wanted)
            worked.append((time.process_time() - work) * 1000)
            passed.append((time.perf_counter() - start) * 1000)
            wrong += answer.status_code != 200
        print(f"{name:36}{_figures(worked)}{_figures(passed)}")
    if wrong:
        print(f"{wrong} answers were errors", file=sys.stderr)
    return int(wrong > 0)


def _figures(times: list[float]) -> str:
    """Return the first of some times, and the median and the most of the others."""
    first, *rest = times
    return f"{first:8.1f}{statistics.median(rest):8.1f}{max(rest):8.1f}"


def read_together(readers: int, seconds: int) -> int:
    """Let many readers read for a while; print answers, errors, and the server's memory."""
    command = [sys.executable, "-m", "assurance_core", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        root = server.stderr.readline().split()[4].rstrip("/")
        paths = [
            COMPARE.format(data="cqc-la") + "report-card",
            *(
                f"{COMPARE.format(data='cqc-la')}single-word"
                f"&set={quote(f'overall.band.outstanding={value}')}"
                for value in range(64, 88)
            ),
            "/body?data=cqc-la&body=Camden",
            "/designs/cqc-la/single-word",
            "/data/cqc-la",
            "/static/workbench.css",
        ]
        answers: Counter[str] = Counter()
        memory: list[int] = []
        until = time.monotonic() + seconds

        def read(number: int) -> None:
            for step in count(number):
                if time.monotonic() >= until:
                    return
                try:
                    with urllib.request.urlopen(root + paths[step % len(paths)]) as answer:
                        answer.read()
                        answers[str(answer.status)] += 1
                except OSError as error:
                    answers[str(error)] += 1

        threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
        for thread in threads:
            thread.start()
        while time.monotonic() < until:
            time.sleep(max(seconds / 12, 1))
            memory.append(resident(server.pid))
        for thread in threads:
            thread.join()
        server.terminate()
    total = sum(answers.values())
    print(f"{readers} readers, {seconds} s: {total} answers, {total / seconds:.0f} a second")
    print("answers: " + ", ".join(f"{number} × {what}" for what, number in answers.items()))
    print("memory of the server in MB: " + ", ".join(str(one) for one in memory))
    return int(any(what != "200" for what in answers))


def resident(process: int) -> int:
    """Return how much memory a process holds, in megabytes; 0 where the system does not say."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return 0
    lines = (line.split() for line in status.read_text("utf-8").splitlines())
    return next((int(line[1]) // 1024 for line in lines if line[0] == "VmRSS:"), 0)


if __name__ == "__main__":
    raise SystemExit(main())
