"""What a design declares of itself is true over its whole space."""

import numpy as np
import pytest

from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.plugins import load_plugins

REGISTRY = load_plugins(["cqc_la", "ofsted_ilacs"])


def _declaring(what: str) -> list[str]:
    every = [*REGISTRY.designs, *REGISTRY.patches]
    return [one for one in sorted(every) if what in REGISTRY.design(one).declares]


def _rules(design_id: str) -> list[CompiledDesign]:
    design = REGISTRY.design(design_id)
    return [compile_design(design, version.id) for version in design.readable_versions()]


@pytest.mark.parametrize("design_id", _declaring("monotone"))
def test_a_higher_score_never_lowers_a_level_where_that_is_declared(design_id: str) -> None:
    """Along every axis of every judgement's space no level falls: proved, not sampled."""
    for rule in _rules(design_id):
        for table in rule.space.values():
            assert table is not None
            levels = table.positions[table.classes].reshape(table.shape)
            assert levels.min() > 0
            for axis in range(levels.ndim):
                assert (np.diff(levels, axis=axis) >= 0).all()


@pytest.mark.parametrize("design_id", _declaring("symmetric"))
def test_statements_may_be_exchanged_where_that_is_declared(design_id: str) -> None:
    """Exchanging any two neighbouring inputs changes no level."""
    for rule in _rules(design_id):
        for table in rule.space.values():
            assert table is not None
            levels = table.positions[table.classes].reshape(table.shape)
            for axis in range(levels.ndim - 1):
                assert (levels == np.swapaxes(levels, axis, axis + 1)).all()
