"""What can be said of an assessment that is only partly published (law 14). Nothing is imputed."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.engine.bound import BoundJudgement
from assurance_core.engine.bulk import rate_positions
from assurance_core.engine.consequences import FOLLOWS
from assurance_core.engine.profile import Profile, profile_of_assessment
from assurance_core.engine.table import Table
from assurance_core.model.assessment import Assessment
from assurance_core.model.errors import AssuranceError
from assurance_core.model.outcome import Headline, NoHeadline, PossibleOutcomes
from assurance_core.rules.values import IntColumn

if TYPE_CHECKING:
    from assurance_core.engine.rule import CompiledDesign

MOST_COMBINATIONS = 1 << 22


@frozen(eq=False)
class _Rated:
    """What each combination of the unknown scores gives.

    Attributes:
        classes: for each combination, which of the rows below holds for it.
        positions: of the headline, by class.
        score: numerator and denominator, by class; None without numbers.
    """

    classes: NDArray[np.integer]
    positions: IntColumn
    score: tuple[IntColumn, IntColumn] | None


def possible_outcomes(
    rule: CompiledDesign, assessment: Assessment, published_by: CompiledDesign | None = None
) -> PossibleOutcomes:
    """Evaluate a design over every profile that fits what is known of an assessment.

    Args:
        rule: the design to evaluate.
        assessment: with scores that are not known to us.
        published_by: the design under which its outcome was published; the published word and
            number then narrow the profiles.

    Returns:
        The distinct headlines, worst first, with the number of profiles for each.

    Raises:
        AssuranceError: as `profile_of_assessment`, for absences that the design cannot do without.
    """
    profile = profile_of_assessment(rule, assessment, allow_unknown=True)
    if rule.published.headline is None:
        return certain_outcome(rule, NoHeadline(rule.published.no_headline))
    unknown = _unknown_and_read(rule, profile)
    if not unknown or rule.published.headline in profile.overrides:
        return certain_outcome(rule, rule.rate_profile(_any_level(profile)).headline)
    total = rule.headlines_total
    narrowing = _narrowing(published_by, rule, assessment)
    if narrowing:
        unknown = list(profile.unknown)
    if prod(len(rule.leaves[place].scale) for place in unknown) > MOST_COMBINATIONS:
        reason = f"too little is known: {len(unknown)} scores are open"
        return PossibleOutcomes((), (), total, reason)
    rated = _rate_open(rule, profile, unknown)
    classes = rated.classes
    if narrowing:
        other = rated if narrowing is rule else _rate_open(narrowing, profile, unknown)
        classes = classes[_consistent(narrowing, assessment, other)[other.classes]]
    if not len(classes):
        return PossibleOutcomes((), (), total, "the published outcome fits no profile")
    return _tally(rule, rated.positions, np.bincount(classes), total)


def certain_consequences(
    rule: CompiledDesign, assessment: Assessment, published_by: CompiledDesign | None = None
) -> tuple[str, ...]:
    """Return the consequences that follow from every profile that fits what is known.

    Args:
        rule: the design to evaluate.
        assessment: with scores that are not known to us.
        published_by: as for `possible_outcomes`.

    Returns:
        Ids, in the design's order; none where too little is known to try every profile.
    """
    if not rule.consequences:
        return ()
    profile = profile_of_assessment(rule, assessment, allow_unknown=True)
    narrowing = _narrowing(published_by, rule, assessment)
    read = rule.leaves_read
    unknown = [one for one in profile.unknown if narrowing or rule.leaves[one].id in read]
    if prod(len(rule.leaves[place].scale) for place in unknown) > MOST_COMBINATIONS:
        return ()
    keep = None
    if narrowing:
        rated = _rate_open(narrowing, profile, unknown)
        keep = _consistent(narrowing, assessment, rated)[rated.classes]
    following = _following(rule, profile, unknown)
    kept = {key: found if keep is None else found[keep] for key, found in following.items()}
    return tuple(key for key, found in kept.items() if len(found) and found.all())


def _following(
    rule: CompiledDesign, profile: Profile, unknown: list[int]
) -> dict[str, NDArray[np.bool_]]:
    """Return, for each consequence, whether it follows from each combination of unknown scores."""
    tables = rule.tables[len(rule.judgements) :]
    found = {}
    for one, table in zip(rule.consequences, tables, strict=True):
        classes = _open_classes(rule, one, table, profile, unknown)
        if classes is None or table is None:
            combinations = _combinations(rule, profile, unknown)
            rated = rate_positions(rule, combinations, profile.overrides).consequences
            return dict(rated)
        found[one.node.judgement.id] = (table.positions == FOLLOWS)[classes]
    return found


def certain_outcome(rule: CompiledDesign, headline: Headline | NoHeadline) -> PossibleOutcomes:
    """Return what is possible where only one headline is."""
    return PossibleOutcomes((headline,), (1,), rule.headlines_total)


def _narrowing(
    published_by: CompiledDesign | None, rule: CompiledDesign, assessment: Assessment
) -> CompiledDesign | None:
    """Return the design that the published outcome follows, if it says anything here."""
    published = assessment.published
    if published_by is None or (published.headline is None and published.score is None):
        return None
    same_leaves = [leaf.id for leaf in published_by.leaves] == [leaf.id for leaf in rule.leaves]
    if not same_leaves:
        return None
    try:
        profile_of_assessment(published_by, assessment, allow_unknown=True)
    except AssuranceError:
        # That design cannot do without a score that is absent: its rule narrows nothing.
        return None
    return published_by


def _unknown_and_read(rule: CompiledDesign, profile: Profile) -> list[int]:
    """Return the unknown leaves that some judgement reads; the others change nothing."""
    read = {
        key
        for one in rule.judgements
        for key in [*(source.node for source in one.node.sources), one.node.judged]
    }
    return [place for place in profile.unknown if rule.leaves[place].id in read]


def _any_level(profile: Profile) -> Profile:
    """Return the profile with unknown leaves at some level, where that changes no headline."""
    positions = list(profile.positions)
    for place in profile.unknown:
        positions[place] = 1
    return Profile(tuple(positions), profile.absent, (), profile.overrides)


def _rate_open(rule: CompiledDesign, profile: Profile, unknown: list[int]) -> _Rated:
    """Rate every combination of the unknown scores, the last one moving fastest."""
    headline = str(rule.published.headline)
    table = rule.space[headline]
    judgement = next(one for one in rule.judgements if one.node.judgement.id == headline)
    classes = _open_classes(rule, judgement, table, profile, unknown)
    if table is not None and classes is not None:
        score = (table.columns[:, 1], table.columns[:, 2])
        return _Rated(classes, table.positions, score if score[1].any() else None)
    combinations = _combinations(rule, profile, unknown)
    rated = rate_positions(rule, combinations, profile.overrides)
    number = rated.score if rule.published.score == headline else rated.judgements[headline].score
    headlines = rated.judgements[headline].positions
    return _Rated(np.arange(len(headlines)), headlines, number)


def _open_classes(
    rule: CompiledDesign,
    judgement: BoundJudgement,
    table: Table | None,
    profile: Profile,
    unknown: list[int],
) -> NDArray[np.integer] | None:
    """Return the class of each combination of the unknown scores, the last one moving fastest.

    A judgement that reads the leaves themselves has the answer in its table, as a slice. None where
    it reads something else, or a leaf that is absent.
    """
    places = {leaf.id: place for place, leaf in enumerate(rule.leaves)}
    own = [places.get(key, -1) for key in judgement.keys]
    positions = profile.positions
    if table is None or any(one < 0 or (one not in unknown and positions[one] <= 0) for one in own):
        return None
    index = tuple(slice(None) if one in unknown else positions[one] - 1 for one in own)
    axes = [one for one in own if one in unknown]
    classes = table.classes.reshape(table.shape)[index].transpose(np.argsort(axes))
    sizes = [len(rule.leaves[place].scale) for place in unknown]
    form = [size if place in axes else 1 for place, size in zip(unknown, sizes, strict=True)]
    return np.broadcast_to(classes.reshape(form), sizes).ravel()


def _combinations(
    rule: CompiledDesign, profile: Profile, unknown: list[int]
) -> dict[str, IntColumn]:
    """Return one row of positions for each combination of the unknown scores."""
    sizes = [len(rule.leaves[place].scale) for place in unknown]
    rows = np.indices(sizes, dtype=np.int64).reshape(len(unknown), prod(sizes)) + 1
    columns: dict[str, IntColumn] = {}
    for place, leaf in enumerate(rule.leaves):
        if place in unknown:
            column = rows[unknown.index(place)]
        else:
            # A leaf that nothing reads may stand at any level.
            position = profile.positions[place] or (1 if place in profile.unknown else 0)
            column = np.full(rows.shape[1], position, dtype=np.int64)
        columns[leaf.id] = column
    return columns


def _consistent(
    reference: CompiledDesign, assessment: Assessment, rated: _Rated
) -> NDArray[np.bool_]:
    """Return which classes have the published word and number under their design."""
    keep = np.ones(len(rated.positions), dtype=bool)
    word, score = assessment.published.headline, assessment.published.score
    scale = reference.headline_scale
    if word is not None and scale and word in scale.by_id:
        keep &= rated.positions == scale.level(word).position
    if score is not None and rated.score is not None:
        above, below = rated.score
        keep &= (above == score * below) & (below > 0)
    return keep


def _tally(
    rule: CompiledDesign, positions: IntColumn, by_class: NDArray[np.integer], total: int
) -> PossibleOutcomes:
    tally: dict[int, int] = {}
    for position, count in zip(positions.tolist(), by_class.tolist(), strict=False):
        if count:
            tally[position] = tally.get(position, 0) + count
    found = sorted(tally)
    scale = rule.headline_scale
    assert scale is not None
    headlines: list[Headline | NoHeadline] = []
    for position in found:
        if position < 1:
            headlines.append(NoHeadline(rule.reasons[-1 - position]))
        else:
            level = scale.at(position)
            headlines.append(Headline(level.id, level.name, level.position, scale.id))
    return PossibleOutcomes(tuple(headlines), tuple(tally[one] for one in found), total)
