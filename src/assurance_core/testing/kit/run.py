"""Every check, in the order in which an author mends things, and running them."""

from __future__ import annotations

from assurance_core.plugins import Registry, load_plugins
from assurance_core.testing.kit.documents import (
    check_declaration,
    check_documents,
    check_namespaces,
    check_sources,
    check_wheel,
)
from assurance_core.testing.kit.explanations import check_explanations
from assurance_core.testing.kit.findings import Check, CheckResult, Findings, PluginCheck
from assurance_core.testing.kit.published import check_data
from assurance_core.testing.kit.rules import (
    check_examples,
    check_properties,
    check_reachable,
    check_series,
)
from assurance_core.testing.kit.subject import Subject, find_subject

CHECKS = {
    one.id: one
    for one in (
        Check(
            "documents",
            "Every document is valid, and every design compiles.",
            check_documents,
            "nothing",
        ),
        Check(
            "declaration",
            "The plugin says what it is held to.",
            check_declaration,
        ),
        Check(
            "namespaces",
            "Every id is in a namespace of the plugin.",
            check_namespaces,
            "declared",
        ),
        Check("sources", "Every step, scale and row has a source.", check_sources),
        Check("series", "Dated designs do not overlap or contradict.", check_series),
        Check("examples", "Every example comes out as it states.", check_examples),
        Check(
            "properties",
            "What is declared of a design is proved.",
            check_properties,
            "declared",
        ),
        Check("reachable", "Every level comes out, or is declared not to.", check_reachable),
        Check("explanations", "Outcomes are explained in every format.", check_explanations),
        Check(
            "published",
            "Published outcomes are reproduced as declared.",
            check_data,
            "declared",
        ),
        Check("wheel", "Every folder of documents is in the wheel.", check_wheel),
    )
}
"""By id."""


def check_plugin(name: str, registry: Registry | None = None) -> PluginCheck:
    """Hold an installed plugin to every check.

    Args:
        name: of the plugin, or of its distribution.
        registry: what is loaded; every installed plugin unless given.

    Raises:
        AssuranceError: `unknown-id`, where no such plugin is installed or allowed.
    """
    subject = find_subject(name, registry or load_plugins())
    return PluginCheck(subject, tuple(run_check(subject, one) for one in CHECKS.values()))


def run_check(subject: Subject, check: Check) -> CheckResult:
    """Make one check, unless what must be there for it is not."""
    if check.before != "nothing" and subject.info.status != "loaded":
        return CheckResult(check, Findings(skipped="the plugin does not load"))
    if check.before == "declared" and subject.declared is None:
        return CheckResult(check, Findings(skipped="there is no declaration"))
    return CheckResult(check, check.look(subject))
