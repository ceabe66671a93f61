"""The whole space of a design as tensors: one where it fits, else one a judgement, composed.

Every analysis of a design asks something of its *states*: the levels of a judgement, worst first,
and after them the reasons for which there is none. A small space is one tensor over its leaves. A
large one is a tree of tensors, each judgement over its own inputs: nothing ever enumerates 4^34
profiles, and counts are Python integers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from math import prod
from typing import Any

import numpy as np
from attrs import define, evolve, field, frozen
from numpy.typing import NDArray

from assurance_core.engine.bound import BoundJudgement
from assurance_core.engine.graph import Leaf
from assurance_core.engine.rule import CompiledDesign
from assurance_core.engine.table import MOST_PROFILES, Table, tabulate
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.scale import Scale
from assurance_core.rules.values import LARGEST

States = NDArray[np.int16]
Counts = tuple[int, ...]
MOST_LIMITERS = 62


@frozen(eq=False, repr=False)
class SpaceNode:
    """One judgement over its own inputs.

    Attributes:
        key: of the judgement.
        scale: its levels: states 0 to m - 1, worst first.
        reasons: texts of the states behind them, where there is no level.
        inputs: keys of leaves and nodes, one an axis.
        states: the state of every combination of input states.
        bits: for every combination, a bit for each limiter that bites.
        limiters: paths of the limiters, in the order of the bits.
    """

    key: str
    scale: Scale
    reasons: tuple[str, ...]
    inputs: tuple[str, ...]
    states: States
    bits: NDArray[np.int64]
    limiters: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many states it can be in."""
        return len(self.scale) + len(self.reasons)

    def __repr__(self) -> str:
        """Return its shape: the whole value would fill the screen."""
        return f"SpaceNode({self.key!r}, shape={self.states.shape})"


@define(frozen=True, slots=False, eq=False, repr=False)
class Space:
    """The space of one judgement of a compiled design.

    Attributes:
        rule: the compiled design.
        target: key of the judgement that is studied: the headline, unless another was asked for.
        leaves: the axes, in the design's order: every leaf that the judgement reads.
        nodes: by key, each behind its inputs; the target is the last.
        flat: whether one tensor over the leaves holds it all.
        weights: of the levels of a leaf, where they are not all taken once: see `given`.
    """

    rule: CompiledDesign
    target: str
    leaves: tuple[Leaf, ...]
    nodes: Mapping[str, SpaceNode]
    flat: bool
    weights: Mapping[str, Counts] = field(factory=dict)

    @property
    def root(self) -> SpaceNode:
        """The node of the judgement that is studied."""
        return self.nodes[self.target]

    @cached_property
    def size(self) -> int:
        """The number of profiles: a Python integer, however large."""
        return prod(sum(self.leaf_counts(leaf)) for leaf in self.leaves)

    def leaf_counts(self, leaf: Leaf) -> Counts:
        """Return how often each level of a leaf is taken: once, unless it is held at one level."""
        return self.weights.get(leaf.id, (1,) * len(leaf.scale))

    def given(self, leaf_id: str, position: int) -> Space:
        """Return the part of the space in which a leaf is at one level; counts are of that part."""
        size = len(self.leaves[self.place(leaf_id)].scale)
        held = tuple(int(one == position) for one in range(1, size + 1))
        return evolve(self, weights={**self.weights, leaf_id: held})

    @cached_property
    def counts(self) -> Mapping[str, Counts]:
        """For each leaf and node, how many profiles of the leaves below it give each state."""
        counts: dict[str, Counts] = {leaf.id: self.leaf_counts(leaf) for leaf in self.leaves}
        for node in self.nodes.values():
            counts[node.key] = count_states(node, [counts[key] for key in node.inputs])
        return counts

    def reader(self, key: str) -> SpaceNode:
        """Return the node that reads a leaf or node."""
        return next(node for node in self.nodes.values() if key in node.inputs)

    def place(self, leaf_id: str) -> int:
        """Return the axis of a leaf."""
        return [leaf.id for leaf in self.leaves].index(leaf_id)

    def names(self) -> tuple[str, ...]:
        """Return the words of the target's states: level names, then reasons."""
        return (*(level.name for level in self.root.scale.levels), *self.root.reasons)

    def __repr__(self) -> str:
        """Return its name: the whole value would fill the screen."""
        return f"Space({self.rule.design.id!r}, {self.target!r}, {self.size:,} profiles)"


def space_of(
    rule: CompiledDesign, judgement: str = "", absent: Collection[str] = frozenset()
) -> Space:
    """Return the space of a judgement.

    Args:
        rule: a compiled design.
        judgement: id of the judgement; the headline's unless given.
        absent: leaves that are held absent, and are no axes: every judgement that reads one deals
            with it as its `missing` says.

    Raises:
        AssuranceError: `no-choice` for a design without a headline where none is named;
            `too-large` where the space is neither small nor a tree of small judgements;
            `missing-score` where a judgement cannot do without what is absent.
    """
    target = judgement or rule.published.headline or ""
    by_id = {one.node.judgement.id: one for one in rule.judgements}
    if target not in by_id:
        raise AssuranceError(
            Fault(
                "no-choice",
                f"{rule.design.id}: judgement",
                f"'{target}'" if target else "a design without a headline",
                f"a judgement: {', '.join(by_id) or 'the design has none'}",
                "name one of its judgements, or ask about another design",
            )
        )
    needed = _needed(rule, by_id[target])
    read = {key for one in needed for key in _inputs(one)}
    leaves = tuple(leaf for leaf in rule.leaves if leaf.id in read and leaf.id not in absent)
    tables = dict(zip((one.node.key for one in rule.judgements), rule.tables, strict=False))
    nodes: dict[str, SpaceNode] = {}
    # What cannot vary is no axis: absent leaves, and judgements of which every input is absent.
    held = dict.fromkeys(absent, 0)
    key = by_id[target].node.key
    for one in needed:
        table = tables[one.node.key]
        if not set(one.keys).isdisjoint(absent):
            table = tabulate(one, rule.reasons, absent)
        if table is None:
            raise _too_large(rule, one.node.judgement.id)
        node = _space_node(one, table, nodes, rule.reasons, held)
        nodes[node.key] = node
        if not node.inputs:
            held[node.key] = int(node.states)
    nodes = {one: node for one, node in nodes.items() if node.inputs or one == key}
    size = prod(len(leaf.scale) for leaf in leaves)
    if len(nodes) == 1 and list(nodes[key].inputs) == [leaf.id for leaf in leaves]:
        return Space(rule, key, leaves, nodes, True)
    # One integer holds a bit for each limiter of a tensor.
    if size <= MOST_PROFILES and sum(len(one.limiters) for one in nodes.values()) <= MOST_LIMITERS:
        return Space(rule, key, leaves, {key: _flattened(nodes, key, leaves)}, True)
    if not _is_tree(nodes.values()):
        raise _too_large(rule, target)
    return Space(rule, key, leaves, nodes, False)


def count_states(node: SpaceNode, weights: Sequence[Counts]) -> Counts:
    """Return how many profiles give each state of a node.

    Args:
        node: the node.
        weights: for each input, how many profiles below it give each of its states.
    """
    outer = outer_weights(weights)
    if outer is None:
        return tuple(np.bincount(node.states.ravel(), minlength=node.size).tolist())
    return tuple(int(outer[node.states == state].sum()) for state in range(node.size))


def outer_weights(weights: Sequence[Counts]) -> NDArray[Any] | None:
    """Return how many profiles stand behind each combination of input states.

    Args:
        weights: for each input, how many profiles below it give each of its states.

    Returns:
        The product over the inputs, in 64 bits where the sum of everything fits and as Python
        integers where it does not; None where every weight is one.
    """
    if all(one == 1 for weight in weights for one in weight):
        return None
    fits = prod(sum(weight) for weight in weights) < LARGEST
    product: NDArray[Any] = np.ones((), dtype=np.int64 if fits else object)
    for axis, weight in enumerate(weights):
        form = [1] * len(weights)
        form[axis] = len(weight)
        product = product * np.array(weight, dtype=product.dtype).reshape(form)
    return product


def _inputs(one: BoundJudgement) -> list[str]:
    keys = [source.node for source in one.node.sources]
    return [*keys, one.node.judged] if one.node.judged else keys


def _needed(rule: CompiledDesign, target: BoundJudgement) -> list[BoundJudgement]:
    """Return the judgements below and including one, each behind what it reads."""
    wanted = {target.node.key}
    for one in reversed(rule.judgements):
        if one.node.key in wanted:
            wanted.update(_inputs(one))
    return [one for one in rule.judgements if one.node.key in wanted]


def _space_node(
    one: BoundJudgement,
    table: Table,
    nodes: Mapping[str, SpaceNode],
    reasons: Sequence[str],
    held: Mapping[str, int],
) -> SpaceNode:
    """Return a judgement's table as states, with the reasons of its inputs passed on.

    Args:
        one: the judgement.
        table: of it.
        nodes: what it reads.
        reasons: texts of reasons.
        held: the only state of what it reads and what cannot vary.
    """
    keys = _inputs(one)
    own = sorted({int(-p) for p in table.positions if p < 0})
    passed = [text for key in keys if key in nodes for text in nodes[key].reasons]
    texts = tuple(dict.fromkeys([*passed, *(reasons[code - 1] for code in own)]))
    levels = len(one.node.scale)
    state_of_class = np.array(
        [
            p - 1 if p > 0 else levels + texts.index(reasons[-p - 1])
            for p in table.positions.tolist()
        ],
        dtype=np.int16,
    )
    states = state_of_class[table.classes].reshape(table.shape)
    limiters = tuple(step.path for step in one.steps if step.step.limiter)
    bits = _bits(table, len(limiters))
    for axis, key in enumerate(keys):
        for text in nodes[key].reasons if key in nodes else ():
            # A reason of an input becomes the outcome: one more entry on that axis.
            entry = list(states.shape)
            entry[axis] = 1
            fill = np.full(entry, levels + texts.index(text), dtype=np.int16)
            states = np.concatenate([states, fill], axis=axis)
            bits = np.concatenate([bits, np.zeros(entry, dtype=np.int64)], axis=axis)
    index = tuple(held.get(key, slice(None)) for key in keys)
    inputs = tuple(key for key in keys if key not in held)
    states, bits = np.asarray(states[index]), np.asarray(bits[index])
    return SpaceNode(one.node.key, one.node.scale, texts, inputs, states, bits, limiters)


def _bits(table: Table, limiters: int) -> NDArray[np.int64]:
    """Return for every combination of a table a bit for each of so many limiters that bites."""
    if not limiters:
        return np.broadcast_to(np.int64(0), table.shape)
    by_class = table.columns[:, 5] & ((1 << limiters) - 1)
    bits: NDArray[np.int64] = by_class[table.classes]
    return bits.reshape(table.shape)


def _flattened(nodes: Mapping[str, SpaceNode], target: str, leaves: Sequence[Leaf]) -> SpaceNode:
    """Compose all nodes into one tensor over the leaves; limiters of every node keep their bits."""
    shape = tuple(len(leaf.scale) for leaf in leaves)
    columns: dict[str, NDArray[Any]] = {}
    for axis, leaf in enumerate(leaves):
        form = [1] * len(leaves)
        form[axis] = shape[axis]
        columns[leaf.id] = np.arange(shape[axis]).reshape(form)
    bits: NDArray[np.int64] = np.zeros(shape, dtype=np.int64)
    limiters: list[str] = []
    for node in nodes.values():
        index = tuple(columns[key] for key in node.inputs)
        columns[node.key] = node.states[index].astype(np.int64)
        bits = bits | (node.bits[index] << len(limiters))
        limiters += node.limiters
    root = nodes[target]
    states = np.ascontiguousarray(np.broadcast_to(columns[target], shape)).astype(np.int16)
    ids = tuple(leaf.id for leaf in leaves)
    return SpaceNode(target, root.scale, root.reasons, ids, states, bits, tuple(limiters))


def _is_tree(nodes: Any) -> bool:
    """Say whether nothing is read twice: then inputs of a node vary independently."""
    read = [key for node in nodes for key in node.inputs]
    return len(read) == len(set(read))


def _too_large(rule: CompiledDesign, judgement: str) -> AssuranceError:
    return AssuranceError(
        Fault(
            "too-large",
            f"{rule.design.id}: {judgement}",
            f"more than {MOST_PROFILES:,} profiles that do not fall into separate judgements",
            "a smaller space, or judgements that share no input",
            "split the judgement, or ask about one of its judgements",
        )
    )
