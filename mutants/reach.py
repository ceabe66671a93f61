"""Which tests reach which line, and how long each takes: every test run once under coverage.

A line that is run while a fixture is set up is reached by every test that uses the fixture, not
only by the first. What a test helper works out once and keeps is reached by the first test alone;
for that reason a mutant which survives the tests of its line meets the other tests of its module.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import coverage
import pytest
from attrs import frozen

from mutants.places import KEPT, PACKAGES, ROOT, SOURCE, fingerprint, helpers, test_paths

RECORD = KEPT / "reach.json"
FIXTURE = "fixture "
ARGUMENTS = ["-q", "-p", "no:cacheprovider", "-m", "not slow", "--rootdir", str(ROOT)]


@frozen
class Reach:
    """What the tests reach.

    Attributes:
        seconds: how long each test took, by its id; only tests that passed.
        cold: the same, with what it takes to set up the fixtures that it shares with others.
        lines: for each module, by its path from the top, the ids of the tests that run a line.
    """

    seconds: Mapping[str, float]
    cold: Mapping[str, float]
    lines: Mapping[str, Mapping[int, frozenset[str]]]

    def of_lines(self, module: str, lines: Iterable[int]) -> list[str]:
        """Return the tests that run one of these lines: its package's first, the fastest first."""
        known = self.lines.get(module, {})
        return self._sorted(
            frozenset().union(*(known.get(line, frozenset()) for line in lines)), module
        )

    def of_module(self, module: str) -> list[str]:
        """Return the tests that run any line of a module, and the laws, in the same order.

        A law may ask a value that an earlier test has made already, and so run no line of its own.
        """
        laws = frozenset(test for test in self.seconds if test.startswith("tests/laws/"))
        return self._sorted(laws.union(*self.lines.get(module, {}).values()), module)

    def _sorted(self, tests: Iterable[str], module: str = "") -> list[str]:
        def place(test: str) -> tuple[bool, float, str]:
            near = bool(module) and test.startswith((f"tests/{module.split('/')[2]}/", module))
            return not near, self.cold[test], test

        return sorted(tests, key=place)

    def elsewhere(self) -> list[str]:
        """Return the tests of those files in which no test runs a line of any module."""
        every = (tests for of in self.lines.values() for tests in of.values())
        reached: frozenset[str] = frozenset().union(*every)
        files = {test.split("::")[0] for test in reached}
        return self._sorted(test for test in self.seconds if test.split("::")[0] not in files)


def _spent() -> float:
    """Return the seconds of work done so far, here and in processes that have ended.

    What others do on the machine meanwhile makes a test no dearer.
    """
    return sum(os.times()[:4])


class _Recorder:
    """A pytest plugin that switches the context of coverage as tests and fixtures begin and end."""

    def __init__(self) -> None:
        self.coverage = coverage.Coverage(
            data_file=None,
            config_file=False,
            include=[str(SOURCE / package / "**") for package in PACKAGES],
        )
        self.tests: dict[str, dict[str, Any]] = {}
        self.fixtures: dict[str, float] = {}
        self._context = ""

    def _switch(self, context: str) -> str:
        before, self._context = self._context, context
        self.coverage.switch_context(context)
        return before

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        fixtures = [FIXTURE + name for name in getattr(item, "fixturenames", ())]
        self.tests[item.nodeid] = {"seconds": 0.0, "passed": True, "fixtures": fixtures}
        self._switch(item.nodeid)
        begun = _spent()
        try:
            return (yield)
        finally:
            self.tests[item.nodeid]["seconds"] = _spent() - begun
            self._switch("")

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Generator[None, Any, Any]:
        if fixturedef.scope == "function":
            return (yield)
        name = FIXTURE + fixturedef.argname
        before = self._switch(name)
        begun = _spent()
        try:
            return (yield)
        finally:
            seconds = _spent() - begun
            self.fixtures[name] = max(seconds, self.fixtures.get(name, 0.0))
            self._switch(before)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.outcome != "passed":
            self.tests[report.nodeid]["passed"] = False

    def record(self) -> dict[str, Any]:
        data = self.coverage.get_data()
        lines = {
            Path(path).relative_to(ROOT).as_posix(): {
                line: [context for context in contexts if context]
                for line, contexts in data.contexts_by_lineno(path).items()
            }
            for path in data.measured_files()
        }
        return {"tests": self.tests, "lines": lines}


def measure(say: Callable[[str], None]) -> Reach:
    """Return what the tests reach, from the record where nothing has changed since.

    A change in `src/` or a plugin makes all tests run anew, a change in one file of tests only that
    file, and a change in what some of them share only those.

    Args:
        say: prints a message.

    Raises:
        SystemExit: the tests cannot be collected.
    """
    tests = test_paths()
    code = [path for top in ("src", "plugins") for path in (ROOT / top).rglob("*.py")]
    shared = [path for path in code if not path.name.startswith("test_")]
    shared += (ROOT / "plugins").rglob("*.yaml")
    now = {"src": fingerprint(shared)} | {
        path.relative_to(ROOT).as_posix(): fingerprint([path, *helpers(path)]) for path in tests[1:]
    }
    old = json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else {"files": {}, "parts": {}}
    if old["files"].get("src") != now["src"]:
        old = {"files": {}, "parts": {}}
    done = {name: hashed for name, hashed in now.items() if old["files"].get(name) == hashed}
    parts = {name: part for name, part in old["parts"].items() if name in done}
    stale = [name for name in now if name not in done]
    if stale:
        say(f"running {len(stale)} files of tests under coverage, to see which lines they reach")
    KEPT.mkdir(exist_ok=True)
    for _, group in groupby(stale, key=lambda name: name.rpartition("/")[0]):
        names = list(group)
        _run(names, parts)
        # After each folder, so that whoever stops here does not begin again.
        done |= {name: now[name] for name in names}
        RECORD.write_text(json.dumps({"files": done, "parts": parts}), "utf-8")
    return _joined(parts.values())


def _run(files: Sequence[str], parts: dict[str, Any]) -> None:
    """Run files of tests and add what each reached."""
    recorder = _Recorder()
    recorder.coverage.start()
    code = pytest.main([*ARGUMENTS, *(str(ROOT / name) for name in files)], plugins=[recorder])
    recorder.coverage.stop()
    ended = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED)
    if code not in ended:
        raise SystemExit(f"mutants: pytest ended with {code!r}")
    record = recorder.record()
    for name in files:
        tests = {
            test: entry
            for test, entry in record["tests"].items()
            if test.split("::")[0] == name or (name == "src" and test.startswith("src/"))
        }
        contexts = {*tests, *(one for entry in tests.values() for one in entry["fixtures"])}
        lines = {
            path: {line: kept for line, found in of.items() if (kept := [*contexts & set(found)])}
            for path, of in record["lines"].items()
        }
        fixtures = {one: recorder.fixtures[one] for one in contexts & set(recorder.fixtures)}
        parts[name] = {"tests": tests, "fixtures": fixtures, "lines": lines}


def _joined(parts: Iterable[Mapping[str, Any]]) -> Reach:
    seconds: dict[str, float] = {}
    cold: dict[str, float] = {}
    lines: dict[str, dict[int, set[str]]] = {}
    for part in parts:
        passed = {test: entry for test, entry in part["tests"].items() if entry["passed"]}
        users: dict[str, set[str]] = {test: {test} for test in passed}
        for test, entry in passed.items():
            seconds[test] = entry["seconds"]
            set_up = [part["fixtures"].get(fixture, 0.0) for fixture in entry["fixtures"]]
            cold[test] = entry["seconds"] + sum(set_up)
            for fixture in entry["fixtures"]:
                users.setdefault(fixture, set()).add(test)
        for path, of in part["lines"].items():
            for line, contexts in of.items():
                found = lines.setdefault(path, {}).setdefault(int(line), set())
                found.update(*(users.get(context, set()) for context in contexts))
    frozen_lines = {
        path: {line: frozenset(tests) for line, tests in of.items() if tests}
        for path, of in lines.items()
    }
    return Reach(seconds, cold, frozen_lines)
