"""One assessment under one design, with all that a report of it needs."""

from __future__ import annotations

from attrs import frozen

from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.result import Result, cannot_rate, result_of
from assurance_core.model.assessment import Assessment, Score
from assurance_core.model.citation import Citation
from assurance_core.model.errors import AssuranceError
from assurance_core.model.outcome import Headline


@frozen(eq=False)
class Rated:
    """A design's answer on one assessment.

    Attributes:
        rule: the compiled design.
        assessment: what was rated.
        result: what the design says of it.
        explained: a trace was asked for.
    """

    rule: CompiledDesign
    assessment: Assessment
    result: Result
    explained: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know: edits, dates, old scores, and rules whose source is weak."""
        weak = [f"[{one.status}] {one.title}" for one in weak_sources(self.rule)]
        resting = (f"This rests on {', '.join(weak)}.",) if weak else ()
        carried = carried_forward(self.assessment)
        return (*self.rule.design.lineage, *self.result.notes, *carried, *resting)

    @property
    def published_otherwise(self) -> tuple[str, ...]:
        """What was published on a complete assessment, where it is not what the design gives."""
        outcome, published = self.result.outcome, self.assessment.published
        if outcome is None or not isinstance(outcome.headline, Headline) or self.rule.crosswalk:
            return ()
        word = published.headline not in (None, outcome.headline.level)
        score = outcome.score is not None and published.score not in (None, outcome.score.value)
        if not word and not score:
            return ()
        parts = [] if published.headline is None else [self._published_name(published.headline)]
        parts += [] if published.score is None else [f"score {published.score}"]
        note = f" Note on the data: {self.assessment.note}." if self.assessment.note else ""
        return (f"Published otherwise: {', '.join(parts)}.{note}",)

    def _published_name(self, level: str) -> str:
        named = self.rule.design.judgements[self.rule.published.headline or ""].scale
        scale = self.rule.design.framework.scale(named)
        known = scale.by_id.get(level) if scale else None
        return known.name if known else level.replace("_", " ")


@frozen(eq=False)
class Unrated:
    """An assessment that a design cannot rate, with the reason."""

    assessment: Assessment
    error: AssuranceError

    @property
    def result(self) -> Result:
        """The same as a result: it cannot be told."""
        return cannot_rate(self.error)


def rate_for_report(
    rule: CompiledDesign,
    assessment: Assessment,
    published_by: CompiledDesign | None = None,
    explain: bool = False,
) -> Rated:
    """Rate one assessment, complete or partly known: see `assurance_core.lab.result.result_of`."""
    result = result_of(rule, assessment, published_by, explain)
    return Rated(rule, assessment, result, explain)


def carried_forward(assessment: Assessment) -> tuple[str, ...]:
    """Return how many scores are older than the assessment, and from when; nothing if none is."""
    cells = (*assessment.scores.values(), *assessment.evidence.values())
    scores = [cell for cell in cells if isinstance(cell, Score)]
    carried = [score for score in scores if score.carried_forward]
    if not carried:
        return ()
    dates = sorted(
        {score.date for score in carried if score.date}, key=lambda date: (date.first, date.last)
    )
    since = "" if not dates else f" ({dates[0]})"
    if len(dates) > 1:
        since = f" ({dates[0]} to {dates[-1]})"
    verb = "is" if len(carried) == 1 else "are"
    counted = f"{len(carried)} of {len(scores)} scores"
    return (f"{counted} {verb} carried forward from an earlier assessment{since}.",)


def weak_sources(rule: CompiledDesign) -> list[Citation]:
    """Return the sources of a design's steps that are neither official nor secondary, by title."""
    sources = {step.source for one in rule.judgements if one.own for step in one.steps}
    weak = [one for one in sources if one.status not in ("official", "secondary")]
    return sorted(weak, key=lambda one: one.title)
