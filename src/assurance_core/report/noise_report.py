"""The report of `assurance noise`: how sure an outcome is, if inspectors vary."""

from __future__ import annotations

from assurance_core.lab.coverage import Coverage
from assurance_core.lab.noise import BodyChances, Noise, NoisyBody, Reliability, SettingNoise
from assurance_core.lab.noise_settings import MAPPING, NoiseSetting
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
from assurance_core.report.studied import (
    absent_lines,
    cannot_tell,
    chance_words,
    coverage_lines,
    dated,
    design_lines,
    figure_words,
)
from assurance_core.report.words import (
    any_spaced,
    count_words,
    joined,
    plural,
    score_signs,
    source_words,
    status_lines,
)

_MODELS = ("independent", "same_direction")
_MODEL_WORDS = {
    "independent": "Each statement on its own",
    "same_direction": "All statements in the same direction",
}
_SHOWN = 0.001


def noise_report(
    found: Noise, shown: NoiseSetting, cover: Coverage | None, name: str = ""
) -> Report:
    """Return the report.

    Args:
        found: the answer.
        shown: the setting at which bodies are listed; one of those worked out.
        cover: what the data cover; None where one assessment was given.
        name: what the data are called.
    """
    at = next(one for one in found.settings if one.setting == shown)
    single = found.bodies[0] if len(found.bodies) == 1 and not found.unplaced else None
    every = [
        *(one.assessment for one in found.bodies),
        *(one.assessment for one in found.unplaced),
    ]
    about = every[0].body.name if len(every) == 1 else name or found.contender.design.name
    sections = [
        _computed(found, cover),
        *([_one_body(found, single)] if single else []),
        _reliable(found),
        *([] if single else _bodies(found, at)),
        *cannot_tell(found.unplaced, dated(every)),
        _model(found),
    ]
    lead = [_lead_of_one(found, at, single)] if single else _lead(found, at)
    return Report(f"How sure? Inspector variation: {about}", tuple(lead), tuple(sections), FOOTER)


def _at(setting: NoiseSetting) -> str:
    kind = "as chosen" if setting.id == "chosen" else f"the {setting.id} setting, assumed"
    return f"each score is a step off with a chance of {chance_words(setting.chance)} ({kind})"


def _lead(found: Noise, at: SettingNoise) -> list[str]:
    design = found.contender.design
    if at.observed is None:
        one = at.whole[0].reliability
        on = f"the {at.whole[0].profiles:,} profiles there can be"
        if len(at.whole) > 1:
            on = f"{on} under {_whole_name(found, at, 0)}"
        known = (
            f"Of no assessment is every score known. Over {on}" if found.unplaced else f"Over {on}"
        )
    else:
        one = at.observed
        word = found.contender.framework.bodies
        names = {body.assessment.body.name for body in found.bodies}
        noun = word if len(names) == len(found.bodies) else "assessment"
        known = f"Over the {count_words(len(found.bodies), noun)} whose scores are all known"
    return [
        f"Suppose {_at(at.setting)}. {known}, {design.id} would then give another outcome than on "
        f"the true scores with a mean chance of {chance_words(one.independent.misclassification)} "
        "if each statement varies on its own, and of "
        f"{chance_words(one.same_direction.misclassification)} if all vary in the same direction."
    ]


def _lead_of_one(found: Noise, at: SettingNoise, body: NoisyBody) -> str:
    chances = at.bodies[0]
    return (
        f"{found.outcomes[body.own]} under {found.contender.design.id}. Suppose {_at(at.setting)}. "
        "The outcome would then be the same with a chance of "
        f"{chance_words(chances.independent[body.own])} if each statement varies on its own, and "
        f"of {chance_words(chances.same_direction[body.own])} if all vary in the same direction."
    )


def _computed(found: Noise, cover: Coverage | None) -> Section:
    lines = coverage_lines(cover, found.contender.framework.bodies, len(found.bodies))
    lines += absent_lines([(one.assessment, one.absent) for one in found.bodies])
    whole = found.settings[0].whole
    sizes = [f"{one.profiles:,} ({_whole_name(found, found.settings[0], n)})" if len(whole) > 1
             else f"{one.profiles:,}" for n, one in enumerate(whole)]  # fmt: skip
    lines.append(f"All profiles: {joined(sizes)}, each counted the same.")
    lines.append(
        "Exact: every way in which scores could move is counted with its probability. Nothing is "
        "drawn at random."
    )
    every = [*(one.assessment for one in found.bodies), *(one.assessment for one in found.unplaced)]
    return Section("What was computed", (items([*design_lines(found.contender, every), *lines]),))


def _whole_name(found: Noise, at: SettingNoise, number: int) -> str:
    """Return what tells one space from the others: its version, and what is judged."""
    one = at.whole[number]
    several = len({each.version for each in at.whole}) > 1
    parts = [f"version {one.version}"] if several else []
    return ", ".join([*parts, *([one.judged] if one.judged else [])]) or "all profiles"


def _one_body(found: Noise, body: NoisyBody) -> Section:
    """Return how likely each outcome is for the only body: a column for each setting and model."""
    columns = [Column("Outcome", width=40)]
    chances: list[tuple[float, ...]] = []
    for at in found.settings:
        for model in _MODELS:
            short = "each on its own" if model == "independent" else "same direction"
            columns.append(Column(f"{at.setting.id}, {short}", "right", width=12))
            chances.append(getattr(at.bodies[0], model))
    rows = []
    for place, word in enumerate(found.outcomes):
        if any(one[place] > 0 for one in chances):
            mark = " (as scored)" if place == body.own else ""
            mark += " (published)" if place == body.published != body.own else ""
            rows.append((word + mark, *(chance_words(one[place]) for one in chances)))
    text = f"Scores, in the framework's order: {score_signs(body.assessment)}."
    return Section(
        "How likely each outcome is", (Paragraph(text), Table("", tuple(columns), tuple(rows)))
    )


def _reliable(found: Noise) -> Section:
    """Return metric M7, for the bodies and for all profiles side by side."""
    blocks: list[Block] = [
        Paragraph(
            "Another outcome: the mean chance that scores so moved give another outcome than the "
            "true ones. Two agree: the chance that two inspectors come to the same outcome. κ: "
            "that agreement beyond what the spread of outcomes alone would give; 1 is perfect. A "
            "percentage beside a setting is the chance that a score moves."
        )
    ]
    columns = (
        Column("Setting"),
        Column("Computed on", width=40),
        Column("Another outcome", "right"),
        Column("Two agree", "right"),
        Column("κ", "right"),
    )
    for model in _MODELS:
        rows = [
            (_setting_words(at.setting), on, *_figures(getattr(one, model)))
            for at in found.settings
            for on, one in _bases(found, at)
        ]
        blocks.append(Table(_MODEL_WORDS[model], columns, tuple(rows)))
    return Section("How reliable the outcomes are", tuple(blocks))


def _setting_words(setting: NoiseSetting) -> str:
    return f"{setting.id}, {chance_words(setting.chance)}"


def _bases(found: Noise, at: SettingNoise) -> list[tuple[str, object]]:
    bases: list[tuple[str, object]] = []
    if at.observed and len(found.bodies) > 1:
        bases.append((f"{len(found.bodies)} observed", at.observed))
    for number, one in enumerate(at.whole):
        bases.append((_whole_name(found, at, number), one.reliability))
    return bases


def _figures(one: Reliability) -> tuple[str, str, str]:
    return (
        chance_words(one.misclassification),
        chance_words(one.consistency),
        figure_words(one.kappa),
    )


def _bodies(found: Noise, at: SettingNoise) -> list[Section]:
    if not found.bodies:
        return []
    with_dates = dated([one.assessment for one in found.bodies])
    published = any(one.published not in (None, one.own) for one in found.bodies)
    columns = [Column(found.contender.framework.bodies.capitalize(), width=25)]
    columns += [Column("Date")] if with_dates else []
    columns += [Column("Scores"), Column("Outcome", width=20)]
    columns += [Column("Same (each on its own)", "right"), Column("Same (same direction)", "right")]
    columns += [Column("Published word", "right")] if published else []
    columns.append(Column("Otherwise (each on its own)", width=26))
    spaced = any_spaced(one.assessment for one in found.bodies)
    rows = []
    for body, chances in zip(found.bodies, at.bodies, strict=True):
        cells = [body.assessment.body.name]
        cells += [str(body.assessment.date or "")] if with_dates else []
        cells += [score_signs(body.assessment, spaced), found.outcomes[body.own]]
        cells += [chance_words(getattr(chances, model)[body.own]) for model in _MODELS]
        if published:
            place = body.published
            cells.append("" if place is None else chance_words(chances.independent[place]))
        rows.append((*cells, _otherwise(found, body, chances)))
    text = (
        f"Suppose {_at(at.setting)}. Scores stand in the framework's order. Same: the chance of "
        "the outcome that the scores as given lead to. "
    )
    if published:
        text += "Published word: the chance of that word, each statement on its own. "
    text += f"The {plural(found.contender.framework.bodies)} are in alphabetical order."
    return [Section("One by one", (Paragraph(text), Table("", tuple(columns), tuple(rows))))]


def _otherwise(found: Noise, body: NoisyBody, chances: BodyChances) -> str:
    others = [
        f"{word} {chance_words(chance)}"
        for place, (word, chance) in enumerate(
            zip(found.outcomes, chances.independent, strict=True)
        )
        if place != body.own and chance >= _SHOWN
    ]
    return ", ".join(others) or "nothing above 0.1 %"


def _model(found: Noise) -> Section:
    settings = [one.setting for one in found.settings]
    listed = [
        (
            f"{one.id}, {chance_words(one.chance)}: {one.because}.",
            *(source_words(source) for source in one.evidence),
        )
        for one in settings
    ]
    used = [source.status for one in settings for source in one.evidence]
    blocks: list[Block] = [
        Paragraph(
            "Each statement on its own: it moves one step up or down, with half the chance each. "
            "In the same direction: a coin decides whether all of a body's scores tend up or down, "
            "and then each moves that way with the whole chance. A move off the scale is "
            "cancelled. What an assessor judges does not move. The scores as given are taken to be "
            "the true ones."
        ),
        Paragraph("Why these sizes:"),
        Items(tuple(listed)),
        items([source_words(MAPPING)]),
        Paragraph("How far a source can be relied on:"),
        items(status_lines([*used, MAPPING.status])),
    ]
    return Section("The model and its evidence", tuple(blocks))
