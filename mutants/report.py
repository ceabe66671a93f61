"""What a run of mutants found, as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from mutants.campaign import Result
from mutants.places import ROOT
from mutants.running import KILLED, TIMED_OUT


def summary(results: Sequence[Result]) -> Iterator[str]:
    """Give one line for each package and one for all.

    A mutant counts as noticed if a test failed, or took more than ten times as long as it should;
    one that no test reaches counts as not noticed.
    """
    packages = sorted({_package(result) for result in results})
    for package in [*packages, "all"]:
        chosen = [one for one in results if package in ("all", _package(one))]
        became = Counter(one.became for one in chosen)
        noticed = became[KILLED] + became[TIMED_OUT]
        rest = ", ".join(f"{count} {name}" for name, count in sorted(became.items()))
        percent = 100 * noticed / max(len(chosen), 1)
        yield f"{package}: {noticed} of {len(chosen)} noticed ({percent:.1f} %): {rest}"


def unnoticed(results: Sequence[Result]) -> Iterator[str]:
    """Give, for each mutant that was not killed, its place, what became of it and its diff."""
    left = [one for one in results if one.became != KILLED]
    for result in sorted(
        left, key=lambda one: (one.mutant.module, one.mutant.line, one.mutant.put)
    ):
        mutant = result.mutant
        told = (
            f" by {result.test}" if result.test else f", {result.ran} of {result.known} tests run"
        )
        yield f"{mutant.module}:{mutant.line}: {mutant.operator}: {result.became}{told}"
        yield from diff(result)


def diff(result: Result) -> Iterator[str]:
    """Give the lines that the mutant changes, before and after."""
    mutant = result.mutant
    source = (ROOT / mutant.module).read_text("utf-8")
    part = slice(mutant.line - 1, mutant.end)
    before, after = (text.splitlines()[part] for text in (source, mutant.apply(source)))
    yield from (f"    - {line.strip()}" for line in before)
    yield from (f"    + {line.strip()}" for line in after if line.strip())


def _package(result: Result) -> str:
    return result.mutant.module.split("/")[2]
