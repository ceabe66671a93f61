"""A mutant is really in place when its tests run, in this process and in a new one."""

import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve

from assurance_core.rules import rounding
from mutants.operators import Mutant, mutants_of
from mutants.places import ROOT
from mutants.running import IMPORT, KILLED, SURVIVED, TIMED_OUT, Runner, _became

MODULE = "src/assurance_core/rules/rounding.py"
DOCTEST = f"{MODULE}::assurance_core.rules.rounding.round_ratio"


@pytest.fixture(scope="module")
def runner() -> Runner:
    return Runner([], {DOCTEST: 0.1})


@pytest.fixture(scope="module")
def upwards() -> Mutant:
    """Multiplies where a ratio is rounded up."""
    every = mutants_of(MODULE, Path(ROOT / MODULE).read_text("utf-8"))
    return next(one for one in every if one.found.startswith("-numerator // "))


def test_the_code_of_a_function_is_exchanged_wherever_it_has_got_to(
    runner: Runner, upwards: Mutant
) -> None:
    code = rounding.round_ratio.__code__
    imported = rounding.round_ratio
    try:
        assert runner.exchange(upwards)
        assert 10 == imported(5, 2, "up")  # type: ignore[arg-type]
    finally:
        rounding.round_ratio.__code__ = code
    assert 3 == imported(5, 2, "up")  # type: ignore[arg-type]


@pytest.mark.slow
def test_a_new_process_imports_the_mutant_instead(runner: Runner, upwards: Mutant) -> None:
    assert (KILLED, DOCTEST) == runner.run_anew([DOCTEST], upwards)
    nothing = evolve(upwards, put=upwards.found)
    assert (SURVIVED, DOCTEST) == runner.run_anew([DOCTEST], nothing)
    broken = evolve(upwards, put="nonsense", function="")
    assert (KILLED, DOCTEST) == runner.run_anew([DOCTEST], broken)


@pytest.mark.slow
def test_a_module_that_cannot_be_imported_is_noticed(runner: Runner) -> None:
    module = "src/assurance_core/rules/values.py"
    every = mutants_of(module, Path(ROOT / module).read_text("utf-8"))
    outside = next(one for one in every if not one.function)
    broken = evolve(outside, put="no_such_name")
    assert (KILLED, IMPORT) == runner.run_anew([DOCTEST], broken)


def test_a_process_that_works_for_too_long_is_ended() -> None:
    """By the work it does, as a machine that others use is no slower by that."""
    endless = "from mutants.running import _allow; _allow(1)\nwhile True: pass"
    done = subprocess.run([sys.executable, "-c", endless], cwd=ROOT, check=False)
    assert TIMED_OUT == _became(done.returncode)
