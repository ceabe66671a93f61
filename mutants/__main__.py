"""Put small faults into the rules, the engine and the laboratory, and see which tests notice.

python -m mutants [lab] [rules/band] [--sample 300] [--seed 1] [--minutes 30] [--again]
"""

from __future__ import annotations

import argparse
import os
import sys
import time


def main() -> int:
    """Run a sample of mutants; exit 1 if fewer than nine in ten were noticed."""
    parser = argparse.ArgumentParser(prog="mutants", description="Mutation testing.")
    parser.add_argument("modules", nargs="*", help="rules, engine, lab, or one as rules/band")
    parser.add_argument("--sample", type=int, default=300, help="how many mutants; 0 means all")
    parser.add_argument("--seed", type=int, default=1, help="of the draw")
    parser.add_argument("--minutes", type=float, default=0.0, help="stop after this long")
    parser.add_argument(
        "--budget", type=float, default=30.0, help="seconds of tests for a mutant that survives"
    )
    parser.add_argument("--again", action="store_true", help="run what was not killed once more")
    options = parser.parse_args()
    if not hasattr(os, "fork"):
        parser.error("this needs a system that can fork a process, such as Linux or macOS")
    # Before pytest and numpy start.
    os.environ["HYPOTHESIS_PROFILE"] = "mutants"
    os.environ["OPENBLAS_NUM_THREADS"] = "1"

    import pytest

    from mutants import campaign, report
    from mutants.places import sources, test_paths
    from mutants.reach import ARGUMENTS, Reach, measure
    from mutants.running import Runner

    class Plugin:
        """Takes over once pytest has collected the tests."""

        def __init__(self, reach: Reach) -> None:
            self.reach = reach
            self.results: list[campaign.Result] = []

        def pytest_runtestloop(self, session: pytest.Session) -> bool:
            begun = time.monotonic()
            limit = 60 * options.minutes
            runner = Runner(session.items, self.reach.seconds)
            runner.warm(self.reach.elsewhere())
            self.results = campaign.run(
                campaign.Campaign(runner, self.reach, options.budget),
                drawn,
                earlier,
                lambda: not limit or time.monotonic() - begun < limit,
                say,
            )
            return True

    drawn = campaign.sample(sources(options.modules), options.sample, options.seed)
    earlier = campaign.kept(drawn, options.again)
    plugin = Plugin(measure(say))
    pytest.main([*ARGUMENTS, "-s", *map(str, test_paths())], plugins=[plugin])
    for line in (*report.unnoticed(plugin.results), "", *report.summary(plugin.results)):
        print(line)
    noticed = [one for one in plugin.results if one.became in ("killed", "timed out")]
    return 0 if plugin.results and len(noticed) >= 0.9 * len(plugin.results) else 1


def say(message: str) -> None:
    """Print a message on standard error."""
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
