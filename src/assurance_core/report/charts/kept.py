"""What is kept against what there is to read: metric M1 over M10, a point for each way of showing.

More to read keeps more; how much more, and whether one word keeps enough, the picture lets readers
judge. It says nothing about which is better.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Literal

from attrs import frozen
from markupsafe import Markup

from assurance_core.lab.metrics import figure
from assurance_core.lab.scorecard import DesignScores, Scorecard
from assurance_core.report.charts.lettering import FONT, text_width
from assurance_core.report.document import Column, Figure, Table
from assurance_core.report.scorecard_words import figure_words
from assurance_core.report.templating import render

Side = Literal["observed", "every"]

WAYS = (("", "word", "the word alone"), ("shown", "shown", "all that is shown"))
"""What a reader may see: the measure of M1, the measure of M10, and words for it."""

_ON = {"observed": "observed", "every": "over all profiles"}
_WIDE, _HIGH, _TOP, _BELOW, _PAD = 520.0, 280.0, 34.0, 52.0, 14.0
_APART = 14.0
_TICKS = 6


@frozen(eq=False)
class Way:
    """One way of showing an outcome.

    Attributes:
        name: of the design, and what of it is seen.
        bits: what there is to read.
        kept: share of the scores' information that is kept.
    """

    name: str
    bits: figure.Measure
    kept: figure.Measure


@frozen
class Mark:
    """A marker: where it stands, and the numbers of the points that it stands for."""

    text: str
    x: float
    y: float


def kept_against_read(card: Scorecard) -> Figure | None:
    """Return the chart; None where fewer than two ways of showing have both figures."""
    ways = [way for scores in card.designs for way in _ways(scores)]
    side: Side = "observed"
    points = _points(ways, side)
    if len(points) < 2:
        side = "every"
        points = _points(ways, side)
    if len(points) < 2:
        return None
    least, most = (choose(points, key=lambda one: one[1:]) for choose in (min, max))
    title = (
        f"{_bits(least[1])} keep {_percent(least[2])} of the scores' information, "
        f"{_bits(most[1])} keep {_percent(most[2])} ({_ON[side]})"
    )
    rows = tuple(
        (
            str(number),
            way.name,
            figure_words(way.bits.observed, "bits"),
            figure_words(way.kept.observed, "share"),
            figure_words(way.bits.every, "bits"),
            figure_words(way.kept.every, "share"),
        )
        for number, way in enumerate(ways, 1)
    )
    columns = (
        Column("Point", "right"),
        Column("What is shown"),
        Column("Bits, observed", "right"),
        Column("Kept, observed", "right"),
        Column("Bits, all profiles", "right"),
        Column("Kept, all profiles", "right"),
    )
    description = (
        f"A chart of {len(points)} numbered points, {_ON[side]}: to the right, the bits that there "
        "are to read (M10); upwards, the share of the scores' information that is kept (M1). "
        + "; ".join(
            f"{number}, {ways[number - 1].name}: {_bits(bits)}, {_percent(kept)}"
            for number, bits, kept in points
        )
        + ". The table below has every number."
    )

    def picture(prefix: str) -> Markup:
        return render(
            "kept.svg", prefix=prefix, title=title, description=description, **_drawing(points)
        )

    return Figure(
        title,
        description,
        picture,
        Table("What is kept against what there is to read", columns, rows),
        hint="The numbers are those of the table. Higher keeps more of the scores; further right "
        "is more to read. Neither is better in itself.",
    )


def _ways(scores: DesignScores) -> list[Way]:
    kept, load = scores.metric("M1"), scores.metric("M10")
    ways = [
        Way(f"{scores.contender.name}: {words}", load.measure(of_load), kept.measure(of_kept))
        for of_kept, of_load, words in WAYS
    ]
    return [one for one in ways if _both(one, "observed") or _both(one, "every")]


def _both(way: Way, side: Side) -> tuple[float, float] | None:
    bits = way.bits.observed if side == "observed" else way.bits.every
    kept = way.kept.observed if side == "observed" else way.kept.every
    if bits.value is None or kept.value is None:
        return None
    return bits.value, kept.value


def _points(ways: Sequence[Way], side: Side) -> list[tuple[int, float, float]]:
    """Return the number of each way that has both figures, its bits and what it keeps."""
    return [(number, *found) for number, way in enumerate(ways, 1) if (found := _both(way, side))]


def _drawing(points: Sequence[tuple[int, float, float]]) -> dict[str, object]:
    """Return everything that the template places."""
    step = max(1, ceil(max(bits for _, bits, _ in points) / _TICKS))
    most = step * max(1, ceil(max(bits for _, bits, _ in points) / step))
    left = _PAD + text_width("100 %") + 8
    bottom = _TOP + _HIGH

    def at(bits: float, kept: float) -> tuple[float, float]:
        return left + _WIDE * bits / most, bottom - _HIGH * kept

    most_text = ", ".join(str(number) for number, _, _ in points)
    places = [(number, *at(bits, kept)) for number, bits, kept in points]
    return {
        "width": round(left + _WIDE + text_width(most_text) + _PAD),
        "height": round(bottom + _BELOW),
        "left": left,
        "right": left + _WIDE,
        "top": _TOP,
        "bottom": bottom,
        "across": [(one, round(at(one, 0)[0], 1)) for one in range(0, most + 1, step)],
        "up": [(one, round(at(0, one / 100)[1], 1)) for one in (0, 25, 50, 75, 100)],
        "marks": _marks(places),
        "font": FONT,
    }


def _marks(places: Sequence[tuple[int, float, float]]) -> list[Mark]:
    """Return the markers; points that would cover each other share one."""
    groups: list[list[tuple[int, float, float]]] = []
    for place in places:
        for group in groups:
            _, x, y = group[0]
            if abs(place[1] - x) < _APART and abs(place[2] - y) < _APART:
                group.append(place)
                break
        else:
            groups.append([place])
    return [
        Mark(
            ", ".join(str(number) for number, _, _ in group),
            round(sum(x for _, x, _ in group) / len(group), 1),
            round(sum(y for _, _, y in group) / len(group), 1),
        )
        for group in groups
    ]


def _bits(value: float) -> str:
    return f"{value:.1f} bits"


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"
