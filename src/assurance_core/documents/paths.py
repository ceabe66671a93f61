"""How places in documents are written: the same in errors, traces and edits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

Path = tuple[str | int, ...]

STEP_META = ("id", "source")

_PART = re.compile(r"([^.\[\]]+)|\[(\d{1,9})\]")


def path_words(path: Sequence[str | int]) -> str:
    """Return a path as `versions[0].themes[2].name`.

    Example:
        >>> path_words(("judgements", "overall", "steps", 2, "band"))
        'judgements.overall.steps[2].band'
    """
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def split_path(path: str) -> list[str | int]:
    """Return the parts of a written path.

    Example:
        >>> split_path("overall.table.rows[0].then")
        ['overall', 'table', 'rows', 0, 'then']
    """
    return [int(index) if index else name for name, index in _PART.findall(path)]


def step_kind(step: Mapping[str, Any]) -> str:
    """Return the key that says what kind of step this is; the first if there are several."""
    return next((key for key in step if key not in STEP_META), "")


def step_names(steps: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return how each step is addressed: its id, else its kind, numbered where that is not unique.

    Example:
        >>> step_names([{"cap": {}}, {"id": "limit", "cap": {}}, {"cap": {}}, {"round": {}}])
        ['cap_1', 'limit', 'cap_2', 'round']
    """
    kinds = [step_kind(step) for step in steps if "id" not in step]
    counts: dict[str, int] = {}
    names = []
    for step in steps:
        kind = step_kind(step)
        if "id" in step:
            names.append(str(step["id"]))
        elif kinds.count(kind) == 1:
            names.append(kind)
        else:
            counts[kind] = counts.get(kind, 0) + 1
            names.append(f"{kind}_{counts[kind]}")
    return names


def written_path(tree: Any, path: Path) -> str:
    """Return a path of a tree as people write it: `overall.band.good` in a design.

    The tree may be faulty: what does not look like a design is written part by part.

    Example:
        >>> tree = {"judgements": {"overall": {"steps": [{"band": {"good": 63}}]}}}
        >>> written_path(tree, ("judgements", "overall", "steps", 0, "band", "good"))
        'overall.band.good'
    """
    if len(path) < 2 or path[0] != "judgements":
        return path_words(path)
    match path[1:]:
        case (judgement, "steps", int(number), *rest):
            steps = tree["judgements"][judgement]["steps"]
            if not all(isinstance(step, Mapping) for step in steps):
                return path_words(path[1:])
            name = step_names(steps)[number]
            if not name:
                return path_words(path[1:])
            if rest and rest[0] == step_kind(steps[number]):
                rest = rest[1:]
            return path_words((judgement, name, *rest))
        case inside:
            return path_words(inside)
