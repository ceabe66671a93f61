"""The main job: designs beside each other on the same assessments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, get_args

from attrs import evolve, frozen

from assurance_core.engine.profile import Profile, profile_of_assessment
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.contender import (
    Compiled,
    Contender,
    PublishedRule,
    as_compiled,
    design_of,
    labelled,
    published_rule,
)
from assurance_core.lab.coverage import (
    DEFAULT_STATUSES,
    Coverage,
    choose_assessments,
    coverage,
)
from assurance_core.lab.neighbours import Neighbours, all_neighbours
from assurance_core.lab.result import Result, cannot_rate, result_of
from assurance_core.model.assessment import Assessment
from assurance_core.model.dates import PartialDate
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.model.outcome import Headline, NoHeadline
from assurance_core.model.scale import Level

Change = Literal["changed", "unchanged", "cannot tell"]


@frozen(eq=False)
class ComparedBody:
    """One assessment with what each design says of it.

    Attributes:
        assessment: whose.
        results: in the order of the designs.
    """

    assessment: Assessment
    results: tuple[Result, ...]


@frozen(eq=False)
class HiddenWeakness:
    """A body with a good word and statements below good (what the word hides)."""

    assessment: Assessment
    headline: Headline
    below: tuple[tuple[str, Level], ...]


@frozen(eq=False)
class Hidden:
    """What one design's word hides, among the bodies whose scores are all known.

    Attributes:
        rated_good: how many bodies are at good or better.
        bodies: those of them with a statement below good.
    """

    rated_good: int
    bodies: tuple[HiddenWeakness, ...]


@frozen(eq=False)
class NextToThreshold:
    """A body whose word one step of one statement changes."""

    assessment: Assessment
    headline: Headline
    neighbours: Neighbours


@frozen(eq=False, repr=False)
class Pair:
    """Two designs held against each other.

    Attributes:
        first, second: places of the two in the comparison.
        comparable: both have headlines on scales with the same levels.
        reason: why they are not comparable, if so.
        changes: for each body, in order: changed, unchanged or cannot tell; empty where not
            comparable.
        crosstab: how many certain bodies have which headline under each.
        unchanged, changed, cannot_tell: how many bodies.
    """

    first: int
    second: int
    comparable: bool
    reason: str
    changes: tuple[Change, ...]
    crosstab: Mapping[tuple[str, str], int]

    def count(self, change: Change) -> int:
        """Return how many bodies are changed, unchanged or cannot be told."""
        return self.changes.count(change)

    def __repr__(self) -> str:
        """Return the numbers, not what became of each body."""
        if not self.comparable:
            return f"Pair({self.first}, {self.second}: not comparable)"
        counts = (f"{self.count(change)} {change}" for change in get_args(Change))
        return f"Pair({self.first}, {self.second}: {', '.join(counts)})"


@frozen(eq=False, repr=False)
class Comparison:
    """Designs × assessments.

    Attributes:
        contenders: the designs, in order; the first is what others are held against.
        bodies: one for each assessment, by name and date.
        pairs: the first design with each other one.
        hidden: what the word of each design hides; None without a word or a standard.
        thresholds: for each design with a word: bodies one step from another word.
        coverage: what the data cover.
    """

    contenders: tuple[Contender, ...]
    bodies: tuple[ComparedBody, ...]
    pairs: tuple[Pair, ...]
    hidden: tuple[Hidden | None, ...]
    thresholds: tuple[tuple[NextToThreshold, ...] | None, ...]
    coverage: Coverage

    def __repr__(self) -> str:
        """Return what was compared: the whole value would fill the screen."""
        ids = ", ".join(one.design.id for one in self.contenders)
        return f"Comparison({ids}: {len(self.bodies)} assessments)"


def compare(
    designs: Sequence[RatingDesign | Contender | Compiled],
    assessments: Sequence[Assessment],
    *,
    references: Sequence[RatingDesign | Compiled] = (),
    statuses: Sequence[str] = DEFAULT_STATUSES,
    bodies_total: int | None = None,
    note: str = "",
    as_of: PartialDate | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """Set designs beside each other on the same assessments.

    Args:
        designs: two or more; the others are held against the first. A design of another framework
            comes as a `Contender` with its crosswalk; it may come several times, each by another.
            What is compared again and again may come `Compiled`, for the same `as_of`.
        assessments: of one framework.
        references: the designs that published outcomes may follow, besides those compared; they
            narrow what is only partly known.
        statuses: which assessments take part.
        bodies_total: how many bodies there are in all.
        note: what the coverage means.
        as_of: chooses the framework version instead of each assessment's date.
        progress: called with the number of bodies done and the number there are.

    Returns:
        Everything the report prints, as values.

    Raises:
        AssuranceError: a design that does not compile.
    """
    rules = tuple(as_compiled(one, as_of) for one in designs)
    contenders = labelled([one.contender for one in rules])
    # What was published followed the version of its own date, whatever `as_of` says.
    own = [one if as_of is None else one.contender.design for one in rules if not one.crosses]
    by_id = {design_of(one).id: one for one in (*references, *own)}
    published_by = published_rule(by_id.values())
    # Designs are compared on the scores: professional judgement belongs to the design it overrode.
    chosen = tuple(
        evolve(one, overrides={}) if one.overrides else one
        for one in choose_assessments(assessments, statuses)
    )
    bodies = []
    for number, assessment in enumerate(chosen, 1):
        results = tuple(_result(rule, assessment, published_by) for rule in rules)
        bodies.append(ComparedBody(assessment, results))
        if progress:
            progress(number, len(chosen))
    worded = [_with_word(rule, place, bodies) for place, rule in enumerate(rules)]
    return Comparison(
        contenders=contenders,
        bodies=tuple(bodies),
        pairs=tuple(_pair(contenders, bodies, 0, other) for other in range(1, len(contenders))),
        hidden=tuple(map(_hidden, rules, worded)),
        thresholds=tuple(map(_thresholds, rules, worded)),
        coverage=coverage(assessments, chosen, bodies_total, note),
    )


def _result(rule: Compiled, assessment: Assessment, published_by: PublishedRule) -> Result:
    try:
        return result_of(rule.rule(assessment), assessment, published_by(assessment))
    except AssuranceError as error:
        return cannot_rate(error)


def _pair(
    contenders: Sequence[Contender], bodies: Sequence[ComparedBody], first: int, second: int
) -> Pair:
    scales = [contenders[place].headline_scale for place in (first, second)]
    one, other = scales
    if one is None or other is None:
        names = [contenders[p].name for p, s in ((first, one), (second, other)) if s is None]
        reason = " and ".join(names) + (" gives" if len(names) == 1 else " give") + " no headline"
    elif not one.same_levels(other):
        reason = f"their levels differ: {', '.join(one.ids)} against {', '.join(other.ids)}"
    else:
        reason = ""
    changes: list[Change] = []
    crosstab: dict[tuple[str, str], int] = {}
    for body in bodies:
        left, right = body.results[first].headline, body.results[second].headline
        if left is not None and right is not None:
            key = (headline_key(left), headline_key(right))
            crosstab[key] = crosstab.get(key, 0) + 1
        if not reason:
            changes.append(change_between(body.results[first], body.results[second]))
    return Pair(first, second, not reason, reason, tuple(changes), crosstab)


def change_between(left: Result, right: Result) -> Change:
    """Say whether the headline changes: certain on both sides, or disjoint, or cannot tell."""
    ours = {headline_key(one) for one in left.possible.headlines}
    theirs = {headline_key(one) for one in right.possible.headlines}
    if not ours or not theirs:
        return "cannot tell"
    if not ours & theirs:
        return "changed"
    return "unchanged" if len(ours) == 1 and ours == theirs else "cannot tell"


def headline_key(headline: Headline | NoHeadline) -> str:
    """Return a headline's level id, or an empty text where there is none."""
    return headline.level if isinstance(headline, Headline) else ""


@frozen(eq=False)
class _Worded:
    """A body whose every score is known, and which has a word.

    Attributes:
        assessment: of the body.
        headline: the word that a design gives it.
        rule: the design, compiled for its framework version.
        profile: as that reads it.
    """

    assessment: Assessment
    headline: Headline
    rule: CompiledDesign
    profile: Profile


def _with_word(rule: Compiled, place: int, bodies: Sequence[ComparedBody]) -> list[_Worded]:
    """Return the bodies whose every score is known, and which have a word by a design."""
    found = []
    for body in bodies:
        outcome, assessment = body.results[place].outcome, body.assessment
        if outcome and isinstance(outcome.headline, Headline) and assessment.complete():
            own = rule.rule(assessment)
            profile = profile_of_assessment(own, assessment)
            found.append(_Worded(assessment, outcome.headline, own, profile))
    return found


def _hidden(rule: Compiled, worded: Sequence[_Worded]) -> Hidden | None:
    scale = rule.contender.headline_scale
    if scale is None or not scale.good_from:
        return None
    good = [one for one in worded if not scale.below_good(scale.level(one.headline.level))]
    found = []
    for one in good:
        below = statements_below_good(one.rule, one.profile)
        if below:
            found.append(HiddenWeakness(one.assessment, one.headline, below))
    return Hidden(len(good), tuple(found))


def statements_below_good(rule: CompiledDesign, profile: Profile) -> tuple[tuple[str, Level], ...]:
    """Return the statements whose score is below their scale's standard."""
    below = []
    for leaf, position in zip(rule.leaves, profile.positions, strict=True):
        if leaf.kind == "statement" and position and leaf.scale.below_good(leaf.scale.at(position)):
            below.append((leaf.name, leaf.scale.at(position)))
    return tuple(below)


def _thresholds(rule: Compiled, worded: Sequence[_Worded]) -> tuple[NextToThreshold, ...] | None:
    if rule.contender.headline_scale is None:
        return None
    by_version: dict[CompiledDesign, list[int]] = {}
    for number, one in enumerate(worded):
        by_version.setdefault(one.rule, []).append(number)
    near: dict[int, Neighbours] = {}
    for design, numbers in by_version.items():
        profiles = [worded[number].profile for number in numbers]
        near.update(zip(numbers, all_neighbours(design, profiles), strict=True))
    return tuple(
        NextToThreshold(one.assessment, one.headline, near[number])
        for number, one in enumerate(worded)
        if near[number].up or near[number].down
    )
