"""What a design allows, as a report: `audit`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from assurance_core.lab.audit import Audit, JudgementAudit, Part
from assurance_core.lab.by_level import Hidden, Veto
from assurance_core.lab.requirements import Required
from assurance_core.report.audit_words import (
    all_words,
    dead_words,
    exchange_words,
    falling_words,
    gap_words,
    names_words,
    noun,
    otherwise_words,
    outcome_words,
    percent_words,
    profile_words,
    quoted_outcome,
    required_words,
    sampled_words,
)
from assurance_core.report.document import (
    Block,
    Column,
    Items,
    Paragraph,
    Report,
    Section,
    Table,
    items,
)
from assurance_core.report.words import count_words, short_level

FOOTER = (
    "Worked out from the rules alone, over every profile they can meet. It is not a product of any "
    "regulator, and no figure in it says that one design is better than another."
)
_PROFILES = (
    "A profile is one way in which everything can be scored. Each profile counts once, however "
    "likely or unlikely it is: a share of profiles is not a share of assessments."
)


def audit_report(audit: Audit, required: Sequence[Required] = ()) -> Report:
    """Return what a design allows, with what was required of it first."""
    design = audit.rule.design
    sections = []
    if required:
        lines = tuple(tuple(required_words(one)) for one in required)
        sections.append(Section("What was required", (Items(lines),)))
    for one in audit.judgements:
        sections += _judgement(one, several=len(audit.judgements) > 1)
    if audit.not_audited:
        lines = tuple(tuple(sampled_words(one, audit.rule)) for one in audit.not_audited)
        sections.append(Section("What is too large to be proved", (Items(lines),)))
    title = f"What this design allows: {design.name} ({design.id})"
    return Report(title, tuple(_lead(audit)), tuple(sections), FOOTER)


def _lead(audit: Audit) -> list[str]:
    rule, lead = audit.rule, [*audit.rule.design.lineage]
    if rule.published.headline is None:
        lead.append(f"No headline: {rule.published.no_headline}")
        if audit.shown:
            shown = count_words(len(audit.shown), "score")
            lead.append(f"{shown} shown as given: each can stand at any of its levels.")
        if not audit.judgements:
            lead.append("No rule combines scores here, so there is nothing to prove.")
            return lead
    for one in audit.judgements:
        count = len([leaf for leaf in one.space.leaves if leaf.kind != "judged"])
        reads = count_words(count, noun(one)) if count else "no scores, only what is judged"
        lead.append(
            f"{one.name} reads {reads}. What follows about it is proved over {all_words(one)}."
        )
    return [*lead, _PROFILES] if audit.judgements else lead


def _judgement(one: JudgementAudit, several: bool) -> list[Section]:
    scored = any(leaf.kind != "judged" for leaf in one.space.leaves)
    made: list[tuple[str, list[Block]]] = [
        ("Outcomes", _outcomes(one)),
        ("Can a better score lower the outcome?", [Paragraph(_monotone(one))]),
        (f"Can {noun(one)}s change places?", _symmetry(one)),
        ("Rules that change nothing", _dead(one)),
        ("Values between the printed ranges", _gaps(one)),
        ("One step from another outcome", _cliffs(one) if scored else []),
        ("How many low scores an outcome can hold", _compensation(one) if scored else []),
        ("What a single score rules out", _vetoes(one)),
        (f"{_standard(one)} or better with one {noun(one)} low", _hidden(one)),
        (f"How much each {noun(one)} decides", _influence(one)),
        ("How often limiters bite", _limiters(one)),
    ]
    return [
        Section(
            f"{one.name}: {heading[0].lower()}{heading[1:]}" if several else heading, tuple(blocks)
        )
        for heading, blocks in made
        if blocks
    ]


def _outcomes(one: JudgementAudit) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(
            f"Each of the {count_words(one.space.size, 'profile')} has exactly one outcome: a "
            "design that leaves one out does not compile."
        )
    ]
    rows = [row for part in one.parts for row in _outcome_rows(one, part)]
    judged = one.parts[0].leaf is not None
    columns = [
        *([Column("Judged")] if judged else []),
        Column("Outcome"),
        Column("Profiles", "right"),
        Column("Share", "right"),
    ]
    caption = f"Outcomes of {all_words(one)}"
    if judged:
        caption += ", for each judged level apart"
    blocks.append(Table(f"{caption}.", tuple(columns), tuple(rows)))
    declared = one.space.rule.design.unreachable
    lines = []
    for level in one.unreachable:
        why = f" The design says so: {declared[level.id]}" if level.id in declared else ""
        lines.append(f"No profile gives {level.name}.{why}")
    examples = [
        f"{outcome_words(one, state)}: for example {profile_words(levels)}."
        for state, levels in one.examples.items()
    ]
    return [*blocks, items([*lines, *examples])]


def _outcome_rows(one: JudgementAudit, part: Part) -> list[tuple[str, ...]]:
    start = (_held(part),) if part.leaf is not None else ()
    return [
        (*start, outcome_words(one, state), f"{count:,}", percent_words(count, part.size))
        for state, count in enumerate(part.counts)
    ]


def _held(part: Part) -> str:
    assert part.leaf is not None
    assert part.level is not None
    return f"{part.leaf.name}: {part.level.name}"


def _monotone(one: JudgementAudit) -> str:
    if one.falling:
        return f"Yes. {falling_words(one, one.falling)}"
    pairs = sum(found.pairs for found in one.influences.values())
    return (
        f"No. In none of the {count_words(pairs, 'pair')} of profiles that differ by one step of "
        "one score does the better score give the worse level."
    )


def _symmetry(one: JudgementAudit) -> list[Block]:
    groups = one.symmetry.groups
    count = sum(len(group) for group in groups)
    if count < 2:
        return []
    if one.symmetry.holds:
        text = (
            f"Yes, any two of the {count} can. Over {all_words(one)}, it counts how many "
            f"{noun(one)}s stand at each level, and not which."
        )
        return [Paragraph(text)]
    lines = [
        f"{count_words(len(group), noun(one))} that can change places: "
        f"{'; '.join(leaf.name for leaf in group)}."
        for group in groups
        if len(group) > 1
    ]
    alone = [group[0].name for group in groups if len(group) == 1]
    if alone:
        lines.append(f"With no other: {'; '.join(alone)}.")
    if one.symmetry.witness:
        lines.append(exchange_words(one, one.symmetry.witness))
    return [Paragraph(f"Not all of them, over {all_words(one)}."), items(lines)]


def _dead(one: JudgementAudit) -> list[Block]:
    if not one.dead:
        return [Paragraph(f"None: over {all_words(one)}, every rule changes something somewhere.")]
    lines = tuple((dead_words(found), f"The rule: {found.words}.") for found in one.dead)
    return [Paragraph(f"Over {all_words(one)}:"), Items(lines)]


def _gaps(one: JudgementAudit) -> list[Block]:
    otherwise: list[Block] = [Paragraph(otherwise_words(how)) for how in one.printed_otherwise]
    if not one.bands:
        return otherwise
    if not one.gaps:
        none = f"None: every value of {all_words(one)} lies in a printed range."
        return [Paragraph(none), *otherwise]
    start = (
        f"Before rounding, {count_words(len(one.gaps), 'value')} "
        f"{'lies' if len(one.gaps) == 1 else 'lie'} between the ranges as they are printed, over "
        f"{all_words(one)}."
    )
    return [Paragraph(start), items([gap_words(found) for found in one.gaps]), *otherwise]


def _cliffs(one: JudgementAudit) -> list[Block]:
    what, pairs = noun(one), one.statement_steps
    lines = []
    for part in one.parts:
        start = f"{_held(part)}, as judged: " if part.leaf is not None else ""
        lines.append(
            f"{start}{part.near:,} of {count_words(part.size, 'profile')} "
            f"({percent_words(part.near, part.size)}) are one step of one {what} from another "
            "outcome."
        )
    lines.append(
        f"{pairs.changed:,} of the {count_words(pairs.pairs, 'pair')} of profiles that differ by "
        f"one step of one {what} ({percent_words(pairs.changed, pairs.pairs)}) have different "
        "outcomes."
    )
    return [items(lines)]


def _compensation(one: JudgementAudit) -> list[Block]:
    what, lines = noun(one), []
    for found in one.compensation:
        lowest, below = found.lowest, found.below_good
        most = f"up to {count_words(lowest.count, what)}" if lowest.count else f"no {what}"
        example = f", for example {profile_words(lowest.levels)}" if lowest.count else ""
        item = [f"{outcome_words(one, found.state)}: {most} at the lowest level{example}."]
        if below is not None and below.count:
            example = f", for example {profile_words(below.levels)}"
            item.append(f"Up to {below.count} below the standard{example}.")
        elif below is not None:
            item.append(f"No {what} below the standard.")
        lines.append(tuple(item))
    return [Paragraph(f"The most that any of {all_words(one)} holds."), Items(tuple(lines))]


def _vetoes(one: JudgementAudit) -> list[Block]:
    if not one.vetoes:
        text = (
            f"Nothing. Over {all_words(one)}, no score of a single {noun(one)} forces or forbids "
            "an outcome that can be reached."
        )
        return [Paragraph(text)]
    grouped: dict[tuple[bool, str, str], list[Veto]] = {}
    for veto in one.vetoes:
        judged = veto.leaf.kind == "judged"
        key = (judged, short_level(veto.level), _veto_words(one, veto))
        grouped.setdefault(key, []).append(veto)
    every = len([leaf for leaf in one.space.leaves if leaf.kind != "judged"])
    lines = []
    for (judged, level, words), found in grouped.items():
        leaves = [veto.leaf for veto in found]
        who = names_words(leaves, 0 if judged else every, noun(one))
        if judged:
            who = f"{who}, as judged"
        lines.append((f"At {level}: {words}.", f"So it is for {who}."))
    return [
        Paragraph(f"Whatever the other scores are, over {all_words(one)}:"),
        Items(tuple(lines)),
    ]


def _veto_words(one: JudgementAudit, veto: Veto) -> str:
    if veto.forced is not None:
        return f"the outcome is {quoted_outcome(one, veto.forced)}"
    return f"the outcome is not {' or '.join(quoted_outcome(one, s) for s in veto.excluded)}"


def _standard(one: JudgementAudit) -> str:
    """Return the name of the lowest level that meets the standard; empty where there is none."""
    scale = one.space.root.scale
    return scale.level(scale.good_from).name if scale.good_from else ""


def _hidden(one: JudgementAudit) -> list[Block]:
    word = _standard(one)
    if not word or not any(part.hidden for part in one.parts):
        return []
    rows = []
    for part in one.parts:
        start = (_held(part),) if part.leaf is not None else ()
        groups: dict[tuple[int, int | None, int], list[Hidden]] = {}
        for found in part.hidden:
            groups.setdefault((found.lowest, found.below_good, found.good), []).append(found)
        for (lowest, below, good), members in groups.items():
            who = names_words([found.leaf for found in members], len(part.hidden), noun(one))
            cells = [_share(lowest, good), "" if below is None else _share(below, good)]
            rows.append((*start, who, f"{good:,}", *cells))
    judged = one.parts[0].leaf is not None
    columns = [
        *([Column("Judged")] if judged else []),
        Column(noun(one).capitalize()),
        Column(f"Profiles at {word} or better", "right"),
        Column("At its lowest level", "right"),
        Column("Below its standard", "right"),
    ]
    caption = f"Of the profiles at {word} or better, those with the named {noun(one)} low."
    return [Table(caption, tuple(columns), tuple(rows))]


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({percent_words(part, whole)})"


def _influence(one: JudgementAudit) -> list[Block]:
    rows = []
    groups = [list(group) for group in one.symmetry.groups]
    groups += [[leaf] for leaf in one.space.leaves if leaf.kind == "judged"]
    every = len(one.space.leaves)
    for group in groups:
        found = one.influences[group[0].id]
        who = names_words(group, every, noun(one))
        row = [
            f"{who}, as judged" if group[0].kind == "judged" else who,
            f"{found.changed:,} of {found.pairs:,}",
            percent_words(found.changed, found.pairs),
        ]
        if one.settling:
            mean = sum((one.settling.shares[leaf.id] for leaf in group), Fraction(0)) / len(group)
            row.append(percent_words(mean.numerator, mean.denominator))
        rows.append(tuple(row))
    columns = [
        Column(noun(one).capitalize(), width=40),
        Column("Steps that change the outcome", "right"),
        Column("Share", "right"),
    ]
    if one.settling:
        columns.append(Column("Settles the outcome", "right"))
    blocks: list[Block] = [
        Table(f"What is said of several is said of each {noun(one)}.", tuple(columns), tuple(rows))
    ]
    return [*blocks, Paragraph(_settling_words(one))]


def _settling_words(one: JudgementAudit) -> str:
    steps = (
        f"Steps: pairs of profiles, of {all_words(one)}, that differ by one step of the "
        f"{noun(one)} (the Banzhaf index for many levels)."
    )
    if one.settling is None:
        return f"{steps} How often each settles the outcome is not available for this space."
    means = (
        "Settles: scores are revealed one by one in random order; the one that leaves a single "
        "outcome possible has settled it (the Shapley-Shubik index for many levels)"
    )
    if one.settling.draws:
        return (
            f"{steps} {means}, sampled: {one.settling.draws:,} random profiles and orders, seed "
            f"{one.settling.seed}; rows of several are means."
        )
    return f"{steps} {means}, exact over {all_words(one)} and all orders."


def _limiters(one: JudgementAudit) -> list[Block]:
    lines = []
    for part in one.parts:
        start = f"{_held(part)}, as judged: " if part.leaf is not None else ""
        lines += [
            f"{start}{path} changes the level of {count:,} of {count_words(part.size, 'profile')} "
            f"({percent_words(count, part.size)})."
            for path, count in part.limiters.items()
        ]
    return [items(lines)] if lines else []
