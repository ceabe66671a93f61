"""A rating design: how scores become an outcome, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from attrs import field, frozen

from assurance_core.model.citation import Citation
from assurance_core.model.dates import Period
from assurance_core.model.framework import Framework, FrameworkVersion
from assurance_core.model.provenance import UNKNOWN_ORIGIN, Provenance

DesignStatus = Literal["in_force", "superseded", "proposed", "what_if", "reconstruction"]
MissingPolicy = Literal["error", "no_outcome", "omit"]


@frozen
class Step:
    """One rule of a judgement, as its document gives it.

    Attributes:
        kind: the step kind: `band`, `cap`, …
        settings: what stands behind the kind, checked by its schema.
        source: id of a citation.
        id: how patches and traces name the step.
    """

    kind: str
    settings: Any
    source: str
    id: str


@frozen
class Judgement:
    """A level derived from inputs by steps, or judged and then limited.

    Attributes:
        id: snake_case.
        scale: `framework/scale` of its result.
        inputs: ids of statements, themes, groups, evidence or other judgements; `all`.
        steps: in the order in which they act.
        missing: what happens when an input is absent.
        omit_down_to: with `omit`, the least number of inputs that must be there.
        template: id of the judgement of the document that this one repeats, or empty.
    """

    id: str
    name: str
    scale: str
    inputs: tuple[str, ...]
    steps: tuple[Step, ...]
    missing: MissingPolicy = "error"
    omit_down_to: int = 1
    for_each: Literal["", "statements", "themes"] = ""
    template: str = ""


@frozen
class NarrativeRule:
    """Which levels count as strengths and as areas for improvement where there are no findings."""

    strengths_at_least: str
    improvements_at_most: str


@frozen
class Publishes:
    """What is published of the judgements.

    Attributes:
        headline: the judgement that becomes the one word, or None.
        no_headline: the reason why there is none.
        score: the judgement whose number is published, or None.
        areas: ids of the statements, themes and judgements shown one by one; `all`.
        narrative: a rule for strengths and improvements, or None.
    """

    headline: str | None
    no_headline: str = ""
    score: str | None = None
    areas: tuple[str, ...] = ()
    narrative: NarrativeRule | None = None


@frozen
class Consequence:
    """What follows from an outcome, if its condition holds."""

    id: str
    when: Any
    then: str
    source: str


@frozen
class Example:
    """A profile with its expected outcome, checked like a test."""

    name: str
    scores: Any = None
    version: str = ""
    evidence: Any = None
    judged: Mapping[str, str] = field(factory=dict)
    headline: str | None = None
    no_headline: bool = False
    score: int | None = None
    judgements: Mapping[str, str] = field(factory=dict)


@frozen(eq=False, repr=False)
class RatingDesign:
    """A rating design, bound to its framework.

    Attributes:
        id: `namespace/name`.
        name, summary: as shown to readers.
        framework: the framework whose statements it reads.
        versions: ids of the framework versions it can read, oldest first.
        judgements: by id, in the document's order.
        publishes: what is published.
        status: in force, superseded, proposed, what-if or reconstruction.
        series: the designs among which a date chooses.
        in_force: the period, for those that are chosen by date.
        consequences: what follows from scores or outcome.
        declares: what is claimed of it: monotone, symmetric, decisive.
        unreachable: levels that are known never to come out, with the reason.
        examples: profiles with what should come out.
        notes: what readers should know.
        sources: citations by id, the framework's included.
        lineage: what was done to a parent design: `based on …`, `what-if: …`.
        document: the plain tree the design was read from, after all edits.
        provenance: the plugin that gave it.
        step_kinds: step kinds that plugins add, by name; handed on to the compiler.
    """

    id: str
    name: str
    summary: str
    framework: Framework
    versions: tuple[str, ...]
    judgements: Mapping[str, Judgement]
    publishes: Publishes
    status: DesignStatus
    sources: Mapping[str, Citation]
    document: Mapping[str, Any]
    series: str = ""
    in_force: Period | None = None
    consequences: tuple[Consequence, ...] = ()
    declares: tuple[str, ...] = ()
    unreachable: Mapping[str, str] = field(factory=dict)
    examples: tuple[Example, ...] = ()
    notes: tuple[str, ...] = ()
    lineage: tuple[str, ...] = ()
    provenance: Provenance = UNKNOWN_ORIGIN
    step_kinds: Mapping[str, Any] = field(factory=dict)

    def readable_versions(self) -> tuple[FrameworkVersion, ...]:
        """Return the framework versions the design reads, oldest first."""
        return tuple(v for v in self.framework.versions if v.id in self.versions)

    def __repr__(self) -> str:
        """Return its name: the whole value would fill the screen."""
        return f"RatingDesign({self.id!r})"
