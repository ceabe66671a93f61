"""What a design reads and in which order: leaves, then judgements, each behind its inputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import evolve, field, frozen

from assurance_core.model.crosswalk import Crosswalk
from assurance_core.model.design import Judgement, RatingDesign, Step
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.framework import FrameworkVersion, Statement
from assurance_core.model.scale import Scale

CROSSWALK_SOURCE = "crosswalk"


@frozen
class Leaf:
    """One axis of a design's space: a statement, an evidence category or a judged level."""

    id: str
    name: str
    scale: Scale
    kind: Literal["statement", "evidence", "judged"] = "statement"


@frozen
class Source:
    """One input of a judgement: its id in steps, its name, its scale, and the node it comes from."""

    id: str
    name: str
    scale: Scale
    node: str


@frozen
class Node:
    """A judgement with its inputs resolved.

    Attributes:
        key: unique among leaves and nodes.
        judgement: its steps and policies.
        sources: its inputs, in order.
        names: themes, groups and `all` by name.
        judged: key of the leaf with the assessor's level, or empty.
        role: a judgement of the design, or a statement derived by a crosswalk.
    """

    key: str
    judgement: Judgement
    scale: Scale
    sources: tuple[Source, ...]
    names: Mapping[str, tuple[str, ...]]
    judged: str = ""
    role: Literal["judgement", "crosswalk"] = "judgement"


@frozen
class Graph:
    """Leaves and nodes of one design under one framework version.

    Attributes:
        leaves: the axes of its space, in order.
        nodes: each behind everything it reads.
        statements: the framework's statements with the key of the leaf or node that gives each.
    """

    leaves: tuple[Leaf, ...]
    nodes: tuple[Node, ...]
    statements: Mapping[str, Source] = field(factory=dict)


def build_graph(
    design: RatingDesign,
    version: FrameworkVersion,
    crosswalk: Crosswalk | None = None,
    source_version: FrameworkVersion | None = None,
) -> Graph:
    """Resolve every name of a design.

    Args:
        design: the design.
        version: the version of its framework.
        crosswalk: how the statements are derived from another framework, if they are.
        source_version: the version of that other framework.

    Raises:
        AssuranceError: `unknown-id` or `circular`, with all faults of their kind.
    """
    expanded = _expand(design, version)
    leaves: list[Leaf] = []
    nodes: list[Node] = []
    statements: dict[str, Source] = {}
    if crosswalk and source_version:
        leaves += [Leaf(s.id, s.name, s.scale) for s in source_version.statements]
        walked = {
            node.judgement.id: node for node in _crosswalk_nodes(crosswalk, version, source_version)
        }
        nodes += walked.values()
        for statement in version.statements:
            key = walked[statement.id].key
            statements[statement.id] = Source(statement.id, statement.name, statement.scale, key)
    else:
        for statement in version.statements:
            judgement = expanded.get(statement.id)
            if judgement and judgement.for_each == "statements":
                leaves += _evidence_leaves(design, version, statement)
                scale = _scale(design, judgement)
                statements[statement.id] = Source(statement.id, statement.name, scale, statement.id)
            else:
                leaves.append(Leaf(statement.id, statement.name, statement.scale))
                statements[statement.id] = Source(
                    statement.id, statement.name, statement.scale, statement.id
                )
    own = [
        _node(design, version, judgement, expanded, statements) for judgement in expanded.values()
    ]
    for node in own:
        if node.judged:
            leaves.append(Leaf(node.judged, node.judgement.name, node.scale, "judged"))
    nodes += _ordered(design, own)
    return Graph(tuple(leaves), tuple(nodes), statements)


def judged_key(judgement_id: str) -> str:
    """Return the key of the leaf that holds an assessor's level."""
    return f"judged.{judgement_id}"


def _expand(design: RatingDesign, version: FrameworkVersion) -> dict[str, Judgement]:
    """Repeat each `for_each` judgement for the statements or themes of this version."""
    expanded: dict[str, Judgement] = {}
    for judgement in design.judgements.values():
        if not judgement.for_each:
            expanded[judgement.id] = judgement
            continue
        items = version.statements if judgement.for_each == "statements" else version.themes
        for item in items:
            expanded[item.id] = evolve(judgement, id=item.id, name=item.name, template=judgement.id)
    return expanded


def _scale(design: RatingDesign, judgement: Judgement) -> Scale:
    scale = design.framework.scale(judgement.scale)
    assert scale is not None
    return scale


def _evidence_leaves(
    design: RatingDesign, version: FrameworkVersion, statement: Statement
) -> list[Leaf]:
    names = design.framework.evidence_categories
    return [
        Leaf(
            f"{statement.id}.{one}", f"{statement.name}: {names[one]}", statement.scale, "evidence"
        )
        for one in version.evidence_categories
    ]


def _node(
    design: RatingDesign,
    version: FrameworkVersion,
    judgement: Judgement,
    expanded: Mapping[str, Judgement],
    statements: Mapping[str, Source],
) -> Node:
    scale = _scale(design, judgement)
    themes = {theme.id: theme.statements for theme in version.themes}
    groups = {**themes, **version.groups}
    sources: dict[str, Source] = {}
    path = f"{design.id}: {judgement.template or judgement.id}.inputs"
    for number, name in enumerate(judgement.inputs):
        found = _resolve(design, version, judgement, name, expanded, statements, groups)
        if found is None:
            known = [*expanded, *statements, *groups, "all"]
            raise AssuranceError(
                Fault(
                    "unknown-id",
                    f"{path}[{number}]" if name not in ("all", "each", "evidence") else path,
                    f"'{name}'",
                    f"a statement, theme, group or judgement of {design.framework.id} {version.id}",
                    nearest(name, [one for one in known if one != judgement.id]),
                )
            )
        for source in found:
            sources[source.id] = source
    names = {
        name: members
        for name, members in groups.items()
        if name not in sources and all(member in sources for member in members)
    }
    names["all"] = tuple(sources)
    is_judged = any(s.kind == "start" and s.settings == "judged" for s in judgement.steps)
    return Node(
        judgement.id,
        judgement,
        scale,
        tuple(sources.values()),
        names,
        judged_key(judgement.id) if is_judged else "",
    )


def _resolve(
    design: RatingDesign,
    version: FrameworkVersion,
    judgement: Judgement,
    name: str,
    expanded: Mapping[str, Judgement],
    statements: Mapping[str, Source],
    groups: Mapping[str, tuple[str, ...]],
) -> list[Source] | None:
    """Return what a name of `inputs` stands for, or None."""
    if name == "all":
        return list(statements.values())
    if name == "evidence" and judgement.for_each == "statements":
        statement = version.find_statement(judgement.id)
        assert statement is not None
        return [
            Source(leaf.id, leaf.name, leaf.scale, leaf.id)
            for leaf in _evidence_leaves(design, version, statement)
        ]
    if name == "each" and judgement.for_each == "themes":
        return [statements[one] for one in groups[judgement.id]]
    if name in expanded and name != judgement.id:
        other = expanded[name]
        return [Source(name, other.name, _scale(design, other), name)]
    if name in design.judgements and design.judgements[name].for_each:
        repeated = [one for one in expanded.values() if one.template == name]
        return [Source(one.id, one.name, _scale(design, one), one.id) for one in repeated]
    if name in statements:
        return [statements[name]]
    if name in groups:
        return [statements[one] for one in groups[name]]
    return None


def _ordered(design: RatingDesign, nodes: list[Node]) -> list[Node]:
    """Return the nodes so that each stands behind what it reads; raise if they go in a circle."""
    own = {node.key: node for node in nodes}
    done: dict[str, Node] = {}
    waiting = list(nodes)
    while waiting:
        ready = [
            node
            for node in waiting
            if all(s.node in done or s.node not in own for s in node.sources)
        ]
        if not ready:
            circle = " → ".join(sorted(node.key for node in waiting))
            raise AssuranceError(
                Fault(
                    "circular",
                    f"{design.id}: {waiting[0].key}.inputs",
                    f"judgements that read each other: {circle}",
                    "judgements in an order",
                    "remove one of these inputs",
                )
            )
        for node in ready:
            done[node.key] = node
        waiting = [node for node in waiting if node.key not in done]
    return list(done.values())


def _crosswalk_nodes(
    crosswalk: Crosswalk, version: FrameworkVersion, source_version: FrameworkVersion
) -> list[Node]:
    """Turn a crosswalk into judgements, so that it is tabulated and traced like any rule."""
    nodes = []
    known = {s.id: s for s in source_version.statements}
    for statement in version.statements:
        given = crosswalk.inputs[statement.id]
        absent = [one for one in given.sources if one not in known]
        if absent:
            raise AssuranceError(
                Fault(
                    "different-framework",
                    f"{crosswalk.id}: inputs.{statement.id}",
                    f"{', '.join(absent)}, which version {source_version.id} does not have",
                    f"statements of {crosswalk.source_framework} {source_version.id}",
                    "choose another version, or another crosswalk",
                )
            )
        steps = (
            Step(given.take, {}, CROSSWALK_SOURCE, given.take),
            Step("map", given.levels, CROSSWALK_SOURCE, "map"),
        )
        judgement = Judgement(
            id=statement.id,
            name=statement.name,
            scale=statement.scale.id,
            inputs=given.sources,
            steps=steps,
            template=f"inputs.{statement.id}",
        )
        sources = tuple(
            Source(one, known[one].name, known[one].scale, one) for one in given.sources
        )
        key = f"{crosswalk.target_framework}:{statement.id}"
        names = {"all": given.sources}
        nodes.append(Node(key, judgement, statement.scale, sources, names, role="crosswalk"))
    return nodes
