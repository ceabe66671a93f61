"""What plugin authors run: the conformance kit, the checks behind it, and strategies to draw from.

`conformance` needs pytest and `assurance_core.testing.strategies` needs Hypothesis: both come with
the extra `testing`, and neither is imported before it is used.
"""

from assurance_core.testing.examples import ExampleResult, check_examples
from assurance_core.testing.kit.as_tests import conformance
from assurance_core.testing.kit.run import check_plugin

__all__ = ["ExampleResult", "check_examples", "check_plugin", "conformance"]
