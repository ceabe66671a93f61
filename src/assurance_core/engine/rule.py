"""A compiled design: rate one profile by look-up, many by gather, explain by steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from attrs import define, field, frozen

from assurance_core.engine.bound import BoundJudgement, run_steps
from assurance_core.engine.graph import Graph, Leaf
from assurance_core.engine.profile import Profile, profile_of_assessment, profile_of_scores
from assurance_core.engine.table import Table, class_outcome, ran_outcome
from assurance_core.model.assessment import Assessment
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
)
from assurance_core.model.scale import Scale
from assurance_core.rules.values import IntColumn


@frozen
class PublishedArea:
    """One line of the report card: which leaf or node gives its level."""

    id: str
    name: str
    node: str
    scale: Scale


@frozen
class Published:
    """What is published, resolved to leaves and nodes."""

    headline: str | None
    no_headline: str
    score: str | None
    areas: tuple[PublishedArea, ...]


Scores = Sequence[int | str] | Mapping[str, int | str]


@define(frozen=True, slots=False, eq=False)
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
    source_version: FrameworkVersion | None = field(default=None)

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
    def _plans(self) -> tuple[_Plan, ...]:
        index = {leaf.id: number for number, leaf in enumerate(self.leaves)}
        plans = []
        every = (*self.judgements, *self.consequences)
        for number, (one, table) in enumerate(zip(every, self.tables, strict=True)):
            keys = [source.node for source in one.node.sources]
            keys += [one.node.judged] if one.node.judged else []
            places = tuple(index[key] for key in keys)
            pairs = tuple(zip(places, table.strides, strict=True)) if table else ()
            plans.append(_Plan(one, table, places, pairs, number < len(self.judgements)))
            index[one.node.key] = len(self.leaves) + number
        return tuple(plans)

    @cached_property
    def _index(self) -> dict[str, int]:
        index = {leaf.id: number for number, leaf in enumerate(self.leaves)}
        for number, one in enumerate((*self.judgements, *self.consequences)):
            index[one.node.key] = len(self.leaves) + number
        return index

    @cached_property
    def _areas(self) -> tuple[tuple[int, tuple[Area | None, ...], PublishedArea], ...]:
        """For each area: its place, and its line ready made for each position."""
        return tuple(
            (
                self._index[area.node],
                (None, *(Area(area.id, area.name, level) for level in area.scale.levels)),
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
        return self._outcome(profile, nodes, judged, follows)

    def explain(self, given: Assessment | Scores, **others: Any) -> Outcome:
        """Rate like `rate` or `rate_assessment`, and record what every step did."""
        from assurance_core.engine.explain import explain_profile

        if isinstance(given, Assessment):
            return explain_profile(self, profile_of_assessment(self, given))
        return explain_profile(self, profile_of_scores(self, given, **others))

    def rate_columns(self, columns: Mapping[str, Any] | Sequence[Any]) -> Any:
        """Rate many profiles at once: see `assurance_core.engine.bulk.rate_columns`."""
        from assurance_core.engine.bulk import rate_columns

        return rate_columns(self, columns)

    def evaluate(
        self,
        positions: Sequence[int],
        overrides: Mapping[str, Any] | None = None,
        run: Callable[[BoundJudgement, dict[str, IntColumn]], JudgementOutcome] | None = None,
    ) -> tuple[list[int], list[JudgementOutcome], list[bool]]:
        """Evaluate every judgement of one profile.

        Args:
            positions: of the leaves, in order; 0 where absent.
            overrides: professional judgement, by judgement.
            run: instead of a look-up, run the steps with this function; for traces.

        Returns:
            Positions of leaves, judgements and consequences; the judgements' outcomes; for each
            consequence whether it follows.
        """
        nodes = list(positions)
        judged: list[JudgementOutcome] = []
        follows: list[bool] = []
        for plan in self._plans:
            outcome = self._one(plan, nodes, run)
            if plan.judgement_is_own:
                if overrides and outcome.id in overrides:
                    outcome = _overridden(plan.judgement, outcome, overrides[outcome.id])
                judged.append(outcome)
            else:
                follows.append(outcome.level is not None and outcome.level.position > 1)
            nodes.append(
                outcome.level.position if outcome.level else -1 - self.reasons.index(outcome.reason)
            )
        return nodes, judged, follows

    def _one(
        self,
        plan: _Plan,
        nodes: list[int],
        run: Callable[[BoundJudgement, dict[str, IntColumn]], JudgementOutcome] | None,
    ) -> JudgementOutcome:
        table = plan.table
        if table is not None and run is None:
            key = 0
            for place, stride in plan.pairs:
                position = nodes[place]
                if position <= 0:
                    break
                key += (position - 1) * stride
            else:
                number = table.classes.item(key)
                if table.outcomes:
                    return table.outcomes[number]
                row = table.columns[number]
                return class_outcome(plan.judgement, row, list(self.reasons))
        columns = plan.columns(nodes)
        if run is not None:
            return run(plan.judgement, columns)
        ran = run_steps(plan.judgement, columns)
        return ran_outcome(plan.judgement, ran, list(self.reasons))

    def _outcome(
        self,
        profile: Profile,
        nodes: list[int],
        judged: list[JudgementOutcome],
        follows: list[bool],
    ) -> Outcome:
        published = self.published
        by_id = {
            outcome.id: outcome
            for one, outcome in zip(self.judgements, judged, strict=True)
            if one.node.role == "judgement"
        }
        score = None
        if published.score is not None:
            score = by_id[published.score].score
        return Outcome(
            design=self.design.id,
            headline=self._headline(by_id),
            score=score,
            areas=tuple(
                lines[nodes[place]] or _absent(area, profile)
                if nodes[place] >= 0
                else Area(area.id, area.name, None, self.reasons[-1 - nodes[place]])
                for place, lines, area in self._areas
            ),
            judgements=tuple(by_id.values()),
            consequences=tuple(
                ConsequenceOutcome(
                    one.node.judgement.id, one.node.judgement.name, one.steps[0].source
                )
                for one, holds in zip(self.consequences, follows, strict=True)
                if holds
            ),
        )

    def _headline(self, judged: Mapping[str, JudgementOutcome]) -> Headline | NoHeadline:
        if self.published.headline is None:
            return self._no_headline
        outcome = judged[self.published.headline]
        if outcome.level is None:
            return NoHeadline(outcome.reason)
        return self._headlines[outcome.level.position]

    @cached_property
    def _no_headline(self) -> NoHeadline:
        return NoHeadline(self.published.no_headline)

    @cached_property
    def headline_scale(self) -> Scale | None:
        """The scale of the headline, or None where the design has none."""
        for one in self.judgements:
            if one.node.role == "judgement" and one.node.judgement.id == self.published.headline:
                return one.node.scale
        return None

    @cached_property
    def _headlines(self) -> tuple[Headline, ...]:
        scale = self.headline_scale
        assert scale is not None
        made = [Headline(level.id, level.name, level.position, scale.id) for level in scale.levels]
        return (made[0], *made)


@frozen(eq=False)
class _Plan:
    """How one judgement reads its inputs."""

    judgement: BoundJudgement
    table: Table | None
    places: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    judgement_is_own: bool

    def columns(self, nodes: Sequence[int]) -> dict[str, IntColumn]:
        import numpy as np

        keys = [source.node for source in self.judgement.node.sources]
        keys += [self.judgement.node.judged] if self.judgement.node.judged else []
        return {
            key: np.array(nodes[place], dtype=np.int64)
            for key, place in zip(keys, self.places, strict=True)
        }


def _overridden(
    judgement: BoundJudgement, outcome: JudgementOutcome, override: Any
) -> JudgementOutcome:
    from attrs import evolve

    level = judgement.node.scale.level(override.level)
    return evolve(
        outcome,
        level=level,
        reason="",
        overridden=outcome.level,
        override_reason=override.reason,
    )


def _absent(area: PublishedArea, profile: Profile) -> Area:
    return Area(area.id, area.name, None, profile.absent.get(area.node, "not assessed"))
