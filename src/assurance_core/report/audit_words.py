"""Words of an audit: profiles, shares, statements, and why a requirement does not hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Protocol

from assurance_core.engine.graph import Leaf
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.audit import JudgementAudit, NotAudited
from assurance_core.lab.dead_steps import DeadStep
from assurance_core.lab.near_gaps import NearGap
from assurance_core.lab.requirements import Required
from assurance_core.lab.single_steps import Witness
from assurance_core.lab.space import Space
from assurance_core.lab.symmetry import Exchange
from assurance_core.model.scale import Level
from assurance_core.report.words import count_words, joined, short_level
from assurance_core.rules.scope import number_words


class Proved(Protocol):
    """Whatever is said of one judgement's whole space."""

    @property
    def space(self) -> Space:
        """The space."""


def percent_words(part: int, whole: int) -> str:
    """Return a share for readers, with one decimal, half up; what is not nothing is not called 0.

    Example:
        >>> percent_words(20_994, 131_072), percent_words(1, 262_144), percent_words(0, 5)
        ('16.0 %', 'under 0.1 %', '0 %')
        >>> percent_words(262_143, 262_144), percent_words(5, 5)
        ('over 99.9 %', '100 %')
    """
    if part in (0, whole):
        return "100 %" if part else "0 %"
    tenths = (Fraction(part, whole) * 2000 + 1) // 2
    if not tenths:
        return "under 0.1 %"
    if tenths == 1000:
        return "over 99.9 %"
    return f"{tenths // 10}.{tenths % 10} %"


def noun(one: Proved) -> str:
    """Return what the judgement's inputs are called: statement, or evidence score."""
    kinds = {leaf.kind for leaf in one.space.leaves if leaf.kind != "judged"}
    return "evidence score" if kinds == {"evidence"} else "statement"


def all_words(one: Proved) -> str:
    """Return what a number was computed on: all profiles, and how many they are."""
    return f"all {count_words(one.space.size, 'profile')}"


def profile_words(levels: Mapping[str, Level]) -> str:
    """Return a profile in the design's order, as `--scores` takes it; judged levels behind it."""
    given = [short_level(level) for key, level in levels.items() if not key.startswith("judged.")]
    judged = [
        f"{key.partition('.')[2]} judged {short_level(level)}"
        for key, level in levels.items()
        if key.startswith("judged.")
    ]
    return "; ".join([", ".join(given), *judged] if given else judged)


def outcome_words(one: Proved, state: int) -> str:
    """Return the word of a state: a level's name, or the reason for none."""
    scale = one.space.root.scale
    return (
        one.space.names()[state] if state < len(scale) else f"no level: {one.space.names()[state]}"
    )


def quoted_outcome(one: JudgementAudit, state: int) -> str:
    """Return the word of a state within a sentence: a reason would run into the words around it."""
    words = outcome_words(one, state)
    return words if state < len(one.space.root.scale) else f"“{words}”"


def names_words(leaves: Sequence[Leaf], every: int, what: str) -> str:
    """Return names of statements; all of them are not listed."""
    if len(leaves) == every and every > 1:
        return f"each of the {count_words(every, what)}"
    return "; ".join(leaf.name for leaf in leaves)


def leaf_name(one: Proved, leaf_id: str) -> str:
    """Return the name of a leaf; an assessor's own level is said to be judged."""
    leaf = one.space.leaves[one.space.place(leaf_id)]
    return f"{leaf.name} as judged" if leaf.kind == "judged" else leaf.name


def falling_words(one: Proved, found: Witness) -> str:
    """Return a profile at which a better score gives a worse outcome."""
    return _falling_words(leaf_name(one, found.leaf), found)


def _falling_words(leaf: str, found: Witness) -> str:
    assert found.to is not None
    before = short_level(found.levels[found.leaf])
    return (
        f"At {profile_words(found.levels)}, raising {leaf} from {before} to "
        f"{short_level(found.to)} takes the outcome from {found.before} down to {found.after}."
    )


def sampled_words(found: NotAudited, rule: CompiledDesign) -> list[str]:
    """Return why a judgement is not proved, and what a sample shows; a line each."""
    one = found.sampled
    outcomes = ", ".join(
        f"{word} {percent_words(count, one.drawn)}" for word, count in one.outcomes
    )
    lines = [
        f"{found.name}: {found.why}. What follows is no proof: {one.drawn:,} of {one.profiles:,} "
        f"profiles were drawn with seed {one.seed}.",
        f"Outcomes of those drawn: {outcomes}.",
        f"One step of one statement takes {percent_words(one.near, one.drawn)} of them to another "
        "outcome.",
    ]
    if one.falling is None:
        return [*lines, "Among them no better score lowers the outcome; elsewhere one may."]
    name = next(leaf.name for leaf in rule.leaves if leaf.id == one.falling.leaf)
    lines.append(f"A better score can lower the outcome. {_falling_words(name, one.falling)}")
    return lines


def exchange_words(one: JudgementAudit, found: Exchange) -> str:
    """Return a profile whose outcome changes when two statements change places."""
    first, second = leaf_name(one, found.first), leaf_name(one, found.second)
    states = one.space.names()
    before, after = (
        quoted_outcome(one, states.index(name)) for name in (found.before, found.after)
    )
    return (
        f"At {profile_words(found.levels)}, when {first} and {second} change places, the outcome "
        f"goes from {before} to {after}."
    )


def dead_words(found: DeadStep) -> str:
    """Return why a step or a row does nothing."""
    what = f"Row {found.row} of {found.path}" if found.row else found.path
    if found.idle == "no_level":
        return f"{what} changes the number that is shown, and never a level."
    by = joined(found.shadowed_by)
    if found.condition_holds is False:
        text = f"{what} never fires: its condition never holds"
        return f"{text}; it could without {by}." if by else f"{text}."
    if found.row:
        return f"{what} never fires: wherever its condition holds, {by} fires first."
    if found.condition_holds:
        text = f"{what} never changes a level, although its condition holds for some profiles"
        return f"{text}: it could without {by}." if by else f"{text}."
    return f"{what} never changes anything."


def otherwise_words(how: str) -> str:
    """Return that printed ranges are not those of a design's thresholds."""
    return (
        "The ranges that the regulator prints are not those of these thresholds, and nothing is"
        f" held against them: {how}."
    )


def gap_words(found: NearGap) -> str:
    """Return a value between printed ranges, and what becomes of it."""
    level = found.level.name if found.level else "no level"
    shown = f"shown as {number_words(found.shown)} and " if found.shown != found.value else ""
    return (
        f"{number_words(found.value).capitalize()} (exactly {found.value}): {shown}rated {level}. "
        f"{count_words(found.profiles, 'profile')}, for example {profile_words(found.levels)}."
    )


def required_words(found: Required) -> list[str]:
    """Return whether a requirement holds, with the counterexample where it does not."""
    one = found.audited
    if one is None:
        return [f"{found.name} ({found.judgement}): cannot be proved, the space is too large."]
    start = f"{found.name} ({one.name})"
    if found.holds:
        return [f"{start}: holds for {all_words(one)}."]
    return [f"{start}: does not hold.", *_why_not(found.name, one)]


def _why_not(name: str, one: JudgementAudit) -> list[str]:
    why: dict[str, Callable[[JudgementAudit], list[str]]] = {
        "monotone": _not_monotone,
        "symmetric": _not_symmetric,
        "reachable": _not_reachable,
        "decisive": _not_decisive,
        "no-dead-steps": lambda one: [dead_words(found) for found in one.dead],
        "no-near-gaps": lambda one: [gap_words(found) for found in one.gaps],
    }
    return why[name](one)


def _not_monotone(one: JudgementAudit) -> list[str]:
    return [falling_words(one, one.falling)] if one.falling else []


def _not_symmetric(one: JudgementAudit) -> list[str]:
    if one.symmetry.witness:
        return [exchange_words(one, one.symmetry.witness)]
    return ["Its inputs are on different scales, so they cannot change places."]


def _not_reachable(one: JudgementAudit) -> list[str]:
    declared = one.space.rule.design.unreachable
    names = [level.name for level in one.unreachable if level.id not in declared]
    return [f"No profile of {all_words(one)} gives {joined(names)}."]


def _not_decisive(one: JudgementAudit) -> list[str]:
    first = len(one.space.root.scale)
    return [
        f"{count_words(one.counts[state], 'profile')} of {all_words(one)}: "
        f"{outcome_words(one, state)}; for example {profile_words(levels)}."
        for state, levels in one.examples.items()
        if state >= first
    ]
