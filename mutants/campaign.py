"""Meeting mutants with tests, one after the other, and keeping what became of each."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import asdict, evolve, frozen

from mutants.operators import Mutant, mutants_of
from mutants.places import KEPT, ROOT, fingerprint
from mutants.reach import Reach
from mutants.running import IMPORT, KILLED, SURVIVED, Runner

RESULTS = KEPT / "results.jsonl"
UNREACHED = "no test reaches it"


@frozen
class Result:
    """What became of one mutant.

    Attributes:
        mutant: the mutant.
        became: killed, survived, timed out, broken, or no test reaches it.
        test: the test that killed it or took too long.
        ran: how many tests there were time for.
        known: how many tests reach its lines or, where it outlived those, its module.
    """

    mutant: Mutant
    became: str
    test: str
    ran: int
    known: int


def sample(modules: Iterable[Path], size: int, seed: int) -> list[Mutant]:
    """Return mutants in an order drawn from a seed: each beginning of it is a fair sample too.

    Args:
        modules: what to mutate.
        size: how many mutants at most; 0 means all.
        seed: of the draw.
    """
    every = [
        mutant
        for path in modules
        for mutant in mutants_of(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
    ]
    drawn = random.Random(seed).sample(every, len(every))
    return drawn[: size or len(drawn)]


class Campaign:
    """Decides which tests a mutant meets, and whether a test that fails is to be believed."""

    def __init__(self, runner: Runner, reach: Reach, budget: float) -> None:
        self.runner = runner
        self.reach = reach
        self.budget = budget
        self._believed: dict[tuple[str, str], bool] = {}

    def meet(self, mutant: Mutant) -> Result:
        """Run the tests of a mutant's lines, then the others of its module, the fastest first.

        As many tests are run as fit into the budget by the time that they took without it.
        """
        of_lines = [
            test
            for test in self.reach.of_lines(mutant.module, mutant.lines if mutant.function else ())
            if test in self.runner.items
        ]
        others = [
            test
            for test in self.reach.of_module(mutant.module)
            if test not in set(of_lines) and test in self.runner.items
        ]
        known, ran, left = len(of_lines) + len(others), 0, self.budget
        for tests in (of_lines, others):
            affordable = list(self._affordable(tests, left))
            left -= sum(self.reach.seconds[test] for test in affordable)
            while affordable:
                became, test = self.runner.run(affordable, mutant)
                if became == SURVIVED:
                    ran += len(affordable)
                    break
                if self._fails_without(mutant, test, affordable):
                    affordable = [one for one in affordable if one not in (test, IMPORT)]
                    if test == IMPORT:
                        break
                    continue
                return Result(mutant, became, test, ran, known)
        return Result(mutant, SURVIVED if of_lines or ran else UNREACHED, "", ran, known)

    def _affordable(self, tests: Sequence[str], left: float) -> Iterator[str]:
        for test in tests:
            if self.reach.seconds[test] <= left:
                left -= self.reach.seconds[test]
                yield test

    def _fails_without(self, mutant: Mutant, test: str, tests: Sequence[str]) -> bool:
        """Tell whether a test fails in the same way with nothing put in."""
        place = (mutant.module if test == IMPORT or not mutant.function else "", test)
        if place not in self._believed:
            alone = tests if test == IMPORT else [test]
            same = evolve(mutant, put=mutant.found)
            self._believed[place] = self.runner.run(alone, same)[0] == SURVIVED
        return not self._believed[place]


def kept(mutants: Sequence[Mutant], again: bool) -> dict[str, Result]:
    """Return earlier results for these mutants, where the module is still the same.

    Args:
        mutants: the mutants wanted.
        again: leave out those that were not killed, so that they meet the tests of today.
    """
    wanted = {mutant.key: mutant for mutant in mutants}
    hashes = {module: fingerprint([ROOT / module]) for module in {one.module for one in mutants}}
    found = {}
    for line in RESULTS.read_text("utf-8").splitlines() if RESULTS.exists() else []:
        entry = json.loads(line)
        mutant = wanted.get(entry["key"])
        if mutant and entry["source"] == hashes[mutant.module]:
            values = [entry[name] for name in ("became", "test", "ran", "known")]
            found[mutant.key] = Result(mutant, *values)
    if again:
        found = {key: result for key, result in found.items() if result.became == KILLED}
    return found


def keep(result: Result) -> None:
    """Add a result to those that are kept."""
    entry: dict[str, Any] = asdict(result)
    del entry["mutant"]
    entry["key"] = result.mutant.key
    entry["source"] = fingerprint([ROOT / result.mutant.module])
    KEPT.mkdir(exist_ok=True)
    with RESULTS.open("a", encoding="utf-8") as file:
        file.write(json.dumps(entry) + "\n")


def run(
    campaign: Campaign,
    mutants: Sequence[Mutant],
    earlier: dict[str, Result],
    more: Callable[[], bool],
    say: Callable[[str], None],
) -> list[Result]:
    """Return what became of each mutant, in order, for as long as there is time.

    Args:
        campaign: meets one mutant.
        mutants: in the order drawn.
        earlier: results by key that are not worked out again.
        more: tells whether there is time for another.
        say: prints a message.
    """
    results = []
    for number, mutant in enumerate(mutants, 1):
        if mutant.key in earlier:
            results.append(earlier[mutant.key])
            continue
        if not more():
            break
        result = campaign.meet(mutant)
        keep(result)
        results.append(result)
        if result.became != KILLED:
            say(f"{number} of {len(mutants)}: {result.became}: {mutant.key}")
    return results
