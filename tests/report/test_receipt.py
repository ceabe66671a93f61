"""Receipts: made from values, without a command."""

import json
from collections.abc import Callable

import pytest

from assurance_core.documents.patches import as_document
from assurance_core.documents.writer import to_json
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.assessment import Absence, Assessment, Body, Override, Score
from assurance_core.model.errors import AssuranceError
from assurance_core.plugins import Registry
from assurance_core.report.rated import rate_for_report
from assurance_core.report.receipt import receipt, replay
from tests.commands import checked


@pytest.fixture
def frameworks(registry: Registry) -> dict[str, object]:
    """The documents of all frameworks."""
    return {key: dict(one.document) for key, one in registry.frameworks.items()}


def test_overrides_absences_and_findings_replay(
    registry: Registry,
    rule_of: Callable[[str], CompiledDesign],
    frameworks: dict[str, dict[str, object]],
) -> None:
    """Everything an assessment can hold comes back."""
    rule = rule_of("cqc-la/word-and-areas")
    scores = {one: Score("3") for one in rule.version.statement_ids()}
    one = Assessment(
        "cqc-la",
        Body("Somewhere", "E0"),
        scores,
        version="2023",
        overrides={"overall": Override("inadequate", "a death in care")},
    )
    made = receipt(rate_for_report(rule, one, explain=True), frameworks, "1.0")
    read_back = checked(json.loads(to_json(made)))
    assert made["outcome"] == replay(as_document(read_back, "receipt"))


def test_an_absence_replays(
    rule_of: Callable[[str], CompiledDesign], frameworks: dict[str, dict[str, object]]
) -> None:
    """With its reason."""
    rule = rule_of("cqc-la/report-card")
    cells: dict[str, Score | Absence] = {o: Score("3") for o in rule.version.statement_ids()}
    cells["safeguarding"] = Absence("withheld", "the police ask for it")
    one = Assessment("cqc-la", Body("Somewhere"), cells, version="2023")
    made = receipt(rate_for_report(rule, one, explain=True), frameworks, "1.0")
    assert made["outcome"] == replay(as_document(json.loads(to_json(made)), "receipt"))


def test_a_hash_that_was_changed_with_its_part_is_told_by_the_outcome(
    rule_of: Callable[[str], CompiledDesign], frameworks: dict[str, dict[str, object]]
) -> None:
    """Whoever changes a score and its hash has to change the outcome too."""
    from assurance_core.documents.writer import sha256

    rule = rule_of("cqc-la/single-word")
    scores = {one: Score("3") for one in rule.version.statement_ids()}
    one = Assessment("cqc-la", Body("Somewhere"), scores, version="2023")
    made = receipt(rate_for_report(rule, one, explain=True), frameworks, "1.0")
    made["assessment"]["scores"]["safeguarding"] = 4
    made["sha256"]["assessment"] = sha256(made["assessment"])
    with pytest.raises(AssuranceError) as caught:
        replay(as_document(json.loads(to_json(made)), "receipt"))
    (fault,) = caught.value.faults
    assert ("mismatch", "an outcome that differs at outcome.score") == (fault.code, fault.found)


def test_a_receipt_whose_outcome_is_anything_is_told_so(
    rule_of: Callable[[str], CompiledDesign], frameworks: dict[str, dict[str, object]]
) -> None:
    """Found by the fuzzer: an outcome without a design ended in a KeyError."""
    rule = rule_of("cqc-la/single-word")
    scores = {one: Score("3") for one in rule.version.statement_ids()}
    one = Assessment("cqc-la", Body("Somewhere"), scores, version="2023")
    made = receipt(rate_for_report(rule, one, explain=True), frameworks, "1.0")
    others: list[dict[str, object]] = [{}, {"design": None}, {"design": {}}]
    for outcome in others:
        with pytest.raises(AssuranceError) as caught:
            replay(as_document({**made, "outcome": outcome}, "receipt"))
        assert ["mismatch"] == [fault.code for fault in caught.value.faults]


def test_a_receipt_with_a_crosswalk_needs_what_the_crosswalk_reads(
    rule_of: Callable[[str], CompiledDesign], frameworks: dict[str, dict[str, object]]
) -> None:
    from assurance_core.documents.writer import sha256

    rule = rule_of("cqc-la/single-word")
    scores = {one: Score("3") for one in rule.version.statement_ids()}
    one = Assessment("cqc-la", Body("Somewhere"), scores, version="2023")
    made = receipt(rate_for_report(rule, one, explain=True), frameworks, "1.0")
    made |= {"crosswalk": {}, "sha256": {**made["sha256"], "crosswalk": sha256({})}}
    with pytest.raises(AssuranceError) as caught:
        replay(as_document(json.loads(to_json(made)), "receipt"))
    assert (
        "error[missing]: receipt\n"
        "  found:    a crosswalk, and no source_framework\n"
        "  expected: the source framework that it reads\n"
        "  do:       use the receipt as it was written\n"
        "error[missing]: receipt\n"
        "  found:    a crosswalk, and no source_version\n"
        "  expected: the source version that it reads\n"
        "  do:       use the receipt as it was written"
    ) == str(caught.value)
