"""What a check finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from attrs import frozen

from assurance_core.model.errors import Fault
from assurance_core.testing.kit.subject import Subject


@frozen
class Findings:
    """What one check found.

    Attributes:
        looked_at: what it was held against, with counts, such as `16 designs`.
        faults: everything that does not hold.
        notes: what is known not to hold, and said all the same.
        skipped: why the check could not be made, if so.
    """

    looked_at: str = ""
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    skipped: str = ""


@frozen
class Check:
    """One thing that every plugin is held to.

    Attributes:
        id: as tests and reports name it.
        proves: what holds where it passes, in a sentence.
        look: makes the check.
        before: what must be there for it: a plugin that loads, a declaration that can be read.
    """

    id: str
    proves: str
    look: Callable[[Subject], Findings]
    before: Literal["nothing", "loaded", "declared"] = "loaded"


@frozen
class CheckResult:
    """A check with what it found."""

    check: Check
    findings: Findings

    @property
    def result(self) -> Literal["passed", "failed", "skipped"]:
        """Whether it passed."""
        if self.findings.faults:
            return "failed"
        return "skipped" if self.findings.skipped else "passed"


@frozen(eq=False)
class PluginCheck:
    """All checks of one plugin."""

    subject: Subject
    results: tuple[CheckResult, ...]

    @property
    def passed(self) -> bool:
        """Whether no check failed."""
        return not any(one.result == "failed" for one in self.results)
