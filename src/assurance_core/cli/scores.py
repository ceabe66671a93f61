"""Scores given on the command line stand for an assessment."""

from __future__ import annotations

from typing import Any

from assurance_core.cli.context import find_version
from assurance_core.documents.scores import read_cell_text, read_level_text
from assurance_core.engine.choose import choose_version, version_on
from assurance_core.model.assessment import Assessment, Body, Cell, Score
from assurance_core.model.dates import PartialDate
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.framework import Framework, FrameworkVersion
from assurance_core.tables.empty_table import judged_in

_BODY = "Scores given"


def assessment_from_text(
    design: RatingDesign, framework: Framework, options: dict[str, Any]
) -> Assessment:
    """Return an assessment from --scores, --evidence and --judged.

    Raises:
        AssuranceError: `bad-score`, `missing-score`, `unknown-id` or `bad-syntax`.
    """
    version = _version(design, framework, options)
    scores: dict[str, Cell] = {}
    if options["scores"]:
        scores = _scores(options["scores"], version)
    evidence: dict[str, Cell] = {}
    for text in options["evidence"]:
        cells = _evidence(text, version)
        if not evidence.keys().isdisjoint(cells):
            raise _again("--evidence", text, "each statement once")
        evidence.update(cells)
    judged: dict[str, str] = {}
    for text in options["judged"]:
        name, level = _judged(text, design)
        if name in judged:
            raise _again("--judged", text, "each judgement once")
        judged[name] = level
    return Assessment(
        framework=framework.id,
        body=Body(options["body"] or _BODY),
        scores=scores,
        version=version.id,
        evidence=evidence,
        judged=judged,
        date=PartialDate.parse(options["date"], "--date") if options["date"] else None,
    )


def _again(option: str, text: str, expected: str) -> AssuranceError:
    name = text.partition("=")[0].strip()
    return AssuranceError(
        Fault("duplicate", option, f"'{name}' again", expected, "remove one of the two")
    )


def _judged(text: str, design: RatingDesign) -> tuple[str, str]:
    """Return a judgement and the id of the level that --judged names."""
    name, word = _pair(text, "--judged", "overall=good")
    judged = judged_in(design)
    if name not in judged:
        raise AssuranceError(
            Fault(
                "unknown-id",
                "--judged",
                f"'{name}'",
                f"a judgement of {design.id} that the assessor judges",
                nearest(name, list(judged)) if judged else "leave --judged out: it has none",
            )
        )
    return name, read_level_text(word, judged[name].scale, "--judged").id


def _version(
    design: RatingDesign, framework: Framework, options: dict[str, Any]
) -> FrameworkVersion:
    if options["version"]:
        return find_version(framework, options["version"])
    date = options["as_of"] or options["date"]
    if date:
        return version_on(framework, PartialDate.parse(date, "--as-of"), "--as-of")
    return choose_version(design) if design.framework.id == framework.id else framework.versions[-1]


def _scores(text: str, version: FrameworkVersion) -> dict[str, Cell]:
    parts = [part.strip() for part in text.split(",")]
    ids = version.statement_ids()
    if not ids:
        found, expected = f"'{text}'", f"no scores: version {version.id} scores nothing"
        remedy = "leave --scores out; what the assessor chose is given with --judged"
        raise AssuranceError(Fault("bad-score", "--scores", found, expected, remedy))
    if "=" in text:
        pairs = [_pair(part, "--scores", f"{ids[0]}=3") for part in parts]
        return _named(pairs, version)
    if len(parts) != len(ids):
        raise AssuranceError(
            Fault(
                "missing-score" if len(parts) < len(ids) else "bad-score",
                "--scores",
                f"{len(parts)} scores",
                f"{len(ids)}, in this order: {', '.join(ids)}",
                "give one score for each statement",
            )
        )
    faults: list[Fault] = []
    cells: dict[str, Cell] = {}
    for number, (statement, part) in enumerate(zip(version.statements, parts, strict=True), 1):
        place = f"--scores, number {number} ({statement.id})"
        try:
            cells[statement.id] = read_cell_text(part, statement.scale, place)
        except AssuranceError as error:
            faults.extend(error.faults)
    if faults:
        raise AssuranceError(faults)
    return cells


def _named(pairs: list[tuple[str, str]], version: FrameworkVersion) -> dict[str, Cell]:
    faults: list[Fault] = []
    cells: dict[str, Cell] = {}
    for name, value in pairs:
        statement = version.find_statement(name)
        if statement is None:
            remedy = nearest(name, version.statement_ids())
            faults.append(
                Fault(
                    "unknown-id",
                    "--scores",
                    f"'{name}'",
                    f"a statement of version {version.id}",
                    remedy,
                )
            )
        elif statement.id in cells:
            faults.append(
                Fault(
                    "duplicate",
                    "--scores",
                    f"'{name}' again",
                    "each statement once",
                    "remove one of the two",
                )
            )
        else:
            try:
                place = f"--scores, {statement.id}"
                cells[statement.id] = read_cell_text(value, statement.scale, place)
            except AssuranceError as error:
                faults.extend(error.faults)
    missing = [one for one in version.statement_ids() if one not in cells]
    if missing and not faults:
        faults.append(
            Fault(
                "missing-score",
                "--scores",
                f"no score for {', '.join(missing)}",
                "a score for each statement",
                "add the missing scores, or write an assessment file",
            )
        )
    if faults:
        raise AssuranceError(faults)
    return cells


def _evidence(text: str, version: FrameworkVersion) -> dict[str, Cell]:
    name, values = _pair(text, "--evidence", "safeguarding=3,2,3,3")
    statement = version.find_statement(name)
    if statement is None:
        raise AssuranceError(
            Fault(
                "unknown-id",
                "--evidence",
                f"'{name}'",
                f"a statement of version {version.id}",
                nearest(name, version.statement_ids()),
            )
        )
    parts = values.split(",")
    categories = version.evidence_categories
    if len(parts) != len(categories):
        raise AssuranceError(
            Fault(
                "missing-score",
                f"--evidence {statement.id}",
                f"{len(parts)} scores",
                f"{len(categories)}, in this order: {', '.join(categories)}",
                "give one score for each category",
            )
        )
    return {
        f"{statement.id}.{category}": Score(
            read_level_text(part, statement.scale, f"--evidence {statement.id}.{category}").id
        )
        for category, part in zip(categories, parts, strict=True)
    }


def _pair(text: str, option: str, example: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key.strip() or not value.strip():
        raise AssuranceError(
            Fault(
                "bad-syntax",
                option,
                f"'{text}'",
                "NAME=LEVEL",
                f"write for example {option} {example}",
            )
        )
    return key.strip(), value.strip()
