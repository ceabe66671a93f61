"""The flow from one design's outcomes to another's: who stands where under each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap

from attrs import frozen
from markupsafe import Markup

from assurance_core.lab.compare import Comparison, Pair
from assurance_core.lab.result import Result
from assurance_core.model.outcome import Headline
from assurance_core.report.charts.heat_map import CANNOT_TELL
from assurance_core.report.charts.lettering import FONT, text_width
from assurance_core.report.comparison_words import label
from assurance_core.report.document import Column, Figure, Table, Words
from assurance_core.report.templating import render
from assurance_core.report.words import count_words, outcome_words

MOST_ENDS = 12
"""With more outcomes than this on one side a flow cannot be read, and none is drawn."""

_SPAN, _BAR, _GAP, _LEAST, _PAD = 340.0, 14.0, 12.0, 22.0, 10.0
_LOW, _HIGH, _A_BODY = 220.0, 420.0, 7.0
_LINE = 18.0
_LETTERS = 26
_LETTERING = 10.0
"""A band thinner than this has no number of its own; the table has it."""


@frozen(order=True)
class End:
    """An outcome at one side of the flow; ordered as shown, from the top.

    Attributes:
        group: 0 for words, 1 for outcomes without one, 2 where it cannot be told.
        rank: within the group.
        text: as shown.
    """

    group: int
    rank: int
    text: str


@frozen
class Node:
    """The bar of one outcome."""

    text: str
    count: int
    x: float
    y: float
    height: float


@frozen
class Ribbon:
    """What flows between two bars: an outline as an SVG path, and where its number stands."""

    path: str
    number: str
    moved: bool
    x: float
    y: float


def end_of(result: Result) -> End:
    """Return the end at which a result stands."""
    if isinstance(result.headline, Headline):
        return End(0, -result.headline.position, result.headline.name)
    if result.possible.reason:
        return End(2, 1, CANNOT_TELL)
    text = outcome_words(result.outcome, result.possible)
    if result.outcome is None:
        return End(2, 0, text)
    below = sum(bool(one.below_good) for one in result.outcome.areas)
    return End(1, below, text)


def flow(comparison: Comparison, pair: Pair, text: tuple[Words, ...] = ()) -> Figure | None:
    """Return the flow between the two designs of a pair; None if it could not be read."""
    flows = Counter(
        (end_of(body.results[pair.first]), end_of(body.results[pair.second]))
        for body in comparison.bodies
    )
    lefts = sorted({left for left, _ in flows})
    rights = sorted({right for _, right in flows})
    if not flows or max(len(lefts), len(rights)) > MOST_ENDS:
        return None
    names = [label(comparison.contenders[place]) for place in (pair.first, pair.second)]
    title = _title(comparison, pair, flows, names)
    caption = f"How many stand where: down, “{names[0]}”; across, “{names[1]}”"
    table = Table(
        caption,
        (Column(f"{names[0]} ↓"), *(Column(one.text, "right") for one in rights)),
        tuple(
            (left.text, *(str(flows.get((left, right), 0)) for right in rights)) for left in lefts
        ),
    )
    description = (
        f"Two columns of bars joined by bands. Left, “{names[0]}”: {_counts(flows, lefts, 0)}. "
        f"Right, “{names[1]}”: {_counts(flows, rights, 1)}. The table below has every number."
    )

    def picture(prefix: str) -> Markup:
        values = _drawing(flows, lefts, rights, names, pair.comparable)
        return render("flow.svg", prefix=prefix, title=title, description=description, **values)

    hint = "A band is as thick as its number."
    if pair.comparable:
        hint += " A dark band with an edge is a change of word."
    return Figure(title, description, picture, table, text=text, hint=hint)


def _counts(flows: Mapping[tuple[End, End], int], ends: Sequence[End], side: int) -> str:
    return ", ".join(f"{one.text} {_total(flows, one, side)}" for one in ends)


def _total(flows: Mapping[tuple[End, End], int], end: End, side: int) -> int:
    return sum(count for key, count in flows.items() if key[side] == end)


def _title(
    comparison: Comparison,
    pair: Pair,
    flows: Mapping[tuple[End, End], int],
    names: Sequence[str],
) -> str:
    every = count_words(len(comparison.bodies), "assessment")
    if pair.comparable:
        return f"The word changes for {pair.count('changed') or 'none'} of {every}"
    reach: dict[End, set[End]] = {}
    for left, right in flows:
        if left.group < 2 and right.group < 2:
            reach.setdefault(left, set()).add(right)
    if reach:
        # The first of those with the most: the order on the page settles a draw.
        widest = max(sorted(reach), key=lambda one: len(reach[one]))
        count = len(reach[widest])
        if count > 1:
            return (
                f"One outcome of “{names[0]}”, {widest.text}, spreads over {count} of “{names[1]}”"
            )
    return f"“{names[0]}” and “{names[1]}” on {every}"


def _drawing(
    flows: Mapping[tuple[End, End], int],
    lefts: Sequence[End],
    rights: Sequence[End],
    names: Sequence[str],
    comparable: bool,
) -> dict[str, object]:
    """Return everything that the template places."""
    total = sum(flows.values())
    unit = min(max(total * _A_BODY, _LOW), _HIGH) / total
    heads = [wrap(name, _LETTERS) for name in names]
    top = _LINE * max(map(len, heads)) + 14
    margins = [
        max(
            _widest(f"{one.text}: {_total(flows, one, side)} " for one in ends),
            _widest(heads[side]),
        )
        + 2 * _PAD
        for side, ends in enumerate((lefts, rights))
    ]
    left_x, right_x = margins[0], margins[0] + _BAR + _SPAN
    sides = [
        _nodes(flows, ends, side, x, top, unit)
        for side, ends, x in ((0, lefts, left_x), (1, rights, right_x))
    ]
    ribbons = _ribbons(flows, sides, left_x + _BAR, right_x, unit, comparable)
    bottom = max(node.y + max(node.height, _LEAST) for side in sides for node in side.values())
    return {
        "width": round(right_x + _BAR + margins[1]),
        "height": round(bottom + _PAD),
        "heads": [
            (line, x, _LINE * (number + 1), anchor)
            for lines, x, anchor in (
                (heads[0], left_x + _BAR, "end"),
                (heads[1], right_x, "start"),
            )
            for number, line in enumerate(lines)
        ],
        "lefts": list(sides[0].values()),
        "rights": list(sides[1].values()),
        "bar": _BAR,
        "ribbons": ribbons,
        "font": FONT,
    }


def _widest(texts: Iterable[str]) -> float:
    return max(text_width(text) for text in texts)


def _nodes(
    flows: Mapping[tuple[End, End], int],
    ends: Sequence[End],
    side: int,
    x: float,
    top: float,
    unit: float,
) -> dict[End, Node]:
    nodes = {}
    y = top
    for one in ends:
        count = _total(flows, one, side)
        height = count * unit
        slot = max(height, _LEAST)
        nodes[one] = Node(one.text, count, x, y + (slot - height) / 2, height)
        y += slot + _GAP
    return nodes


def _ribbons(
    flows: Mapping[tuple[End, End], int],
    sides: Sequence[Mapping[End, Node]],
    start: float,
    stop: float,
    unit: float,
    comparable: bool,
) -> list[Ribbon]:
    used: list[Counter[End]] = [Counter(), Counter()]
    places: dict[tuple[End, End], tuple[float, float]] = {}
    for left, right in sorted(flows):
        y = sides[0][left].y + used[0][left] * unit
        used[0][left] += flows[left, right]
        places[left, right] = (y, 0.0)
    for left, right in sorted(flows, key=lambda key: (key[1], key[0])):
        y = sides[1][right].y + used[1][right] * unit
        used[1][right] += flows[left, right]
        places[left, right] = (places[left, right][0], y)
    middle = (start + stop) / 2
    ribbons = []
    for (left, right), (y1, y2) in sorted(places.items()):
        thick = flows[left, right] * unit
        path = (
            f"M{start:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {stop:.1f} {y2:.1f}"
            f"V{y2 + thick:.1f}"
            f"C{middle:.1f} {y2 + thick:.1f} {middle:.1f} {y1 + thick:.1f} "
            f"{start:.1f} {y1 + thick:.1f}Z"
        )
        moved = comparable and left.group == right.group == 0 and left != right
        shown = moved or thick >= _LETTERING
        number = str(flows[left, right]) if shown else ""
        # The number of a change stands at its start, the others at their end: they never meet.
        x, y = (start + 8, y1) if moved else (stop - 8, y2)
        ribbons.append(Ribbon(path, number, moved, x, y + thick / 2 + 4))
    # What moves is drawn last, so that nothing covers it.
    return sorted(ribbons, key=lambda one: one.moved)
