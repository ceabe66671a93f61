"""Does a design reproduce what was published on the same scores?

The designs that claim to be the published rule must do so on every row that counts: a formal
assessment in the design's time. Reconstructions make no such claim; what they reach is shown beside
the most that any rule could reach. Pilots, provisional and superseded rows are shown, not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from attrs import frozen

from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.contender import Compiled, Contender, compiled, dated_in
from assurance_core.lab.coverage import choose_assessments
from assurance_core.lab.limiters import LimiterFit, limiter_fits
from assurance_core.lab.result import Result, cannot_rate, result_of
from assurance_core.model.assessment import Assessment
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
        consequences: whether what was published to follow is all that follows under the design;
            None where it was not compared.
        fits: whether some combination of the scores that are not known gives what was published;
            None where every score is known.
    """

    assessment: Assessment
    result: Result
    word: bool | None
    score: bool | None
    fits: bool | None = None
    consequences: bool | None = None

    @property
    def differs(self) -> bool:
        """Whether something published is not what the design gives."""
        return False in (self.word, self.score, self.fits, self.consequences)


@frozen(eq=False)
class Reproductions:
    """All assessments of a dataset held against what was published.

    Attributes:
        design: the design.
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
    def consequences(self) -> tuple[int, int]:
        """How many published consequences are reproduced, and how many could be compared."""
        compared = [row.consequences for row in self.rows if row.consequences is not None]
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
    rows = tuple(_row(rule, one) for one in assessments)
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


def _row(compiled_design: Compiled, assessment: Assessment) -> Reproduction:
    try:
        rule = compiled_design.rule(assessment)
        result = result_of(rule, assessment, rule)
        fits = _fits(rule, assessment, result)
    except AssuranceError as error:
        return Reproduction(assessment, cannot_rate(error), None, None)
    published = assessment.published
    outcome = result.outcome
    word = score = follows = None
    if outcome and assessment.complete():
        if published.headline is not None and isinstance(outcome.headline, Headline):
            word = outcome.headline.level == published.headline
        if published.score is not None and outcome.score is not None:
            score = outcome.score.value == published.score
        if published.consequences and rule.consequences:
            follows = {one.id for one in outcome.consequences} == set(published.consequences)
    return Reproduction(assessment, result, word, score, fits, follows)


def _fits(rule: CompiledDesign, assessment: Assessment, result: Result) -> bool | None:
    """Say whether what was published is possible at all, where not every score is known."""
    if assessment.complete():
        return None
    if result.possible.headlines:
        return True
    # Nothing may be left because too little is known; what was published is then not to blame.
    return False if result_of(rule, assessment).possible.headlines else None


@frozen(eq=False)
class PublishedCheck:
    """One design, held against published outcomes.

    Attributes:
        reproductions: the rows that count.
        limiters: for a design whose headline is judged and then limited.
        must_hold: the design claims to be the published rule, so a difference is a failure.
        not_counted: pilots, provisional and superseded assessments.
        undated: for a design that is chosen by date: on the dates of how many assessments no
            design of its series is known to be in force.
    """

    reproductions: Reproductions
    limiters: tuple[LimiterFit, ...]
    must_hold: bool
    not_counted: tuple[Reproduction, ...] = ()
    undated: int = 0

    @property
    def compared(self) -> int:
        """How many words, scores and consequences were held against the design's."""
        one = self.reproductions
        return one.words[1] + one.scores[1] + one.consequences[1]

    @property
    def failed(self) -> bool:
        """Whether a design that claims to be the published rule differs anywhere."""
        return self.must_hold and bool(self.reproductions.differing)


def check_published(
    designs: Iterable[RatingDesign], published_by: str, assessments: Sequence[Assessment]
) -> tuple[PublishedCheck, ...]:
    """Hold every design that says something about published outcomes against them.

    Args:
        designs: of any framework; those of another one take no part.
        published_by: the design or series under which the outcomes were published.
        assessments: of one framework, of any status.
    """
    frameworks = {one.framework for one in assessments}
    formal = choose_assessments(assessments)
    designs = sorted(designs, key=lambda one: one.id)
    dated = [one for one in designs if _role(one, published_by) == "dated"]
    undated = sum(not any(dated_in(d, published_by, one) for d in dated) for one in formal)
    checks = []
    for design in designs:
        role = _role(design, published_by)
        if role is None or design.framework.id not in frameworks:
            continue
        counted = [one for one in formal if _is_subject(design, role, one)]
        others = [
            one
            for one in assessments
            if one.status != "formal" and role != "fit" and _is_subject(design, role, one)
        ]
        checks.append(
            PublishedCheck(
                reproductions=reproduce(design, counted),
                limiters=limiter_fits(design, counted),
                must_hold=role != "fit",
                not_counted=reproduce(design, others).rows,
                undated=undated if role == "dated" else 0,
            )
        )
    return tuple(checks)


Role = Literal["published", "dated", "fit"]


def _role(design: RatingDesign, published_by: str) -> Role | None:
    """Say whether a design is the published rule, one of its series, or a reconstruction."""
    if design.id == published_by:
        return "published"
    if design.series == published_by and design.status in ("in_force", "superseded"):
        return "dated"
    return "fit" if design.status == "reconstruction" else None


def _is_subject(design: RatingDesign, role: Role, one: Assessment) -> bool:
    """Say whether a design is to be held against an assessment."""
    if one.version and one.version not in design.versions:
        return False
    return role != "dated" or dated_in(design, design.series, one)
