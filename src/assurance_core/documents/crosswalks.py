"""Crosswalk documents."""

from __future__ import annotations

from collections.abc import Sequence

from assurance_core.documents.paths import Path
from assurance_core.documents.reader import Document
from assurance_core.documents.structure import Faults, read_sources
from assurance_core.model.crosswalk import Crosswalk, CrosswalkInput
from assurance_core.model.errors import nearest
from assurance_core.model.framework import Framework


def read_crosswalk(document: Document, source: Framework, target: Framework) -> Crosswalk:
    """Return the crosswalk of a checked document; raise with all its faults.

    Args:
        document: the full document, after edits.
        source: the framework it maps from.
        target: the framework it maps to.
    """
    tree, faults = document.tree, Faults(document.located)
    sources = read_sources(tree["sources"])
    faults.known(tree["source"], sources, ("source",), "the id of a source")
    froms = {s.id: s for version in source.versions for s in version.statements}
    tos = {s.id: s for version in target.versions for s in version.statements}
    inputs = {}
    for name, value in tree["inputs"].items():
        path: Path = ("inputs", name)
        if not faults.known(name, tos, path, f"a statement of {target.id}", at_key=True):
            continue
        levels = {str(k): str(v) for k, v in value.get("levels", tree.get("levels", {})).items()}
        in_levels: Path = (*path, "levels") if "levels" in value else ("levels",)
        for number, one in enumerate(value["sources"]):
            if faults.known(one, froms, (*path, "sources", number), f"a statement of {source.id}"):
                _check_levels(levels, froms[one].scale.ids, tos[name].scale.ids, in_levels, faults)
        inputs[name] = CrosswalkInput(tuple(value["sources"]), levels, value.get("take", "minimum"))
    for name in tos:
        if name not in tree["inputs"]:
            expected = f"each statement of {target.id}"
            faults.add("missing", ("inputs",), f"no '{name}'", expected, f"add {name}:")
    faults.raise_if_any()
    return Crosswalk(
        id=tree["id"],
        name=tree["name"],
        source_framework=tree["from"],
        target_framework=tree["to"],
        inputs=inputs,
        source=sources[tree["source"]],
        document=tree,
        summary=tree.get("summary", ""),
        variant_of=tree.get("variant_of", ""),
        unreachable=tree.get("unreachable", {}),
    )


def _check_levels(
    levels: dict[str, str], froms: Sequence[str], tos: Sequence[str], path: Path, faults: Faults
) -> None:
    for key, value in levels.items():
        place = (*path, key)
        if key not in froms:
            expected = f"a level of the source: {', '.join(froms)}"
            faults.add("bad-level", place, f"'{key}'", expected, nearest(key, froms), at_key=True)
        if value not in tos:
            expected = f"a level of the target: {', '.join(tos)}"
            faults.add("bad-level", place, f"'{value}'", expected, nearest(value, tos))
    for key in froms:
        if key not in levels:
            expected = f"a target for each of {', '.join(froms)}"
            faults.add("gap", path, f"no level for '{key}'", expected, f'add "{key}":')
