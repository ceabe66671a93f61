"""The scorecard: every metric of every design, on observed bodies and on all profiles."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import frozen

from assurance_core.engine.choose import assessment_version, named_version
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.contender import Contender, contenders_of
from assurance_core.lab.coverage import (
    DEFAULT_STATUSES,
    Coverage,
    choose_assessments,
    coverage,
)
from assurance_core.lab.metrics.agreement import Agreement, agreement
from assurance_core.lab.metrics.bootstrap import DRAWS, weights_of
from assurance_core.lab.metrics.composite import reference_of, shadow_composite
from assurance_core.lab.metrics.families import in_order, metrics_of
from assurance_core.lab.metrics.figure import Metric
from assurance_core.lab.metrics.published import judgement_gap, published, reproducibility
from assurance_core.lab.metrics.staleness import staleness
from assurance_core.lab.metrics.study import Study, prepare
from assurance_core.model.assessment import Assessment
from assurance_core.model.dates import PartialDate
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.model.framework import FrameworkVersion

SEED = 1


@frozen(eq=False)
class DesignScores:
    """The metrics of one design.

    Attributes:
        contender: the design.
        metrics: in order; M12 stands in the scorecard's agreements.
    """

    contender: Contender
    metrics: tuple[Metric, ...]

    def metric(self, metric_id: str) -> Metric:
        """Return a metric by its id; KeyError if there is none."""
        for one in self.metrics:
            if one.id == metric_id:
                return one
        raise KeyError(metric_id)


@frozen(eq=False)
class Scorecard:
    """The metrics of several designs on the same assessments.

    Attributes:
        designs: in order.
        agreements: the first design with each other one: M12.
        coverage: what the data cover.
        version: the framework version of the metrics M1 to M12.
        used: how many assessments those rest on.
        other_versions: how many complete ones were left out of them, by version.
        seed: of the bootstrap and of everything drawn.
        draws: of the bootstrap.
    """

    designs: tuple[DesignScores, ...]
    agreements: tuple[Agreement, ...]
    coverage: Coverage
    version: FrameworkVersion
    used: int
    other_versions: tuple[tuple[str, int], ...]
    seed: int
    draws: int


def scorecard(
    designs: Sequence[RatingDesign | Contender],
    assessments: Sequence[Assessment],
    *,
    statuses: Sequence[str] = DEFAULT_STATUSES,
    version: str = "",
    bodies_total: int | None = None,
    note: str = "",
    as_of: PartialDate | None = None,
    at: PartialDate | None = None,
    seed: int = SEED,
    progress: Callable[[int, int], None] | None = None,
) -> Scorecard:
    """Work out the scorecard of some designs.

    Args:
        designs: one or more; agreement is counted with the first. A design of another framework
            comes as a `Contender` with its crosswalk.
        assessments: of one framework.
        statuses: which assessments take part.
        version: the framework version of the metrics M1 to M12; the one with the most complete
            assessments unless given.
        bodies_total: how many bodies there are in all.
        note: what the coverage means.
        as_of: chooses the framework version instead of each assessment's date.
        at: the date to which ages are counted; the latest in the data unless given.
        seed: of the bootstrap, of weights and of profiles drawn at random.
        progress: called with the number of designs done and the number there are.

    Raises:
        AssuranceError: a design that does not compile, or does not read the version.
    """
    contenders = contenders_of(designs)
    chosen = choose_assessments(assessments, statuses)
    studied, kept, others = of_one_version(contenders[0], chosen, version, as_of)
    studies = [prepare(one, kept, compiled_for(one, studied), seed) for one in contenders]
    return Scorecard(
        designs=tuple(_scores(studies, chosen, at, bodies_total, seed, progress)),
        agreements=tuple(agreement(studies, 0, place, seed) for place in range(1, len(studies))),
        coverage=coverage(assessments, chosen, bodies_total, note),
        version=studied,
        used=len(kept),
        other_versions=others,
        seed=seed,
        draws=DRAWS,
    )


def _scores(
    studies: Sequence[Study],
    chosen: Sequence[Assessment],
    at: PartialDate | None,
    bodies_total: int | None,
    seed: int,
    progress: Callable[[int, int], None] | None,
) -> list[DesignScores]:
    reference = reference_of(studies)
    stale = staleness(chosen, at, bodies_total, seed)
    found = []
    for number, study in enumerate(studies, 1):
        weights = weights_of(study.observed, seed)
        held = published(study, chosen)
        metrics = (
            *metrics_of(study, weights),
            shadow_composite(study, reference, seed),
            stale,
            judgement_gap(held, study, seed),
            reproducibility(held, seed),
        )
        found.append(DesignScores(study.contender, tuple(sorted(metrics, key=in_order))))
        if progress:
            progress(number, len(studies))
    return found


def of_one_version(
    contender: Contender,
    chosen: Sequence[Assessment],
    version: str,
    as_of: PartialDate | None,
) -> tuple[FrameworkVersion, tuple[Assessment, ...], tuple[tuple[str, int], ...]]:
    """Return the version that is studied, its complete assessments, and how many others have."""
    framework = contender.framework
    groups: dict[str, list[Assessment]] = {}
    for one in chosen:
        try:
            found = assessment_version(framework, one, as_of)
        except AssuranceError:
            continue
        if one.complete():
            groups.setdefault(found.id, []).append(one)
    if version:
        studied = named_version(framework, version, "version")
    else:
        # Of two versions with as many assessments, the newer one.
        ordered = reversed(framework.versions)
        studied = max(ordered, key=lambda one: len(groups.get(one.id, ())))
    kept = tuple(groups.pop(studied.id, ()))
    return studied, kept, tuple((name, len(ones)) for name, ones in sorted(groups.items()))


def compiled_for(contender: Contender, version: FrameworkVersion) -> CompiledDesign:
    """Return a contender's design compiled for a version of the assessments' framework."""
    if contender.crosswalk:
        return compile_design(
            contender.design, crosswalk=contender.crosswalk, source_version=version
        )
    return compile_design(contender.design, version.id)
