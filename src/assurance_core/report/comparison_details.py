"""More sections of a comparison: what the word does not show, thresholds, designs, sources."""

from __future__ import annotations

from assurance_core.lab.compare import Comparison, NextToThreshold
from assurance_core.lab.contender import Contender
from assurance_core.model.citation import Citation
from assurance_core.model.dataset import Disagreement
from assurance_core.report.comparison_words import label, namer
from assurance_core.report.document import Block, Items, Paragraph, Section, items
from assurance_core.report.words import (
    STATUS_WORDS,
    count_words,
    crosswalk_words,
    joined,
    short_level,
    source_words,
    status_lines,
)


def hidden(comparison: Comparison) -> list[Section]:
    """Return the bodies whose word hides a weak statement, under the first design that has some."""
    name = namer(comparison)
    for contender, one in zip(comparison.contenders, comparison.hidden, strict=True):
        if one is None or not one.rated_good:
            continue
        scale = contender.headline_scale
        assert scale is not None
        verb = "has" if 1 in (len(one.bodies), one.rated_good) else "have"
        text = (
            f"Under “{label(contender)}”, {len(one.bodies) or 'none'} of the {one.rated_good} with "
            f"every score known and a word of {scale.level(scale.good_from).name} or better {verb}"
            " a statement below the standard."
        )
        lines = [
            f"{name(body.assessment)} ({body.headline.name}): "
            + "; ".join(f"{statement} {short_level(level)}" for statement, level in body.below)
            for body in one.bodies
        ]
        blocks = (Paragraph(text), items(lines)) if lines else (Paragraph(text),)
        return [Section("What the word does not show", blocks)]
    return []


def thresholds(comparison: Comparison) -> list[Section]:
    """Return who is one step of one statement from another word: in full for the first design."""
    name = namer(comparison)
    blocks: list[Block] = []
    for contender, near in zip(comparison.contenders, comparison.thresholds, strict=True):
        if near is None:
            continue
        text = (
            f"Under “{label(contender)}”, {len(near)} of the {comparison.coverage.complete} with "
            "every score known would have another word if one statement moved by one level"
        )
        if not near:
            blocks.append(Paragraph(f"{text}."))
        elif blocks:
            names = joined([name(one.assessment) for one in near])
            blocks.append(Paragraph(f"{text}: {names}."))
        else:
            alike: dict[str, list[str]] = {}
            for one in near:
                alike.setdefault(_way(one), []).append(name(one.assessment))
            lines = [f"{way}: {joined(names)}" for way, names in sorted(alike.items())]
            blocks += [Paragraph(f"{text}:"), items(lines)]
    return [Section("Next to a threshold", tuple(blocks))] if blocks else []


def _way(one: NextToThreshold) -> str:
    """Return from which word to which, and how many statements can bring that about."""
    parts = []
    for steps, direction in ((one.neighbours.up, "up"), (one.neighbours.down, "down")):
        if steps:
            words = " or ".join(sorted({step.headline.name for step in steps}))
            count = len({step.leaf.id for step in steps})
            by = "one statement" if count == 1 else f"any of {count} statements"
            parts.append(f"{direction} to {words} by {by}")
    return f"{one.headline.name}, {'; '.join(parts)}"


def designs(comparison: Comparison) -> Section:
    """Return what each design does, and the sources that are neither official nor secondary."""
    listed = [_design(comparison, place) for place in range(len(comparison.contenders))]
    used = [source for contender in comparison.contenders for source in _used(contender)]
    blocks: list[Block] = [Items(tuple(listed))]
    weak = [one for one in dict.fromkeys(used) if one.status not in ("official", "secondary")]
    if weak:
        blocks += [
            Paragraph("Sources to treat with care:"),
            items([source_words(one) for one in weak]),
        ]
    if used:
        blocks.append(Paragraph("How far a source can be relied on:"))
        blocks.append(items(status_lines(source.status for source in used)))
    return Section("The designs and their sources", tuple(blocks))


def _design(comparison: Comparison, place: int) -> tuple[str, ...]:
    contender = comparison.contenders[place]
    design = contender.design
    lines = [f"{label(contender)} ({design.id}; {STATUS_WORDS[design.status]}): {design.summary}"]
    lines += [f"How it was made: {line}" for line in design.lineage]
    if contender.crosswalk:
        crosswalk = contender.crosswalk
        lines.append(crosswalk_words(crosswalk))
        lines += [
            f"{level.replace('_', ' ').capitalize()} cannot come out. {why}"
            for level, why in crosswalk.unreachable.items()
        ]
    outside = sum(bool(body.results[place].notes) for body in comparison.bodies)
    if outside:
        lines.append(
            f"It is in force {design.in_force}: on the dates of "
            f"{count_words(outside, 'assessment')} it was not, or may not have been."
        )
    return tuple(lines)


def _used(contender: Contender) -> list[Citation]:
    """Return the sources of a design's rules, in the order in which they act."""
    design = contender.design
    ids = [step.source for judgement in design.judgements.values() for step in judgement.steps]
    ids += [one.source for one in design.consequences]
    used = [design.sources[one] for one in dict.fromkeys(ids)]
    return [*used, contender.crosswalk.source] if contender.crosswalk else used


def disagreements(differing: tuple[Disagreement, ...]) -> list[Section]:
    """Return what sources say differently, and what was adopted."""
    if not differing:
        return []
    listed = tuple((one.about, f"Adopted here: {one.adopted}") for one in differing)
    return [Section("Where sources disagree", (Items(listed),))]
