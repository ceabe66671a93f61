"""The report on an invented population: what it was fitted on, and how like it the draw is."""

from __future__ import annotations

from typing import Any

from assurance_core.lab.population.fit import Population
from assurance_core.lab.population.likeness import Likeness, Pair, Shares
from assurance_core.report.document import Column, Paragraph, Report, Section, Table, items
from assurance_core.report.population_files import PopulationTable

_PAIRS_SHOWN = 10
NOT_REAL = (
    "No body in it exists. The published rows are few and no random sample, so shares of a"
    " population are not national estimates. It serves planning and benchmarks."
)


def population_report(table: PopulationTable, found: Likeness, like: str) -> Report:
    """Return the report.

    Args:
        table: what was drawn.
        found: how it compares.
        like: what the data are called.
    """
    population = table.population
    lead = (
        f"{table.size:,} invented assessments, drawn with seed {table.seed}, spread as the"
        f" {population.rows} complete formal assessments of {like}, version"
        f" {population.version.id}, are.",
        _furthest(found),
        NOT_REAL,
    )
    sections = [
        Section("Outcomes", tuple(_outcomes(found))),
        Section("Levels", (_levels(found),)),
        *([Section("How scores go together", tuple(_pairs(found)))] if found.pairs else []),
        Section("How it was drawn", (items(_how(population, found)),)),
    ]
    return Report(f"A population like {like}", lead, tuple(sections))


def _furthest(found: Likeness) -> str:
    """Return how far drawn and published lie apart where they lie furthest apart."""
    levels = max(shares.largest for _, shares in found.levels)
    parts = [f"a level {100 * levels:.1f} percentage points"]
    if found.outcomes:
        outcomes = max(shares.largest for _, shares in found.outcomes)
        parts.append(f"an outcome {100 * outcomes:.1f}")
    if found.pairs:
        parts.append(f"a rank correlation {max(one.difference for one in found.pairs):.2f}")
    return f"Furthest from what was published lie: {'; '.join(parts)}."


def _outcomes(found: Likeness) -> list[Paragraph | Table]:
    if not found.outcomes:
        return [Paragraph("No design that is or was in force gives such rows a headline.")]
    rows = [(design.id, *row) for design, shares in found.outcomes for row in _side_by_side(shares)]
    columns = (Column("Design"), Column("Outcome"), *_SIDES)
    return [Table("Outcomes of the published rows, and of those drawn", columns, tuple(rows))]


def _levels(found: Likeness) -> Table:
    rows = [(leaf.name, *row) for leaf, shares in found.levels for row in _side_by_side(shares)]
    columns = (Column("Scored"), Column("Level"), *_SIDES)
    return Table("Shares of the levels", columns, tuple(rows))


_SIDES = (
    Column("Published", "right"),
    Column("Share", "right"),
    Column("Drawn", "right"),
    Column("Share drawn", "right"),
    Column("Points apart", "right"),
)


def _side_by_side(shares: Shares) -> list[tuple[str, ...]]:
    return [
        (
            name,
            f"{shares.observed[place]:,}",
            f"{100 * shares.observed_share(place):.1f}",
            f"{shares.drawn[place]:,}",
            f"{100 * shares.drawn_share(place):.1f}",
            _signed(100 * (shares.drawn_share(place) - shares.observed_share(place))),
        )
        for place, name in enumerate(shares.names)
    ]


def _signed(points: float) -> str:
    """Return a difference with its sign.

    Example:
        >>> _signed(1.26), _signed(-0.04)
        ('+1.3', '0.0')
    """
    return "0.0" if abs(points) < 0.05 else f"{points:+.1f}"


def _pairs(found: Likeness) -> list[Paragraph | Table]:
    known = [one for one in found.pairs if one.observed is not None and one.drawn is not None]
    if not known:
        return [Paragraph("Nothing varies together: no correlation is defined.")]
    mean = [
        sum(value or 0.0 for value in values) / len(known)
        for values in zip(*((one.observed, one.drawn) for one in known), strict=True)
    ]
    widest = sorted(known, key=lambda one: -one.difference)[:_PAIRS_SHOWN]
    rows = tuple(
        (
            one.first.name,
            one.second.name,
            f"{one.observed or 0.0:.2f}",
            f"{one.drawn or 0.0:.2f}",
            f"{one.difference:.2f}",
        )
        for one in widest
    )
    columns = (
        Column("One"),
        Column("Other"),
        Column("Published", "right"),
        Column("Drawn", "right"),
        Column("Apart", "right"),
    )
    return [
        Paragraph(
            f"Spearman's rank correlation of {len(known)} pairs: {mean[0]:.2f} on average among the"
            f" published rows, {mean[1]:.2f} among those drawn."
        ),
        Table("The pairs that lie furthest apart", columns, rows),
    ]


def _how(population: Population, found: Likeness) -> list[str]:
    lines = [
        "Behind every level stands a normally distributed number; thresholds give each level its"
        " published share, and the numbers correlate so that ranks do as published (a Gaussian"
        " copula).",
    ]
    if found.pairs:
        lines.append(
            f"The correlations were moved to their mean by {population.shrunk} per cent: so much of"
            f" what sets pairs apart is no more than chance would show among {population.rows}"
            " rows."
        )
    never = [
        f"{leaf.name}: {shares.names[place]}"
        for leaf, shares in found.levels
        for place, count in enumerate(shares.observed)
        if not count
    ]
    if never:
        lines.append(f"Levels that no published row has are never drawn: {', '.join(never)}.")
    lines.append(f"What is counted here are the first {found.measured:,} rows drawn.")
    return lines


def population_answer(table: PopulationTable, found: Likeness, like: str) -> dict[str, Any]:
    """Return the same as JSON: `assurance/population/1`."""
    population = table.population
    return {
        "format": "assurance/population/1",
        "like": like,
        "framework": population.framework.id,
        "version": population.version.id,
        "size": table.size,
        "seed": table.seed,
        "fitted_on": population.rows,
        "moved_to_mean_percent": population.shrunk,
        "caveat": NOT_REAL,
        "measured": found.measured,
        "levels": [
            {"id": leaf.id, "name": leaf.name, **_shares(shares)} for leaf, shares in found.levels
        ],
        "pairs": [_pair(one) for one in found.pairs],
        "outcomes": [{"design": design.id, **_shares(shares)} for design, shares in found.outcomes],
    }


def _shares(shares: Shares) -> dict[str, Any]:
    return {
        "largest_difference": round(shares.largest, 6),
        "shares": [
            {
                "name": name,
                "published": shares.observed[place],
                "published_share": round(shares.observed_share(place), 6),
                "drawn": shares.drawn[place],
                "drawn_share": round(shares.drawn_share(place), 6),
            }
            for place, name in enumerate(shares.names)
        ],
    }


def _pair(one: Pair) -> dict[str, Any]:
    return {
        "first": one.first.id,
        "second": one.second.id,
        "published": None if one.observed is None else round(one.observed, 6),
        "drawn": None if one.drawn is None else round(one.drawn, 6),
    }
