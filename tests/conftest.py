"""Fixtures and settings that all tests share."""

import os
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, settings

from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.plugins import Registry, load_plugins

# The same examples on each run, so that a red build is red for everybody. To look further:
# HYPOTHESIS_PROFILE=deep
_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile(
    "ci",
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=_QUIET,
)
settings.register_profile(
    "deep", max_examples=3000, deadline=None, database=None, suppress_health_check=_QUIET
)
# For `make mutants`: whether a test fails is all that is asked, not the smallest example.
settings.register_profile(
    "mutants",
    max_examples=25,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=_QUIET,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def registry() -> Registry:
    """Everything that the plugins of this repository give."""
    return load_plugins(["cqc_la", "ofsted_ilacs"])


@pytest.fixture(scope="session")
def rule_of(registry: Registry) -> Callable[[str], CompiledDesign]:
    """Compile an installed design or patch by its id, once."""
    return cache(lambda design_id: compile_design(registry.design(design_id)))


@pytest.fixture(scope="session")
def single_word(rule_of: Callable[[str], CompiledDesign]) -> CompiledDesign:
    """The council rule in force, compiled."""
    return rule_of("cqc-la/single-word")
