"""A judgement's table folded into a decision diagram, so that one body costs next to nothing.

Profiles that agree on all that is left to decide stand at the same point. A sum over nine
statements needs at most 28 points an axis where its table has 262,144 entries. Probabilities and
costs then go backwards through the same points: the former by sum and product, the latter by
minimum and sum.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.space import Space, SpaceNode, space_of

T = TypeVar("T")

Points = NDArray[np.int64]
Probabilities = NDArray[np.float64]
Costs = NDArray[np.int64]

NEVER = 1 << 40
"""A cost that stands for: cannot be reached."""

_SMALL_RANGE = 1 << 22
_MOST_CELLS = 1 << 23


@frozen(eq=False)
class Diagram:
    """One node of a space, axis by axis.

    Attributes:
        node: what is folded.
        layers: for each axis, by point and level: the point that follows. It starts at point 0;
            what follows the last axis are the node's states.
    """

    node: SpaceNode
    layers: tuple[Points, ...]

    @property
    def width(self) -> int:
        """The most points before any axis."""
        return max(self.node.size, *(len(layer) for layer in self.layers))


def folded(node: SpaceNode) -> Diagram:
    """Fold a node's tensor.

    Args:
        node: of a space.

    Returns:
        Its diagram, with as few points as there can be in this order of the axes.
    """
    points: Points = node.states.ravel().astype(np.int64)
    size = node.size
    layers: list[Points] = []
    for levels in reversed(node.states.shape):
        rows = points.reshape(-1, levels)
        keys, count = rows[:, 0], size
        for level in range(1, levels):
            keys = keys * size + rows[:, level]
            count *= size
            if count > _SMALL_RANGE:
                keys, count = _renumbered(keys, count)
        points, size = _renumbered(keys, count)
        first = np.empty(size, dtype=np.int64)
        first[points[::-1]] = np.arange(len(points) - 1, -1, -1)
        layers.append(rows[first])
    return Diagram(node, tuple(reversed(layers)))


def _renumbered(keys: Points, count: int) -> tuple[Points, int]:
    """Return keys renumbered from 0 without holes, and how many there are."""
    if count <= _SMALL_RANGE:
        present = np.zeros(count, dtype=np.int64)
        present[keys] = 1
        return (np.cumsum(present) - 1)[keys], int(present.sum())
    distinct, numbers = np.unique(keys, return_inverse=True)
    return numbers.ravel(), len(distinct)


@frozen(eq=False)
class Folded:
    """A space with the diagram of each of its nodes. Keep it: folding is the costly part.

    Attributes:
        space: the space.
        diagrams: by node, each behind what it reads.
    """

    space: Space
    diagrams: Mapping[str, Diagram]
    _answers: dict[Hashable, Any] = field(factory=dict, init=False)

    def once(self, question: Callable[..., T], *about: Hashable) -> T:
        """Return `question(self, *about)`: what holds of the whole space is worked out once."""
        key = (question, about)
        if key not in self._answers:
            self._answers[key] = question(self, *about)
        answer: T = self._answers[key]
        return answer

    def batches(self, rows: int) -> list[slice]:
        """Return slices of so many rows that memory stays small."""
        width = max(one.width * one.node.size for one in self.diagrams.values())
        step = max(1, _MOST_CELLS // width)
        return [slice(start, start + step) for start in range(0, rows, step)]


def fold(space: Space) -> Folded:
    """Fold every node of a space."""
    return Folded(space, {key: folded(node) for key, node in space.nodes.items()})


@frozen(eq=False)
class Folds:
    """The folded spaces of compiled designs, each made when it is first asked for."""

    _made: dict[Hashable, Folded] = field(factory=dict, init=False)

    def of(
        self, rule: CompiledDesign, judgement: str = "", absent: frozenset[str] = frozenset()
    ) -> Folded:
        """Return the folded space of a judgement; arguments and errors are those of `space_of`."""
        key = (rule, judgement, absent)
        if key not in self._made:
            self._made[key] = fold(space_of(rule, judgement, absent))
        return self._made[key]


def state_probabilities(
    folds: Folded, leaves: Mapping[str, Probabilities]
) -> Mapping[str, Probabilities]:
    """Return how likely each state of each leaf and node is, where leaves vary independently.

    Args:
        folds: the space.
        leaves: for each leaf, by row and level: a probability.

    Returns:
        For each leaf and node, by row and state.
    """
    found = dict(leaves)
    for diagram in folds.diagrams.values():
        inputs = [found[key] for key in diagram.node.inputs]
        value = np.eye(diagram.node.size)[:, None, :]
        for layer, given in zip(reversed(diagram.layers), reversed(inputs), strict=True):
            parts = [value[layer[:, level]] * given[:, level, None] for level in _of(layer)]
            value = np.add.reduce(parts)
        found[diagram.node.key] = value[0]
    return found


def state_costs(folds: Folded, leaves: Mapping[str, Costs]) -> Mapping[str, Costs]:
    """Return the least cost of bringing each leaf and node to each of its states.

    Args:
        folds: the space.
        leaves: for each leaf, by row and level: what it costs; `NEVER` if that is ruled out.

    Returns:
        For each leaf and node, by row and state; `NEVER` where nothing leads there.
    """
    found = dict(leaves)
    for diagram in folds.diagrams.values():
        inputs = [found[key] for key in diagram.node.inputs]
        found[diagram.node.key] = point_costs(diagram, inputs)[0][0]
    return found


def point_costs(diagram: Diagram, inputs: Sequence[Costs]) -> list[Costs]:
    """Return, before each axis and behind the last, the least cost from each point to each state.

    Args:
        diagram: of a node.
        inputs: for each axis, by row and level: what it costs.

    Returns:
        By axis: an array by point, row and state.
    """
    size = diagram.node.size
    value: Costs = np.where(np.eye(size, dtype=bool), 0, NEVER)[:, None, :].astype(np.int64)
    found = [value]
    for layer, given in zip(reversed(diagram.layers), reversed(inputs), strict=True):
        parts = [value[layer[:, level]] + given[:, level, None] for level in _of(layer)]
        value = np.minimum(np.minimum.reduce(parts), NEVER)
        found.append(value)
    return found[::-1]


def _of(layer: Points) -> range:
    return range(layer.shape[1])
