"""A new design as a document to edit: it is valid and compiles as it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.framework import Framework, FrameworkVersion, Statement
from assurance_core.model.scale import Scale

_ID = re.compile(r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*")


def design_text(design_id: str, framework: Framework, version: FrameworkVersion) -> str:
    """Return a design of a framework: the lowest score counts.

    Args:
        design_id: `namespace/name`.
        framework: whose scores it reads.
        version: its statements are taken in; those on the scale that most of them have.

    Raises:
        AssuranceError: `wrong-type`, for an id that can be none.
    """
    if not _ID.fullmatch(design_id):
        words = ["-".join(re.findall(r"[a-z0-9]+", part)) for part in design_id.lower().split("/")]
        proposed = "/".join(words[:2] if len(words) > 1 else ["my-team", *words])
        raise AssuranceError(
            Fault(
                "wrong-type",
                "ID",
                f"'{design_id}'",
                "an id with a namespace, such as my-team/lowest-counts",
                f"write for example '{proposed}'"
                if _ID.fullmatch(proposed)
                else "write it in that form",
            )
        )
    scale, statements = _most(version)
    every = len(statements) == len(version.statements)
    chosen = ["    inputs: all"]
    if not every:
        chosen = ["    inputs:", *(f"      - {one.id}" for one in statements)]
    themes = [f"{one.id} ({one.name})" for one in version.themes]
    lines = [
        "# A design to edit. Check it with `assurance validate`, read it with `assurance show`.",
        "format: assurance/design/1",
        f"id: {design_id}",
        "name: The lowest score counts",
        "summary: The overall rating is the lowest of the scores.",
        f"framework: {framework.id}",
        f'versions: ["{version.id}"]',
        "status: proposed",
        "",
        "sources:",
        "  our-proposal: {title: Our proposal, status: proposed, author: our team}",
        "",
        "judgements:",
        "  overall:",
        "    name: Overall",
        f"    # Its levels: {', '.join(scale.ids)}. Other scales: {_others(framework, scale)}.",
        f"    scale: {scale.id}",
        "    # Statements, themes or judgements by id; all is every statement.",
        *(f"    # Theme: {one}" for one in themes),
        *chosen,
        "    steps:  # in order; each has a source",
        "      - minimum: {}",
        "        source: our-proposal",
        "",
        "publishes: {headline: overall, areas: all}",
        "",
        "# What holds for every profile: proved by `assurance audit --require`.",
        "declares: [monotone]",
        "",
        "examples:",
        *_example("lowest", statements, 0),
        *_example("highest", statements, -1),
    ]
    return "\n".join(lines) + "\n"


def _most(version: FrameworkVersion) -> tuple[Scale, tuple[Statement, ...]]:
    """Return the scale that most statements have, and those that have it."""
    by_scale: dict[str, list[Statement]] = {}
    for one in version.statements:
        by_scale.setdefault(one.scale.id, []).append(one)
    most = max(by_scale.values(), key=len)
    return most[0].scale, tuple(most)


def _others(framework: Framework, scale: Scale) -> str:
    others: Mapping[str, Scale] = framework.scales
    return ", ".join(one.id for one in others.values() if one.id != scale.id) or "no other"


def _example(name: str, statements: tuple[Statement, ...], place: int) -> list[str]:
    """Return an example in which every statement is at one end of its scale."""
    level = statements[0].scale.levels[place].id
    quoted = f'"{level}"' if level.isdecimal() else level
    return [
        f"  - name: {name} everywhere",
        "    scores:",
        *(f"      {one.id}: {level}" for one in statements),
        # A number's own id is text; as a score it is the number.
        f"    headline: {quoted}",
    ]
