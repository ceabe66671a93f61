"""What a population is drawn from: published complete rows, and how their levels go together.

Forty rows say how often a level occurs, roughly, and little of how thirty-six pairs of statements
differ in how they go together. So the correlations are moved to their mean as far as their
differences are what chance would show among so few rows; the percentage is reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from attrs import frozen

from assurance_core.engine.graph import Leaf
from assurance_core.lab.coverage import choose_assessments
from assurance_core.lab.population.latent import (
    THOUSAND,
    Levels,
    centred_ranks,
    from_covariances,
    latent_correlation,
    rank_covariances,
    root,
    shrinkage,
    thresholds,
)
from assurance_core.model.assessment import Assessment, Score
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.framework import Framework, FrameworkVersion

LEAST_ROWS = 20
"""Fewer complete rows say too little of how often a level occurs."""


@frozen(eq=False, repr=False)
class Population:
    """How the levels of published assessments are spread and go together.

    Attributes:
        framework, version: whose statements they are.
        leaves: the statements in order, then what assessors judged.
        fitted: the levels it was fitted on.
        counts: for each leaf, how many of those rows have each level, worst first.
        correlations: of the numbers behind the levels, in thousandths.
        shrunk: how far they were moved to their mean, in per cent.
    """

    framework: Framework
    version: FrameworkVersion
    leaves: tuple[Leaf, ...]
    fitted: Levels
    counts: tuple[tuple[int, ...], ...]
    correlations: tuple[tuple[int, ...], ...]
    shrunk: int

    @property
    def rows(self) -> int:
        """How many assessments it was fitted on."""
        return len(self.fitted)


def fit_population(
    framework: Framework,
    assessments: Sequence[Assessment],
    version: str = "",
    judged: Sequence[Leaf] = (),
) -> Population:
    """Return how the complete formal assessments of a framework's version are spread.

    Args:
        framework: whose statements are scored.
        assessments: those published; what is not complete is left out.
        version: the framework version; that with the most complete rows unless given.
        judged: levels that an assessor chooses; those that every complete row has are drawn too.

    Raises:
        AssuranceError: `missing`, where fewer than 20 rows are complete.

    Example:
        >>> from assurance_core.lab.population.draw import draw_population
        >>> from assurance_core.model.assessment import Assessment, Body, Score
        >>> from assurance_core.model.dates import Period
        >>> from assurance_core.model.framework import Framework, FrameworkVersion, Statement
        >>> from assurance_core.model.scale import Scale
        >>> care = Statement("care", "Care", Scale.of("demo/score", ["1", "2", "3"]))
        >>> first = FrameworkVersion("1", "First", Period(), "", (care,))
        >>> demo = Framework("demo", "Demo", "Demo regulator", "council", {}, (first,), {})
        >>> levels = ["1"] * 5 + ["2"] * 15
        >>> rows = [Assessment("demo", Body("A"), {"care": Score(one)}, "1") for one in levels]
        >>> population = fit_population(demo, rows)
        >>> population.rows, population.counts
        (20, ((5, 15, 0),))
        >>> [block.T.tolist() for block in draw_population(population, size=6, seed=1)]
        [[[2, 2, 2, 2, 2, 1]]]
    """
    chosen = framework.version(version) or fullest_version(framework, assessments)
    rows = [one for one in choose_assessments(assessments) if _is_complete(one, chosen)]
    statements = tuple(Leaf(one.id, one.name, one.scale) for one in chosen.statements)
    further = tuple(one for one in judged if all(_key(one) in row.judged for row in rows))
    leaves = (*statements, *further)
    if len(rows) < LEAST_ROWS or not leaves:
        raise _too_few(framework, chosen, len(rows) if leaves else 0)
    fitted = np.array([[_position(row, leaf) for leaf in leaves] for row in rows], dtype=np.int64)
    counts = tuple(
        tuple(np.bincount(column, minlength=len(leaf.scale) + 1)[1:].tolist())
        for column, leaf in zip(fitted.T, leaves, strict=True)
    )
    correlations, shrunk = _correlations(fitted, counts)
    return Population(framework, chosen, leaves, fitted, counts, correlations, shrunk)


def _is_complete(one: Assessment, version: FrameworkVersion) -> bool:
    """Say whether every statement of a version has a level; what is judged, where it has none."""
    if one.version != version.id:
        return False
    if not version.statements:
        return bool(one.judged)
    return all(isinstance(one.scores.get(each.id), Score) for each in version.statements)


def fullest_version(framework: Framework, assessments: Sequence[Assessment]) -> FrameworkVersion:
    """Return the version with the most complete formal assessments; of several, the newest."""
    formal = choose_assessments(assessments)
    return max(
        reversed(framework.versions), key=lambda one: sum(_is_complete(row, one) for row in formal)
    )


def _too_few(framework: Framework, version: FrameworkVersion, rows: int) -> AssuranceError:
    found = {0: "no complete row", 1: "1 complete row"}.get(rows, f"{rows} complete rows")
    return AssuranceError(
        Fault(
            "missing",
            f"{framework.id}, version {version.id}",
            f"{found} among the formal assessments",
            f"at least {LEAST_ROWS} assessments with a level for every statement",
            "name other data or another version: a population is drawn as published rows are",
        )
    )


def _key(leaf: Leaf) -> str:
    """Return the judgement of a leaf that is judged."""
    return leaf.id.partition(".")[2]


def _position(row: Assessment, leaf: Leaf) -> int:
    if leaf.kind == "judged":
        return leaf.scale.level(row.judged[_key(leaf)]).position
    cell = row.scores[leaf.id]
    assert isinstance(cell, Score)
    return leaf.scale.level(cell.level).position


def _correlations(
    fitted: Levels, counts: Sequence[Sequence[int]]
) -> tuple[tuple[tuple[int, ...], ...], int]:
    """Return the latent correlations, and how far they were moved to their mean."""
    levels = [len(one) for one in counts]
    sums = rank_covariances(fitted, levels)
    observed = from_covariances(sums)
    ranks = [centred_ranks(column, many) for column, many in zip(fitted.T, levels, strict=True)]
    between = [thresholds(one) for one in counts]
    pairs = {
        (i, j): latent_correlation(
            sums[i][j] / len(fitted), (ranks[i], ranks[j]), (between[i], between[j])
        )
        for i, j in combinations(range(len(counts)), 2)
        if observed[i][j] is not None
    }
    shrunk = shrinkage([observed[i][j] or 0.0 for i, j in pairs], len(fitted)) if pairs else 0
    for percent in range(shrunk, 101):  # pragma: no branch - at 100 all are their mean
        matrix = _moved(pairs, percent, len(counts))
        if root(matrix) is not None:
            break
    return matrix, percent


def _moved(
    pairs: Mapping[tuple[int, int], int], percent: int, size: int
) -> tuple[tuple[int, ...], ...]:
    """Return the matrix with every pair moved to the mean, which is not below 0."""
    mean = max(round(sum(pairs.values()) / max(len(pairs), 1)), 0)
    matrix = [[THOUSAND if i == j else 0 for j in range(size)] for i in range(size)]
    for (i, j), own in pairs.items():
        matrix[i][j] = matrix[j][i] = round(((100 - percent) * own + percent * mean) / 100)
    return tuple(map(tuple, matrix))
