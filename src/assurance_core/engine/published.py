"""What is published of a design's judgements, resolved to leaves and nodes."""

from __future__ import annotations

from attrs import frozen

from assurance_core.engine.graph import Graph, Source
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.scale import Scale


@frozen
class PublishedArea:
    """One line of the report card: which leaf or node gives its level."""

    id: str
    name: str
    node: str
    scale: Scale


@frozen
class Published:
    """What is published: see `assurance_core.model.design.Publishes`."""

    headline: str | None
    no_headline: str
    score: str | None
    areas: tuple[PublishedArea, ...]


def resolve_published(design: RatingDesign, graph: Graph) -> Published:
    """Resolve the areas that a design publishes.

    Raises:
        AssuranceError: `unknown-id`, with every area that is none.
    """
    publishes = design.publishes
    own = {node.judgement.id: node for node in graph.nodes if node.role == "judgement"}
    named: dict[str, list[Source]] = {"all": list(graph.statements.values())}
    named |= {one: [source] for one, source in graph.statements.items()}
    for node in own.values():
        one = node.judgement
        line = Source(one.id, one.name, node.scale, node.key)
        named[one.id] = [line]
        if one.template:
            named.setdefault(one.template, []).append(line)
    faults = [
        Fault(
            "unknown-id",
            f"{design.id}: publishes.areas[{number}]",
            f"'{name}'",
            "a statement or judgement of this design",
            nearest(name, [*own, *graph.statements, "all"]),
        )
        for number, name in enumerate(publishes.areas)
        if name not in named
    ]
    faults += _narrative_faults(design, graph)
    if faults:
        raise AssuranceError(faults)
    areas = {
        line.id: PublishedArea(line.id, line.name, line.node, line.scale)
        for name in publishes.areas
        for line in named[name]
    }
    return Published(
        publishes.headline, publishes.no_headline, publishes.score, tuple(areas.values())
    )


def _narrative_faults(design: RatingDesign, graph: Graph) -> list[Fault]:
    """Return a fault for each level of the narrative rule that no statement's scale has."""
    narrative = design.publishes.narrative
    if narrative is None:
        return []
    known = list(dict.fromkeys(one for s in graph.statements.values() for one in s.scale.ids))
    return [
        Fault(
            "bad-level",
            f"{design.id}: publishes.narrative",
            f"'{level}'",
            "a level of some statement's scale",
            nearest(level, known),
        )
        for level in (narrative.strengths_at_least, narrative.improvements_at_most)
        if level not in known
    ]
