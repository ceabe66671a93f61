"""The report of a scorecard: the claim, the figures that answer it, and what they do not say."""

from __future__ import annotations

from collections.abc import Sequence

from assurance_core.lab.attribution import Attribution
from assurance_core.lab.metrics.agreement import Agreement, Crosstab
from assurance_core.lab.metrics.claims import NO_VERDICT
from assurance_core.lab.metrics.figure import Basis, Measure, Metric
from assurance_core.lab.scorecard import DesignScores, Scorecard
from assurance_core.report.attribution_report import attribution_section
from assurance_core.report.charts.kept import kept_against_read
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
from assurance_core.report.scorecard_words import basis_words, figure_words
from assurance_core.report.words import joined

_WITH_ROWS = ("M3",)
_TOGETHER = "all of them"


def scorecard_report(
    card: Scorecard, title: str = "", attributed: Attribution | None = None
) -> Report:
    """Return the report of a scorecard.

    Args:
        card: the scorecard.
        title: what the data are called.
        attributed: what each edit of a what-if moves, if there is one with several.
    """
    ids = [metric.id for metric in card.designs[0].metrics]
    before = [one for one in ids if one[0] == "M" and int(one[1:]) < 12]
    picture = kept_against_read(card)
    sections = [
        Section("What no figure here says", (items(NO_VERDICT),)),
        _computed_on(card),
        *([Section("What is kept, and what there is to read", (picture,))] if picture else []),
        *(_metric(card, one) for one in before),
        *(_agreement(card, one) for one in card.agreements),
        *([attribution_section(attributed)] if attributed else []),
        *(_metric(card, one) for one in ids if one not in before),
    ]
    name = title or card.designs[0].contender.framework.name
    designs = joined([f"“{_label(one)}”" for one in card.designs])
    lead = (f"What can be counted of the claims made for and against such ratings, for {designs}.",)
    return Report(f"Rating-design scorecard: {name}", lead, tuple(sections), FOOTER)


def _label(scores: DesignScores) -> str:
    return scores.contender.name


def bases_of(card: Scorecard) -> tuple[Basis | None, Basis | None]:
    """Return what the metrics M1 to M12 were computed on: observed, and all profiles."""
    observed: Basis | None = None
    every: Basis | None = None
    for scores in card.designs:
        for metric in scores.metrics:
            if metric.id in ("M13", "M14", "M15"):
                continue
            for one in metric.measures:
                if one.observed.value is not None and one.observed.basis.kind == "observed":
                    observed = observed or one.observed.basis
                if one.every.value is not None and one.every.basis.kind == "all profiles":
                    every = every or one.every.basis
    return observed, every


def _computed_on(card: Scorecard) -> Section:
    framework = card.designs[0].contender.framework
    observed, every = bases_of(card)
    lines = []
    if observed:
        lines.append(f"Observed: {basis_words(observed, framework.bodies)}.")
    else:
        lines.append("Observed: no assessment with every score known.")
    if every:
        lines.append(f"All profiles: {basis_words(every, framework.bodies)}.")
    lines.append(f"Framework version: {card.version.name}.")
    if card.other_versions:
        others = ", ".join(f"{count} of version {name}" for name, count in card.other_versions)
        lines.append(f"Left out of M1 to M12, as other scores were given then: {others}.")
    if card.coverage.left_out:
        left = ", ".join(f"{count:,} {status}" for status, count in card.coverage.left_out)
        lines.append(f"Left out: {left} (on the command line, --include takes them in).")
    lines.append(
        f"The range behind an observed figure is a 95 % bootstrap interval: {card.draws:,} draws "
        f"of bodies, seed {card.seed}. The samples are small and not random samples: the range "
        "says how much rests on single bodies, and nothing on bodies that are not in the data."
    )
    if card.coverage.note:
        lines.append(card.coverage.note)
    return Section("What it is computed on", (items(lines),))


def _metric(card: Scorecard, metric_id: str) -> Section:
    named = [(_label(one), one.metric(metric_id)) for one in card.designs]
    metric = named[0][1]
    blocks: list[Block] = []
    if metric.claim:
        blocks.append(Paragraph(f"The claim: {metric.claim.text} ({metric.claim.source})"))
    there = [(name, one) for name, one in named if one.applicable]
    if there:
        blocks.append(_table(there, len(card.designs)))
    blocks += _reasons(named, there)
    notes = list(dict.fromkeys(note for _, one in there for note in one.notes))
    if notes:
        blocks.append(items(notes))
    return Section(f"{metric.id} {metric.name}", tuple(blocks))


def _table(named: Sequence[tuple[str, Metric]], designs: int) -> Table:
    """Return a line for each measure and design; one line where all designs agree."""
    keys: dict[str, str] = {}
    for _, metric in named:
        shown = (*metric.measures, *(metric.rows if metric.id in _WITH_ROWS else ()))
        keys.update((one.id, one.name) for one in shown)
    rows: list[tuple[str, ...]] = []
    for key, words in keys.items():
        lines = []
        for name, metric in named:
            one = _measure(metric, key)
            if one and (one.observed.value is not None or one.every.value is not None):
                lines.append((name, *_figures(one)))
        if len(lines) == designs > 1 and len({line[1:] for line in lines}) == 1:
            lines = [(_TOGETHER, *lines[0][1:])]
        for number, line in enumerate(lines):
            rows.append((words if number == 0 else "", *line))
    columns: tuple[Column, ...] = (
        Column("What is counted", width=38),
        Column("Design", width=20),
        Column("Observed", width=30),
        Column("All profiles", width=22),
    )
    if designs == 1:
        rows = [(row[0], *row[2:]) for row in rows]
        columns = (columns[0], *columns[2:])
    return Table("", columns, tuple(rows))


def _measure(metric: Metric, key: str) -> Measure | None:
    try:
        return metric.measure(key)
    except KeyError:
        return None


def _figures(one: Measure) -> tuple[str, str]:
    return figure_words(one.observed, one.unit), figure_words(one.every, one.unit)


def _reasons(
    named: Sequence[tuple[str, Metric]], there: Sequence[tuple[str, Metric]]
) -> list[Block]:
    """Say why a metric, or one side of a measure, does not apply; a reason stands once."""
    alike: dict[str, list[str]] = {}
    for name, metric in named:
        if not metric.applicable:
            alike.setdefault(metric.reason, []).append(name)
    lines = []
    for reason, names in alike.items():
        who = "" if len(names) == len(named) else f" to {joined([f'“{one}”' for one in names])}"
        lines.append(f"Not applicable{who}: {reason}.")
    partly: dict[tuple[str, str], None] = {}
    for _, metric in there:
        for one in metric.measures:
            for side, figure in (("observed", one.observed), ("all profiles", one.every)):
                if figure.value is None and figure.reason:
                    partly[side, figure.reason] = None
    lines += [f"n/a under {side}: {reason}." for side, reason in partly]
    return [items(lines)] if lines else []


def _agreement(card: Scorecard, pair: Agreement) -> Section:
    first, second = card.designs[pair.first], card.designs[pair.second]
    metric = pair.metric
    blocks: list[Block] = []
    assert metric.claim
    blocks.append(Paragraph(f"The claim: {metric.claim.text} ({metric.claim.source})"))
    if not metric.applicable:
        blocks.append(items([f"Not applicable: {metric.reason}."]))
    else:
        blocks.append(_table([("", metric)], 1))
        blocks += _reasons([("", metric)], [("", metric)])
        words = f"down, “{_label(first)}”; across, “{_label(second)}”"
        for table, name in ((pair.observed, "observed"), (pair.every, "all profiles")):
            blocks.append(_crosstab(pair, table, f"How many have which word, {name}: {words}"))
    heading = f"{metric.id} {metric.name}: “{_label(first)}” and “{_label(second)}”"
    return Section(heading, tuple(blocks))


def _crosstab(pair: Agreement, table: Crosstab, caption: str) -> Table:
    columns = (Column(""), *(Column(name, "right") for name in pair.names))
    rows = tuple(
        (name, *(f"{count:,}" for count in row))
        for name, row in zip(pair.names, table, strict=True)
    )
    return Table(caption, columns, rows)
