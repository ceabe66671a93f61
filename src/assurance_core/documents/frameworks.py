"""Framework documents."""

from __future__ import annotations

from typing import Any

from assurance_core.documents.located import Path
from assurance_core.documents.reader import Document
from assurance_core.documents.structure import Faults, read_period, read_sources
from assurance_core.model.dates import Period
from assurance_core.model.errors import AssuranceError
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
            faults.add(
                "duplicate", (*path, "id"), f"'{value['id']}' again", "each id once", "rename it"
            )
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
    )


def _scale(framework: str, key: str, value: dict[str, Any], faults: Faults) -> Scale:
    levels = []
    seen: dict[str, str] = {}
    for position, level in enumerate(value["levels"], 1):
        path: Path = ("scales", key, "levels", position - 1)
        if level["id"] in _RESERVED_LEVELS:
            faults.add(
                "duplicate",
                (*path, "id"),
                f"'{level['id']}'",
                "another word: bands use this one",
                "rename it",
            )
        for word in {fold(w) for w in (level["id"], level["name"], *level.get("aliases", ()))}:
            if word in seen:
                faults.add(
                    "duplicate",
                    path,
                    f"'{word}', which also names {seen[word]}",
                    "a word for one level only",
                    "remove one of the two",
                )
            seen[word] = level["id"]
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
    return Scale(f"{framework}/{key}", value["name"], tuple(levels), value["source"])


def _statements(
    tree: dict[str, Any], scales: dict[str, Scale], faults: Faults
) -> dict[str, Statement]:
    statements: dict[str, Statement] = {}
    seen: dict[str, str] = {}
    for key, value in tree["statements"].items():
        path: Path = ("statements", key)
        if not faults.known(value["scale"], scales, (*path, "scale"), "a scale of this framework"):
            continue
        aliases = tuple(value.get("aliases", ()))
        for word in {fold(w) for w in (key, value["name"], *aliases)}:
            if word in seen:
                faults.add(
                    "duplicate",
                    path,
                    f"'{word}', which also names {seen[word]}",
                    "a name for one statement only",
                    "remove one of the two",
                )
            seen[word] = key
        statements[key] = Statement(key, value["name"], scales[value["scale"]], aliases)
    return statements


def _version(
    tree: dict[str, Any],
    value: dict[str, Any],
    statements: dict[str, Statement],
    path: Path,
    faults: Faults,
) -> FrameworkVersion:
    if ("themes" in value) == ("statements" in value):
        faults.add(
            "bad-step",
            path,
            "both or neither of themes and statements",
            "one of the two",
            "list the statements under themes, or alone",
        )
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
        if not faults.known(name, tree["statements"], place, "a statement of this framework"):
            continue
        if name in order:
            faults.add(
                "duplicate",
                place,
                f"'{name}' again",
                "each statement once",
                "remove one of the two",
            )
        order.append(name)
    for i, category in enumerate(value.get("evidence_categories", ())):
        faults.known(
            category,
            tree.get("evidence_categories", {}),
            (*path, "evidence_categories", i),
            "an evidence category",
        )
    taken = [*order, *(theme.id for theme in themes)]
    for group, members in value.get("groups", {}).items():
        if group in (*taken, "all", "result"):
            faults.add(
                "duplicate",
                (*path, "groups", group),
                f"'{group}', which names something else",
                "a name of its own",
                "rename the group",
            )
        for j, name in enumerate(members):
            faults.known(name, order, (*path, "groups", group, j), "a statement of this version")
    period = Period()
    try:
        period = read_period(value["in_force"])
    except AssuranceError as error:
        faults.absorb((*path, "in_force"), error)
    return FrameworkVersion(
        id=value["id"],
        name=value["name"],
        in_force=period,
        source=value["source"],
        statements=tuple(statements[name] for name in dict.fromkeys(order) if name in statements),
        themes=themes,
        evidence_categories=tuple(value.get("evidence_categories", ())),
        groups={key: tuple(names) for key, names in value.get("groups", {}).items()},
    )


def _no_overlap(versions: list[FrameworkVersion], faults: Faults) -> None:
    for number, (older, newer) in enumerate(zip(versions, versions[1:], strict=False), 1):
        start = newer.in_force.start
        if start and older.in_force.end and start.first < older.in_force.end.first:
            faults.add(
                "bad-date",
                ("versions", number, "in_force"),
                f"{newer.id} from {start}, {older.id} to {older.in_force.end}",
                "versions that do not overlap, oldest first",
                "mend one of the two dates",
            )
