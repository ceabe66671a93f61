"""Run the benchmarks: python -m benchmarks [w1 … w5] [--quick] [--rounds N] [--only PEER]."""

from __future__ import annotations

import argparse
import os
import platform
from importlib import import_module

WORKLOADS = {"w1": "w1_bulk", "w2": "w2_explain", "w3": "w3_space", "w4": "w4_noise"}
FILES = "w5"
"""A job on files: its processes are timed from outside."""


def main() -> int:
    """Run what is asked for; exit 1 if some peer disagrees with the reference."""
    from benchmarks.harness import time_workload

    parser = argparse.ArgumentParser(prog="benchmarks", description="Speed, side by side.")
    parser.add_argument(
        "workload", nargs="*", choices=[[], *WORKLOADS, FILES], help="all unless given"
    )
    parser.add_argument("--quick", action="store_true", help="smaller, with three rounds")
    parser.add_argument("--rounds", type=int, default=0, help="runs of each peer")
    parser.add_argument("--only", action="append", help="a peer, by the start of its name")
    options = parser.parse_args()
    rounds = options.rounds or (3 if options.quick else 7)
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    agreed = True
    for name in options.workload or (*WORKLOADS, FILES):
        if name == FILES:
            from benchmarks.w5_files import time_files

            agreed = time_files(options.quick, min(rounds, 3), options.only or [""]) and agreed
            continue
        module = import_module(f"benchmarks.{WORKLOADS[name]}")
        size = module.QUICK if options.quick else module.SIZE
        agreed = time_workload(module.WORKLOAD, size, rounds, options.only or [""]) and agreed
    return 0 if agreed else 1


if __name__ == "__main__":
    raise SystemExit(main())
