"""What a design says of an assessment.

Values with many attributes that are made on every call have no slots: an instance of a frozen attrs
class without them is made in two thirds of the time.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import define, frozen

from assurance_core.model.assessment import Finding
from assurance_core.model.citation import Citation
from assurance_core.model.scale import Level


@frozen
class Headline:
    """The one word.

    Attributes:
        level: the level's id.
        name: as shown.
        position: 1 is the worst.
        scale: id of the scale.
    """

    level: str
    name: str
    position: int
    scale: str


@frozen
class NoHeadline:
    """There is no one word, and this is why. An outcome like any other.

    Attributes:
        reason: why, in words.
    """

    reason: str


@frozen
class Number:
    """The number a judgement last held.

    Attributes:
        value: after rounding.
        exact: before the first rounding.
        of: the highest it could be, or None where that has no meaning.
    """

    value: Fraction
    exact: Fraction
    of: Fraction | None


@frozen
class Area:
    """One line of a report card.

    Attributes:
        id, name: of the statement, theme or judgement.
        level: its level, or None.
        absent: why there is no level.
        below_good: whether the level is below its scale's standard, if it has one.
    """

    id: str
    name: str
    level: Level | None
    absent: str = ""
    below_good: bool | None = None


@define(frozen=True, slots=False)
class JudgementOutcome:
    """One judgement's level.

    Attributes:
        id, name: of the judgement.
        level: the final level, or None with a reason.
        reason: why there is no level.
        score: the number behind it, if there was one.
        bit: paths of the limiters that changed the level.
        advised: levels that an advising step suggests.
        overridden: the level by the rules, where professional judgement replaced it.
        override_reason: the reason given for it.
    """

    id: str
    name: str
    level: Level | None
    reason: str = ""
    score: Number | None = None
    bit: tuple[str, ...] = ()
    advised: tuple[str, ...] = ()
    overridden: Level | None = None
    override_reason: str = ""


@frozen
class ConsequenceOutcome:
    """A consequence whose condition holds.

    Attributes:
        id: of the consequence.
        text: what follows.
        source: who says so.
    """

    id: str
    text: str
    source: Citation


@frozen
class Read:
    """One value that a step read: an input with its level, or why it was absent."""

    input: str
    name: str
    level: Level | None
    absent: str = ""


@define(frozen=True, slots=False)
class StepTrace:
    """What one step did.

    Attributes:
        judgement, judgement_name: whose step it is.
        path: `JUDGEMENT.STEP`.
        kind: the step kind.
        rule: the rule in plain words.
        reads: the values it read.
        before, after: the running value: a number, a level, or None.
        applied: whether it changed the running value, or its condition held.
        detail: what decided it, in plain words.
        source: where the rule comes from.
        rows: of a table, each in plain words, as `detail` numbers them.
    """

    judgement: str
    judgement_name: str
    path: str
    kind: str
    rule: str
    reads: tuple[Read, ...]
    before: Fraction | Level | None
    after: Fraction | Level | None
    applied: bool
    detail: str
    source: Citation
    rows: tuple[str, ...] = ()


@define(frozen=True, slots=False, repr=False)
class Outcome:
    """What a design says of one profile.

    Attributes:
        design: id of the design.
        headline: the word, or the reason for none.
        score: the number published with it, if any.
        areas: the report card, if any.
        judgements: every judgement's level.
        consequences: those whose condition holds.
        strengths, improvements: the narrative, if any.
        trace: what every step did; empty unless explained.
        notes: lineage, dates and other remarks that a reader must see.
    """

    design: str
    headline: Headline | NoHeadline
    score: Number | None
    areas: tuple[Area, ...]
    judgements: tuple[JudgementOutcome, ...]
    consequences: tuple[ConsequenceOutcome, ...]
    strengths: tuple[Finding, ...] = ()
    improvements: tuple[Finding, ...] = ()
    trace: tuple[StepTrace, ...] = ()
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Return the word and the score: the whole value would fill the screen."""
        score = f", {self.score.value}" if self.score else ""
        return f"Outcome({self.design!r}: {_word(self.headline)}{score})"


@frozen(repr=False)
class PossibleOutcomes:
    """The outcomes of every profile consistent with what was published (law 14).

    Attributes:
        headlines: distinct headlines, worst first; a missing headline comes first.
        counts: how many profiles give each.
        all_headlines: how many headlines the design could give at all.
        reason: why nothing can be said, if so.
    """

    headlines: tuple[Headline | NoHeadline, ...]
    counts: tuple[int, ...] = ()
    all_headlines: int = 0
    reason: str = ""

    def __repr__(self) -> str:
        """Return the headlines that there can be, in words."""
        return f"PossibleOutcomes({self.reason or ' or '.join(map(_word, self.headlines))})"

    @property
    def certain(self) -> Headline | NoHeadline | None:
        """The one outcome there can be, or None."""
        return self.headlines[0] if len(self.headlines) == 1 else None

    @property
    def cannot_tell(self) -> bool:
        """Whether every outcome of the design is possible, or none could be worked out."""
        return bool(self.reason) or (
            self.certain is None and len(self.headlines) >= self.all_headlines
        )


def _word(headline: Headline | NoHeadline) -> str:
    return headline.name if isinstance(headline, Headline) else f"no word, {headline.reason}"
