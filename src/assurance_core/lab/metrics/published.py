"""M14, M15: a design against what was published: grades that were judged, words from a rule."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from assurance_core.lab.metrics.bootstrap import ratio, weights_by_name, with_interval
from assurance_core.lab.metrics.claims import CLAIMS, NAMES
from assurance_core.lab.metrics.figure import (
    Basis,
    Figure,
    Measure,
    Metric,
    no_figure,
    not_applicable,
    share,
)
from assurance_core.lab.metrics.information import NO_WORD
from assurance_core.lab.metrics.study import Study
from assurance_core.lab.published import Reproduction, Reproductions, reproduce
from assurance_core.model.assessment import Assessment
from assurance_core.model.outcome import Headline

_DATA_ONLY = no_figure("nothing is published of a profile that did not occur")


@frozen(eq=False)
class Published:
    """A design held against published outcomes.

    Attributes:
        why_not: why nothing can be compared; empty where something can.
        found: what `reproduce` gives.
        judged: the published grades were judged, rather than derived by a rule.
        reads_it: the design takes the judged grade itself.
        own_rule: outcomes were published under this design or its series.
    """

    why_not: str
    found: Reproductions | None = None
    judged: bool = False
    reads_it: bool = False
    own_rule: bool = False

    @property
    def rows(self) -> tuple[Reproduction, ...]:
        """The assessments whose published word could be compared."""
        return tuple(row for row in self.found.rows if row.word is not None) if self.found else ()


def published(study: Study, assessments: Sequence[Assessment]) -> Published:
    """Hold a design against the published outcomes of some assessments."""
    if study.scale is None:
        return Published(NO_WORD)
    if study.contender.crosswalk:
        return Published("its words are another framework's than the published ones")
    design = study.contender.design
    words = {one.published.headline for one in assessments if one.published.headline}
    if not words:
        return Published("no outcome was published")
    if not words <= set(study.scale.ids):
        return Published("its words are not those that were published")
    read = [
        one
        for one in assessments
        if one.complete() and (not one.version or one.version in design.versions)
    ]
    found = reproduce(design, read)
    by = {one.published.by for one in assessments} - {""}
    held = Published(
        "",
        found,
        judged=any(one.judged and one.published.headline for one in assessments),
        reads_it=any(leaf.kind == "judged" for leaf in study.rule.leaves),
        own_rule=bool(by & {design.id, design.series}),
    )
    return held if held.rows else Published("no published word stands beside complete scores")


def judgement_gap(held: Published, scale_of: Study, seed: int) -> Metric:
    """Return M14: how often, and which way, a rule differs from a grade that was judged."""
    name, claim = NAMES["M14"], CLAIMS["M14"]
    why = held.why_not
    if not why and not held.judged:
        why = "the published words were derived by a rule: see M15"
    if not why and held.reads_it:
        why = "the design takes the judged grade itself"
    if why:
        return not_applicable("M14", name, claim, why)
    assert held.found is not None
    rows, scale = held.rows, scale_of.scale
    assert scale is not None
    basis = _basis(rows)
    differs = np.array([not row.word for row in rows], dtype=np.float64)
    signs = []
    for row in rows:
        assert row.result.outcome is not None
        headline, word = row.result.outcome.headline, row.assessment.published.headline
        assert isinstance(headline, Headline)
        assert word is not None
        signs.append(np.sign(headline.position - scale.level(word).position))
    every = np.ones(len(rows))
    weights = weights_by_name([row.assessment.body.name for row in rows], seed)
    gap = with_interval(share(int(differs.sum()), len(rows), basis), ratio(differs, every), weights)
    direction = np.array(signs, dtype=np.float64)
    mean = Figure(float(direction.mean()), basis)
    found = held.found
    measures = (
        Measure("", "the rule differs from the judged grade", "share", gap, _DATA_ONLY),
        Measure("direction", "higher less lower, on average (1 always higher, -1 always lower)",
                "number", with_interval(mean, ratio(direction, every), weights), _DATA_ONLY),
        Measure("ceiling", "the most that any rule on these scores could agree with", "share",
                share(found.ceiling, found.graded, basis), _DATA_ONLY),
        _split(held, basis),
    )  # fmt: skip
    return Metric("M14", name, claim, measures)


def reproducibility(held: Published, seed: int) -> Metric:
    """Return M15: the share of published outcomes that the design gives on the published scores."""
    name, claim = NAMES["M15"], CLAIMS["M15"]
    why = held.why_not
    if not why and held.judged and not held.reads_it:
        why = "the published grades were judged: see M14"
    if why:
        return not_applicable("M15", name, claim, why)
    rows = held.rows
    basis = _basis(rows)
    same = np.array([bool(row.word) for row in rows], dtype=np.float64)
    weights = weights_by_name([row.assessment.body.name for row in rows], seed)
    figure = share(int(same.sum()), len(rows), basis)
    figure = with_interval(figure, ratio(same, np.ones(len(rows))), weights)
    measures = [Measure("", "published words that the design gives", "share", figure, _DATA_ONLY)]
    numbers = [row for row in rows if row.score is not None]
    if numbers:
        given = share(sum(bool(row.score) for row in numbers), len(numbers), _basis(numbers))
        words = "published numbers that the design gives"
        measures.append(Measure("score", words, "share", given, _DATA_ONLY))
    measures.append(_split(held, basis))
    notes = []
    if held.reads_it:
        notes.append("The design takes the judged grade as given and only limits it.")
    if not held.own_rule:
        notes.append("The outcomes were not published under this design: this is agreement.")
    return Metric("M15", name, claim, tuple(measures), tuple(notes))


def _split(held: Published, basis: Basis) -> Measure:
    assert held.found is not None
    return Measure(
        "split",
        "profiles that were published with more than one word",
        "share",
        share(held.found.split, held.found.profiles, basis),
        _DATA_ONLY,
    )


def _basis(rows: Sequence[Reproduction]) -> Basis:
    assessments = [row.assessment for row in rows]
    dates = [one.date for one in assessments if one.date]
    return Basis(
        "observed",
        len(assessments),
        len({one.body.name for one in assessments}),
        min(dates, key=lambda one: one.first).text if dates else "",
        max(dates, key=lambda one: one.last).text if dates else "",
    )
