"""Outcomes as data for other programs: a row for each assessment and design, typed columns.

The columns are the same for `rate` and `compare`, so that what is done with one can be done with
the other. Each is described; the description goes with the data in every form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Literal

from attrs import evolve, frozen

from assurance_core.engine.profile import NOT_KNOWN_WORDS
from assurance_core.lab.compare import Comparison
from assurance_core.lab.contender import Contender
from assurance_core.lab.result import Result
from assurance_core.model.assessment import Assessment
from assurance_core.model.outcome import Headline, JudgementOutcome, Number, Outcome
from assurance_core.report.answers import number_answer
from assurance_core.report.rated import Rated, Unrated, carried_forward

Value = str | int | float | tuple[str, ...] | None
AREA = "area."
"""In front of an area's id: the column with its level."""
BETWEEN = "; "
"""Between the parts of a list in one cell."""


@frozen
class DataColumn:
    """One column.

    Attributes:
        name: its heading.
        kind: what its cells hold; a list has any number of texts.
        description: what they mean, in a sentence.
    """

    name: str
    kind: Literal["text", "number", "list"]
    description: str


@frozen(eq=False)
class OutcomeRow:
    """What a design says of an assessment.

    Attributes:
        assessment: what was rated.
        contender: the design.
        result: what it says.
        change: against the first design of a comparison; empty where there is nothing to say.
    """

    assessment: Assessment
    contender: Contender
    result: Result
    change: str = ""

    @property
    def outcome(self) -> Outcome | None:
        """The outcome, or the part of it that no unknown score could change."""
        return self.result.outcome or self.result.settled

    @property
    def headline(self) -> Headline | None:
        """The headline, where there is one and it is certain."""
        certain = self.result.possible.certain
        return certain if isinstance(certain, Headline) else None

    @property
    def score(self) -> Number | None:
        """The number published with the headline."""
        return self.outcome.score if self.outcome else None

    @property
    def judgements(self) -> tuple[JudgementOutcome, ...]:
        """The judgements that are certain."""
        return self.outcome.judgements if self.outcome else ()


@frozen(eq=False, repr=False)
class OutcomeTable:
    """Columns and rows, with what they are about.

    Attributes:
        title: in a few words.
        designs: each design with the plugin that gives it.
        columns: in order.
        rows: a value for each column.
    """

    title: str
    designs: tuple[str, ...]
    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[Value, ...], ...]


def rated_outcomes(contender: Contender, rated: Sequence[Rated | Unrated]) -> OutcomeTable:
    """Return assessments under one design as data."""
    rows = [OutcomeRow(one.assessment, contender, one.result) for one in rated]
    return _table(rated_title(contender), [contender], rows, compared=False)


def compared_outcomes(comparison: Comparison) -> OutcomeTable:
    """Return a comparison as data: for each body, a row for each design."""
    rows = [
        OutcomeRow(body.assessment, contender, result)
        for body in comparison.bodies
        for contender, result in zip(comparison.contenders, body.results, strict=True)
    ]
    designs = len(comparison.contenders)
    for pair in comparison.pairs:
        for number, change in enumerate(pair.changes):
            place = number * designs + pair.second
            rows[place] = evolve(rows[place], change=change)
    ids = ", ".join(one.design.id for one in comparison.contenders)
    return _table(f"Outcomes under {ids}", comparison.contenders, rows, compared=True)


def rated_columns(contender: Contender, areas: Mapping[str, str]) -> list[Made]:
    """Return the columns of assessments under one design, each with what makes its cells.

    Args:
        contender: the design.
        areas: names of the lines of its report cards, by id.
    """
    return [*_FIRST, *_outcome([contender]), *_areas(areas), *_LAST]


def rated_title(contender: Contender) -> str:
    """Return what outcomes under one design are called."""
    return f"Outcomes under {contender.design.id}"


def design_source(contender: Contender) -> str:
    """Return a design with the plugin that gives it."""
    return f"{contender.design.id} ({contender.design.provenance})"


def _table(
    title: str, contenders: Sequence[Contender], rows: Sequence[OutcomeRow], compared: bool
) -> OutcomeTable:
    first, last = list(_FIRST), list(_LAST)
    if compared:
        first.append(_CHANGE)
    areas = {area.id: area.name for row in rows if row.outcome for area in row.outcome.areas}
    made = [*first, *_outcome(contenders), *_areas(areas), *last]
    sources = dict.fromkeys(map(design_source, contenders))
    return OutcomeTable(
        title,
        tuple(sources),
        tuple(column for column, _ in made),
        tuple(tuple(value(row) for _, value in made) for row in rows),
    )


Made = tuple[DataColumn, Callable[[OutcomeRow], Value]]
"""A column, and what makes its cells."""


def _text(name: str, description: str, value: Callable[[OutcomeRow], str]) -> Made:
    return DataColumn(name, "text", description), lambda row: value(row) or None


def _list(name: str, description: str, value: Callable[[OutcomeRow], Sequence[str]]) -> Made:
    return DataColumn(name, "list", description), lambda row: tuple(value(row))


def _outcome(contenders: Sequence[Contender]) -> list[Made]:
    """Return the columns of the headline, with the levels that it may have."""
    scales = [one.headline_scale for one in contenders]
    levels = dict.fromkeys(level for scale in scales if scale for level in scale.ids)
    among = f", one of {', '.join(levels)}" if levels else ""
    return [
        _text(
            "certainty",
            "How sure the outcome is: certain; possible, where scores are not known and several"
            " outcomes fit; cannot tell.",
            _certainty,
        ),
        _text(
            "outcome",
            f"The level of the headline, by its id{among}. Empty where there is no headline or it"
            " is not certain.",
            lambda row: row.headline.level if row.headline else "",
        ),
        _text(
            "outcome_name",
            "The same level as it is shown to readers.",
            lambda row: row.headline.name if row.headline else "",
        ),
        _list("possible", "Where the outcome is not certain: every level that fits.", _possible),
        _text("reason", "Why there is no headline, or why it cannot be told.", _reason),
        (
            DataColumn(
                "score",
                "number",
                "The number published with the headline, with two decimals at most.",
            ),
            lambda row: number_answer(row.score.value) if row.score else None,
        ),
        _text(
            "score_exact",
            "The exact number before it was rounded, as a ratio.",
            lambda row: str(row.score.exact) if row.score else "",
        ),
        (
            DataColumn("score_of", "number", "The highest that the score can be."),
            lambda row: (
                number_answer(row.score.of)
                if row.score is not None and row.score.of is not None
                else None
            ),
        ),
    ]


def _areas(areas: Mapping[str, str]) -> list[Made]:
    """Return a column for each line of the report cards, by id, with its name."""
    return [
        _text(
            f"{AREA}{area}",
            f"{name}: the id of its level. Where there is none, why; empty where it is not known.",
            partial(_area, wanted=area),
        )
        for area, name in areas.items()
    ]


def _area(row: OutcomeRow, wanted: str) -> str:
    for area in row.outcome.areas if row.outcome else ():
        if area.id == wanted:
            absent = "" if area.absent == NOT_KNOWN_WORDS else area.absent
            return area.level.id if area.level else absent
    return ""


def _certainty(row: OutcomeRow) -> str:
    if row.result.possible.certain is not None:
        return "certain"
    return "cannot tell" if row.result.possible.cannot_tell else "possible"


def _possible(row: OutcomeRow) -> list[str]:
    if row.result.possible.certain is not None:
        return []
    return [
        one.level if isinstance(one, Headline) else "no headline"
        for one in row.result.possible.headlines
    ]


def _reason(row: OutcomeRow) -> str:
    certain = row.result.possible.certain
    if certain is not None and not isinstance(certain, Headline):
        return certain.reason
    return row.result.possible.reason


def _overridden(row: OutcomeRow) -> list[str]:
    return [f"{one.id}: {one.override_reason}" for one in row.judgements if one.override_reason]


_FIRST: tuple[Made, ...] = (
    _text("body", "The name of what was assessed.", lambda row: row.assessment.body.name),
    _text("code", "Its official code, if known.", lambda row: row.assessment.body.code),
    _text(
        "date",
        "The date of the assessment, as precisely as it is known: YYYY, YYYY-MM or YYYY-MM-DD.",
        lambda row: row.assessment.date.text if row.assessment.date else "",
    ),
    _text(
        "status",
        "The status of the assessment: formal, indicative, provisional or superseded.",
        lambda row: row.assessment.status,
    ),
    _text("version", "The version of its framework.", lambda row: row.assessment.version),
    _text(
        "published",
        "The level of the headline that was published, if known.",
        lambda row: row.assessment.published.headline or "",
    ),
    (
        DataColumn("published_score", "number", "The score that was published, if known."),
        lambda row: row.assessment.published.score,
    ),
    _text("design", "The id of the design of this row.", lambda row: row.contender.design.id),
    _text("design_name", "What reports call the design.", lambda row: row.contender.name),
    _list(
        "edits",
        "What was changed of the design, or patched, before it was applied.",
        lambda row: row.contender.design.lineage,
    ),
    _text(
        "crosswalk",
        "The id of the crosswalk by which the scores of another framework were read.",
        lambda row: row.contender.crosswalk.id if row.contender.crosswalk else "",
    ),
)
_CHANGE = _text(
    "change",
    "Against the first design: changed, unchanged or cannot tell. Empty for the first, and where"
    " the two have no word in common.",
    lambda row: row.change,
)
_LAST: tuple[Made, ...] = (
    _list(
        "limited_by",
        "The limiters that changed a level, by their path in the design.",
        lambda row: [path for one in row.judgements for path in one.bit],
    ),
    _list(
        "advised",
        "Levels that a rule suggests without deciding, as JUDGEMENT: LEVEL.",
        lambda row: [f"{one.id}: {level}" for one in row.judgements for level in one.advised],
    ),
    _list(
        "overridden",
        "Levels that professional judgement replaced, as JUDGEMENT: REASON.",
        _overridden,
    ),
    _list(
        "consequences",
        "The ids of the consequences that follow.",
        lambda row: [one.id for one in row.outcome.consequences] if row.outcome else (),
    ),
    _list(
        "unknown",
        "The ids of what the design uses and is not known to us.",
        lambda row: row.result.unknown,
    ),
    _list(
        "notes",
        "What a reader must know: whether the design was in force on the date, and which scores"
        " are older than the assessment.",
        lambda row: (*row.result.notes, *carried_forward(row.assessment)),
    ),
)
OF_ASSESSMENT = frozenset(column.name for column, _ in _FIRST) | {"notes"}
"""Columns that say what was assessed, by which design and when; the others are the outcome."""
