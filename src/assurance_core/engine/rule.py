"""A compiled design: rate one profile by look-up, many by gather, explain by steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import compress
from typing import Any

from attrs import define

from assurance_core.engine.bound import BoundJudgement
from assurance_core.engine.complete import Complete, complete_rating
from assurance_core.engine.consequences import FOLLOWS
from assurance_core.engine.explain import TraceWords, explain_profile
from assurance_core.engine.graph import Graph, Leaf
from assurance_core.engine.plan import Plan, overridden
from assurance_core.engine.profile import Profile, profile_of_assessment
from assurance_core.engine.published import Published, PublishedArea
from assurance_core.engine.scores import number_of, profile_of_scores, quick_positions
from assurance_core.engine.table import Table
from assurance_core.model.assessment import Assessment, Override
from assurance_core.model.crosswalk import Crosswalk
from assurance_core.model.design import RatingDesign
from assurance_core.model.framework import FrameworkVersion
from assurance_core.model.outcome import (
    Area,
    ConsequenceOutcome,
    Headline,
    JudgementOutcome,
    NoHeadline,
    Outcome,
    StepTrace,
)
from assurance_core.model.scale import Scale, fold
from assurance_core.rules.values import IntColumn

Scores = Sequence[int | str] | Mapping[str, int | str]
Run = Callable[[Plan, dict[str, IntColumn]], tuple[JudgementOutcome, int]]


@define(frozen=True, slots=False, eq=False, repr=False)
class CompiledDesign:
    """A design bound to one framework version, with its tables. Keep it: it never changes.

    Attributes:
        design: the design.
        version: the framework version.
        graph: leaves and nodes; the leaves are the axes of the design's space, in order.
        judgements: bound, each behind what it reads.
        consequences: bound like judgements.
        tables: one for each judgement, then for each consequence; None where the space is too
            large.
        reasons: texts of reasons for no outcome; reason k has the code -1 - k.
    """

    design: RatingDesign
    version: FrameworkVersion
    graph: Graph
    judgements: tuple[BoundJudgement, ...]
    consequences: tuple[BoundJudgement, ...]
    tables: tuple[Table | None, ...]
    reasons: tuple[str, ...]
    published: Published
    crosswalk: Crosswalk | None = None
    source_version: FrameworkVersion | None = None

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The axes of the design's space, in the order in which bare scores are given."""
        return self.graph.leaves

    @cached_property
    def space(self) -> Mapping[str, Table | None]:
        """The table of each judgement, by id: the whole space, for analyses."""
        return {
            one.node.judgement.id: table
            for one, table in zip(self.judgements, self.tables, strict=False)
        }

    @cached_property
    def leaves_read(self) -> frozenset[str]:
        """The leaves that some judgement or consequence reads; the others decide nothing."""
        every = (*self.judgements, *self.consequences)
        return frozenset(key for one in every for key in one.keys)

    @cached_property
    def positions_by_number(self) -> tuple[dict[int, int], ...]:
        """For each leaf: the whole numbers that name its levels, with their positions."""
        return tuple(
            {number_of(level, leaf.scale): level.position for level in leaf.scale.levels}
            if leaf.kind == "statement"
            else {}
            for leaf in self.leaves
        )

    @cached_property
    def statement_ids(self) -> dict[str, str]:
        """The ids of statements by every way of naming them, folded to lower case."""
        version = self.source_version or self.version
        return {
            fold(word): one.id
            for one in version.statements
            for word in (one.id, one.name, *one.aliases)
        }

    @cached_property
    def complete(self) -> Complete | None:
        """How many complete profiles are rated at once; None where they are rated like others."""
        return complete_rating(
            (*self.judgements, *self.consequences), self.tables, self.graph.leaves
        )

    @cached_property
    def _index(self) -> dict[str, int]:
        every = (*self.judgements, *self.consequences)
        keys = [*(leaf.id for leaf in self.leaves), *(one.node.key for one in every)]
        return {key: number for number, key in enumerate(keys)}

    @cached_property
    def _plans(self) -> tuple[Plan, ...]:
        every = (*self.judgements, *self.consequences)
        return tuple(
            Plan.of(one, table, self._index, self.reasons)
            for one, table in zip(every, self.tables, strict=True)
        )

    @cached_property
    def trace_words(self) -> Mapping[str, TraceWords]:
        """What traces say of the inputs of each judgement and consequence, ready made, by key."""
        every = (*self.judgements, *self.consequences)
        return {one.node.key: TraceWords.of(one) for one in every}

    @cached_property
    def _areas(self) -> tuple[tuple[int, tuple[Area | None, ...], PublishedArea], ...]:
        """For each area: its place, and its line ready made for each position."""
        return tuple(
            (
                self._index[area.node],
                (
                    None,
                    *(
                        Area(area.id, area.name, level, "", area.scale.below_good(level))
                        for level in area.scale.levels
                    ),
                ),
                area,
            )
            for area in self.published.areas
        )

    def rate(
        self,
        scores: Scores | None = None,
        *,
        evidence: Mapping[str, Mapping[str, int | str]] | None = None,
        judged: Mapping[str, str] | None = None,
    ) -> Outcome:
        """Rate one complete profile.

        Args:
            scores: levels by statement id, name or alias; or a bare sequence in the framework's
                order. A level is its id; a whole number is the level of that number.
            evidence: levels by statement and evidence category, for designs that read them.
            judged: levels that the assessor chose, by judgement, for designs that need them.

        Returns:
            The outcome, without a trace.

        Raises:
            AssuranceError: `bad-score`, `missing-score` or `unknown-id`.
        """
        if evidence is None and judged is None:
            positions = quick_positions(self, scores)
            if positions is not None:
                nodes, outcomes, follows = self.evaluate(positions)
                return self.outcome({}, nodes, outcomes, follows)
        return self.rate_profile(profile_of_scores(self, scores, evidence, judged))

    def rate_assessment(self, assessment: Assessment) -> Outcome:
        """Rate one assessment whose scores are all known or absent for a stated reason.

        Raises:
            AssuranceError: `missing-score`, with everything that is missing.
        """
        return self.rate_profile(profile_of_assessment(self, assessment))

    def rate_profile(self, profile: Profile) -> Outcome:
        """Rate a profile that has been read and checked."""
        nodes, judged, follows = self.evaluate(profile.positions, profile.overrides)
        return self.outcome(profile.absent, nodes, judged, follows)

    def explain(self, given: Assessment | Scores, **others: Any) -> Outcome:
        """Rate like `rate` or `rate_assessment`, and record what every step did."""
        if isinstance(given, Assessment):
            return explain_profile(self, profile_of_assessment(self, given))
        positions = None if others else quick_positions(self, given)
        if positions is not None:
            return explain_profile(self, Profile(positions))
        return explain_profile(self, profile_of_scores(self, given, **others))

    def rate_columns(self, columns: Mapping[str, Any] | Sequence[Any]) -> Any:
        """Rate many profiles at once: see `assurance_core.engine.bulk.rate_columns`."""
        from assurance_core.engine.bulk import rate_columns

        return rate_columns(self, columns)

    def evaluate(
        self,
        positions: Sequence[int],
        overrides: Mapping[str, Override] | None = None,
        run: Run | None = None,
    ) -> tuple[list[int], list[JudgementOutcome], list[bool]]:
        """Evaluate every judgement of one profile.

        Args:
            positions: of the leaves, in order; 0 where absent.
            overrides: professional judgement, by judgement.
            run: called instead of each look-up, with the inputs as single whole numbers, which
                are the same object as before where the same is read as before; for traces.

        Returns:
            Positions of leaves, judgements and consequences; the judgements' outcomes; for each
            consequence whether it follows.
        """
        nodes = list(positions)
        judged: list[JudgementOutcome] = []
        follows: list[bool] = []
        count = len(self.judgements)
        last: Plan | None = None
        key = 0
        given: dict[str, IntColumn] = {}
        for number, plan in enumerate(self._plans):
            if run is None:
                if last is None or plan.places != last.places:
                    key = plan.key(nodes)
                outcome, position = plan.rate(nodes, key)
            else:
                if last is None or plan.named != last.named:
                    given = plan.given(nodes)
                outcome, position = run(plan, given)
            last = plan
            if number >= count:
                follows.append(position == FOLLOWS)
            else:
                if overrides and outcome.id in overrides:
                    outcome = overridden(plan.judgement, outcome, overrides[outcome.id])
                    assert outcome.level is not None
                    position = outcome.level.position
                judged.append(outcome)
            nodes.append(position)
        return nodes, judged, follows

    def outcome(
        self,
        absent: Mapping[str, str],
        nodes: list[int],
        judged: list[JudgementOutcome],
        follows: list[bool],
        trace: tuple[StepTrace, ...] = (),
    ) -> Outcome:
        """Return what the design publishes of an evaluated profile.

        Args:
            absent: why a leaf has no score, by leaf.
            nodes, judged, follows: as `evaluate` gives them.
            trace: what every step did, if it was recorded.
        """
        headline, score, own = self._outcome_places
        # In order rather than by name: a look-up takes microseconds, and names a tenth of them.
        return Outcome(
            self.design.id,
            self._no_headline if headline is None else self._headline(judged[headline]),
            None if score is None else judged[score].score,
            tuple([self._area(area, nodes, absent) for area in self._areas]) if self._areas else (),
            tuple(judged[own:] if own else judged),
            tuple(compress(self._consequences, follows)) if True in follows else (),
            trace=trace,
        )

    @cached_property
    def _outcome_places(self) -> tuple[int | None, int | None, int]:
        """Where the judgements stand that give headline and score, and the first of the design's
        own: those of a crosswalk come before them.
        """
        published = self.published
        places = {
            one.node.judgement.id: place for place, one in enumerate(self.judgements) if one.own
        }
        return (
            None if published.headline is None else places[published.headline],
            None if published.score is None else places[published.score],
            len(self.judgements) - len(places),
        )

    @cached_property
    def _consequences(self) -> tuple[ConsequenceOutcome, ...]:
        return tuple(
            ConsequenceOutcome(one.node.judgement.id, one.node.judgement.name, one.steps[0].source)
            for one in self.consequences
        )

    def _area(
        self,
        area: tuple[int, tuple[Area | None, ...], PublishedArea],
        nodes: list[int],
        absent: Mapping[str, str],
    ) -> Area:
        place, lines, published = area
        position = nodes[place]
        if position < 0:
            return Area(published.id, published.name, None, self.reasons[-1 - position])
        reason = absent.get(published.node, "not assessed")
        return lines[position] or Area(published.id, published.name, None, reason)

    def _headline(self, judged: JudgementOutcome) -> Headline | NoHeadline:
        if judged.level is None:
            return NoHeadline(judged.reason)
        return self._headlines[judged.level.position]

    @cached_property
    def _no_headline(self) -> NoHeadline:
        return NoHeadline(self.published.no_headline)

    @cached_property
    def headline_scale(self) -> Scale | None:
        """The scale of the headline, or None where the design has none."""
        for one in self.judgements:
            if one.own and one.node.judgement.id == self.published.headline:
                return one.node.scale
        return None

    @cached_property
    def _headlines(self) -> tuple[Headline, ...]:
        scale = self.headline_scale
        assert scale is not None
        made = [Headline(level.id, level.name, level.position, scale.id) for level in scale.levels]
        return (made[0], *made)

    def __repr__(self) -> str:
        """Return its name: the whole value would fill the screen."""
        return f"CompiledDesign({self.design.id!r}, version={self.version.id!r})"
