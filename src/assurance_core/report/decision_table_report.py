"""Decision tables: in words, as JSON and as CSV. A further form is a further function of these."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.outcome import JudgementOutcome
from assurance_core.model.scale import Scale
from assurance_core.report.answers import design_answer, number_answer, score_answer
from assurance_core.report.document import FOOTER, Column, Paragraph, Report, Section, Table
from assurance_core.report.words import count_words, joined, short_level
from assurance_core.rules.scope import decimal_words
from assurance_core.tables.decision_table import DecisionTable

LIMITED_BY = "limited_by"
NO_LEVEL = "no_level_because"
MOST_ROWS_READ = 5000
"""The most rows of a table that is to be read rather than processed."""


def decision_table_report(rule: CompiledDesign, tables: Sequence[DecisionTable]) -> Report:
    """Return a section for each judgement: a row for each complete profile of its inputs."""
    design = rule.design
    lead = (
        f"Every complete profile of what {joined([one.name for one in tables])} "
        f"{'reads' if len(tables) == 1 else 'read'}, with what comes out, under "
        f"{design.framework.id} {rule.version.id}."
    )
    sections = tuple(_section(one) for one in tables)
    return Report(f"Decision table: {design.name} ({design.id})", (lead,), sections, FOOTER)


def _section(table: DecisionTable) -> Section:
    shown = Shown(table)
    columns = [Column(one.name) for one in table.inputs]
    columns += [Column(table.name, width=40)]
    columns += [Column("Score", "right")] * shown.score + [Column("Limited by")] * shown.limits
    rows = []
    for row in table.rows():
        cells = [short_level(level) for level in row.levels]
        one = row.outcome
        cells.append(one.level.name if one.level else one.reason)
        if shown.score:
            cells.append(decimal_words(one.score.value) if one.score else "")
        if shown.limits:
            cells.append(", ".join(one.bit))
        rows.append(tuple(cells))
    size = Paragraph(f"{count_words(len(table), 'row')}; the levels are in order, worst first.")
    listed = Table("", tuple(columns), tuple(rows))
    return Section(f"{table.name} ({table.id})", (size, listed))


class Shown:
    """Which columns a table has besides inputs and level: those that ever hold something."""

    def __init__(self, table: DecisionTable, details: bool = True) -> None:
        self.score = details and any(one.score for one in table.outcomes)
        self.limits = details and any(one.bit for one in table.outcomes)
        self.reason = any(one.level is None for one in table.outcomes)


def decision_table_csv(table: DecisionTable, details: bool = False) -> str:
    """Return a table as CSV: a column for each input, then the level under the judgement's id.

    Behind it stands `no_level_because`, where some row has no level. With details, `score` and
    `limited_by` stand before it, each only where some row has one. A score that is not whole is
    written as a ratio: it is exact.
    """
    shown = Shown(table, details)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    header = [*(one.id for one in table.inputs), table.id]
    header += ["score"] * shown.score + [LIMITED_BY] * shown.limits
    writer.writerow([*header, *[NO_LEVEL] * shown.reason])
    behind = {id(one): _behind(one, shown) for one in table.outcomes}
    writer.writerows(
        [*(level.id for level in row.levels), *behind[id(row.outcome)]] for row in table.rows()
    )
    return stream.getvalue()


def _behind(one: JudgementOutcome, shown: Shown) -> list[str]:
    cells = [one.level.id if one.level else ""]
    if shown.score:
        cells.append(str(one.score.value) if one.score else "")
    if shown.limits:
        cells.append(" ".join(one.bit))
    if shown.reason:
        cells.append(one.reason)
    return cells


def decision_table_answer(rule: CompiledDesign, tables: Sequence[DecisionTable]) -> dict[str, Any]:
    """Return the tables as JSON: `assurance/decision-table/1`."""
    return {
        "format": "assurance/decision-table/1",
        "design": design_answer(rule),
        "tables": [_table_answer(one) for one in tables],
    }


def _table_answer(table: DecisionTable) -> dict[str, Any]:
    outcomes = {id(one): _outcome_answer(one) for one in table.outcomes}
    ids = [one.id for one in table.inputs]
    of = next((one.score.of for one in table.outcomes if one.score and one.score.of), None)
    return {
        "judgement": table.id,
        "name": table.name,
        "scale": _scale_answer(table.scale),
        "score_of": number_answer(of) if of is not None else None,
        "inputs": [
            {"id": one.id, "name": one.name, "scale": _scale_answer(one.scale)}
            for one in table.inputs
        ],
        "size": len(table),
        "rows": [
            {
                "inputs": dict(zip(ids, (level.id for level in row.levels), strict=True)),
                **outcomes[id(row.outcome)],
            }
            for row in table.rows()
        ],
    }


def _outcome_answer(one: JudgementOutcome) -> dict[str, Any]:
    score = score_answer(one.score)
    return {
        "level": one.level.id if one.level else None,
        "reason": one.reason or None,
        "score": score["score"],
        "score_exact": score["score_exact"],
        LIMITED_BY: list(one.bit),
    }


def _scale_answer(scale: Scale) -> dict[str, Any]:
    return {
        "id": scale.id,
        "levels": [{"id": one.id, "name": one.name} for one in scale.levels],
    }
