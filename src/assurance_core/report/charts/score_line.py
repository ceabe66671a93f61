"""Where bodies stand on the line of scores, with the bands that make the scores into words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from itertools import count
from textwrap import wrap

from attrs import frozen
from markupsafe import Markup

from assurance_core.lab.result import Result
from assurance_core.model.design import RatingDesign
from assurance_core.model.outcome import Headline, Number
from assurance_core.report.charts.bands import Band, band_at, bands_of
from assurance_core.report.charts.lettering import FONT, text_width
from assurance_core.report.document import Column, Figure, Table
from assurance_core.report.templating import render
from assurance_core.report.words import count_words, joined
from assurance_core.rules.scope import decimal_words

_WIDTH, _SIDE, _LINE, _RADIUS, _SMALL = 720.0, 24.0, 17.0, 5.0, 3.0
_MANY = 200

DIAMOND = "A diamond is a word that is not its band's: a later rule changed it."

Place = Callable[[Fraction], float]


@frozen
class Stand:
    """One body on the line."""

    name: str
    score: Number
    word: str
    limited: bool


@frozen
class Dot:
    """A body's dot; `limited`: its word is not the band's, so a later rule changed it."""

    name: str
    x: float
    y: float
    limited: bool


@frozen
class Label:
    """Words at a place, middle-aligned."""

    text: str
    x: float
    y: float


def score_line(
    design: RatingDesign, results: Sequence[tuple[str, Result]], of: str
) -> Figure | None:
    """Return where bodies stand on a design's line of scores; None where there is no score.

    Args:
        design: its score and bands.
        results: what it says, by the name under which each is shown.
        of: what the results are, in the singular: council, assessment.
    """
    bands = bands_of(design)
    is_limited = cache(lambda score, level: _limited(score, level, bands))
    stands = []
    for name, result in results:
        if result.outcome and result.outcome.score:
            score, headline = result.outcome.score, result.outcome.headline
            word, level = "", ""
            if isinstance(headline, Headline):
                word, level = headline.name, headline.level
            stands.append(Stand(name, score, word, is_limited(score.value, level)))
    if not stands:
        return None
    title = _title(design, stands, len(results), of)
    description = _description(stands, bands, len(results), of)

    hint = "A dot stands at the exact score" + (
        "; a dashed line is where a word begins." if bands else "."
    )
    hint += f" {DIAMOND}" if any(one.limited for one in stands) else ""

    def picture(prefix: str) -> Markup:
        values = _drawing(stands, bands)
        return render(
            "score_line.svg", prefix=prefix, title=title, description=description, **values
        )

    table = _table(design, stands) if len(results) > 1 else None
    return Figure(title, description, picture, table, hint=hint)


def _title(design: RatingDesign, stands: Sequence[Stand], all_of_them: int, of: str) -> str:
    low = min(stands, key=lambda one: one.score.value).score.value
    high = max(stands, key=lambda one: one.score.value).score.value
    if all_of_them == 1:
        return f"{stands[0].name} scores {decimal_words(low)} under “{design.name}”"
    span = (
        f"from {decimal_words(low)} to {decimal_words(high)}"
        if low != high
        else f"of {decimal_words(low)} each"
    )
    every = f"{len(stands)} of the {count_words(all_of_them, of)}"
    return f"“{design.name}”: {every} have a known score, {span}"


def _description(stands: Sequence[Stand], bands: Sequence[Band], all_of_them: int, of: str) -> str:
    parts = [f"A line of scores with a dot for {'each' if all_of_them > 1 else 'it'}."]
    if bands:
        parts.append(f"Bands: {'; '.join(_band_words(one) for one in bands)}.")
    if any(one.limited for one in stands):
        parts.append(DIAMOND)
    left = all_of_them - len(stands)
    if left:
        parts.append(f"{count_words(left, of)} without a known score {_are(left)} not on the line.")
    return " ".join(parts)


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _band_words(band: Band) -> str:
    upto = f" to {decimal_words(band.highest)}" if band.highest is not None else ""
    return f"{band.name} from {decimal_words(band.lowest)}{upto}"


def _table(design: RatingDesign, stands: Sequence[Stand]) -> Table:
    alike: dict[tuple[Fraction, str], list[str]] = {}
    for one in stands:
        alike.setdefault((one.score.value, one.word), []).append(one.name)
    rows = tuple(
        (decimal_words(score), word or "none", str(len(names)), joined(names))
        for (score, word), names in sorted(alike.items())
    )
    columns = (Column("Score", "right"), Column("Word"), Column("How many", "right"), Column("Who"))
    return Table(f"Scores under “{design.name}”", columns, rows)


def _limited(score: Fraction, level: str, bands: Sequence[Band]) -> bool:
    band = band_at(score, bands)
    return bool(level) and band is not None and band.level != level


def _drawing(stands: Sequence[Stand], bands: Sequence[Band]) -> dict[str, object]:
    """Return everything that the template places."""
    values = [one.score.value for one in stands]
    lowest = min([*values, *(band.lowest for band in bands)])
    tops = [one.score.of for one in stands if one.score.of is not None]
    highest = max([*values, *tops, *(band.highest or band.lowest for band in bands)])
    if highest == lowest:
        highest = lowest + 1

    def place(value: Fraction) -> float:
        share = (value - lowest) / (highest - lowest)
        return round(_SIDE + float(share) * (_WIDTH - 2 * _SIDE), 2)

    radius = _RADIUS if len(stands) <= _MANY else _SMALL
    dots = _dots(sorted(stands, key=lambda one: (one.score.value, one.name)), place, radius)
    names, rows = _band_labels(bands, highest, place)
    head = rows * _LINE + 10
    deep = max(-dot.y for dot in dots) + radius + 6
    axis = head + max(deep, 44.0)
    ticks, tick_rows = _ticks([lowest, *(one.lowest for one in bands), highest], place)
    starts = [place(one.lowest) for one in bands]
    return {
        "width": round(_WIDTH),
        "height": round(axis + 8 + tick_rows * _LINE + 6),
        "left": _SIDE,
        "right": _WIDTH - _SIDE,
        "head": head,
        "axis": axis,
        "radius": radius,
        "areas": [
            (start, stop - start, number % 2)
            for number, (start, stop) in enumerate(
                zip(starts, [*starts[1:], _WIDTH - _SIDE], strict=False)
            )
        ],
        "starts": starts,
        "names": names,
        "ticks": [Label(one.text, one.x, axis + 4 + _LINE * (one.y + 1)) for one in ticks],
        "dots": [Dot(one.name, one.x, axis + one.y, one.limited) for one in dots],
        "single": stands[0] if len(stands) == 1 else None,
        "font": FONT,
    }


def _dots(stands: Sequence[Stand], place: Place, radius: float) -> list[Dot]:
    """Put each dot at its exact score, as low as it can be without touching another."""
    pitch = 2 * radius + 1
    dots: list[Dot] = []
    taken: dict[float, set[int]] = {}  # by place along the line: which rows have a dot
    for one in stands:
        x = place(one.score.value)
        near = set().union(*(rows for at, rows in taken.items() if abs(at - x) < pitch))
        row = next(number for number in count() if number not in near)
        taken.setdefault(x, set()).add(row)
        dots.append(Dot(one.name, x, -pitch * row - radius - 3, one.limited))
    return dots


def _band_labels(bands: Sequence[Band], highest: Fraction, place: Place) -> tuple[list[Label], int]:
    """Return the bands' names over their middles, broken into lines; and how many lines."""
    ends = [*(one.lowest for one in bands[1:]), highest]
    labels: list[Label] = []
    most = 1
    for band, end in zip(bands, ends, strict=False):
        start, stop = place(band.lowest), place(end)
        letters = max(int((stop - start - 6) / text_width("m")), 1)
        lines = wrap(band.name, letters, break_long_words=False) or [""]
        half = max(map(text_width, lines)) / 2
        middle = min(max((start + stop) / 2, half), _WIDTH - half)
        labels += [
            Label(line, round(middle, 1), _LINE * (row + 1)) for row, line in enumerate(lines)
        ]
        most = max(most, len(lines))
    return labels, most


def _ticks(values: Sequence[Fraction], place: Place) -> tuple[list[Label], int]:
    """Return the numbers under the line, in as many rows as keep them apart."""
    ends: list[float] = []
    labels = []
    for value in sorted(set(values)):
        text, x = decimal_words(value), place(value)
        half = text_width(text) / 2 + 2
        row = next((n for n, end in enumerate(ends) if end <= x - half), len(ends))
        ends[row : row + 1] = [x + half]
        labels.append(Label(text, x, float(row)))
    return labels, max(len(ends), 1)
