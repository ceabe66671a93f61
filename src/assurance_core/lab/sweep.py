"""A grid over values of a design: each combination measured, and those that no other one beats.

A list means "try each". A combination that gives no design (bounds out of order, say) stays in the
result with its reason. The Pareto set holds the combinations to which no other is at least as good
on every chosen metric and better on one; which direction is wanted is the asker's to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import product
from math import prod
from os import cpu_count
from typing import Any, Literal

import numpy as np
from attrs import evolve, frozen

from assurance_core.documents.patches import what_if
from assurance_core.lab.contender import Contender
from assurance_core.lab.coverage import DEFAULT_STATUSES, choose_assessments
from assurance_core.lab.metrics.agreement import agreement
from assurance_core.lab.metrics.families import FAMILIES, metrics_of
from assurance_core.lab.metrics.figure import Basis, Figure, Metric, Unit
from assurance_core.lab.metrics.study import prepare
from assurance_core.lab.scorecard import SEED, compiled_for, of_one_version
from assurance_core.model.assessment import Assessment
from assurance_core.model.dates import PartialDate
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.framework import FrameworkVersion
from assurance_core.model.patch import Edit

Side = Literal["observed", "all"]
Wanted = Literal["low", "high"]
MOST_POINTS = 10_000
KNOWN = (*(one for family in FAMILIES for one in family.ids), "M12")


@frozen
class Objective:
    """A metric to choose by.

    Attributes:
        metric: its id; M12 is agreement with the design that is swept.
        measure: which of its measures; empty for the first.
        side: on observed bodies, or on all profiles.
        wanted: low or high, as whoever asks prefers.
        bound: the value that must be kept, if any: at most (low) or at least (high).
    """

    metric: str
    measure: str = ""
    side: Side = "observed"
    wanted: Wanted = "low"
    bound: float | None = None

    def __str__(self) -> str:
        name = f"{self.metric}.{self.measure}" if self.measure else self.metric
        return f"{name}@all" if self.side == "all" else name


@frozen(eq=False)
class Point:
    """One combination.

    Attributes:
        values: by path, in the order of the grid.
        name: of the metric's measure, and its unit, for each objective.
        figures: one for each objective; empty where it gives no design.
        reason: why it gives no design.
        same: it is the design as it stands.
        kept: it meets every bound.
        pareto: no other kept point is at least as good throughout and better somewhere.
    """

    values: tuple[tuple[str, Any], ...]
    figures: tuple[Figure, ...] = ()
    reason: str = ""
    same: bool = False
    kept: bool = False
    pareto: bool = False


@frozen(eq=False)
class Sweep:
    """All combinations of a grid, measured.

    Attributes:
        design: the design as it stands.
        grid: values to try, by path.
        objectives: what is measured.
        names: of the objectives' measures, with their units.
        points: in the order of the grid, the last path moving fastest.
        observed: what observed figures were computed on.
        every: what the others were computed on.
        version: the framework version.
        seed: of everything drawn.
    """

    design: RatingDesign
    grid: tuple[tuple[str, tuple[Any, ...]], ...]
    objectives: tuple[Objective, ...]
    names: tuple[tuple[str, Unit], ...]
    points: tuple[Point, ...]
    observed: Basis
    every: Basis
    version: FrameworkVersion
    seed: int


def parse_objective(text: str, wanted: Wanted, option: str = "--min") -> Objective:
    """Return `M2`, `M2.depth`, `M12@all` or `M12=0.9` as an objective.

    Example:
        >>> parse_objective("M2.depth@all", "low")
        Objective(metric='M2', measure='depth', side='all', wanted='low', bound=None)

    Raises:
        AssuranceError: `unknown-id` or `bad-syntax`.
    """
    name, _, bound = text.partition("=")
    name, _, side = name.strip().partition("@")
    metric, _, measure = name.partition(".")
    if metric not in KNOWN:
        fault = Fault("unknown-id", option, f"'{metric}'", "a metric", nearest(metric, KNOWN))
        raise AssuranceError(fault)
    try:
        number = float(bound) if bound else None
        if side not in ("", "all", "observed"):
            raise ValueError
    except ValueError:
        raise AssuranceError(
            Fault("bad-syntax", option, f"'{text}'", "METRIC, METRIC@all or METRIC=NUMBER",
                  f"write for example {option} M12=0.9")
        ) from None  # fmt: skip
    return Objective(metric, measure, "all" if side == "all" else "observed", wanted, number)


@frozen(eq=False)
class _Job:
    """What every worker needs."""

    design: RatingDesign
    version: FrameworkVersion
    kept: tuple[Assessment, ...]
    objectives: tuple[Objective, ...]
    seed: int


@frozen(eq=False)
class _Measured:
    figures: tuple[Figure, ...] = ()
    names: tuple[tuple[str, Unit], ...] = ()
    reason: str = ""


def sweep(
    design: RatingDesign,
    grid: Mapping[str, Sequence[Any]],
    assessments: Sequence[Assessment],
    objectives: Sequence[Objective],
    *,
    statuses: Sequence[str] = DEFAULT_STATUSES,
    version: str = "",
    as_of: PartialDate | None = None,
    seed: int = SEED,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Sweep:
    """Measure a design at every combination of some of its values.

    Args:
        design: the design.
        grid: values to try, by path.
        assessments: of the design's framework.
        objectives: the metrics to choose by, and bounds to keep.
        statuses: which assessments take part.
        version: the framework version; as in `scorecard`.
        as_of: chooses the framework version instead of each assessment's date.
        seed: of everything drawn.
        workers: processes; one for each core unless given. The result is the same.
        progress: called with the number of combinations done and the number there are.

    Raises:
        AssuranceError: `missing` without a path or an objective; `too-large`; `no-match` for a path
            that is none; `unknown-id` for a measure that is none.
    """
    combinations = _combinations(grid, objectives)
    chosen = choose_assessments(assessments, statuses)
    studied, kept, _ = of_one_version(Contender(design), chosen, version, as_of)
    job = _Job(design, studied, kept, tuple(objectives), seed)
    standing = {
        (path, place)
        for path, values in grid.items()
        for place, value in enumerate(values)
        if _stands(design, path, value)
    }
    own = _measure(job, ())
    if own.reason:
        compiled_for(Contender(design), studied)
    edits = [
        tuple(
            Edit("set", path, grid[path][place])
            for path, place in zip(grid, places, strict=True)
            if (path, place) not in standing
        )
        for places in combinations
    ]
    points = []
    with _mapper(job, min(workers or cpu_count() or 1, len(edits))) as mapped:
        for number, (places, made, found) in enumerate(
            zip(combinations, edits, mapped(edits), strict=True), 1
        ):
            values = tuple((path, grid[path][at]) for path, at in zip(grid, places, strict=True))
            points.append(Point(values, found.figures, found.reason, same=not made))
            if progress:
                progress(number, len(edits))
    study = prepare(Contender(design), kept, compiled_for(Contender(design), studied), seed)
    return Sweep(
        design=design,
        grid=tuple((path, tuple(values)) for path, values in grid.items()),
        objectives=tuple(objectives),
        names=own.names,
        points=_marked(points, objectives),
        observed=study.observed.basis,
        every=study.all_profiles if study.drawn is None else study.drawn.basis,
        version=studied,
        seed=seed,
    )


def _combinations(
    grid: Mapping[str, Sequence[Any]], objectives: Sequence[Objective]
) -> list[tuple[int, ...]]:
    for there, option, what in ((grid, "--vary", "a path"), (objectives, "--min", "a metric")):
        if not there:
            raise AssuranceError(
                Fault("missing", option, "nothing", f"{what} at least", f"add {option}")
            )
    sizes = [len(values) for values in grid.values()]
    if prod(sizes) > MOST_POINTS:
        raise AssuranceError(
            Fault(
                "too-large",
                "--vary",
                f"{prod(sizes):,} combinations",
                f"{MOST_POINTS:,} at most",
                "try fewer values, or one path after the other",
            )
        )
    return list(product(*(range(size) for size in sizes)))


def _stands(design: RatingDesign, path: str, value: Any) -> bool:
    """Say whether a value is what the design has already; raise where the path is none."""
    try:
        what_if(design, [Edit("set", path, value)])
    except AssuranceError as error:
        codes = {fault.code for fault in error.faults}
        if codes == {"no-match"}:
            raise
        return codes == {"no-change"}
    return False


def _measure(job: _Job, edits: tuple[Edit, ...]) -> _Measured:
    try:
        made = what_if(job.design, edits) if edits else job.design
        base, contender = Contender(job.design), Contender(made)
        study = prepare(contender, job.kept, compiled_for(contender, job.version), job.seed)
    except AssuranceError as error:
        return _Measured(reason="; ".join(f"{one.place}: {one.found}" for one in error.faults))
    # No intervals: a sweep compares combinations on the same bodies.
    weights = np.zeros((0, len(study.observed)))
    wanted = {one.metric for one in job.objectives}
    metrics: dict[str, Metric] = {
        one.id: one for one in metrics_of(study, weights, wanted) if one.id in wanted
    }
    if "M12" in wanted:
        own = prepare(base, job.kept, compiled_for(base, job.version), job.seed)
        metrics["M12"] = agreement((own, study), 0, 1, job.seed).metric
    figures, names = [], []
    for one in job.objectives:
        name, unit, figure = _figure(metrics[one.metric], one)
        figures.append(evolve(figure, low=None, high=None))
        names.append((name, unit))
    return _Measured(tuple(figures), tuple(names))


def _figure(metric: Metric, objective: Objective) -> tuple[str, Unit, Figure]:
    try:
        measure = metric.measure(objective.measure)
    except KeyError:
        if not metric.applicable:
            measure = metric.measures[0]
        else:
            known = [one.id for one in (*metric.measures, *metric.rows) if one.id]
            raise AssuranceError(
                Fault(
                    "unknown-id",
                    f"{metric.id} ({metric.name})",
                    f"'{objective.measure}'",
                    f"one of its measures: {', '.join(known)}",
                    nearest(objective.measure, known),
                )
            ) from None
    figure = measure.every if objective.side == "all" else measure.observed
    return f"{metric.name}: {measure.name}", measure.unit, figure


_worker: list[_Job] = []
"""In a worker process: its job. It is set once, when the process starts."""


def _start(job: _Job) -> None:
    _worker[:] = [job]  # pragma: no cover - run in processes of its own


def _work(edits: tuple[Edit, ...]) -> _Measured:
    return _measure(_worker[0], edits)  # pragma: no cover - run in processes of its own


@contextmanager
def _mapper(
    job: _Job, workers: int
) -> Iterator[Callable[[Sequence[tuple[Edit, ...]]], Iterator[_Measured]]]:
    """Give a function that measures combinations in order, in this process or in several."""
    if workers <= 1:
        yield lambda many: (_measure(job, one) for one in many)
        return
    with ProcessPoolExecutor(workers, initializer=_start, initargs=(job,)) as pool:
        yield lambda many: iter(pool.map(_work, many))


def _marked(points: Sequence[Point], objectives: Sequence[Objective]) -> tuple[Point, ...]:
    """Mark which points meet every bound, and which of those no other one beats."""
    keys = [_key(point, objectives) for point in points]
    marked = []
    for point, key in zip(points, keys, strict=True):
        beaten = key is not None and any(
            other is not None
            and other != key
            and all(a <= b for a, b in zip(other, key, strict=True))
            for other in keys
        )
        marked.append(evolve(point, kept=key is not None, pareto=key is not None and not beaten))
    return tuple(marked)


def _key(point: Point, objectives: Sequence[Objective]) -> tuple[float, ...] | None:
    """Return a point's values, smaller being wanted; None where one is missing or out of bounds."""
    if not point.figures:
        return None
    values = []
    for figure, one in zip(point.figures, objectives, strict=True):
        if figure.value is None:
            return None
        sign = 1 if one.wanted == "low" else -1
        if one.bound is not None and sign * figure.value > sign * one.bound:
            return None
        values.append(sign * figure.value)
    return tuple(values)
