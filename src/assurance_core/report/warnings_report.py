"""What whoever edits a design is warned of, in plain words, each with a profile that proves it."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from assurance_core.lab.compensation import Compensation
from assurance_core.lab.warnings import JudgementWarnings, Warnings
from assurance_core.report.audit_words import (
    all_words,
    dead_words,
    falling_words,
    gap_words,
    noun,
    otherwise_words,
    outcome_words,
    profile_words,
)
from assurance_core.report.words import count_words, joined, short_level


@frozen
class Told:
    """What is said of a design.

    Attributes:
        warnings: each with what further lines say of it.
        printed: what is said of the ranges that the regulator prints.
        sound: what is proved to be as readers expect; empty where nothing could be checked.
    """

    warnings: tuple[tuple[str, ...], ...]
    printed: tuple[tuple[str, ...], ...]
    sound: str


def told(warnings: Warnings) -> Told:
    """Return everything in words."""
    return Told(
        tuple(warning_lines(warnings)), tuple(_printed_lines(warnings)), sound_words(warnings)
    )


def warning_lines(warnings: Warnings) -> list[tuple[str, ...]]:
    """Return every warning, the most far-reaching first; further lines of one stand behind it."""
    several = len(warnings.judgements) > 1
    lines: list[tuple[str, ...]] = []
    for one in warnings.judgements:
        for first, *rest in _of(one, warnings.rule.design.framework.bodies):
            lines.append((f"{one.name}: {first}" if several else first, *rest))
    lines += [(f"{one.name} cannot be checked: {one.why}.",) for one in warnings.not_audited]
    return lines


def _printed_lines(warnings: Warnings) -> Iterator[tuple[str, ...]]:
    """Go through what is said of printed ranges: no edit brings them about, or mends them."""
    for one in warnings.judgements:
        for gap in one.gaps:
            yield (f"A value lies between the printed ranges. {gap_words(gap)}",)
        for how in one.printed_otherwise:
            yield (otherwise_words(how),)


def _of(one: JudgementWarnings, body: str) -> Iterator[tuple[str, ...]]:
    if one.falling:
        yield "A better score can lower the outcome.", falling_words(one, one.falling)
    for level in one.unreachable:
        why = one.space.rule.design.unreachable.get(level.id, "")
        yield (
            f"No profile of {all_words(one)} gives {level.name}.",
            *((f"The design says so: {why}",) if why else ()),
        )
    for state, levels in one.without.items():
        yield (
            f"Some profiles have no outcome: {one.space.names()[state]}.",
            f"For example {profile_words(levels)}.",
        )
    for held in one.compensation:
        if _counts_as_good(one, held.state) and held.lowest.count:
            yield _holds(one, held, body)
    for dead in one.dead:
        yield dead_words(dead), f"The rule: {dead.words}."


def _counts_as_good(one: JudgementWarnings, state: int) -> bool:
    """Say whether an outcome is one at which low scores surprise."""
    levels = one.space.root.scale.levels
    if state >= len(levels):
        return False
    below = one.space.root.scale.below_good(levels[state])
    return state > 0 if below is None else not below


def _holds(one: JudgementWarnings, held: Compensation, body: str) -> tuple[str, ...]:
    article = "An" if body[:1].lower() in "aeiou" else "A"
    lows = {short_level(leaf.scale.at(1)) for leaf in one.space.leaves if leaf.kind != "judged"}
    low = lows.pop() if len(lows) == 1 else "the lowest level"
    return (
        f"{article} {body} with {count_words(held.lowest.count, noun(one))} at {low} can still be"
        f" {outcome_words(one, held.state)}.",
        f"For example {profile_words(held.lowest.levels)}.",
    )


def sound_words(warnings: Warnings) -> str:
    """Return what is proved to be as readers expect; empty where nothing was checked."""
    checked = warnings.judgements
    if not checked:
        return ""
    held = []
    if not any(one.falling for one in checked):
        held.append("no better score lowers the outcome")
    if not any(one.unreachable for one in checked):
        held.append("every level can come out")
    if not any(one.dead for one in checked):
        held.append("every rule changes something")
    if not held:
        return ""
    over = all_words(checked[0]) if len(checked) == 1 else "every profile of each judgement"
    return f"Proved over {over}: {joined(held)}."
