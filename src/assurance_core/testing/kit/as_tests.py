"""The kit as tests: one line in a plugin's own test module."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from assurance_core.plugins import load_plugins
from assurance_core.testing.kit.run import CHECKS, run_check
from assurance_core.testing.kit.subject import Subject, find_subject


def conformance(plugin: str) -> Callable[[str], None]:
    """Return a test that holds an installed plugin to every check, each as a test of its own.

    Write in a test module `test_conformance = conformance("my_plugin")`. pytest then shows
    `test_conformance[documents]`, `test_conformance[examples]` and so on. Needs pytest.

    Args:
        plugin: the name of the plugin, or of its distribution.
    """
    import pytest

    @cache
    def subject() -> Subject:
        return find_subject(plugin, load_plugins())

    @pytest.mark.parametrize("check", list(CHECKS))
    def test_conformance(check: str) -> None:
        result = run_check(subject(), CHECKS[check])
        if result.findings.faults:
            pytest.fail("\n".join(str(one) for one in result.findings.faults), pytrace=False)
        if result.findings.skipped:
            pytest.skip(result.findings.skipped)

    return test_conformance
