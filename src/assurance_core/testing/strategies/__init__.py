"""Hypothesis strategies for what the library takes: small, and real.

Frameworks and designs are drawn as documents and read like any document, so that whatever a test
gets has passed the schemas. They are read by `assurance_core.documents`; names that end in `_trees`
draw the documents themselves. Needs the extra `testing`.

Example:
    >>> from hypothesis import given, settings
    >>> from assurance_core.testing import strategies
    >>> @settings(max_examples=5, database=None)
    ... @given(strategies.frameworks())
    ... def every_framework_has_a_version(framework):
    ...     assert framework.versions
    >>> every_framework_has_a_version()
"""

from assurance_core.testing.strategies.assessments import (
    ABSENCES,
    assessment_of,
    assessments,
    leaves_of,
    profiles,
)
from assurance_core.testing.strategies.dates import partial_dates, periods
from assurance_core.testing.strategies.designs import (
    design_of,
    design_trees,
    designs,
    judgement_trees,
)
from assurance_core.testing.strategies.frameworks import (
    SOURCES,
    Tree,
    framework_of,
    framework_trees,
    frameworks,
    scale_trees,
    scales,
)
from assurance_core.testing.strategies.patches import edits, patches
from assurance_core.testing.strategies.steps import (
    ROUNDINGS,
    Inputs,
    bands,
    conditions,
    later_steps,
    number_steps,
    steps,
    tables,
)

__all__ = [
    "ABSENCES",
    "ROUNDINGS",
    "SOURCES",
    "Inputs",
    "Tree",
    "assessment_of",
    "assessments",
    "bands",
    "conditions",
    "design_of",
    "design_trees",
    "designs",
    "edits",
    "framework_of",
    "framework_trees",
    "frameworks",
    "judgement_trees",
    "later_steps",
    "leaves_of",
    "number_steps",
    "partial_dates",
    "patches",
    "periods",
    "profiles",
    "scale_trees",
    "scales",
    "steps",
    "tables",
]
