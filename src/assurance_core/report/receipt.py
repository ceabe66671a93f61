"""Receipts: everything that an outcome rests on, with hashes; replays to the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assurance_core.documents.assessments import assessment_document, read_assessment
from assurance_core.documents.crosswalks import read_crosswalk
from assurance_core.documents.designs import read_design, renamed
from assurance_core.documents.frameworks import read_framework
from assurance_core.documents.located import Located
from assurance_core.documents.patches import as_document
from assurance_core.documents.reader import Document
from assurance_core.documents.writer import sha256
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.framework import Framework
from assurance_core.report.answers import outcome_answer
from assurance_core.report.rated import Rated, rate_for_report

PARTS = ("design", "assessment", "framework", "source_framework", "crosswalk")


def receipt(
    rated: Rated, frameworks: Mapping[str, Mapping[str, Any]], core_version: str
) -> dict[str, Any]:
    """Return the receipt of an explained outcome: `assurance/receipt/1`.

    Args:
        rated: rated with its trace.
        frameworks: the documents of the frameworks that it read, by id.
        core_version: of assurance-core.

    Raises:
        AssuranceError: `missing-score`, where a score is not known to us.
    """
    if rated.result.outcome is None:
        raise AssuranceError(
            Fault(
                "missing-score",
                "receipt",
                f"{len(rated.result.unknown)} scores that are not known to us",
                "an assessment whose every score is known",
                "leave the receipt out, or complete the assessment",
            )
        )
    rule = rated.rule
    parts: dict[str, Any] = {
        "design": dict(rule.design.document),
        "assessment": assessment_document(rated.assessment),
        "framework": frameworks[rule.design.framework.id],
    }
    if rule.crosswalk:
        parts["source_framework"] = frameworks[rule.crosswalk.source_framework]
        parts["crosswalk"] = dict(rule.crosswalk.document)
    return {
        "format": "assurance/receipt/1",
        "assurance_core": core_version,
        "design_id": rule.design.id,
        "design_name": rule.design.name,
        "lineage": list(rule.design.lineage),
        "plugin": str(rule.design.provenance),
        "version": rule.version.id,
        "source_version": rule.source_version.id if rule.source_version else None,
        **parts,
        "sha256": {name: sha256(parts[name]) for name in PARTS if name in parts},
        "outcome": outcome_answer(rated),
    }


def replay(document: Document, step_kinds: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the outcome of a receipt, worked out again from what it holds.

    Args:
        document: a checked receipt.
        step_kinds: step kinds that plugins add.

    Raises:
        AssuranceError: `mismatch`, where a part was changed or the outcome differs.
    """
    tree, located = document.tree, document.located
    _check_hashes(tree, located)
    outcome = outcome_answer(_rerate(tree, located.name, step_kinds or {}))
    # The plugin that gave the design may be another by now, or none: it is no part of the result.
    given = tree["outcome"].get("design")
    outcome["design"]["plugin"] = given.get("plugin") if isinstance(given, Mapping) else None
    if sha256(outcome) != sha256(tree["outcome"]):
        place = _first_difference(tree["outcome"], outcome)
        raise AssuranceError(
            located.fault(
                "mismatch",
                ("outcome",),
                f"an outcome that differs at {place}",
                "the same outcome, byte for byte",
                "use the receipt as it was written, with the version that wrote it: "
                f"assurance-core {tree['assurance_core']}",
            )
        )
    return outcome


def _check_hashes(tree: Mapping[str, Any], located: Located) -> None:
    faults: list[Fault] = []
    for name in PARTS:
        if name in tree and tree["sha256"].get(name) != sha256(tree[name]):
            faults.append(
                located.fault(
                    "mismatch",
                    (name,),
                    f"the {name.replace('_', ' ')} was changed after the receipt was written",
                    f"a part with the SHA-256 {tree['sha256'].get(name, 'that is missing')}",
                    "use the receipt as it was written",
                )
            )
    if "crosswalk" in tree:
        faults += [
            located.fault(
                "missing",
                (),
                f"a crosswalk, and no {key}",
                f"the {key.replace('_', ' ')} that it reads",
                "use the receipt as it was written",
            )
            for key in ("source_framework", "source_version")
            if not tree.get(key)
        ]
    if faults:
        raise AssuranceError(faults)


def _rerate(tree: Mapping[str, Any], name: str, step_kinds: Mapping[str, Any]) -> Rated:
    def part(key: str) -> Document:
        schemas = {kind: one.schema for kind, one in step_kinds.items()}
        return as_document(tree[key], f"{name}: {key}", schemas)

    framework = read_framework(part("framework"))
    design = read_design(part("design"), framework, step_kinds)
    design = renamed(design, tree["design_id"], tree["design_name"], *tree["lineage"])
    source: Framework | None = None
    if "crosswalk" in tree:
        source = read_framework(part("source_framework"))
        crosswalk = read_crosswalk(part("crosswalk"), source, framework)
        version = source.version(tree["source_version"])
        rule: CompiledDesign = compile_design(design, tree["version"], crosswalk, version)
    else:
        rule = compile_design(design, tree["version"])
    assessment = read_assessment(part("assessment"), source or framework)
    return rate_for_report(rule, assessment, explain=True)


def _first_difference(left: Any, right: Any, path: str = "outcome") -> str:
    if isinstance(left, dict) and isinstance(right, dict):
        for key in dict.fromkeys([*left, *right]):
            if left.get(key) != right.get(key):
                return _first_difference(left.get(key), right.get(key), f"{path}.{key}")
    if isinstance(left, list) and isinstance(right, list):
        for number, (one, other) in enumerate(zip(left, right, strict=False)):
            if one != other:
                return _first_difference(one, other, f"{path}[{number}]")
    return path
