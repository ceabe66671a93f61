"""What plugin authors run to check their documents."""

from assurance_core.testing.examples import ExampleResult, check_examples

__all__ = ["ExampleResult", "check_examples"]
