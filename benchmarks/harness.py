"""Time several ways of doing one job, fairly: checked first, then in turn, a process each.

Every peer lives in a process of its own, so that none pays for another's imports, threads or
memory. Each is first compared with the reference, row by row; one that differs is named and not
timed. Then the peers take turns, for as many rounds as asked, in an order drawn anew for each: what
else the machine does meanwhile falls on all of them. A turn is one run to warm up and one that is
timed. What is printed are medians, and ratios of medians.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from random import Random
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Job:
    """What one peer does in one round.

    Attributes:
        run: what is timed.
        check: compares with the reference; returns what differs, or nothing.
        units: how many rows, profiles, bodies or calls one run handles.
    """

    run: Callable[[], Any]
    check: Callable[[], str]
    units: int


@dataclass(frozen=True)
class Workload:
    """A job with the peers that do it.

    Attributes:
        title: what is done.
        unit: what is counted: `rows`, `calls`.
        peers: for each name `module:function`; the function takes a size and returns a Job.
        ours: the peer with which the others are compared.
        rate: print units a second rather than the time of a unit.
        claims: what the project promises of these figures.
    """

    title: str
    unit: str
    peers: Mapping[str, str]
    ours: str
    rate: bool
    claims: Callable[[Mapping[str, float]], Sequence[tuple[str, float, float]]]


def time_workload(workload: Workload, size: int, rounds: int, only: Sequence[str]) -> bool:
    """Run a workload, print its table, and say whether every peer agreed with the reference.

    Args:
        workload: the job and its peers.
        size: handed to each peer.
        rounds: how often each runs.
        only: beginnings of the names of the peers to run.
    """
    print(f"\n{workload.title}, {size:,} {workload.unit}", flush=True)
    context = multiprocessing.get_context("spawn")
    waiting: dict[str, Connection] = {}
    units: dict[str, int] = {}
    processes = []
    agreed = True
    for name, where in workload.peers.items():
        if not name.startswith(tuple(only)):
            continue
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(where, size, there), daemon=True)
        process.start()
        there.close()
        processes.append(process)
        units[name], fault = _answer(here)
        if fault:
            agreed = agreed and fault.startswith("not installed")
            print(f"  {name}: {fault}", file=sys.stderr, flush=True)
        else:
            waiting[name] = here
    seconds: dict[str, list[float]] = {name: [] for name in waiting}
    order = Random(rounds)
    for _ in range(rounds):
        for name in order.sample(list(waiting), len(waiting)):
            waiting[name].send("run")
            seconds[name].append(waiting[name].recv())
    for connection in waiting.values():
        connection.send("stop")
    for process in processes:
        process.join()
    each = {name: median(found) / units[name] for name, found in seconds.items()}
    _print_table(workload, each, seconds, units)
    return agreed


def _answer(connection: Connection) -> tuple[int, str]:
    try:
        units, fault = connection.recv()
    except EOFError:
        return 0, "its process ended"
    return units, fault


def _serve(where: str, size: int, connection: Connection) -> None:
    """Set up and check one peer, then run it whenever asked."""
    module, _, function = where.partition(":")
    try:
        job: Job = getattr(import_module(module), function)(size)
        fault = job.check()
    except ImportError as error:
        connection.send((0, f"not installed: {error}"))
        return
    except Exception as error:
        connection.send((0, f"{type(error).__name__}: {error}"))
        return
    connection.send((job.units, fault))
    if fault:
        return
    while connection.recv() == "run":
        # The first run of a turn wakes cores and memory that the peer before left asleep.
        job.run()
        start = time.perf_counter()
        found = job.run()
        connection.send(time.perf_counter() - start)
        del found


def _print_table(
    workload: Workload,
    each: Mapping[str, float],
    seconds: Mapping[str, Sequence[float]],
    units: Mapping[str, int],
) -> None:
    if workload.ours not in each:
        return
    ours = each[workload.ours]
    head = f"million {workload.unit}/s" if workload.rate else "ms"
    print(f"  {'':28} {head:>16} {'best':>10} {'worst':>10} {'time, ours = 1':>15}")
    for name, unit_seconds in sorted(each.items(), key=lambda item: item[1]):
        shown = [
            _shown(workload, one) for one in (unit_seconds, *_ends(seconds[name], units[name]))
        ]
        print(
            f"  {name:28} {shown[0]:>16} {shown[1]:>10} {shown[2]:>10} {unit_seconds / ours:15.2f}"
        )
    for words, found, bound in workload.claims(each):
        print(f"  {'yes' if found >= bound else 'NO '} {words}: {found:.3g} (at least {bound:g})")


def _ends(seconds: Sequence[float], units: int) -> tuple[float, float]:
    return min(seconds) / units, max(seconds) / units


def _shown(workload: Workload, unit_seconds: float) -> str:
    return f"{1e-6 / unit_seconds:.3g}" if workload.rate else f"{unit_seconds * 1e3:.4g}"
