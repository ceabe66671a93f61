"""A compiled design: rate one profile by look-up, many by gather, explain by steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import define

from assurance_core.engine.bound import BoundJudgement
from assurance_core.engine.complete import Complete, complete_rating
from assurance_core.engine.consequences import FOLLOWS
from assurance_core.engine.explain import TraceWords, explain_profile
from assurance_core.engine.form import OutcomeForm
from assurance_core.engine.graph import Graph, Leaf
from assurance_core.engine.plan import Plan, overridden
from assurance_core.engine.profile import Profile, profile_of_assessment
from assurance_core.engine.published import Published
from assurance_core.engine.scores import Given, number_of, profile_of_scores, quick_positions
from assurance_core.engine.table import Table
from assurance_core.model.assessment import Assessment, Override
from assurance_core.model.crosswalk import Crosswalk
from assurance_core.model.design import RatingDesign
from assurance_core.model.framework import FrameworkVersion
from assurance_core.model.outcome import JudgementOutcome, Outcome
from assurance_core.model.scale import Scale, fold
from assurance_core.rules.values import IntColumn

if TYPE_CHECKING:
    from assurance_core.engine.bulk import OutcomeColumns

Scores = Sequence[Given] | Mapping[str, Given]
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
        published: what of the judgements is published.
        crosswalk: how assessments of another framework are read, if they are.
        source_version: the version of that other framework.
        leaves: the axes of the space, in the order in which bare scores are given.
        space: the table of each judgement, by id.
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
    def whole_numbers(self) -> tuple[type, ...]:
        """The types of bare scores, when each is a whole number."""
        return (int,) * len(self.leaves)

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
        plans: list[Plan] = []
        for one, table in zip(every, self.tables, strict=True):
            before = plans[-1] if plans else None
            plans.append(Plan.of(one, table, self._index, self.reasons, before))
        return tuple(plans)

    @cached_property
    def trace_words(self) -> Mapping[str, TraceWords]:
        """What traces say of the inputs of each judgement and consequence, ready made, by key."""
        every = (*self.judgements, *self.consequences)
        return {one.node.key: TraceWords.of(one) for one in every}

    @cached_property
    def form(self) -> OutcomeForm:
        """How the outcomes of this design are put together."""
        return OutcomeForm.of(
            self.design.id,
            self.published,
            self.judgements,
            self.consequences,
            self._index,
            self.reasons,
        )

    def rate(
        self,
        scores: Scores | None = None,
        *,
        evidence: Mapping[str, Mapping[str, Given]] | None = None,
        judged: Mapping[str, str] | None = None,
    ) -> Outcome:
        """Rate one complete profile.

        Args:
            scores: levels by statement id, name or alias; or a bare sequence in the framework's
                order. A level is its id; a whole number is the level of that number; an
                `Absence` says why there is none.
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
                return self.form.outcome({}, nodes, outcomes, follows)
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
        return self.form.outcome(profile.absent, nodes, judged, follows)

    def explain(self, given: Assessment | Scores, **others: Any) -> Outcome:
        """Rate like `rate` or `rate_assessment`, and record what every step did.

        Args:
            given: an assessment, or scores as `rate` takes them.
            others: `evidence` and `judged`, as `rate` takes them.

        Returns:
            The outcome, with a trace.

        Raises:
            AssuranceError: as those do.
        """
        if isinstance(given, Assessment):
            return explain_profile(self, profile_of_assessment(self, given))
        positions = None if others else quick_positions(self, given)
        if positions is not None:
            return explain_profile(self, Profile(positions))
        return explain_profile(self, profile_of_scores(self, given, **others))

    def rate_columns(self, columns: Mapping[str, Any] | Sequence[Any]) -> OutcomeColumns:
        """Rate many profiles at once.

        Args:
            columns: an array of whole numbers for each leaf, all of one length, by id or in order;
                each number names a level as in `rate`, and 0 is an absent score, unless the scale
                has a level 0.

        Returns:
            Arrays of the same length: `headline` holds positions, 1 for the worst.

        Raises:
            AssuranceError: `bad-score` with the row, `missing-score`, `missing` or `wrong-type`.
        """
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
        key = 0
        given: dict[str, IntColumn] = {}
        for number, plan in enumerate(self._plans):
            if run is None:
                if not plan.same_places:
                    key = plan.key(nodes)
                outcome, position = plan.rate(nodes, key)
            else:
                if not plan.same_names:
                    given = plan.given(nodes)
                outcome, position = run(plan, given)
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

    @cached_property
    def headline_scale(self) -> Scale | None:
        """The scale of the headline, or None where the design has none."""
        for one in self.judgements:
            if one.own and one.node.judgement.id == self.published.headline:
                return one.node.scale
        return None

    @cached_property
    def headlines_total(self) -> int:
        """How many different headlines the design can give at all."""
        if self.published.headline is None or self.headline_scale is None:
            return 1
        table = self.space[self.published.headline]
        return len(self.headline_scale if table is None else set(table.positions.tolist()))

    def __repr__(self) -> str:
        """Return its name: the whole value would fill the screen."""
        return f"CompiledDesign({self.design.id!r}, version={self.version.id!r})"
