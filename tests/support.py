"""What several test modules share: compiling, naming profiles, and outcomes in one plain shape."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
from hypothesis import reject

from assurance_core.engine.bulk import OutcomeColumns
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.model.outcome import Outcome
from tests import naive

# Level or reason, score, exact score, paths of limiters that bit, advised levels.
Plain = tuple[str, Fraction | None, Fraction | None, tuple[str, ...], tuple[str, ...]]


def compiled(design: RatingDesign) -> CompiledDesign:
    """Compile a drawn design; give the example up if a profile falls through it."""
    try:
        return compile_design(design)
    except AssuranceError as error:
        if {"gap"} != codes(error):
            raise
        reject()


def codes(error: AssuranceError) -> set[str]:
    """Return the codes of an error's faults."""
    return {fault.code for fault in error.faults}


def arguments(profile: Mapping[str, str]) -> dict[str, Any]:
    """Return a profile of level ids as `CompiledDesign.rate` takes it."""
    scores = {k: int(v) if v.isdigit() else v for k, v in profile.items() if "." not in k}
    judged = {
        k.partition(".")[2]: int(v) if v.isdigit() else v
        for k, v in profile.items()
        if k.startswith("judged.")
    }
    return {"scores": scores, "judged": judged}


def rated(rule: CompiledDesign, profile: Mapping[str, str]) -> Outcome:
    return rule.rate(**arguments(profile))


def explained(rule: CompiledDesign, profile: Mapping[str, str]) -> Outcome:
    given = arguments(profile)
    return rule.explain(given["scores"], judged=given["judged"])


def every_profile(rule: CompiledDesign) -> Iterator[dict[str, str]]:
    """Go through the whole space of a small design."""
    ids = [leaf.id for leaf in rule.leaves]
    for levels in product(*(leaf.scale.ids for leaf in rule.leaves)):
        yield dict(zip(ids, levels, strict=True))


def plain(outcome: Outcome) -> dict[str, Plain]:
    """Return what an outcome says of each judgement."""
    return {
        one.id: (
            one.level.id if one.level else one.reason,
            one.score.value if one.score else None,
            one.score.exact if one.score else None,
            one.bit,
            one.advised,
        )
        for one in outcome.judgements
    }


def plain_naive(found: Mapping[str, naive.Rated]) -> dict[str, Plain]:
    """Return what the naive evaluator says of each judgement."""
    return {
        name: (one.level or one.reason, one.score, one.exact, tuple(one.bit), tuple(one.advised))
        for name, one in found.items()
    }


def columns_of(rule: CompiledDesign, profiles: list[dict[str, str]]) -> dict[str, Any]:
    """Return profiles as the arrays that `rate_columns` takes."""
    return {
        leaf.id: np.array(
            [
                int(profile[leaf.id])
                if leaf.scale.numbered
                else leaf.scale.level(profile[leaf.id]).position
                for profile in profiles
            ]
        )
        for leaf in rule.leaves
    }


def bulk_row(rule: CompiledDesign, bulk: OutcomeColumns, row: int) -> dict[str, Any]:
    """Return level or reason, and score, of each judgement of one row."""
    found = {}
    scales = {one.node.judgement.id: one.node.scale for one in rule.judgements if one.own}
    for name, one in bulk.judgements.items():
        position = int(one.positions[row])
        level = scales[name].at(position).id if position > 0 else rule.reasons[-1 - position]
        score = None
        if one.score is not None and one.score[1][row]:
            score = Fraction(int(one.score[0][row]), int(one.score[1][row]))
        found[name] = (level, score)
    return found
