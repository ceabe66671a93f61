"""A second laboratory, written apart: goes through every profile of a small design, one by one.

It rates with `tests.naive`, and imports nothing of `assurance_core.lab`.
"""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from itertools import combinations, permutations, product
from math import factorial

from assurance_core.engine.graph import Leaf
from assurance_core.engine.rule import CompiledDesign
from tests import naive

Profile = tuple[int, ...]


class Enumerated:
    """Every profile of the leaves of one judgement, with the state it comes to.

    Args:
        rule: a compiled design with few profiles.
        judgement: the one that is studied.
        leaves: those it reads; the others are held at their lowest level.
        reasons: texts of the states behind the levels, in order.
        parts: judgements whose limiters count.
    """

    def __init__(
        self,
        rule: CompiledDesign,
        judgement: str,
        leaves: tuple[Leaf, ...],
        reasons: tuple[str, ...],
        parts: set[str],
    ) -> None:
        self.leaves = leaves
        self.states: dict[Profile, int] = {}
        self.bitten: dict[Profile, frozenset[str]] = {}
        scale = rule.design.framework.scale(rule.design.judgements[judgement].scale)
        assert scale is not None
        self.levels = len(scale)
        lowest = {leaf.id: leaf.scale.ids[0] for leaf in rule.leaves}
        for profile in product(*(range(len(leaf.scale)) for leaf in leaves)):
            cells = {leaf.id: leaf.scale.ids[at] for leaf, at in zip(leaves, profile, strict=True)}
            rated = naive.rate(rule.design, rule.version, {**lowest, **cells})
            one = rated[judgement]
            self.states[profile] = (
                scale.level(one.level).position - 1
                if one.level is not None
                else self.levels + reasons.index(one.reason)
            )
            self.bitten[profile] = frozenset(path for part in parts for path in rated[part].bit)

    @cached_property
    def bits(self) -> Counter[str]:
        """For each limiter, how many profiles it changes the level of."""
        return Counter(path for bitten in self.bitten.values() for path in bitten)

    def counts(self) -> Counter[int]:
        return Counter(self.states.values())

    def moved(self, profile: Profile, axis: int, to: int) -> Profile:
        return (*profile[:axis], to, *profile[axis + 1 :])

    def transitions(self, axis: int) -> Counter[tuple[int, int]]:
        """Count the effects of every step up of one leaf."""
        top = len(self.leaves[axis].scale) - 1
        return Counter(
            (state, self.states[self.moved(profile, axis, profile[axis] + 1)])
            for profile, state in self.states.items()
            if profile[axis] < top
        )

    def near(self) -> int:
        """Count the profiles that one step of one statement takes to another state."""
        return sum(
            any(
                self.states[self.moved(profile, axis, to)] != state
                for axis, leaf in enumerate(self.leaves)
                if leaf.kind != "judged"
                for to in (profile[axis] - 1, profile[axis] + 1)
                if 0 <= to < len(leaf.scale)
            )
            for profile, state in self.states.items()
        )

    def deepest(self, below: Mapping[str, int]) -> dict[int, int]:
        """Return by state the most leaves of a profile that stand below a level."""
        found: dict[int, int] = {}
        for profile, state in self.states.items():
            count = sum(
                at < below.get(leaf.id, 0) for leaf, at in zip(self.leaves, profile, strict=True)
            )
            found[state] = max(found.get(state, 0), count)
        return found

    def by_level(self, axis: int, level: int) -> Counter[int]:
        return Counter(state for profile, state in self.states.items() if profile[axis] == level)

    def exchangeable(self, first: int, second: int) -> bool:
        """Say whether two leaves of one scale can change places at every profile."""
        for profile, state in self.states.items():
            swapped = list(profile)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            if self.states[tuple(swapped)] != state:
                return False
        return True

    @cached_property
    def _worth(self) -> dict[frozenset[int], Fraction]:
        """For each set of revealed leaves, the probability that one state is left."""
        places = range(len(self.leaves))
        worth = {}
        for size in range(len(self.leaves) + 1):
            for known in combinations(places, size):
                left: dict[Profile, set[int]] = {}
                sizes: Counter[Profile] = Counter()
                for profile, state in self.states.items():
                    seen = tuple(profile[place] for place in known)
                    left.setdefault(seen, set()).add(state)
                    sizes[seen] += 1
                settled = sum(sizes[seen] for seen, states in left.items() if len(states) == 1)
                worth[frozenset(known)] = Fraction(settled, len(self.states))
        return worth

    def settles(self) -> list[Fraction]:
        """Return for each leaf how often it settles the outcome, order by order."""
        shares = [Fraction(0)] * len(self.leaves)
        for order in permutations(range(len(self.leaves))):
            known: frozenset[int] = frozenset()
            for place in order:
                shares[place] += self._worth[known | {place}] - self._worth[known]
                known |= {place}
        return [share / factorial(len(self.leaves)) for share in shares]
