"""A second scorecard, written apart: every metric by its definition, over profiles in a list.

Profiles come from `tests.lab.enumerated`. A figure is a function of weights, one for each profile,
so that the same few lines serve the observed bodies, all profiles, and each draw of a bootstrap.
None stands for: no value.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from math import log2, prod

from attrs import frozen

from tests.lab.enumerated import Enumerated, Profile

Weights = Sequence[float]
Value = float | None
Shown = Callable[[Profile], tuple[Hashable, ...]]


def bits(values: Sequence[Hashable], weights: Weights) -> float:
    """Return the entropy of weighted values."""
    counts: dict[Hashable, float] = dict.fromkeys(values, 0.0)
    for value, weight in zip(values, weights, strict=True):
        counts[value] += weight
    total = sum(counts.values())
    return sum(-n / total * log2(n / total) for n in counts.values() if n)


def mean(values: Sequence[float], weights: Weights) -> Value:
    """Return the weighted mean of values."""
    total = sum(weights)
    if not total:
        return None
    return sum(v * w for v, w in zip(values, weights, strict=True)) / total


def share(holds: Sequence[bool], among: Sequence[bool], weights: Weights) -> Value:
    """Return how much of some rows has something, by weight."""
    chosen = [n for n, one in enumerate(among) if one]
    return mean([float(holds[n]) for n in chosen], [weights[n] for n in chosen])


def corrected(agreed: float, by_chance: float) -> Value:
    """Return what is agreed beyond chance."""
    return (agreed - by_chance) / (1 - by_chance) if by_chance < 1 - 1e-9 else None


@frozen
class NaiveMetrics:
    """The metrics of some profiles.

    Attributes:
        hand: the whole space of a design, over the card and behind it the judged levels.
        card: how many of the axes are the card.
        good: the lowest good state, if the scale has a standard.
        good_scores: the lowest good level of each statement, counted from 0, if all have one.
        shown: what the design shows of a profile, symbol by symbol.
        rows: the profiles that are measured.
    """

    hand: Enumerated
    card: int
    good: int | None
    good_scores: tuple[int, ...] | None
    shown: Shown
    rows: Sequence[Profile]

    @cached_property
    def states(self) -> list[int]:
        return [self.hand.states[row] for row in self.rows]

    def figures(self, weights: Weights) -> dict[tuple[str, str], Value]:
        """Return every figure that these profiles have, by metric and measure."""
        return {
            **self._information(weights),
            **self._masking(weights),
            **self._alarm(weights),
            **self._pairs(weights),
            **self._steps(weights),
            **self._limiters(weights),
        }

    def _information(self, w: Weights) -> dict[tuple[str, str], Value]:
        shown = [self.shown(row) for row in self.rows]
        symbols = list(zip(*shown, strict=True))
        rated = [n for n, state in enumerate(self.states) if state < self.hand.levels]
        counts = dict.fromkeys(range(self.hand.levels), 0.0)
        for n in rated:
            counts[self.states[n]] += w[n]
        total = sum(counts.values())
        return {
            ("M1", ""): self._kept(self.states, w),
            ("M1", "shown"): self._kept(shown, w),
            ("M10", ""): float(len(shown[0])),
            ("M10", "word"): bits(self.states, w),
            ("M10", "shown"): sum((bits(one, w) for one in symbols), 0.0),
            ("A3", ""): 2 ** bits(list(counts), list(counts.values())) if total else None,
            ("A3", "delta"): self._delta(list(counts.values())),
        }

    def _kept(self, classes: Sequence[Hashable], w: Weights) -> Value:
        """Return the share of what there is to know that is gone once a class is known."""
        whole = left = 0.0
        for axis in range(self.card):
            column = [row[axis] for row in self.rows]
            whole += bits(column, w)
            left += bits(list(zip(classes, column, strict=True)), w) - bits(classes, w)
        return 1 - left / whole if whole > 1e-12 else None

    def _delta(self, counts: Sequence[float]) -> Value:
        """Return the share of ordered pairs that are told apart, of the most that could be."""
        total = sum(counts)
        apart = sum(a * b for n, a in enumerate(counts) for m, b in enumerate(counts) if n != m)
        most = total**2 * (1 - 1 / len(counts))
        return apart / most if total else None

    def _masking(self, w: Weights) -> dict[tuple[str, str], Value]:
        cards = [row[: self.card] for row in self.rows]
        found = self._most([card.count(0) for card in cards], "lowest")
        if self.good is None or self.good_scores is None:
            return found
        standard = self.good_scores
        low = [[at < least for at, least in zip(card, standard, strict=True)] for card in cards]
        below = [sum(one) for one in low]
        good = [self.good <= state < self.hand.levels for state in self.states]
        rated = [n for n, one in enumerate(good) if one]
        found["M2", ""] = share([one > 0 for one in below], good, w)
        found["M2", "depth"] = mean([below[n] for n in rated], [w[n] for n in rated])
        for axis in range(self.card):
            lowest = [card[axis] == 0 for card in cards]
            found["A2", f"{axis}.lowest"] = share(lowest, good, w)
            found["A2", f"{axis}.below"] = share([one[axis] for one in low], good, w)
        return {**found, **self._most(below, "below")}

    def _most(self, counts: Sequence[int], ending: str) -> dict[tuple[str, str], Value]:
        """Return the highest count of each state."""
        found: dict[tuple[str, str], Value] = {}
        for state in range(self.hand.levels):
            there = [n for n, own in zip(counts, self.states, strict=True) if own == state]
            found["M3", f"{state}.{ending}"] = float(max(there)) if there else None
        return found

    def _alarm(self, w: Weights) -> dict[tuple[str, str], Value]:
        bounds = {"": 0} | ({"below_good": self.good - 1} if self.good and self.good > 1 else {})
        weak = [0 in row[: self.card] for row in self.rows]
        found: dict[tuple[str, str], Value] = {}
        for key, bound in bounds.items():
            rung = [state <= bound for state in self.states]
            found["M11", key] = share(rung, weak, w)
            without = f"{key}_without" if key else "without"
            found["M11", without] = share(rung, [not one for one in weak], w)
        return found

    def _pairs(self, w: Weights) -> dict[tuple[str, str], Value]:
        total: defaultdict[str, float] = defaultdict(float)
        levels = self.hand.levels
        for a, b in combinations(range(len(self.rows)), 2):
            weight = w[a] * w[b]
            one, other = self.rows[a][: self.card], self.rows[b][: self.card]
            (low, worse), (high, better) = sorted(
                ((self.states[a], one), (self.states[b], other)), key=lambda it: it[0]
            )
            ordered = low < high < levels
            card = dominates(one, other) or dominates(other, one)
            apart = ordered and not (better == worse or dominates(better, worse))
            for key, holds in {
                "all": True,
                "word": ordered,
                "card": card,
                "card_or_equal": card or one == other,
                "contradiction": apart,
                "same": low == high,
                "same_card": low == high and card,
            }.items():
                total[key] += weight * holds
        every, same = total["all"], total["same"]
        alike = [float(len(set(row[: self.card])) == 1) for row in self.rows]
        return {
            ("M4", ""): total["same_card"] / same if same else None,
            ("M4", "uniform"): mean(alike, w),
            **{
                ("M9", "" if key == "word" else key): total[key] / every if every else None
                for key in ("word", "card", "card_or_equal", "contradiction")
            },
        }

    def neighbours(self, row: Profile) -> Iterator[tuple[int, Profile]]:
        """Give every profile that is one step of one statement away, with the statement."""
        for axis, leaf in enumerate(self.hand.leaves[: self.card]):
            for to in (row[axis] - 1, row[axis] + 1):
                if 0 <= to < len(leaf.scale):
                    yield axis, self.hand.moved(row, axis, to)

    def distance(self, row: Profile) -> int:
        """Return the fewest steps of statements to another state; 0 where there is none."""
        state = self.hand.states[row]
        return min(
            (
                sum(abs(a - b) for a, b in zip(row, other, strict=True))
                for other, found in self.hand.states.items()
                if found != state and row[self.card :] == other[self.card :]
            ),
            default=0,
        )

    def _steps(self, w: Weights) -> dict[tuple[str, str], Value]:
        levels, states = self.hand.levels, self.hand.states
        around = [[states[other] for _, other in self.neighbours(row)] for row in self.rows]
        everybody = [True] * len(self.rows)
        far = [self.distance(row) for row in self.rows]
        reach = [n for n, steps in enumerate(far) if steps]
        found: dict[tuple[str, str], Value] = {
            ("M6", ""): mean([far[n] for n in reach], [w[n] for n in reach])
        }
        for steps in range(1, max(far, default=0) + 1):
            found["M6", f"at_{steps}"] = share([one == steps for one in far], everybody, w)
        moves = [
            [(own, there) for there in near] for own, near in zip(self.states, around, strict=True)
        ]
        changed = [any(a != b for a, b in one) for one in moves]
        falls = [any(b < a < levels for a, b in one) for one in moves]
        rises = [any(a < b < levels for a, b in one) for one in moves]
        for key, near in (("", changed), ("fall", falls), ("rise", rises)):
            found["M5", key] = share(near, everybody, w)
        return found

    def influence(self) -> list[float]:
        """Return for each statement the share of its single steps that change the state."""
        changed, steps = Counter[int](), Counter[int]()
        for row, state in zip(self.rows, self.states, strict=True):
            for axis, other in self.neighbours(row):
                steps[axis] += 1
                changed[axis] += self.hand.states[other] != state
        return [changed[axis] / steps[axis] for axis in range(self.card)]

    def _limiters(self, w: Weights) -> dict[tuple[str, str], Value]:
        bitten = [self.hand.bitten[row] for row in self.rows]
        paths = {path for one in self.hand.bitten.values() for path in one}
        found = {("A4", path): mean([float(path in one) for one in bitten], w) for path in paths}
        return {**found, ("A4", ""): mean([float(bool(one)) for one in bitten], w)}

    def noise(self, chance: float, w: Weights) -> dict[str, list[Value]]:
        """Return misclassification, consistency and κ under either model."""
        tables: dict[str, list[dict[int, float]]] = {"independent": [], "same": []}
        for row in self.rows:
            either: defaultdict[int, float] = defaultdict(float)
            same: defaultdict[int, float] = defaultdict(float)
            for other, state in self.hand.states.items():
                if row[self.card :] == other[self.card :]:
                    up, down = (self._moves(row, other, chance, way) for way in (1, -1))
                    halves = [(a + b) / 2 for a, b in zip(up, down, strict=True)]
                    either[state] += prod(halves)
                    same[state] += (prod(up) + prod(down)) / 2
            tables["independent"].append(either)
            tables["same"].append(same)
        return {model: self._reliability(table, w) for model, table in tables.items()}

    def _moves(self, row: Profile, other: Profile, chance: float, way: int) -> list[float]:
        """Return for each statement how likely a reading is where all can only move one way."""
        found = []
        for axis, leaf in enumerate(self.hand.leaves[: self.card]):
            stuck = not 0 <= row[axis] + way < len(leaf.scale)
            stays = 1.0 if stuck else 1 - chance
            moved = other[axis] - row[axis]
            found.append(stays if moved == 0 else chance if moved == way else 0.0)
        return found

    def _reliability(self, table: Sequence[Mapping[int, float]], w: Weights) -> list[Value]:
        kept = [row[own] for row, own in zip(table, self.states, strict=True)]
        agreed = mean([sum(p**2 for p in row.values()) for row in table], w)
        every = {state for row in table for state in row}
        shares = [mean([row.get(state, 0.0) for row in table], w) or 0.0 for state in every]
        if agreed is None:
            return [None] * 3
        own = mean(kept, w)
        assert own is not None
        return [1 - own, agreed, corrected(agreed, sum(one**2 for one in shares))]


def dominates(one: Profile, other: Profile) -> bool:
    """Say whether one profile is nowhere worse than another, and somewhere better."""
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))
