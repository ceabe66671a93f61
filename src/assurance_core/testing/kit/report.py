"""What the checks of a plugin found: as a report, and as JSON."""

from __future__ import annotations

from typing import Any

from assurance_core.report.document import Column, Items, Report, Section, Table, items
from assurance_core.report.words import count_words, joined
from assurance_core.testing.kit.findings import PluginCheck

_RESULTS = {"passed": "passed", "failed": "FAILED", "skipped": "not made"}


def plugin_check_report(found: PluginCheck) -> Report:
    """Return a row for each check, then every fault, and what is known not to hold."""
    info = found.subject.info
    failed = [one.check.id for one in found.results if one.result == "failed"]
    passed = sum(one.result == "passed" for one in found.results)
    lead = (
        f"{info.name} ({info.provenance}) fails {joined(failed)}."
        if failed
        else f"{info.name} ({info.provenance}) conforms: {count_words(passed, 'check')} passed."
    )
    rows = tuple(
        (
            one.check.id,
            _RESULTS[one.result],
            one.check.proves,
            one.findings.skipped or one.findings.looked_at,
        )
        for one in found.results
    )
    columns = (Column("Check"), Column("Result"), Column("It proves"), Column("Looked at"))
    sections = [Section("Checks", (Table("", columns, rows),))]
    sections += [
        Section(
            f"Failed: {one.check.id}",
            (
                Items(
                    tuple(
                        (
                            f"{fault.code}: {fault.place}",
                            f"found: {fault.found}",
                            f"expected: {fault.expected}",
                            f"do: {fault.remedy}",
                        )
                        for fault in one.findings.faults
                    )
                ),
            ),
        )
        for one in found.results
        if one.findings.faults
    ]
    notes = [note for one in found.results for note in one.findings.notes]
    if notes:
        sections.append(Section("Known and declared", (items(notes),)))
    return Report(f"Plugin checked: {info.name}", (lead,), tuple(sections))


def plugin_check_answer(found: PluginCheck) -> dict[str, Any]:
    """Return what the checks found as JSON: `assurance/plugin-check/1`."""
    info = found.subject.info
    return {
        "format": "assurance/plugin-check/1",
        "plugin": info.name,
        "distribution": str(info.provenance),
        "passed": found.passed,
        "checks": [
            {
                "id": one.check.id,
                "proves": one.check.proves,
                "result": one.result,
                "looked_at": one.findings.looked_at or None,
                "why_not_made": one.findings.skipped or None,
                "notes": list(one.findings.notes),
                "faults": [
                    {
                        "code": fault.code,
                        "place": fault.place,
                        "found": fault.found,
                        "expected": fault.expected,
                        "do": fault.remedy,
                        "excerpt": fault.excerpt or None,
                    }
                    for fault in one.findings.faults
                ],
            }
            for one in found.results
        ],
    }
