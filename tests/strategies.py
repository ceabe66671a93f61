"""Hypothesis strategies for every type of the model: small, and real.

Frameworks and designs are drawn as documents and read by `assurance_core.documents`, so that
whatever a test gets has passed the schemas. One module: a new type gets its strategy here. It is
written to become `assurance_core.testing`, and names no regulator.
"""

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from assurance_core.documents.designs import read_design
from assurance_core.documents.frameworks import read_framework
from assurance_core.documents.reader import read_document_text
from assurance_core.model.assessment import NOT_KNOWN, Absence, Assessment, Body, Cell, Score
from assurance_core.model.dates import PartialDate, Period
from assurance_core.model.design import RatingDesign
from assurance_core.model.framework import Framework
from assurance_core.model.patch import Edit
from assurance_core.model.scale import Scale

Tree = dict[str, Any]

SOURCES = {"rule-book": {"title": "The rule book", "status": "official"}}
WORDS = ("poor", "weak", "fair", "good", "fine")
STATEMENTS = ("access", "care", "safety", "leadership")
ROUNDINGS = ("up", "down", "half_up", "half_even")


# Scales and frameworks


@st.composite
def scale_trees(draw: st.DrawFn, numbered: bool | None = None, most: int = 4) -> Tree:
    """Draw a scale of a document: numbers or words, with points of their own or without."""
    size = draw(st.integers(2, most))
    if draw(st.booleans()) if numbered is None else numbered:
        ids = [str(number) for number in range(1, size + 1)]
    else:
        ids = list(WORDS[:size])
    levels: list[Tree] = [{"id": one, "name": one.capitalize()} for one in ids]
    if draw(st.booleans()):
        points = draw(st.lists(st.integers(-2, 12), min_size=size, max_size=size, unique=True))
        points = sorted(points) if max(points) > 0 else [*sorted(points)[:-1], 3]
        for level, one in zip(levels, points, strict=True):
            level["points"] = one
    return {"name": "Scale", "source": "rule-book", "levels": levels}


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    """Draw a scale."""
    return draw(frameworks()).scales["grade"]


@st.composite
def framework_trees(draw: st.DrawFn, most_statements: int = 4) -> Tree:
    """Draw a framework of a document: a few statements on two scales, themes or groups."""
    names = STATEMENTS[: draw(st.integers(1, most_statements))]
    on = {name: draw(st.sampled_from(("score", "score", "grade"))) for name in names}
    version: Tree = {"id": "v1", "name": "First", "in_force": {}, "source": "rule-book"}
    if draw(st.booleans()):
        cut = draw(st.integers(1, len(names)))
        parts = [part for part in (names[:cut], names[cut:]) if part]
        version["themes"] = [
            {"id": f"theme_{number}", "name": f"Theme {number}", "statements": list(part)}
            for number, part in enumerate(parts)
        ]
    else:
        version["statements"] = list(names)
        version["groups"] = {"chosen": list(names[: draw(st.integers(1, len(names)))])}
    return {
        "format": "assurance/framework/1",
        "id": "demo",
        "name": "Demo",
        "regulator": "Nobody",
        "bodies": "body",
        "sources": SOURCES,
        "scales": {
            "score": draw(scale_trees(numbered=True)),
            "grade": draw(scale_trees(numbered=False)),
        },
        "statements": {
            name: {"name": f"{name.capitalize()} of people", "scale": on[name]} for name in names
        },
        "versions": [version],
    }


def framework_of(tree: Tree) -> Framework:
    """Read a framework's document."""
    return read_framework(read_document_text(json.dumps(tree), "framework.json"))


def frameworks(most_statements: int = 4) -> st.SearchStrategy[Framework]:
    """Draw a framework."""
    return framework_trees(most_statements).map(framework_of)


# Conditions and steps

Inputs = Mapping[str, Scale]


@st.composite
def conditions(
    draw: st.DrawFn, inputs: Inputs, result: Scale | None = None, depth: int = 2
) -> Tree:
    """Draw a condition on inputs, and on `result` where there is a running level."""
    forms = ["level", "level", "count"]
    pairs = [
        (one, other)
        for one in inputs
        for other in inputs
        if one < other and inputs[one].same_levels(inputs[other])
    ]
    forms += ["pair"] if pairs else []
    forms += ["and", "or", "not"] if depth else []
    form = draw(st.sampled_from(forms))
    if form == "not":
        return {"not": draw(conditions(inputs, result, depth - 1))}
    if form in ("and", "or"):
        deeper = conditions(inputs, result, depth - 1)
        return {form: draw(st.lists(deeper, min_size=1, max_size=3))}
    if form == "pair":
        one, other = draw(st.sampled_from(pairs))
        return {"input": one, draw(st.sampled_from(("above", "below", "same_as"))): other}
    known = {**inputs, **({"result": result} if result else {})}
    if len({scale.ids for scale in inputs.values()}) == 1:
        known["all"] = next(iter(inputs.values()))
    name = draw(st.sampled_from(sorted(known)))
    relation = draw(st.sampled_from(("at_most", "at_least", "is")))
    level = draw(st.sampled_from(known[name].ids))
    if form == "count":
        bound = draw(st.sampled_from(("no_more_than", "no_fewer_than")))
        return {"count": name, relation: level, bound: draw(st.integers(0, len(inputs) + 1))}
    return {draw(st.sampled_from(("any", "all", "none"))): name, relation: level}


def _step(kind: str, settings: Any) -> Tree:
    return {kind: settings, "source": "rule-book"}


@st.composite
def bands(draw: st.DrawFn, scale: Scale, lowest: int, highest: int) -> Tree:
    """Draw a band of the short form that leaves no value from `lowest` on without a level."""
    ids = draw(st.lists(st.sampled_from(scale.ids), min_size=1, unique=True))
    ids.sort(key=lambda one: scale.level(one).position)
    halves = st.integers(2 * lowest, 2 * highest + 4)
    size = len(ids) - 1
    bounds = sorted(draw(st.lists(halves, min_size=size, max_size=size, unique=True)))
    band: Tree = {ids[0]: lowest - 1}
    for one, bound in zip(ids[1:], bounds, strict=True):
        band[one] = bound // 2 if bound % 2 == 0 else bound / 2
    if draw(st.integers(0, 4)) == 0:
        low = draw(st.integers(lowest, highest))
        band["unknown"] = [{"range": [low, low + 1], "reason": "not known for these values"}]
    return band


@st.composite
def number_steps(draw: st.DrawFn, inputs: Inputs, scale: Scale, omits: bool) -> list[Tree]:
    """Draw an aggregate, perhaps a rounding, and a band, for inputs of one scale."""
    kinds = ["percent_of_maximum", "weighted_mean"] + ([] if omits else ["sum"])
    kind = draw(st.sampled_from(kinds))
    least = 1 if omits else 0
    weight = st.one_of(st.integers(least, 4), st.sampled_from((0.5, 1.5, 2.25)))
    weights = draw(st.dictionaries(st.sampled_from(sorted(inputs)), weight))
    if len(weights) == len(inputs) and not sum(weights.values()):
        weights = {}
    points = [level.points for level in next(iter(inputs.values())).levels]
    lowest, highest = min(points), max(points)
    if kind == "percent_of_maximum":
        lowest, highest = 100 * lowest // highest - 1, 100
    elif kind == "sum":
        lowest, highest = 8 * len(inputs) * min(lowest, 0), 4 * len(inputs) * highest
    steps = [_step(kind, {"weights": weights} if weights else {})]
    to = draw(st.sampled_from((None, 1, 1, 0.5, 2)))
    if to is not None:
        steps.append(_step("round", {"to": to, "toward": draw(st.sampled_from(ROUNDINGS))}))
    return [*steps, _step("band", draw(bands(scale, lowest - 3, highest)))]


@st.composite
def tables(draw: st.DrawFn, inputs: Inputs, scale: Scale, result: Scale | None = None) -> Tree:
    """Draw a table of rows, the last of which takes the rest."""
    rows = []
    for _ in range(draw(st.integers(1, 3))):
        row: Tree = {"when": draw(conditions(inputs, result, 1))}
        if draw(st.integers(0, 4)) == 0:
            row["unknown"] = draw(st.sampled_from(("not published", "not decided")))
        else:
            row["then"] = draw(st.sampled_from(scale.ids))
        rows.append(row)
    return _step("table", {"rows": rows, "otherwise": draw(st.sampled_from(scale.ids))})


@st.composite
def later_steps(draw: st.DrawFn, inputs: Inputs, scale: Scale) -> Tree:
    """Draw a step that stands behind a level."""
    kind = draw(st.sampled_from(("cap", "floor", "adjust", "advise", "map", "table")))
    if kind == "map":
        return _step("map", {one: draw(st.sampled_from(scale.ids)) for one in scale.ids})
    if kind == "table":
        return draw(tables(inputs, scale, scale))
    when = draw(conditions(inputs, scale))
    if kind == "adjust":
        return _step(kind, {"by": draw(st.sampled_from((-3, -2, -1, 1, 2))), "when": when})
    return _step(kind, {"at": draw(st.sampled_from(scale.ids)), "when": when})


@st.composite
def steps(draw: st.DrawFn, inputs: Inputs, scale: Scale, omits: bool = False) -> list[Tree]:
    """Draw the steps of a judgement that ends on a scale."""
    alike = len({one.id for one in inputs.values()}) == 1
    first = draw(st.sampled_from(["start", "judged", "table", *(["number", "order"] * alike)]))
    if first == "number":
        made = draw(number_steps(inputs, scale, omits))
    elif first == "table":
        made = [draw(tables(inputs, scale))]
    elif first == "judged":
        made = [_step("start", "judged")]
    else:
        name = draw(st.sampled_from(sorted(inputs)))
        ways = ("minimum", "maximum", "lower_median", "upper_median")
        made = [
            _step("start", name) if first == "start" else _step(draw(st.sampled_from(ways)), {})
        ]
        if inputs[name].id != scale.id:
            targets = {one: draw(st.sampled_from(scale.ids)) for one in inputs[name].ids}
            made.append(_step("map", targets))
    for _ in range(draw(st.integers(0, 3))):
        made.append(draw(later_steps(inputs, scale)))
    return made


# Designs


@st.composite
def judgement_trees(draw: st.DrawFn, inputs: Inputs, scale: Scale) -> Tree:
    """Draw a judgement of a document over some of these inputs."""
    names = draw(st.lists(st.sampled_from(sorted(inputs)), min_size=1, unique=True))
    if draw(st.booleans()):
        names = [name for name in names if inputs[name].id == inputs[names[0]].id]
    tree: Tree = {"scale": scale.id, "inputs": names}
    missing = draw(st.sampled_from(("error", "no_outcome", "omit")))
    if missing != "error":
        tree["missing"] = missing
    if missing == "omit":
        tree["omit_down_to"] = draw(st.integers(1, len(names)))
    chosen = {name: inputs[name] for name in names}
    tree["steps"] = draw(steps(chosen, scale, missing == "omit"))
    return tree


@st.composite
def design_trees(draw: st.DrawFn, framework: Framework) -> Tree:
    """Draw a design of a document: one or two judgements, with or without a headline."""
    inputs = {one.id: one.scale for one in framework.versions[-1].statements}
    grades = [framework.scales["grade"], framework.scales["score"]]
    judgements: dict[str, Tree] = {}
    for name in ("part", "overall")[draw(st.integers(0, 1)) :]:
        scale = draw(st.sampled_from(grades))
        judgements[name] = draw(judgement_trees(inputs, scale))
        inputs = {**inputs, name: scale}
    tree: Tree = {
        "format": "assurance/design/1",
        "id": "demo/design",
        "name": "Design",
        "summary": "Drawn for a test.",
        "framework": framework.id,
        "status": "what_if",
        "judgements": judgements,
        "publishes": {"headline": "overall", "areas": draw(st.sampled_from(("all", "none")))},
    }
    if draw(st.integers(0, 3)) == 0:
        tree["publishes"] = {"no_headline": "only a card", "score": "overall", "areas": "all"}
    if draw(st.booleans()):
        when = draw(conditions(inputs))
        follows = {"id": "letter", "when": when, "then": "gets a letter", "source": "rule-book"}
        tree["consequences"] = [follows]
    return tree


def design_of(tree: Tree, framework: Framework) -> RatingDesign:
    """Read a design's document."""
    return read_design(
        read_document_text(json.dumps(tree, default=float), "design.json"), framework
    )


@st.composite
def designs(draw: st.DrawFn, most_statements: int = 3) -> RatingDesign:
    """Draw a design over a framework of its own. Most compile; `gap` is possible."""
    framework = draw(frameworks(most_statements))
    return design_of(draw(design_trees(framework)), framework)


# Profiles and assessments


def leaves_of(design: RatingDesign) -> dict[str, Scale]:
    """Return what a design's profile is made of: statements, then judged levels."""
    leaves = {one.id: one.scale for one in design.framework.versions[-1].statements}
    for one in design.judgements.values():
        if any((step.kind, step.settings) == ("start", "judged") for step in one.steps):
            scale = design.framework.scale(one.scale)
            assert scale is not None
            leaves[f"judged.{one.id}"] = scale
    return leaves


@st.composite
def profiles(draw: st.DrawFn, design: RatingDesign) -> dict[str, str]:
    """Draw a complete profile: a level id for each leaf."""
    return {leaf: draw(st.sampled_from(scale.ids)) for leaf, scale in leaves_of(design).items()}


def assessment_of(design: RatingDesign, profile: Mapping[str, str | None]) -> Assessment:
    """Return a profile as an assessment; None is absent for a stated reason."""
    cells: dict[str, Cell] = {
        leaf: Score(level) if level else Absence("not_assessed", "no visit")
        for leaf, level in profile.items()
        if "." not in leaf
    }
    judged = {
        leaf.partition(".")[2]: level
        for leaf, level in profile.items()
        if leaf.startswith("judged.") and level
    }
    return Assessment(design.framework.id, Body("Somewhere"), cells, judged=judged)


ABSENCES = st.builds(
    Absence,
    st.sampled_from(("not_assessed", "not_applicable", "withheld")),
    st.sampled_from(("no visit", "does not apply", "under review")),
)


@st.composite
def assessments(
    draw: st.DrawFn, design: RatingDesign, absent: bool = False, unknown: bool = False
) -> Assessment:
    """Draw an assessment that a design can be given.

    Args:
        draw: Hypothesis's.
        design: what its statements and judged levels are taken from.
        absent: some scores are absent for a stated reason.
        unknown: some scores are not known to us.
    """
    profile = draw(profiles(design))
    kinds = ["score", "score", *(["absent"] * absent), *(["unknown"] * unknown)]
    cells: dict[str, Cell] = {}
    judged = {}
    for leaf, level in profile.items():
        kind = draw(st.sampled_from(kinds))
        if leaf.startswith("judged."):
            if kind != "unknown":
                judged[leaf.partition(".")[2]] = level
        elif kind == "absent":
            cells[leaf] = draw(ABSENCES)
        else:
            cells[leaf] = Score(level) if kind == "score" else NOT_KNOWN
    return Assessment(design.framework.id, Body("Somewhere"), cells, judged=judged)


# Dates


def partial_dates() -> st.SearchStrategy[PartialDate]:
    """Draw a date known to the day, the month or the year, in a few years."""
    days = st.dates(PartialDate.parse("2020-01-01").first, PartialDate.parse("2026-12-31").first)
    size = st.sampled_from((4, 7, 10))
    return st.builds(lambda day, size: PartialDate.parse(day.isoformat()[:size]), days, size)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Draw a period; a bound may be open or unknown."""
    two = st.lists(partial_dates(), min_size=2, max_size=2, unique_by=lambda one: one.first)
    start, end = sorted(draw(two), key=lambda one: one.first)
    start_is, end_is = (draw(st.sampled_from(("given", "given", "open", "unknown"))) for _ in "ab")
    return Period(
        start if start_is == "given" else None,
        end if end_is == "given" else None,
        start_unknown=start_is == "unknown",
        end_unknown=end_is == "unknown",
    )


# Patches


@st.composite
def edits(draw: st.DrawFn, design: RatingDesign) -> Edit:
    """Draw an edit that changes a design's document: a new step at the end of a judgement."""
    name = draw(st.sampled_from(sorted(design.judgements)))
    judgement = design.judgements[name]
    scale = design.framework.scale(judgement.scale)
    assert scale is not None
    when = {"any": "result", "at_least": scale.ids[0]}
    step = {"cap": {"at": draw(st.sampled_from(scale.ids)), "when": when}, "id": "what_if_cap"}
    return Edit("insert", f"{name}.{judgement.steps[-1].id}", step, "after")
