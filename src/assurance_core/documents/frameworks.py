"""Framework documents."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from assurance_core.documents.designs import RESERVED
from assurance_core.documents.located import shown
from assurance_core.documents.paths import Path
from assurance_core.documents.reader import Document
from assurance_core.documents.structure import Faults, read_sources
from assurance_core.model.framework import Framework, FrameworkVersion, Statement, Theme
from assurance_core.model.scale import Level, Scale, fold

_RESERVED_LEVELS = ("ranges", "printed", "unknown")


def read_framework(document: Document) -> Framework:
    """Return the framework of a checked document; raise with all its faults."""
    tree, faults = document.tree, Faults(document.located)
    sources = read_sources(tree["sources"])
    scales = {key: _scale(tree["id"], key, value, faults) for key, value in tree["scales"].items()}
    for key, value in tree["scales"].items():
        faults.known(value["source"], sources, ("scales", key, "source"), "the id of a source")
    statements = _statements(tree, scales, faults)
    versions: list[FrameworkVersion] = []
    for number, value in enumerate(tree["versions"]):
        path = ("versions", number)
        faults.known(value["source"], sources, (*path, "source"), "the id of a source")
        if value["id"] in [version.id for version in versions]:
            found = f"'{value['id']}' again"
            faults.add("duplicate", (*path, "id"), found, "each id once", "rename it")
        versions.append(_version(tree, value, statements, path, faults))
    _no_overlap(versions, faults)
    faults.raise_if_any()
    return Framework(
        id=tree["id"],
        name=tree["name"],
        regulator=tree["regulator"],
        bodies=tree["bodies"],
        scales=scales,
        versions=tuple(versions),
        sources=sources,
        evidence_categories=tree.get("evidence_categories", {}),
        bodies_total=tree.get("bodies_total"),
        summary=tree.get("summary", ""),
        document=tree,
    )


def _scale(framework: str, key: str, value: dict[str, Any], faults: Faults) -> Scale:
    levels = []
    seen: dict[str, str] = {}
    for position, level in enumerate(value["levels"], 1):
        path: Path = ("scales", key, "levels", position - 1)
        if level["id"] in _RESERVED_LEVELS:
            found, expected = shown(level["id"]), "another word: bands use this one"
            faults.add("duplicate", (*path, "id"), found, expected, "rename it")
        _only_once((level["id"], level["name"], *level.get("aliases", ())), seen, path, faults)
        levels.append(
            Level(
                position,
                level["id"],
                level["name"],
                level.get("points", position),
                tuple(level.get("aliases", ())),
                level.get("meaning", ""),
            )
        )
    good_from = value.get("good_from", "")
    if good_from:
        ids = [level.id for level in levels]
        faults.known(good_from, ids, ("scales", key, "good_from"), "a level of this scale")
    return Scale(f"{framework}/{key}", value["name"], tuple(levels), value["source"], good_from)


def _only_once(words: Iterable[str], seen: dict[str, str], path: Path, faults: Faults) -> None:
    """Note words that already name something else; what is seen is kept by folded word."""
    first, *_ = words = tuple(words)
    for word in dict.fromkeys(fold(one) for one in words):
        if word in seen:
            found = f"'{word}', which also names {seen[word]}"
            faults.add("duplicate", path, found, "a name for one thing only", "rename one of them")
        seen[word] = first


def _statements(
    tree: dict[str, Any], scales: dict[str, Scale], faults: Faults
) -> dict[str, Statement]:
    statements: dict[str, Statement] = {}
    seen = dict.fromkeys(RESERVED, "something in every design")
    for key, value in tree["statements"].items():
        path: Path = ("statements", key)
        aliases = tuple(value.get("aliases", ()))
        _only_once((key, value["name"], *aliases), seen, path, faults)
        if faults.known(value["scale"], scales, (*path, "scale"), "a scale of this framework"):
            statements[key] = Statement(key, value["name"], scales[value["scale"]], aliases)
    return statements


def _version(
    tree: dict[str, Any],
    value: dict[str, Any],
    statements: dict[str, Statement],
    path: Path,
    faults: Faults,
) -> FrameworkVersion:
    said_once = faults.one_of(value, ("themes", "statements"), path)
    themes = tuple(
        Theme(theme["id"], theme["name"], tuple(theme["statements"]))
        for theme in value.get("themes", ())
    )
    listed: list[tuple[Path, str]] = [
        ((*path, "themes", i, "statements", j), name)
        for i, theme in enumerate(themes)
        for j, name in enumerate(theme.statements)
    ]
    listed += [
        ((*path, "statements", j), name) for j, name in enumerate(value.get("statements", ()))
    ]
    order: list[str] = []
    for place, name in listed:
        known = faults.known(name, tree["statements"], place, "a statement of this framework")
        if known and name in order and said_once:
            found = f"'{name}' again"
            faults.add("duplicate", place, found, "each statement once", "remove one of the two")
        order.append(name)
    categories = tuple(value.get("evidence_categories", ()))
    for i, category in enumerate(categories):
        place, known_ids = (*path, "evidence_categories", i), tree.get("evidence_categories", {})
        faults.known(category, known_ids, place, "an evidence category of this framework")
    groups = {key: tuple(names) for key, names in value.get("groups", {}).items()}
    for group, members in groups.items():
        for j, name in enumerate(members):
            faults.known(name, order, (*path, "groups", group, j), "a statement of this version")
    taken = {*tree["statements"], *RESERVED}
    names: list[tuple[Path, str]] = [
        *(((*path, "themes", i, "id"), theme.id) for i, theme in enumerate(themes)),
        *(((*path, "groups", group), group) for group in groups),
    ]
    for place, name in names:
        if name in taken:
            found = f"'{name}', which names something else"
            faults.add("duplicate", place, found, "a name of its own", "rename it", at_key=True)
        taken.add(name)
    return FrameworkVersion(
        id=value["id"],
        name=value["name"],
        in_force=faults.period(value["in_force"], (*path, "in_force")),
        source=value["source"],
        statements=tuple(statements[name] for name in dict.fromkeys(order) if name in statements),
        themes=themes,
        evidence_categories=categories,
        groups=groups,
    )


def _no_overlap(versions: list[FrameworkVersion], faults: Faults) -> None:
    for number, (older, newer) in enumerate(pairwise(versions), 1):
        start, end = newer.in_force.start, older.in_force.end
        open_end = end is None and not older.in_force.end_unknown
        if open_end or (start and end and start.first < end.first):
            faults.add(
                "bad-date",
                ("versions", number, "in_force"),
                f"{newer.id} {newer.in_force}, but {older.id} {older.in_force}",
                "versions that do not overlap, oldest first",
                f"say until when {older.id} was in force" if open_end else "mend one of the dates",
            )
