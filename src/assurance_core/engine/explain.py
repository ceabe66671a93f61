"""Explain: run the steps on a batch of one and write down what each did."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from assurance_core.engine.bound import BoundJudgement, NamedStep
from assurance_core.engine.graph import Source
from assurance_core.engine.plan import Plan
from assurance_core.engine.profile import Profile
from assurance_core.engine.run import Ran, run_steps
from assurance_core.model.citation import Citation
from assurance_core.model.design import Judgement
from assurance_core.model.outcome import JudgementOutcome, Outcome, Read, StepTrace
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
    traces: list[StepTrace] = []

    def run(plan: Plan, given: dict[str, IntColumn]) -> tuple[JudgementOutcome, int]:
        judgement = plan.judgement
        recorder = _Recorder(rule, judgement, given, profile.absent)
        ran = run_steps(judgement, given, recorder.record)
        outcome = plan.outcome(ran)
        traces.extend(recorder.finished(ran, outcome))
        override = profile.overrides.get(outcome.id)
        if override and judgement in rule.judgements:
            level = judgement.node.scale.level(override.level)
            traces.append(_override_trace(judgement, outcome, level, override.reason))
        return outcome, int(ran.positions)

    nodes, judged, follows = rule.evaluate(profile.positions, profile.overrides, run)
    return rule.outcome(profile.absent, nodes, judged, follows, tuple(traces))


@frozen(eq=False)
class TraceWords:
    """What traces say of a judgement's inputs, ready made.

    Attributes:
        keys: for each input, the key of what gives it.
        reads: for each input, a line for each position; the first is for none.
    """

    keys: Mapping[str, str]
    reads: Mapping[str, tuple[Read, ...]]

    @classmethod
    def of(cls, judgement: BoundJudgement) -> TraceWords:
        """Return the words of a judgement."""
        node = judgement.node
        sources = list(node.sources)
        if node.judged:
            sources.append(Source(node.judged, "The assessor's level", node.scale, node.judged))
        return cls(
            {one.id: one.node for one in sources},
            {
                one.id: tuple(Read(one.id, one.name, at) for at in (None, *one.scale.levels))
                for one in sources
            },
        )


class _Recorder:
    """Turns running values into trace entries, one for each step of a judgement."""

    def __init__(
        self,
        rule: CompiledDesign,
        judgement: BoundJudgement,
        given: Mapping[str, IntColumn],
        absent: Mapping[str, str],
    ) -> None:
        self.judgement = judgement
        self.given = given
        self.words = rule.trace_words[judgement.node.key]
        self.absent = absent
        self.reasons = rule.reasons
        self.traces: list[StepTrace] = []
        self._complete = all_there(given.values())
        self._value: Fraction | Level | None = None

    def record(
        self, named: NamedStep, before: Running, after: Running, seen: Mapping[str, IntColumn]
    ) -> None:
        step = named.step
        old = new = self._value
        if after is not before:
            new = self._value = _value(after, step.gives)
        applied = bool(step.holds(before, seen)) if step.holds else _differ(old, new)
        one = self.judgement.node.judgement
        # By position: with names, a call takes half as long again.
        self.traces.append(
            StepTrace(
                one.id,
                one.name,
                named.path,
                named.kind,
                step.words,
                self._reads(seen) if seen else (),
                old,
                new,
                applied,
                step.detail(before, after, seen),
                named.source,
            )
        )

    def finished(self, ran: Ran, outcome: JudgementOutcome) -> list[StepTrace]:
        """Return the trace; where a reason replaced the outcome, no step counts, and it says so."""
        steps = self.traces
        if ran.replaced:
            why = f"no outcome: {outcome.reason}"
            steps = [evolve(s, before=None, after=None, applied=False, detail=why) for s in steps]
        policy = self._policy(bool(ran.replaced), outcome)
        return [policy, *steps] if policy else steps

    def _policy(self, replaced: bool, outcome: JudgementOutcome) -> StepTrace | None:
        """Return what the judgement did with absent inputs, where its steps do not show it."""
        one = self.judgement.node.judgement
        if self.judgement.by_condition:
            return None
        if one.missing == "error" and self._complete:
            return None
        reads = [self._read(name) for name in self.words.keys]
        absent = [read.name for read in reads if read.level is None]
        shown = {read.input for trace in self.traces for read in trace.reads}
        unread = one.missing != "error" and any(read.input not in shown for read in reads)
        if not (absent or unread):
            return None
        detail = f"absent: {', '.join(absent)}" if absent else "nothing is absent"
        return StepTrace(
            judgement=one.id,
            judgement_name=one.name,
            path=f"{one.template or one.id}.missing",
            kind="missing",
            rule=_policy_words(one),
            reads=tuple(reads),
            before=None,
            after=None,
            applied=bool(absent),
            detail=f"{detail}; no outcome: {outcome.reason}" if replaced else detail,
            source=MISSING_POLICY,
        )

    def _reads(self, seen: Mapping[str, IntColumn]) -> tuple[Read, ...]:
        if self._complete:
            lines = self.words.reads
            return tuple([lines[name][position] for name, position in seen.items()])
        return tuple([self._read(name) for name in seen])

    def _read(self, name: str) -> Read:
        position = int(self.given[name])
        lines = self.words.reads[name]
        if position > 0:
            return lines[position]
        if position < 0:
            return evolve(lines[0], absent=f"no outcome: {self.reasons[-1 - position]}")
        return evolve(lines[0], absent=self.absent.get(self.words.keys[name], "no outcome"))


def _policy_words(judgement: Judgement) -> str:
    if judgement.missing == "omit":
        return f"Leave out what was not assessed, down to {judgement.omit_down_to}"
    return "No outcome unless every input has a level"


def _value(running: Running, gives: ValueType) -> Fraction | Level | None:
    if isinstance(running, Numbers):
        return Fraction(int(running.numerator), int(running.denominator))
    if isinstance(running, Levels) and isinstance(gives, LevelType):
        position = int(running.positions)
        return gives.scale.at(position) if position > 0 else None
    return None


def _differ(old: Fraction | Level | None, new: Fraction | Level | None) -> bool:
    # Ratios and levels never compare equal, and asking a ratio takes its time.
    return old is not new and (type(old) is not type(new) or old != new)


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
