"""The sentences of a comparison: what changes for whom, or what is lost and shown instead."""

from __future__ import annotations

from assurance_core.lab.compare import ComparedBody, Comparison, Pair
from assurance_core.lab.contender import Contender, Result
from assurance_core.model.outcome import Headline, NoHeadline, Outcome, PossibleOutcomes
from assurance_core.report.words import count_words, headline_words, joined, possible_words

_MOST_NAMES = 8


def label(contender: Contender) -> str:
    """Return the short name of a design in headings and sentences."""
    return contender.design.name


def sentence(comparison: Comparison, pair: Pair) -> str:
    """Return one sentence: if A were replaced by B, what changes for whom?"""
    first, second = comparison.contenders[pair.first], comparison.contenders[pair.second]
    start = f"If “{label(first)}” were replaced by “{label(second)}”"
    if not pair.comparable:
        return _lost(comparison, pair, start)
    changed = movers(comparison, pair)
    words = comparison.contenders[0].framework.bodies
    total = len(comparison.bodies)
    if not changed:
        moved = f"the word would change for none of the {count_words(total, words)}"
    else:
        names = [body.assessment.body.name for body in changed]
        shown = joined(names) if len(names) <= _MOST_NAMES else ""
        moved = f"the word would change for {len(changed)} of the {count_words(total, words)}"
        moved += f" ({shown})" if shown else ""
    return (
        f"{start}, {moved}; it would stay for {pair.count('unchanged')}, and "
        f"for {pair.count('cannot tell')} the published data cannot tell."
    )


def _lost(comparison: Comparison, pair: Pair, start: str) -> str:
    first, second = comparison.contenders[pair.first], comparison.contenders[pair.second]
    if not pair.reason.startswith("no headline"):
        return f"{start}, words could not be compared: {pair.reason}. No change is counted."
    if second.design.publishes.headline is not None:
        return f"{start}, readers would gain one word, which “{label(first)}” does not give."
    instead = shown_instead(comparison, pair.second)
    return f"{start}, readers would lose the word and see {instead}. No change is counted."


def shown_instead(comparison: Comparison, place: int) -> str:
    """Return what a design without a headline shows instead."""
    design = comparison.contenders[place].design
    outcome = next(
        (b.results[place].outcome for b in comparison.bodies if b.results[place].outcome), None
    )
    parts = []
    if design.publishes.score is not None:
        parts.append("a score")
    if outcome and outcome.areas:
        parts.append(f"{count_words(len(outcome.areas), 'area')} one by one")
    if design.publishes.narrative is not None:
        parts.append("strengths and areas for improvement")
    return joined(parts) or "nothing computed"


def movers(comparison: Comparison, pair: Pair) -> list[ComparedBody]:
    """Return the bodies whose word changes."""
    return [
        body
        for body, change in zip(comparison.bodies, pair.changes, strict=False)
        if change == "changed"
    ]


def cell_words(result: Result) -> str:
    """Return what one design says of one body, in a few words."""
    return outcome_words(result.outcome, result.possible)


def outcome_words(outcome: Outcome | None, possible: PossibleOutcomes) -> str:
    """Return an outcome in a few words, or what is possible where scores are not known."""
    if outcome is None:
        only = possible.certain
        if isinstance(only, NoHeadline):
            return "not known"
        return headline_words(only) if only else possible_words(possible)
    if isinstance(outcome.headline, Headline):
        score = f" {outcome.score.value}" if outcome.score else ""
        return headline_words(outcome.headline) + score
    return card_words(outcome)


def card_words(outcome: Outcome) -> str:
    """Return a card in a few words: how many areas are below the standard."""
    if outcome.score is not None and not outcome.areas:
        return f"score {outcome.score.value}"
    if not outcome.areas:
        return "narrative only"
    below = [one for one in outcome.areas if one.below_good]
    if any(one.below_good is None for one in outcome.areas):
        return f"{len(outcome.areas)} areas"
    return f"{len(below)} below standard"
