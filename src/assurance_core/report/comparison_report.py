"""The report of a comparison: what changes for whom, body by body, and what to bear in mind."""

from __future__ import annotations

from assurance_core.lab.compare import (
    ComparedBody,
    Comparison,
    NextToThreshold,
    Pair,
    headline_scale,
)
from assurance_core.lab.contender import Contender
from assurance_core.model.assessment import Assessment, Score
from assurance_core.model.citation import Citation
from assurance_core.model.dataset import Disagreement
from assurance_core.report.comparison_words import cell_words, label, movers, sentence
from assurance_core.report.document import (
    FOOTER,
    Block,
    Column,
    Items,
    Paragraph,
    Report,
    Section,
    Table,
    items,
)
from assurance_core.report.words import (
    STATUS_WORDS,
    count_words,
    headline_words,
    joined,
    possible_words,
    source_words,
    status_words,
)


def comparison_report(
    comparison: Comparison, title: str = "", disagreements: tuple[Disagreement, ...] = ()
) -> Report:
    """Return the report of a comparison.

    Args:
        comparison: designs × assessments.
        title: what the data are called.
        disagreements: what sources say differently, from the dataset.
    """
    sections = [
        _coverage(comparison),
        *(_pair(comparison, pair) for pair in comparison.pairs),
        *_hidden(comparison),
        *_thresholds(comparison),
        _bodies(comparison),
        _designs(comparison),
        *_disagreements(disagreements),
    ]
    lead = tuple(sentence(comparison, pair) for pair in comparison.pairs)
    name = title or comparison.contenders[0].framework.name
    return Report(f"Rating designs compared: {name}", lead, tuple(sections), FOOTER)


def _coverage(comparison: Comparison) -> Section:
    cover, words = comparison.coverage, comparison.contenders[0].framework.bodies
    of = f" of {cover.bodies_total}" if cover.bodies_total else ""
    plural = words if words.endswith("s") else f"{words}s"
    lines = [
        f"{count_words(cover.assessments, 'assessment')} of {cover.bodies}{of} {plural}, "
        f"{cover.complete} with every score; dated {cover.first} to {cover.last}."
    ]
    if cover.left_out:
        left = ", ".join(f"{count} {status}" for status, count in cover.left_out)
        lines.append(f"Left out: {left} (--include takes them in).")
    sources = ", ".join(f"{count} {status}" for status, count in cover.source_status)
    lines.append(f"Sources of the rows: {sources}.")
    if cover.note:
        lines.append(cover.note)
    return Section("What was compared", (items(lines),))


def _bodies(comparison: Comparison) -> Section:
    dated = len({one.assessment.body.name for one in comparison.bodies}) < len(comparison.bodies)
    first = comparison.contenders[0].framework.bodies.capitalize()
    columns = [Column(first, width=21)]
    if dated:
        columns.append(Column("Date"))
    columns.append(Column("Scores"))
    columns += [Column(label(one)) for one in comparison.contenders]
    rows = tuple(_body_row(body, dated) for body in comparison.bodies)
    table = Table("", tuple(columns), rows)
    note = Paragraph(
        "Scores stand in the framework's order; · is not known to us. There, a word stands alone "
        "only if every profile that fits what was published gives that word."
    )
    return Section("Body by body", (note, table))


def _body_row(body: ComparedBody, dated: bool) -> tuple[str, ...]:
    assessment = body.assessment
    cells = [assessment.body.name]
    if dated:
        cells.append(str(assessment.date or ""))
    cells.append(score_string(assessment))
    return (*cells, *(cell_words(result) for result in body.results))


def score_string(assessment: Assessment) -> str:
    """Return the scores in order, one sign each: numbers, or initials of grade words."""
    signs = []
    for cell in assessment.scores.values():
        if not isinstance(cell, Score):
            signs.append("·")
        elif cell.level.isdigit():
            signs.append(cell.level)
        else:
            signs.append("".join(word[0] for word in cell.level.split("_")).upper())
    separator = "" if all(len(sign) == 1 for sign in signs) else " "
    return separator.join(signs)


def _pair(comparison: Comparison, pair: Pair) -> Section:
    first, second = comparison.contenders[pair.first], comparison.contenders[pair.second]
    heading = f"{label(first)} against {label(second)}"
    blocks: list[Block] = []
    if pair.comparable:
        blocks.append(_crosstab(comparison, pair))
        moved = movers(comparison, pair)
        if moved:
            lines = [_mover(body, pair) for body in moved]
            blocks.append(items(lines))
        unsure = [
            body.assessment.body.name
            for body, change in zip(comparison.bodies, pair.changes, strict=True)
            if change == "cannot tell"
        ]
        if unsure:
            text = f"Cannot tell, because not every score is published: {', '.join(unsure)}."
            blocks.append(Paragraph(text))
    else:
        blocks.append(Paragraph(f"Not comparable word for word: {pair.reason}."))
        blocks += _area_counts(comparison, pair.second)
    return Section(heading, tuple(blocks))


def _area_counts(comparison: Comparison, place: int) -> list[Block]:
    """Return how many bodies stand where, area by area, under a design that shows areas."""
    counts: dict[str, dict[str, int]] = {}
    levels: dict[str, str] = {}
    known = 0
    for body in comparison.bodies:
        outcome = body.results[place].outcome
        if outcome is None or not outcome.areas or any(one.level is None for one in outcome.areas):
            continue
        known += 1
        for area in outcome.areas:
            assert area.level is not None
            row = counts.setdefault(area.name, {})
            row[area.level.id] = row.get(area.level.id, 0) + 1
            levels.setdefault(area.level.id, area.level.name)
    if not known:
        return []
    scales = comparison.contenders[place].design.framework.scales.values()
    order = [level for scale in scales for level in scale.ids if level in levels]
    rows = tuple(
        (name, *(str(row.get(level, "")) for level in order)) for name, row in counts.items()
    )
    columns = (Column("Area"), *(Column(levels[level], "right") for level in order))
    caption = f"How many of the {known} bodies with complete scores stand where, area by area"
    return [Table(caption, columns, rows)]


def _mover(body: ComparedBody, pair: Pair) -> str:
    left, right = body.results[pair.first], body.results[pair.second]
    return (
        f"{body.assessment.body.name}: {possible_words(left.possible)} → "
        f"{possible_words(right.possible)}"
    )


def _crosstab(comparison: Comparison, pair: Pair) -> Table:
    contenders = (comparison.contenders[pair.first], comparison.contenders[pair.second])
    scales = [headline_scale(one) for one in contenders]
    assert scales[0] is not None
    keys = [(level.id, level.name) for level in scales[0].levels]
    if any("" in cell for cell in pair.crosstab):
        keys = [("", "no headline"), *keys]
    rows = tuple(
        (name, *(str(pair.crosstab.get((key, other), 0)) for other, _ in keys))
        for key, name in keys
    )
    columns = (Column(f"{label(contenders[0])} ↓"), *(Column(name, "right") for _, name in keys))
    caption = (
        f"How many certain bodies have which word: rows {label(contenders[0])}, "
        f"columns {label(contenders[1])}"
    )
    return Table(caption, columns, rows)


def _hidden(comparison: Comparison) -> list[Section]:
    sections: list[Section] = []
    for contender, hidden, good in zip(
        comparison.contenders, comparison.hidden, comparison.rated_good, strict=True
    ):
        if hidden is None or not good or sections:
            continue
        text = (
            f"Under “{label(contender)}”, {len(hidden)} of the {good} rated good or better on "
            "complete scores have a statement below good."
        )
        lines = tuple(
            (
                f"{one.assessment.body.name} ({headline_words(one.headline)}): "
                + ", ".join(f"{name} {level.id}" for name, level in one.below),
            )
            for one in hidden
        )
        sections.append(Section("What the word hides", (Paragraph(text), Items(lines))))
    return sections


def _thresholds(comparison: Comparison) -> list[Section]:
    blocks: list[Block] = []
    for contender, near in zip(comparison.contenders, comparison.thresholds, strict=True):
        if near is None:
            continue
        text = (
            f"Under “{label(contender)}”, {len(near)} of {comparison.complete} bodies with complete "
            "scores are one step of one statement from another word"
        )
        if blocks:
            names = joined([one.assessment.body.name for one in near])
            blocks.append(Paragraph(f"{text}: {names}." if near else f"{text}."))
        else:
            blocks += [Paragraph(f"{text}:"), items([_near(one) for one in near])]
    return [Section("Next to a threshold", tuple(blocks))] if blocks else []


def _near(one: NextToThreshold) -> str:
    parts = []
    for steps, direction in ((one.neighbours.up, "up"), (one.neighbours.down, "down")):
        if steps:
            words = sorted({step.headline.name for step in steps})
            count = len({step.leaf.id for step in steps})
            parts.append(
                f"{direction} to {' or '.join(words)} by any of {count_words(count, 'statement')}"
            )
    return f"{one.assessment.body.name} ({headline_words(one.headline)}): {'; '.join(parts)}"


def _designs(comparison: Comparison) -> Section:
    listed = []
    for contender in comparison.contenders:
        design = contender.design
        lines = [
            f"{label(contender)} ({design.id}; {STATUS_WORDS[design.status]}): {design.summary}"
        ]
        lines += [f"Lineage: {line}" for line in design.lineage]
        if contender.crosswalk:
            crosswalk = contender.crosswalk
            lines.append(
                f"Read through the crosswalk {crosswalk.id} [{crosswalk.source.status}]: "
                f"{crosswalk.name}. The scales have no official read-across."
            )
            lines += [
                f"{level.replace('_', ' ')} cannot come out: {why}"
                for level, why in crosswalk.unreachable.items()
            ]
        lines += [f"Source: {line}" for line in _weak_sources(contender)]
        listed.append(tuple(lines))
    statuses = {
        design_source.status
        for contender in comparison.contenders
        for design_source in _used(contender)
    }
    meaning = items([status_words(one) for one in sorted(statuses)])
    return Section("The designs and their sources", (Items(tuple(listed)), meaning))


def _used(contender: Contender) -> list[Citation]:
    design = contender.design
    ids = [step.source for judgement in design.judgements.values() for step in judgement.steps]
    ids += [one.source for one in design.consequences]
    used = [design.sources[one] for one in dict.fromkeys(ids)]
    return [*used, contender.crosswalk.source] if contender.crosswalk else used


def _weak_sources(contender: Contender) -> list[str]:
    crosswalk = contender.crosswalk.source if contender.crosswalk else None
    return [
        source_words(one)
        for one in _used(contender)
        if one.status not in ("official", "secondary") and one is not crosswalk
    ]


def _disagreements(disagreements: tuple[Disagreement, ...]) -> list[Section]:
    if not disagreements:
        return []
    listed = tuple((one.about, f"Adopted here: {one.adopted}") for one in disagreements)
    return [Section("Where sources disagree", (Items(listed),))]
