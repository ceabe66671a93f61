"""What can be said of an assessment that is only partly published (law 14). Nothing is imputed."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from assurance_core.engine.bulk import rate_columns
from assurance_core.engine.profile import Profile, profile_of_assessment
from assurance_core.model.assessment import Assessment
from assurance_core.model.outcome import Headline, NoHeadline, PossibleOutcomes
from assurance_core.rules.values import IntColumn

if TYPE_CHECKING:
    from assurance_core.engine.rule import CompiledDesign

MOST_COMBINATIONS = 1 << 22


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
    total = _all_headlines(rule)
    if rule.published.headline is None:
        return PossibleOutcomes((NoHeadline(rule.published.no_headline),), (1,), 1)
    if not profile.unknown:
        return PossibleOutcomes((rule.rate_profile(profile).headline,), (1,), total)
    needed = _unknown_and_read(rule, profile)
    sizes = [len(rule.leaves[place].scale) for place in needed]
    if prod(sizes) > MOST_COMBINATIONS:
        reason = f"too little is known: {len(needed)} scores are open"
        return PossibleOutcomes((), (), total, reason)
    columns = _combinations(rule, profile, needed)
    if published_by is not None:
        mask = _consistent(published_by, assessment, columns)
        columns = {key: column[mask] for key, column in columns.items()}
    if not len(next(iter(columns.values()))):
        return PossibleOutcomes((), (), total, "the published outcome fits no profile")
    return _tally(rule, columns, total, profile)


def _unknown_and_read(rule: CompiledDesign, profile: Profile) -> list[int]:
    """Return the unknown leaves that some judgement reads; the others change nothing."""
    read = {
        key
        for one in rule.judgements
        for key in [*(source.node for source in one.node.sources), one.node.judged]
    }
    return [place for place in profile.unknown if rule.leaves[place].id in read]


def _combinations(
    rule: CompiledDesign, profile: Profile, unknown: list[int]
) -> dict[str, IntColumn]:
    """Return one row for each combination of the unknown scores, as positions."""
    levels = [range(1, len(rule.leaves[place].scale) + 1) for place in unknown]
    rows = np.array(list(product(*levels)), dtype=np.int64).reshape(-1, len(unknown))
    columns: dict[str, IntColumn] = {}
    for place, leaf in enumerate(rule.leaves):
        if place in unknown:
            columns[leaf.id] = rows[:, unknown.index(place)]
        else:
            # A leaf that nothing reads may stand at any level.
            position = profile.positions[place] or (1 if place in profile.unknown else 0)
            columns[leaf.id] = np.full(len(rows), position, dtype=np.int64)
    return columns


def _numbers(rule: CompiledDesign, columns: dict[str, IntColumn]) -> dict[str, IntColumn]:
    """Return positions as the numbers that `rate_columns` takes."""
    out = {}
    for leaf in rule.leaves:
        column = columns[leaf.id]
        if leaf.scale.numbered:
            numbers = np.array([0, *(int(level.id) for level in leaf.scale.levels)])
            column = numbers[column]
        out[leaf.id] = column
    return out


def _consistent(
    reference: CompiledDesign, assessment: Assessment, columns: dict[str, IntColumn]
) -> IntColumn:
    """Return which rows give the published word and number under the design they follow."""
    count = len(next(iter(columns.values())))
    keep = np.ones(count, dtype=bool)
    if any(leaf.id not in columns for leaf in reference.leaves):
        return np.flatnonzero(keep)
    rated = rate_columns(reference, _numbers(reference, columns))
    word, score = assessment.published.headline, assessment.published.score
    scale = reference.headline_scale
    if word is not None and rated.headline is not None and scale and word in scale.by_id:
        keep &= rated.headline == scale.level(word).position
    if score is not None and rated.score is not None:
        keep &= rated.score[0] == score * rated.score[1]
    return np.flatnonzero(keep)


def _tally(
    rule: CompiledDesign, columns: dict[str, IntColumn], total: int, profile: Profile
) -> PossibleOutcomes:
    overrides = profile.overrides
    headline = rule.published.headline
    if headline in overrides:
        outcome = rule.rate_profile(
            Profile(tuple(int(c[0]) for c in columns.values()), {}, (), overrides)
        )
        return PossibleOutcomes((outcome.headline,), (len(next(iter(columns.values()))),), total)
    positions = rate_columns(rule, _numbers(rule, columns)).judgements[str(headline)].positions
    found, counts = np.unique(positions, return_counts=True)
    scale = rule.headline_scale
    assert scale is not None
    headlines: list[Headline | NoHeadline] = []
    for position in (int(one) for one in found):
        if position < 1:
            headlines.append(NoHeadline(rule.reasons[-1 - position]))
        else:
            level = scale.at(position)
            headlines.append(Headline(level.id, level.name, level.position, scale.id))
    return PossibleOutcomes(tuple(headlines), tuple(int(one) for one in counts), total)


def _all_headlines(rule: CompiledDesign) -> int:
    """Return how many different headlines the design can give at all."""
    if rule.published.headline is None:
        return 1
    table = rule.space[rule.published.headline]
    scale = rule.headline_scale
    assert scale is not None
    return len(set(table.positions.tolist())) if table is not None else len(scale)
