"""Compile: every look-up and every check once, so that rating reads tables alone."""

from __future__ import annotations

from collections.abc import Mapping

from assurance_core.engine.bound import BoundJudgement, bind_judgement
from assurance_core.engine.choose import choose_version
from assurance_core.engine.consequences import bind_consequence
from assurance_core.engine.graph import CROSSWALK_SOURCE, Graph, build_graph
from assurance_core.engine.rule import CompiledDesign, Published, PublishedArea
from assurance_core.engine.table import Table, tabulate
from assurance_core.model.crosswalk import Crosswalk
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.framework import FrameworkVersion
from assurance_core.rules import BUILT_IN
from assurance_core.rules.kind import StepKind


def compile_design(
    design: RatingDesign,
    version: str = "",
    crosswalk: Crosswalk | None = None,
    source_version: FrameworkVersion | None = None,
) -> CompiledDesign:
    """Compile a design for one framework version.

    Args:
        design: the design; it is not changed.
        version: id of the framework version; the newest that the design reads unless given.
        crosswalk: how the statements are derived from another framework's, if they are.
        source_version: the version of that other framework; needed with a crosswalk.

    Returns:
        A value to keep: rating with it reads its arguments only.

    Raises:
        AssuranceError: the design cannot be compiled; all faults of one kind at once.
    """
    chosen = choose_version(design, version)
    graph = build_graph(design, chosen, crosswalk, source_version)
    kinds: Mapping[str, StepKind] = {**BUILT_IN, **design.step_kinds}
    reasons: list[str] = []

    def add_reason(text: str) -> int:
        if text not in reasons:
            reasons.append(text)
        return -1 - reasons.index(text)

    sources = dict(design.sources)
    if crosswalk:
        sources[CROSSWALK_SOURCE] = crosswalk.source
    bound: list[BoundJudgement] = []
    faults: list[Fault] = []
    for node in graph.nodes:
        place = f"{design.id if node.role == 'judgement' else crosswalk.id if crosswalk else ''}: "
        try:
            bound.append(bind_judgement(node, kinds, sources, place, add_reason))
        except AssuranceError as error:
            faults.extend(error.faults)
    groups = {**{theme.id: theme.statements for theme in chosen.themes}, **chosen.groups}
    consequences = []
    for consequence in design.consequences:
        try:
            consequences.append(bind_consequence(consequence, design, graph, groups, kinds))
        except AssuranceError as error:
            faults.extend(error.faults)
    if faults:
        raise AssuranceError(dict.fromkeys(faults))
    tables = [_tabulate(one, design, reasons) for one in (*bound, *consequences)]
    return CompiledDesign(
        design=design,
        version=chosen,
        graph=graph,
        judgements=tuple(bound),
        consequences=tuple(consequences),
        tables=tuple(tables),
        reasons=tuple(reasons),
        published=_published(design, graph, bound),
        crosswalk=crosswalk,
        source_version=source_version,
    )


def _tabulate(judgement: BoundJudgement, design: RatingDesign, reasons: list[str]) -> Table | None:
    try:
        return tabulate(judgement, reasons)
    except AssuranceError as error:
        raise AssuranceError(
            Fault(f.code, f"{design.id}: {f.place}", f.found, f.expected, f.remedy)
            for f in error.faults
        ) from None


def _published(design: RatingDesign, graph: Graph, bound: list[BoundJudgement]) -> Published:
    """Resolve what the design publishes to leaves and nodes."""
    publishes = design.publishes
    own = {one.node.judgement.id: one.node for one in bound if one.node.role == "judgement"}
    areas: dict[str, PublishedArea] = {}
    for number, name in enumerate(publishes.areas):
        if name == "all":
            for source in graph.statements.values():
                areas[source.id] = PublishedArea(source.id, source.name, source.node, source.scale)
            continue
        templated = [n for n in own.values() if n.judgement.template == name]
        if name in own or templated:
            for node in templated or [own[name]]:
                one = node.judgement
                areas[one.id] = PublishedArea(one.id, one.name, node.key, node.scale)
        elif name in graph.statements:
            source = graph.statements[name]
            areas[name] = PublishedArea(name, source.name, source.node, source.scale)
        else:
            known = [*own, *graph.statements, "all"]
            raise AssuranceError(
                Fault(
                    "unknown-id",
                    f"{design.id}: publishes.areas[{number}]",
                    f"'{name}'",
                    "a statement or judgement of this design",
                    nearest(name, known),
                )
            )
    return Published(
        headline=publishes.headline,
        no_headline=publishes.no_headline,
        score=publishes.score,
        areas=tuple(areas.values()),
    )
