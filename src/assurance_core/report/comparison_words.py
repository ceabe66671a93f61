"""The sentences of a comparison: what changes for whom, or what is lost and shown instead."""

from __future__ import annotations

from collections.abc import Callable

from assurance_core.lab.compare import ComparedBody, Comparison, Pair
from assurance_core.lab.contender import Contender
from assurance_core.model.assessment import Assessment
from assurance_core.report.words import count_words, joined, who

_MOST_NAMES = 8


def label(contender: Contender) -> str:
    """Return the short name of a design in headings and sentences."""
    return contender.name


def namer(comparison: Comparison) -> Callable[[Assessment], str]:
    """Return how to name assessments: with their dates where a body has more than one."""
    dated = comparison.coverage.bodies < comparison.coverage.assessments
    return lambda assessment: who(assessment, dated)


def sentence(comparison: Comparison, pair: Pair) -> str:
    """Return one sentence: if A were replaced by B, what changes for whom?"""
    first, second = comparison.contenders[pair.first], comparison.contenders[pair.second]
    start = f"If “{label(first)}” were replaced by “{label(second)}”"
    if not pair.comparable:
        return _lost(comparison, pair, start)
    changed = movers(comparison, pair)
    word = first.framework.bodies if _one_each(comparison) else "assessment"
    all_of_them = count_words(len(comparison.bodies), word)
    if not changed:
        moved = f"the word would change for none of the {all_of_them}"
    else:
        name = namer(comparison)
        names = [name(body.assessment) for body in changed]
        shown = f" ({joined(names)})" if len(names) <= _MOST_NAMES else ""
        moved = f"the word would change for {len(changed):,} of the {all_of_them}{shown}"
    stays = f"{start}, {moved}; it would stay for {pair.count('unchanged'):,}"
    open_ones = pair.count("cannot tell")
    return (
        f"{stays}, and for {open_ones:,} {_cannot_tell(comparison, pair)}."
        if open_ones
        else f"{stays}."
    )


def _cannot_tell(comparison: Comparison, pair: Pair) -> str:
    """Return whether it is the published data that leave it open, or the designs."""
    open_ones = unsure(comparison, pair)
    by_design = any(why_open(body, pair) != NOT_EVERY_SCORE for body in open_ones)
    return "it cannot be told" if by_design else "the published data cannot tell"


NOT_EVERY_SCORE = "not every score is known"


def why_open(body: ComparedBody, pair: Pair) -> str:
    """Return why it cannot be told whether a body's word changes."""
    for place in (pair.first, pair.second):
        reason = body.results[place].possible.reason
        if reason:
            return reason
    return NOT_EVERY_SCORE


def _one_each(comparison: Comparison) -> bool:
    return comparison.coverage.bodies == comparison.coverage.assessments


def _lost(comparison: Comparison, pair: Pair, start: str) -> str:
    first, second = comparison.contenders[pair.first], comparison.contenders[pair.second]
    if first.headline_scale and second.headline_scale:
        return f"{start}, words could not be compared: {pair.reason}. No change is counted."
    if second.headline_scale:
        return f"{start}, readers would gain one word, which “{label(first)}” does not give."
    lost = "lose the word and see" if first.headline_scale else "see"
    instead = shown_instead(comparison, pair.second)
    return f"{start}, readers would {lost} {instead}. No change is counted."


def shown_instead(comparison: Comparison, place: int) -> str:
    """Return what a design without a headline shows instead."""
    design = comparison.contenders[place].design
    results = [body.results[place] for body in comparison.bodies]
    shown = [one.outcome or one.settled for one in results]
    areas = max((len(one.areas) for one in shown if one), default=0)
    parts = []
    if design.publishes.score is not None:
        parts.append("a score")
    if areas:
        parts.append(f"{count_words(areas, 'area')} one by one")
    if design.publishes.narrative is not None:
        parts.append("strengths and areas for improvement")
    return joined(parts) or ("what follows" if design.consequences else "nothing computed")


def movers(comparison: Comparison, pair: Pair) -> list[ComparedBody]:
    """Return the bodies whose word changes."""
    return _bodies(comparison, pair, "changed")


def unsure(comparison: Comparison, pair: Pair) -> list[ComparedBody]:
    """Return the bodies of which it cannot be told whether the word changes."""
    return _bodies(comparison, pair, "cannot tell")


def _bodies(comparison: Comparison, pair: Pair, wanted: str) -> list[ComparedBody]:
    # Where two designs cannot be compared there are no changes at all.
    changes = zip(comparison.bodies, pair.changes, strict=False)
    return [body for body, change in changes if change == wanted]
