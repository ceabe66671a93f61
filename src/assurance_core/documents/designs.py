"""Design documents: a checked tree becomes a `RatingDesign` bound to its framework."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from assurance_core.documents.paths import STEP_META, Path, step_names
from assurance_core.documents.reader import Document
from assurance_core.documents.schemas import load_schema
from assurance_core.documents.structure import Faults, read_sources, structure
from assurance_core.model.design import (
    Consequence,
    Example,
    Judgement,
    NarrativeRule,
    Publishes,
    RatingDesign,
    Step,
)
from assurance_core.model.framework import Framework

RESERVED = ("all", "each", "evidence", "judged", "result")
"""Words that inputs and conditions understand; no id may be one of them."""


def read_design(
    document: Document, framework: Framework, step_kinds: Mapping[str, Any] | None = None
) -> RatingDesign:
    """Return the design of a checked document; raise with all its faults."""
    tree, faults = document.tree, Faults(document.located)
    own = read_sources(tree.get("sources", {}))
    sources = {**framework.sources, **own}
    version_ids = [version.id for version in framework.versions]
    for i, version in enumerate(tree.get("versions", ())):
        faults.known(version, version_ids, ("versions", i), f"a version of {framework.id}")
    _check_names(tree, framework, faults)
    judgements = {
        key: _judgement(key, value, framework, sources, faults)
        for key, value in tree["judgements"].items()
    }
    for i, value in enumerate(tree.get("consequences", ())):
        faults.known(value["source"], sources, ("consequences", i, "source"), "the id of a source")
    publishes = _publishes(tree, judgements, faults)
    period = None
    if "in_force" in tree:
        period = faults.period(tree["in_force"], ("in_force",))
        if tree["status"] not in ("in_force", "superseded"):
            faults.add(
                "bad-date",
                ("in_force",),
                f"dates on a design that is {tree['status']}",
                "dates only where the status is in_force or superseded",
                "remove in_force, or change the status",
            )
    faults.raise_if_any()
    return RatingDesign(
        id=tree["id"],
        name=tree["name"],
        summary=tree["summary"],
        framework=framework,
        versions=tuple(v for v in version_ids if v in tree.get("versions", version_ids)),
        judgements=judgements,
        publishes=publishes,
        status=tree["status"],
        sources=sources,
        document=tree,
        series=tree.get("series", ""),
        in_force=period,
        consequences=tuple(structure(c, Consequence) for c in tree.get("consequences", ())),
        declares=tuple(tree.get("declares", ())),
        unreachable=tree.get("unreachable", {}),
        examples=tuple(structure(e, Example) for e in tree.get("examples", ())),
        notes=tuple(tree.get("notes", ())),
        step_kinds=step_kinds or {},
    )


def _check_names(tree: Mapping[str, Any], framework: Framework, faults: Faults) -> None:
    """Refuse a judgement whose id already means something else in conditions, inputs or paths."""
    taken = dict.fromkeys(load_schema("design")["properties"], "a key of the document")
    taken |= dict.fromkeys(RESERVED, "a word of the rules")
    for version in framework.versions:
        taken |= dict.fromkeys(version.groups, f"a group of {framework.id}")
        taken |= {theme.id: f"a theme of {framework.id}" for theme in version.themes}
        taken |= dict.fromkeys(version.statement_ids(), f"a statement of {framework.id}")
    for key in tree["judgements"]:
        if key in taken:
            found, path = f"'{key}', which is also {taken[key]}", ("judgements", key)
            faults.add("duplicate", path, found, "an id of its own", "rename it", at_key=True)


def _judgement(
    key: str,
    value: dict[str, Any],
    framework: Framework,
    sources: Mapping[str, Any],
    faults: Faults,
) -> Judgement:
    path: Path = ("judgements", key)
    judgement_keys = load_schema("design")["$defs"]["judgement"]["properties"]
    known_scales = [scale.id for scale in framework.scales.values()]
    faults.known(value["scale"], known_scales, (*path, "scale"), f"a scale of {framework.id}")
    names = step_names(value["steps"])
    steps = []
    for number, (step, name) in enumerate(zip(value["steps"], names, strict=True)):
        place: Path = (*path, "steps", number)
        kinds = [one for one in step if one not in STEP_META]
        if len(kinds) != 1:
            found = f"the kinds {' and '.join(kinds)}" if kinds else "no kind of step"
            remedy = "write one step for each" if kinds else "say what the step does"
            faults.add("bad-step", place, found, "exactly one kind in each step", remedy)
            continue
        if names.index(name) != number:
            found, remedy = f"'{name}' again", "rename one of the two"
            faults.add("duplicate", (*place, "id"), found, "each step id once", remedy)
        if step.get("id") in judgement_keys:
            found = f"'{name}', which is a key of judgements"
            faults.add("duplicate", (*place, "id"), found, "an id of its own", "rename it")
        faults.known(step["source"], sources, (*place, "source"), "the id of a source")
        steps.append(Step(kinds[0], step[kinds[0]], step["source"], name))
    inputs = value["inputs"]
    if value.get("omit_down_to") and value.get("missing") != "omit":
        found = "omit_down_to without missing: omit"
        place = (*path, "omit_down_to")
        faults.add("unknown-key", place, found, "missing: omit beside it", "add missing: omit")
    return Judgement(
        id=key,
        name=value.get("name", key.replace("_", " ").capitalize()),
        scale=value["scale"],
        inputs=(inputs,) if isinstance(inputs, str) else tuple(inputs),
        steps=tuple(steps),
        missing=value.get("missing", "error"),
        omit_down_to=value.get("omit_down_to", 1),
        for_each=value.get("for_each", ""),
    )


def _publishes(
    tree: dict[str, Any], judgements: Mapping[str, Judgement], faults: Faults
) -> Publishes:
    value, path = tree["publishes"], ("publishes",)
    faults.one_of(value, ("headline", "no_headline"), path)
    headline = value.get("headline")
    single = {key for key, one in judgements.items() if not one.for_each}
    for key in ("headline", "score"):
        # A score can be withheld by the word none; for a headline there is no_headline.
        if key in value and (key == "headline" or value[key] != "none"):
            faults.known(value[key], sorted(single), (*path, key), "a judgement of this design")
    score = value.get("score", headline)
    areas = value["areas"]
    narrative = None
    if "narrative" in value:
        narrative = NarrativeRule(
            str(value["narrative"]["strengths"]["at_least"]),
            str(value["narrative"]["improvements"]["at_most"]),
        )
    return Publishes(
        headline=headline,
        no_headline=value.get("no_headline", ""),
        score=None if score == "none" else score,
        areas=() if areas == "none" else (areas,) if isinstance(areas, str) else tuple(areas),
        narrative=narrative,
    )


def renamed(design: RatingDesign, design_id: str, name: str, *lineage: str) -> RatingDesign:
    """Return a design under another id and name, with more lineage."""
    return evolve(design, id=design_id, name=name, lineage=(*design.lineage, *lineage))
