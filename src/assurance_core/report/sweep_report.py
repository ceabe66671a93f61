"""The report of a sweep: every combination with its figures, and those that no other one beats."""

from __future__ import annotations

from typing import Any

from assurance_core.lab.metrics.claims import NO_VERDICT
from assurance_core.lab.sweep import Objective, Point, Sweep
from assurance_core.report.document import (
    FOOTER,
    Column,
    Paragraph,
    Report,
    Section,
    Table,
    items,
)
from assurance_core.report.scorecard_answer import figure_answer
from assurance_core.report.scorecard_words import basis_words, figure_words
from assurance_core.report.words import count_words

_MEANS = (
    "A combination is left standing if it keeps every bound, and no other one is at least as good "
    "on every metric asked for and better on one, in the directions asked for. Other metrics, and "
    "other directions, leave others standing."
)


def sweep_report(found: Sweep, title: str = "") -> Report:
    """Return the report of a sweep.

    Args:
        found: the sweep.
        title: what the data are called.
    """
    standing = [point for point in found.points if point.pareto]
    failed = [point for point in found.points if point.reason]
    lead = (
        f"{count_words(len(found.points), 'combination')} of values of “{found.design.name}” were "
        f"tried; {len(standing)} are left standing, and {len(failed)} give no design.",
    )
    sections = [
        Section("What was asked", (items(_asked(found)),)),
        Section("Left standing", (Paragraph(_MEANS), _table(found, standing))),
        Section("Every combination", (_table(found, found.points, marked=True),)),
    ]
    if failed:
        lines = [f"{_words(point)}: {point.reason}." for point in failed]
        sections.append(Section("Combinations that give no design", (items(lines),)))
    sections.append(Section("What no figure here says", (items(NO_VERDICT),)))
    return Report(f"Values tried: {title or found.design.name}", lead, tuple(sections), FOOTER)


def _asked(found: Sweep) -> list[str]:
    lines = [f"{path}: {', '.join(str(value) for value in values)}." for path, values in found.grid]
    for one, (name, _) in zip(found.objectives, found.names, strict=True):
        lines.append(f"{one}, {_wanted(one)}: {name}.")
    bodies = found.design.framework.bodies
    lines.append(f"Observed: {basis_words(found.observed, bodies)}.")
    lines.append(f"@all: {basis_words(found.every, bodies)}.")
    if any(one.metric == "M12" for one in found.objectives):
        lines.append("M12 is agreement with the design as it stands.")
    return lines


def _wanted(one: Objective) -> str:
    way = "the lower the more wanted" if one.wanted == "low" else "the higher the more wanted"
    if one.bound is None:
        return way
    return f"{way}, {'at most' if one.wanted == 'low' else 'at least'} {one.bound:g}"


def _table(found: Sweep, points: Any, marked: bool = False) -> Table:
    columns = [Column(path.rpartition(".")[2], "right") for path, _ in found.grid]
    columns += [Column(str(one)) for one in found.objectives]
    columns += [Column("Standing")] if marked else []
    rows = tuple(
        (
            *(str(value) for _, value in point.values),
            *(
                figure_words(figure, unit)
                for figure, (_, unit) in zip(point.figures, found.names, strict=True)
            ),
            *([_standing(point)] if marked else []),
        )
        for point in points
        if point.figures
    )
    return Table("", tuple(columns), rows)


def _standing(point: Point) -> str:
    words = "yes" if point.pareto else "no" if point.kept else "out of bounds"
    return f"{words}; as it stands today" if point.same else words


def _words(point: Point) -> str:
    return ", ".join(f"{path} = {value}" for path, value in point.values)


def sweep_answer(found: Sweep) -> dict[str, Any]:
    """Return a sweep as JSON: `assurance/sweep/1`."""
    return {
        "format": "assurance/sweep/1",
        "no_verdict": list(NO_VERDICT),
        "design": found.design.id,
        "version": found.version.id,
        "seed": found.seed,
        "grid": [{"path": path, "values": list(values)} for path, values in found.grid],
        "objectives": [
            {
                "metric": one.metric,
                "measure": one.measure or None,
                "on": "all profiles" if one.side == "all" else "observed",
                "wanted": one.wanted,
                "bound": one.bound,
                "name": name,
                "unit": unit,
            }
            for one, (name, unit) in zip(found.objectives, found.names, strict=True)
        ],
        "points": [
            {
                "values": [value for _, value in point.values],
                "figures": [figure_answer(one) for one in point.figures],
                "no_design": point.reason or None,
                "as_it_stands": point.same,
                "within_bounds": point.kept,
                "standing": point.pareto,
            }
            for point in found.points
        ],
    }
