"""M2, M3, M11: what a word hides, what it lets offset, and whom it fails to warn of."""

from __future__ import annotations

import numpy as np

from assurance_core.lab.binding import binding_counts, bites_at, spared_count
from assurance_core.lab.compensation import deepest
from assurance_core.lab.metrics.bootstrap import Weights
from assurance_core.lab.metrics.claims import CLAIMS, NAMES
from assurance_core.lab.metrics.figure import (
    Basis,
    Figure,
    Measure,
    Metric,
    no_figure,
    not_applicable,
    share,
)
from assurance_core.lab.metrics.information import NO_WORD
from assurance_core.lab.metrics.profiles import Mask, Profiles, every_profile, observed_profiles
from assurance_core.lab.metrics.study import TOO_LARGE, Study

NO_STANDARD = "its scales do not say which level meets the standard"
NOBODY_GOOD = "no body meets the standard"


def _sides(study: Study, weights: Weights) -> tuple[Profiles, Profiles]:
    return observed_profiles(study, weights), every_profile(study)


def _lacks(study: Study) -> str:
    """Return why metrics that ask for the standard do not apply, if they do not."""
    if study.scale is None:
        return NO_WORD
    return NO_STANDARD if study.good is None or study.good_scores is None else ""


def at_least_good(study: Study, profiles: Profiles) -> Mask:
    """Return where the word is good or better."""
    assert study.good is not None
    return (profiles.states >= study.good) & (profiles.states < study.levels)


def masking(study: Study, weights: Weights) -> Metric:
    """Return M2: among those rated good or better, the share with a statement below good."""
    why = _lacks(study)
    if why:
        return not_applicable("M2", NAMES["M2"], CLAIMS["M2"], why)
    assert study.good_scores is not None
    shares, depths = [], []
    for profiles in _sides(study, weights):
        good = at_least_good(study, profiles)
        below = profiles.count_of(study.good_scores, below=True)
        shares.append(profiles.share(below > 0, good, NOBODY_GOOD))
        depths.append(profiles.mean(below, good, NOBODY_GOOD))
    return Metric(
        "M2",
        NAMES["M2"],
        CLAIMS["M2"],
        (
            Measure(
                "", "of those that meet the standard, with a statement below it", "share", *shares
            ),
            Measure(
                "depth",
                "statements below the standard, on average, of those that meet it",
                "number",
                *depths,
            ),
        ),
    )


def weak_statements(study: Study, weights: Weights) -> Metric:
    """Return, statement by statement, how often a good or better word stands over a weak score."""
    why = _lacks(study)
    if why:
        return not_applicable("A2", NAMES["A2"], None, why)
    assert study.good_scores is not None
    rows = []
    for place, leaf in enumerate(study.leaves[: study.card]):
        lowest, below = [], []
        for profiles in _sides(study, weights):
            good = at_least_good(study, profiles)
            score = profiles.scores[place]
            lowest.append(profiles.share(score == 1, good, NOBODY_GOOD))
            below.append(profiles.share(score < study.good_scores[place], good, NOBODY_GOOD))
        rows.append(Measure(f"{leaf.id}.lowest", f"{leaf.name}: lowest", "share", *lowest))
        rows.append(
            Measure(f"{leaf.id}.below", f"{leaf.name}: below the standard", "share", *below)
        )

    def most(ending: str, which: int) -> Figure:
        figures = [
            (one.observed, one.every)[which] for one in rows if one.id.endswith(f".{ending}")
        ]
        return max(figures, key=lambda one: -1 if one.value is None else one.value)

    return Metric(
        "A2",
        NAMES["A2"],
        None,
        (
            Measure(
                "",
                "of those that meet the standard, with one named statement at the lowest, at most",
                "share",
                most("lowest", 0),
                most("lowest", 1),
            ),
            Measure(
                "below",
                "of those that meet the standard, with one named statement below it, at most",
                "share",
                most("below", 0),
                most("below", 1),
            ),
        ),
        rows=tuple(rows),
    )


def compensation(study: Study, weights: Weights) -> Metric:
    """Return M3: the most lowest scores, and the most below good, that each word can stand over."""
    if study.scale is None:
        return not_applicable("M3", NAMES["M3"], CLAIMS["M3"], NO_WORD, "number")
    one = (1,) * study.card
    rows = []
    for state in reversed(range(study.levels)):
        name = study.names[state]
        level = study.scale.levels[state].id
        for ending, words, positions, below in (
            ("lowest", "lowest scores", one, False),
            ("below", "scores below the standard", study.good_scores, True),
        ):
            if positions is None:
                continue
            figures = [
                _most(profiles, state, positions, below) for profiles in _sides(study, weights)
            ]
            if study.states is None:
                figures[1] = _most_in_space(study, state, positions, below)
            rows.append(Measure(f"{level}.{ending}", f"{name}: most {words}", "number", *figures))
    lowest = study.good if study.good is not None else study.levels - 1
    level, name = study.scale.levels[lowest].id, study.names[lowest]
    first = next(row for row in rows if row.id == f"{level}.lowest")
    main = Measure("", f"most lowest scores in {name}", "number", first.observed, first.every)
    return Metric("M3", NAMES["M3"], CLAIMS["M3"], (main,), rows=tuple(rows))


def _most(profiles: Profiles, state: int, positions: tuple[int, ...], below: bool) -> Figure:
    there = profiles.states == state
    if not there.any():
        return Figure(None, profiles.basis, reason="no profile has this word")
    counts = profiles.count_of(positions, below)
    return Figure(float(counts[there].max()), profiles.basis)


def _most_in_space(study: Study, state: int, positions: tuple[int, ...], below: bool) -> Figure:
    """Return the most low scores in a space that is too large for one tensor; exactly."""
    if study.space is None:
        return no_figure(TOO_LARGE)
    marks = {
        leaf.id: tuple(
            int(one < position if below else one == position)
            for one in range(1, len(leaf.scale) + 1)
        )
        for leaf, position in zip(study.leaves[: study.card], positions, strict=True)
    }
    found = deepest(study.space, marks).get(state)
    if found is None:
        return Figure(None, study.all_profiles, reason="no profile has this word")
    # What no rule reads can be as low as can be under every word.
    read = {leaf.id for leaf in study.space.leaves}
    unread = sum(max(mark) for leaf, mark in marks.items() if leaf not in read)
    return Figure(float(found.count + unread), study.all_profiles)


def alarm(study: Study, weights: Weights) -> Metric:
    """Return M11: of those with a lowest score anywhere, the share at or below an alarm level."""
    if study.scale is None:
        return not_applicable("M11", NAMES["M11"], CLAIMS["M11"], NO_WORD)
    one = (1,) * study.card
    sides = _sides(study, weights)
    thresholds = {"": 0}
    if study.good is not None and study.good > 1:
        thresholds["below_good"] = study.good - 1
    measures = []
    for key, state in thresholds.items():
        name = f"{study.names[state]}{' or below' if state else ''}"
        hits: list[Figure] = []
        false: list[Figure] = []
        for profiles in sides:
            weak = profiles.count_of(one, below=False) > 0
            rung: Mask = profiles.states <= state
            hits.append(profiles.share(rung, weak, "no body has a lowest score"))
            false.append(profiles.share(rung, ~weak, "every body has a lowest score"))
        measures.append(Measure(key, f"with a lowest score, rated {name}", "share", *hits))
        words = f"without a lowest score, rated {name}"
        false_key = f"{key}_without" if key else "without"
        measures.append(Measure(false_key, words, "share", *false))
    return Metric("M11", NAMES["M11"], CLAIMS["M11"], tuple(measures))


def binding(study: Study, _weights: Weights) -> Metric:
    """Return how often each limiter changes the level, of all profiles."""
    name = NAMES["A4"]
    space = study.space
    if study.scale is None or space is None:
        return not_applicable("A4", name, None, NO_WORD if study.scale is None else TOO_LARGE)
    counts = binding_counts(space)
    if not counts:
        return not_applicable("A4", name, None, "it has no limiters")
    bites = bites_at(space, study.levels_in(space, study.observed))
    observed, every = study.observed.basis, study.all_profiles
    spread_out = study.size // max(space.size, 1)
    rows = [
        Measure(
            path, path, "share",
            _part(int(bites[path].sum()), observed), _part(count * spread_out, every),
        )
        for path, count in counts.items()
    ]  # fmt: skip
    any_here = int(np.logical_or.reduce(list(bites.values())).sum())
    any_there = (space.size - spared_count(space)) * spread_out
    main = Measure(
        "", "some limiter changes the level", "share",
        _part(any_here, observed), _part(any_there, every),
    )  # fmt: skip
    return Metric("A4", name, None, (main,), rows=tuple(rows))


def _part(count: int, basis: Basis) -> Figure:
    return share(count, basis.size, basis, "no assessment is complete")
