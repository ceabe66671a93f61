"""Edits to a document's tree, by path. The parent tree is never changed."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from typing import Any

from assurance_core.documents.designs import STEP_META, step_kind, step_names
from assurance_core.documents.located import Path, path_words
from assurance_core.documents.schemas import load_schema, shown
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.patch import Edit

_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def read_edit(value: Mapping[str, Any], place: str) -> Edit:
    """Return one edit of a patch document; raise unless it does exactly one thing."""
    actions = [key for key in ("set", "insert", "remove") if key in value]
    if len(actions) != 1:
        raise _bad(place, f"{', '.join(actions) or 'none of them'}", "one of set, insert, remove")
    action = actions[0]
    anchors = [key for key in ("before", "after") if key in value]
    if (action == "set") != ("to" in value):
        raise _bad(
            place, f"{action} {'without' if action == 'set' else 'with'} to", "set: with to:"
        )
    if (action == "insert") != (len(anchors) == 1):
        raise _bad(
            place,
            f"{action} with {' and '.join(anchors) or 'no place'}",
            "insert: with one of before:, after:",
        )
    if action == "insert":
        step = dict(value["insert"])
        if "source" in value:
            step.setdefault("source", value["source"])
        anchor = anchors[0]
        return Edit("insert", value[anchor], step, "before" if anchor == "before" else "after")
    return Edit("set" if action == "set" else "remove", value[action], value.get("to"))


def _bad(place: str, found: str, expected: str) -> AssuranceError:
    return AssuranceError(
        Fault("bad-step", place, found, expected, "write one edit for each change")
    )


def apply_edits(tree: Mapping[str, Any], edits: Sequence[Edit], place: str) -> dict[str, Any]:
    """Return a copy of a document's tree with edits applied in order.

    Args:
        tree: the parent, which stays as it is.
        edits: in order.
        place: what errors call the edits.

    Raises:
        AssuranceError: `no-match`, `no-change` or `conflict`.
    """
    seen: dict[str, Edit] = {}
    for edit in edits:
        if edit.action != "insert":
            for path in seen:
                if (path + ".").startswith(edit.path + ".") or (edit.path + ".").startswith(
                    path + "."
                ):
                    raise AssuranceError(
                        Fault(
                            "conflict",
                            f"{place}: {edit.path}",
                            f"a second edit of {path}",
                            "each path edited once",
                            "keep one of the two",
                        )
                    )
            seen[edit.path] = edit
    edited: dict[str, Any] = copy.deepcopy(dict(tree))
    for edit in edits:
        before = copy.deepcopy(edited)
        _apply(edited, edit, place)
        if edited == before and _same(edited, before):
            raise AssuranceError(
                Fault(
                    "no-change",
                    f"{place}: {edit.path}",
                    f"{shown(edit.value)}, which is what stands there",
                    "an edit that changes the document",
                    "remove the edit, or change its value",
                )
            )
    return edited


def _same(left: Any, right: Any) -> bool:
    """Say whether two trees are the same, `true` and `1` being different."""
    return repr(left) == repr(right)


def _apply(tree: dict[str, Any], edit: Edit, place: str) -> None:
    path = tree_path(tree, edit.path, place, to_step=edit.action != "set")
    parent = _walk(tree, path[:-1])
    last = path[-1]
    if edit.action == "set":
        parent[last] = copy.deepcopy(edit.value)
        return
    if edit.action == "remove":
        if isinstance(parent, dict) and last not in parent:
            raise _no_match(edit.path, place, list(map(str, parent)))
        del parent[last]
        return
    if not isinstance(parent, list):
        raise AssuranceError(
            Fault(
                "no-match",
                f"{place}: {edit.path}",
                "a place that is no step",
                "the path of a step",
                "name a step, such as overall.band",
            )
        )
    assert isinstance(last, int)
    parent.insert(last + (edit.where == "after"), copy.deepcopy(edit.value))


def _walk(tree: Any, path: Path) -> Any:
    """Follow a path, making mappings where an optional one is not there yet."""
    for part in path:
        if isinstance(tree, dict) and part not in tree:
            tree[part] = {}
        tree = tree[part]
    return tree


def split_path(path: str) -> list[str | int]:
    """Return the parts of a dotted path.

    Example:
        >>> split_path("overall.table.rows[0].then")
        ['overall', 'table', 'rows', 0, 'then']
    """
    return [int(index) if index else name for name, index in _PART.findall(path)]


def tree_path(tree: Mapping[str, Any], path: str, place: str, to_step: bool = False) -> Path:
    """Return where a path as people write it leads in a document's tree.

    Args:
        tree: the document.
        path: `JUDGEMENT.STEP.KEY`, `JUDGEMENT.KEY`, `publishes.headline`, …
        place: what errors call the edits.
        to_step: a path that ends at a step means the whole step, not its settings.

    Raises:
        AssuranceError: `no-match`, with the nearest path.
    """
    parts = split_path(path)
    judgements = tree.get("judgements", {})
    if parts and parts[0] in judgements:
        return _in_judgement(tree, parts, path, place, to_step)
    if len(parts) > 1 and parts[0] == "consequences":
        ids = [one["id"] for one in tree.get("consequences", ())]
        if parts[1] not in ids and not isinstance(parts[1], int):
            raise _no_match(path, place, [f"consequences.{one}" for one in ids])
        index = parts[1] if isinstance(parts[1], int) else ids.index(parts[1])
        parts = ["consequences", index, *parts[2:]]
    kind = str(tree.get("format", "assurance/design/1")).split("/")[1]
    schema = load_schema(kind)
    return _existing(tree, (), parts, path, place, schema["properties"], [*judgements])


def _in_judgement(
    tree: Mapping[str, Any], parts: list[str | int], path: str, place: str, to_step: bool
) -> Path:
    key = parts[0]
    judgement = tree["judgements"][key]
    properties = load_schema("design")["$defs"]["judgement"]["properties"]
    base: Path = ("judgements", key)
    if len(parts) == 1:
        return base
    names = step_names(judgement["steps"])
    if parts[1] not in names:
        if parts[1] in properties:
            return _existing(tree, base, parts[1:], path, place, properties, [])
        close = [f"{key}.{name}" for name in names]
        raise _no_match(path, place, close, wrong=f"{key}.{parts[1]}")
    index = names.index(str(parts[1]))
    step = judgement["steps"][index]
    base = (*base, "steps", index)
    if len(parts) == 2:
        return base if to_step else (*base, step_kind(step))
    if parts[2] in STEP_META:
        return (*base, *parts[2:])
    settings = load_schema("design")["$defs"]["step"]["properties"].get(step_kind(step), {})
    return _existing(
        tree,
        (*base, step_kind(step)),
        parts[2:],
        path,
        place,
        settings.get("properties", {}),
        [],
        f"{key}.{parts[1]}",
    )


def _existing(
    tree: Mapping[str, Any],
    base: Path,
    parts: Sequence[str | int],
    path: str,
    place: str,
    known: Mapping[str, Any],
    also: list[str],
    prefix: str = "",
) -> Path:
    """Return the path if it leads to something there, or to an optional key the schema knows."""
    here: Any = tree
    for part in base:
        here = here[part]
    so_far = prefix or path_words(base)
    for number, part in enumerate(parts):
        there = (isinstance(here, dict) and part in here) or (
            isinstance(here, list) and isinstance(part, int) and part < len(here)
        )
        if there:
            here, known = (
                here[part],
                known.get(part, {}).get("properties", {})
                if isinstance(known.get(part), Mapping)
                else {},
            )
            so_far = f"{so_far}.{part}" if so_far else str(part)
            continue
        # An optional setting may be added, and a weight for an input that has none yet.
        optional = part in known and number == len(parts) - 1
        weight = "weights" in (part, *(parts[number - 1 : number] if number else ())) and (
            part in known or number > 0
        )
        if optional or weight:
            return (*base, *parts)
        options = [*(here if isinstance(here, dict) else ()), *known]
        close = [f"{so_far}.{one}" if so_far else str(one) for one in dict.fromkeys(options)]
        raise _no_match(
            path, place, [*close, *also], wrong=f"{so_far}.{part}" if so_far else str(part)
        )
    return (*base, *parts)


def _no_match(path: str, place: str, close: list[str], wrong: str = "") -> AssuranceError:
    return AssuranceError(
        Fault(
            "no-match",
            f"{place}: {path}",
            "nothing at this path",
            "a path of the document",
            nearest(wrong or path, close),
        )
    )
