"""Explain: run the steps on a batch of one and write down what each did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve

from assurance_core.engine.bound import BoundJudgement, NamedStep
from assurance_core.engine.profile import Profile
from assurance_core.engine.run import Ran, run_steps
from assurance_core.engine.table import ran_outcome
from assurance_core.model.citation import Citation
from assurance_core.model.design import Judgement
from assurance_core.model.outcome import JudgementOutcome, Outcome, Read, StepTrace
from assurance_core.model.scale import Level, Scale
from assurance_core.rules.values import IntColumn, Levels, LevelType, Numbers, Running

if TYPE_CHECKING:
    from assurance_core.engine.rule import CompiledDesign

PROFESSIONAL_JUDGEMENT = Citation(
    "The assessment: professional judgement, with its reason", "official"
)


def explain_profile(rule: CompiledDesign, profile: Profile) -> Outcome:
    """Return the outcome of a profile with the trace of every step, in order."""
    traces: list[StepTrace] = []

    def run(
        judgement: BoundJudgement, columns: dict[str, IntColumn]
    ) -> tuple[JudgementOutcome, int]:
        recorder = _Recorder(judgement, columns, profile.absent, rule.reasons)
        ran = run_steps(judgement, columns, recorder.record)
        outcome = ran_outcome(judgement, ran, rule.reasons)
        traces.extend(recorder.finished(ran, outcome))
        override = profile.overrides.get(outcome.id)
        if override and judgement in rule.judgements:
            level = judgement.node.scale.level(override.level)
            traces.append(_override_trace(judgement, outcome, level, override.reason))
        return outcome, int(ran.positions.item())

    nodes, judged, follows = rule.evaluate(profile.positions, profile.overrides, run)
    outcome = rule.outcome(profile, nodes, judged, follows)
    return evolve(outcome, trace=tuple(traces))


class _Recorder:
    """Turns running values into trace entries, one for each step of a judgement."""

    def __init__(
        self,
        judgement: BoundJudgement,
        columns: Mapping[str, IntColumn],
        absent: Mapping[str, str],
        reasons: Sequence[str],
    ) -> None:
        self.judgement = judgement
        self.columns = columns
        self.absent = absent
        self.reasons = reasons
        self.traces: list[StepTrace] = []
        self._scale: Scale | None = None
        node = judgement.node
        self._sources = {
            source.id: (source.name, source.scale, source.node) for source in node.sources
        }
        if node.judged:
            self._sources[node.judged] = ("The assessor's level", node.scale, node.judged)

    def record(
        self, named: NamedStep, before: Running, after: Running, seen: Mapping[str, IntColumn]
    ) -> None:
        step = named.step
        scale_after = step.gives.scale if isinstance(step.gives, LevelType) else None
        old = _value(before, self._scale)
        new = _value(after, scale_after)
        applied = bool(step.holds(before, seen).item()) if step.holds else old != new
        one = self.judgement.node.judgement
        self.traces.append(
            StepTrace(
                judgement=one.id,
                judgement_name=one.name,
                path=named.path,
                kind=named.kind,
                rule=step.words,
                reads=tuple(self._read(name) for name in seen),
                before=old,
                after=new,
                applied=applied,
                detail=step.detail(before, after, seen),
                source=named.source,
            )
        )
        self._scale = scale_after

    def finished(self, ran: Ran, outcome: JudgementOutcome) -> list[StepTrace]:
        """Return the trace; where a reason replaced the outcome, no step counts, and it says so."""
        steps = self.traces
        if ran.replaced.item():
            why = f"no outcome: {outcome.reason}"
            steps = [evolve(s, before=None, after=None, applied=False, detail=why) for s in steps]
        policy = self._policy(bool(ran.replaced.item()), outcome)
        return [policy, *steps] if policy else steps

    def _policy(self, replaced: bool, outcome: JudgementOutcome) -> StepTrace | None:
        """Return what the judgement did with absent inputs, where its steps do not show it."""
        one = self.judgement.node.judgement
        reads = [self._read(name) for name in self._sources]
        absent = [read.name for read in reads if read.level is None]
        shown = {read.input for trace in self.traces for read in trace.reads}
        unread = one.missing != "error" and any(read.input not in shown for read in reads)
        if self.judgement.by_condition or not (absent or unread):
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
            source=self.judgement.steps[0].source,
        )

    def _read(self, name: str) -> Read:
        label, scale, node = self._sources[name]
        position = int(self.columns[node].item())
        if position > 0:
            return Read(name, label, scale.at(position))
        if position < 0:
            return Read(name, label, None, f"no outcome: {self.reasons[-1 - position]}")
        return Read(name, label, None, self.absent.get(node, "no outcome"))


def _policy_words(judgement: Judgement) -> str:
    if judgement.missing == "omit":
        return f"Leave out what was not assessed, down to {judgement.omit_down_to}"
    return "No outcome unless every input has a level"


def _value(running: Running, scale: Scale | None) -> Fraction | Level | None:
    if isinstance(running, Numbers):
        return Fraction(int(running.numerator.item()), int(running.denominator.item()))
    if isinstance(running, Levels) and scale is not None:
        position = int(running.positions.item())
        return scale.at(position) if position > 0 else None
    return None


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
