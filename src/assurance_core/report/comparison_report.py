"""The report of a comparison: what changes for whom, body by body, and what to bear in mind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache

from assurance_core.lab.compare import ComparedBody, Comparison, Pair
from assurance_core.lab.contender import Contender
from assurance_core.lab.result import Result
from assurance_core.model.assessment import Absence, Assessment
from assurance_core.model.dataset import Disagreement
from assurance_core.model.outcome import Headline
from assurance_core.report.charts.bands import bands_of, to_next
from assurance_core.report.charts.counts import counts
from assurance_core.report.charts.flow import flow
from assurance_core.report.charts.heat_map import Shown, heat_map, statements_of
from assurance_core.report.charts.score_line import score_line
from assurance_core.report.comparison_details import designs, disagreements, hidden, thresholds
from assurance_core.report.comparison_words import label, movers, namer, sentence, unsure, why_open
from assurance_core.report.document import (
    FOOTER,
    Block,
    Column,
    Paragraph,
    Report,
    Section,
    Table,
    items,
)
from assurance_core.report.words import (
    any_spaced,
    count_words,
    outcome_words,
    plural,
    possible_words,
    score_signs,
)

ONE_BY_ONE = "One by one"


def comparison_report(
    comparison: Comparison,
    title: str = "",
    differing: tuple[Disagreement, ...] = (),
    further: Sequence[Section] = (),
    link: Callable[[Assessment], str] | None = None,
) -> Report:
    """Return the report of a comparison.

    Args:
        comparison: designs × assessments.
        title: what the data are called.
        differing: what sources say differently, from the dataset.
        further: sections of other analyses, shown before the bodies one by one.
        link: the address of a body's own page, where there is one.
    """
    sections = [
        _coverage(comparison),
        *(_pair(comparison, pair) for pair in comparison.pairs),
        *_score_lines(comparison),
        *hidden(comparison),
        *thresholds(comparison),
        *further,
        bodies_section(comparison, link),
        designs(comparison),
        *disagreements(differing),
    ]
    lead = tuple(sentence(comparison, pair) for pair in comparison.pairs)
    name = title or comparison.contenders[0].framework.name
    return Report(f"Rating designs compared: {name}", lead, tuple(sections), FOOTER)


def _coverage(comparison: Comparison) -> Section:
    cover, word = comparison.coverage, comparison.contenders[0].framework.bodies
    total = cover.bodies_total
    # The data may hold bodies that no longer exist: then no share is claimed.
    of = f" of {total}" if total and cover.bodies <= total else ""
    who = plural(word) if of or cover.bodies != 1 else word
    line = f"{count_words(cover.assessments, 'assessment')} of {cover.bodies:,}{of} {who}, "
    line += f"{cover.complete:,} with every score"
    if cover.first:
        to = f" to {cover.last}" if cover.last != cover.first else ""
        line += f"; dated {cover.first}{to}"
    lines = [f"{line}."]
    if cover.left_out:
        left = ", ".join(f"{count:,} {status}" for status, count in cover.left_out)
        lines.append(f"Left out: {left} (on the command line, --include takes them in).")
    sources = ", ".join(f"{count:,} {status}" for status, count in cover.source_status)
    lines.append(f"Sources of the scores: {sources}.")
    if cover.note:
        lines.append(cover.note)
    return Section("What was compared", (items(lines),))


def bodies_section(
    comparison: Comparison, link: Callable[[Assessment], str] | None = None
) -> Section:
    """Return bodies × statements beside what each design makes of them.

    Args:
        comparison: designs × assessments.
        link: the address of a body's own page, where there is one.
    """
    dated = comparison.coverage.bodies < comparison.coverage.assessments
    first = comparison.contenders[0].framework.bodies.capitalize()
    columns = [Column(first, width=21)]
    if dated:
        columns.append(Column("Date"))
    columns.append(Column("Scores"))
    columns += [Column(label(one)) for one in comparison.contenders]
    spaced = any_spaced(one.assessment for one in comparison.bodies)
    rows = tuple(_body_row(body, dated, spaced) for body in comparison.bodies)
    order, unknown = "Scores stand in the framework's order.", ""
    if any(not body.assessment.complete() for body in comparison.bodies):
        order += " · is a score that is not known to us."
        unknown = (
            "Where a score is not known, a word stands alone only if every combination of scores"
            " that fits what was published gives that word."
        )
    framework = comparison.contenders[0].framework
    assessments = [body.assessment for body in comparison.bodies]
    if any(isinstance(cell, Absence) for one in assessments for cell in one.scores.values()):
        order += " – says that there is none, for a stated reason."
    picture = heat_map(
        framework.bodies,
        statements_of(framework.versions, assessments),
        assessments,
        [_shown(comparison, place) for place in range(len(comparison.contenders))],
        f"{count_words(len(assessments), 'assessment')}: the scores, and what each design makes"
        " of them",
        unknown,
        (Paragraph(f"{order} {unknown}".strip()), Table("", tuple(columns), rows)),
        link,
    )
    return Section(ONE_BY_ONE, (picture, *_why_not(comparison)))


def _shown(comparison: Comparison, place: int) -> Shown:
    contender = comparison.contenders[place]
    changes = next((pair.changes for pair in comparison.pairs if pair.second == place), ())
    results = [body.results[place] for body in comparison.bodies]
    bands = bands_of(contender.design)
    nearest = cache(lambda score, level: to_next(bands, score, level))
    near = tuple(_near(one, nearest) for one in results)
    scale = contender.headline_scale
    follows = () if scale or not contender.design.consequences else tuple(map(_follows, results))
    return Shown(label(contender), scale, results, changes, near if any(near) else (), follows)


def _follows(result: Result) -> str:
    """Return what follows for a body, where no word says how it stands."""
    outcome = result.outcome or result.settled
    if outcome is None:
        return ""
    certain = "; ".join(one.text for one in outcome.consequences)
    return certain or ("nothing follows" if result.outcome else "")


def _near(result: Result, nearest: Callable[[Fraction, str], str]) -> str:
    outcome = result.outcome
    if outcome is None or outcome.score is None or not isinstance(outcome.headline, Headline):
        return ""
    return nearest(outcome.score.value, outcome.headline.level)


def _score_lines(comparison: Comparison) -> list[Section]:
    """Return where bodies stand on each design's line of scores; pictures only."""
    name = namer(comparison)
    lines = [
        score_line(
            contender.design,
            [(name(body.assessment), body.results[place]) for body in comparison.bodies],
            "assessment",
        )
        for place, contender in enumerate(comparison.contenders)
    ]
    figures = tuple(one for one in lines if one)
    return [Section("Scores and thresholds", figures)] if figures else []


def _why_not(comparison: Comparison) -> list[Block]:
    """Return why designs cannot tell, below the table: its cells are too narrow for reasons."""
    lines = []
    for place, contender in enumerate(comparison.contenders):
        reasons = Counter(body.results[place].possible.reason for body in comparison.bodies)
        lines += [
            f"Under “{label(contender)}”, {count_words(count, 'assessment')} cannot be told: {why}"
            for why, count in sorted(reasons.items())
            if why
        ]
    return [items(lines)] if lines else []


def _body_row(body: ComparedBody, dated: bool, spaced: bool) -> tuple[str, ...]:
    assessment = body.assessment
    cells = [assessment.body.name]
    if dated:
        cells.append(str(assessment.date or ""))
    cells.append(score_signs(assessment, spaced))
    return (*cells, *(_cell(one) for one in body.results))


def _cell(result: Result) -> str:
    if result.possible.reason:
        return "cannot tell"
    return outcome_words(result.outcome, result.possible)


def _pair(comparison: Comparison, pair: Pair) -> Section:
    first, second = comparison.contenders[pair.first], comparison.contenders[pair.second]
    blocks: list[Block] = []
    if pair.comparable:
        name = namer(comparison)
        crosstab = _crosstab(pair, first, second)
        blocks += [counts(comparison, pair), flow(comparison, pair, (crosstab,)) or crosstab]
        moved = movers(comparison, pair)
        if moved:
            blocks.append(
                items(
                    [
                        f"{name(body.assessment)}: "
                        f"{possible_words(body.results[pair.first].possible)} → "
                        f"{possible_words(body.results[pair.second].possible)}"
                        for body in moved
                    ]
                )
            )
        open_ones = unsure(comparison, pair)
        reasons = dict.fromkeys(why_open(body, pair) for body in open_ones)
        for reason in reasons:
            names = ", ".join(
                name(body.assessment) for body in open_ones if why_open(body, pair) == reason
            )
            blocks.append(Paragraph(f"Cannot tell, because {reason}: {names}."))
    else:
        blocks.append(Paragraph(f"Not comparable word for word: {pair.reason}."))
        picture = flow(comparison, pair)
        blocks += [picture] if picture else []
        blocks += _area_counts(comparison, pair.second)
    return Section(f"{label(first)} against {label(second)}", tuple(blocks))


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
    order = list(dict.fromkeys(order))
    rows = tuple(
        (name, *(str(row.get(level, 0)) for level in order)) for name, row in counts.items()
    )
    columns = (Column("Area"), *(Column(levels[level], "right") for level in order))
    caption = f"How many of the {count_words(known, 'complete assessment')} stand where"
    return [Table(caption, columns, rows)]


def _crosstab(pair: Pair, first: Contender, second: Contender) -> Table:
    scale = first.headline_scale
    assert scale is not None
    keys = [(level.id, level.name) for level in scale.levels]
    if any("" in cell for cell in pair.crosstab):
        keys = [("", "no headline"), *keys]
    rows = tuple(
        (name, *(str(pair.crosstab.get((key, other), 0)) for other, _ in keys))
        for key, name in keys
    )
    columns = (Column(f"{label(first)} ↓"), *(Column(name, "right") for _, name in keys))
    caption = (
        f"How many have which word, where it is certain: down, “{label(first)}”; "
        f"across, “{label(second)}”"
    )
    return Table(caption, columns, rows)
