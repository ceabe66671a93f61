"""Run the examples that stand in a design's own document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from attrs import frozen

from assurance_core.documents.reader import Document
from assurance_core.documents.scores import ABSENCES
from assurance_core.documents.structure import structure
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.assessment import Absence
from assurance_core.model.design import Example, RatingDesign
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.outcome import Headline, Outcome


@frozen
class ExampleResult:
    """One example with what did not hold.

    Attributes:
        design: id of the design.
        example: the example's name.
        differences: what was expected and what came out, in words; empty where it holds.
    """

    design: str
    example: str
    differences: tuple[str, ...]


def check_examples(
    design: RatingDesign, examples: Sequence[Example] | None = None
) -> tuple[ExampleResult, ...]:
    """Rate every example of a design and compare what came out with what it states.

    Args:
        design: the design.
        examples: other examples than the design's own, such as a patch's.

    Returns:
        One result for each example, in order.

    Raises:
        AssuranceError: an example that cannot be rated at all.
    """
    rule = cache(lambda version: compile_design(design, version))
    given = design.examples if examples is None else examples
    return tuple(_check(rule(one.version), one) for one in given)


def example_faults(design: RatingDesign, document: Document) -> list[Fault]:
    """Return a fault for every example of a document that its design does not reproduce.

    Args:
        design: as the document gives it: a design, or the what-if of a patch.
        document: with its examples and their places.

    Raises:
        AssuranceError: the design does not compile.
    """
    rule = cache(lambda version: compile_design(design, version))
    faults: list[Fault] = []
    for number, one in enumerate(document.tree.get("examples", ())):
        example = structure(one, Example)
        compiled = rule(example.version)
        at = ("examples", number)
        try:
            result = _check(compiled, example)
        except AssuranceError as error:
            faults += [
                document.located.fault(
                    fault.code, at, f"{fault.found}: {fault.place}", fault.expected, fault.remedy
                )
                for fault in error.faults
            ]
            continue
        if result.differences:
            found, expected = "; ".join(result.differences), "an example that the design reproduces"
            remedy = "mend the example, or the rule"
            faults.append(document.located.fault("mismatch", at, found, expected, remedy))
    return faults


def _check(rule: CompiledDesign, example: Example) -> ExampleResult:
    outcome = rule.rate(
        _with_absences(example.scores),
        evidence=_with_absences(example.evidence),
        judged=example.judged,
    )
    found: list[str] = []
    if example.headline is not None or example.no_headline:
        _compare(found, "headline", example.headline, _headline(outcome))
    if example.score is not None:
        _compare(found, "score", example.score, outcome.score.value if outcome.score else None)
    levels = {one.id: one.level.id if one.level else None for one in outcome.judgements}
    for judgement, level in example.judgements.items():
        _compare(found, judgement, level, levels.get(judgement))
    return ExampleResult(rule.design.id, example.name, tuple(found))


def _with_absences(given: Any) -> Any:
    """Return scores or evidence with each `not_applicable: REASON` and the like as an absence."""
    if isinstance(given, Mapping):
        kinds = [kind for kind in ABSENCES if kind in given]
        if kinds and len(given) == 1:
            return Absence(kinds[0], str(given[kinds[0]]))
        return {key: _with_absences(value) for key, value in given.items()}
    return [_with_absences(one) for one in given] if isinstance(given, list) else given


def _headline(outcome: Outcome) -> str | None:
    return outcome.headline.level if isinstance(outcome.headline, Headline) else None


def _compare(found: list[str], what: str, expected: Any, actual: Any) -> None:
    if expected != actual:
        found.append(f"{what}: expected {expected}, came out as {actual}")
