"""Does a design reproduce what was published on the same scores?"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from assurance_core.engine.profile import profile_of_assessment
from assurance_core.lab.contender import Compiled, Contender, Result, compiled, result_of
from assurance_core.model.assessment import Assessment, NotKnown
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.model.outcome import Headline


@frozen(eq=False)
class Reproduction:
    """One assessment held against what was published.

    Attributes:
        assessment: the assessment.
        result: what the design says of it.
        word: whether the published word is the design's; None where it was not compared.
        score: the same for the published number.
        bit: paths of limiters that bit or would have bitten on the judged level.
    """

    assessment: Assessment
    result: Result
    word: bool | None
    score: bool | None

    @property
    def differs(self) -> bool:
        """Whether something published is not what the design gives."""
        return self.word is False or self.score is False


@frozen(eq=False)
class Reproductions:
    """All assessments of a dataset held against what was published.

    Attributes:
        design: id of the design.
        rows: one for each assessment, in order.
        ceiling: the most words that any function of the scores could reproduce.
        graded: how many complete rows have a published word.
        profiles: how many different profiles they have.
        split: how many of those have more than one published word.
    """

    design: RatingDesign
    rows: tuple[Reproduction, ...]
    graded: int
    ceiling: int
    profiles: int
    split: int

    @property
    def words(self) -> tuple[int, int]:
        """How many published words are reproduced, and how many could be compared."""
        compared = [row.word for row in self.rows if row.word is not None]
        return sum(compared), len(compared)

    @property
    def scores(self) -> tuple[int, int]:
        """How many published numbers are reproduced, and how many could be compared."""
        compared = [row.score for row in self.rows if row.score is not None]
        return sum(compared), len(compared)

    @property
    def differing(self) -> tuple[Reproduction, ...]:
        """The rows that differ."""
        return tuple(row for row in self.rows if row.differs)


def reproduce(design: RatingDesign, assessments: Sequence[Assessment]) -> Reproductions:
    """Hold a design's outcomes against what was published.

    Complete rows are compared; others get their certain or possible outcomes.

    Args:
        design: the design that claims to be the published rule.
        assessments: with what was published.
    """
    rule = compiled(Contender(design))
    rows = tuple(_row(rule, one, design) for one in assessments)
    by_profile: dict[tuple[object, ...], dict[str, int]] = {}
    graded = 0
    for one in assessments:
        if one.complete() and one.published.headline:
            graded += 1
            key = (one.version, *(getattr(cell, "level", None) for cell in one.scores.values()))
            words = by_profile.setdefault(key, {})
            words[one.published.headline] = words.get(one.published.headline, 0) + 1
    return Reproductions(
        design=design,
        rows=rows,
        graded=graded,
        ceiling=sum(max(words.values()) for words in by_profile.values()),
        profiles=len(by_profile),
        split=sum(len(words) > 1 for words in by_profile.values()),
    )


def _row(rule: Compiled, assessment: Assessment, design: RatingDesign) -> Reproduction:
    result = result_of(rule, assessment, {design.id: rule, assessment.published.by: rule})
    published = assessment.published
    outcome = result.outcome
    word = score = None
    if outcome and assessment.complete():
        if published.headline is not None and isinstance(outcome.headline, Headline):
            word = outcome.headline.level == published.headline
        if published.score is not None and outcome.score is not None:
            score = outcome.score.value == published.score
    return Reproduction(assessment, result, word, score)


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
        if not places or any(isinstance(c, NotKnown) for c in assessment.scores.values()):
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
