"""Kernels along the axes of a tensor: noise for every profile at once, or for two readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assurance_core.lab.diagram import Diagram, Folded

Kernel = NDArray[np.float64]
Pairs = NDArray[np.float64]

_MOST_IN_A_GROUP = 64
_MOST_POINTS = 256


def spread(tensor: NDArray[np.float64], kernels: Sequence[Kernel]) -> NDArray[np.float64]:
    """Contract a tensor with a kernel along each axis.

    Neighbouring axes are taken together as long as they have 64 entries at most: three products of
    matrices do for nine axes of four levels.

    Args:
        tensor: one number for each profile.
        kernels: for each axis, by level before and level after.

    Returns:
        For each profile, the mean of the tensor over where the kernels lead from there.

    Example:
        >>> spread(np.array([0.0, 1.0]), [np.array([[0.9, 0.1], [0.2, 0.8]])]).tolist()
        [0.1, 0.8]
    """
    found = tensor.ravel()
    for kernel in _grouped(kernels):
        # The axes in front move to the back; after the last group all are where they were.
        found = found.reshape(len(kernel), -1).T @ kernel.T
    return found.reshape(tensor.shape)


def _grouped(kernels: Sequence[Kernel]) -> list[Kernel]:
    groups: list[Kernel] = []
    for kernel in kernels:
        if groups and len(groups[-1]) * len(kernel) <= _MOST_IN_A_GROUP:
            groups[-1] = np.asarray(np.kron(groups[-1], kernel), dtype=np.float64)
        else:
            groups.append(kernel)
    return groups


def pairs_of_states(folds: Folded, leaves: Mapping[str, Pairs]) -> Pairs:
    """Return how likely two readings are in which two states, the leaves being independent.

    Args:
        folds: a space of one tensor or of a tree of them.
        leaves: for each leaf, the joint probability of its levels in the two readings.

    Returns:
        The joint probability of the states of the judgement that is studied.
    """
    found = dict(leaves)
    for diagram in folds.diagrams.values():
        inputs = [found[key] for key in diagram.node.inputs]
        narrow = diagram.width <= _MOST_POINTS
        found[diagram.node.key] = (_by_points if narrow else _by_profiles)(diagram, inputs)
    return found[folds.space.target]


def _by_points(diagram: Diagram, inputs: Sequence[Pairs]) -> Pairs:
    """Carry the joint probability of the points of two readings through the axes."""
    pairs: Pairs = np.ones((1, 1))
    sizes = [*(len(layer) for layer in diagram.layers[1:]), diagram.node.size]
    for layer, given, size in zip(diagram.layers, inputs, sizes, strict=True):
        points = np.arange(len(layer))
        following: Pairs = np.zeros((size, size))
        for level, row in enumerate(given):
            # Where the second reading goes while the first is at this level.
            second: Pairs = np.zeros((len(layer), size))
            for other, chance in enumerate(row):
                second[points, layer[:, other]] += chance
            np.add.at(following, layer[:, level], pairs @ second)
        pairs = following
    return pairs


def _by_profiles(diagram: Diagram, inputs: Sequence[Pairs]) -> Pairs:
    """Contract the whole tensor: for diagrams of so many points that nothing is saved."""
    node = diagram.node
    states = node.states.ravel()
    pairs = np.zeros((node.size, node.size))
    for state in range(node.size):
        there = (node.states == state).astype(np.float64)
        if there.any():
            weights = spread(there, inputs).ravel()
            pairs[:, state] = np.bincount(states, weights=weights, minlength=node.size)
    return pairs
