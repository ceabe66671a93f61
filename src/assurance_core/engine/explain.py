"""Explain: run the steps on a batch of one and write down what each did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from assurance_core.engine.bound import BoundJudgement
from assurance_core.engine.graph import Source
from assurance_core.engine.plan import Plan
from assurance_core.engine.profile import Profile
from assurance_core.engine.run import Ran, StepRun, run_steps
from assurance_core.model.citation import Citation
from assurance_core.model.design import Judgement
from assurance_core.model.outcome import JudgementOutcome, Number, Outcome, Read, StepTrace
from assurance_core.model.scale import Level
from assurance_core.rules.values import (
    IntColumn,
    Levels,
    LevelType,
    Numbers,
    Running,
    ValueType,
    all_there,
)

if TYPE_CHECKING:
    from assurance_core.engine.rule import CompiledDesign

MISSING_POLICY = Citation("The design's own word on absent inputs", "assumed")
PROFESSIONAL_JUDGEMENT = Citation(
    "The assessment's own record of professional judgement", "unconfirmed"
)


def explain_profile(rule: CompiledDesign, profile: Profile) -> Outcome:
    """Return the outcome of a profile with the trace of every step, in order."""
    recorder = _Recorder(rule, profile)
    nodes, judged, follows = rule.evaluate(profile.positions, profile.overrides, recorder.run)
    return rule.form.outcome(profile.absent, nodes, judged, follows, tuple(recorder.traces))


class _Recorder:
    """Runs the judgements of one profile, and writes down what each step did."""

    def __init__(self, rule: CompiledDesign, profile: Profile) -> None:
        self.rule = rule
        self.profile = profile
        self.traces: list[StepTrace] = []
        self._given: Mapping[str, IntColumn] | None = None
        self._lines: dict[str, Read] = {}

    def run(self, plan: Plan, given: dict[str, IntColumn]) -> tuple[JudgementOutcome, int]:
        judgement, rule = plan.judgement, self.rule
        steps_run: list[StepRun] = []
        ran = run_steps(judgement, given, steps_run.append)
        outcome = plan.outcome(ran)
        words = rule.trace_words[judgement.node.key]
        if given is not self._given:
            self._given = given
            self._lines = _lines(given, words, self.profile.absent, rule.reasons)
        replaced = f"no outcome: {outcome.reason}" if ran.replaced else ""
        steps = _step_traces(words, steps_run, self._lines, ran, outcome.score, replaced)
        policy = _policy_trace(judgement, self._lines, steps, replaced)
        if policy:
            self.traces.append(policy)
        self.traces += steps
        override = self.profile.overrides.get(outcome.id)
        if override and judgement in rule.judgements:
            level = judgement.node.scale.level(override.level)
            self.traces.append(_override_trace(judgement, outcome, level, override.reason))
        return outcome, int(ran.positions)


@frozen(eq=False)
class TraceWords:
    """What traces say of a judgement whatever the profile, ready made.

    Attributes:
        steps: for each step: judgement, its name, path, kind and rule.
        names: of the inputs, in order.
        keys: for each input, the key of what gives it.
        reads: for each input, a line for each position; the first is for none.
    """

    steps: tuple[tuple[str, str, str, str, str], ...]
    names: tuple[str, ...]
    keys: Mapping[str, str]
    reads: Mapping[str, tuple[Read, ...]]

    @classmethod
    def of(cls, judgement: BoundJudgement) -> TraceWords:
        """Return the words of a judgement."""
        node = judgement.node
        one = node.judgement
        sources = list(node.sources)
        if node.judged:
            sources.append(Source(node.judged, "The assessor's level", node.scale, node.judged))
        return cls(
            tuple((one.id, one.name, s.path, s.kind, s.step.words) for s in judgement.steps),
            judgement.names,
            dict(judgement.inputs),
            {
                one.id: tuple(Read(one.id, one.name, at) for at in (None, *one.scale.levels))
                for one in sources
            },
        )


def _lines(
    given: Mapping[str, Any],
    words: TraceWords,
    absent: Mapping[str, str],
    reasons: Sequence[str],
) -> dict[str, Read]:
    """Return for each input of one profile its level, or why there is none."""
    reads = words.reads
    if all_there(given.values()):
        return {name: reads[name][position] for name, position in given.items()}
    lines = {}
    for name, position in given.items():
        line = reads[name][max(position, 0)]
        if position < 0:
            line = evolve(line, absent=f"no outcome: {reasons[-1 - position]}")
        elif position == 0:
            line = evolve(line, absent=absent.get(words.keys[name], "no outcome"))
        lines[name] = line
    return lines


def _step_traces(
    words: TraceWords,
    steps_run: Sequence[StepRun],
    lines: Mapping[str, Read],
    ran: Ran,
    score: Number | None,
    replaced: str,
) -> list[StepTrace]:
    """Return what each step did; where a reason replaced the outcome, none counts."""
    every = tuple(lines.values())
    value: Fraction | Level | None = None
    traces = []
    for head, (named, before, after, seen) in zip(words.steps, steps_run, strict=True):
        step = named.step
        reads = every if step.reads == words.names else tuple(map(lines.__getitem__, seen))
        if replaced:
            traces.append(
                StepTrace(*head, reads, None, None, False, replaced, named.source, step.rows)
            )
            continue
        old = value
        # The ratios of the score are ready made.
        if after is before:
            pass
        elif score and after is ran.number:
            value = score.value
        elif score and after is ran.exact:
            value = score.exact
        else:
            value = _value(after, step.gives)
        applied = bool(step.holds(before, seen)) if step.holds else _differ(old, value)
        detail = step.detail(before, after, seen)
        traces.append(StepTrace(*head, reads, old, value, applied, detail, named.source, step.rows))
    return traces


def _policy_trace(
    judgement: BoundJudgement,
    lines: Mapping[str, Read],
    steps: Sequence[StepTrace],
    replaced: str,
) -> StepTrace | None:
    """Return what a judgement did with absent inputs, where its steps do not show it."""
    if judgement.by_condition:
        return None
    one = judgement.node.judgement
    absent = [line.name for line in lines.values() if line.level is None]
    if not absent:
        if one.missing == "error":
            return None
        shown = {read.input for trace in steps for read in trace.reads}
        if shown.issuperset(lines):
            return None
    detail = f"absent: {', '.join(absent)}" if absent else "nothing is absent"
    return StepTrace(
        judgement=one.id,
        judgement_name=one.name,
        path=f"{one.template or one.id}.missing",
        kind="missing",
        rule=_policy_words(one),
        reads=tuple(lines.values()),
        before=None,
        after=None,
        applied=bool(absent),
        detail=f"{detail}; {replaced}" if replaced else detail,
        source=MISSING_POLICY,
    )


def _policy_words(judgement: Judgement) -> str:
    if judgement.missing == "omit":
        return f"Leave out what was not assessed, down to {judgement.omit_down_to}"
    return "No outcome unless every input has a level"


def _value(running: Running, gives: ValueType) -> Fraction | Level | None:
    if isinstance(running, Numbers):
        return Fraction(int(running.numerator), int(running.denominator))
    assert isinstance(running, Levels)
    assert isinstance(gives, LevelType)
    position = int(running.positions)
    return gives.scale.at(position) if position > 0 else None


def _differ(old: Fraction | Level | None, new: Fraction | Level | None) -> bool:
    # In this order because what a ratio has to say to `==` and `isinstance` takes it long.
    if old is new or type(old) is not type(new):
        return old is not new
    if isinstance(old, Fraction) and isinstance(new, Fraction):
        return old.as_integer_ratio() != new.as_integer_ratio()
    return old != new


def _override_trace(
    judgement: BoundJudgement, outcome: JudgementOutcome, level: Level, reason: str
) -> StepTrace:
    one = judgement.node.judgement
    return StepTrace(
        judgement=one.id,
        judgement_name=one.name,
        path=f"{one.template or one.id}.override",
        kind="override",
        rule="Replace the level by professional judgement",
        reads=(),
        before=outcome.level,
        after=level,
        applied=outcome.level != level,
        detail=reason,
        source=PROFESSIONAL_JUDGEMENT,
    )
