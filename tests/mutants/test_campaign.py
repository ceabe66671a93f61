"""Which tests a mutant meets, when a failing test is believed, and what is kept."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from mutants import campaign, places, reach, report
from mutants.campaign import Campaign, Result
from mutants.operators import Mutant
from mutants.places import ROOT, SOURCE, helpers, sources
from mutants.reach import Reach
from mutants.running import KILLED, SURVIVED, TIMED_OUT, Runner

MODULE = "src/assurance_core/rules/order.py"
MUTANT = Mutant(MODULE, 3, 0, 3, "constant", (3,), "work", "1", "2")
SECONDS = {"slow": 9.0, "quick": 0.1, "other": 0.2, "dear": 99.0}
REACH = Reach(
    SECONDS,
    SECONDS,
    {MODULE: {3: frozenset({"slow", "quick"}), 5: frozenset({"dear", "other"})}},
)


class _Runner:
    """Stands for the one that forks: some tests fail with a mutant, some without one too."""

    def __init__(self, fail: Sequence[str] = (), always: Sequence[str] = ()) -> None:
        self.items = dict.fromkeys(REACH.seconds)
        self.fail, self.always = fail, always
        self.runs: list[list[str]] = []

    def run(self, tests: Sequence[str], mutant: Mutant) -> tuple[str, str]:
        self.runs.append(list(tests))
        failing = self.always if mutant.put == mutant.found else [*self.fail, *self.always]
        for test in tests:
            if test in failing:
                return KILLED, test
        return SURVIVED, tests[-1]


def _meet(runner: _Runner, mutant: Mutant = MUTANT) -> Result:
    return Campaign(cast(Runner, runner), REACH, 30).meet(mutant)


def test_the_tests_of_the_line_come_first_and_the_fastest_of_them() -> None:
    runner = _Runner(fail=["slow"])
    assert Result(MUTANT, KILLED, "slow", 0, 4) == _meet(runner)
    assert ["quick", "slow"] == runner.runs[0]


def test_the_tests_of_the_package_come_before_faster_ones() -> None:
    seconds = {"tests/cli/test_a.py::one": 0.1, "tests/rules/test_b.py::two": 0.2}
    reach = Reach(seconds, seconds, {MODULE: {3: frozenset(seconds)}})
    expected = ["tests/rules/test_b.py::two", "tests/cli/test_a.py::one"]
    assert expected == reach.of_lines(MODULE, [3]) == reach.of_module(MODULE)
    assert [] == reach.elsewhere()


def test_a_mutant_that_outlives_them_meets_the_others_there_is_time_for() -> None:
    runner = _Runner()
    assert Result(MUTANT, SURVIVED, "", 3, 4) == _meet(runner)
    assert [["quick", "slow"], ["other"]] == runner.runs


def test_a_test_that_fails_without_the_mutant_too_kills_nothing() -> None:
    runner = _Runner(always=["quick"])
    assert SURVIVED == _meet(runner).became
    assert [["quick", "slow"], ["quick"], ["slow"], ["other"]] == runner.runs


def test_a_line_of_a_module_that_no_test_runs_is_not_reached() -> None:
    mutant = Mutant("src/assurance_core/rules/none.py", 1, 0, 1, "constant", (1,), "f", "1", "2")
    assert Result(mutant, campaign.UNREACHED, "", 0, 0) == _meet(_Runner(), mutant)


def test_a_seed_draws_the_same_mutants_and_a_larger_sample_begins_with_the_smaller() -> None:
    modules = sources(["rules"])
    some = campaign.sample(modules, 20, 7)
    assert some == campaign.sample(modules, 40, 7)[:20]
    assert some != campaign.sample(modules, 20, 8)


def test_modules_are_chosen_by_package_or_name_and_others_refused() -> None:
    assert ["band"] == [path.stem for path in sources(["rules/band"])]
    assert {"engine", "lab"} == {
        path.relative_to(SOURCE).parts[0] for path in sources(["engine", "lab"])
    }
    with pytest.raises(SystemExit, match=r"^mutants: no such module: rules/bend$"):
        sources(["rules/bend"])


def test_a_file_of_tests_leans_on_what_it_imports_and_on_the_conftests_around_it() -> None:
    """And on what those import in turn."""
    names = {
        test: {
            path.relative_to(ROOT / "tests").as_posix() for path in helpers(ROOT / "tests" / test)
        }
        for test in ("lab/test_audit_enumerated.py", "rules/test_numbers.py", "report/test_text.py")
    }
    enumerated = {"conftest.py", "lab/enumerated.py", "lab/trees.py", "naive.py", "support.py"}
    assert enumerated == names["lab/test_audit_enumerated.py"]
    assert {"conftest.py", "rules/conftest.py"} <= names["rules/test_numbers.py"]
    assert "lab/trees.py" not in names["report/test_text.py"]


def test_what_tests_reach_is_kept_folder_by_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever stops on the way goes on where they were."""
    ran: list[list[str]] = []
    stop = iter([False, False, True])

    def run(names: Sequence[str], parts: dict[str, Any]) -> None:
        if next(stop, False):
            raise KeyboardInterrupt
        ran.append(list(names))
        parts |= {name: {"tests": {}, "fixtures": {}, "lines": {}} for name in names}

    monkeypatch.setattr(reach, "KEPT", tmp_path)
    monkeypatch.setattr(reach, "RECORD", tmp_path / "reach.json")
    monkeypatch.setattr(reach, "_run", run)
    with pytest.raises(KeyboardInterrupt):
        reach.measure(lambda _: None)
    reach.measure(lambda _: None)
    reach.measure(lambda _: None)
    every = [path.relative_to(ROOT).as_posix() for path in places.test_paths()]
    assert every == [name for names in ran for name in names]
    assert len(ran) > 3
    assert all(len({name.rpartition("/")[0] for name in names}) == 1 for names in ran)


def test_results_are_kept_until_the_module_changes_and_survivors_can_be_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign, "KEPT", tmp_path)
    monkeypatch.setattr(campaign, "RESULTS", tmp_path / "results.jsonl")
    killed, survived = campaign.sample(sources(["rules"]), 2, 1)
    results = [Result(killed, KILLED, "a test", 0, 2), Result(survived, SURVIVED, "", 2, 2)]
    for result in results:
        campaign.keep(result)
    assert results == list(campaign.kept([killed, survived], again=False).values())
    assert results[:1] == list(campaign.kept([killed, survived], again=True).values())
    monkeypatch.setattr(campaign, "fingerprint", lambda _: "another")
    assert {} == campaign.kept([killed, survived], again=False)


def test_only_what_there_is_time_for_is_run_and_earlier_results_cost_none() -> None:
    def one(line: int) -> Mutant:
        return Mutant(MODULE, line, 0, line, "constant", (3,), "work", "1", "2")

    earlier = Result(one(1), KILLED, "a test", 0, 2)
    said: list[str] = []
    never: Any = None
    found = campaign.run(never, [one(1), one(2)], {one(1).key: earlier}, lambda: False, said.append)
    assert [earlier] == found
    assert [] == said


def test_the_summary_counts_what_took_too_long_as_noticed_and_the_unreached_as_not() -> None:
    became = [KILLED, KILLED, TIMED_OUT, campaign.UNREACHED]
    results = [Result(MUTANT, one, "", 0, 0) for one in became]
    counts = "3 of 4 noticed (75.0 %): 2 killed, 1 no test reaches it, 1 timed out"
    assert [f"rules: {counts}", f"all: {counts}"] == list(report.summary(results))
    assert ["all: 0 of 0 noticed (0.0 %): "] == list(report.summary([]))


def test_what_was_not_killed_is_listed_with_its_diff() -> None:
    (mutant,) = campaign.sample(sources(["rules/order"]), 1, 1)
    survived = Result(mutant, SURVIVED, "", 3, 4)
    first, before, after = report.unnoticed([Result(mutant, KILLED, "", 0, 0), survived])
    place = f"{mutant.module}:{mutant.line}: {mutant.operator}"
    assert f"{place}: survived, 3 of 4 tests run" == first
    assert before.startswith("    - ")
    assert after.startswith("    + ")
    assert before[6:] != after[6:]
