"""Compile: every look-up and every check once, so that rating reads tables alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from attrs import evolve

from assurance_core.engine.bound import BoundJudgement, bind_judgement
from assurance_core.engine.choose import choose_version
from assurance_core.engine.consequences import bind_consequence
from assurance_core.engine.crosswalk import CROSSWALK_SOURCE, crosswalk_graph
from assurance_core.engine.graph import Node, build_graph
from assurance_core.engine.published import resolve_published
from assurance_core.engine.rule import CompiledDesign
from assurance_core.engine.table import Table, tabulate
from assurance_core.model.crosswalk import Crosswalk
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.framework import FrameworkVersion
from assurance_core.rules import BUILT_IN
from assurance_core.rules.kind import StepKind

T = TypeVar("T")
Made = TypeVar("Made")


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
    derived = None
    sources = dict(design.sources)
    if crosswalk and source_version:
        derived = crosswalk_graph(crosswalk, chosen, source_version)
        sources[CROSSWALK_SOURCE] = crosswalk.source
    graph = build_graph(design, chosen, derived)
    kinds: Mapping[str, StepKind] = {**BUILT_IN, **design.step_kinds}
    reasons: list[str] = []

    def add_reason(text: str) -> int:
        if text not in reasons:
            reasons.append(text)
        return -1 - reasons.index(text)

    def bind(node: Node) -> BoundJudgement:
        owner = crosswalk.id if crosswalk and node.role == "crosswalk" else design.id
        return bind_judgement(node, kinds, sources, f"{owner}: ", add_reason)

    groups = {**{theme.id: theme.statements for theme in chosen.themes}, **chosen.groups}
    faults: list[Fault] = []
    judgements = _each(bind, graph.nodes, faults)
    consequences = _each(
        lambda one: bind_consequence(one, design, graph, groups),
        design.consequences,
        faults,
    )
    _raise_if_any(faults)
    every = [*judgements, *consequences]
    tables = _each(lambda one: _tabulate(one, design, reasons), every, faults)
    _raise_if_any(faults)
    return CompiledDesign(
        design=design,
        version=chosen,
        graph=graph,
        judgements=tuple(judgements),
        consequences=tuple(consequences),
        tables=tuple(tables),
        reasons=tuple(reasons),
        published=resolve_published(design, graph),
        crosswalk=crosswalk,
        source_version=source_version,
    )


def _each(make: Callable[[T], Made], items: Iterable[T], faults: list[Fault]) -> list[Made]:
    """Return what is made of each item; collect the faults of those of which nothing can be."""
    made = []
    for item in items:
        try:
            made.append(make(item))
        except AssuranceError as error:
            faults.extend(error.faults)
    return made


def _raise_if_any(faults: list[Fault]) -> None:
    if faults:
        raise AssuranceError(dict.fromkeys(faults))


def _tabulate(judgement: BoundJudgement, design: RatingDesign, reasons: list[str]) -> Table | None:
    try:
        return tabulate(judgement, reasons)
    except AssuranceError as error:
        raise AssuranceError(
            fault
            if fault.place.startswith(f"{design.id}: ")
            else evolve(fault, place=f"{design.id}: {fault.place}")
            for fault in error.faults
        ) from None
