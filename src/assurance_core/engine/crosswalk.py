"""A crosswalk as judgements: it is tabulated and traced like any rule."""

from __future__ import annotations

from assurance_core.engine.graph import Graph, Leaf, Node, Source
from assurance_core.model.crosswalk import Crosswalk
from assurance_core.model.design import Judgement, Step
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.framework import FrameworkVersion

CROSSWALK_SOURCE = "crosswalk"


def crosswalk_graph(
    crosswalk: Crosswalk, version: FrameworkVersion, source_version: FrameworkVersion
) -> Graph:
    """Return the leaves of the source framework, and the nodes that derive the target's statements.

    Args:
        crosswalk: from the source framework to the target.
        version: the version of the target.
        source_version: the version of the source.

    Raises:
        AssuranceError: `different-framework`, with every statement that cannot be derived.
    """
    known = {one.id: one for one in source_version.statements}
    faults: list[Fault] = []
    nodes: list[Node] = []
    statements: dict[str, Source] = {}
    for statement in version.statements:
        given = crosswalk.inputs[statement.id]
        absent = [one for one in given.sources if one not in known]
        if absent:
            faults.append(
                Fault(
                    "different-framework",
                    f"{crosswalk.id}: inputs.{statement.id}",
                    f"{', '.join(absent)}, which version {source_version.id} does not have",
                    f"statements of {crosswalk.source_framework} {source_version.id}",
                    "choose another version, or another crosswalk",
                )
            )
            continue
        judgement = Judgement(
            id=statement.id,
            name=statement.name,
            scale=statement.scale.id,
            inputs=given.sources,
            steps=(
                Step(given.take, {}, CROSSWALK_SOURCE, given.take),
                Step("map", given.levels, CROSSWALK_SOURCE, "map"),
            ),
            template=f"inputs.{statement.id}",
        )
        sources = tuple(
            Source(one, known[one].name, known[one].scale, one) for one in given.sources
        )
        key = f"{crosswalk.target_framework}:{statement.id}"
        names = {"all": given.sources}
        nodes.append(Node(key, judgement, statement.scale, sources, names, role="crosswalk"))
        statements[statement.id] = Source(statement.id, statement.name, statement.scale, key)
    if faults:
        raise AssuranceError(faults)
    leaves = tuple(Leaf(one.id, one.name, one.scale) for one in source_version.statements)
    return Graph(leaves, tuple(nodes), statements)
