"""What a design reads and in which order: leaves, then judgements, each behind its inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import evolve, field, frozen

from assurance_core.model.design import Judgement, RatingDesign
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.framework import FrameworkVersion, Statement
from assurance_core.model.scale import Scale


@frozen
class Leaf:
    """One axis of a design's space: a statement, an evidence category or a judged level."""

    id: str
    name: str
    scale: Scale
    kind: Literal["statement", "evidence", "judged"] = "statement"


@frozen
class Source:
    """One input of a judgement: its id in steps, its name, its scale, and what gives it."""

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
    design: RatingDesign, version: FrameworkVersion, derived: Graph | None = None
) -> Graph:
    """Resolve every name of a design.

    Args:
        design: the design.
        version: the version of its framework.
        derived: leaves, and nodes that derive the statements from them, if a crosswalk is used.

    Raises:
        AssuranceError: `unknown-id`, `duplicate`, `different-framework` or `circular`.
    """
    expanded = _expand(design, version)
    leaves = list(derived.leaves) if derived else []
    nodes = list(derived.nodes) if derived else []
    statements = dict(derived.statements) if derived else {}
    for statement in version.statements:
        judgement = expanded.get(statement.id)
        if judgement and judgement.for_each == "statements":
            if derived:
                raise _evidence_from_elsewhere(design, judgement)
            leaves += _evidence_leaves(design, version, statement)
            scale = _scale(design, judgement)
            statements[statement.id] = Source(statement.id, statement.name, scale, statement.id)
        elif not derived:
            leaves.append(Leaf(statement.id, statement.name, statement.scale))
            source = Source(statement.id, statement.name, statement.scale, statement.id)
            statements[statement.id] = source
    _check_names(design, expanded, leaves)
    names = _Names(design, version, expanded, statements)
    own = [_node(names, judgement) for judgement in expanded.values()]
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


def _check_names(
    design: RatingDesign, expanded: Mapping[str, Judgement], leaves: Sequence[Leaf]
) -> None:
    """Refuse a judgement with the name of something else: steps could not tell them apart."""
    taken = {leaf.id: f"the {leaf.kind} {leaf.name}" for leaf in leaves}
    taken |= dict.fromkeys(("all", "result", "judged"), "a word of the rules")
    faults = [
        Fault(
            "duplicate",
            f"{design.id}: judgements.{one.template or one.id}",
            f"'{one.id}', which also names {taken[one.id]}",
            "a name of its own",
            "rename the judgement",
        )
        for one in expanded.values()
        if one.id in taken
    ]
    if faults:
        raise AssuranceError(faults)


def _evidence_from_elsewhere(design: RatingDesign, judgement: Judgement) -> AssuranceError:
    return AssuranceError(
        Fault(
            "different-framework",
            f"{design.id}: judgements.{judgement.template}",
            "a judgement for each statement, where a crosswalk gives the statements",
            "a design that starts from the statements",
            "choose another design, or assessments of its own framework",
        )
    )


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


@frozen
class _Names:
    """Everything that `inputs` can name."""

    design: RatingDesign
    version: FrameworkVersion
    expanded: Mapping[str, Judgement]
    statements: Mapping[str, Source]

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        themes = {theme.id: theme.statements for theme in self.version.themes}
        return {**themes, **self.version.groups}

    def judgement(self, one: Judgement) -> Source:
        return Source(one.id, one.name, _scale(self.design, one), one.id)

    def resolve(self, judgement: Judgement, name: str) -> list[Source] | None:
        """Return what a name in the inputs of a judgement stands for, or None."""
        of_its_own = self._of_its_own(judgement, name)
        if of_its_own is not None:
            return of_its_own
        if name in self.expanded and name != judgement.id:
            return [self.judgement(self.expanded[name])]
        repeated = [one for one in self.expanded.values() if one.template == name]
        if repeated:
            return [self.judgement(one) for one in repeated]
        if name in self.statements:
            return [self.statements[name]]
        members = tuple(self.statements) if name == "all" else self.groups.get(name)
        return None if members is None else [self.statements[one] for one in members]

    def _of_its_own(self, judgement: Judgement, name: str) -> list[Source] | None:
        """Return what `evidence` and `each` stand for in a judgement that is repeated."""
        if name == "evidence" and judgement.for_each == "statements":
            statement = next(one for one in self.version.statements if one.id == judgement.id)
            return [
                Source(leaf.id, leaf.name, leaf.scale, leaf.id)
                for leaf in _evidence_leaves(self.design, self.version, statement)
            ]
        if name == "each" and judgement.for_each == "themes":
            return [self.statements[one] for one in self.groups[judgement.id]]
        return None


def _node(names: _Names, judgement: Judgement) -> Node:
    sources: dict[str, Source] = {}
    for number, name in enumerate(judgement.inputs):
        found = names.resolve(judgement, name)
        if found is None:
            raise _unknown_input(names, judgement, number)
        for source in found:
            sources[source.id] = source
    known = {
        name: members
        for name, members in names.groups.items()
        if name not in sources and all(member in sources for member in members)
    }
    known["all"] = tuple(sources)
    is_judged = any(s.kind == "start" and s.settings == "judged" for s in judgement.steps)
    return Node(
        judgement.id,
        judgement,
        _scale(names.design, judgement),
        tuple(sources.values()),
        known,
        judged_key(judgement.id) if is_judged else "",
    )


def _unknown_input(names: _Names, judgement: Judgement, number: int) -> AssuranceError:
    design, name = names.design, judgement.inputs[number]
    path = f"{design.id}: {judgement.template or judgement.id}.inputs"
    known = [*names.expanded, *names.statements, *names.groups, "all"]
    return AssuranceError(
        Fault(
            "unknown-id",
            f"{path}[{number}]" if name not in ("all", "each", "evidence") else path,
            f"'{name}'",
            f"a statement, theme, group or judgement of {design.framework.id} {names.version.id}",
            nearest(name, [one for one in known if one != judgement.id]),
        )
    )


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
