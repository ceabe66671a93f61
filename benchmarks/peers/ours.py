"""The engine itself."""

from __future__ import annotations

from typing import Any

from assurance_core import compile_design, load_plugins, what_if
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.design import RatingDesign
from assurance_core.model.outcome import Headline, Outcome
from assurance_core.model.patch import Edit
from benchmarks.harness import Job
from benchmarks.rule import CHANCE
from benchmarks.w1_bulk import bulk_job
from benchmarks.w2_explain import one_job
from benchmarks.w3_space import space_job
from benchmarks.w4_noise import Chances, bodies, exact_job

CAP = {"cap": {"at": "requires_improvement", "when": {"any": "all", "at_most": "1"}}}


def single_word() -> RatingDesign:
    """Return the design without the cap."""
    return load_plugins().design("cqc-la/single-word")


def with_cap() -> CompiledDesign:
    """Return the compiled design of W1: a what-if."""
    return compile_design(what_if(single_word(), [Edit("insert", "overall.band", CAP, "after")]))


def bulk(size: int) -> Job:
    """W1."""
    rule = with_cap()

    def rate(columns: Any) -> tuple[Any, Any, Any]:
        rated = rule.rate_columns(columns)
        assert rated.score is not None
        return rated.score[0], rated.headline, rated.judgements["overall"].bit["overall.cap"]

    return bulk_job(size, lambda columns: columns, rate)


def _told(outcome: Outcome) -> tuple[int, int]:
    assert isinstance(outcome.headline, Headline)
    assert outcome.score is not None
    return int(outcome.score.value), outcome.headline.position


def rate_one(size: int) -> Job:
    """W2, without a trace."""
    rule = compile_design(single_word())
    return one_job(size, rule.rate, told=_told)


def explain_one(size: int) -> Job:
    """W2, with the trace."""
    rule = compile_design(single_word())

    def told(outcome: Outcome) -> tuple[int, int]:
        assert outcome.trace
        return _told(outcome)

    return one_job(size, rule.explain, told=told)


def _answer(rule: CompiledDesign) -> tuple[bool, int]:
    from assurance_core.lab.cliffs import next_to_a_threshold
    from assurance_core.lab.single_steps import all_transitions, falling_step
    from assurance_core.lab.space import space_of

    space = space_of(rule)
    return falling_step(space, all_transitions(space)) is None, next_to_a_threshold(space)


def space(size: int) -> Job:
    """W3, from a compiled design."""
    rule = compile_design(single_word())
    return space_job(lambda: _answer(rule))


def compiled_space(size: int) -> Job:
    """W3, with compiling."""
    design = single_word()
    return space_job(lambda: _answer(compile_design(design)))


def chances(size: int) -> Job:
    """W4, from a folded space."""
    from assurance_core.lab.diagram import fold
    from assurance_core.lab.noise import chances_of
    from assurance_core.lab.space import space_of

    folds = fold(space_of(compile_design(single_word())))
    levels = bodies().astype("int64") - 1

    def found() -> Chances:
        return chances_of(folds, levels, CHANCE)[0]

    return exact_job(found)


def folded_chances(size: int) -> Job:
    """W4, with folding the space of a compiled design."""
    from assurance_core.lab.diagram import fold
    from assurance_core.lab.noise import chances_of
    from assurance_core.lab.space import space_of

    rule = compile_design(single_word())
    levels = bodies().astype("int64") - 1
    return exact_job(lambda: chances_of(fold(space_of(rule)), levels, CHANCE)[0])
