"""The check of explanations: every design explains its outcomes in every format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from typing import Any

from assurance_core.documents.located import Located
from assurance_core.documents.schemas import check
from assurance_core.documents.writer import plain
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.assessment import Assessment, Body, Cell, Score
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.report.answers import outcome_answer
from assurance_core.report.html import to_html
from assurance_core.report.markdown import to_markdown
from assurance_core.report.outcome_report import outcome_report
from assurance_core.report.rated import Rated, rate_for_report
from assurance_core.report.text import to_text
from assurance_core.report.words import count_words
from assurance_core.testing.kit.findings import Findings
from assurance_core.testing.kit.subject import Subject


def check_explanations(subject: Subject) -> Findings:
    """Check that designs explain their lowest, highest and a mixed profile, in every version.

    JSON is valid under its schema; XLSX is written where the extra for it is installed.
    """
    faults: list[Fault] = []
    count = 0
    formats = _formats()
    for design_id, design in subject.ratable.items():
        for version in design.versions:
            try:
                rule = subject.rule(design_id, version)
            except AssuranceError:
                continue  # Told by the check of documents.
            for name, assessment in _assessments(rule):
                count += 1
                faults += _faults(rule, f"{design_id} ({version}), {name}", assessment, formats)
    looked_at = f"{count_words(count, 'outcome')} as {', '.join(formats)}"
    notes = () if "xlsx" in formats else ("xlsx is not tried: the extra excel is not installed",)
    return Findings(looked_at, tuple(faults), notes)


Formats = Mapping[str, Callable[[Rated], object]]


def _formats() -> Formats:
    formats: dict[str, Callable[[Rated], object]] = {
        "text": lambda rated: to_text(outcome_report(rated)),
        "markdown": lambda rated: to_markdown(outcome_report(rated)),
        "html": lambda rated: to_html(outcome_report(rated)),
        "json": _checked_answer,
    }
    if find_spec("xlsxwriter"):
        from assurance_core.report.xlsx import to_xlsx

        formats["xlsx"] = lambda rated: to_xlsx(outcome_report(rated))
    return formats


def _checked_answer(rated: Rated) -> dict[str, Any]:
    answer: dict[str, Any] = plain(outcome_answer(rated))
    check(Located(answer, "the answer"), "outcome")
    return answer


def _assessments(rule: CompiledDesign) -> Iterator[tuple[str, Assessment]]:
    """Return three assessments: everything lowest, everything highest, and by turns."""
    for name, chosen in (
        ("lowest profile", lambda place, size: 0),
        ("highest profile", lambda place, size: size - 1),
        ("mixed profile", lambda place, size: place % size),
    ):
        scores: dict[str, Cell] = {}
        evidence: dict[str, Cell] = {}
        judged: dict[str, str] = {}
        for place, leaf in enumerate(rule.leaves):
            level = leaf.scale.levels[chosen(place, len(leaf.scale))].id
            if leaf.kind == "judged":
                judged[leaf.id.partition(".")[2]] = level
            else:
                (evidence if leaf.kind == "evidence" else scores)[leaf.id] = Score(level)
        body = Body(f"A {rule.design.framework.bodies}")
        yield (
            name,
            Assessment(
                rule.design.framework.id,
                body,
                scores,
                version=rule.version.id,
                evidence=evidence,
                judged=judged,
            ),
        )


def _faults(
    rule: CompiledDesign, place: str, assessment: Assessment, formats: Formats
) -> Iterator[Fault]:
    try:
        rated = rate_for_report(rule, assessment, explain=True)
    except Exception as error:  # A plugin's own step may raise anything.
        yield _fault(place, "an outcome", error)
        return
    for form, write in formats.items():
        try:
            write(rated)
        except Exception as error:
            yield _fault(place, form, error)


def _fault(place: str, form: str, error: Exception) -> Fault:
    text = " ".join(str(error).split())
    return Fault(
        "render",
        f"{place}: {form}",
        f"{type(error).__name__}: {text}",
        "an explanation",
        "mend the step that raised it; if none of yours did, report it to the library's authors",
    )
