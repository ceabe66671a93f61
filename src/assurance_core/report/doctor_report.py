"""Versions, plugins, paths and data dates: `doctor`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assurance_core.report.document import Items, Paragraph, Report, Section, items


def doctor_report(facts: Mapping[str, Any]) -> Report:
    """Return versions, plugins, paths and data dates."""
    libraries = ", ".join(f"{name} {number}" for name, number in facts["libraries"].items())
    base = [
        f"assurance-core {facts['assurance_core']}",
        f"Python {facts['python']} at {facts['executable']}",
        f"Libraries: {libraries}",
        f"Schemas: {facts['schemas']}",
    ]
    if facts["plugins_allowed"] is not None:
        base.append(f"ASSURANCE_PLUGINS: {facts['plugins_allowed'] or '(none)'}")
    plugins = tuple(
        (
            f"{one['name']} ({one['provenance']}): {one['status']}",
            *([one["folder"]] if one["folder"] else []),
            *([one["cause"]] if one["cause"] else []),
        )
        for one in facts["plugins"]
    )
    data = [
        f"{one['id']}: as at {one['as_at'] or 'a date that is not stated'}" for one in facts["data"]
    ]
    sections = [Section("Here", (items(base),))]
    sections.append(Section("Plugins", (Items(plugins) if plugins else Paragraph("None found."),)))
    if data:
        sections.append(Section("Data", (items(data),)))
    if facts["unavailable"]:
        lines = [f"{key}: {why}" for key, why in facts["unavailable"].items()]
        sections.append(Section("Unavailable", (items(lines),)))
    broken = [one["name"] for one in facts["plugins"] if one["status"] == "broken"]
    lead = f"Broken: {', '.join(broken)}." if broken else "Nothing is broken."
    return Report("Doctor", (lead,), tuple(sections))
