"""Designs built for one fault each, and what the audit says of it."""

from typing import Any
from unittest.mock import patch

from assurance_core.engine.compile import compile_design
from assurance_core.lab import scenes
from assurance_core.lab.audit import Audit, JudgementAudit, audit
from assurance_core.lab.dead_steps import dead_steps
from assurance_core.lab.space import space_of
from assurance_core.model.design import RatingDesign
from tests.lab.documents import design, framework, scale


def _only(found: Audit) -> JudgementAudit:
    (one,) = found.judgements
    return one


def _counted(one: JudgementAudit) -> list[int]:
    return list(one.counts)


def _small(steps: list[dict[str, Any]], **more: Any) -> RatingDesign:
    scales = {"score": scale("Score", ["1", "2", "3"], "2")}
    of = framework({"care": "score", "safety": "score"}, scales)
    overall = {"scale": "demo/score", "inputs": "all", "steps": steps}
    return design(of, {"overall": overall}, **more)


def test_a_row_that_an_earlier_one_shadows() -> None:
    """The row is named with the row that fires instead; one that never holds is told apart."""
    rows = [
        {"when": {"any": "all", "at_most": "2"}, "then": "1"},
        {"when": {"all": "all", "is": "2"}, "then": "2"},
        {"when": {"and": [{"any": "care", "is": "1"}, {"any": "care", "is": "3"}]}, "then": "2"},
    ]
    found = dead_steps(
        space_of(compile_design(_small([{"table": {"rows": rows, "otherwise": "3"}}])))
    )
    assert [(2, True, ("row 1",)), (3, False, ())] == [
        (one.row, one.condition_holds, one.shadowed_by) for one in found
    ]


def test_a_limiter_that_another_shadows() -> None:
    """A cap behind a stricter cap never bites; without the first it would."""
    when = {"any": "all", "is": "1"}
    steps: list[dict[str, Any]] = [
        {"maximum": {}},
        {"cap": {"at": "1", "when": when}, "id": "strict"},
        {"cap": {"at": "2", "when": when}, "id": "loose"},
        {"floor": {"at": "1", "when": when}, "id": "idle"},
        {"advise": {"at": "1", "when": {"count": "all", "is": "1", "no_fewer_than": 3}}},
    ]
    found = dead_steps(space_of(compile_design(_small(steps))))
    assert [
        ("overall.loose", True, ("overall.strict",)),
        ("overall.idle", True, ()),
        ("overall.advise", False, ()),
    ] == [(one.path, one.condition_holds, one.shadowed_by) for one in found]


def test_a_rounding_that_moves_no_level() -> None:
    """It changes the number that is shown and never a level; one of whole numbers does nothing."""
    band = {"band": {"1": 0, "2": 50, "3": 90}}
    rounds = {"round": {"to": 1, "toward": "down"}}
    percent = _small([{"percent_of_maximum": {}}, rounds, band])
    total = _small([{"sum": {}}, rounds, {"band": {"1": 0, "2": 4, "3": 6}}])
    found = [dead_steps(space_of(compile_design(one))) for one in (percent, total)]
    assert [["no_level"], ["never"]] == [[one.idle for one in dead] for dead in found]


def test_a_level_that_nothing_reaches_and_a_step_that_falls() -> None:
    """A floor for the worst makes a better score worse, and leaves one level out."""
    steps: list[dict[str, Any]] = [
        {"minimum": {}},
        {"floor": {"at": "3", "when": {"all": "all", "is": "1"}}},
        {"cap": {"at": "2", "when": {"all": "all", "is": "3"}}},
        {"floor": {"at": "2", "when": {"any": "care", "at_most": "3"}}},
    ]
    one = _only(audit(_small(steps)))
    assert ["1"] == [level.id for level in one.unreachable]
    assert one.falling is not None
    assert ("3", "2") == (one.falling.before, one.falling.after)


def test_states_without_a_level_are_counted() -> None:
    """A row without an outcome is a state of its own; it is passed over where order matters."""
    rows = [{"when": {"all": "all", "is": "2"}, "unknown": "not decided"}]
    one = _only(audit(_small([{"table": {"rows": rows, "otherwise": "3"}}])))
    assert ([0, 0, 8, 1], ("1", "2", "3", "not decided")) == (_counted(one), one.space.names())
    assert one.falling is None


def test_a_rounding_that_keeps_values_out_of_a_gap_is_not_idle() -> None:
    """Without it, a value would fall between two ranges."""
    ranges = {"band": {"ranges": {"1": [33, 50], "2": [51, 83], "3": [84, 100]}}}
    rounds = {"round": {"to": 1, "toward": "down"}}
    made = _small([{"percent_of_maximum": {}}, rounds, ranges])
    assert () == dead_steps(space_of(compile_design(made)))


def test_what_shadows_a_limiter_is_told_once_however_large_a_block_is() -> None:
    when = {"any": "all", "is": "1"}
    steps: list[dict[str, Any]] = [
        {"maximum": {}},
        {"cap": {"at": "1", "when": when}, "id": "strict"},
        {"cap": {"at": "2", "when": when}, "id": "loose"},
    ]
    space = space_of(compile_design(_small(steps)))
    (whole,) = dead_steps(space)
    with patch.object(scenes, "_BLOCK", 1):
        (in_blocks,) = dead_steps(space)
    assert ("overall.strict",) == whole.shadowed_by == in_blocks.shadowed_by
