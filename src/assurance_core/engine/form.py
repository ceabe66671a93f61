"""How an outcome is put together from evaluated judgements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress

from attrs import frozen

from assurance_core.engine.bound import BoundJudgement
from assurance_core.engine.published import Published, PublishedArea
from assurance_core.model.outcome import (
    Area,
    ConsequenceOutcome,
    Headline,
    JudgementOutcome,
    NoHeadline,
    Outcome,
    StepTrace,
)
from assurance_core.model.scale import Scale


@frozen(eq=False)
class AreaForm:
    """One line of the report card.

    Attributes:
        area: what is published.
        place: where its level stands among those of leaves and nodes.
        lines: ready made for each position, from 1; the first is None.
    """

    area: PublishedArea
    place: int
    lines: tuple[Area | None, ...]

    @classmethod
    def of(cls, area: PublishedArea, place: int) -> AreaForm:
        """Return the form of a line."""
        scale = area.scale
        lines = (
            Area(area.id, area.name, level, "", scale.below_good(level)) for level in scale.levels
        )
        return cls(area, place, (None, *lines))


@frozen(eq=False)
class OutcomeForm:
    """What is the same in all outcomes of a design, ready made.

    Attributes:
        design: its id.
        headline: where the judgement stands that gives it, or None.
        headlines: by position, from 1; the first stands for none.
        no_headline: where no judgement gives a headline.
        score: where the judgement stands that gives it, or None.
        own: where the design's own judgements begin: those of a crosswalk come before.
        areas: the lines of the report card.
        consequences: each as it is told when it follows.
        reasons: texts of reasons for no outcome; reason k has the code -1 - k.
    """

    design: str
    headline: int | None
    headlines: tuple[Headline, ...]
    no_headline: NoHeadline
    score: int | None
    own: int
    areas: tuple[AreaForm, ...]
    consequences: tuple[ConsequenceOutcome, ...]
    reasons: tuple[str, ...]

    @classmethod
    def of(
        cls,
        design: str,
        published: Published,
        judgements: Sequence[BoundJudgement],
        consequences: Sequence[BoundJudgement],
        index: Mapping[str, int],
        reasons: tuple[str, ...],
    ) -> OutcomeForm:
        """Return the form of a design's outcomes; `index` gives the place of leaves and nodes."""
        places = {one.node.judgement.id: place for place, one in enumerate(judgements) if one.own}
        headline = None if published.headline is None else places[published.headline]
        return cls(
            design,
            headline,
            () if headline is None else _headlines(judgements[headline].node.scale),
            NoHeadline(published.no_headline),
            None if published.score is None else places[published.score],
            len(judgements) - len(places),
            tuple(AreaForm.of(area, index[area.node]) for area in published.areas),
            tuple(
                ConsequenceOutcome(
                    one.node.judgement.id, one.node.judgement.name, one.steps[0].source
                )
                for one in consequences
            ),
            reasons,
        )

    def outcome(
        self,
        absent: Mapping[str, str],
        nodes: Sequence[int],
        judged: Sequence[JudgementOutcome],
        follows: Sequence[bool],
        trace: tuple[StepTrace, ...] = (),
    ) -> Outcome:
        """Return what the design publishes of an evaluated profile.

        Args:
            absent: why a leaf has no score, by leaf.
            nodes, judged, follows: as `CompiledDesign.evaluate` gives them.
            trace: what every step did, if it was recorded.
        """
        headline: Headline | NoHeadline = self.no_headline
        if self.headline is not None:
            one = judged[self.headline]
            level = one.level
            headline = NoHeadline(one.reason) if level is None else self.headlines[level.position]
        # In order rather than by name: a look-up takes microseconds, and names a tenth of them.
        return Outcome(
            self.design,
            headline,
            None if self.score is None else judged[self.score].score,
            tuple([self._area(area, nodes, absent) for area in self.areas]) if self.areas else (),
            tuple(judged[self.own :] if self.own else judged),
            tuple(compress(self.consequences, follows)) if True in follows else (),
            trace=trace,
        )

    def _area(self, form: AreaForm, nodes: Sequence[int], absent: Mapping[str, str]) -> Area:
        area, position = form.area, nodes[form.place]
        if position < 0:
            return Area(area.id, area.name, None, self.reasons[-1 - position])
        reason = absent.get(area.node, "not assessed")
        return form.lines[position] or Area(area.id, area.name, None, reason)


def _headlines(scale: Scale) -> tuple[Headline, ...]:
    made = [Headline(level.id, level.name, level.position, scale.id) for level in scale.levels]
    return (made[0], *made)
