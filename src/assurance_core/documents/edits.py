"""Edits to a document's tree, by path. The parent tree is never changed."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NoReturn

from assurance_core.documents.located import shown
from assurance_core.documents.paths import (
    STEP_META,
    Path,
    split_path,
    step_kind,
    step_names,
    written_path,
)
from assurance_core.documents.schemas import load_schema, step_settings
from assurance_core.documents.structure import Faults
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.patch import Edit

MAY_ADD = "x-may-add"
"""Marks a mapping of a schema to which edits may add keys: weights, which are 1 unless stated."""

_NOTHING = object()
_STEP_DEPTH = 4  # judgements, its id, steps, number


def edit_sources(values: Sequence[Mapping[str, Any]], default: str) -> list[str]:
    """Return the id of the source of each edit of a document."""
    return [value.get("source", default) for value in values]


def read_edits(values: Sequence[Mapping[str, Any]], faults: Faults) -> tuple[Edit, ...]:
    """Return the edits of a document; note those that do not do exactly one thing."""
    edits = []
    for number, value in enumerate(values):
        path: Path = ("edits", number)
        if not faults.one_of(value, ("set", "insert", "remove"), path):
            continue
        if "insert" in value and faults.one_of(value, ("before", "after"), path):
            where: Literal["before", "after"] = "before" if "before" in value else "after"
            edits.append(Edit("insert", value[where], value["insert"], where))
        elif "set" in value and faults.one_of(value, ("to",), path):
            edits.append(Edit("set", value["set"], value["to"]))
        elif "remove" in value:
            edits.append(Edit("remove", value["remove"]))
        allowed = {"set": ("to",), "insert": ("before", "after"), "remove": ()}
        action = next(one for one in allowed if one in value)
        for key in value:
            if key not in (action, "source", *allowed[action]):
                expected = f"{action} without {key}"
                faults.add("unknown-key", (*path, key), f"'{key}'", expected, "remove it", True)
    return tuple(edits)


def apply_edits(
    tree: Mapping[str, Any], edits: Sequence[Edit], place: str, sources: Sequence[str] = ()
) -> dict[str, Any]:
    """Return a copy of a document's tree with edits applied in order.

    Args:
        tree: the parent, which stays as it is.
        edits: in order.
        place: what errors call the edits.
        sources: for each edit, the id of its source: a step that it changes or inserts cites that
            one, and no longer the parent's.

    Raises:
        AssuranceError: `no-match`, `no-change` or `conflict`, with every fault; `missing`, where
            a step is changed and there is no source for it.
    """
    edited: dict[str, Any] = copy.deepcopy(dict(tree))
    faults = [*_conflicts(tree, edits, place)]
    changed: list[tuple[Edit, str, dict[str, Any]]] = []
    for number, edit in [] if faults else enumerate(edits):
        if not _can_be_walked(edited, tree):
            break  # Reading the result says what an earlier edit broke.
        try:
            step = _apply(edited, edit, place)
        except AssuranceError as error:
            faults.extend(error.faults)
            continue
        if step is not None:
            changed.append((edit, sources[number] if sources else "", step))
    if faults:
        raise AssuranceError(faults)
    _cite(changed, place)
    return edited


def _can_be_walked(edited: Mapping[str, Any], tree: Mapping[str, Any]) -> bool:
    """Say whether paths still lead somewhere: whether judgements, steps, consequences are any."""
    judgements, consequences = edited.get("judgements", {}), edited.get("consequences", [])
    if not isinstance(judgements, Mapping) or edited.get("format") != tree.get("format"):
        return False
    lists = [consequences]
    lists += [one.get("steps") if isinstance(one, Mapping) else None for one in judgements.values()]
    if not all(isinstance(one, list) for one in lists):
        return False
    return all(isinstance(item, Mapping) for one in lists for item in one)


def _cite(changed: Sequence[tuple[Edit, str, dict[str, Any]]], place: str) -> None:
    """Let every changed step cite its edit, unless an edit gives the step's source itself."""
    given = [step for edit, _, step in changed if split_path(edit.path)[-1] == "source"]
    for edit, source, step in changed:
        if any(step is one for one in given) or (edit.action == "insert" and "source" in step):
            continue
        if not source:
            raise AssuranceError(
                Fault(
                    "missing",
                    f"{place}: {edit.path}",
                    "no 'source'",
                    "the source of what a step now says",
                    "add source: to the edit",
                )
            )
        step["source"] = source


def _conflicts(tree: Mapping[str, Any], edits: Sequence[Edit], place: str) -> Iterator[Fault]:
    """Find edits of one path, or of a path inside another, however the paths are written."""
    seen: list[tuple[list[str | int], Edit]] = []
    for edit in edits:
        if edit.action == "insert":
            continue
        try:
            words = written_path(tree, tree_path(tree, edit.path, place))
        except AssuranceError:
            words = edit.path  # Perhaps a place in a step that an earlier edit inserts.
        parts = split_path(words)
        for others, other in seen:
            common = min(len(parts), len(others))
            if parts[:common] == others[:common]:
                yield Fault(
                    "conflict",
                    f"{place}: {edit.path}",
                    f"a second edit of {other.path}",
                    "each path edited once",
                    "keep one of the two",
                )
        seen.append((parts, edit))


def _apply(tree: dict[str, Any], edit: Edit, place: str) -> dict[str, Any] | None:
    """Apply one edit; return the step that it changed or inserted, if it did."""
    path = tree_path(tree, edit.path, place, to_step=edit.action != "set")
    parent: Any = tree
    step: dict[str, Any] | None = None
    for depth, part in enumerate(path[:-1], 1):
        parent = parent.setdefault(str(part), {}) if isinstance(parent, dict) else parent[part]
        step = parent if depth == _STEP_DEPTH and path[2] == "steps" else step
    last: Any = path[-1]
    there = isinstance(parent, list) or last in parent
    if edit.action == "set":
        if _same(parent[last] if there else _NOTHING, edit.value):
            raise AssuranceError(
                Fault(
                    "no-change",
                    f"{place}: {edit.path}",
                    f"{shown(edit.value)}, which is what stands there",
                    "an edit that changes the document",
                    "remove the edit, or change its value",
                )
            )
        parent[last] = copy.deepcopy(edit.value)
    elif edit.action == "remove":
        if not there:
            _no_match(tree, edit.path, place, [])
        del parent[last]
    elif isinstance(parent, list) and len(path) == _STEP_DEPTH and path[2] == "steps":
        step = copy.deepcopy(edit.value)
        parent.insert(last + (edit.where == "after"), step)
    else:
        raise AssuranceError(
            Fault(
                "no-match",
                f"{place}: {edit.path}",
                "a place that is no step",
                "the path of a step",
                "name a step, such as overall.band",
            )
        )
    return step if last != "id" else None


def _same(left: Any, right: Any) -> bool:
    """Say whether two values are the same; `true` and `1` are not, `80` and `80.0` are."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(_same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(_same, left, right))
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)


def tree_path(tree: Mapping[str, Any], path: str, place: str, to_step: bool = False) -> Path:
    """Return where a path as people write it leads in a document's tree.

    Args:
        tree: the document.
        path: `JUDGEMENT.STEP.KEY`, `JUDGEMENT.KEY`, `publishes.headline`, …
        place: what errors call the edits.
        to_step: a path that ends at a step means the whole step, not its settings.

    Returns:
        The place of a value, or of an optional key that the schema knows.

    Raises:
        AssuranceError: `no-match`, with the nearest path.
    """
    parts = split_path(path)
    base: Path = ()
    root = load_schema(str(tree.get("format", "assurance/design/1")).split("/")[1])
    schema: Any = root
    if parts and parts[0] in tree.get("judgements", {}):
        judgement = tree["judgements"][parts[0]]
        base, schema, parts = ("judgements", parts[0]), root["$defs"]["judgement"], parts[1:]
        names = step_names(judgement["steps"])
        if parts and parts[0] in names:
            index = names.index(str(parts[0]))
            kind = step_kind(judgement["steps"][index])
            base, parts = (*base, "steps", index), parts[1:]
            schema = root["$defs"]["step"]
            if (parts or not to_step) and not (parts and parts[0] in STEP_META):
                base, schema = (*base, kind), step_settings(kind) or {}
    elif len(parts) > 1 and parts[0] == "consequences" and isinstance(parts[1], str):
        ids = [one.get("id") for one in tree.get("consequences", ())]
        if parts[1] in ids:
            parts = ["consequences", ids.index(parts[1]), *parts[2:]]
    here: Any = tree
    for part in base:
        here = here[part]
    found = base
    for part in parts:
        known = schema.get("properties", {})
        if not _is_in(here, part) and not (part in known or schema.get(MAY_ADD)):
            beside = [written_path(tree, (*found, key)) for key in known]
            _no_match(tree, path, place, beside)
        here = here[part] if _is_in(here, part) else {}
        schema = _inside(schema, part, root)
        found = (*found, part)
    if not found:
        _no_match(tree, path, place, [])
    return found


def _is_in(value: Any, part: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(part, int) and part < len(value)
    return isinstance(value, Mapping) and part in value


def _inside(schema: Mapping[str, Any], part: str | int, root: Mapping[str, Any]) -> Any:
    """Return the schema of a part, as far as it is known."""
    if isinstance(part, int):
        found = schema.get("items")
    else:
        found = schema.get("properties", {}).get(part, schema.get("additionalProperties"))
    if not isinstance(found, Mapping):
        return {}
    reference = found.get("$ref", "").rpartition("/")[2]
    return root["$defs"][reference] if reference else found


def _no_match(tree: Mapping[str, Any], path: str, place: str, beside: list[str]) -> NoReturn:
    """Raise with the nearest of all paths, or a list that begins with those beside it."""
    known = dict.fromkeys([*beside, *_all_paths(tree, tree, ())])
    raise AssuranceError(
        Fault(
            "no-match",
            f"{place}: {path}",
            "nothing at this path",
            "a path of the document",
            nearest(path, list(known)),
        )
    )


def _all_paths(tree: Mapping[str, Any], here: Any, path: Path) -> Iterator[str]:
    if path:
        yield written_path(tree, path)
    items: Any = ()
    if isinstance(here, Mapping | list):
        items = here.items() if isinstance(here, Mapping) else enumerate(here)
    for key, value in items:
        yield from _all_paths(tree, value, (*path, key))
