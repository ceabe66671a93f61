"""How quick are the workbench's pages, and do they stand many readers?

    python -m benchmarks.pages                      each page, timed in the process itself
    python -m benchmarks.pages --readers 50         many readers over the network, for a minute

Run it from the environment that `make setup` makes. A page is asked for first, which fills what is
kept, then again and again; an edit has another value every time, so that nothing of it is kept.
Readers ask this machine alone, for a minute unless told otherwise; it fails on an answer that is an
error, and on memory that still grows in the second half of the time.
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
MOST_READERS, MOST_SECONDS, MOST_ANSWERS = 200, 600, 100_000
TOO_LONG = 60
STEADY = 1.1
"""How much the memory may grow in the second half of the time."""


def main() -> int:
    """Time the pages, or let many readers read; exit 1 if an answer was an error."""
    parser = argparse.ArgumentParser(prog="benchmarks.pages", description="The workbench's pages.")
    parser.add_argument("--rounds", type=int, default=15, help="times that a page is asked for")
    parser.add_argument("--readers", type=int, default=0, help="how many read at the same time")
    parser.add_argument("--seconds", type=int, default=60, help="how long they read")
    options = parser.parse_args()
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    if not (0 <= options.readers <= MOST_READERS and 1 <= options.seconds <= MOST_SECONDS):
        parser.error(f"at most {MOST_READERS} readers, and {MOST_SECONDS} seconds")
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
    """Let many readers read for a while; print answers, errors, waits, and the server's memory.

    Most of what they ask for is new: an edit or a body that nobody asked for before.
    """
    command = [sys.executable, "-m", "assurance_core", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        root = server.stderr.readline().split()[4].rstrip("/")
        names = bodies()
        answers: Counter[str] = Counter()
        waits: list[float] = []
        memory: list[int] = []
        until = time.monotonic() + seconds

        def read(number: int) -> None:
            for step in range(MOST_ANSWERS // readers):
                if time.monotonic() >= until:
                    return
                start = time.monotonic()
                try:
                    address = root + asked(number + readers * step, names)
                    with urllib.request.urlopen(address, timeout=TOO_LONG) as answer:
                        answer.read()
                        answers[str(answer.status)] += 1
                except OSError as error:
                    answers[str(error)] += 1
                waits.append(time.monotonic() - start)

        threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            memory.append(resident(server.pid))
            time.sleep(max(seconds / 12, 1))
        work = processor_seconds(server.pid)
        server.terminate()
    total = sum(answers.values())
    print(f"{readers} readers, {seconds} s: {total} answers, {total / seconds:.0f} a second")
    print("answers: " + ", ".join(f"{number} × {what}" for what, number in answers.items()))
    print(f"seconds that a reader waited: median {statistics.median(waits):.1f}, {max(waits):.1f}")
    print(f"milliseconds of the processor for an answer: {1000 * work / max(total, 1):.0f}")
    print("memory of the server in MB: " + ", ".join(str(one) for one in memory))
    steady = max(memory) <= STEADY * max(memory[: len(memory) // 2 + 1])
    print(f"memory steady in the second half: {'yes' if steady else 'no'}")
    return int(not steady or any(what != "200" for what in answers))


def bodies() -> list[str]:
    """Return the names of the bundled councils."""
    from assurance_core import load_plugins, read_dataset_table

    registry = load_plugins(["cqc_la"])
    table = read_dataset_table(registry.dataset("cqc-la"), registry.framework("cqc-la"))
    return sorted({one.body.name for one in table.assessments})


def asked(number: int, names: list[str]) -> str:
    """Return an address: of a comparison or an edit that is new, of a body, or of another page."""
    edit = quote(f"overall.band.outstanding={64 + number % 2400 / 100}")
    return (
        f"{COMPARE.format(data='cqc-la')}single-word&set={edit}",
        f"/edit?design=cqc-la%2Fsingle-word&data=cqc-la&set={edit}",
        f"/body?data=cqc-la&body={quote(names[number % len(names)])}",
        f"{COMPARE.format(data='cqc-la')}report-card",
        f"{COMPARE.format(data='cqc-la')}with-limiters&set={edit}",
        ("/designs/cqc-la/single-word", "/data/cqc-la", "/static/workbench.css")[number % 3],
    )[number % 6]


def processor_seconds(process: int) -> float:
    """Return how long a process has worked; 0 where the system does not say."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0
    fields = stat.read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(process: int) -> int:
    """Return how much memory a process holds, in megabytes; 0 where the system does not say."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return 0
    lines = (line.split() for line in status.read_text("utf-8").splitlines())
    return next((int(line[1]) // 1024 for line in lines if line[0] == "VmRSS:"), 0)


if __name__ == "__main__":
    raise SystemExit(main())
