"""Do published outcomes respect the limiters of a design whose headline is judged?"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from assurance_core.engine.profile import profile_of_assessment
from assurance_core.lab.contender import Contender, compiled
from assurance_core.model.assessment import Assessment
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError


@frozen(eq=False)
class LimiterFit:
    """A limiter of a judged design, held against published outcomes.

    Attributes:
        path: the limiter's path.
        bites: how many published profiles meet its condition.
        respected: for how many of them the published word is at or within the limit.
    """

    path: str
    bites: int
    respected: int


def limiter_fits(design: RatingDesign, assessments: Sequence[Assessment]) -> tuple[LimiterFit, ...]:
    """Return for each limiter whether published words respect it.

    A published overall grade that a limiter would change does not respect it. A limiter bites
    where it would change the best level there is.

    Args:
        design: a design whose headline is judged and then limited.
        assessments: with what was published.
    """
    rule_of = compiled(Contender(design))
    headline = design.publishes.headline
    counts: dict[str, list[int]] = {}
    for assessment in assessments:
        try:
            rule = rule_of.rule(assessment)
            profile = profile_of_assessment(rule, assessment)
        except AssuranceError:
            continue
        places = [n for n, leaf in enumerate(rule.leaves) if leaf.id == f"judged.{headline}"]
        if not places or not assessment.complete():
            continue
        best = list(profile.positions)
        best[places[0]] = len(rule.leaves[places[0]].scale)
        _, freely, _ = rule.evaluate(best)
        _, as_published, _ = rule.evaluate(profile.positions)
        own = [one.id for one in freely].index(str(headline))
        for path in freely[own].bit:
            bites = counts.setdefault(path, [0, 0])
            bites[0] += 1
            bites[1] += path not in as_published[own].bit
    return tuple(LimiterFit(path, bites, kept) for path, (bites, kept) in sorted(counts.items()))
