"""Rating designs of regulators as data: evaluated exactly, traced, compared."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_PUBLIC = {
    "Assessment": "assurance_core.model.assessment",
    "AssuranceError": "assurance_core.model.errors",
    "CompiledDesign": "assurance_core.engine.rule",
    "Contender": "assurance_core.lab.contender",
    "Framework": "assurance_core.model.framework",
    "Headline": "assurance_core.model.outcome",
    "NoHeadline": "assurance_core.model.outcome",
    "Outcome": "assurance_core.model.outcome",
    "RatingDesign": "assurance_core.model.design",
    "audit": "assurance_core.lab.audit",
    "compare": "assurance_core.lab.compare",
    "compile_design": "assurance_core.engine.compile",
    "draw_population": "assurance_core.lab.population.draw",
    "fit_population": "assurance_core.lab.population.fit",
    "load_plugins": "assurance_core.plugins",
    "possible_outcomes": "assurance_core.engine.possible",
    "python_step": "assurance_core.rules.python_step",
    "rate_batches": "assurance_core.report.outcome_batches",
    "read_dataset_table": "assurance_core.tables.datasets",
    "read_table": "assurance_core.tables.files",
    "read_table_file": "assurance_core.tables.files",
    "what_if": "assurance_core.documents.patches",
}

__all__ = ["__version__", *sorted(_PUBLIC)]  # noqa: PLE0604 - names are strings, loaded on use

if TYPE_CHECKING:
    from assurance_core.documents.patches import what_if as what_if
    from assurance_core.engine.compile import compile_design as compile_design
    from assurance_core.engine.possible import possible_outcomes as possible_outcomes
    from assurance_core.engine.rule import CompiledDesign as CompiledDesign
    from assurance_core.lab.audit import audit as audit
    from assurance_core.lab.compare import compare as compare
    from assurance_core.lab.contender import Contender as Contender
    from assurance_core.lab.population.draw import draw_population as draw_population
    from assurance_core.lab.population.fit import fit_population as fit_population
    from assurance_core.model.assessment import Assessment as Assessment
    from assurance_core.model.design import RatingDesign as RatingDesign
    from assurance_core.model.errors import AssuranceError as AssuranceError
    from assurance_core.model.framework import Framework as Framework
    from assurance_core.model.outcome import Headline as Headline
    from assurance_core.model.outcome import NoHeadline as NoHeadline
    from assurance_core.model.outcome import Outcome as Outcome
    from assurance_core.plugins import load_plugins as load_plugins
    from assurance_core.report.outcome_batches import rate_batches as rate_batches
    from assurance_core.rules.python_step import python_step as python_step
    from assurance_core.tables.datasets import read_dataset_table as read_dataset_table
    from assurance_core.tables.files import read_table as read_table
    from assurance_core.tables.files import read_table_file as read_table_file


def __getattr__(name: str) -> Any:
    """Import a public name on first use, so that importing the package costs next to nothing."""
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'assurance_core' has no attribute '{name}'")
