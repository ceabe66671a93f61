"""The worked study: one word or a report card, for the councils assessed so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import combinations

from attrs import frozen

from assurance_core import Contender, compare, load_plugins, read_dataset_table
from assurance_core.lab.compare import ComparedBody, Comparison
from assurance_core.lab.scorecard import Scorecard, scorecard
from assurance_core.model.assessment import Score
from assurance_core.model.outcome import Headline, Outcome
from assurance_core.report.charts.flow import flow
from assurance_core.report.charts.kept import kept_against_read
from assurance_core.report.charts.score_line import score_line
from assurance_core.report.document import Figure
from docs.make.markdown import page, table
from docs.make.pictures import drawing, rows, shown

TITLE = "One word or a report card? What changes for the councils assessed so far"
WORD, CARD, PLAIN = "cqc-la/single-word", "ofsted-style/report-card", "cqc-la/report-card"
READINGS = (
    ("ofsted-style/from-cqc-la", "4 as strong standard, safeguarding met from 2"),
    ("ofsted-style/from-cqc-la-exceptional", "4 as exceptional, safeguarding met from 2"),
    ("ofsted-style/from-cqc-la-met-from-3", "4 as strong standard, safeguarding met from 3"),
)
GOOD = ("good", "outstanding")
SAFEGUARDING = "safeguarding"


PICTURES = {name: f"pictures/{name}.svg" for name in ("words-to-cards", "scores", "kept")}


@frozen
class Facts:
    """What the study rests on.

    Attributes:
        found: the word beside each reading of the card, for all councils.
        complete: the councils whose nine scores are known.
        measured: the word and the card by the claims of the debate.
        pictures: by name.
    """

    found: Comparison
    complete: list[ComparedBody]
    measured: Scorecard
    pictures: Mapping[str, Figure]


@cache
def facts() -> Facts:
    """Work out what is shown; once, as the page and each picture need it."""
    registry = load_plugins(["cqc_la", "ofsted_ilacs"])
    framework = registry.framework("cqc-la")
    councils = read_dataset_table(registry.dataset("cqc-la"), framework).assessments
    card = registry.design(CARD)
    read = [Contender(card, registry.crosswalk(one), framework) for one, _ in READINGS]
    found = compare([registry.design(WORD), *read], councils)
    complete = [one for one in found.bodies if all(result.outcome for result in one.results)]
    measured = scorecard([registry.design(WORD), registry.design(PLAIN)], councils)
    known = compare([registry.design(WORD), *read], [one.assessment for one in complete])
    drawn = (
        flow(known, known.pairs[0]),
        score_line(
            registry.design(WORD),
            [(one.assessment.body.name, one.results[0]) for one in complete],
            framework.bodies,
        ),
        kept_against_read(measured),
    )
    pictures = {name: one for name, one in zip(PICTURES, drawn, strict=True) if one}
    return Facts(found, complete, measured, pictures)


def picture(name: str) -> str:
    """Return a picture of the study as a file."""
    return drawing(facts().pictures[name])


def study() -> str:
    """Return the page; every figure in it is counted from the bundled data."""
    found, complete, pictures = facts().found, facts().complete, facts().pictures
    shadow = facts().measured.designs[1].metric("M8").measures[0].observed
    assert shadow.value is not None
    pictured = {name: shown(one, PICTURES[name]) for name, one in pictures.items()}
    parts = [
        "## The short answer",
        _answer(found, complete, round(100 * shadow.value)),
        "## What each word covers",
        _by_word(complete),
        pictured["words-to-cards"],
        "## Where the edges are",
        "The word changes where the score passes a threshold. Each dot is a council.",
        pictured["scores"],
        "## What is kept, and what there is to read",
        "A card keeps more of the nine scores, and is longer. The picture sets the one against the"
        " other; [the scorecard](reference/scorecard.md) says how both are counted.",
        pictured["kept"],
        rows(pictures["kept"]),
        "## How the card depends on the reading",
        _by_reading(complete),
        "## Council by council",
        "In alphabetical order. Areas below standard are those of the first reading.",
        _councils(complete),
        "## Bear in mind",
        _caveats(found, len(complete)),
        "## Work it out again",
        _commands(),
    ]
    return page(TITLE, _introduction(found, len(complete)), parts)


def _outcome(body: ComparedBody, place: int = 0) -> Outcome:
    outcome = body.results[place].outcome
    assert outcome is not None
    return outcome


def _word(body: ComparedBody) -> Headline:
    headline = _outcome(body).headline
    assert isinstance(headline, Headline)
    return headline


def _grades(body: ComparedBody, place: int) -> tuple[str, ...]:
    """Return a council's card: the grade of each area."""
    return tuple(one.level.name for one in _outcome(body, place).areas if one.level)


def _at(body: ComparedBody, statement: str) -> str:
    """Return a council's score of a statement, or nothing."""
    cell = body.assessment.scores.get(statement)
    return cell.level if isinstance(cell, Score) else ""


def _below(body: ComparedBody, place: int = 1) -> int:
    return sum(bool(one.below_good) for one in _outcome(body, place).areas)


def _introduction(found: Comparison, complete: int) -> str:
    return (
        "CQC sums up each council's adult social care in one word. Ofsted has given its word up"
        " for grades side by side. What would the readers of the word see if councils had a report"
        f" card in Ofsted's style? This study takes the {found.coverage.assessments} formal,"
        f" current ratings that are bundled. For {complete} of them all nine scores are known, and"
        " only these can be shown as a card."
    )


def _answer(found: Comparison, complete: list[ComparedBody], shadow: int) -> str:
    near = found.thresholds[0]
    assert near is not None
    good = [one for one in complete if _word(one).level in GOOD]
    met = sum(_at(one, SAFEGUARDING) == "2" for one in complete)
    pairs = [pair for pair in combinations(complete, 2) if _word(pair[0]) == _word(pair[1])]
    differ = sum(_grades(one, 1) != _grades(other, 1) for one, other in pairs)
    words = len({_word(one).level for one in complete})
    cards = len({_grades(one, 1) for one in complete})
    return "\n".join(
        [
            f"- **{words} words become {cards} different cards.** Of the {len(pairs)} pairs of"
            f" councils with the same word, {differ} have different cards.",
            f"- **The card shows weak areas.** Of the {len(good)} councils that are good or better,"
            f" {sum(bool(_below(one)) for one in good)} have at least one area below the standard,"
            " which the word does not show.",
            f"- **Not all of them.** {met} councils have safeguarding at 2, some shortfalls. A card"
            " that knows only met and not met shows it as met, unless that is read otherwise"
            " (below).",
            f"- **One step changes less.** {len(near)} of {len(complete)} councils are one step of"
            " one score from another word. On a card such a step changes one grade at most.",
            "- **There is no summary.** The card gives no single answer to “is it good?”. If"
            " readers of all nine scores add them up with weights of their own, the word they"
            f" come to differs for {shadow} % of the councils on average (how readers really weigh"
            " is not known).",
        ]
    )


def _by_word(complete: list[ComparedBody]) -> str:
    rows = []
    for word in sorted({_word(one) for one in complete}, key=lambda one: -one.position):
        below = [_below(one) for one in complete if _word(one) == word]
        spread = f"{min(below)} to {max(below)}" if min(below) < max(below) else str(below[0])
        rows.append((word.name, str(len(below)), str(sum(map(bool, below))), spread))
    header = ("the word", "councils", "with an area below standard", "areas below, fewest to most")
    return table(header, rows)


def _by_reading(complete: list[ComparedBody]) -> str:
    rows = []
    for place, (_, reading) in enumerate(READINGS, 1):
        grades = Counter(grade for one in complete for grade in _grades(one, place))
        shown = "; ".join(f"{grade.lower()} {count}" for grade, count in sorted(grades.items()))
        rows.append((reading, shown))
    text = (
        "No official reading of CQC's scores as Ofsted's grades exists: each is assumed by us."
        " Under all, 1 is urgent improvement, 2 needs attention and 3 the expected standard. The"
        f" {9 * len(complete)} areas of the {len(complete)} councils come out so:"
    )
    return f"{text}\n\n{table(('reading', 'areas by grade'), rows)}"


def _councils(complete: list[ComparedBody]) -> str:
    rows = []
    for one in complete:
        areas = [area.name for area in _outcome(one, 1).areas if area.below_good]
        weak = "; ".join(areas) if len(areas) < 4 else f"{len(areas)} of 9"
        rows.append((one.assessment.body.name, _word(one).name, weak or "none"))
    return table(("council", "word", "areas below standard"), rows)


def _caveats(found: Comparison, complete: int) -> str:
    left_out = ", ".join(f"{count} {status}" for status, count in found.coverage.left_out)
    return "\n".join(
        [
            "- **Not a national estimate.** The councils are those of the 153 whose ratings are"
            f" bundled; the {complete} shown are those of them whose scores are all known. Neither"
            " is a sample: see [the data](explanation/data.md).",
            f"- Left out: {left_out}.",
            "- The card is our construction after Ofsted's for schools. No regulator gives councils"
            " one.",
            "- That areas are below the standard does not say how much it matters to people.",
            "- No figure here says that one design is better. There is a case for"
            " [each](explanation/debate.md).",
        ]
    )


def _commands() -> str:
    readings = " ".join(f"--crosswalk {one}" for one, _ in READINGS)
    return (
        f"`assurance compare {WORD} {CARD} {readings}` gives the words, the cards and what each"
        f" word hides; `assurance scorecard {WORD} {PLAIN}` the readers who add up."
        " `python -m docs.make` writes this page."
    )
