"""Running tests against one mutant, in a process of its own.

pytest starts once, collects all tests and imports every module. For each mutant it then forks; the
child exchanges the code of the mutated function, wherever the function object has got to by then,
and runs the chosen tests until one fails. What stands outside functions is worked out on import, so
such a mutant gets a new process, which imports the mutated module in place of the real one.
"""

from __future__ import annotations

import gc
import importlib
import importlib.machinery
import json
import os
import resource
import signal
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

from mutants.operators import Mutant
from mutants.places import ROOT, SOURCE, sources
from mutants.reach import ARGUMENTS

SURVIVED, KILLED, TIMED_OUT, BROKEN = "survived", "killed", "timed out", "broken"

# A test may do this many times as much work as it did, and this many seconds of it besides; where
# others use the machine, or it only waits, it may take this many times as long as that.
TIMES, SECONDS, PATIENCE = 10, 20, 15
MEMORY = 4 << 30

# Stands for a test where importing the module, or collecting the tests, did not get through.
IMPORT = "(import)"

_EXITS = {0: SURVIVED, 1: KILLED, 2: BROKEN}
_Place = tuple[str, str]


class Runner:
    """Runs chosen tests, by their ids, with a mutant in place or without one."""

    def __init__(self, items: Sequence[pytest.Item], seconds: Mapping[str, float]) -> None:
        self.items = {item.nodeid: item for item in items}
        self.seconds = seconds
        self._failed = False
        if items:
            items[0].config.pluginmanager.register(self)
        for path in sources():
            importlib.import_module(_name(path))
        self._functions: dict[_Place, list[FunctionType]] = {}
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and one.__code__.co_filename.startswith(str(SOURCE)):
                place = (one.__code__.co_filename, one.__code__.co_qualname)
                self._functions.setdefault(place, []).append(one)

    def run(self, tests: Sequence[str], mutant: Mutant | None) -> tuple[str, str]:
        """Return what became of a mutant, and the last test that ran.

        Args:
            tests: the ids of tests, in the order in which they are to run.
            mutant: what to put in place; none leaves the code as it is.
        """
        if mutant and self._place(mutant) not in self._functions:
            return self.run_anew(tests, mutant)
        became, last = self._run_forked(tests, mutant)
        return self.run_anew(tests, mutant) if mutant and became == BROKEN else (became, last)

    def _run_forked(self, tests: Sequence[str], mutant: Mutant | None) -> tuple[str, str]:
        reading, writing = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            child = os.fork()
        if not child:
            os.close(reading)
            self._child(tests, mutant, writing)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            ran = pipe.read().splitlines()
        _, status = os.waitpid(child, 0)
        return _became(os.waitstatus_to_exitcode(status)), ran[-1] if ran else ""

    def _place(self, mutant: Mutant) -> _Place:
        return str(ROOT / mutant.module), mutant.function

    def _child(self, tests: Sequence[str], mutant: Mutant | None, writing: int) -> None:
        code = 2
        try:
            nothing = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nothing, stream)
            if mutant is None or self.exchange(mutant):
                code = self.run_here(tests, lambda test: os.write(writing, f"{test}\n".encode()))
        finally:
            os._exit(code)

    def exchange(self, mutant: Mutant) -> bool:
        """Put the code of the mutated function into every object of that function."""
        path = str(ROOT / mutant.module)
        tree = compile(mutant.apply(Path(path).read_text("utf-8")), path, "exec")
        codes = {code.co_firstlineno: code for code in _codes(tree, mutant.function)}
        for function in self._functions[self._place(mutant)]:
            code = codes.get(function.__code__.co_firstlineno)
            if code is None or code.co_freevars != function.__code__.co_freevars:
                return False
            function.__code__ = code
        return True

    def run_here(self, tests: Sequence[str], tell: Callable[[str], Any]) -> int:
        """Run tests in this process until one fails; return the code to exit with."""
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        items = [self.items[test] for test in tests]
        for item, following in zip(items, [*items[1:], None], strict=True):
            tell(item.nodeid)
            _allow(int(TIMES * self.seconds[item.nodeid]) + SECONDS)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self._failed:
                return 1
        return 0

    def warm(self, tests: Sequence[str]) -> None:
        """Run tests that no mutant can touch, so that each child finds loaded what they load.

        Of each file the test with the most fixtures is run.
        """
        chosen: dict[str, pytest.Item] = {}
        for item in (self.items[test] for test in tests if test in self.items):
            before = chosen.get(item.nodeid.split("::")[0])
            if before is None or len(_fixtures(item)) > len(_fixtures(before)):
                chosen[item.nodeid.split("::")[0]] = item
        for item in chosen.values():
            # What follows is any test of the session: only what all of it shares is kept.
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=item.session)
        self._failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note that a test failed; pytest calls this."""
        self._failed = self._failed or report.failed

    def run_anew(self, tests: Sequence[str], mutant: Mutant) -> tuple[str, str]:
        """Return the same as `run`, from a new process that imports the mutated module."""
        given = {
            "path": str(ROOT / mutant.module),
            "source": mutant.apply(_read(mutant)),
            "tests": {test: self.seconds[test] for test in tests},
        }
        command = [sys.executable, "-m", "mutants.running"]
        done = subprocess.run(
            command,
            input=json.dumps(given),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        ran = done.stdout.splitlines()
        return _became(done.returncode), ran[-1] if ran else IMPORT


def _fixtures(item: pytest.Item) -> Sequence[str]:
    return getattr(item, "fixturenames", ())


def _read(mutant: Mutant) -> str:
    return (ROOT / mutant.module).read_text("utf-8")


def _name(path: Path) -> str:
    """Return the name under which a file of the package is imported."""
    name = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
    return name.removesuffix(".__init__")


def _allow(seconds: int) -> None:
    """End this process once it has worked for so long from now on, or has long been waiting."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.alarm(PATIENCE * seconds)


def _became(code: int) -> str:
    if -code in (signal.SIGALRM, signal.SIGPROF):
        return TIMED_OUT
    # Ended by another signal, such as a crash in numpy: the tests would have shown it.
    return KILLED if code < 0 else _EXITS.get(code, BROKEN)


def _codes(code: CodeType, name: str) -> Iterator[CodeType]:
    """Give the code objects of this qualified name: a property may have several."""
    for one in code.co_consts:
        if isinstance(one, CodeType):
            if one.co_qualname == name:
                yield one
            yield from _codes(one, name)


class _Mutated(importlib.machinery.SourceFileLoader):
    """Loads a module from other source than its file holds."""

    source = ""

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.source, self.path, "exec")


def _import_instead(path: str, source: str) -> Any:
    """Make the next import of one file, under whatever name, read other source.

    Returns:
        What finds it, the first in `sys.meta_path`.
    """

    class Finder:
        @staticmethod
        def find_spec(fullname: str, paths: Any, target: Any = None) -> Any:
            spec = importlib.machinery.PathFinder.find_spec(fullname, paths, target)
            if spec is None or spec.origin != path:
                return None
            spec.loader = _Mutated(fullname, path)
            spec.loader.source = source
            return spec

    sys.meta_path.insert(0, Finder)
    return Finder


class _Loop:
    """A pytest plugin that runs the given tests in their order, and exits at the first failure."""

    def __init__(self, seconds: Mapping[str, float], told: int, finder: Any) -> None:
        self.seconds = seconds
        self.told = told
        self.finder = finder

    def pytest_sessionstart(self) -> None:
        # pytest puts its own in front, and it would load a module whose examples are run.
        sys.meta_path.remove(self.finder)
        sys.meta_path.insert(0, self.finder)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        runner = Runner(session.items, self.seconds)
        tests = [test for test in self.seconds if test in runner.items]
        os._exit(runner.run_here(tests, lambda test: os.write(self.told, f"{test}\n".encode())))


def main() -> int:
    """Run tests against a mutant of a whole module, given as JSON on standard input."""
    given = json.loads(sys.stdin.read())
    told = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    finder = _import_instead(given["path"], given["source"])
    _allow(6 * SECONDS)
    loop = _Loop(given["tests"], told, finder)
    pytest.main([*ARGUMENTS, "-s", *given["tests"]], plugins=[loop])
    # Not reached where the tests could be collected: an import that fails is noticed.
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
