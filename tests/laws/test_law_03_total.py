"""Law 3, total: every complete profile gets one outcome, or the design does not compile."""

import pytest
from hypothesis import given

from assurance_core.engine.compile import compile_design
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.model.outcome import Headline
from assurance_core.testing import strategies
from tests import naive
from tests.support import codes, every_profile, rated


@given(strategies.designs())
def test_a_design_that_compiles_rates_every_profile(design: RatingDesign) -> None:
    """One outcome each, with a headline or the reason for none; else `gap` names a profile."""
    try:
        rule = compile_design(design)
    except AssuranceError as error:
        if {"gap"} != codes(error):
            raise
        with pytest.raises((ValueError, KeyError)):
            _rate_all(design)
        return
    for profile in every_profile(rule):
        headline = rated(rule, profile).headline
        assert isinstance(headline, Headline) or headline.reason


def _rate_all(design: RatingDesign) -> None:
    """Evaluate each judgement on all levels of its inputs, those of other judgements included."""
    from itertools import product

    leaves = strategies.leaves_of(design)
    version = design.framework.versions[-1]
    for levels in product(*(scale.ids for scale in leaves.values())):
        naive.rate(design, version, dict(zip(leaves, levels, strict=True)))
